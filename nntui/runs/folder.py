"""The folder of a run: written so that it holds a whole run at every moment, read with mistrust.

A save writes a file aside, waits until the disk has it, and lets it take the old one's place in one
step. Whoever reads has either the old file or the new one in hand, without a lock; whoever is
killed, at whatever moment, leaves the old one whole.
"""

import contextlib
import io
import os
import stat
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from nntui.errors import OutputError, RunError
from nntui.files import AnyPath, reason_of, shown_path

try:
    import fcntl
except ImportError:  # On Windows two writers are not told apart.
    fcntl = None

RUN_FILE = "nntui-run.safetensors"
"""The file with everything."""

PART_FILE = f".{RUN_FILE}.part"
"""A save that is not whole yet; left over where a program was killed."""

WRITER_FILE = ".nntui-writer"
"""What the one who writes holds a lock on; the lock ends with the program, however that ends."""

_OWN_FILES = frozenset({RUN_FILE, PART_FILE, WRITER_FILE})
# Not every system knows all of them.
_NO_LINK = getattr(os, "O_NOFOLLOW", 0)
_CLOSED_IN_CHILDREN = getattr(os, "O_CLOEXEC", 0)
_NEVER_WAIT = getattr(os, "O_NONBLOCK", 0)
_BINARY = getattr(os, "O_BINARY", 0)
_PRIVATE_FOLDER, _SHARED_FOLDER = 0o700, 0o755
_PRIVATE_FILE, _SHARED_FILE = 0o600, 0o644


@dataclass(frozen=True)
class Stamp:
    """What tells one save of a run from another, without reading it.

    Attributes:
        file: The number of the file on its disk.
        modified_ns: When it was written, in nanoseconds.
        size: How many bytes it has.
    """

    file: int
    modified_ns: int
    size: int


def holds_run(folder: AnyPath) -> bool:
    """Tell whether a folder holds a run; whether that can be read is another question."""
    try:
        return os.path.lexists(Path(folder) / RUN_FILE)
    except (OSError, ValueError):
        return False


def stamp_of(folder: AnyPath) -> Stamp | None:
    """Return what changes with every save; None where there is no run."""
    try:
        found = (Path(folder) / RUN_FILE).lstat()
    except (OSError, ValueError):
        return None
    return Stamp(found.st_ino, found.st_mtime_ns, found.st_size)


def open_run_file(folder: AnyPath) -> tuple[io.FileIO, int]:
    """Open the file of a run for reading.

    Only a regular file that lies in the folder itself is opened; no link is followed out of it.

    Returns:
        The open file, and how many bytes it has.

    Raises:
        RunError: There is none, or it cannot be read; the message names it.
    """
    shown = shown_path(folder)
    try:
        place = Path(folder) / RUN_FILE
        if not place.parent.is_dir():
            what = "a file" if place.parent.exists() else "nothing"
            raise RunError(f"{shown}: found {what}, expected the folder of a run.")
        found = place.lstat()
        if not stat.S_ISREG(found.st_mode):
            raise _no_regular_file(folder)
        flags = os.O_RDONLY | _NO_LINK | _CLOSED_IN_CHILDREN | _NEVER_WAIT | _BINARY
        file = io.FileIO(os.open(place, flags))
    except FileNotFoundError:
        raise RunError(f"{shown}: expected a run, found a folder without one.") from None
    except (OSError, ValueError) as error:
        raise RunError(f"{shown}: the run cannot be read: {reason_of(error)}.") from None
    # It may have become another one since it was looked at.
    opened = os.fstat(file.fileno())
    if not stat.S_ISREG(opened.st_mode):
        file.close()
        raise _no_regular_file(folder)
    return file, opened.st_size


def _no_regular_file(folder: AnyPath) -> RunError:
    return RunError(
        f"{shown_path(folder)}: {RUN_FILE} is a link, a folder or a device, expected a file."
    )


