"""Decision regions: which class a network gives to each place of the plane, and how surely."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nntui.charts.axes import Area, Axes
from nntui.charts.cells import NO_COLOR, Cells
from nntui.charts.glyphs import TEST_MISTAKE, TEXTURES, TRAIN_MISTAKE, glyphs_of
from nntui.charts.palette import (
    HUES,
    LEVELS,
    class_shades,
    glyph_colours,
    mistake_colours,
)
from nntui.charts.picture import (
    DEFAULT_OPTIONS,
    PictureOptions,
    canvas_of,
    draw_crosshair,
    fitted,
    paint_half_blocks,
)
from nntui.charts.plotext_canvas import copy_of, frame
from nntui.charts.points import Placement, Points, checked_options, placed
from nntui.charts.style import ChartStyle

_UNKNOWN = HUES * LEVELS
"""What a pixel has that the network was not asked about."""
_HARD_LEVEL = LEVELS - 2
"""The shade where confidence is not shown; there is much of it, so it is not the loudest."""


@dataclass(frozen=True, eq=False)
class ClassRegions:
    """A network's answers over a part of the plane.

    Attributes:
        area: The part of the plane.
        winners: Class numbers, (rows, columns), the highest row first.
        confidence: 0 (undecided) to LEVELS - 1 (certain), (rows, columns).
    """

    area: Area
    winners: NDArray[np.unsignedinteger[Any]]
    confidence: NDArray[np.uint8]


def draw_regions(
    regions: ClassRegions | None,
    points: Points,
    axes: Axes,
    style: ChartStyle,
    options: PictureOptions = DEFAULT_OPTIONS,
) -> Cells:
    """Draw the regions, the points on them and the axes about them.

    Args:
        regions: The answers; None before there are any.
        points: The data; their values are class numbers.
        axes: From ``plane_axes``.
        style: How it is coloured.
        options: What is drawn.

    Returns:
        Cells of the size that the axes were made for.
    """
    cells = copy_of(frame(axes, style.axis_colour))
    if axes.is_empty:
        return cells
    codes = _codes(regions, axes, options)
    canvas = canvas_of(cells, axes)
    if style.is_textured:
        _paint_textures(codes, canvas, style)
    else:
        paint_half_blocks(_shade_table(style)[codes], canvas)
    options = checked_options(options, points)
    _draw_points(codes, points, placed(points, axes).visible(options), canvas, (style, options))
    if options.crosshair is not None:
        draw_crosshair(cells, axes, style, options.crosshair)
    return cells


def _codes(regions: ClassRegions | None, axes: Axes, options: PictureOptions) -> NDArray[np.int32]:
    """Return hue · LEVELS + level of each pixel, or _UNKNOWN."""
    if regions is None:
        return np.full((axes.pixel_rows, axes.pixel_columns), _UNKNOWN, np.int32)
    codes = regions.winners.astype(np.int32) % HUES * LEVELS
    if options.shaded:
        codes += np.minimum(regions.confidence, LEVELS - 1)
    else:
        codes += _HARD_LEVEL
    return fitted(codes, regions.area, axes, _UNKNOWN)


@lru_cache(maxsize=8)
def _shade_table(style: ChartStyle) -> NDArray[np.int32]:
    """Return the colour of each code."""
    return np.append(class_shades(style).ravel(), np.int32(NO_COLOR))


@lru_cache(maxsize=8)
def _tint_table(style: ChartStyle) -> NDArray[np.int32]:
    """Return the colour of a class's glyph on each code's colour, (HUES, codes)."""
    background = np.append(class_shades(style).ravel(), np.int32(style.background))
    return np.stack([glyph_colours(number, background, style) for number in range(HUES)])


def _paint_textures(codes: NDArray[np.int32], canvas: Cells, style: ChartStyle) -> None:
    """Fill a canvas with one character a class, denser where the network is surer."""
    upper = codes[0::2]
    classes, levels = np.divmod(upper, LEVELS)
    rows = np.arange(canvas.rows)[:, None]
    columns = np.arange(canvas.columns)[None, :]
    # Thirds of the confidence: a quarter of the cells, half of them, all of them.
    is_half = (rows + columns) % 2 == 0
    is_quarter = is_half & (rows % 2 == 0)
    thirds = levels * 3 // LEVELS
    is_filled = np.where(thirds == 0, is_quarter, np.where(thirds == 1, is_half, True))
    is_filled &= upper != _UNKNOWN
    canvas.characters[:] = np.where(is_filled, _TEXTURE_TABLE[classes], " ")
    if style.mode == "sixteen":
        colours = np.append(class_shades(style)[:, -1], np.int32(NO_COLOR))
        canvas.foreground[:] = np.where(is_filled, colours[classes], NO_COLOR)


_TEXTURE_TABLE = np.array([*TEXTURES, " "], "U1")


def _draw_points(
    codes: NDArray[np.int32],
    points: Points,
    places: Placement,
    canvas: Cells,
    how: tuple[ChartStyle, PictureOptions],
) -> None:
    """Put the points' glyphs on a canvas.

    A glyph stands on the colour of its own pixel: of what the network says at that very place.
    """
    style, options = how
    chosen = places.order
    where = places.rows, places.columns
    classes = points.values[chosen].astype(np.intp)
    is_test = points.is_test[chosen]
    glyphs = glyphs_of(classes, is_test)
    codes_there = codes[places.pixel_rows, places.columns]
    if style.is_textured:
        foreground = background = np.full(len(chosen), NO_COLOR, np.int32)
        if style.mode == "sixteen":
            foreground = class_shades(style)[classes % HUES, -1]
    else:
        foreground = _tint_table(style)[classes % HUES, codes_there]
        background = _shade_table(style)[codes_there]
    if options.mistakes is not None:
        is_mistake = options.mistakes[chosen]
        if style.mode == "plain":
            glyphs = np.where(is_mistake, np.where(is_test, TEST_MISTAKE, TRAIN_MISTAKE), glyphs)
        text, behind = mistake_colours(style)
        foreground = np.where(is_mistake, text, foreground)
        background = np.where(is_mistake, behind, background)
    canvas.characters[where] = glyphs
    canvas.foreground[where] = foreground
    canvas.background[where] = background
    canvas.bold[where] = True
