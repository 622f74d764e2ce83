"""Writing files: whole or not at all."""

import os
import stat
from pathlib import Path

import pytest

from nntui.errors import OutputError
from nntui.files import check_writable, shown_path, write_file


def test_a_file_is_replaced_whole_and_keeps_its_permissions(tmp_path):
    path = tmp_path / "f"
    path.write_bytes(b"a longer text than the new one")
    path.chmod(0o640)
    write_file(path, b"new")
    assert path.read_bytes() == b"new"
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    assert list(tmp_path.iterdir()) == [path]


def test_a_link_stays_a_link(tmp_path):
    (tmp_path / "link").symlink_to(tmp_path / "target")
    write_file(tmp_path / "link", b"new")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "target").read_bytes() == b"new"


def test_a_device_is_written_to(tmp_path):
    write_file(os.devnull, b"new")
    assert not stat.S_ISREG(Path(os.devnull).stat().st_mode)


@pytest.mark.parametrize("in_place", [False, True])
def test_checking_a_path_makes_and_changes_nothing(tmp_path, in_place):
    (tmp_path / "old").write_bytes(b"old")
    check_writable(tmp_path / "old", in_place=in_place)
    check_writable(tmp_path / "new", in_place=in_place)
    check_writable(os.devnull, in_place=in_place)
    assert [path.name for path in tmp_path.iterdir()] == ["old"]
    assert (tmp_path / "old").read_bytes() == b"old"


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        (".", "directory"),
        ("none/file", "its directory does not exist"),
        ("file/file", "its directory is a file"),
        ("a\0b", "null"),
        ("x" * 5000, "too long"),
    ],
)
def test_a_path_that_cannot_be_written_is_refused_with_the_reason(tmp_path, name, reason):
    (tmp_path / "file").write_bytes(b"")
    for attempt in (check_writable, lambda path: write_file(path, b"new")):
        with pytest.raises(OutputError, match="cannot be written") as caught:
            attempt(tmp_path / name)
        assert attempt is not check_writable or reason in str(caught.value)
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


def test_a_shown_path_is_printable_and_not_endless():
    assert shown_path("a\x1b[2J") == r"a\x1b[2J"
    shown = shown_path("start" + "x" * 9000 + "end")
    assert len(shown) <= 201
    assert shown.startswith("start")
    assert shown.endswith("end")
