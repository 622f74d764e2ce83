"""Tables of numbers: those rows around the cursor that there is room for, with bars."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal, TypeAlias

import numpy as np

from nntui.charts.bars import bars_width, draw_signed_bars
from nntui.charts.cells import Cells
from nntui.explain.page import Check, Table
from nntui.ui.canvas import Canvas
from nntui.ui.explain.columns import column_texts
from nntui.ui.ink import Ink

Mark: TypeAlias = Literal["✓", "✗", "~"]

HEADER_ROWS = 2
"""The title and the headings."""

_NUMBER, _TIGHT_NUMBER = 9, 8
"""The characters of a number, and where there is little room."""

_LONGEST_LABEL, _LONGEST_HEADING = 16, 14
_LEAST_BAR, _MOST_BAR = 9, 21

_DIFFERENCE = "difference"
"""The heading of the gradients by finite differences."""


@dataclass(frozen=True)
class Rows:
    """Those of a table's rows that are shown.

    Attributes:
        first: The first one.
        count: How many.
        hidden: How many are not.
    """

    first: int
    count: int
    hidden: int

    @property
    def stop(self) -> int:
        """The row after the last one."""
        return self.first + self.count

    @property
    def hidden_text(self) -> str:
        """How many are hidden above and below; empty where none are."""
        above, below = self.first, self.hidden - self.first
        parts = [f"{above} more ↑"] if above else []
        parts += [f"{below} more ↓"] if below else []
        return "  ".join(parts)


def rows_shown(total: int, cursor: int, rows: int) -> Rows:
    """Choose the rows around the cursor.

    Args:
        total: How many there are.
        cursor: The one under the cursor; −1 for none.
        rows: How many lines there are for them; one of them tells how many are hidden.
    """
    if total <= rows:
        return Rows(0, total, 0)
    count = max(rows - 1, min(rows, 1))
    first = max(min(cursor - count // 2, total - count), 0)
    return Rows(first, count, total - count)


def with_checks(table: Table, checks: tuple[Check, ...]) -> Table:
    """Add what the finite differences have given."""
    differences = np.full((len(table.labels), 1), np.nan)
    for check in checks:
        differences[check.row] = check.difference
    return Table(
        table.title,
        (*table.headings, _DIFFERENCE),
        table.labels,
        np.concatenate([table.numbers, differences], axis=1),
        table.cursor,
    )


@dataclass(frozen=True, eq=False)
class TableView:
    """A table, and how to draw it.

    Attributes:
        table: The table.
        marks: Whether a row's number has been found right (✓), wrong (✗), or neither (~), by row.
        bar_column: The column of numbers that bars show; −1 for none.
        remark: What stands behind the title where there is room.
    """

    table: Table
    marks: Mapping[int, Mark]
    bar_column: int = -1
    remark: str = ""

    @cached_property
    def label_width(self) -> int:
        """The width of the labels."""
        return min(max(map(len, self.table.labels), default=0), _LONGEST_LABEL)

    def width(self, number: int = _TIGHT_NUMBER) -> int:
        """Return the columns that it needs with so many characters for a number."""
        return 1 + self.label_width + sum(1 + w for w in self._widths(number)) + self._mark_width

    @property
    def wide(self) -> int:
        """The columns that it likes to have, without bars."""
        return self.width(_NUMBER)

    @property
    def _mark_width(self) -> int:
        return 2 if self.marks else 0

    def _widths(self, number: int) -> list[int]:
        return [max(min(len(h), _LONGEST_HEADING), number) for h in self.table.headings]

    def _fitting(self, number: int, columns: int) -> list[tuple[int, int]]:
        """Choose the columns that fit, with their widths: the last ones are what comes out."""
        widths = list(enumerate(self._widths(number)))
        room = columns - 1 - self.label_width - self._mark_width
        while widths and sum(1 + width for _, width in widths) > room:
            del widths[0]
        return widths

    def draw(self, canvas: Canvas, ink: Ink) -> None:
        """Draw the title, the headings and the rows around the cursor on the whole canvas."""
        table = self.table
        end = canvas.put(0, 1, table.title, ink.title)
        if end + 3 + len(self.remark) <= canvas.columns:
            canvas.put(0, end + 3, self.remark, ink.muted)
        rows = rows_shown(len(table.labels), table.cursor, canvas.rows - HEADER_ROWS)
        number = _NUMBER if self.wide <= canvas.columns else _TIGHT_NUMBER
        self._tell_hidden(canvas, rows, ink)
        for line, row in enumerate(range(rows.first, rows.stop), HEADER_ROWS):
            canvas.put(line, 1, cut(table.labels[row], self.label_width), ink.text)
        column = 1 + self.label_width
        for at, width in self._fitting(number, canvas.columns):
            values = table.numbers[rows.first : rows.stop, at].tolist()
            canvas.put(1, column + 1, cut(table.headings[at], width).rjust(width), ink.muted)
            for line, text in enumerate(column_texts(values, width), HEADER_ROWS):
                canvas.put(line, column + 1, text.rjust(width), ink.text)
            column += 1 + width
        self._draw_cursor(canvas, rows, column, ink)
        self._draw_marks(canvas, rows, column + 1, ink)
        self._draw_bars(canvas, rows, column + self._mark_width + 2, ink)

    def _tell_hidden(self, canvas: Canvas, rows: Rows, ink: Ink) -> None:
        """Say how many rows are hidden: below the others, or behind the title."""
        text, below = rows.hidden_text, HEADER_ROWS + rows.count
        if not text:
            return
        if below < canvas.rows:
            canvas.put(below, 1, text, ink.muted)
        else:
            # In a low pane it is worth more than the remark.
            canvas.put(0, len(self.table.title) + 4, text.ljust(len(self.remark)), ink.muted)

    def _draw_cursor(self, canvas: Canvas, rows: Rows, columns: int, ink: Ink) -> None:
        row = self.table.cursor
        if rows.first <= row < rows.stop:
            line = HEADER_ROWS + row - rows.first
            canvas.tint(line, 0, columns, ink.cursor)
            canvas.put(line, 0, "▸", ink.cursor)

    def _draw_marks(self, canvas: Canvas, rows: Rows, column: int, ink: Ink) -> None:
        looks = {"✓": ink.good, "✗": ink.bad, "~": ink.muted}
        for row, mark in self.marks.items():
            if rows.first <= row < rows.stop:
                canvas.put(HEADER_ROWS + row - rows.first, column, mark, looks[mark])

    def _draw_bars(self, canvas: Canvas, rows: Rows, column: int, ink: Ink) -> None:
        """Draw a column of numbers once more, as bars."""
        width = min(canvas.columns - column - 1, _MOST_BAR)
        if width < _LEAST_BAR or self.bar_column < 0:
            return
        values = self.table.numbers[:, self.bar_column]
        values = np.where(np.isfinite(values), values, np.nan)
        size = float(np.nanmax(np.abs(values), initial=0.0)) or 1.0
        shown = values[rows.first : rows.stop]
        if np.any(values < 0):
            cells = draw_signed_bars(shown, size, bars_width(width, _MOST_BAR), ink.chart_style)
        else:
            # The left side would be empty.
            both = draw_signed_bars(shown, size, 2 * width - 1, ink.chart_style)
            cells = Cells(
                both.characters[:, width - 1 :],
                both.foreground[:, width - 1 :],
                both.background[:, width - 1 :],
                both.bold[:, width - 1 :],
            )
        canvas.paste(cells, HEADER_ROWS, column)


def cut(text: str, width: int) -> str:
    """Shorten a text to a width, and show that it is."""
    if len(text) <= width:
        return text
    return f"{text[: max(width - 1, 0)]}…" if width > 0 else ""
