"""Writing files so that a crash, a full disk or Ctrl+C never leaves half of one."""

import contextlib
import os
import tempfile
from pathlib import Path

from nntui.errors import OutputError
from nntui.quoting import printable

AnyPath = str | os.PathLike[str]

_LONGEST_SHOWN = 200


def shown_path(path: AnyPath) -> str:
    """Write a path so that it is safe to print; a very long one loses its middle."""
    text = os.fspath(path)
    if len(text) > _LONGEST_SHOWN:
        text = f"{text[: _LONGEST_SHOWN // 2]}…{text[-_LONGEST_SHOWN // 2 :]}"
    return printable(text)


def reason_of(error: Exception) -> str:
    """Say in the system's own words why a file could not be used, safe to print."""
    return printable(getattr(error, "strerror", None) or str(error))


def why_unreadable(path: AnyPath, expected: str) -> str | None:
    """Tell why something is no file to read; opening a pipe or a device could wait for ever.

    Args:
        path: What is to be read.
        expected: What kind of file it should be, such as "a CSV file".

    Returns:
        The end of a message, or None where it can be read.
    """
    place = Path(path)
    try:
        place.stat()
    except FileNotFoundError:
        return "there is no such file"
    except (OSError, ValueError) as error:
        return f"cannot be read: {reason_of(error)}"
    if not place.is_file():
        kind = "a directory" if place.is_dir() else "a device or pipe"
        return f"found {kind}, expected {expected}"
    return None if os.access(place, os.R_OK) else "cannot be read: permission denied"


def write_file(path: AnyPath, content: bytes) -> None:
    """Write a file whole or not at all; a link stays a link, and a device is written to.

    Raises:
        OutputError: Where it cannot be written; what was there before is unharmed.
    """
    try:
        _replace(_target(path), content)
    except (OSError, ValueError, RuntimeError) as error:
        raise _cannot_write(path, error) from None


def check_writable(path: AnyPath, *, in_place: bool = False) -> None:
    """Refuse a path that could not be written, without writing or making anything.

    Args:
        path: What is to be written later.
        in_place: Whether an existing file will be written to; otherwise a new one takes its
            place, which the directory has to allow.

    Raises:
        OutputError: Naming the path and the reason.
    """
    try:
        target = _target(path)
        _refuse(target)
        makes_a_file = not target.exists() or (target.is_file() and not in_place)
        if makes_a_file and not os.access(target.parent, os.W_OK | os.X_OK):
            raise PermissionError(0, _why_no_file_in(target.parent))
    except (OSError, ValueError, RuntimeError) as error:
        raise _cannot_write(path, error) from None


def _cannot_write(path: AnyPath, error: Exception) -> OutputError:
    return OutputError(f"{shown_path(path)}: cannot be written: {reason_of(error)}")


def _target(path: AnyPath) -> Path:
    """Return the file that a path means, whatever links it goes through."""
    if os.fspath(path).endswith(("/", os.sep)):
        # The path would lose its slash, and a file of that name its contents.
        raise NotADirectoryError(0, "a name that ends in a slash is a directory's")
    return Path(path).resolve()


def _refuse(target: Path) -> None:
    """Refuse what is there and cannot be replaced."""
    if target.is_dir():
        raise IsADirectoryError(0, "it is a directory")
    if target.exists() and not os.access(target, os.W_OK):
        raise PermissionError(0, "it is read-only")


def _why_no_file_in(directory: Path) -> str:
    if not directory.exists():
        return "its directory does not exist"
    return "its directory is read-only" if directory.is_dir() else "its directory is a file"


def _replace(target: Path, content: bytes) -> None:
    """Write beside the target first, then put the whole file in its place."""
    _refuse(target)
    if target.exists() and not target.is_file():
        # A device or a pipe, such as /dev/stdout, is written to, not replaced by a file.
        target.write_bytes(content)
        return
    # A new file has the permissions that the user's umask gives; an old one keeps its own.
    mode = target.stat().st_mode & 0o777 if target.exists() else 0o666 & ~_umask()
    handle, aside = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name[:50]}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(aside).chmod(mode)
        Path(aside).replace(target)
    except BaseException:
        with contextlib.suppress(OSError):
            Path(aside).unlink()
        raise


def _umask() -> int:
    """Read the permissions that new files do not get; the system only tells by setting them."""
    mask = os.umask(0o077)
    os.umask(mask)
    return mask
