"""Reads the segments that a row of a frame is made of."""

import re

from nntui.ui.terminal.painting import Painting
from nntui.ui.terminal.style_table import StyleTable
from nntui.ui.terminal.styles import style_of

_SEGMENT = re.compile("\x1b\\[([\\d;]*)m([^\x1b]*)\x1b\\[0m|([^\x1b]+)")
_CODE_LENGTH = len("\x1b[m\x1b[0m")

_NARROW = re.compile(
    "["
    " -~\xa1-\xac\xae-\u02ff\u0370-\u0482\u048a-\u052f\u1e00-\u1fff\u2010-\u2027\u2030-\u205e"
    "\u2070-\u209c\u20a0-\u20c0\u2100-\u218b\u2190-\u2319\u231c-\u2328\u232b-\u23e8\u23ed-\u23ef"
    "\u23f1\u23f2\u23f4-\u23ff\u2500-\u25fc\u25ff\u2800-\u28ff]*"
)
"""Characters that every terminal shows in one cell: Latin, Greek, Cyrillic, symbols, boxes."""

_MOST_KEPT = 20_000


class SegmentReader:
    """Turns text with SGR sequences into cells; what it has read once it knows by heart.

    Args:
        styles: Where styles get their numbers.
        painting: Turns styles and texts into what the terminal can show.
    """

    def __init__(self, styles: StyleTable, painting: Painting) -> None:
        self._styles = styles
        self._painting = painting
        self._known: dict[tuple[str, str, str], tuple[str, str, int]] = {}

    def cells(self, content: str) -> tuple[str, str]:
        """Read what is drawn from some cell on.

        Args:
            content: Segments ``ESC [ parameters m text ESC [ 0 m``, and text without style.

        Returns:
            The text as the terminal shows it and, as characters, the numbers of the styles, of the
            same length; both empty where there is anything else, or text whose width terminals do
            not agree about.
        """
        known = self._known
        cells: list[tuple[str, str, int]] = [
            known.get(segment) or self._read(segment) for segment in _SEGMENT.findall(content)
        ]
        if sum([length for _, _, length in cells]) != len(content):
            return "", ""
        return "".join([text for text, _, _ in cells]), "".join([styles for _, styles, _ in cells])

    def _read(self, segment: tuple[str, str, str]) -> tuple[str, str, int]:
        """Read a segment: its text, its styles, and how long it was, 0 if it can't be read."""
        parameters, styled, plain = segment
        text = self._painting.text(styled or plain)
        cells = "", "", 0
        if _NARROW.fullmatch(text):
            shown = self._painting.style(style_of(parameters))
            style = self._styles.number(shown, blank=text.isspace())
            length = len(plain) or len(parameters) + len(styled) + _CODE_LENGTH
            cells = text, chr(style) * len(text), length
        if len(self._known) > _MOST_KEPT:
            self._known.clear()
        self._known[segment] = cells
        return cells
