"""What is said below the picture of a layer's space: its axes, and what a reader has to know."""

import textwrap

from nntui.charts.plane import caption
from nntui.charts.text import text_width

_LEAST_ROWS_OF_PICTURE = 14
"""A lower picture has no line of its own for what its axes show."""

_BESIDE_CAPTION, _BESIDE_CAPTION_AND_SCALE = 9, 18
"""How many columns the labels of the vertical axis, and a colour bar, may take."""


def caption_fits(labels: tuple[str, str], rows: int, columns: int, *, has_scale: bool) -> bool:
    """Tell whether a picture can say by itself what both its axes show.

    Args:
        labels: What the horizontal and the vertical axis show; empty for nothing.
        rows: The height of the picture, in cells.
        columns: Its width.
        has_scale: Whether a colour bar stands beside it.
    """
    room = columns - (_BESIDE_CAPTION_AND_SCALE if has_scale else _BESIDE_CAPTION)
    return rows >= _LEAST_ROWS_OF_PICTURE and caption(*labels, room) == _whole(labels)


def axis_lines(labels: tuple[str, str], room: int) -> list[str]:
    """Say what the axes show: in a line if so many cells are enough, else in one for each.

    Example:
        >>> axis_lines(("neuron 1", "neuron 2"), 24), axis_lines(("neuron 1", "neuron 2"), 20)
        (['→ neuron 1   ↑ neuron 2'], ['→ neuron 1', '↑ neuron 2'])
    """
    whole = _whole(labels)
    if text_width(whole) <= room:
        return [whole] if whole else []
    return [text for text in (_whole((labels[0], "")), _whole(("", labels[1]))) if text]


def note_lines(note: str, room: int, most: int) -> list[str]:
    """Break a note into at most so many lines; one that goes on ends in an ellipsis."""
    if most <= 0:
        return []
    return textwrap.wrap(note, max(room, 2), max_lines=most, placeholder=" …")


def _whole(labels: tuple[str, str]) -> str:
    """Write a caption without cutting anything."""
    return caption(*labels, 2 * sum(map(text_width, labels)) + len(labels) * 4)
