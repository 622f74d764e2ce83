"""Shows the app on terminals of every kind: what a terminal emulator has on its screen.

Unlike the other pictures these are not made inside the app: every cell has gone through the
driver, as bytes, into a terminal.
"""

import io
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from plain_svg import plain_svg
from rich.console import Console
from rich.style import Style
from rich.terminal_theme import TerminalTheme
from rich.text import Text

sys.path.insert(0, str(Path(__file__).parents[1] / "terminal"))

from looks import Colour, Look
from terminal import Terminal

SPIRAL = ("--until", "test_accuracy>=0.95")
SIZE = (100, 32)

_CONSOLE = [(0, 0, 0), (170, 0, 0), (0, 170, 0), (170, 85, 0),
            (0, 0, 170), (170, 0, 170), (0, 170, 170), (170, 170, 170)]  # fmt: skip
_CONSOLE_BRIGHT = [(85, 85, 85), (255, 85, 85), (85, 255, 85), (255, 255, 85),
                   (85, 85, 255), (255, 85, 255), (85, 255, 255), (255, 255, 255)]  # fmt: skip
THEME = TerminalTheme((0, 0, 0), (170, 170, 170), _CONSOLE, _CONSOLE_BRIGHT)
"""The colours of the console of Linux."""


@dataclass(frozen=True)
class Kind:
    """A kind of terminal.

    Attributes:
        name: The name of the picture.
        options: What ``Terminal`` is made with.
        arguments: What nntui is started with besides.
    """

    name: str
    options: dict[str, Any] = field(default_factory=dict)
    arguments: tuple[str, ...] = ()


KINDS = (
    Kind("colours-truecolor", {"colour": None, "tells_style": True}),
    Kind("colours-256", {"colour": None}),
    Kind("colours-16", {"colour": None, "term": "linux"}),
    Kind("colours-none", {"environment": {"NO_COLOR": "1"}}),
    Kind("colours-ascii", {"colour": None, "language": "C"}),
    Kind("colours-ascii-none", {"term": "vt220", "language": "C"}, ("--color", "none")),
)


def make(kind: Kind) -> str:
    """Train the spiral on a terminal until it is solved, and return a picture of it."""
    columns, rows = SIZE
    with (
        TemporaryDirectory() as home,
        Terminal(
            [sys.executable, "-m", "nntui", *SPIRAL, *kind.arguments],
            **{"columns": columns, "rows": rows, "home": Path(home)} | kind.options,
        ) as terminal,
    ):
        terminal.wait_for(lambda screen: "epoch 0" in screen.lines[0])
        terminal.send(" ")
        terminal.wait_for_text("Paused", "reached")
        # The panes have made room for the notice.
        terminal.wait_for(lambda screen: screen.lines[-3].rstrip()[-1:] in {"╯", "+"})
        with terminal.lock:
            return picture(terminal, columns, rows)


def picture(terminal: Terminal, columns: int, rows: int) -> str:
    """Draw what is on a terminal's screen."""
    console = Console(
        width=columns, record=True, file=io.StringIO(), force_terminal=True,
        color_system="truecolor", legacy_windows=False,
    )  # fmt: skip
    screen = terminal.emulator.screen
    for row in range(rows):
        cells = [screen.cell(column, row) for column in range(columns)]
        line = Text(no_wrap=True, end="\n")
        for look, run in groupby(cells, key=lambda cell: cell.look):
            line.append("".join(cell.character for cell in run), _style(look))
        console.print(line, soft_wrap=True)
    return plain_svg(console.export_svg(title="nntui", theme=THEME))


def _style(look: Look) -> Style:
    return Style(
        color=_named(look.foreground),
        bgcolor=_named(look.background),
        bold=look.bold,
        dim=look.dim,
        underline=look.underline,
        reverse=look.reverse,
    )


def _named(colour: Colour) -> str | None:
    if colour is None:
        return None
    if isinstance(colour, tuple):
        return "#{:02x}{:02x}{:02x}".format(*colour)
    return f"color({colour})"


def gallery() -> Iterator[tuple[str, str]]:
    """Make all pictures: their names and what is to be seen."""
    for kind in KINDS:
        yield kind.name, make(kind)
