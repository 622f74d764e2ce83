"""Numbers as bars to the left and to the right of a line that stands for 0."""

import math
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nntui.charts.cells import Cells
from nntui.charts.network.palette import sign_colour
from nntui.charts.style import ChartStyle

_EIGHTHS = " ▏▎▍▌▋▊▉█"
_PARTS = 8
_ZERO_LINE = "│"
_PLAIN_NEGATIVE = "▒"
_LEAST_COLUMNS = 3


def draw_signed_bars(
    values: NDArray[np.floating[Any]], size: float, columns: int, style: ChartStyle
) -> Cells:
    """Draw a bar for each number, one below the other.

    Bars above 0 go to the right of the line, those below 0 to the left; where there are no
    colours, the latter are dotted as well.

    Args:
        values: The numbers, (bars,); NaN gets no bar.
        size: The |number| that fills a side.
        columns: The width, in cells.
        style: How it is coloured.

    Returns:
        One row a number.
    """
    columns = max(columns, 0)
    cells = Cells.blank(len(values), columns)
    if columns < _LEAST_COLUMNS:
        return cells
    middle = columns // 2
    sides = middle, columns - 1 - middle
    for row, value in enumerate(values.tolist()):
        cells.characters[row, middle] = _ZERO_LINE
        cells.foreground[row, middle] = style.axis_colour
        if math.isnan(value) or value == 0:
            continue
        is_negative = value < 0
        room = min(sides)
        eighths = round(min(abs(value) / size, 1.0) * room * _PARTS)
        # What is not 0 is seen.
        _draw_bar(cells, row, middle, max(eighths, 1), style, is_negative=is_negative)
    return cells


def _draw_bar(
    cells: Cells, row: int, middle: int, eighths: int, style: ChartStyle, *, is_negative: bool
) -> None:
    """Draw one bar that begins at the line in the middle."""
    whole, rest = divmod(eighths, _PARTS)
    colour = sign_colour(not is_negative, style)
    inner = slice(middle - whole, middle) if is_negative else slice(middle + 1, middle + 1 + whole)
    end = middle - whole - 1 if is_negative else middle + 1 + whole
    characters, foreground, background = cells.characters, cells.foreground, cells.background
    if style.mode == "plain":
        characters[row, inner] = _PLAIN_NEGATIVE if is_negative else _EIGHTHS[-1]
        if not whole or rest >= _PARTS // 2:
            characters[row, end] = _PLAIN_NEGATIVE if is_negative else _EIGHTHS[_PARTS // 2]
        return
    characters[row, inner] = _EIGHTHS[-1]
    foreground[row, inner] = colour
    if rest and is_negative:
        # There are no blocks that fill a cell from the right: the empty part is drawn instead.
        characters[row, end] = _EIGHTHS[_PARTS - rest]
        foreground[row, end], background[row, end] = style.background, colour
    elif rest:
        characters[row, end] = _EIGHTHS[rest]
        foreground[row, end] = colour


@lru_cache(maxsize=32)
def bars_width(room: int, most: int) -> int:
    """Return an odd width, so that both sides are equally long; 0 where there is no room."""
    width = min(room, most)
    width -= 1 - width % 2
    return width if width >= _LEAST_COLUMNS else 0
