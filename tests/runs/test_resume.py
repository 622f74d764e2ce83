"""Data that are gone or have changed since a run was saved."""

import dataclasses

import pytest
from played_runs import begun_run, captured, play, save

from nntui.errors import DataError, RunError
from nntui.experiment.convert import from_plain
from nntui.runs.capture import DataWitness
from nntui.runs.data_identity import difference, fingerprint
from nntui.runs.resume import resume
from nntui.runs.run_file import load_run, read_summary
from nntui.training.assembly import prepare_data


@pytest.fixture
def csv(tmp_path):
    """A CSV file whose two columns tell two kinds apart."""
    path = tmp_path / "flowers.csv"
    rows = [f"{i % 7},{i % 2 + i / 100},{('lily', 'rose')[i % 2]}" for i in range(40)]
    path.write_text("\n".join(["height,width,species", *rows]) + "\n")
    return path


@pytest.fixture
def saved(tmp_path, csv, monkeypatch):
    """The folder of a run of that file, which was named as it is called from its own directory."""
    monkeypatch.chdir(tmp_path)
    run = begun_run({"data": {"source": csv.name}, "layers": [{"units": 3}]})
    play(run, 5)
    save(run, tmp_path / "run")
    return tmp_path / "run"


def test_the_file_is_found_from_another_directory(saved, csv, tmp_path, monkeypatch):
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")
    run = resume(load_run(saved))
    assert run.trainer.experiment.data.source == str(csv)
    assert run.saved.experiment == run.trainer.experiment
    assert not run.warning


def test_from_its_own_directory_the_experiment_stays_as_it_was(saved):
    assert resume(load_run(saved)).trainer.experiment.data.source == "flowers.csv"


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("6,0.2,lily\n", "", "training points|test points"),
        ("6,0.2,lily\n", "6,0.3,lily\n", "other numbers or names"),
        ("6,0.2,lily\n", "", "data have changed"),
        ("rose", "tulip", "other numbers or names"),
        ("height", "depth", "other numbers or names"),
    ],
)
def test_changed_data_are_refused(saved, csv, old, new, message):
    text = csv.read_text()
    csv.write_text(text.replace("6,0.2,lily", "6,0.2,lily").replace(old, new))
    assert csv.read_text() != text
    with pytest.raises(RunError, match=message) as raised:
        resume(load_run(saved))
    assert "flowers.csv" in str(raised.value)


def test_data_that_are_gone_are_told(saved, csv):
    csv.unlink()
    with pytest.raises(DataError, match=r"flowers\.csv"):
        resume(load_run(saved))


def test_made_up_points_that_have_changed_are_warned_of(folder):
    saved = load_run(folder)
    other = dataclasses.replace(saved.data, fingerprint="0" * 64)
    run = resume(dataclasses.replace(saved, data=other))
    assert "not quite" in run.warning
    assert run.trainer.steps == 10


@pytest.mark.parametrize("change", [{"train_points": 31}, {"test_points": 9}])
def test_but_not_another_number_of_them(folder, change):
    saved = load_run(folder)
    other = dataclasses.replace(saved.data, fingerprint="0" * 64, **change)
    with pytest.raises(RunError, match="there were"):
        resume(dataclasses.replace(saved, data=other))


@pytest.mark.parametrize(
    "change",
    [
        {"noise": 0.3},
        {"seed": 1},
        {"test_fraction": 0.3},
        {"standardize": False},
        {"features": ["x1"]},
    ],
)
def test_the_fingerprint_tells_what_training_sees(change):
    data = {"source": "moons", "samples": 40}
    one, same, other = (
        fingerprint(prepare_data(from_plain({"data": table}).data))
        for table in (data, data, {**data, **change})
    )
    assert one == same
    assert one != other


def test_what_differs_is_said_in_words(small_run):
    data = DataWitness().identity(small_run.trainer)
    assert difference(data, data) == ""
    other = dataclasses.replace(data, fingerprint="", inputs=3)
    assert difference(data, other) == "there were 2 inputs, now there are 3"


def test_a_witness_looks_again_where_the_data_have_become_others(small_run):
    witness = DataWitness()
    first = witness.identity(small_run.trainer)
    assert witness.identity(small_run.trainer) == first
    other = begun_run({"data": {"source": "moons", "samples": 50}})
    assert witness.identity(other.trainer).train_points == 40
    assert witness.identity(small_run.trainer) == first


def test_a_summary_needs_only_the_beginning_of_the_file(folder, small_run):
    summary, saved = read_summary(folder), captured(small_run)
    assert (summary.steps, summary.epochs) == (saved.state.steps, saved.state.epochs)
    assert summary.label == saved.label
