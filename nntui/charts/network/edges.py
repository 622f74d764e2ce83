"""Lines for the weights between two columns, in dots of braille.

A line's colour and its dashes tell the sign, its thickness the size. Where many lines meet in a
cell, that of the largest weight gives the colour.
"""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

DOTS_ACROSS, DOTS_DOWN = 2, 4
"""The dots of a cell."""

LEVELS = 3
"""How many thicknesses a line can have."""

LEAST_SHARE = 0.05
"""Weights below so much of the largest are not drawn, however few there are."""

_LEVEL_SHARES = (0.3, 0.65)
"""From which share of the largest weight on a line has the next thickness."""

_DASH, _DASH_AND_GAP = 5.0, 8.0
_BRAILLE = 0x2800
_BITS = np.array([[0x01, 0x08], [0x02, 0x10], [0x04, 0x20], [0x40, 0x80]], np.int32)


@dataclass(frozen=True)
class Gutter:
    """The room between two columns, and where lines can begin and end.

    Attributes:
        rows: The height, in cells.
        columns: The width, in cells.
        tops_before: The upper row of each neuron at the left, in cells.
        tops: The same at the right.
        rows_of_tile: The height over which the lines of a neuron are spread, in cells.
    """

    rows: int
    columns: int
    tops_before: tuple[int, ...]
    tops: tuple[int, ...]
    rows_of_tile: int


@dataclass(frozen=True, eq=False)
class Edges:
    """The weights that are drawn, the smallest first.

    Attributes:
        sources: The neuron at the left of each, (edges,).
        targets: The neuron at the right, (edges,).
        levels: Their sizes, 0 to LEVELS − 1, (edges,).
        are_positive: Their signs, (edges,).
        threshold: The size from which on weights are drawn; 0 where all are.
    """

    sources: NDArray[np.intp]
    targets: NDArray[np.intp]
    levels: NDArray[np.intp]
    are_positive: NDArray[np.bool_]
    threshold: float


def chosen_edges(weights: NDArray[np.float64], largest: float, most: int) -> Edges:
    """Choose the weights that matter.

    Args:
        weights: (units before, units); NaN for what is not to be drawn.
        largest: The largest |weight| of the layer.
        most: How many may be drawn.
    """
    sizes = np.nan_to_num(np.abs(weights), nan=-1.0, posinf=np.finfo(np.float64).max)
    # Two digits: the number that is told does not flicker, and is what is done.
    least = _rounded_up(LEAST_SHARE * largest) if np.isfinite(largest) else 0.0
    others = np.sort(sizes, axis=None)
    if len(others) > most:
        least = max(least, _rounded_up(float(others[len(others) - most - 1])))
    is_drawn = sizes > least
    sources, targets = np.nonzero(is_drawn)
    drawn = sizes[sources, targets]
    order = np.argsort(drawn, kind="stable")
    sources, targets, drawn = sources[order], targets[order], drawn[order]
    return Edges(
        sources=sources,
        targets=targets,
        levels=levels_of(drawn, largest),
        are_positive=weights[sources, targets] >= 0,
        threshold=least if np.any(~is_drawn & (sizes >= 0.0)) else 0.0,
    )


def levels_of(sizes: NDArray[np.float64], largest: float) -> NDArray[np.intp]:
    """Return the thickness of lines, 0 to LEVELS − 1, for weights of some sizes."""
    is_known = np.isfinite(largest) and largest > 0
    # Sizes beyond the largest number are cut: their shares would not be numbers.
    shares = np.minimum(sizes, largest) / largest if is_known else np.zeros_like(sizes)
    return np.searchsorted(_LEVEL_SHARES, shares, side="right")


def _rounded_up(value: float) -> float:
    """Return the next number above a positive one that has two digits, if there is one."""
    if value <= 0.0:
        return 0.0
    with np.errstate(all="ignore"):
        unit = np.float64(10.0) ** (np.floor(np.log10(value)) - 1)
        rounded = float(np.ceil(value / unit) * unit)
    # Float64 ends before the next number above its largest, and before the unit of its smallest.
    return rounded if np.isfinite(rounded) else value


@dataclass(frozen=True, eq=False)
class Routes:
    """The dots of the line from each neuron to each, for one gutter.

    Attributes:
        dots: The dot's number at each place of a line, row by row, (units before, units, places).
        is_steep: Whether the line rises or falls faster than 45° there, likewise.
        is_dash: Whether a dashed line is drawn there, likewise.
        target_rows: In which row of cells each line ends, (units before, units).
    """

    dots: NDArray[np.int32]
    is_steep: NDArray[np.bool_]
    is_dash: NDArray[np.bool_]
    target_rows: NDArray[np.intp]


