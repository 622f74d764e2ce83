"""The chart of the loss, or of another figure, over the steps of a run."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from nntui.charts.axes import Axes
from nntui.charts.braille import dashed, overlaid, thickened, woven
from nntui.charts.cells import Cells
from nntui.charts.loss_limits import Kind, Limits, limits_of, value_ticks
from nntui.charts.palette import series_colours
from nntui.charts.picture import canvas_of
from nntui.charts.plane import framed_axes
from nntui.charts.plotext_canvas import Line, copy_of, frame, lines, paste
from nntui.charts.series import smoothed, thinned
from nntui.charts.style import ChartStyle
from nntui.charts.text import text_width, write
from nntui.charts.ticks import nice_ticks

_SMOOTHING = 0.02
"""The width of the average, as a share of the horizontal axis."""
_COLUMNS_A_TICK = 9
_ROWS_A_TICK = 2
_LEAST_COLUMNS_WITH_LEGEND = 24
_LEAST_ROWS_WITH_LEGEND = 4
_PERCENT = 100.0
_LOWEST_R2 = -1.0

MARK, CURSOR, TRAIN_VALUE, TEST_VALUE = "┊", "│", "●", "○"


@dataclass(frozen=True, eq=False)
class LossFigure:
    """What a chart of the loss shows.

    Attributes:
        x: Steps or epochs, rising, (samples,).
        train: The training points' figure; NaN where it is not known, (samples,).
        test: The test points' figure; all NaN where there are no test points, (samples,).
        marks: Where the experiment was edited, (x, what was edited) each.
        x_label: What x counts.
        kind: What the figures are; accuracies are 0 to 1.
        is_log: Whether the vertical axis is logarithmic; for losses only. Values that have no
            logarithm are left out.
        is_smoothed: Whether the series are averaged; they are then also drawn as they are, faintly.
        hint: What to write where there are no samples.
    """

    x: NDArray[np.float64]
    train: NDArray[np.float64]
    test: NDArray[np.float64]
    marks: tuple[tuple[float, str], ...] = ()
    x_label: str = "steps"
    kind: Kind = "loss"
    is_log: bool = False
    is_smoothed: bool = False
    hint: str = "press space to train"

    def in_chart_units(self, values: NDArray[np.float64]) -> NDArray[np.float64]:
        """Turn figures into what is drawn: logarithms, or percent; NaN is left out."""
        with np.errstate(all="ignore"):
            values = np.where(np.isfinite(values), values, np.nan)
            if self.kind == "accuracy":
                return values * _PERCENT
            if self.kind == "r2":
                return np.maximum(values, _LOWEST_R2)
            if self.is_log:
                return np.where(values > 0, np.log10(values), np.nan)
            return values


@dataclass(frozen=True, eq=False)
class _Drawn:
    """A figure in the chart's units."""

    x: NDArray[np.float64]
    train: NDArray[np.float64]
    test: NDArray[np.float64]


class LossChart:
    """Draws charts of one run after another; it remembers the limits of the axes.

    Limits that follow every sample would move the whole picture each time: hard to read, and
    many bytes for a slow link. So they change in round jumps, and only when they must.
    """

    def __init__(self) -> None:
        self._limits: Limits | None = None
        self._of: tuple[Kind, bool, str] | None = None
        self.axes: Axes | None = None
        """The geometry of the last picture; None before there was one with samples. The vertical
        axis is in the chart's units."""

    def forget(self) -> None:
        """Choose the limits anew for the next picture."""
        self._limits = None

    def draw(
        self,
        figure: LossFigure,
        columns: int,
        rows: int,
        style: ChartStyle,
        *,
        cursor: float | None = None,
    ) -> Cells:
        """Draw a picture.

        Args:
            figure: What to draw.
            columns: Its width, in cells.
            rows: Its height, in cells.
            style: How it is coloured.
            cursor: The place of the horizontal axis that is read.

        Returns:
            Cells of that size.
        """
        columns, rows = max(columns, 0), max(rows, 0)
        drawn = _drawn(figure)
        if len(drawn.x) == 0 or columns * rows == 0:
            return _hint(_reason(figure), columns, rows, style)
        what = (figure.kind, figure.is_log, figure.x_label)
        if what != self._of:
            self._limits = None
        self._of = what
        values = np.concatenate((drawn.train, drawn.test))
        self._limits = limits_of(
            drawn.x, values, figure.kind, is_log=_is_log(figure), before=self._limits
        )
        self.axes = _axes(figure, columns, rows, self._limits)
        return _picture(figure, drawn, self.axes, style, cursor)


def _is_log(figure: LossFigure) -> bool:
    return figure.is_log and figure.kind == "loss"


def _drawn(figure: LossFigure) -> _Drawn:
    """Drop the samples that have no place or no figure at all."""
    x = np.asarray(figure.x, np.float64)
    train = figure.in_chart_units(np.asarray(figure.train, np.float64))
    test = figure.in_chart_units(np.asarray(figure.test, np.float64))
    is_known = np.isfinite(x) & (np.isfinite(train) | np.isfinite(test))
    return _Drawn(x[is_known], train[is_known], test[is_known])


