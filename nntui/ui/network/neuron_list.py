"""The weights of one neuron as a list: which there are, in which order, and how it is drawn."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nntui.charts.bars import bars_width, draw_signed_bars
from nntui.charts.heat_map_levels import number_text
from nntui.charts.text import cut, text_width
from nntui.ui.canvas import Canvas, Look
from nntui.ui.ink import Ink
from nntui.ui.layout import Place

_NUMBER = 6
_MOST_NAME, _LEAST_NAME = 14, 3
_LEAST_WITH_GRADIENTS = 24
_MOST_BAR = 41
_GAP = 1


@dataclass(frozen=True, eq=False)
class WeightList:
    """One side of a neuron.

    Attributes:
        heading: Which weights they are.
        names: What is at the other end of each weight, (weights,).
        weights: (weights,).
        gradients: (weights,).
        order: The weights' numbers, in the order of the list, (weights,).
        position: Where the cursor is in the list; None where it is not on a weight.
        size: The |weight| that fills half a bar.
    """

    heading: str
    names: Sequence[str]
    weights: NDArray[np.float64]
    gradients: NDArray[np.float64]
    order: NDArray[np.intp]
    position: int | None
    size: float


def sorted_by_size(weights: NDArray[np.float64]) -> NDArray[np.intp]:
    """Return the weights' numbers, that of the largest |weight| first; NaN comes last."""
    return np.argsort(-np.abs(weights), kind="stable")


@dataclass(frozen=True)
class Window:
    """Which part of a list is to be seen.

    Attributes:
        first: The first row that is shown.
        count: How many are shown.
        above: How many rows are out of sight above, if a line says so.
        below: Likewise below.
    """

    first: int
    count: int
    above: int
    below: int


def window(total: int, room: int, first: int, position: int | None) -> Window:
    """Choose which rows of a list are shown; lines that tell of the others take room as well.

    Args:
        total: How many rows there are.
        room: How many lines.
        first: The first row that was shown before: the list scrolls no further than it must.
        position: The row that has to be seen; None for none.
    """
    if total <= room:
        return Window(0, max(total, 0), 0, 0)
    if room < 4:  # noqa: PLR2004 - two lines about the others, and two rows
        first = min(position or 0, total - max(room, 0))
        return Window(first, max(room, 0), 0, 0)
    place = min(max(position if position is not None else first, 0), total - 1)
    first = min(first, place)
    while True:
        shown = _shown_from(first, total, room)
        if place < shown.first + shown.count:
            return shown
        first += 1


def _shown_from(first: int, total: int, room: int) -> Window:
    """Show the rows from one on, or earlier ones where there would be blank lines."""
    if first <= 1:
        return Window(0, room - 1, 0, total - room + 1)
    if total - first <= room - 1:
        count = room - 1
        return Window(total - count, count, total - count, 0)
    count = room - 2
    return Window(first, count, first, total - first - count)


class WeightListDrawing:
    """Draws such lists, and remembers how far they are scrolled."""

    def __init__(self) -> None:
        self._first = 0
        self._shown: Window | None = None

    def forget(self) -> None:
        """Begin at the top: it is another list."""
        self._first = 0

    def row_at(self, line: int) -> int | None:
        """Return the row of the list that a line of its place shows; None for no row."""
        if self._shown is None:
            return None
        row = line - 1 - bool(self._shown.above)
        return self._shown.first + row if 0 <= row < self._shown.count else None

    def draw(
        self, canvas: Canvas, listed: WeightList, place: Place, ink: Ink, cursor: Look
    ) -> None:
        """Draw a list.

        Args:
            canvas: Where to.
            listed: What is to be seen.
            place: Where on the canvas.
            ink: The colours of text.
            cursor: How the row under the cursor looks.
        """
        if place.rows < 1:
            return
        shown = self._shown = window(
            len(listed.order), place.rows - 1, self._first, listed.position
        )
        self._first = shown.first
        columns = _columns(listed, place.columns)
        canvas.put(place.row, place.column, cut(listed.heading, place.columns), ink.accent)
        _put_column_names(canvas, listed, place, columns, ink)
        line = place.row + 1
        if shown.above:
            canvas.put(line, place.column, f"↑ {shown.above} more", ink.muted)
            line += 1
        rows = listed.order[shown.first : shown.first + shown.count]
        bars = draw_signed_bars(listed.weights[rows], listed.size, columns.bar, ink.chart_style)
        canvas.paste(bars, line, place.column + columns.name + _GAP)
        for offset, number in enumerate(rows.tolist()):
            is_under_cursor = shown.first + offset == listed.position
            _put_row(canvas, listed, number, (line + offset, place.column), columns, ink)
            if is_under_cursor:
                _mark(canvas, line + offset, place, columns, cursor)
        if shown.below:
            canvas.put(line + len(rows), place.column, f"↓ {shown.below} more", ink.muted)


@dataclass(frozen=True)
class _Columns:
    """How wide the columns of the list are; 0 for one that is not shown."""

    name: int
    bar: int
    gradient: int


def _columns(listed: WeightList, room: int) -> _Columns:
    longest = max(map(text_width, listed.names), default=0)
    gradient = _NUMBER + _GAP if room >= _LEAST_WITH_GRADIENTS else 0
    name = max(min(longest, _MOST_NAME, room // 3), _LEAST_NAME)
    return _Columns(
        name, bars_width(room - name - _NUMBER - gradient - 2 * _GAP, _MOST_BAR), gradient
    )


def _put_column_names(
    canvas: Canvas, listed: WeightList, place: Place, columns: _Columns, ink: Ink
) -> None:
    """Say what the numbers are, behind the heading and where there is room."""
    number = place.column + columns.name + columns.bar + 2 * _GAP
    taken = place.column + text_width(listed.heading)
    if number > taken:
        canvas.put(place.row, number, "weight".rjust(_NUMBER), ink.muted)
    gradient = number + _NUMBER + _GAP
    if columns.gradient and gradient > taken:
        name = "gradient" if place.columns + place.column - gradient > _NUMBER + 1 else "grad."
        canvas.put(place.row, gradient, name.rjust(_NUMBER), ink.muted)


def _put_row(
    canvas: Canvas,
    listed: WeightList,
    number: int,
    corner: tuple[int, int],
    columns: _Columns,
    ink: Ink,
) -> None:
    row, column = corner
    canvas.put(row, column, cut(listed.names[number], columns.name), ink.text)
    column += columns.name + columns.bar + 2 * _GAP
    canvas.put(row, column, number_text(float(listed.weights[number])).rjust(_NUMBER), ink.text)
    if columns.gradient:
        text = number_text(float(listed.gradients[number])).rjust(_NUMBER)
        canvas.put(row, column + _NUMBER + _GAP, text, ink.muted)


def _mark(canvas: Canvas, row: int, place: Place, columns: _Columns, cursor: Look) -> None:
    """Mark the row under the cursor, but leave its bar as it is."""
    canvas.tint(row, place.column, columns.name, cursor)
    start = place.column + columns.name + columns.bar + 2 * _GAP
    canvas.tint(row, start, _NUMBER + columns.gradient, cursor)
