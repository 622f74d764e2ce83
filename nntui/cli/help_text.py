"""How help is laid out: plain text in two columns, as wide as the terminal but no wider than 100.

Plain text reads the same on every terminal and in a file, and needs a third of the time of boxes.
"""

import textwrap
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from cyclopts.help import HelpEntry, HelpPanel
    from rich.console import Console, ConsoleOptions

_WIDEST = 100
_WIDEST_NAMES = 26


class AlignedHelp:
    """Prints the parts of a command's help; cyclopts calls it."""

    def __call__(self, console: "Console", options: "ConsoleOptions", panel: "HelpPanel") -> None:
        """Print one group of commands or flags."""
        if not panel.entries:
            return
        lines = [f"{panel.title}:"]
        names = [_names(entry) for entry in panel.entries]
        column = min(max(map(len, names)), _WIDEST_NAMES) + 4
        for name, entry in zip(names, panel.entries, strict=True):
            lines += _entry(
                name, _plain(entry.description), column, min(options.max_width, _WIDEST)
            )
        _print(console, [*lines, ""])

    def render_usage(self, console: "Console", options: "ConsoleOptions", usage: object) -> None:
        """Print the line that shows how to call the command."""
        _print(console, [_plain(usage).strip(), ""])

    def render_description(
        self, console: "Console", options: "ConsoleOptions", description: object
    ) -> None:
        """Print what the command does."""
        width = min(options.max_width, _WIDEST)
        _print(console, [*textwrap.wrap(_plain(description), width), ""])


def _entry(name: str, description: str, column: int, width: int) -> list[str]:
    """Lay out one row; a name too wide for its column has the line to itself."""
    wrapped = textwrap.wrap(description, max(width - column, 20)) or [""]
    first = f"  {name}"
    if len(first) > column - 2:
        return [first, *(" " * column + line for line in wrapped)]
    rows = [f"{first:<{column}}{wrapped[0]}", *(" " * column + line for line in wrapped[1:])]
    return [row.rstrip() for row in rows]


def _names(entry: "HelpEntry") -> str:
    return ", ".join(entry.display_labels_with_metavar)


def _plain(text: object) -> str:
    """Return the text of what may be a text already, or rich's, or cyclopts's around that."""
    if text is None:
        return ""
    text = cast("object", getattr(text, "primary_renderable", text))
    plain: object = getattr(text, "plain", None)
    return plain if isinstance(plain, str) else str(text)


def _print(console: "Console", lines: list[str]) -> None:
    for line in lines:
        console.print(line, markup=False, highlight=False, soft_wrap=True)