def _reason(figure: LossFigure) -> str:
    """Say why there is nothing to draw."""
    if len(figure.x) == 0:
        return figure.hint
    return "no values above 0 to draw" if _is_log(figure) else "no finite values to draw"


def _hint(text: str, columns: int, rows: int, style: ChartStyle) -> Cells:
    """Say in the middle what there is to do."""
    cells = Cells.blank(rows, columns)
    room = columns - text_width(text)
    if room >= 0:
        write(cells, rows // 2, room // 2, text, style.axis_colour)
    return cells


def _axes(figure: LossFigure, columns: int, rows: int, limits: Limits) -> Axes:
    def with_area(axes: Axes) -> Axes:
        most = max(axes.canvas.columns // _COLUMNS_A_TICK, 1)
        return replace(
            axes,
            area=limits.area,
            x_ticks=nice_ticks(0.0, limits.x_high, most),
            y_ticks=value_ticks(
                limits,
                figure.kind,
                is_log=_is_log(figure),
                most=max(axes.canvas.rows // _ROWS_A_TICK, 1),
            ),
        )

    return framed_axes(columns, rows, (figure.x_label, ""), with_area)


def _picture(
    figure: LossFigure, drawn: _Drawn, axes: Axes, style: ChartStyle, cursor: float | None
) -> Cells:
    cells = copy_of(frame(axes, style.axis_colour))
    if axes.is_empty:
        return cells
    canvas = canvas_of(cells, axes)
    paste(_curves(figure, drawn, axes, style), canvas, 0, 0)
    for place, _label in figure.marks:
        _rule(canvas, axes, place, MARK, style.faint_colour)
    if cursor is not None:
        _rule(canvas, axes, cursor, CURSOR, style.strong_colour)
        _read_values(canvas, drawn, axes, cursor, style)
    _legend(canvas, drawn, figure, style)
    return cells


def _curves(figure: LossFigure, drawn: _Drawn, axes: Axes, style: ChartStyle) -> Cells:
    """Draw both series; that of the test points is dashed where there are no colours."""
    train_colour, test_colour = series_colours(style)
    width = _SMOOTHING * axes.area.x_high
    faint: list[Line] = []
    strong: list[Line] = []
    for values, colour in ((drawn.train, train_colour), (drawn.test, test_colour)):
        is_known = np.isfinite(values)
        x, y = drawn.x[is_known], values[is_known]
        if figure.is_smoothed:
            faint.append(_line(x, y, axes, style.faint_colour))
            y = smoothed(x, y, width)
        strong.append(_line(x, y, axes, colour))
    picture = thickened(lines(strong[1:], axes))
    picture = dashed(picture) if style.mode == "plain" else picture
    picture = woven(thickened(lines(strong[:1], axes)), picture)
    # Where there are no colours, faint lines could not be told from the others.
    if figure.is_smoothed and style.mode == "colour":
        picture = overlaid(lines(faint, axes), picture)
    return picture


def _line(x: NDArray[np.float64], y: NDArray[np.float64], axes: Axes, colour: int) -> Line:
    area = axes.area
    return Line(*thinned(x, y, area.x_low, area.x_high, axes.canvas.columns), colour)


def _rule(canvas: Cells, axes: Axes, place: float, character: str, colour: int) -> None:
    """Draw a vertical line behind what is there."""
    if not axes.area.x_low <= place <= axes.area.x_high:
        return
    column = axes.column_of(place) - axes.canvas.left
    is_free = np.isin(canvas.characters[:, column], [" ", MARK])
    canvas.characters[is_free, column] = character
    canvas.foreground[is_free, column] = colour


def _read_values(
    canvas: Cells, drawn: _Drawn, axes: Axes, cursor: float, style: ChartStyle
) -> None:
    """Put a sign on each series where the cursor reads it."""
    nearest = int(np.argmin(np.abs(drawn.x - cursor)))
    column = axes.column_of(cursor) - axes.canvas.left
    values = (drawn.test[nearest], TEST_VALUE), (drawn.train[nearest], TRAIN_VALUE)
    for value, character in values:
        if np.isfinite(value):
            row = axes.row_of(float(value)) - axes.canvas.top
            canvas.characters[row, column] = character
            canvas.foreground[row, column] = style.strong_colour
            canvas.bold[row, column] = True


def _legend(canvas: Cells, drawn: _Drawn, figure: LossFigure, style: ChartStyle) -> None:
    """Name the series where they seldom are: top right for losses, else bottom right."""
    if canvas.columns < _LEAST_COLUMNS_WITH_LEGEND or canvas.rows < _LEAST_ROWS_WITH_LEGEND:
        return
    colours = series_colours(style)
    entries = [("━━ train", colours[0])]
    if np.isfinite(drawn.test).any():
        entries.append(("╍╍ test" if style.mode == "plain" else "━━ test", colours[1]))
    row = 0 if figure.kind == "loss" else canvas.rows - 1
    column = canvas.columns - sum(len(text) + 2 for text, _ in entries)
    for text, colour in entries:
        write(canvas, row, column, f"{text}  ", colour)
        column += len(text) + 2
