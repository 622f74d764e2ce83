"""What a network answers over its only input: a fitted curve, or a probability a class."""

from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from nntui.charts.axes import Area, Axes, Canvas, centres, spread
from nntui.charts.braille import thickened
from nntui.charts.cells import Cells
from nntui.charts.colours import mix
from nntui.charts.glyphs import TEST_MISTAKE, TRAIN_MISTAKE, class_glyph, glyphs_of
from nntui.charts.palette import class_colour, fitted_colour, mistake_colours
from nntui.charts.picture import (
    DEFAULT_OPTIONS,
    PictureOptions,
    canvas_of,
    draw_crosshair,
)
from nntui.charts.plane import MARGIN, framed_axes
from nntui.charts.plotext_canvas import Line, copy_of, frame, lines, paste
from nntui.charts.points import Points, checked_options, placed
from nntui.charts.style import ChartStyle

_ROOM_BESIDE_PROBABILITIES = 0.04
_TWO_CLASSES = 2
_LEAST_CURVE_ROWS = 5
_NEARLY = 0.02
"""How far below its peak a curve still counts as being on top."""
_TINT = 0.45
"""How much of the points' colour a cell has under a fitted curve."""


@dataclass(frozen=True, eq=False)
class CurveFigure:
    """A network's answers over an interval of its only input.

    Attributes:
        x_low: Where the interval begins.
        x_high: Where it ends.
        curves: The predicted values in the data's own units, (1, samples); or each class's
            probability, (classes, samples). The samples are the middles of equal parts.
    """

    x_low: float
    x_high: float
    curves: NDArray[np.floating]


@lru_cache(maxsize=16)
def curve_axes(
    columns: int,
    rows: int,
    points: Points,
    *,
    classes: int = 0,
    x_label: str = "",
    y_label: str = "",
) -> Axes:
    """Lay out a picture of curves over one input.

    Args:
        columns: The width of the whole picture, in cells.
        rows: The height of the whole picture, in cells.
        points: The data.
        classes: How many classes there are; 0 where a value is predicted.
        x_label: What the horizontal axis shows.
        y_label: What the vertical axis shows.

    Returns:
        The geometry. What to ask the network: ``dot_columns`` samples from ``area.x_low`` to
        ``area.x_high``.
    """
    x_low, x_high = _wider(*spread(points.x))
    if classes == 0:
        area = Area(x_low, x_high, *_wider(*spread(points.values)))
        return framed_axes(columns, rows, (x_label, y_label), lambda axes: replace(axes, area=area))
    return framed_axes(
        columns,
        rows,
        (x_label, y_label),
        lambda axes: replace(axes, area=_probability_area(axes.canvas, classes, (x_low, x_high))),
    )


def _wider(low: float, high: float) -> tuple[float, float]:
    aside = MARGIN * (high - low)
    return low - aside, high + aside


def _probability_area(canvas: Canvas, classes: int, x: tuple[float, float]) -> Area:
    """Show 0 to 1, and above it a row for the points of each class where they have no other."""
    low, high = -_ROOM_BESIDE_PROBABILITIES, 1 + _ROOM_BESIDE_PROBABILITIES
    above = _rows_of_points(canvas.rows, classes)
    if above:
        high += (high - low) * above / (canvas.rows - above)
    return Area(*x, low, high)


def _rows_of_points(rows: int, classes: int) -> int:
    """Return how many rows above the curves belong to points: none for two classes.

    Points of two classes stand at 0 and 1, as in every picture of a logistic regression.
    """
    return classes if classes > _TWO_CLASSES and rows - classes >= _LEAST_CURVE_ROWS else 0


def draw_curve(
    figure: CurveFigure | None,
    points: Points,
    axes: Axes,
    style: ChartStyle,
    options: PictureOptions = DEFAULT_OPTIONS,
    *,
    classes: int = 0,
) -> Cells:
    """Draw the curves, the points and the axes about them.

    Args:
        figure: The answers; None before there are any.
        points: The data; their values are class numbers or targets.
        axes: From ``curve_axes``, for as many classes.
        style: How it is coloured.
        options: What is drawn. There is no shading here.
        classes: How many classes there are; 0 where a value is predicted.

    Returns:
        Cells of the size that the axes were made for.
    """
    cells = copy_of(frame(axes, style.axis_colour))
    if axes.is_empty:
        return cells
    options = checked_options(options, points)
    places = _at_their_heights(points, axes, classes)
    if figure is not None and classes:
        paste(_curves(figure, axes, style, classes), cells, axes.canvas.top, axes.canvas.left)
    _draw_points(points, places, cells, axes, (style, options, classes))
    if figure is not None:
        if classes:
            _name_curves(figure, cells, axes, style)
        else:
            _lay_over_points(_curves(figure, axes, style, classes), canvas_of(cells, axes), style)
    if options.crosshair is not None:
        draw_crosshair(cells, axes, style, options.crosshair)
    return cells


