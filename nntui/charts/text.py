"""Text among cells: some characters are two cells wide, some have no width."""

import unicodedata

from nntui.charts.cells import NO_COLOR, Cells

_WIDE = frozenset("WF")
_ELLIPSIS = "…"


def width_of(character: str) -> int:
    """Return how many cells a character takes: 0, 1 or 2.

    Control characters and marks that belong to the character before count as without width.
    """
    if not character.isprintable() or unicodedata.category(character) in ("Mn", "Me"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in _WIDE else 1


def text_width(text: str) -> int:
    """Return how many cells a text takes."""
    return sum(map(width_of, text))


def cut(text: str, room: int) -> str:
    """Shorten a text to so many cells; an ellipsis says so."""
    if text_width(text) <= room:
        return text
    kept = ""
    for character in text:
        if text_width(kept + character) > room - 1:
            break
        kept += character
    return kept + _ELLIPSIS if room > 0 else ""


def write(cells: Cells, row: int, column: int, text: str, colour: int) -> None:
    """Write a text into one row; what does not fit is left out.

    The second cell of a wide character holds an empty string. Characters without width are left
    out: a data set's column may be called anything, and must not reach the terminal as it is.

    Args:
        cells: Where to.
        row: The row, counted from 0.
        column: Where the text begins, counted from 0.
        text: What to write.
        colour: 0xRRGGBB or NO_COLOR.
    """
    for character in text:
        width = width_of(character)
        if width == 0 or not 0 <= row < cells.rows:
            continue
        if column >= 0 and column + width <= cells.columns:
            place = slice(column, column + width)
            cells.characters[row, place] = [character, ""][:width]
            cells.foreground[row, place] = colour
            cells.background[row, place] = NO_COLOR
            cells.bold[row, place] = False
        column += width
