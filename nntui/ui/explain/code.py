"""The calls of the tape behind a page, and the lines of nntui's own code that wrote one."""

from collections.abc import Sequence
from dataclasses import dataclass

from nntui.explain.page import CallLine
from nntui.ui.canvas import BOLD, Canvas, Look
from nntui.ui.explain.source_text import SourceLine, source_lines, where
from nntui.ui.explain.table import Rows, cut, rows_shown
from nntui.ui.explain.wrapping import wrapped_formula
from nntui.ui.ink import Ink

_SIDE_BY_SIDE = 100
"""The columns from which the code stands beside the calls."""

_LIST_SHARE = 0.4
"""The share of the rows that the calls get at most, where the code stands below them."""

_LEAST_MEANING = 18

_CODE_COLUMN = 7
"""Where code begins, behind the number of the line and the mark."""

_CONTINUED = 4
"""How much further the rest of a broken line is indented."""


@dataclass(frozen=True)
class CodeRow:
    """A line of code, or a part of one that is broken.

    Attributes:
        line: The line.
        text: What stands in the row.
        comment_at: Where in the row a comment begins.
        is_first: Whether the line begins here.
    """

    line: SourceLine
    text: str
    comment_at: int
    is_first: bool


def calls_shown(calls: int, cursor: int, rows: int, columns: int) -> Rows:
    """Choose the calls that are listed; the first line of the canvas is a title."""
    if columns >= _SIDE_BY_SIDE:
        return rows_shown(calls, cursor, max(rows - 1, 0))
    return rows_shown(calls, cursor, max(round(_LIST_SHARE * rows) - 1, 2))


def draw_code(
    canvas: Canvas,
    calls: Sequence[CallLine],
    cursor: int,
    scroll: int,
    ink: Ink,
    *,
    is_active: bool,
) -> range:
    """Draw the calls, and the code of the one under the cursor.

    Args:
        canvas: Where; it is filled.
        calls: The calls.
        cursor: The one under the cursor.
        scroll: By how many rows its code is scrolled.
        ink: The looks.
        is_active: Whether keys move the cursor.

    Returns:
        How far the code can be scrolled.
    """
    canvas.put(0, 1, "calls of the tape", ink.title)
    if not calls:
        canvas.put(1, 1, "nothing is computed on this page", ink.muted)
        return range(1)
    cursor = min(cursor, len(calls) - 1)
    shown = calls_shown(len(calls), cursor, canvas.rows, canvas.columns)
    beside = canvas.columns >= _SIDE_BY_SIDE
    left = canvas.columns * 9 // 20 if beside else canvas.columns
    rows = canvas.rows - 1 if beside else shown.count + bool(shown.hidden)
    listed = Canvas(rows, left, ink.text)
    _draw_calls(listed, calls, shown, cursor, ink, is_active=is_active)
    canvas.overlay(listed, 1, 0)
    top, column = (0, left + 2) if beside else (1 + rows, 0)
    detail = Canvas(canvas.rows - top, canvas.columns - column, ink.text)
    has_numbers = left < _wide(calls[cursor])
    reach = _draw_call(detail, calls[cursor], scroll, ink, has_numbers=has_numbers)
    canvas.overlay(detail, top, column)
    return reach


def _wide(call: CallLine) -> int:
    return len(call.meaning) + len(call.numbers) + 5


def _draw_calls(
    canvas: Canvas,
    calls: Sequence[CallLine],
    shown: Rows,
    cursor: int,
    ink: Ink,
    *,
    is_active: bool,
) -> None:
    """Write what each call means at the left, and its numbers at the right."""
    for line, number in enumerate(range(shown.first, shown.stop)):
        call, look, muted = calls[number], ink.text, ink.muted
        if number == cursor:
            look = muted = ink.cursor if is_active else ink.cursor_away
            canvas.put(line, 0, " " * canvas.columns, look)
            canvas.put(line, 0, "▸", look)
        room = canvas.columns - 3
        numbers = call.numbers
        if len(call.meaning) + len(numbers) + 2 > room:
            # The numbers of the call under the cursor are written once more below.
            meaning_room = max(room - len(numbers) - 2, _LEAST_MEANING)
        else:
            meaning_room = len(call.meaning)
        meaning = cut(call.meaning, min(meaning_room, room))
        column = canvas.put(line, 2, meaning, look)
        numbers = cut(numbers, canvas.columns - 1 - column - 2)
        canvas.put(line, canvas.columns - 1 - len(numbers), numbers, muted)
    canvas.put(shown.count, 2, shown.hidden_text, ink.muted)


