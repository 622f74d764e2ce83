"""Turns what the app draws into what the terminal can show: its colours, its characters.

The app draws in 24-bit colours and in Unicode. Each style and each piece of text is turned once;
the reader of segments knows it by heart from then on.
"""

import re
from collections.abc import Callable

from nntui.charts.ascii_only import ascii_text
from nntui.charts.xterm import CUBE_START, FIXED_COLOURS, number_of_16, number_of_256
from nntui.ui.terminal.abilities import Abilities, Depth
from nntui.ui.terminal.styles import CellStyle, style_of

_STYLE = re.compile("\x1b\\[([\\d;]*)m")
_TEXT = re.compile("[^\x00-\x7f]+")
_EXTENDED = re.compile(r"([34])8;(?:2;(\d+);(\d+);(\d+)|5;(\d+))")
_BRIGHT = 8
_DARK_CODES, _BRIGHT_CODES = {"3": 30, "4": 40}, {"3": 90, "4": 100}


class Painting:
    """Turns styles and texts for a terminal.

    Args:
        abilities: What the terminal can show.
    """

    def __init__(self, abilities: Abilities) -> None:
        self._colour = _COLOURS[abilities.depth]
        self._is_ascii = abilities.is_ascii

    def style(self, style: CellStyle) -> CellStyle:
        """Give a style in the terminal's colours."""
        return style._replace(
            foreground=self._colour(style.foreground), background=self._colour(style.background)
        )

    def text(self, text: str) -> str:
        """Give a text in the terminal's characters, in as many cells."""
        return ascii_text(text) if self._is_ascii else text

    def passed(self, data: str) -> str:
        """Turn text and styles among anything else that is written."""
        data = _STYLE.sub(lambda found: self._restyled(found[1]), data)
        if self._is_ascii:
            data = _TEXT.sub(lambda found: ascii_text(found[0]), data)
        return data

    def _restyled(self, parameters: str) -> str:
        if not parameters.strip("0;"):
            return f"\x1b[{parameters}m"
        style = style_of(parameters)
        new = style if style.other else self.style(style)
        return f"\x1b[{new.parameters()}m" if new != style else f"\x1b[{parameters}m"


def _as_it_is(parameters: str) -> str:
    return parameters


def _none(_parameters: str) -> str:
    return ""


def _of_256(parameters: str) -> str:
    found = _EXTENDED.fullmatch(parameters)
    if found is None or found[5]:
        return parameters
    return f"{found[1]}8;5;{number_of_256(_colour_of(found))}"


def _of_16(parameters: str) -> str:
    found = _EXTENDED.fullmatch(parameters)
    if found is None:
        return parameters
    number = int(found[5]) if found[5] else number_of_16(_colour_of(found))
    if number >= CUBE_START:
        number = number_of_16(int(FIXED_COLOURS[number - CUBE_START]))
    codes = _DARK_CODES if number < _BRIGHT else _BRIGHT_CODES
    return str(codes[found[1]] + number % _BRIGHT)


def _colour_of(found: re.Match[str]) -> int:
    return int(found[2]) << 16 | int(found[3]) << 8 | int(found[4])


_COLOURS: dict[Depth, Callable[[str], str]] = {
    "truecolor": _as_it_is,
    "256": _of_256,
    "16": _of_16,
    "none": _none,
}
