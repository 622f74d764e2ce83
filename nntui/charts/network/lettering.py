"""What is written about the tiles of a network's graph: headings, names, biases, and marks."""

import math
from functools import lru_cache

from nntui.anatomy.values import Column
from nntui.charts.cells import NO_COLOR, Cells
from nntui.charts.network.figure import GraphFigure
from nntui.charts.network.layout import ColumnPlace, GraphLayout, TileSize
from nntui.charts.network.numbers import signed
from nntui.charts.style import ChartStyle
from nntui.charts.text import cut, text_width, write

FROZEN, SATURATED, DEAD, SILENCED = "f", "s", "d", "×"
"""The marks beside a neuron's name."""

MOSTLY = 0.5
"""From which share of points on a neuron counts as saturated."""

_BIAS = 5
_LEAST_BIAS = 3
_LEAST_WITH_WORD = 11
_TWO_LINES = 2
_BETWEEN = 4

_Names = tuple[tuple[int, int, str], ...]


def write_names(figure: GraphFigure, layout: GraphLayout, style: ChartStyle) -> Cells:
    """Begin a picture with what stays: headings, names, and how many are out of sight."""
    names = tuple(
        (place.number, unit, figure.name_of(place.number, unit))
        for place in layout.places
        for unit in range(place.first, place.first + place.count)
    )
    kept = _written(layout, figure.headings, names, style)
    return Cells(
        kept.characters.copy(), kept.foreground.copy(), kept.background.copy(), kept.bold.copy()
    )


@lru_cache(maxsize=8)
def _written(
    layout: GraphLayout, headings: tuple[str, ...], names: _Names, style: ChartStyle
) -> Cells:
    frame = layout.frame
    cells = Cells.blank(frame.rows, frame.columns)
    if frame.beyond is not None:
        _write_beyond(cells, layout, style)
    for place in layout.places:
        if frame.heading is not None:
            _write_heading(cells, layout, place, headings[place.number], style)
        if place.folds is not None:
            room = frame.tile.columns + max(frame.gutter - 1, 0)
            _write_folds(cells, place, room, style)
    for number, unit, name in names:
        place = layout.place_of(number)
        top = place.top_of(unit) if place else None
        if place is not None and top is not None:
            start, text = _placed_name(layout, place, name)
            write(cells, top + frame.tile.picture_rows, start, text, _text(style))
    return cells


def _placed_name(layout: GraphLayout, place: ColumnPlace, name: str) -> tuple[int, str]:
    """Return where a name begins, and as much of it as there is room for.

    Names of inputs reach to the right into the gutter, those of outputs to the left.
    """
    frame, tile = layout.frame, layout.frame.tile
    is_output = place.number == len(frame.units) - 1
    own = tile.columns - (not tile.picture_rows)
    if tile.text_rows < _TWO_LINES and place.number:
        own -= _BIAS + 1 if is_output and tile.picture_rows else _LEAST_BIAS + 1
    reach = frame.gutter // 2 if tile.picture_rows and (is_output or not place.number) else 0
    text = cut(name, own + reach)
    overhang = max(text_width(text) - own, 0) if is_output else 0
    return place.left - overhang, text


def _write_beyond(cells: Cells, layout: GraphLayout, style: ChartStyle) -> None:
    """Tell of columns out of sight, at the left and at the right."""
    before, after = layout.first_column, layout.columns_after
    left = f"← {before} more {_layers(before)}" if before else ""
    right = f"{after} more {_layers(after)} →" if after else ""
    if left and right and len(left) + len(right) >= cells.columns - _BETWEEN:
        left, right = f"← {before} more", f"{after} more →"
    write(cells, 0, 1, left, style.axis_colour)
    write(cells, 0, cells.columns - 1 - len(right), right, style.axis_colour)


def _layers(count: int) -> str:
    return "layer" if count == 1 else "layers"


