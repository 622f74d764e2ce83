"""plotext draws axes and lines; its matrix of characters becomes Cells."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Protocol, TypeAlias, cast

import numpy as np
from numpy.typing import NDArray

from nntui.charts.axes import Axes
from nntui.charts.cells import NO_COLOR, Cells
from nntui.charts.colours import channels
from nntui.charts.text import text_width, write

_DOTS_ACROSS, _DOTS_DOWN = 2, 4
"""The dots of braille that a cell has."""
_BEYOND = 2
"""How many dots outside the canvas a line may go; further ones would only cost plotext time."""


@dataclass(frozen=True, eq=False)
class Line:
    """A series to draw.

    Attributes:
        x: Horizontal places in their order, in the data's own units, (samples,).
        y: Vertical places; where either is NaN, the line has a gap, (samples,).
        colour: 0xRRGGBB or NO_COLOR.
    """

    x: NDArray[np.float64]
    y: NDArray[np.float64]
    colour: int


class _Matrix(Protocol):
    """plotext's characters and colours, the lowest row first."""

    rows: int
    cols: int
    marker: list[list[str]]
    fullground: list[list[str | Sequence[int]]]


class _Monitor(Protocol):
    matrix: _Matrix


class _Figure(Protocol):
    """What is used of plotext's figures, which have no type stubs."""

    monitor: _Monitor

    def plot_size(self, width: int, height: int) -> object: ...
    def theme(self, theme: str) -> None: ...
    def frame(self, frame: bool) -> None: ...
    def ticks_color(self, color: "_PlotextColour") -> None: ...
    def xaxes(self, lower: bool, upper: bool) -> None: ...
    def yaxes(self, left: bool, right: bool) -> None: ...
    def xlim(self, left: float, right: float) -> None: ...
    def ylim(self, lower: float, upper: float) -> None: ...
    def xfrequency(self, frequency: int) -> None: ...
    def yfrequency(self, frequency: int) -> None: ...
    def xticks(self, ticks: list[float], labels: list[str]) -> None: ...
    def yticks(self, ticks: list[float], labels: list[str]) -> None: ...
    def plot(
        self, x: list[float], y: list[float], *, marker: str, color: "_PlotextColour"
    ) -> None: ...
    def clear_data(self) -> None: ...
    def _limit_size(self, width: bool, height: bool) -> None: ...
    def _set_sizes(self) -> None: ...
    def _build_matrix(self) -> None: ...


_PlotextColour: TypeAlias = str | tuple[int, int, int]


@cache
def _figure_class() -> Callable[[], _Figure]:
    """Return plotext's class of figures, because its only public figure is one for all callers."""
    # Imported when it is first needed: the app's first frame need not wait for it.
    import plotext._figure as module  # noqa: PLC0415  # pyright: ignore[reportMissingTypeStubs]

    return cast("Callable[[], _Figure]", module._figure_class)  # pyright: ignore[reportPrivateUsage]


def _new_figure(columns: int, rows: int) -> _Figure:
    """Make a figure of its own that has just this size, whatever the terminal's is."""
    figure = _figure_class()()
    figure._limit_size(False, False)  # pyright: ignore[reportPrivateUsage]
    figure.plot_size(columns, rows)
    figure.theme("clear")
    return figure


def _built(figure: _Figure) -> Cells:
    """Let plotext build a figure and take over its cells.

    plotext's own text of it, with escape sequences, is not made: writing and parsing it would
    cost half as much as the figure.
    """
    figure._set_sizes()  # pyright: ignore[reportPrivateUsage]
    figure._build_matrix()  # pyright: ignore[reportPrivateUsage]
    matrix = figure.monitor.matrix
    shape = (matrix.rows, matrix.cols)
    return Cells(
        characters=np.array(matrix.marker[::-1], "U1").reshape(shape),
        foreground=_colours(matrix.fullground[::-1]).reshape(shape),
        background=np.full(shape, NO_COLOR, np.int32),
        bold=np.zeros(shape, np.bool_),
    )


def _colours(rows: list[list[str | Sequence[int]]]) -> NDArray[np.int32]:
    """Turn plotext's colours (three numbers, or a word for none) into 0xRRGGBB, (cells,)."""
    numbers = [
        NO_COLOR if isinstance(colour, str) else colour[0] << 16 | colour[1] << 8 | colour[2]
        for row in rows
        for colour in row
    ]
    return np.array(numbers, np.int32)


def _plotext_colour(colour: int) -> _PlotextColour:
    return "default" if colour == NO_COLOR else channels(colour)


