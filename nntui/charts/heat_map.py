"""A matrix of numbers as a picture: a column for each neuron, a row for each of its inputs."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nntui.charts.cells import NO_COLOR, Cells
from nntui.charts.heat_map_layout import HeatMapLayout
from nntui.charts.heat_map_levels import (
    LEVEL_TEXTURES,
    SHADES,
    UNKNOWN,
    level_colours,
    number_text,
    sign_levels,
    text_colours,
)
from nntui.charts.picture import paint_half_blocks
from nntui.charts.style import ChartStyle
from nntui.charts.text import cut, text_width, write

_WIDTH_OF_NUMBERS = 7
"""Cells of so many columns have their number written in them."""

_MOST_NUMBERS_WRITTEN = 400
_STEPS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000)
_LINE = 2
_BRACKETS_FROM = 2


@dataclass(frozen=True, eq=False)
class HeatMap:
    """A matrix that is to be drawn.

    Attributes:
        numbers: Biases in the last row, (rows, units).
        size: The |number| of the outermost shades.
        row_names: Of the rows, (rows,).
        unit_names: Of the neurons, (units,).
        cursor: The row and the column to be marked; None for none.
    """

    numbers: NDArray[np.floating[Any]]
    size: float
    row_names: Sequence[str]
    unit_names: Sequence[str]
    cursor: tuple[int, int] | None = None


def draw_heat_map(heat_map: HeatMap, layout: HeatMapLayout, style: ChartStyle) -> Cells:
    """Draw a matrix.

    Args:
        heat_map: The matrix.
        layout: From ``heat_map_layout`` for its shape.
        style: How it is coloured.

    Returns:
        Cells of the size that the layout was made for.
    """
    cells = Cells.blank(layout.lines, layout.columns)
    levels = sign_levels(heat_map.numbers, heat_map.size)
    wide, high = layout.cell_columns, layout.cell_pixels
    pixels = levels.repeat(wide, axis=1)
    _paint(cells, layout, layout.first_line, pixels[:-1].repeat(high, axis=0), style)
    bias_line = layout.line_of(len(levels) - 1, len(levels))
    _paint(cells, layout, bias_line, pixels[-1:].repeat(_LINE, axis=0), style)
    _write_names(cells, heat_map, layout, style)
    if wide >= _WIDTH_OF_NUMBERS and levels.size <= _MOST_NUMBERS_WRITTEN and high >= _LINE:
        _write_numbers(cells, heat_map, layout, levels, style)
    if heat_map.cursor is not None:
        _mark(cells, heat_map.cursor, layout, len(levels), style)
    return cells


def draw_signed_picture(values: NDArray[np.floating[Any]], size: float, style: ChartStyle) -> Cells:
    """Draw a field of numbers, two pixels a cell.

    Args:
        values: The highest row first, (pixel rows, columns).
        size: The |number| of the outermost shades.
        style: How it is coloured.
    """
    levels = sign_levels(values, size)
    if len(levels) % _LINE:
        levels = np.concatenate([levels, levels[-1:]])
    cells = Cells.blank(len(levels) // _LINE, levels.shape[1])
    _fill(levels, cells, style)
    return cells


def _paint(
    cells: Cells,
    layout: HeatMapLayout,
    line: int,
    levels: NDArray[np.intp],
    style: ChartStyle,
) -> None:
    """Paint pixels from a line on."""
    if len(levels) % _LINE:
        below = np.full((1, levels.shape[1]), UNKNOWN, levels.dtype)
        levels = np.concatenate([levels, below])
    place = (
        slice(line, line + len(levels) // _LINE),
        slice(layout.gutter, layout.gutter + levels.shape[1]),
    )
    part = Cells(
        cells.characters[place], cells.foreground[place], cells.background[place], cells.bold[place]
    )
    _fill(levels, part, style)


def _fill(levels: NDArray[np.intp], cells: Cells, style: ChartStyle) -> None:
    if style.is_textured:
        cells.characters[:] = LEVEL_TEXTURES[levels[::_LINE] + SHADES]
    else:
        paint_half_blocks(level_colours(style)[levels + SHADES], cells)


def _write_names(cells: Cells, heat_map: HeatMap, layout: HeatMapLayout, style: ChartStyle) -> None:
    """Write as many names beside the rows and above the columns as there is room for."""
    rows, wide = len(heat_map.numbers), layout.cell_columns
    colour = style.axis_colour
    if layout.gutter:
        for row in _named(rows - 1, 1 if layout.cell_pixels >= _LINE else 2 * _LINE):
            name = cut(heat_map.row_names[row], layout.gutter - 1)
            write(cells, layout.line_of(row, rows), 0, name, colour)
        name = cut(heat_map.row_names[-1], layout.gutter - 1)
        write(cells, layout.line_of(rows - 1, rows), 0, name, colour)
    if layout.has_header:
        longest = max(map(text_width, heat_map.unit_names), default=0)
        is_roomy = wide > min(longest, _WIDTH_OF_NUMBERS)
        for unit in _named(len(heat_map.unit_names), 1 if is_roomy else -(-(longest + 1) // wide)):
            name = heat_map.unit_names[unit]
            name = cut(name, wide - 1) if is_roomy else name
            aside = (wide - text_width(name)) // 2 if is_roomy else 0
            write(cells, 0, layout.gutter + unit * wide + aside, name, colour)


def _named(count: int, least: int) -> list[int]:
    """Choose which of some rows or columns are named: round numbers, at such a distance."""
    step = next((step for step in _STEPS if step >= least), least)
    if step == 1:
        return list(range(count))
    return (
        [0, *range(step - 1, count, step)] if step > least else list(range(step - 1, count, step))
    )


def _write_numbers(
    cells: Cells,
    heat_map: HeatMap,
    layout: HeatMapLayout,
    levels: NDArray[np.intp],
    style: ChartStyle,
) -> None:
    """Write each number into its cell."""
    rows, wide = len(levels), layout.cell_columns
    inks = text_colours(style)
    for row, numbers in enumerate(heat_map.numbers.tolist()):
        # In the middle line of a high cell; the biases have one line.
        high = layout.cell_pixels // _LINE if row < rows - 1 else 1
        line = layout.line_of(row, rows) + (high - 1) // 2
        for unit, number in enumerate(numbers):
            text = number_text(number)
            start = layout.gutter + unit * wide + (wide - len(text)) // 2
            place = slice(start, start + len(text))
            if style.is_textured:
                # Not on the texture, where it could not be read.
                left = layout.gutter + unit * wide
                cells.characters[line, left : left + wide] = " "
            cells.characters[line, place] = list(text)
            cells.foreground[line, place] = inks[levels[row, unit] + SHADES]


def _mark(
    cells: Cells, cursor: tuple[int, int], layout: HeatMapLayout, rows: int, style: ChartStyle
) -> None:
    """Mark the number under the cursor, its row and its column."""
    row, unit = cursor
    wide = layout.cell_columns
    line, left = layout.line_of(row, rows), layout.gutter + unit * wide
    is_line = layout.cell_pixels >= _LINE or row == rows - 1
    colour = style.strong_colour
    if layout.has_header:
        _put(cells, 0, left + (wide - 1) // 2, "▼", colour)
    if layout.gutter:
        _put(cells, line, layout.gutter - 1, "►", colour)
    lines = max(layout.cell_pixels // _LINE, 1) if row < rows - 1 else 1
    if not is_line:
        half = cells.background if row % _LINE else cells.foreground
        other = int(cells.background[line, left])
        if cells.characters[line, left] == " ":
            cells.characters[line, left : left + wide] = "▀"
            cells.foreground[line, left : left + wide] = other
        half[line, left : left + wide] = colour
    elif wide < _BRACKETS_FROM:
        _put(cells, line, left, "◆", _ink_on(cells, line, left, style))
    else:
        for high in range(line, line + lines):
            ink = _ink_on(cells, high, left, style)
            _put(cells, high, left, "[", ink)
            _put(cells, high, left + wide - 1, "]", ink)


def _put(cells: Cells, line: int, column: int, character: str, colour: int) -> None:
    if 0 <= line < cells.rows and 0 <= column < cells.columns:
        cells.characters[line, column] = character
        cells.foreground[line, column] = colour
        cells.bold[line, column] = True


def _ink_on(cells: Cells, line: int, column: int, style: ChartStyle) -> int:
    """Return a colour that is seen on a cell of one level."""
    if style.is_textured:
        return NO_COLOR
    ground = int(cells.background[line, column])
    known = level_colours(style).tolist()
    return int(text_colours(style)[known.index(ground)]) if ground in known else style.strong_colour
