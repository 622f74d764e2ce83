"""Numbers with a sign as colours: orange below 0, blue above, and what the shades stand for.

Where there are no colours, numbers below 0 are made of dashes and those above of blocks.
"""

import math
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nntui.anatomy.values import TILE_LEVELS
from nntui.charts.cells import NO_COLOR, Cells
from nntui.charts.colours import contrast
from nntui.charts.network.palette import MINUS, PLUS, signed_colours, texture
from nntui.charts.style import ChartStyle
from nntui.charts.text import text_width, write

SHADES = TILE_LEVELS
"""How many shades there are on each side of 0."""

UNKNOWN = SHADES + 1
"""The level of what is not a number."""

_ROUND = (1.0, 1.5, 2.0, 3.0, 4.0, 5.0, 6.0, 8.0, 10.0)
_LEAST_USE = 0.5
_LARGEST = 1e150
_USUAL_SHARE, _USUAL_FACTOR = 0.95, 2.5
_LEAST_OF_LARGEST = 0.125
_TEN, _HUNDRED, _THOUSAND = 10, 100, 1000
_LEAST_FIXED = 0.01


def sign_levels(values: NDArray[np.floating[Any]], size: float) -> NDArray[np.intp]:
    """Sort numbers into shades on both sides of 0.

    Args:
        values: Of any shape.
        size: The |number| of the outermost shades, above 0; larger ones get those as well.

    Returns:
        −SHADES to SHADES; UNKNOWN for NaN.
    """
    with np.errstate(all="ignore"):
        shares = np.clip(np.nan_to_num(values / size, posinf=1.0, neginf=-1.0), -1.0, 1.0)
    levels = np.rint(shares * SHADES).astype(np.intp)
    return np.where(np.isnan(values), UNKNOWN, levels)


@lru_cache(maxsize=8)
def level_colours(style: ChartStyle) -> NDArray[np.int32]:
    """Return the colours of the levels −SHADES to UNKNOWN, (2 · SHADES + 2,)."""
    nothing = NO_COLOR if style.mode == "plain" else style.background
    return np.append(signed_colours(style), np.int32(nothing))


@lru_cache(maxsize=8)
def text_colours(style: ChartStyle) -> NDArray[np.int32]:
    """Return black or white for text on each level's colour, (2 · SHADES + 2,)."""
    if style.is_textured:
        return np.full(2 * SHADES + 2, NO_COLOR, np.int32)
    grounds = [*level_colours(style)[:-1].tolist(), style.background]
    inks = [max(0xFFFFFF, 0x000000, key=lambda ink: contrast(ink, g)) for g in grounds]
    return np.array(inks, np.int32)


LEVEL_TEXTURES: NDArray[np.str_] = np.append(texture(np.arange(-SHADES, SHADES + 1)), "?")
"""The characters of the levels −SHADES to UNKNOWN, where there are no colours."""


def largest_size(values: NDArray[np.floating[Any]]) -> float:
    """Return the largest |number| that is finite; 0 where there is none."""
    finite = np.abs(values[np.isfinite(values)])
    return min(float(finite.max()), _LARGEST) if finite.size else 0.0


def shade_size(values: NDArray[np.floating[Any]]) -> float:
    """Return the |number| that the outermost shades should stand for.

    It is the largest, unless that is far beyond the others: a few outliers must not leave all
    other numbers without any colour.
    """
    finite = np.abs(values[np.isfinite(values)])
    if not finite.size:
        return 0.0
    largest = min(float(finite.max()), _LARGEST)
    usual = _USUAL_FACTOR * float(np.partition(finite, place := _place(finite.size))[place])
    return min(largest, max(usual, _LEAST_OF_LARGEST * largest))


def _place(count: int) -> int:
    """Return the place of the quantile that is taken for usual, among so many sorted numbers."""
    return min(int(_USUAL_SHARE * count), count - 1)


def steady_size(largest: float, before: float | None) -> float:
    """Choose a round size for the outermost shades that changes seldom.

    Args:
        largest: The largest |number| that is to be shown.
        before: What the picture before this one had; None for none.
    """
    if before is not None and _LEAST_USE * before <= largest <= before:
        return before
    if not largest > 1.0 / _LARGEST:
        return before or 1.0
    power = 10.0 ** math.floor(math.log10(largest))
    return next((power * part for part in _ROUND if power * part >= largest), 10.0 * power)


def number_text(value: float) -> str:
    """Write a number with its sign in at most six characters.

    Example:
        >>> number_text(0.4821), number_text(-12.34), number_text(0.00012), number_text(0.0)
        ('+0.48', '−12.3', '+1e-4', '0')
    """
    size = abs(value)
    if not math.isfinite(size):
        return "?"
    if size == 0:
        return "0"
    sign = MINUS if value < 0 else PLUS
    if size < _LEAST_FIXED or round(size) >= _THOUSAND:
        return sign + f"{size:.0e}".replace("e-0", "e-").replace("e+0", "e").replace("e+", "e")
    if size >= _HUNDRED:
        return sign + f"{size:.0f}"
    return sign + (f"{size:.1f}" if size >= _TEN else f"{size:.2f}")


def draw_sign_scale(
    columns: int, size: float, style: ChartStyle, *, goes_on: bool = False
) -> Cells:
    """Draw in one line what the shades stand for, such as −2 ▒▒▒▒▒ +2.

    Args:
        columns: The width, in cells.
        size: The |number| of the outermost shades.
        style: How it is coloured.
        goes_on: Whether there are numbers beyond.

    Returns:
        Cells of one row.
    """
    cells = Cells.blank(1, max(columns, 0))
    low, high = f"{MINUS}{size:g}", f"+{size:g}"
    if goes_on:
        low, high = f"≤{low}", f"≥{high}"
    room = min(columns - text_width(low) - text_width(high) - 2, 2 * SHADES + 1)
    if room < 3:  # noqa: PLR2004 - both signs and 0
        return cells
    start = text_width(low) + 1
    write(cells, 0, 0, low, style.axis_colour)
    write(cells, 0, start + room + 1, high, style.axis_colour)
    levels = np.rint(np.linspace(0, 2 * SHADES, room)).astype(np.intp)
    place = slice(start, start + room)
    if style.is_textured:
        cells.characters[0, place] = LEVEL_TEXTURES[levels]
    else:
        cells.background[0, place] = level_colours(style)[levels]
    return cells