@lru_cache(maxsize=16)
def frame(axes: Axes, colour: int) -> Cells:
    """Draw axes, ticks and the caption, with nothing inside.

    Args:
        axes: The geometry. A colour bar is not drawn, but its place is left free.
        colour: Of all of it, 0xRRGGBB or NO_COLOR.

    Returns:
        The whole picture. It is kept and shared: copy it before drawing into it.
    """
    cells = Cells.blank(axes.rows, axes.columns)
    if not axes.has_frame or axes.is_empty:
        return cells
    width = axes.canvas.left + axes.canvas.columns
    figure = _new_figure(width, axes.rows - bool(axes.caption))
    figure.ticks_color(_plotext_colour(colour))
    figure.xaxes(True, False)
    figure.yaxes(True, False)
    (left, right), (bottom, top) = _limits(axes)
    figure.xlim(left, right)
    figure.ylim(bottom, top)
    # Without any series plotext draws no axis.
    figure.plot([], [], marker="braille", color="default")
    x_ticks = [min(max(tick.value, left), right) for tick in axes.x_ticks]
    y_ticks = [min(max(tick.value, bottom), top) for tick in axes.y_ticks]
    figure.xticks(x_ticks, [tick.label for tick in axes.x_ticks])
    # plotext makes room for the longest label as it is, and puts all at the left.
    label_width = axes.canvas.left - 1
    figure.yticks(y_ticks, [tick.label.rjust(label_width) for tick in axes.y_ticks])
    paste(_built(figure), cells, 0, 0)
    if axes.caption:
        middle = axes.canvas.left + axes.canvas.columns // 2
        start = max(middle - text_width(axes.caption) // 2, 0)
        write(cells, axes.rows - 1, start, axes.caption, colour)
    return cells


def lines(series: Sequence[Line], axes: Axes) -> Cells:
    """Draw lines, the last one on top, into a picture of the canvas alone.

    Args:
        series: What to draw. Thin it first: plotext takes time for each sample.
        axes: The geometry.

    Returns:
        Cells of the canvas's size.
    """
    canvas = axes.canvas
    if axes.is_empty:
        return Cells.blank(max(canvas.rows, 0), max(canvas.columns, 0))
    figure = _bare_figure(canvas.columns, canvas.rows)
    figure.clear_data()
    if not sum([_add(figure, line, axes) for line in series]):
        return Cells.blank(canvas.rows, canvas.columns)
    return _built(figure)


@lru_cache(maxsize=4)
def _bare_figure(columns: int, rows: int) -> _Figure:
    """Return a figure without axes, to be used again: making one takes as long as a short line."""
    figure = _new_figure(columns, rows)
    figure.frame(False)
    figure.xfrequency(0)
    figure.yfrequency(0)
    return figure


def _add(figure: _Figure, line: Line, axes: Axes) -> int:
    """Give the unbroken parts of a line to plotext and return how many they are."""
    x = _dots(line.x, axes.area.x_low, axes.area.x_high, _DOTS_ACROSS * axes.canvas.columns)
    y = _dots(line.y, axes.area.y_low, axes.area.y_high, _DOTS_DOWN * axes.canvas.rows)
    figure.xlim(0.0, 1.0)
    figure.ylim(0.0, 1.0)
    known = np.isfinite(line.x) & np.isfinite(line.y)
    starts = np.flatnonzero(known & ~np.r_[False, known[:-1]])
    ends = np.flatnonzero(known & ~np.r_[known[1:], False]) + 1
    colour = _plotext_colour(line.colour)
    for start, end in zip(starts.tolist(), ends.tolist(), strict=True):
        figure.plot(x[start:end].tolist(), y[start:end].tolist(), marker="braille", color=colour)
    return len(starts)


def _dots(places: NDArray[np.float64], low: float, high: float, count: int) -> NDArray[np.float64]:
    """Turn places into plotext's units, in which the first dot is at 0 and the last at 1.

    What lies on the canvas gets the dot that it falls into; what lies outside stays outside.
    """
    with np.errstate(invalid="ignore", over="ignore"):
        numbers = np.floor((places - low) * (count / (high - low)))
        numbers = np.where(places == high, count - 1, numbers)
        return np.clip(numbers, -_BEYOND, count - 1 + _BEYOND) / max(count - 1, 1)


def _limits(axes: Axes) -> tuple[tuple[float, float], tuple[float, float]]:
    """Return the middles of the outermost cells, which are what plotext calls limits."""
    x_aside, y_aside = axes.cell_width / 2, axes.cell_height / 2
    area = axes.area
    return (
        (area.x_low + x_aside, area.x_high - x_aside),
        (area.y_low + y_aside, area.y_high - y_aside),
    )


def copy_of(cells: Cells) -> Cells:
    """Return a copy to draw into."""
    return Cells(
        characters=cells.characters.copy(),
        foreground=cells.foreground.copy(),
        background=cells.background.copy(),
        bold=cells.bold.copy(),
    )


def paste(source: Cells, target: Cells, top: int, left: int) -> None:
    """Copy cells into a larger picture; what does not fit is cut off."""
    rows = max(min(source.rows, target.rows - top), 0)
    columns = max(min(source.columns, target.columns - left), 0)
    place = slice(top, top + rows), slice(left, left + columns)
    target.characters[place] = source.characters[:rows, :columns]
    target.foreground[place] = source.foreground[:rows, :columns]
    target.background[place] = source.background[:rows, :columns]
    target.bold[place] = source.bold[:rows, :columns]
