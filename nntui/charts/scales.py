"""Which values the colours of a field stand for, and the bar that says so."""

from nntui.charts.axes import Axes, ValueScale, spread
from nntui.charts.cells import Cells
from nntui.charts.glyphs import DENSITIES
from nntui.charts.palette import VALUE_LEVELS, value_colours
from nntui.charts.picture import HALF_BLOCK
from nntui.charts.style import ChartStyle
from nntui.charts.text import write
from nntui.charts.ticks import nice_ticks

_PARTS = 4


def value_scale(low: float, high: float) -> ValueScale:
    """Choose the values of the first and the last colour.

    Where values lie on both sides of 0, the middle colour stands for 0: the colour then tells the
    sign. Otherwise it stands for the middle of the values.

    Args:
        low: The smallest value that has to be told from the others.
        high: The largest.
    """
    low, high = spread((low, high))
    if low < 0 < high:
        high = max(-low, high)
        low = -high
    return ValueScale(low, high, nice_ticks(low, high, _PARTS))


def draw_scale(cells: Cells, axes: Axes, style: ChartStyle) -> None:
    """Draw the colour bar to the right of the canvas, if the picture has one.

    Args:
        cells: The picture.
        axes: Its geometry.
        style: How it is coloured.
    """
    scale, canvas = axes.value_scale, axes.canvas
    if scale is None:
        return
    left = canvas.left + canvas.columns + 1
    colours = value_colours(style).tolist()
    pixels = 2 * canvas.rows
    for row in range(canvas.rows):
        upper, lower = (
            1 - (pixel + 0.5) / pixels for pixel in (2 * row, 2 * row + 1)
        )  # their places on the scale, 0 to 1
        for column in (left, left + 1):
            if style.is_textured:
                cells.characters[row, column] = DENSITIES[int(lower * len(DENSITIES))]
                continue
            cells.characters[row, column] = HALF_BLOCK
            cells.foreground[row, column] = colours[int(upper * VALUE_LEVELS)]
            cells.background[row, column] = colours[int(lower * VALUE_LEVELS)]
    for tick in scale.ticks:
        share = (scale.high - tick.value) / (scale.high - scale.low)
        row = min(max(int(share * canvas.rows), 0), canvas.rows - 1)
        write(cells, row, left + 3, tick.label, style.axis_colour)
