"""Experiment files: what is read, how mistakes are told, what is written."""

import json
import os
import stat
import tomllib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nntui.errors import ExperimentError, OutputError
from nntui.experiment.convert import from_plain, to_plain
from nntui.experiment.experiment import Experiment, LayerSettings
from nntui.experiment.fields import fields_of
from nntui.experiment.optimizers import AdamSettings, CosineScheduleSettings
from nntui.experiment.toml_file import LARGEST_FILE, read_experiment, write_experiment
from nntui.experiment.toml_text import to_toml


def plain_value(described):
    """A strategy for any value that a field takes, in the form of a TOML file."""
    if described.kinds:
        parts = st.one_of(
            [
                plain_table(kind).map(lambda table, name=name: {"name": name, **table})
                for name, kind in described.kinds.items()
            ]
        )
        return st.one_of(st.sampled_from(list(described.kinds)), parts)
    if described.section:
        return plain_table(described.section)
    if described.items:
        return st.lists(plain_table(described.items), max_size=3)
    if described.choices:
        return st.sampled_from(described.choices)
    text = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=8)
    return {
        "true or false": st.booleans(),
        "text": text,
        "list of texts": st.lists(text, max_size=3, unique=True),
        "whole number": st.integers(2, 1000),
        "list of whole numbers": st.lists(st.integers(1, 2), max_size=2),
        "number": st.floats(2**-60, 1, exclude_max=True),
    }[described.type_text]


def plain_table(struct):
    """A strategy for tables with some of a record's keys."""
    return st.fixed_dictionaries(
        {}, optional={one.name: plain_value(one) for one in fields_of(struct)}
    )


def made(table):
    try:
        return from_plain(table)
    except ExperimentError:
        return None


# Most random experiments do not fit together (a step over hidden layers...): those are left out.
experiments = plain_table(Experiment).map(made).filter(lambda experiment: experiment is not None)


@settings(max_examples=150, deadline=None, derandomize=True)
@given(experiments, st.booleans())
def test_reading_what_was_written_gives_an_equal_experiment(experiment, comments):
    text = to_toml(experiment, comments=comments)
    assert from_plain(tomllib.loads(text)) == experiment


@settings(max_examples=30, deadline=None, derandomize=True)
@given(experiments)
def test_json_holds_the_whole_experiment(experiment):
    assert from_plain(json.loads(json.dumps(to_plain(experiment)))) == experiment


def test_every_key_of_the_default_experiment_is_written_with_a_comment():
    text = to_toml(Experiment(layers=(LayerSettings(),)), comments=True)
    lines = text.splitlines()
    assert 'source = "spiral"               # a data set\'s name, or a CSV file' in lines
    assert any(line.startswith("# classes =") for line in lines)
    assert "# name: sgd, adagrad, rmsprop, adam, adamw, perceptron" in lines
    for index, line in enumerate(lines):
        if "=" in line and not line.startswith("#"):
            assert "#" in line or lines[index - 1].startswith("# ")
        assert len(line) <= 100


def test_without_comments_there_are_none():
    assert "#" not in to_toml(Experiment())


def test_commented_keys_can_be_filled_in():
    text = to_toml(Experiment(), comments=True)
    text = text.replace("# classes =", "classes = 4").replace("# loss =", 'loss = "huber"')
    experiment = from_plain(tomllib.loads(text))
    assert (experiment.data.classes, experiment.output.loss.name) == (4, "huber")


def test_a_schedule_is_written_on_one_line():
    experiment = Experiment(optimizer=AdamSettings(schedule=CosineScheduleSettings(alpha=0.5)))
    assert (
        'schedule = { name = "cosine", decay_steps = 2000, alpha = 0.5, warmup_steps = 0 }'
        in to_toml(experiment).splitlines()
    )


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("seed = = 3", [":1:"]),
        ("seed = 3\n[data\n", [":2:"]),
        ("seed = 3\nseed = 4\n", [":2:"]),
        ("layers = [", [":1:", "end of the file"]),
        ("seed = " + "9" * 5000, ["TOML"]),
        ("x = " + "[" * 100_000, ["too deep"]),
        ("seed = 1\n" + ".".join("a" * 50_000) + " = 1", [":2:", "50000 parts"]),
        ("a" + ".a" * 40 + " = 1", ["a: unknown key"]),
        ("sede = 3", ["sede: unknown key", 'Did you mean "seed"?']),
        ("[data]\nsample = 3", ["data.sample:", 'Did you mean "samples"?']),
        ("[[layers]]\n[[layers]]\nunit = 3", ["layers.1.unit:", '"units"']),
        (
            "[optimizer]\nschedule = {name='step', decay_step=3}",
            ["optimizer.schedule.decay_step:", '"decay_steps"'],
        ),
        ("[optimizer]\nmomentum = 0.9", ["optimizer.momentum", "belongs to sgd and rmsprop; adam"]),
        ('[optimizer]\nname = "adma"', ['optimizer.name = "adma"', 'Did you mean "adam"?']),
        ("[optimizer]\nname = 3", ["optimizer.name = 3", "whole number", "one of sgd"]),
        ("[output]\nloss = {delta = 3}", ["output.loss", "name", "huber"]),
        (
            "[optimizer]\nlearning_rate = -1",
            ["learning_rate = -1: expected a number greater than 0"],
        ),
        ("[optimizer]\nlearning_rate = nan", ["= nan: expected a finite number greater than 0"]),
        ('[optimizer]\nlearning_rate = "3"', ['"3": found text, expected a number']),
        ("[optimizer]\nlearning_rate = true", ["= true: found true or false, expected a number"]),
        ("[data]\ntest_fraction = 1.5", ["data.test_fraction = 1.5", "from 0 to below 1"]),
        ("[[layers]]\nunits = 1.5", ["layers.0.units = 1.5: found a number", "whole number"]),
        ("[[layers]]\nunits = 16.0", ["layers.0.units = 16.0"]),
        ("[training]\nbatch_size = 0", ["training.batch_size = 0", "from 1"]),
        ("seed = 1e400", ["seed = inf"]),
        ("seed = 2001-01-01", ["a date or time"]),
        ("data = 3", ["data = 3", "a table with source"]),
        ("layers = 3", ["layers = 3", "list of tables"]),
        ("layers = [16, 16]", ["layers.0 = 16", "a table with units"]),
        ("layers = [" + "{}," * 101 + "]", ["layers: found 101", "at most 100"]),
        ('dtype = "float16"', ["float32, float64"]),
        ('[data]\nfeatures = "x1"', ['data.features = "x1"', "list of texts"]),
        ("[data]\nfeatures = [1]", ["data.features = [1]", "list of texts"]),
        ('[data]\nsource = ""', ["data.source", "not empty"]),
        ('"\\u001b[2J" = 1', ["unknown key"]),
        ('dtype = "\\u001b[2J"', ["dtype"]),
        ('dtype = "' + "x" * 10_000 + '"', ["..."]),
    ],
    ids=lambda value: value[:20] if isinstance(value, str) else "",
)
def test_a_mistake_is_told_with_its_file_and_place(tmp_path, text, parts):
    path = tmp_path / "experiment.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ExperimentError) as caught:
        read_experiment(path)
    message = str(caught.value)
    assert message.startswith(str(path) + ":")
    for part in parts:
        assert part in message
    assert message.isprintable()
    assert len(message) < len(str(path)) + 400


