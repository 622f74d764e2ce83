"""A histogram of block characters."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from nntui.charts.cells import Cells

_BLOCKS = np.array([*" ▁▂▃▄▅▆▇█"], "U1")
_PARTS = 8


def draw_histogram(counts: NDArray[np.integer[Any]], rows: int, columns: int, colour: int) -> Cells:
    """Draw how often numbers lie within equally wide ranges, the most frequent in full height.

    Every range is equally wide; neighbours are taken together where there is no room for all.

    Args:
        counts: How often, (ranges,).
        rows: The height, in cells.
        columns: The width, in cells, from the first range to the last; what is left stays blank.
        colour: 0xRRGGBB or NO_COLOR.

    Returns:
        Cells of (rows, columns).
    """
    rows, columns = max(rows, 0), max(columns, 0)
    cells = Cells.blank(rows, columns)
    width = histogram_width(len(counts), columns)
    if not rows or not width:
        return cells
    together = -(-len(counts) // columns)
    heights = np.add.reduceat(counts, np.arange(0, len(counts), together))
    most = max(int(heights.max()), 1)
    eighths = np.ceil(heights * (rows * _PARTS / most)).astype(np.intp)
    eighths = np.repeat(eighths, width // len(heights))
    below = (rows - 1 - np.arange(rows))[:, np.newaxis] * _PARTS
    cells.characters[:, :width] = _BLOCKS[np.clip(eighths - below, 0, _PARTS)]
    cells.foreground[:, :width] = colour
    return cells


def histogram_width(ranges: int, columns: int) -> int:
    """Return how many of some columns a histogram of so many ranges fills."""
    if not ranges or columns <= 0:
        return 0
    bars = -(-ranges // -(-ranges // columns))
    return columns // bars * bars