def _write_heading(
    cells: Cells, layout: GraphLayout, place: ColumnPlace, heading: str, style: ChartStyle
) -> None:
    """Write what a column is above its middle; where there is little room, what is folded too."""
    frame = layout.frame
    room = frame.tile.columns + max(frame.gutter - 1, 0)
    if place.folds is None and place.count < place.total:
        name = heading.rpartition(" ")[0] or heading
        above = f"↑{place.above} " if place.above else ""
        below = f" ↓{place.below}" if place.below else ""
        # The counts are said nowhere else.
        heading = f"{above}{cut(name, max(room - len(above) - len(below), 1))}{below}"
    text = cut(heading, room)
    middle = place.left + frame.tile.columns / 2
    start = round(middle - text_width(text) / 2)
    start = min(max(start, 0), max(cells.columns - text_width(text), 0))
    write(cells, frame.heading or 0, start, text, style.axis_colour)
    cells.bold[frame.heading or 0, start : start + text_width(text)] = True


def _write_folds(cells: Cells, place: ColumnPlace, room: int, style: ChartStyle) -> None:
    for row, count, arrow in zip(place.folds or (), (place.above, place.below), "↑↓", strict=False):
        if count:
            text = f"{count} more {arrow}"
            text = text if len(text) <= room else f"{count} {arrow}"
            write(cells, row, place.left, text, style.axis_colour)


def write_biases(
    cells: Cells, place: ColumnPlace, column: Column, tile: TileSize, style: ChartStyle
) -> None:
    """Write each neuron's bias, and marks for what is special about it.

    Args:
        cells: Where to; the names stand there already.
        place: Where the tiles are.
        column: What is known of the units in sight.
        tile: The size of a tile.
        style: How it is coloured.
    """
    end = place.left + tile.columns - (not tile.picture_rows)
    marks, muted = _marks(column, tile), style.axis_colour
    for top, bias, mark in zip(place.tops, column.biases.tolist(), marks, strict=True):
        row = top + tile.picture_rows
        start = place.left + _written_cells(cells, row, place.left, end)
        if mark:
            start = min(start, end - len(mark))
            letter(cells, row, start, mark, _text(style))
        if math.isnan(bias):
            continue
        room = end - start - len(mark) - 1
        if tile.text_rows == _TWO_LINES:
            row, room = row + 1, tile.columns
        text = signed(bias, min(room, _BIAS))
        if tile.text_rows == _TWO_LINES:
            text = f"bias {text}" if tile.columns >= _LEAST_WITH_WORD else text
            letter(cells, row, place.left, text, muted)
        else:
            letter(cells, row, end - len(text), text, muted)


def letter(cells: Cells, row: int, column: int, text: str, colour: int) -> None:
    """Write characters of one cell each where there is room for them; the ground stays."""
    end = column + len(text)
    cells.characters[row, column:end] = list(text)
    cells.foreground[row, column:end] = colour


def _written_cells(cells: Cells, row: int, start: int, end: int) -> int:
    """Count the cells of the text that begins at a place."""
    return len("".join(f"{c or ' '}" for c in cells.characters[row, start:end].tolist()).rstrip())


def _marks(column: Column, tile: TileSize) -> list[str]:
    """List what is special about each neuron, a letter each."""
    # A comparison with NaN is false: an activation without flat parts.
    is_saturated = column.saturated >= MOSTLY
    if not (column.frozen.any() or is_saturated.any() or not tile.picture_rows):
        return [""] * len(is_saturated)
    has_letters = not tile.picture_rows
    return [
        FROZEN * bool(column.frozen[index])
        + SILENCED * bool(has_letters and column.silenced[index])
        + DEAD * bool(has_letters and column.dead[index] and not column.silenced[index])
        + SATURATED * bool(is_saturated[index])
        for index in range(len(is_saturated))
    ]


def _text(style: ChartStyle) -> int:
    return style.foreground if style.mode == "colour" else NO_COLOR
