"""A run's folder: whole at every moment, private unless asked; one writer, many readers."""

import os
import stat
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest
from played_runs import play, save

from nntui.errors import OutputError
from nntui.runs import folder as folder_module
from nntui.runs.folder import (
    PART_FILE,
    RUN_FILE,
    WRITER_FILE,
    RunWriter,
    check_new,
    holds_run,
    stamp_of,
)
from nntui.runs.run_file import load_run

KILLING = """
import os, signal, sys
from pathlib import Path
from nntui.runs import folder

def kill():
    os.kill(os.getpid(), signal.SIGKILL)

def killing_after(calls, real):
    # The process is killed within the call with this number, counted over all of them.
    def call(*arguments, **keywords):
        count[0] += 1
        if count[0] == calls:
            if real is os_write:
                real(arguments[0], arguments[1][: len(arguments[1]) // 2])
            kill()
        return real(*arguments, **keywords)
    return call

class HalfWriter(folder.io.FileIO):
    def write(self, content):
        return os.write(self.fileno(), content[: max(len(content) // 2, 1)])

where, old, new = sys.argv[1:]
old, new = Path(old).read_bytes(), Path(new).read_bytes()
os_write = os.write
moment = 0
while True:
    moment += 1
    with folder.RunWriter(where) as writer:
        writer.write(old)
    child = os.fork()
    if child == 0:
        count = [0]
        folder.io.FileIO = HalfWriter
        for name in ("open", "write", "fsync", "close", "replace", "unlink", "chmod"):
            setattr(os, name, killing_after(moment, getattr(os, name)))
        with folder.RunWriter(where) as writer:
            writer.write(new)
        os._exit(0)
    _, status = os.waitpid(child, 0)
    if os.WIFEXITED(status):
        print("done", moment, os.WEXITSTATUS(status))
        break
    found = (Path(where) / folder.RUN_FILE).read_bytes()
    whole = "old" if found == old else "new" if found == new else "broken"
    left = (Path(where) / folder.PART_FILE).exists()
    print(os.WTERMSIG(status), whole, "left" if left else "clean")
"""


def mode(path):
    return stat.S_IMODE(path.stat().st_mode)


@pytest.fixture
def umask():
    """Return a function that sets the permissions that new files do not get."""
    before = os.umask(0o022)
    yield os.umask
    os.umask(before)


class TestSaving:
    def test_killed_at_any_moment_it_leaves_a_whole_run(self, tmp_path, small_run):
        save(small_run, tmp_path / "old")
        play(small_run, 30)
        save(small_run, tmp_path / "new")
        child = subprocess.run(
            [
                sys.executable, "-c", KILLING, str(tmp_path / "run"),
                str(tmp_path / "old" / RUN_FILE), str(tmp_path / "new" / RUN_FILE),
            ],
            capture_output=True, text=True, check=True, cwd=Path(__file__).parents[2],
        )  # fmt: skip
        *killed, done = [line.split() for line in child.stdout.splitlines()]
        assert done[0] == "done"
        assert done[2] == "0"
        assert len(killed) >= 15
        assert {signal for signal, _, _ in killed} == {"9"}
        kinds = [whole for _, whole, _ in killed]
        assert kinds == sorted(kinds, key=["old", "new"].index)  # First the old run, then the new.
        assert set(kinds) == {"old", "new"}
        assert "left" in {left for _, _, left in killed}
        # What was left over is gone with the next save.
        assert {each.name for each in (tmp_path / "run").iterdir()} == {RUN_FILE, WRITER_FILE}
        assert load_run(tmp_path / "run").state.steps == 30

    def test_what_fails_leaves_the_run_before_and_nothing_else(self, folder, monkeypatch):
        before = (folder / RUN_FILE).read_bytes()

        def full(*_):
            raise OSError(28, "No space left on device")

        with RunWriter(folder) as writer:
            monkeypatch.setattr(folder_module.os, "fsync", full)
            with pytest.raises(OutputError, match="No space left") as raised:
                writer.write(b"new")
            monkeypatch.undo()
            assert str(folder) in str(raised.value)
            assert (folder / RUN_FILE).read_bytes() == before
            assert not (folder / PART_FILE).exists()
            writer.write(b"new")
        assert (folder / RUN_FILE).read_bytes() == b"new"

    def test_a_link_that_is_in_the_way_is_replaced_and_not_followed(self, tmp_path):
        precious = tmp_path / "precious"
        precious.write_text("mine")
        (tmp_path / "run").mkdir()
        for name in (RUN_FILE, PART_FILE):
            (tmp_path / "run" / name).symlink_to(precious)
        with RunWriter(tmp_path / "run") as writer:
            writer.write(b"new")
        assert precious.read_text() == "mine"
        assert not (tmp_path / "run" / RUN_FILE).is_symlink()

    def test_a_reader_keeps_what_it_has_opened(self, folder):
        with (folder / RUN_FILE).open("rb") as opened, RunWriter(folder) as writer:
            before = opened.read(100)
            writer.write(b"new")
            opened.seek(0)
            assert opened.read(100) == before

    def test_the_stamp_tells_every_save(self, folder, small_run):
        assert stamp_of(folder.parent) is None
        stamps = [stamp_of(folder)]
        for _ in range(3):
            save(small_run, folder)
            stamps.append(stamp_of(folder))
        assert all(before != after for before, after in pairwise(stamps))
        assert stamp_of(folder) == stamps[-1]


