"""A field of values: which number a network predicts at each place of the plane."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from nntui.charts.axes import Area, Axes, ValueScale, spread
from nntui.charts.cells import NO_COLOR, Cells
from nntui.charts.colours import contrast
from nntui.charts.glyphs import DENSITIES, TEST_VALUE, TRAIN_VALUE
from nntui.charts.palette import VALUE_LEVELS, value_colours
from nntui.charts.picture import (
    DEFAULT_OPTIONS,
    PictureOptions,
    canvas_of,
    draw_crosshair,
    fitted,
    paint_half_blocks,
)
from nntui.charts.plotext_canvas import copy_of, frame
from nntui.charts.points import Placement, Points, placed
from nntui.charts.scales import draw_scale, value_scale
from nntui.charts.style import ChartStyle


@dataclass(frozen=True, eq=False)
class ValueField:
    """A network's predictions over a part of the plane.

    Attributes:
        area: The part of the plane.
        values: In the data's own units, (rows, columns), the highest row first.
    """

    area: Area
    values: NDArray[np.float32]


def draw_values(
    field: ValueField | None,
    points: Points,
    axes: Axes,
    style: ChartStyle,
    options: PictureOptions = DEFAULT_OPTIONS,
) -> Cells:
    """Draw the predictions, the points on them, the axes and a bar that tells the colours.

    A point is a ring on the colour of its own target: where the network has learnt it, only the
    ring is left to see.

    Args:
        field: The predictions; None before there are any.
        points: The data; their values are the targets.
        axes: From ``plane_axes``, with a scale.
        style: How it is coloured.
        options: What is drawn. There are no mistakes here, and shading is always on.

    Returns:
        Cells of the size that the axes were made for.
    """
    cells = copy_of(_frame_and_scale(axes, style))
    if axes.is_empty:
        return cells
    scale = axes.value_scale or _scale_of(points)
    canvas = canvas_of(cells, axes)
    _paint(field, canvas, axes, (style, scale))
    visible = PictureOptions(show_test=options.show_test)
    _draw_points(points, placed(points, axes).visible(visible), canvas, (style, scale))
    if options.crosshair is not None:
        draw_crosshair(cells, axes, style, options.crosshair)
    return cells


@lru_cache(maxsize=8)
def _frame_and_scale(axes: Axes, style: ChartStyle) -> Cells:
    cells = copy_of(frame(axes, style.axis_colour))
    if not axes.is_empty:
        draw_scale(cells, axes, style)
    return cells


@lru_cache(maxsize=8)
def _scale_of(points: Points) -> ValueScale:
    """Return the scale of a picture that is too small to have a colour bar."""
    return value_scale(*spread(points.values))


def levels_of(values: NDArray[np.floating], scale: ValueScale, count: int) -> NDArray[np.int32]:
    """Sort values into so many equal parts of a scale.

    Returns:
        0 to count - 1; values beyond an end get that end's, and NaN gets ``count``.
    """
    with np.errstate(invalid="ignore", over="ignore"):
        shares = (values - scale.low) / (scale.high - scale.low)
        levels = np.clip(np.nan_to_num(shares) * count, 0, count - 1).astype(np.int32)
    return np.where(np.isnan(shares), np.int32(count), levels)


def _paint(
    field: ValueField | None, canvas: Cells, axes: Axes, how: tuple[ChartStyle, ValueScale]
) -> None:
    style, scale = how
    count = len(DENSITIES) if style.is_textured else VALUE_LEVELS
    if field is None:
        return
    levels = fitted(levels_of(field.values, scale, count), field.area, axes, count)
    if style.is_textured:
        canvas.characters[:] = np.array([*DENSITIES, " "], "U1")[levels[0::2]]
    else:
        paint_half_blocks(np.append(value_colours(style), np.int32(NO_COLOR))[levels], canvas)


def _draw_points(
    points: Points, places: Placement, canvas: Cells, how: tuple[ChartStyle, ValueScale]
) -> None:
    style, scale = how
    chosen = places.order
    where = places.rows, places.columns
    canvas.characters[where] = np.where(points.is_test[chosen], TEST_VALUE, TRAIN_VALUE)
    canvas.bold[where] = True
    if style.is_textured:
        return
    levels = levels_of(points.values[chosen], scale, VALUE_LEVELS)
    canvas.background[where] = np.append(value_colours(style), np.int32(NO_COLOR))[levels]
    canvas.foreground[where] = _ring_colours(style)[levels]


@lru_cache(maxsize=8)
def _ring_colours(style: ChartStyle) -> NDArray[np.int32]:
    """Return black or white for the ring on each colour, and for one on no colour."""
    grounds = [*value_colours(style).tolist(), style.background]
    rings = [max(0xFFFFFF, 0x000000, key=lambda ring: contrast(ring, g)) for g in grounds]
    return np.array(rings, np.int32)
