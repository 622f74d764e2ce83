"""The app in a terminal, with someone who counts its frames, its bytes and its seconds."""

import re
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[2] / "terminal"))

import processes
from link import LinkQuality
from screen import Screen
from terminal import HANG_GUARD, Terminal

NNTUI = (sys.executable, "-m", "nntui")
POINTS = re.compile("[●▲■◆★✚○△□◇☆]")
PANES = ("1 Layers", "2 Hyperparameters", "3 Loss", "4 Decision regions")
REGIONS = PANES[3]
_FEWEST_SHADES = 4


@dataclass(frozen=True)
class Rectangle:
    """A pane's place, with its frame."""

    column: int
    row: int
    columns: int
    rows: int


def pane_at(screen: Screen, title: str) -> Rectangle | None:
    """Find a pane by its title; None where it is not shown as a whole."""
    found = screen.find(f" {title} ")
    if found is None:
        return None
    lines, row = screen.lines, found[1]
    left = lines[row].rfind("╭", 0, found[0])
    right = lines[row].find("╮", found[0])
    last = next((y for y in range(row, screen.rows) if lines[y][left] == "╰"), -1)
    if min(left, right, last) < 0:
        return None
    return Rectangle(left, row, right - left + 1, last - row + 1)


def is_complete(screen: Screen) -> bool:
    """Tell whether all panes are there, and regions and points are drawn in theirs."""
    places = [pane_at(screen, title) for title in PANES]
    regions = places[3]
    if regions is None or (screen.columns >= 100 and None in places):
        return False
    cells = [
        screen.cell(column, row)
        for row in range(regions.row + 1, regions.row + regions.rows - 1)
        for column in range(regions.column + 1, regions.column + regions.columns - 1)
    ]
    shades = {cell.look.background for cell in cells}
    return len(shades) >= _FEWEST_SHADES and any(POINTS.match(cell.character) for cell in cells)


@dataclass(frozen=True)
class Counts:
    """What was counted up to a moment."""

    at: float
    frames: int
    bytes_seen: int
    app_seconds: float
    worker_seconds: float
    own_seconds: float


@dataclass(frozen=True)
class Rates:
    """What a second has brought, between two moments.

    Attributes:
        frames: How often the picture of the regions changed.
        bytes_seen: The bytes that reached the terminal.
        app: The processor's share of the app, 1 for a whole core.
        worker: That of all its child processes.
        own: That of the measuring itself, the terminal included.
    """

    frames: float
    bytes_seen: float
    app: float
    worker: float
    own: float


class WatchedApp(Terminal):
    """The app, started and complete on the screen.

    Args:
        columns: The width.
        rows: The height.
        link: The link to the app; None for none.
        arguments: The app's arguments.
        reached_by: Makes the command that starts the app in a directory, from the app's own, where
            it runs elsewhere.
        more: Options of ``Terminal``.

    Attributes:
        seconds_to_start: From the start of the process to the first complete picture.
        frames: How often the picture of the regions, or of what else is looked at, has changed.
        app_number: The app's process id.
    """

    def __init__(
        self,
        columns: int = 120,
        rows: int = 40,
        link: LinkQuality | None = None,
        arguments: Sequence[str] = (),
        reached_by: Callable[[Sequence[str], Path], Sequence[str]] = lambda command, _: command,
        **more: Any,
    ) -> None:
        self.frames = 0
        self._looked_at: Rectangle | None = None
        self._picture: object = None
        self._home = tempfile.TemporaryDirectory()
        super().__init__(
            reached_by([*NNTUI, *arguments], Path(self._home.name)),
            columns=columns,
            rows=rows,
            home=Path(self._home.name),
            environment={"PYTHONPATH": str(Path(__file__).parents[3])},
            link=link,
            **more,
        )
        self.seconds_to_start = self.wait_for(is_complete) - self.started_at
        self.app_number = self._find_app()
        with self.lock:
            self._looked_at = pane_at(self.emulator.screen, REGIONS)
            self.on_frame = self._count_frame

    def close(self) -> None:
        super().close()
        self._home.cleanup()

    def look_at(self, title: str | None) -> None:
        """Count from now on how often the picture of one pane changes, or of the whole screen."""
        with self.lock:
            screen = self.emulator.screen
            whole = Rectangle(0, 0, screen.columns, screen.rows)
            self._looked_at = whole if title is None else pane_at(screen, title)

    def _find_app(self) -> int:
        """Find the app's process: what the terminal runs, or else what that has started."""
        started = processes.marked(self.mark)
        numbers = {one.number for one in started}
        for one in started:
            if one.number != self.process.pid and one.parent not in numbers:
                return one.number
        return self.process.pid

    def _count_frame(self) -> None:
        place = self._looked_at
        if place is None:
            return
        picture = self.emulator.screen.rectangle(place.column, place.row, place.columns, place.rows)
        if picture != self._picture:
            self.frames += 1
            self._picture = picture

    def play(self) -> float:
        """Let it train; returns when the key was pressed."""
        sent = self.send(" ")
        self.wait_for(lambda screen: "▶" in screen.lines[0])
        return sent

    def pause(self) -> tuple[float, int]:
        """Stop it; returns when the key was pressed, and how many steps were made."""
        sent = self.send(" ")
        self.wait_for(lambda screen: steps_on(screen) is not None)
        with self.lock:
            return sent, steps_on(self.emulator.screen) or 0

    def counts(self) -> Counts:
        """Count."""
        app = processes.process(self.app_number)
        return Counts(
            time.perf_counter(),
            self.frames,
            self.bytes_seen,
            0.0 if app is None else app.seconds,
            sum(one.seconds for one in self.children() if one.number != self.app_number),
            time.process_time(),
        )

    def rates(self, seconds: float) -> Rates:
        """Count for so many seconds."""
        before = self.counts()
        self.spend(seconds)
        return self.rates_since(before)

    def rates_since(self, before: Counts) -> Rates:
        """Compare with what was counted before."""
        after = self.counts()
        took = after.at - before.at
        return Rates(
            (after.frames - before.frames) / took,
            (after.bytes_seen - before.bytes_seen) / took,
            (after.app_seconds - before.app_seconds) / took,
            (after.worker_seconds - before.worker_seconds) / took,
            (after.own_seconds - before.own_seconds) / took,
        )

    def spend(self, seconds: float) -> None:
        """Let time go by, while the app must not end."""
        time.sleep(seconds)
        if (code := self.process.poll()) is not None:
            raise RuntimeError(f"the app has ended with {code}; the screen:\n{self.text}")

    def quit(self) -> None:
        """Leave the app as a user does."""
        self.send("q")
        code = self.wait_for_exit(HANG_GUARD)
        if code or self.left_behind() or self.survivors():
            raise RuntimeError(f"exit code {code}, left behind: {self.left_behind()}")


def steps_on(screen: Screen) -> int | None:
    """Read the number of steps in the header, which shows it while the run is paused."""
    found = re.search(r"\bstep ([\d,]+)", screen.lines[0])
    return int(found[1].replace(",", "")) if found else None