class RunWriter:
    """The one who writes a run's folder; a context manager.

    Args:
        folder: The folder. It is made where there is none; its parent has to be there.
        shared: Whether other users may read the run; None leaves that as it is, which for a new
            run means that they may not.

    Attributes:
        folder: The folder's absolute path.

    Raises:
        OutputError: The folder cannot be made or written to, or somebody else is writing to it.
    """

    def __init__(self, folder: AnyPath, *, shared: bool | None = None) -> None:
        self._lock = -1
        try:
            self.folder = _absolute(folder)
            _make(self.folder, shared=shared)
            self._mode = _file_mode(self.folder, shared=shared)
            self._lock = _locked(self.folder)
        except (OSError, ValueError, RuntimeError) as error:
            raise _cannot_write(folder, error) from None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let others write; again does nothing."""
        if self._lock >= 0:
            os.close(self._lock)
            self._lock = -1

    def write(self, content: bytes) -> None:
        """Let a new run take the old one's place, whole or not at all.

        Raises:
            OutputError: It cannot be written; what was there before is unharmed.
        """
        part = self.folder / PART_FILE
        try:
            # What a killed program has left, and nobody writes to any more.
            part.unlink(missing_ok=True)
            try:
                self._write_aside(part, content)
                part.replace(self.folder / RUN_FILE)
            except BaseException:
                with contextlib.suppress(OSError):
                    part.unlink()
                raise
            _wait_for_disk(self.folder)
        except OSError as error:
            raise _cannot_write(self.folder, error) from None

    def _write_aside(self, part: Path, content: bytes) -> None:
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | _NO_LINK | _CLOSED_IN_CHILDREN | _BINARY
        with io.FileIO(os.open(part, flags, _PRIVATE_FILE), "wb") as file:
            view = memoryview(content)
            while view:
                view = view[file.write(view) :]
            os.fsync(file.fileno())
        part.chmod(self._mode)


def _absolute(folder: AnyPath) -> Path:
    if not os.fspath(folder):
        raise FileNotFoundError(0, "found an empty name, expected a folder")
    return Path(folder).resolve()


def check_new(folder: AnyPath, *, overwrite: bool = False) -> None:
    """Refuse a folder that a new run should not be written to, without changing anything.

    Args:
        folder: An empty folder, or the name of one that is to be made.
        overwrite: Whether a run that is there may be replaced.

    Raises:
        OutputError: There is a run already, or something else, or it cannot be written to.
    """
    shown = shown_path(folder)
    try:
        place = _absolute(folder)
        names = {entry.name for entry in place.iterdir()} if place.exists() else set[str]()
        writable = place if place.exists() else place.parent
        if not writable.is_dir():
            raise FileNotFoundError(0, "its directory does not exist")
        if not os.access(writable, os.W_OK | os.X_OK):
            raise PermissionError(0, "the directory is read-only")
    except (OSError, ValueError, RuntimeError) as error:
        raise _cannot_write(folder, error) from None
    if RUN_FILE in names:
        if not overwrite:
            raise OutputError(
                f"{shown}: it holds a run already; go on with it (--resume), choose another "
                "folder, or replace it (--overwrite)"
            )
    elif names - _OWN_FILES:
        raise OutputError(
            f"{shown}: it holds something else than a run; expected a new or an empty folder"
        )


def _make(folder: Path, *, shared: bool | None) -> None:
    """Make the folder, or open an existing one to others if that is asked for."""
    mode = _SHARED_FOLDER if shared else _PRIVATE_FOLDER
    try:
        folder.mkdir(mode=mode)
    except FileExistsError:
        if not shared:
            return
        mode |= stat.S_IMODE(folder.stat().st_mode)
        if mode == stat.S_IMODE(folder.stat().st_mode):
            return
    # What the user's umask takes away is given again where it was asked for.
    folder.chmod(mode)


def _file_mode(folder: Path, *, shared: bool | None) -> int:
    if shared is not None:
        return _SHARED_FILE if shared else _PRIVATE_FILE
    try:
        before = (folder / RUN_FILE).lstat().st_mode
    except FileNotFoundError:
        return _PRIVATE_FILE
    # Never more than a shared run has: nobody else writes to it.
    return stat.S_IMODE(before) & _SHARED_FILE | _PRIVATE_FILE


def _locked(folder: Path) -> int:
    """Become the folder's writer; return the file that holds the lock.

    Raises:
        OSError: Somebody else is.
    """
    flags = os.O_RDWR | os.O_CREAT | _NO_LINK | _CLOSED_IN_CHILDREN | _NEVER_WAIT
    # Others cannot open it, so they cannot hold the lock and keep the owner from writing.
    lock = os.open(folder / WRITER_FILE, flags, _PRIVATE_FILE)
    if fcntl is not None:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(lock)
            raise PermissionError(0, "another nntui is writing its run there") from None
        except OSError:
            # Some disks far away know no locks.
            pass
    return lock


def _wait_for_disk(folder: Path) -> None:
    """Wait until a folder's names are on the disk."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY | _CLOSED_IN_CHILDREN)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _cannot_write(folder: AnyPath, error: Exception) -> OutputError:
    return OutputError(f"{shown_path(folder)}: cannot be written: {reason_of(error)}")
