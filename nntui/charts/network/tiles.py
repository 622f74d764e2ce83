"""The tiles of a column of neurons: what each answers over the plane, and how active it is."""

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from nntui.anatomy.values import TILE_LEVELS, Column
from nntui.charts.cells import NO_COLOR, Cells
from nntui.charts.colours import mix
from nntui.charts.network.layout import ColumnPlace, TileSize
from nntui.charts.network.lettering import letter
from nntui.charts.network.palette import signed_colours, texture
from nntui.charts.picture import HALF_BLOCK
from nntui.charts.style import ChartStyle

DEAD, SILENCED = "dead", "×"

_EIGHTHS = np.array(list(" ▁▂▃▄▅▆▇█"), "U1")
_QUIET = 0.72
"""How much of the ground is mixed into the picture of a silenced neuron."""


def paint_pictures(
    cells: Cells, place: ColumnPlace, column: Column, tile: TileSize, style: ChartStyle
) -> None:
    """Paint the pictures of a column's tiles.

    Args:
        cells: Where to.
        place: Where its tiles are.
        column: What is known of the units in sight.
        tile: The size of a tile.
        style: How it is coloured.
    """
    shape = (place.count, 2 * tile.picture_rows, tile.picture_columns)
    if not tile.picture_rows or not place.count or column.tiles.shape != shape:
        return
    rows = np.array(place.tops)[:, None] + np.arange(tile.picture_rows)
    columns = slice(place.left, place.left + tile.picture_columns)
    upper, lower = column.tiles[:, 0::2], column.tiles[:, 1::2]
    if style.is_textured:
        # A silenced neuron's picture is left out: there is no quieter way to show it.
        characters = texture(_joined(upper, lower))
        cells.characters[rows, columns] = np.where(column.silenced[:, None, None], " ", characters)
        return
    table = _tables(style)
    is_silenced = column.silenced.astype(np.intp)[:, None, None]
    above = table[is_silenced, upper.astype(np.intp) + TILE_LEVELS]
    below = table[is_silenced, lower.astype(np.intp) + TILE_LEVELS]
    is_equal = above == below
    cells.characters[rows, columns] = np.where(is_equal, " ", HALF_BLOCK)
    cells.foreground[rows, columns] = np.where(is_equal, NO_COLOR, above)
    cells.background[rows, columns] = below


def _joined(upper: NDArray[np.int8], lower: NDArray[np.int8]) -> NDArray[np.int8]:
    """Make one level of the two of a cell, towards the outside: small ones stay visible."""
    total = upper.astype(np.int16) + lower
    return (np.sign(total) * ((np.abs(total) + 1) // 2)).astype(np.int8)


@lru_cache(maxsize=8)
def _tables(style: ChartStyle) -> NDArray[np.int32]:
    """Return the colours of levels, and those of silenced neurons."""
    colours = signed_colours(style)
    quiet = [mix(colour, style.background, _QUIET) for colour in colours.tolist()]
    return np.stack([colours, np.array(quiet, np.int32)])


def paint_bars(
    cells: Cells, place: ColumnPlace, column: Column, tile: TileSize, style: ChartStyle
) -> None:
    """Draw beside each picture how active the neuron is, compared with the most active one.

    Args:
        cells: Where to.
        place: Where the tiles are.
        column: What is known of the units in sight.
        tile: The size of a tile; the bar of one without a picture stands at the end of its line.
        style: How it is coloured.
    """
    if not place.count:
        return
    height = max(tile.picture_rows, 1)
    at = place.left + tile.columns - 1
    filled = np.rint(_shares(column) * 8 * height).astype(np.intp)
    from_below = 8 * np.arange(height)[::-1]
    eighths = np.clip(filled[:, None] - from_below, 0, 8)
    rows = np.array(place.tops)[:, None] + np.arange(height)
    cells.characters[rows, at] = _EIGHTHS[eighths]
    cells.foreground[rows, at] = style.axis_colour
    if style.mode == "colour":
        cells.background[rows, at] = mix(style.background, style.foreground, 0.13)


def _shares(column: Column) -> NDArray[np.float64]:
    """Return the activities as shares of the largest; 0 where nothing is known."""
    activities = np.nan_to_num(column.activities, nan=0.0, posinf=0.0)
    largest = float(activities.max(initial=0.0))
    shares = activities / largest if largest > 0 else np.zeros_like(activities)
    # A neuron that passes on nothing has no share in what the network does.
    return np.where(column.silenced, 0.0, shares)


def write_states(
    cells: Cells, place: ColumnPlace, column: Column, tile: TileSize, style: ChartStyle
) -> None:
    """Write on the pictures of dead neurons that they are, and cross silenced ones out."""
    if not tile.picture_rows:
        return
    colour = style.foreground if style.mode == "colour" else NO_COLOR
    for index in np.flatnonzero(column.dead | column.silenced).tolist():
        text = SILENCED if column.silenced[index] else DEAD
        if len(text) > tile.picture_columns:
            continue
        row = place.tops[index] + (tile.picture_rows - 1) // 2
        start = place.left + (tile.picture_columns - len(text)) // 2
        letter(cells, row, start, text, colour)
        cells.bold[row, start : start + len(text)] = True
