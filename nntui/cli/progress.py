"""What is shown on standard error while a run goes on."""

import contextlib
import os
import sys
from collections.abc import Callable
from typing import Protocol, TextIO

from rich.console import Console
from rich.progress import BarColumn, TextColumn
from rich.progress import Progress as Bar

from nntui.cli.number_text import clock_time, percent, short, speed
from nntui.training.limits import Limits
from nntui.training.run import Progress

Clock = Callable[[], float]

SECONDS_BETWEEN_LINES = 2.0
"""How soon a plain line may follow another; later the pauses are a quarter of the time gone by."""

_LEAST_BAR = 4


class Display(Protocol):
    """Something that shows how far a run is."""

    def show(self, progress: Progress) -> None:
        """Show it now, or leave it out."""
        ...

    def close(self) -> None:
        """Leave the terminal as it was."""
        ...


def choose_display(limits: Limits, clock: Clock, *, quiet: bool) -> Display:
    """Choose a bar for a terminal, lines for a file or a pipe, nothing for ``--quiet``."""
    stream = sys.stderr
    if quiet or stream is None:  # pyright: ignore[reportUnnecessaryComparison] - None if closed
        return NoDisplay()
    if stream.isatty() and _knows_escapes():
        return BarDisplay(Console(file=stream), limits, clock)
    return LineDisplay(stream, limits, clock)


def _knows_escapes() -> bool:
    """Tell whether the terminal can move its cursor back over a bar."""
    name = os.environ.get("TERM", "")
    return name not in ("dumb", "unknown", "") or (os.name == "nt" and not name)


class NoDisplay:
    """Shows nothing."""

    def show(self, progress: Progress) -> None:
        """Do nothing."""

    def close(self) -> None:
        """Do nothing."""


class UntilItFails:
    """Shows what another display shows, until that fails: a closed pipe must not end the run."""

    def __init__(self, display: Display) -> None:
        self._display: Display = display

    def show(self, progress: Progress) -> None:
        """Show it, or from the first failure on nothing."""
        try:
            self._display.show(progress)
        except OSError:
            self._display = NoDisplay()

    def close(self) -> None:
        """Close the other display."""
        with contextlib.suppress(OSError):
            self._display.close()


class LineDisplay:
    """Prints a plain line now and then: about thirty in an hour."""

    def __init__(self, stream: TextIO, limits: Limits, clock: Clock) -> None:
        self._stream = stream
        self._limits = limits
        self._clock = clock
        self._start = clock()
        self._next = self._start + SECONDS_BETWEEN_LINES

    def show(self, progress: Progress) -> None:
        """Print a line if the last one is long enough ago."""
        now = self._clock()
        if now < self._next:
            return
        elapsed = now - self._start
        self._next = now + max(SECONDS_BETWEEN_LINES, elapsed / 4)
        parts = [
            position(progress, self._limits),
            *figures(progress),
            speed(progress.steps_per_second),
        ]
        if left := time_left(progress, elapsed):
            parts.append(f"{left} left")
        print(", ".join(parts), file=self._stream, flush=True)

    def close(self) -> None:
        """Do nothing: lines stay."""


class BarDisplay:
    """Draws a bar that stays on one line and is gone at the end."""

    def __init__(self, console: Console, limits: Limits, clock: Clock) -> None:
        self._console = console
        self._limits = limits
        self._clock = clock
        self._start = clock()
        self._bar = Bar(
            TextColumn("{task.fields[left]}", markup=False),
            BarColumn(bar_width=None),
            TextColumn("{task.fields[right]}", markup=False),
            console=console,
            # A thread that draws would take the interpreter from the one that trains.
            auto_refresh=False,
            expand=True,
            transient=True,
            redirect_stdout=False,
            redirect_stderr=False,
        )
        self._task = self._bar.add_task("", total=1.0, left="starting", right="")
        self._bar.start()

    def show(self, progress: Progress) -> None:
        """Draw the bar as it is now."""
        left = position(progress, self._limits)
        room = self._console.width - len(left) - _LEAST_BAR - 2
        self._bar.update(
            self._task,
            total=None if progress.share is None else 1.0,
            completed=progress.share or 0.0,
            left=left,
            right=_fitting(progress, self._clock() - self._start, room),
        )
        self._bar.refresh()

    def close(self) -> None:
        """Take the bar away."""
        self._bar.stop()


def _fitting(progress: Progress, elapsed: float, room: int) -> str:
    """Return as many figures as there is room for."""
    loss, *others = figures(progress)
    left = time_left(progress, elapsed)
    for parts in (
        [", ".join([loss, *others]), speed(progress.steps_per_second), left],
        [", ".join([loss, *others]), left],
        [loss, left],
    ):
        text = "  ".join(filter(None, parts))
        if len(text) <= room:
            return text
    return left if len(left) <= room else ""


def position(progress: Progress, limits: Limits) -> str:
    """Say which epoch it is, and of how many."""
    of = f"/{limits.epochs:,}" if limits.epochs is not None else ""
    return f"epoch {progress.epochs:,}{of}"


def figures(progress: Progress) -> list[str]:
    """Return the losses, then the accuracy or R², on the test points where there are any."""
    now = progress.evaluation
    parts = [f"loss {short(now.train_loss)}"]
    if now.test_loss is not None:
        parts.append(f"test {short(now.test_loss)}")
    accuracy = now.train_accuracy if now.test_accuracy is None else now.test_accuracy
    r2 = now.train_r2 if now.test_r2 is None else now.test_r2
    if accuracy is not None:
        parts.append(percent(accuracy))
    elif r2 is not None:
        parts.append(f"R² {short(r2)}")
    return parts


def time_left(progress: Progress, elapsed: float) -> str:
    """Estimate how long the run still takes; empty where nothing tells."""
    if not progress.share:
        return ""
    return clock_time(elapsed * (1 - progress.share) / progress.share)