class TestModes:
    @pytest.mark.parametrize("mask", [0o000, 0o022, 0o077])
    def test_a_run_is_private(self, tmp_path, umask, mask):
        umask(mask)
        with RunWriter(tmp_path / "run") as writer:
            writer.write(b"run")
        assert mode(tmp_path / "run") == 0o700
        assert mode(tmp_path / "run" / RUN_FILE) == 0o600

    @pytest.mark.parametrize("mask", [0o000, 0o022, 0o077])
    def test_others_can_read_it_where_that_is_asked_for(self, tmp_path, umask, mask):
        umask(mask)
        with RunWriter(tmp_path / "run", shared=True) as writer:
            writer.write(b"run")
        assert mode(tmp_path / "run") == 0o755
        assert mode(tmp_path / "run" / RUN_FILE) == 0o644
        assert mode(tmp_path / "run" / WRITER_FILE) == 0o600

    def test_a_run_stays_as_shared_as_it_was(self, tmp_path):
        for shared, expected in ((True, 0o644), (None, 0o644), (False, 0o600), (None, 0o600)):
            with RunWriter(tmp_path / "run", shared=shared) as writer:
                writer.write(b"run")
            assert mode(tmp_path / "run" / RUN_FILE) == expected

    def test_a_private_run_can_be_opened_to_others(self, folder):
        with RunWriter(folder, shared=True) as writer:
            writer.write(b"run")
        assert (mode(folder), mode(folder / RUN_FILE)) == (0o755, 0o644)


class TestOneWriter:
    def test_a_second_one_is_refused_until_the_first_has_ended(self, folder):
        with RunWriter(folder) as writer:
            with pytest.raises(OutputError, match="another nntui"):
                RunWriter(folder)
            writer.close()
            RunWriter(folder).close()

    def test_readers_need_no_lock(self, folder):
        with RunWriter(folder):
            assert load_run(folder).state.steps == 10


class TestNewFolders:
    def test_a_new_or_an_empty_folder_is_fine(self, tmp_path):
        check_new(tmp_path / "new")
        check_new(tmp_path)
        assert not (tmp_path / "new").exists()

    def test_a_run_is_not_thrown_away_unasked(self, folder):
        assert holds_run(folder)
        with pytest.raises(OutputError, match="--overwrite"):
            check_new(folder)
        check_new(folder, overwrite=True)

    def test_something_else_stays_in_any_case(self, tmp_path):
        (tmp_path / "thesis.txt").write_text("mine")
        for overwrite in (False, True):
            with pytest.raises(OutputError, match="something else"):
                check_new(tmp_path, overwrite=overwrite)

    def test_what_a_killed_program_left_is_nothing(self, tmp_path):
        (tmp_path / PART_FILE).write_bytes(b"half")
        (tmp_path / WRITER_FILE).write_bytes(b"")
        check_new(tmp_path)

    @pytest.mark.parametrize("name", ["", "missing/run", "file", "file/run", "a\0b"])
    def test_no_folder_is_told(self, tmp_path, monkeypatch, name):
        monkeypatch.chdir(tmp_path)
        Path("file").write_text("")
        with pytest.raises(OutputError, match="cannot be written"):
            check_new(name)
        with pytest.raises(OutputError, match="cannot be written"):
            RunWriter(name)
