"""Runs that were interrupted: which there are, and going on with one of them."""

import time
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from nntui.cli.terminal_flags import TerminalFlags
from nntui.errors import NntuiError, RunError
from nntui.files import shown_path
from nntui.quoting import printable

if TYPE_CHECKING:  # They import numpy, and the app's start cannot wait for that.
    from nntui.runs.places import KeptRun
    from nntui.runs.run_file import RunSummary

_NEWS = 7 * 86_400.0
"""For how many seconds an interrupted run is told about."""


def interrupted_notice() -> str:
    """Tell of a run that was interrupted lately; empty where there is none."""
    from nntui.runs.places import kept_runs, next_to_resume  # noqa: PLC0415

    try:
        run = next_to_resume(kept_runs())
    except NntuiError:
        # Whoever has not asked for it need not know.
        return ""
    if run is None or run.is_left or run.summary is None:
        return ""
    saved_at = run.summary.label.saved_at
    if time.time() - saved_at > _NEWS:
        return ""
    return (
        f"A run of {run.summary.label.name} was interrupted ({_moment(saved_at)}, "
        f'step {run.summary.steps:,}): "nntui resume" goes on with it.'
    )


def list_runs() -> int:
    """Print the interrupted runs, the newest first."""
    from nntui.runs.places import kept_runs, runs_folder  # noqa: PLC0415

    runs = kept_runs()
    if not runs:
        print("no interrupted runs")
        return 0
    rows = [("saved", "run", "epoch", "step", "state", "folder"), *map(_row, runs)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    for row in rows:
        padded = (f"{cell:<{width}}" for cell, width in zip(row, widths, strict=True))
        print("  ".join(padded).rstrip())
    print(f'\nin {shown_path(runs_folder())}; "nntui resume FOLDER" goes on with one')
    return 0


def _row(run: "KeptRun") -> Sequence[str]:
    folder = printable(run.folder.name)
    if run.summary is None:
        return ("-", "-", "-", "-", "damaged", folder)
    summary = run.summary
    saved = _moment(summary.label.saved_at)
    return (
        saved,
        summary.label.name,
        f"{summary.epochs:,}",
        f"{summary.steps:,}",
        _state(run, summary),
        folder,
    )


def _state(run: "KeptRun", summary: "RunSummary") -> str:
    from nntui.runs.places import is_free  # noqa: PLC0415

    if not is_free(run.folder):
        return "open now"
    if run.is_left:
        return "resumed, left"
    return summary.stopped_by or "interrupted"


def _moment(seconds: float) -> str:
    """Write a time, in seconds since 1970 (UTC), as the user's clock shows it."""
    return f"{datetime.fromtimestamp(seconds).astimezone():%Y-%m-%d %H:%M}"


def resume_run(directory: str | None, terminal: TerminalFlags) -> int:
    """Open the app with an interrupted run.

    Args:
        directory: Its folder, or the name of one of those that are listed; None for the last one.
        terminal: What the user says that the terminal can show.

    Returns:
        The exit code.

    Raises:
        NntuiError: There is none, or it cannot be used.
    """
    from nntui.cli.flags import GivenKeys  # noqa: PLC0415
    from nntui.cli.playground import Opening, play  # noqa: PLC0415 - it imports this module
    from nntui.experiment.experiment import Experiment  # noqa: PLC0415
    from nntui.training.limits import Limits  # noqa: PLC0415

    folder = _last_run() if directory is None else _named_run(directory)
    opening = Opening(
        Experiment(), Limits(), GivenKeys(), resume_from=str(folder), terminal=terminal
    )
    return play(opening)


def _last_run() -> Path:
    from nntui.runs.places import kept_runs, next_to_resume, runs_folder  # noqa: PLC0415

    runs = kept_runs()
    run = next_to_resume(runs)
    if run is not None:
        return run.folder
    place = shown_path(runs_folder())
    if not runs:
        raise RunError(f"there is no interrupted run to go on with in {place}.")
    damaged = next((run.problem for run in runs if run.problem), "")
    raise RunError(
        f"of the {len(runs)} in {place}, no run can be gone on with: {damaged or 'all are open'}"
    )


def _named_run(directory: str) -> Path:
    """Find a run by its folder, or by the name of one that is kept."""
    from nntui.runs.places import runs_folder  # noqa: PLC0415
    from nntui.runs.run_file import read_summary  # noqa: PLC0415

    if not directory:
        raise RunError("DIR: found an empty name, expected the folder of a run.")
    named = Path(directory)
    if "/" not in directory and not named.exists():
        kept = runs_folder() / directory
        named = kept if kept.exists() else named
    read_summary(named)
    return named.resolve()