def _draw_call(
    canvas: Canvas, call: CallLine, scroll: int, ink: Ink, *, has_numbers: bool
) -> range:
    """Write a call, where it was written on the tape, and the lines there.

    Returns:
        How far the lines can be scrolled.
    """
    width = max(canvas.columns - 2, 1)
    row = 0
    if has_numbers:
        for text in wrapped_formula(f"{call.meaning}: {call.numbers}", width):
            canvas.put(row, 1, text, ink.text)
            row += 1
    for text in wrapped_formula(call.call, width):
        canvas.put(row, 1, text, ink.accent)
        row += 1
    canvas.put(row, 1, cut(where(call.source), width), ink.muted)
    lines = source_lines(call.source)
    if not lines:
        canvas.put(row + 1, 1, "This source is not installed here.", ink.muted)
        return range(1)
    written = [text for line in lines for text in _broken(line, width - _CODE_COLUMN)]
    top, room = row + 1, max(canvas.rows - row - 1, 0)
    if len(written) > room:
        # What a function is for is told by the page already.
        written = [text for text in written if not text.line.is_docstring]
    usual, last = first_row(written, room), max(len(written) - room, 0)
    first = min(max(usual + scroll, 0), last)
    for text_row, text in enumerate(written[first : first + room], top):
        _draw_text(canvas, text_row, text, ink)
    return range(-usual, last - usual + 1)


def first_row(written: Sequence[CodeRow], rows: int) -> int:
    """Choose the first row that is shown so that the marked lines are, and some around them."""
    marked = [row for row, text in enumerate(written) if text.line.is_marked]
    if not marked:
        return 0
    above = max(rows - (marked[-1] - marked[0] + 1), 0) // 2
    return max(min(marked[0] - above, len(written) - rows), 0)


def _broken(line: SourceLine, columns: int) -> list[CodeRow]:
    """Break a long line of code, and indent the rest further."""
    text, comment_at = line.text, line.comment_at
    indent = " " * (len(text) - len(text.lstrip()) + _CONTINUED)
    rows: list[CodeRow] = []
    while len(text) > columns > 2 * len(indent):
        at = _end(text, len(indent), columns)
        rows.append(CodeRow(line, text[:at], comment_at, is_first=not rows))
        rest = text[at:].lstrip()
        comment_at = max(comment_at - (len(text) - len(rest)) + len(indent), 0)
        text = indent + rest
    return [*rows, CodeRow(line, text, comment_at, is_first=not rows)]


def _end(text: str, start: int, columns: int) -> int:
    """Return where to break a line: before a word, or else behind a bracket or before a dot."""
    ends = (
        text.rfind(" ", start + 1, columns + 1),
        text.rfind("(", start + 1, columns) + 1,
        text.rfind(".", start + 1, columns + 1),
    )
    return next((end for end in ends if end > 0), columns)


def _draw_text(canvas: Canvas, row: int, text: CodeRow, ink: Ink) -> None:
    """Write a row of code behind its number: marked lines bold, comments muted."""
    line, look = text.line, ink.text
    if line.is_marked:
        look = Look(ink.text.foreground, ink.text.background, BOLD)
    canvas.put(row, 1, f"{line.number:4}" if text.is_first else "", ink.muted)
    canvas.put(row, _CODE_COLUMN - 2, "▌" if line.is_marked else "", ink.accent)
    column = canvas.put(row, _CODE_COLUMN, text.text[: text.comment_at], look)
    canvas.put(row, column, text.text[text.comment_at :], ink.muted)