def _curves(figure: CurveFigure, axes: Axes, style: ChartStyle, classes: int) -> Cells:
    """Draw the curves alone, in a picture of the canvas's size."""
    x = centres(figure.x_low, figure.x_high, figure.curves.shape[1])
    series = [
        Line(
            x,
            curve.astype(np.float64),
            class_colour(number, style) if classes else fitted_colour(style),
        )
        for number, curve in enumerate(figure.curves)
    ]
    return thickened(lines(series, axes))


def _lay_over_points(curve: Cells, canvas: Cells, style: ChartStyle) -> None:
    """Draw a fitted curve so that neither it nor the points under it are lost.

    A point under the curve tints its cell. Where there are no colours for that, the curve and the
    points take turns.
    """
    is_curve, is_point = curve.characters != " ", canvas.characters != " "
    is_both = is_curve & is_point
    if style.is_textured:
        rows, columns = np.nonzero(is_both)
        is_curve[rows, columns] = (rows + columns) % 2 == 0
    else:
        canvas.background[is_both] = mix(style.background, class_colour(0, style), _TINT)
    canvas.characters[is_curve] = curve.characters[is_curve]
    canvas.foreground[is_curve] = curve.foreground[is_curve]
    canvas.bold[is_curve] = False


@lru_cache(maxsize=8)
def _at_their_heights(points: Points, axes: Axes, classes: int) -> Points:
    """Give each point the height at which it is drawn."""
    heights = points.values
    if classes:
        above = _rows_of_points(axes.canvas.rows, classes)
        with np.errstate(invalid="ignore"):
            heights = (
                axes.area.y_high - (points.values + 0.5) * axes.cell_height
                if above
                else np.minimum(points.values, 1.0)
            )
    return Points(points.x, heights, points.values, points.is_test)


def _draw_points(
    points: Points,
    heights: Points,
    cells: Cells,
    axes: Axes,
    how: tuple[ChartStyle, PictureOptions, int],
) -> None:
    """Put the points' glyphs on a picture; ``heights`` are the points where they are drawn."""
    style, options, classes = how
    canvas = canvas_of(cells, axes)
    places = placed(heights, axes).visible(options)
    chosen, where = places.order, (places.rows, places.columns)
    is_test = points.is_test[chosen]
    numbers = points.values[chosen].astype(np.intp) if classes else np.zeros(len(chosen), np.intp)
    canvas.characters[where] = glyphs_of(numbers, is_test)
    colours = np.array([class_colour(n, style) for n in range(max(classes, 1))], np.int32)
    canvas.foreground[where] = colours[numbers % len(colours)]
    canvas.bold[where] = True
    if options.mistakes is None or not classes:
        return
    is_mistake = options.mistakes[chosen]
    marked = places.rows[is_mistake], places.columns[is_mistake]
    canvas.foreground[marked], canvas.background[marked] = mistake_colours(style)
    if style.mode == "plain":
        canvas.characters[marked] = np.where(is_test[is_mistake], TEST_MISTAKE, TRAIN_MISTAKE)


def _name_curves(figure: CurveFigure, cells: Cells, axes: Axes, style: ChartStyle) -> None:
    """Put each class's glyph on its curve, where it is surest: colours alone do not name it."""
    x = centres(figure.x_low, figure.x_high, figure.curves.shape[1])
    for number, curve in enumerate(figure.curves):
        known = curve[np.isfinite(curve)]
        if len(known) == 0:
            continue
        peak = float(known.max())
        top = np.flatnonzero((curve >= peak - _NEARLY * abs(peak)) & (curve <= peak))
        middle = int(top[len(top) // 2])
        row, column = axes.row_of(float(curve[middle])), axes.column_of(float(x[middle]))
        cells.characters[row, column] = class_glyph(number)
        cells.foreground[row, column] = class_colour(number, style)
        cells.bold[row, column] = True
