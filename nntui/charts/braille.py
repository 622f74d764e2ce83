"""Pictures made of braille dots, one over the other."""

import numpy as np
from numpy.typing import NDArray

from nntui.charts.cells import Cells

_FIRST, _LAST = 0x2800, 0x28FF
_DASH, _PERIOD = 2, 3


def _codes(characters: NDArray[np.str_]) -> NDArray[np.int32]:
    """Return the characters' numbers in Unicode."""
    return np.ascontiguousarray(characters).view(np.int32).reshape(characters.shape)


def overlaid(below: Cells, above: Cells) -> Cells:
    """Lay one picture over another of the same size; of the lower one blank cells let through."""
    is_drawn = above.characters != " "
    return Cells(
        characters=np.where(is_drawn, above.characters, below.characters),
        foreground=np.where(is_drawn, above.foreground, below.foreground),
        background=np.where(is_drawn, above.background, below.background),
        bold=np.where(is_drawn, above.bold, below.bold),
    )


def woven(below: Cells, above: Cells) -> Cells:
    """Lay one picture over another of the same size so that the lines of both are seen.

    Where both have dots in a cell all dots stay. A cell has one colour only: there, the two
    pictures have every other column each.

    Args:
        below: A picture of braille dots.
        above: Another one.
    """
    result = overlaid(below, above)
    low, high = _codes(below.characters), _codes(above.characters)
    have_both = (low >= _FIRST) & (low <= _LAST) & (high >= _FIRST) & (high <= _LAST)
    # The eight dots of a cell are the lowest eight bits of its character's number.
    merged = np.where(have_both, low | high, _codes(result.characters)).astype(np.int32)
    is_turn = have_both & (np.arange(below.columns) % 2 == 0)
    return Cells(
        characters=merged.view("U1").reshape(merged.shape),
        foreground=np.where(is_turn, below.foreground, result.foreground),
        background=result.background,
        bold=result.bold,
    )


def dashed(cells: Cells) -> Cells:
    """Leave out every third column, so that a line is told from an unbroken one."""
    characters = cells.characters.copy()
    characters[:, _DASH::_PERIOD] = " "
    return Cells(characters, cells.foreground, cells.background, cells.bold)


# A cell's dots from the top left to the bottom right, as bits of its character's number.
_BITS = np.array([[0x01, 0x08], [0x02, 0x10], [0x04, 0x20], [0x40, 0x80]], np.int32)


def thickened(cells: Cells) -> Cells:
    """Add to each dot the one below it: a line that is seen from the back of a room.

    Args:
        cells: A picture of braille dots and nothing else.
    """
    codes = _codes(cells.characters)
    patterns = np.where(codes >= _FIRST, codes - _FIRST, 0)
    lowest, kept = patterns & _BITS[-1].sum(), patterns & ~_BITS[-1].sum()
    result = patterns.copy()
    for upper, lower in zip(_BITS[:-1].ravel(), _BITS[1:].ravel(), strict=True):
        result |= np.where(kept & upper, lower, 0)
    # What is lowest in a cell goes on in the cell below.
    for upper, lower in zip(_BITS[-1], _BITS[0], strict=True):
        result[1:] |= np.where(lowest[:-1] & upper, lower, 0)
    foreground = cells.foreground.copy()
    is_new = (patterns[1:] == 0) & (result[1:] != 0)
    foreground[1:][is_new] = cells.foreground[:-1][is_new]
    characters = np.where(result == 0, ord(" "), result + _FIRST).astype(np.int32)
    return Cells(
        characters.view("U1").reshape(codes.shape), foreground, cells.background, cells.bold
    )
