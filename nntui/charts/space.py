"""The space of a layer: the points where the layer has moved them, and the grid it has bent."""

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nntui.charts.axes import Area, Axes, ValueScale
from nntui.charts.cells import NO_COLOR, Cells
from nntui.charts.colours import mix
from nntui.charts.palette import HUES, LEVELS, class_colour
from nntui.charts.picture import PictureOptions, canvas_of
from nntui.charts.plane import framed_axes
from nntui.charts.points import Placement, Points, placed
from nntui.charts.regions import ClassRegions, draw_regions
from nntui.charts.style import ChartStyle
from nntui.charts.value_field import draw_values

_REGION_LEVEL = LEVELS // 2 - 1
"""The shade of the regions: quiet enough for points and grid to stand out."""

_GRID_SHARE = 0.45
_DOTS_ACROSS, _DOTS_DOWN = 2, 4
_FIRST = 0x2800
_BITS = np.array([[0x01, 0x08], [0x02, 0x10], [0x04, 0x20], [0x40, 0x80]], np.int32)
_MOST_PARTS = 48
_FAR = 4.0
"""How far outside the canvas, in canvases, a line is followed."""


@dataclass(frozen=True, eq=False)
class SpaceFigure:
    """What is to be seen of a space.

    Attributes:
        area: What the picture shows.
        points: Where the points are; values are class numbers, or targets.
        grid: The bent lines, (lines, points of a line, 2); no lines for no grid.
        winners: The class of each pixel, (pixel rows, columns); None for none.
        is_regression: Whether the points' values are targets.
    """

    area: Area
    points: Points
    grid: NDArray[np.float64]
    winners: NDArray[np.unsignedinteger[Any]] | None
    is_regression: bool


def space_axes(
    columns: int,
    rows: int,
    area: Area,
    x_label: str,
    y_label: str,
    scale: ValueScale | None = None,
) -> Axes:
    """Lay out a picture of a space; each axis has a scale of its own.

    Args:
        columns: The width of the whole picture, in cells.
        rows: The height, in cells.
        area: What it shows.
        x_label: What the horizontal axis shows.
        y_label: What the vertical axis shows.
        scale: The colours of the points' values, for a regression.
    """
    return framed_axes(
        columns, rows, (x_label, y_label), lambda axes: replace(axes, area=area), scale
    )


def draw_space(
    figure: SpaceFigure, axes: Axes, style: ChartStyle, options: PictureOptions
) -> Cells:
    """Draw a space.

    Args:
        figure: What is to be seen.
        axes: From ``space_axes``.
        style: How it is coloured.
        options: Whether test points are drawn.

    Returns:
        Cells of the size that the axes were made for.
    """
    if figure.is_regression:
        cells = draw_values(None, figure.points, axes, style, options)
    else:
        cells = draw_regions(_regions(figure), figure.points, axes, style, options)
    if axes.is_empty:
        return cells
    canvas = canvas_of(cells, axes)
    places = placed(figure.points, axes).visible(options)
    is_point = np.zeros((canvas.rows, canvas.columns), np.bool_)
    is_point[places.rows, places.columns] = True
    if figure.winners is None and not figure.is_regression and style.mode == "colour":
        _colour_points(canvas, figure.points.values[places.order], places, style)
    if len(figure.grid):
        _draw_grid(figure.grid, canvas, axes, is_point, style)
    return cells


def _regions(figure: SpaceFigure) -> ClassRegions | None:
    if figure.winners is None:
        return None
    confidence = np.full(figure.winners.shape, _REGION_LEVEL, np.uint8)
    return ClassRegions(figure.area, figure.winners, confidence)


def _colour_points(
    canvas: Cells, values: NDArray[np.float64], places: Placement, style: ChartStyle
) -> None:
    """Give the points on the bare background their classes' colours."""
    classes = values.astype(np.intp)
    colours = np.array([class_colour(number, style) for number in range(HUES)], np.int32)
    canvas.foreground[places.rows, places.columns] = colours[classes % HUES]


def _draw_grid(
    grid: NDArray[np.float64],
    canvas: Cells,
    axes: Axes,
    is_point: NDArray[np.bool_],
    style: ChartStyle,
) -> None:
    """Draw thin lines wherever there is no point."""
    patterns = _dots(grid, axes)
    is_line = (patterns != 0) & ~is_point
    characters = (patterns[is_line] + _FIRST).astype(np.int32).view("U1")
    canvas.characters[is_line] = characters
    if style.mode != "colour":
        return
    # A cell of two colours keeps the lower one behind its dots.
    ground = np.where(canvas.background == NO_COLOR, style.background, canvas.background)
    canvas.foreground[is_line] = _mixed(ground[is_line], style.foreground)


def _mixed(colours: NDArray[np.int32], end: int) -> NDArray[np.int32]:
    """Move many colours towards another one."""
    found, places = np.unique(colours, return_inverse=True)
    moved = [mix(colour, end, _GRID_SHARE) for colour in found.tolist()]
    return np.array(moved, np.int32)[places]


def _dots(grid: NDArray[np.float64], axes: Axes) -> NDArray[np.int32]:
    """Return the pattern of dots in each cell, (rows, columns)."""
    canvas, area = axes.canvas, axes.area
    width, height = _DOTS_ACROSS * canvas.columns, _DOTS_DOWN * canvas.rows
    low = np.array([area.x_low, area.y_high])
    per_unit = np.array([width / area.width, -height / area.height])
    with np.errstate(all="ignore"):
        places = (grid - low) * per_unit
        far = _FAR * np.array([width, height])
        places = np.where(np.abs(places) <= far, places, np.nan)
        steps = np.diff(places, axis=1)
        longest = float(np.nanmax(np.abs(steps), initial=1.0))
        parts = int(min(max(np.ceil(longest), 1), _MOST_PARTS))
        shares = (np.arange(parts) / parts)[:, np.newaxis]
        dots = np.floor(places[:, :-1, np.newaxis] + steps[:, :, np.newaxis] * shares)
    across, down = dots[..., 0].ravel(), dots[..., 1].ravel()
    is_inside = (across >= 0) & (across < width) & (down >= 0) & (down < height)
    x, y = across[is_inside].astype(np.intp), down[is_inside].astype(np.intp)
    is_lit = np.zeros((height, width), np.bool_)
    is_lit[y, x] = True
    blocks = is_lit.reshape(canvas.rows, _DOTS_DOWN, canvas.columns, _DOTS_ACROSS)
    return np.einsum("rdca,da->rc", blocks, _BITS)
