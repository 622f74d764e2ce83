"""Small pictures of what neurons answer all over a plane."""

import numpy as np
from numpy.typing import NDArray

from nntui.anatomy.values import TILE_LEVELS
from nntui.engine.tape import Array

LARGEST = float(np.finfo(np.float32).max)


def tile_levels(answers: Array) -> tuple[NDArray[np.int8], NDArray[np.float64]]:
    """Cut answers into levels, as shares of each unit's largest.

    A level is answer / scale · TILE_LEVELS, rounded. What is not a number has level 0, what is
    infinite the outermost; a scale is the largest finite |answer|.

    Args:
        answers: (units, pixels), at least one pixel.

    Returns:
        The levels, (units, pixels), and the scales, (units,).
    """
    sizes = np.abs(answers)
    scales = sizes.max(axis=1).astype(np.float64)
    if not np.isfinite(scales).all():
        sizes = np.where(np.isfinite(sizes), sizes, 0.0)
        scales = sizes.max(axis=1).astype(np.float64)
        answers = np.nan_to_num(answers, nan=0.0)
    divisors = np.where(scales > 0.0, scales, 1.0)[:, np.newaxis]
    shares = np.clip(answers / divisors, -1.0, 1.0)
    return np.rint(shares * TILE_LEVELS).astype(np.int8), scales


def enlarged(pixels: Array, rows: int, columns: int) -> NDArray[np.float32]:
    """Bring a picture to a size by repeating its pixels.

    Args:
        pixels: (fewer or as many rows, fewer or as many columns), at least one of each.
        rows: How many rows there have to be.
        columns: How many columns.

    Returns:
        (rows, columns); what is too large for float32 becomes its largest number.
    """
    of_row = np.arange(rows) * len(pixels) // max(rows, 1)
    of_column = np.arange(columns) * pixels.shape[1] // max(columns, 1)
    if pixels.shape != (rows, columns):
        pixels = pixels[np.ix_(of_row, of_column)]
    return np.clip(pixels, -LARGEST, LARGEST).astype(np.float32)
