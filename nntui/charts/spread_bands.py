"""How numbers have been spread over a run: bands about their median, over the steps."""

import math
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nntui.charts.axes import Area, Axes, centres, spread
from nntui.charts.cells import Cells
from nntui.charts.colours import mix
from nntui.charts.loss_limits import round_up
from nntui.charts.picture import canvas_of, paint_half_blocks
from nntui.charts.plane import framed_axes
from nntui.charts.plotext_canvas import copy_of, frame
from nntui.charts.style import ChartStyle
from nntui.charts.text import write
from nntui.charts.ticks import nice_step

BANDS = (0.0, 1 / 16, 1 / 4)
"""Where each band begins, as a share of the numbers; it ends at the same share from above."""

_MEDIAN = 0.5
_NOTHING, _MEDIAN_LEVEL = 0, len(BANDS) + 1
_SHARES_OF_COLOUR = (0.28, 0.5, 0.8)
TEXTURES = " ·░▒█"
"""Nothing, the bands from the outermost one on, and the median, where there are no colours."""

_LEAST_X = 10.0
_TOO_WIDE = 0.3
_TOO_HIGH = 0.4
_STEPS_OF_AN_AXIS = 6


@dataclass(frozen=True, eq=False)
class SpreadFigure:
    """Quantiles at some moments.

    Attributes:
        steps: The moments, increasing, (moments,).
        quantiles: At equally spaced shares from 0 to 1, (moments, shares).
    """

    steps: NDArray[np.integer[Any]]
    quantiles: NDArray[np.float64]


class SpreadChart:
    """Draws spreads on axes that change seldom.

    Args:
        x_label: What the horizontal axis shows.
    """

    def __init__(self, x_label: str) -> None:
        self._x_label = x_label
        self._area: Area | None = None

    def forget(self) -> None:
        """Choose the limits anew: what comes has nothing to do with what was."""
        self._area = None

    def draw(
        self, figure: SpreadFigure, rows: int, columns: int, colour: int, style: ChartStyle
    ) -> Cells:
        """Draw a spread.

        Args:
            figure: The quantiles; moments without numbers are left out.
            rows: The height, in cells.
            columns: The width, in cells.
            colour: The hue of the bands, 0xRRGGBB; not used where there are no colours.
            style: How it is coloured.
        """
        known = np.isfinite(figure.quantiles).all(axis=1)
        figure = SpreadFigure(figure.steps[known], figure.quantiles[known])
        area = self._area = _area(figure, self._area)
        axes = framed_axes(
            columns, rows, (self._x_label, ""), lambda whole: replace(whole, area=area)
        )
        cells = copy_of(frame(axes, style.axis_colour))
        if axes.is_empty or not len(figure.steps):
            return cells
        levels = _levels(figure, axes)
        canvas = canvas_of(cells, axes)
        if style.is_textured:
            pairs = np.maximum(levels[0::2], levels[1::2])
            canvas.characters[:] = np.array([*TEXTURES], "U1")[pairs]
        else:
            paint_half_blocks(_colours(colour, style)[levels], canvas)
        return cells


def _area(figure: SpreadFigure, before: Area | None) -> Area:
    """Choose what the axes show; what was shown before is kept as long as it is well used."""
    reached = float(figure.steps[-1]) if len(figure.steps) else 0.0
    low, high = spread(figure.quantiles)
    if before is not None:
        is_wide = _TOO_WIDE * before.x_high < reached <= before.x_high
        is_high = before.y_low <= low and high <= before.y_high
        if is_wide and is_high and high - low >= _TOO_HIGH * before.height:
            return before
    step = nice_step(high - low, _STEPS_OF_AN_AXIS)
    return Area(
        0.0,
        round_up(max(reached, _LEAST_X)),
        math.floor(low / step) * step,
        math.ceil(high / step) * step,
    )


def _levels(figure: SpreadFigure, axes: Axes) -> NDArray[np.intp]:
    """Say to which band each pixel belongs: 0 for none, the highest for the median."""
    area = axes.area
    x = centres(area.x_low, area.x_high, axes.pixel_columns)
    half = axes.cell_width / 2
    steps = figure.steps.astype(np.float64)
    is_known = (x + half > steps[0]) & (x - half <= steps[-1])
    shares = np.linspace(0.0, 1.0, figure.quantiles.shape[1])

    def pixel_rows(share: float) -> NDArray[np.intp]:
        """Return the pixel in which a quantile lies, for each column."""
        place = int(np.argmin(np.abs(shares - share)))
        values = np.interp(x, steps, figure.quantiles[:, place])
        rows = np.floor((area.y_high - values) * axes.pixels_per_unit[1])
        return np.clip(rows, 0, axes.pixel_rows - 1).astype(np.intp)

    rows = np.arange(axes.pixel_rows)[:, np.newaxis]
    levels = np.full((axes.pixel_rows, axes.pixel_columns), _NOTHING, np.intp)
    for number, share in enumerate(BANDS, start=1):
        inside = (pixel_rows(1 - share) <= rows) & (rows <= pixel_rows(share))
        levels[inside] = number
    levels[rows == pixel_rows(_MEDIAN)] = _MEDIAN_LEVEL
    levels[:, ~is_known] = _NOTHING
    return levels


@lru_cache(maxsize=8)
def _colours(colour: int, style: ChartStyle) -> NDArray[np.int32]:
    """Return the colours of nothing, the bands, and the median."""
    bands = [mix(style.background, colour, share) for share in _SHARES_OF_COLOUR]
    return np.array([style.background, *bands, style.strong_colour], np.int32)


@lru_cache(maxsize=8)
def spread_legends(colour: int, style: ChartStyle) -> tuple[Cells, Cells]:
    """Say in one line what the shades of a spread stand for, at length and in short."""
    return (
        _legend(("all", "7 of 8", "half", "median"), 2, colour, style),
        _legend(("all", "⅞", "½", "median"), 1, colour, style),
    )


def _legend(texts: tuple[str, ...], wide: int, colour: int, style: ChartStyle) -> Cells:
    """Put a sample of each shade before its name."""
    cells = Cells.blank(1, sum(len(text) + 2 * wide + 1 for text in texts) - wide)
    colours = _colours(colour, style).tolist()
    column = 0
    for level, text in enumerate(texts, start=1):
        place = slice(column, column + wide)
        if style.is_textured:
            cells.characters[0, place] = TEXTURES[level]
        else:
            cells.background[0, place] = colours[level]
        column += wide + 1
        write(cells, 0, column, text, style.axis_colour)
        column += len(text) + wide
    return cells
