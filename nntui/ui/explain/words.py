"""What a page says in words and formulas, broken into lines."""

import textwrap
from collections.abc import Sequence
from itertools import chain

from nntui.explain.page import Formula, Page
from nntui.ui.canvas import BOLD, Canvas, Look
from nntui.ui.explain.wrapping import wrapped_formula
from nntui.ui.ink import Ink

Line = tuple[tuple[str, Look], ...]
"""Pieces of text side by side, each with its look."""

_TAKE_IT = "enter makes this update for real"

_MARGIN = 1
_LONGEST_LINE = 120
"""Longer lines of prose are hard to read."""

_INDENT, _LEAST_FOR_INDENT = "  ", 16
_BEHIND = "   "
"""Between symbols and numbers that stand in one line."""

_WIDE, _GAP = 100, 4
"""From this width on, short formulas stand side by side, so far apart."""


def draw_lines(canvas: Canvas, row: int, lines: Sequence[Line]) -> int:
    """Draw lines one below the other; return the row after them."""
    for number, line in enumerate(lines, row):
        column = _MARGIN
        for text, look in line:
            column = canvas.put(number, column, text, look)
    return row + len(lines)


def all_words(page: Page, columns: int, ink: Ink, *, is_spaced: bool = False) -> list[Line]:
    """Say everything, with or without empty lines between the parts."""
    parts = [
        _verdict(page, columns, ink),
        prose(page.about, columns, ink.text),
        *_formulas(page.formulas, columns, ink),
        _shapes(page, columns, ink),
    ]
    between: list[Line] = [()] if is_spaced else []
    return list(chain.from_iterable((*part, *between) for part in parts if part))


def words(page: Page, columns: int, rows: int, ink: Ink) -> tuple[list[Line], bool]:
    """Say as much as fits into some rows, the most important first.

    Args:
        page: The page.
        columns: The width.
        rows: How many lines there is room for.
        ink: The looks.

    Returns:
        The lines, and whether they are all.
    """
    for is_spaced in (columns >= _WIDE, False):
        everything = all_words(page, columns, ink, is_spaced=is_spaced)
        if len(everything) <= rows:
            return everything, True
    verdict = _verdict(page, columns, ink)
    about = prose(page.about, columns, ink.text)
    shapes = _shapes(page, columns, ink)
    formulas = [
        list(chain(*_formulas(page.formulas[:count], columns, ink, compact=True)))
        for count in range(len(page.formulas), 0, -1)
    ]
    choices = [
        *([*verdict, *about, *those, *shapes] for those in formulas[:1]),
        *([*verdict, *about, *those] for those in formulas),
        *([*verdict, *those] for those in formulas),
    ]
    fitting = [lines for lines in choices if len(lines) <= rows]
    lines = [*fitting, choices[-1] if choices else about][0][:rows]
    return lines, lines == choices[0]


def _strong(ink: Ink) -> Look:
    return Look(ink.text.foreground, ink.text.background, BOLD)


def _verdict(page: Page, columns: int, ink: Ink) -> list[Line]:
    """Say what came of the update, and how it is made for real."""
    lines = prose(page.verdict, columns, _strong(ink))
    if page.can_be_taken and page.number == len(page.pages) - 1:
        lines += prose(_TAKE_IT, columns, ink.accent)
    return lines


def prose(text: str, columns: int, look: Look) -> list[Line]:
    """Break plain text into lines."""
    width = max(min(columns - 2 * _MARGIN, _LONGEST_LINE), 1)
    return [((line, look),) for line in textwrap.wrap(text, width)]


def _formulas(
    formulas: Sequence[Formula], columns: int, ink: Ink, *, compact: bool = False
) -> list[list[Line]]:
    """Write formulas one below the other, or short ones side by side on a wide screen.

    Args:
        formulas: The formulas.
        columns: The width.
        ink: The looks.
        compact: Whether the numbers stand behind the symbols where both fit into a line.
    """
    width = max(columns - 2 * _MARGIN, 1)
    half = (width - _GAP) // 2
    blocks = [(formula, _formula(formula, width, ink, compact=compact)) for formula in formulas]
    written: list[list[Line]] = []
    while blocks:
        formula, block = blocks.pop(0)
        # The most important one stands alone.
        both = [formula, *(following for following, _ in blocks[:1])]
        is_pair = len(both) > 1 and all(_is_short(each, half) for each in both)
        if written and width >= _WIDE and not compact and is_pair:
            _, other = blocks.pop(0)
            block = _side_by_side(block, other, half + _GAP, ink)
        written.append(block)
    return written


def _formula(formula: Formula, width: int, ink: Ink, *, compact: bool) -> list[Line]:
    """Write a formula with symbols, and below with numbers, which stand a little to the right."""
    if compact and len(_BEHIND) + len(formula.symbols) + len(formula.numbers) <= width:
        return [((formula.symbols + _BEHIND, ink.accent), *_with_result(formula.numbers, ink))]
    indent = _INDENT if width > _LEAST_FOR_INDENT else ""
    numbers = wrapped_formula(formula.numbers, max(width - len(indent), 1))
    return [
        *(((text, ink.accent),) for text in wrapped_formula(formula.symbols, width)),
        *(((indent, ink.text), (text, ink.text)) for text in numbers[:-1]),
        ((indent, ink.text), *_with_result(numbers[-1], ink)),
    ]


def _is_short(formula: Formula, width: int) -> bool:
    return len(formula.symbols) <= width and len(_INDENT) + len(formula.numbers) <= width


def _side_by_side(left: list[Line], right: list[Line], column: int, ink: Ink) -> list[Line]:
    return [
        (*one, (" " * (column - sum(len(text) for text, _ in one)), ink.text), *other)
        for one, other in zip(left, right, strict=True)
    ]


def _with_result(text: str, ink: Ink) -> Line:
    """Let what comes out stand out: what is behind the last equals sign."""
    before, sign, result = text.rpartition("≈ " if "≈ " in text else "= ")
    if not sign:
        return ((text, ink.text),)
    return (f"{before}{sign}", ink.text), (result, _strong(ink))


def _shapes(page: Page, columns: int, ink: Ink) -> list[Line]:
    """Write the shapes side by side as far as they fit."""
    if not page.shapes:
        return []
    text = "shapes: " + " · ".join(
        shape.replace(" ", "\N{NO-BREAK SPACE}") for shape in page.shapes
    )
    width = max(columns - 2 * _MARGIN, 1)
    lines = textwrap.wrap(text, width, subsequent_indent=_INDENT)
    return [((line.replace("\N{NO-BREAK SPACE}", " "), ink.muted),) for line in lines]
