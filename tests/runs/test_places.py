"""The user's own folder of interrupted runs."""

import stat

import pytest
from played_runs import captured

from nntui.errors import OutputError
from nntui.runs.folder import RUN_FILE, RunWriter
from nntui.runs.packing import pack_run
from nntui.runs.places import forget_oldest, kept_runs, new_run, remove_run, runs_folder

NOON = 1_800_000_000.0  # 2027-01-15, 08:00 UTC


@pytest.fixture
def base(tmp_path):
    return tmp_path / "state" / "nntui" / "runs"


@pytest.fixture
def kept(base, small_run):
    """Return a function that keeps the small run as it was saved at a moment."""
    content = pack_run(captured(small_run))

    def keep(now, name="a run"):
        with new_run(name, now, base) as writer:
            # What is sorted by is the time in the file.
            writer.write(
                content.replace(b'"saved_at\\":1000000000.0', f'"saved_at\\":{now}'.encode())
            )
        return writer.folder

    return keep


def test_it_is_where_the_system_keeps_state(monkeypatch, tmp_path):
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    assert "nntui" in runs_folder().parts
    assert runs_folder().name == "runs"


def test_a_folder_is_called_by_time_and_name(kept):
    assert kept(NOON, "Two Moons!").name == "20270115-080000-two-moons"
    assert kept(NOON, "Two Moons!").name == "20270115-080000-two-moons-2"
    assert kept(NOON, "../../etc").name == "20270115-080000-etc"
    assert kept(NOON, "\x1b[2J").name == "20270115-080000-2j"
    assert kept(NOON, "…").name == "20270115-080000-run"


def test_nobody_else_can_look_into_it(kept, base):
    folder = kept(NOON)
    for each in (folder, base, base.parent, base.parent.parent):
        assert stat.S_IMODE(each.stat().st_mode) == 0o700
    assert stat.S_IMODE((folder / RUN_FILE).stat().st_mode) == 0o600


def test_the_last_one_saved_comes_first(kept, base):
    assert kept_runs(base) == []
    folders = [kept(NOON + seconds, name) for seconds, name in ((5, "b"), (9, "a"), (1, "c"))]
    found = kept_runs(base)
    assert [run.folder for run in found] == [folders[1], folders[0], folders[2]]
    assert found[0].summary.label.saved_at == NOON + 9
    assert found[0].summary.steps == 10
    assert not found[0].problem


def test_one_that_cannot_be_read_is_listed_last_with_the_reason(kept, base):
    good, bad = kept(NOON), kept(NOON + 1)
    (bad / RUN_FILE).write_bytes(b"damaged")
    found = kept_runs(base)
    assert [run.folder for run in found] == [good, bad]
    assert found[1].summary is None
    assert "expected a run" in found[1].problem


def test_what_is_no_run_is_not_listed(kept, base, tmp_path):
    folder = kept(NOON)
    (base / "notes.txt").write_text("mine")
    (base / "empty").mkdir()
    (base / "link").symlink_to(folder)
    assert [run.folder for run in kept_runs(base)] == [folder]


def test_the_oldest_go(kept, base):
    folders = [kept(NOON + second) for second in range(5)]
    assert forget_oldest(3, base) == [folders[1], folders[0]]
    assert [run.folder for run in kept_runs(base)] == folders[:1:-1]


def test_one_that_is_being_written_stays(kept, base):
    folder = kept(NOON)
    with RunWriter(folder):
        assert forget_oldest(0, base) == []
        assert not remove_run(folder)
    assert forget_oldest(0, base) == [folder]


def test_files_of_the_user_stay(kept, base):
    folder = kept(NOON)
    (folder / "notes.txt").write_text("mine")
    assert not remove_run(folder)
    assert (folder / "notes.txt").read_text() == "mine"


def test_a_place_that_cannot_be_made_is_told(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(OutputError, match="cannot be written"):
        new_run("a run", NOON, tmp_path / "file" / "runs")