@pytest.mark.parametrize(
    ("content", "part"),
    [
        (b"seed = 1\n\xff\xfe", ":2: found bytes that are not UTF-8"),
        (bytes(range(256)), "expected"),
        (b"#" * (LARGEST_FILE + 1), "more than 1,000,000 bytes"),
    ],
    ids=["not UTF-8", "binary", "too large"],
)
def test_files_that_are_no_experiments_are_told(tmp_path, content, part):
    path = tmp_path / "garbage"
    path.write_bytes(content)
    with pytest.raises(ExperimentError, match="garbage") as caught:
        read_experiment(path)
    assert part in str(caught.value)


def test_paths_that_are_no_files_are_told(tmp_path):
    with pytest.raises(ExperimentError, match=r"none\.toml: there is no such file"):
        read_experiment(tmp_path / "none.toml")
    with pytest.raises(ExperimentError, match="directory"):
        read_experiment(tmp_path)
    with pytest.raises(ExperimentError, match=r"\\x00"):
        read_experiment("a\0b")


def test_a_byte_order_mark_and_windows_lines_are_read(tmp_path):
    path = tmp_path / "windows.toml"
    path.write_bytes(b"\xef\xbb\xbfseed = 3\r\n[data]\r\nsamples = 30\r\n")
    experiment = read_experiment(path)
    assert (experiment.seed, experiment.data.samples) == (3, 30)


def test_a_written_file_is_read_back_and_leaves_nothing_beside_it(tmp_path):
    path = tmp_path / "experiment.toml"
    path.write_text("old", encoding="utf-8")
    path.chmod(0o640)
    write_experiment(Experiment(seed=3), path)
    assert read_experiment(path) == Experiment(seed=3)
    assert list(tmp_path.iterdir()) == [path]
    assert stat.S_IMODE(path.stat().st_mode) == 0o640


def test_a_new_file_has_the_permissions_of_any_other(tmp_path):
    write_experiment(Experiment(), tmp_path / "experiment.toml")
    (tmp_path / "other").touch()
    assert (tmp_path / "experiment.toml").stat().st_mode == (tmp_path / "other").stat().st_mode


@pytest.mark.parametrize("path", ["missing/experiment.toml", ".", "file/experiment.toml", "a\0b"])
def test_a_path_that_cannot_be_written_is_refused(tmp_path, path):
    (tmp_path / "file").write_text("here", encoding="utf-8")
    with pytest.raises(OutputError, match="cannot be written"):
        write_experiment(Experiment(), tmp_path / path)
    assert [found.name for found in tmp_path.iterdir()] == ["file"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="named pipes are of Unix alone")
def test_a_pipe_is_written_to_and_stays_a_pipe(tmp_path):
    path = tmp_path / "pipe"
    os.mkfifo(path)
    reader = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
    try:
        write_experiment(Experiment(seed=3), path)
        assert b"seed = 3" in os.read(reader, 100_000)
    finally:
        os.close(reader)
    assert path.is_fifo()


def test_a_link_stays_a_link(tmp_path):
    (tmp_path / "real.toml").write_text("old", encoding="utf-8")
    (tmp_path / "link.toml").symlink_to("real.toml")
    write_experiment(Experiment(seed=3), tmp_path / "link.toml")
    assert (tmp_path / "link.toml").is_symlink()
    assert read_experiment(tmp_path / "real.toml") == Experiment(seed=3)


def test_a_failure_halfway_keeps_the_old_file(tmp_path, monkeypatch):
    path = tmp_path / "experiment.toml"
    path.write_text("old", encoding="utf-8")

    def full(_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OutputError, match="No space left on device"):
        write_experiment(Experiment(), path)
    assert path.read_text(encoding="utf-8") == "old"
    assert list(tmp_path.iterdir()) == [path]
