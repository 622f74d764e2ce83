"""Where the parts of the neuron's pane stand, on a pane of any size."""

from dataclasses import dataclass
from functools import lru_cache

from nntui.ui.layout import Place

_WIDE, _LEAST_ROWS_OF_WIDE = 66, 14
_LEAST_COLUMNS, _LEAST_ROWS = 26, 8
_COLUMNS_BESIDE_PICTURE = 24
"""What a histogram of all ranges needs beside the picture."""

_WORDS = 5
_HISTOGRAM_ROWS = 2
_GAP = 1
_LEAST_LIST_ROWS = 4
_LARGEST_PICTURE, _SMALL_PICTURE, _LOW_PICTURE, _SMALLEST_PICTURE = 7, 5, 4, 3
_HIGH, _LOW = 16, 10

NO_PLACE = Place(0, 0, 0, 0)


@dataclass(frozen=True)
class NeuronLayout:
    """The parts of the pane; one without rows has no room.

    Attributes:
        picture: What the neuron answers over the plane; its cells are half as wide as high.
        words: Its bias, its mean and the like, line by line.
        histogram: How often it answers what; its labels stand in the last line.
        weights: The list of its weights; the headings stand in the first line.
    """

    picture: Place
    words: Place
    histogram: Place
    weights: Place


@lru_cache(maxsize=16)
def neuron_layout(rows: int, columns: int) -> NeuronLayout:
    """Divide a pane.

    Args:
        rows: The height inside the frame.
        columns: The width.
    """
    if columns >= _WIDE and rows >= _LEAST_ROWS_OF_WIDE:
        return _side_by_side(rows, columns)
    if columns < _LEAST_COLUMNS or rows < _LEAST_ROWS:
        words = min(2, rows - 1) if rows > _LEAST_LIST_ROWS else 0
        return NeuronLayout(
            NO_PLACE,
            Place(0, 0, columns, words),
            NO_PLACE,
            Place(0, words, columns, max(rows - words, 0)),
        )
    return _one_below_the_other(rows, columns)


def _side_by_side(rows: int, columns: int) -> NeuronLayout:
    """Put everything but the list to the left."""
    below = _WORDS + _HISTOGRAM_ROWS + 3
    picture_rows = min(rows - below, (columns // 2 - 2) // 2)
    left = max(2 * picture_rows, _COLUMNS_BESIDE_PICTURE + 4)
    histogram = picture_rows + _WORDS + _GAP
    return NeuronLayout(
        Place(0, 0, 2 * picture_rows, picture_rows),
        Place(0, picture_rows, left, _WORDS),
        Place(0, histogram, left, min(rows - histogram, 2 * _HISTOGRAM_ROWS + 1)),
        Place(left + 3, 0, columns - left - 3, rows),
    )


def _one_below_the_other(rows: int, columns: int) -> NeuronLayout:
    """Put the picture and the words beside it above the list."""
    picture_rows = _SMALLEST_PICTURE if rows < _LOW else _LOW_PICTURE
    if rows >= _HIGH:
        fits = columns >= 2 * _LARGEST_PICTURE + _GAP + _COLUMNS_BESIDE_PICTURE
        picture_rows = _LARGEST_PICTURE if fits else _SMALL_PICTURE
    left = 2 * picture_rows + _GAP
    beside = columns - left
    picture = Place(0, 0, 2 * picture_rows, picture_rows)
    if picture_rows == _LARGEST_PICTURE:
        words = Place(left, 0, beside, picture_rows - _HISTOGRAM_ROWS - 1)
        histogram = Place(left, words.rows, beside, _HISTOGRAM_ROWS + 1)
        top = picture_rows
    else:
        words = Place(left, 0, beside, picture_rows)
        height = _HISTOGRAM_ROWS + 1 if rows >= _HIGH else 0
        histogram = Place(0, picture_rows, columns, height)
        top = picture_rows + height
    return NeuronLayout(picture, words, histogram, Place(0, top, columns, rows - top))
