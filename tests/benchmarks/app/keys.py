"""How long a key takes to the screen: keys whose effect nobody can mistake, while a run goes on."""

import random
import re
from collections.abc import Callable, Iterator
from itertools import cycle

from screen import Screen
from watched_app import PANES, REGIONS, WatchedApp, pane_at

HOLLOW = re.compile("[○△□◇☆]")

Condition = Callable[[Screen], object]
Press = tuple[str, Condition]
"""A key, and what the screen shows when it has done its work."""


def pane_keys(app: WatchedApp) -> Iterator[Press]:
    """Go from pane to pane: the frame of the one that gets the keyboard changes its colour."""
    corners = [pane_at(app.emulator.screen, title) for title in PANES]
    for number in cycle((1, 2, 3, 4)):
        place = corners[number - 1]
        if place is None:
            raise RuntimeError(f"there is no pane {number} on the screen")
        column, row = place.column, place.row
        before = app.emulator.screen.cell(column, row)
        yield (
            str(number),
            lambda screen, column=column, row=row, before=before: (
                screen.cell(column, row) != before
            ),
        )


def point_keys(app: WatchedApp) -> Iterator[Press]:
    """Hide the test points and show them: the hollow glyphs go and come."""
    while True:
        shown = _has_test_points(app.emulator.screen)
        yield "t", lambda screen, shown=shown: _has_test_points(screen) != shown


def crosshair_keys(app: WatchedApp) -> Iterator[Press]:
    """Move the crosshair: its place is read out, with what the trainer has answered there."""
    for key in cycle(("\x1b[C", "\x1b[C", "\x1b[D", "\x1b[D")):
        before = _crosshair(app.emulator.screen)
        yield key, lambda screen, before=before: _crosshair(screen) not in (None, before)


def view_keys(app: WatchedApp) -> Iterator[Press]:
    """Mix the keys that the app follows by itself."""
    for focus, points in zip(pane_keys(app), point_keys(app), strict=False):
        yield focus
        yield points


def key_times(
    app: WatchedApp, presses: Iterator[Press], count: int, pauses: tuple[float, float]
) -> list[float]:
    """Press keys one after another and measure how long each takes to the screen.

    Args:
        app: The app.
        presses: The keys.
        count: How many.
        pauses: The shortest and the longest pause before a key, in seconds, so that keys come at
            any moment of a frame.

    Returns:
        Seconds, in the order of the keys.
    """
    generator = random.Random(1)
    times = []
    for _ in range(count):
        app.spend(generator.uniform(*pauses))
        with app.lock:
            key, condition = next(presses)
            watch = app.watch(condition)
            sent = app.send(key)
        times.append(app.seen(watch) - sent)
    return times


def _has_test_points(screen: Screen) -> bool:
    place = pane_at(screen, REGIONS)
    if place is None:
        return False
    inside = slice(place.column + 1, place.column + place.columns - 1)
    lines = screen.lines[place.row + 1 : place.row + place.rows - 1]
    return any(HOLLOW.search(line[inside]) for line in lines)


def _crosshair(screen: Screen) -> str | None:
    place = pane_at(screen, REGIONS)
    if place is None:
        return None
    line = screen.lines[place.row + place.rows - 2][place.column + 1 :]
    found = re.match(r"\s*(x1 \S+\s+x2 \S+)", line)
    return found[1] if found else None
