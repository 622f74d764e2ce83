"""What pictures of the plane have in common: options, half blocks, textures, the crosshair."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nntui.charts.axes import Area, Axes, centres
from nntui.charts.cells import NO_COLOR, Cells
from nntui.charts.colours import contrast
from nntui.charts.style import ChartStyle

HALF_BLOCK = "▀"
CROSS, ARM_ACROSS, ARM_DOWN = "┼", "─", "│"


@dataclass(frozen=True, eq=False)
class PictureOptions:
    """What is drawn and how.

    Attributes:
        show_test: Whether test points are drawn.
        shaded: Whether areas are shaded by confidence; otherwise each class has one colour.
        mistakes: Which points are given a wrong class and have to be marked, (points,); None: none.
        crosshair: The place that is read, in the data's own units; None: none.
    """

    show_test: bool = True
    shaded: bool = True
    mistakes: NDArray[np.bool_] | None = None
    crosshair: tuple[float, float] | None = None


DEFAULT_OPTIONS = PictureOptions()


def canvas_of(cells: Cells, axes: Axes) -> Cells:
    """Return the cells inside the axes: a view, drawing into it draws into the picture."""
    canvas = axes.canvas
    place = (
        slice(canvas.top, canvas.top + canvas.rows),
        slice(canvas.left, canvas.left + canvas.columns),
    )
    return Cells(
        characters=cells.characters[place],
        foreground=cells.foreground[place],
        background=cells.background[place],
        bold=cells.bold[place],
    )


def fitted(field: NDArray[np.int32], area: Area, axes: Axes, unknown: int) -> NDArray[np.int32]:
    """Bring an answer to the pixels of a picture that it may not have been made for.

    For a moment after a change of size there are only answers to the earlier question. Each pixel
    then gets what was answered at the nearest place.

    Args:
        field: One number a pixel, the highest row first.
        area: The part of the plane that it belongs to.
        axes: The picture.
        unknown: The number for pixels outside of that part.

    Returns:
        (pixel rows, pixel columns) of the picture.
    """
    shape = (axes.pixel_rows, axes.pixel_columns)
    if field.shape == shape and area == axes.area:
        return field
    result = np.full(shape, unknown, np.int32)
    if field.size == 0 or not (area.width > 0 and area.height > 0):
        return result
    rows, columns = field.shape
    own = axes.area
    x = (centres(own.x_low, own.x_high, shape[1]) - area.x_low) * (columns / area.width)
    y = (area.y_high - centres(own.y_low, own.y_high, shape[0])[::-1]) * (rows / area.height)
    x_inside, y_inside = (x >= 0) & (x < columns), (y >= 0) & (y < rows)
    chosen = field[y[y_inside].astype(np.intp)][:, x[x_inside].astype(np.intp)]
    result[np.ix_(y_inside, x_inside)] = chosen
    return result


def paint_half_blocks(pixels: NDArray[np.int32], canvas: Cells) -> None:
    """Fill a canvas with two pixels a cell: the upper one as text colour, the lower one behind.

    Args:
        pixels: 0xRRGGBB or NO_COLOR, (2 · rows, columns).
        canvas: Where to; all of it is filled.
    """
    upper, lower = pixels[0::2], pixels[1::2]
    # Two equal halves are a space: shorter on a slow link, and one colour less to change.
    is_equal = upper == lower
    canvas.characters[:] = np.where(is_equal, " ", HALF_BLOCK)
    canvas.foreground[:] = np.where(is_equal, NO_COLOR, upper)
    canvas.background[:] = lower


def draw_crosshair(cells: Cells, axes: Axes, style: ChartStyle, place: tuple[float, float]) -> None:
    """Mark a place with a cross that leaves most of the picture as it is.

    Args:
        cells: The picture; only characters on the canvas are changed, and their colours.
        axes: Its geometry.
        style: How it is coloured.
        place: In the data's own units.
    """
    column, row = axes.column_of(place[0]), axes.row_of(place[1])
    arms = [(row, column + d, ARM_ACROSS) for d in (-3, -2, -1, 1, 2, 3)]
    arms += [(row + d, column, ARM_DOWN) for d in (-2, -1, 1, 2)]
    for r, c, character in [*arms, (row, column, CROSS)]:
        if axes.contains(c, r):
            cells.characters[r, c] = character
            cells.foreground[r, c] = _contrasting(int(cells.background[r, c]), style)
            cells.bold[r, c] = True


def _contrasting(background: int, style: ChartStyle) -> int:
    """Return black or white, whichever is seen on an area, or no colour where there are none."""
    if style.is_textured:
        return NO_COLOR
    if background == NO_COLOR:
        return style.strong_colour
    return max(0xFFFFFF, 0x000000, key=lambda colour: contrast(background, colour))
