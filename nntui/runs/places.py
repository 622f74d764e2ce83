"""Where a user's own runs are kept when the playground is interrupted.

It is the folder for state that the system has for each user (on Linux ``~/.local/state``, or what
``XDG_STATE_HOME`` says). Only the user can look into it.
"""

import contextlib
import errno
import os
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from nntui.errors import OutputError, RunError
from nntui.files import reason_of, shown_path
from nntui.runs.folder import PART_FILE, RUN_FILE, WRITER_FILE, RunWriter, holds_run
from nntui.runs.run_file import RunSummary, read_summary

MOST_RUNS = 20
"""How many interrupted runs are kept: the oldest go."""

_PRIVATE = 0o700
_LONGEST_NAME = 40
_MOST_OF_ONE_SECOND = 1000
_LEFT_FILE = ".nntui-left"
"""Is there where the user has gone on with a run and then left it."""
_ORDER_OF_REMOVAL = (RUN_FILE, PART_FILE, _LEFT_FILE, WRITER_FILE)


@dataclass(frozen=True)
class KeptRun:
    """A run in the user's state folder.

    Attributes:
        folder: Its folder.
        summary: What is known of it; None where it cannot be read.
        problem: Why it cannot be read; empty where it can.
        is_left: Whether the user has gone on with it and then left it on purpose.
    """

    folder: Path
    summary: RunSummary | None
    problem: str = ""
    is_left: bool = False


def runs_folder() -> Path:
    """Return the folder that holds the folders of interrupted runs; it may not exist yet."""
    from platformdirs import user_state_path  # noqa: PLC0415 - not needed to train

    return user_state_path("nntui", appauthor=False) / "runs"


def new_run(name: str, now: float, within: Path | None = None) -> RunWriter:
    """Make a folder for a run that has been interrupted.

    Args:
        name: What the run is called; the folder's name begins with the time.
        now: The time, in seconds since 1970 (UTC).
        within: The folder of all runs; None for the user's own.

    Returns:
        Who writes it; to be closed.

    Raises:
        OutputError: No folder can be made.
    """
    base = within or runs_folder()
    time = datetime.fromtimestamp(now, UTC).strftime("%Y%m%d-%H%M%S")
    short = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")[:_LONGEST_NAME] or "run"
    try:
        _make_private(base)
        for number in range(_MOST_OF_ONE_SECOND):
            folder = base / (f"{time}-{short}" + (f"-{number + 1}" if number else ""))
            try:
                folder.mkdir(mode=_PRIVATE)
            except FileExistsError:
                continue
            return RunWriter(folder)
        raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST))
    except OSError as error:
        raise OutputError(f"{shown_path(base)}: cannot be written: {reason_of(error)}") from None


def _make_private(folder: Path) -> None:
    """Make a folder, and those above it that are missing, for nobody else."""
    missing: list[Path] = []
    while not folder.exists():
        missing.append(folder)
        folder = folder.parent
    for each in reversed(missing):
        # Another nntui may be making it too.
        each.mkdir(mode=_PRIVATE, exist_ok=True)


def kept_runs(within: Path | None = None) -> list[KeptRun]:
    """List the runs that are kept, the one that was saved last first.

    Args:
        within: The folder of all runs; None for the user's own.

    Raises:
        RunError: The folder cannot be read.
    """
    base = within or runs_folder()
    try:
        folders = [entry for entry in base.iterdir() if not entry.is_symlink() and holds_run(entry)]
    except FileNotFoundError:
        return []
    except OSError as error:
        raise RunError(f"{shown_path(base)}: cannot be read: {reason_of(error)}.") from None
    runs = [_kept(folder) for folder in folders]
    # Of what cannot be read, the name tells when it was begun.
    return sorted(runs, key=lambda run: (_saved_at(run), run.folder.name), reverse=True)


def _kept(folder: Path) -> KeptRun:
    try:
        is_left = os.path.lexists(folder / _LEFT_FILE)
        return KeptRun(folder, read_summary(folder), is_left=is_left)
    except RunError as error:
        return KeptRun(folder, None, str(error))


def _saved_at(run: KeptRun) -> float:
    return run.summary.label.saved_at if run.summary else 0.0


def is_kept(folder: Path) -> bool:
    """Tell whether a folder is one of those that interrupted runs are kept in."""
    try:
        return folder.resolve().parent == runs_folder().resolve()
    except (OSError, ValueError, RuntimeError):
        return False


def open_kept(folder: Path) -> RunWriter:
    """Take a run that is kept, so that nobody else goes on with it; to be closed.

    Raises:
        OutputError: Another nntui has it open, or it cannot be written to.
        RunError: There is no run.
    """
    if not holds_run(folder):
        raise RunError(f"{shown_path(folder)}: expected a run, found none.")
    return RunWriter(folder)


def is_free(folder: Path) -> bool:
    """Tell whether no other nntui has a run open."""
    try:
        open_kept(folder).close()
    except (OutputError, RunError):
        return False
    return True


def next_to_resume(runs: Sequence[KeptRun]) -> KeptRun | None:
    """Choose the run that is most likely meant: the last that can be read and is free.

    Those that were left on purpose come after all others.
    """
    readable = [run for run in runs if run.summary is not None]
    in_order = sorted(readable, key=lambda run: run.is_left)
    return next((run for run in in_order if is_free(run.folder)), None)


def mark_left(writer: RunWriter) -> None:
    """Take note that a run was left on purpose."""
    with contextlib.suppress(OSError):
        (writer.folder / _LEFT_FILE).touch(0o600)


def mark_interrupted(writer: RunWriter) -> None:
    """Take note that a run was interrupted, perhaps once more."""
    with contextlib.suppress(OSError):
        (writer.folder / _LEFT_FILE).unlink()


def forget_oldest(most: int = MOST_RUNS, within: Path | None = None) -> Sequence[Path]:
    """Remove the oldest runs, so that no more than so many are kept.

    Args:
        most: How many.
        within: The folder of all runs; None for the user's own.

    Returns:
        The folders that were removed; one that is in use, or that holds files of the user's own,
        stays.

    Raises:
        RunError: The folder cannot be read.
    """
    return [run.folder for run in kept_runs(within)[most:] if remove_run(run.folder)]


def remove_run(folder: Path) -> bool:
    """Remove a run, if nobody is writing to it; files that are not nntui's stay.

    Returns:
        Whether the folder is gone.
    """
    try:
        with RunWriter(folder):
            for name in _ORDER_OF_REMOVAL:
                with contextlib.suppress(FileNotFoundError):
                    (folder / name).unlink()
            folder.rmdir()
    except (OSError, OutputError):
        return False
    return True