@lru_cache(maxsize=16)
def routes(gutter: Gutter) -> Routes:
    """Lead a line from every neuron at the left to every one at the right.

    A line leaves and arrives level: y = y₀ + (y₁ − y₀) · t²(3 − 2t). The lines of a neuron are
    spread over its height in the order of the neurons at the other end, so they cross late.
    """
    before, after = len(gutter.tops_before), len(gutter.tops)
    height = DOTS_DOWN * gutter.rows_of_tile
    begin = DOTS_DOWN * np.array(gutter.tops_before)[:, None] + _spread(after, height)[None, :]
    end = DOTS_DOWN * np.array(gutter.tops)[None, :] + _spread(before, height)[:, None]
    width = DOTS_ACROSS * gutter.columns
    places = max(width, int(1.6 * np.abs(end - begin).max(initial=0))) + 1
    t = np.linspace(0.0, 1.0, places)
    x = (width - 1) * t
    y = begin[..., None] + (end - begin)[..., None] * (t * t * (3.0 - 2.0 * t))
    across = np.rint(x).astype(np.int32)
    down = np.clip(np.rint(y), 0, DOTS_DOWN * gutter.rows - 1).astype(np.int32)
    slope = np.gradient(y, x, axis=-1) if places > 1 else np.zeros_like(y)
    lengths = np.hypot(np.diff(y, axis=-1, prepend=y[..., :1]), np.diff(x, prepend=0.0))
    return Routes(
        dots=down * width + across,
        is_steep=np.abs(slope) > 1.0,
        is_dash=np.cumsum(lengths, axis=-1) % _DASH_AND_GAP < _DASH,
        target_rows=(end // DOTS_DOWN).astype(np.intp),
    )


def _spread(count: int, height: int) -> NDArray[np.float64]:
    """Spread so many lines over a height, in dots; a single one is in the middle."""
    return np.floor((np.arange(count) + 0.5) * height / max(count, 1))


@dataclass(frozen=True, eq=False)
class DrawnLines:
    """Lines in a gutter.

    Attributes:
        characters: Braille, or a space, (rows, columns).
        owners: The edge that gives each cell its look, −1 for none, (rows, columns).
    """

    characters: NDArray[np.str_]
    owners: NDArray[np.intp]


def draw_lines(gutter: Gutter, edges: Edges, thickness: NDArray[np.intp]) -> DrawnLines:
    """Draw lines, later ones over earlier ones.

    Args:
        gutter: Where.
        edges: Which.
        thickness: In dots, 1 or 2, (edges,).
    """
    dots_down, dots_across = DOTS_DOWN * gutter.rows, DOTS_ACROSS * gutter.columns
    is_lit = np.zeros(dots_down * dots_across, np.bool_)
    cells_owner: NDArray[np.intp] = np.full(gutter.rows * gutter.columns, -1, np.intp)
    if len(edges.sources):
        route = routes(gutter)
        chosen = edges.sources, edges.targets
        dots, is_steep = route.dots[chosen], route.is_steep[chosen]
        is_drawn = route.is_dash[chosen] | edges.are_positive[:, None]
        owner = np.broadcast_to(np.arange(len(edges.sources))[:, None], dots.shape)
        # The line itself comes last: its cells are its own.
        for offset in (1, 0):
            is_here = is_drawn & (thickness > offset)[:, None]
            place = _moved(dots, offset, is_steep, (dots_down, dots_across))[is_here]
            is_lit[place] = True
            row, column = place // (DOTS_DOWN * dots_across), place % dots_across
            cells_owner[row * gutter.columns + column // DOTS_ACROSS] = owner[is_here]
    shape = (gutter.rows, DOTS_DOWN, gutter.columns, DOTS_ACROSS)
    lit = is_lit.reshape(shape).transpose(0, 2, 1, 3)
    codes = (lit * _BITS).sum(axis=(2, 3), dtype=np.int32)
    characters = np.where(codes, codes + _BRAILLE, ord(" ")).astype(np.int32)
    return DrawnLines(
        characters=characters.view("U1").reshape(codes.shape),
        owners=cells_owner.reshape(codes.shape),
    )


def _moved(
    dots: NDArray[np.int32], offset: int, is_steep: NDArray[np.bool_], size: tuple[int, int]
) -> NDArray[np.int32]:
    """Move dots across their line; those at the edge of the gutter stay inside.

    Args:
        dots: Their numbers.
        offset: How many dots to the right of a steep line, or below a flat one.
        is_steep: Which of them belong to steep parts of a line.
        size: The gutter's dots down and across.
    """
    if not offset:
        return dots
    down, across = size
    row, column = np.divmod(dots, np.int32(across))
    row = np.where(is_steep, row, np.clip(row + offset, 0, down - 1))
    column = np.where(is_steep, np.clip(column + offset, 0, across - 1), column)
    return (row * across + column).astype(np.int32)
