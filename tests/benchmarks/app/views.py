"""The app's views, and for each the keys whose effect nobody can mistake."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import cycle

from keys import Press, view_keys
from screen import Screen
from watched_app import REGIONS, WatchedApp, pane_at

_GRAPH, _NEURON = "5 Network graph", re.compile(r"╭─ (6 Neuron [^─╭╮]*?) ─")
_SPACE, _LAYER = "8 Space of", re.compile(r"╭─ 8 Space of ([^─╭╮·]*)")
_PAGE = re.compile(r"page (\d+) of \d+")


@dataclass(frozen=True)
class View:
    """A view to be measured.

    Attributes:
        keys: What to press to get there.
        shows: What is on the screen then.
        picture: The title of the pane whose pictures count as frames; None for the whole screen.
        presses: The keys to press there, one after another.
    """

    keys: str
    shows: str
    picture: str | None
    presses: Callable[[WatchedApp], Iterator[Press]]

    def enter(self, app: WatchedApp) -> None:
        """Go there."""
        if self.keys:
            app.send(self.keys)
            app.wait_for_text(self.shows)
        app.look_at(self.picture)


def network_keys(app: WatchedApp) -> Iterator[Press]:
    """Go to the neuron, whose frame changes its colour, to the next one and back, and return."""
    for key in cycle("6du5"):
        if key in "56":
            place = pane_at(app.emulator.screen, _GRAPH)
            if place is None:
                raise RuntimeError(f"there is no {_GRAPH} on the screen")
            column, row = place.column, place.row
            before = app.emulator.screen.cell(column, row)
            yield (
                key,
                lambda screen, column=column, row=row, before=before: (
                    screen.cell(column, row) != before
                ),
            )
        else:
            named = _named_neuron(app.emulator.screen)
            arrow = "]" if key == "d" else "["
            yield arrow, lambda screen, named=named: _named_neuron(screen) not in (None, named)


def space_keys(app: WatchedApp) -> Iterator[Press]:
    """Go to other layers and back: the title names them."""
    for key in cycle("[]"):
        before = _named_layer(app.emulator.screen)
        yield key, lambda screen, before=before: _named_layer(screen) not in (None, before)


def explain_keys(app: WatchedApp) -> Iterator[Press]:
    """Turn the pages, on and back."""
    for key in cycle(("\x1b[C", "\x1b[C", "\x1b[D", "\x1b[D")):
        before = _page(app.emulator.screen)
        yield key, lambda screen, before=before: _page(screen) not in (None, before)


def _named_neuron(screen: Screen) -> str | None:
    found = _NEURON.search(screen.text)
    return found[1].strip() if found else None


def _named_layer(screen: Screen) -> str | None:
    found = _LAYER.search(screen.text)
    return found[1].strip() if found else None


def _page(screen: Screen) -> str | None:
    found = _PAGE.search(screen.text)
    return found[1] if found else None


VIEWS = {
    "train": View("4", REGIONS, REGIONS, view_keys),
    "network": View("5", _GRAPH, _GRAPH, network_keys),
    "space": View("8", _SPACE, _SPACE, space_keys),
    "explain": View("9", "update ", None, explain_keys),
}
"""The views, by the name that the command line takes."""
