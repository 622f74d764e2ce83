"""Colours of classes and values for terminals that have xterm's 256 and no others.

What is left of 24-bit colours there falls together, dark blue and dark green first. These are
chosen by hand, by their numbers; ``palette`` says what they have to fulfil, its tests see to it.
"""

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from nntui.charts.xterm import CUBE_START, FIXED_COLOURS

LADDERS_ON_DARK = (
    (17, 18, 19, 20, 26),  # blue
    (52, 94, 130, 166),  # orange
    (22, 23, 29),  # green
    (53, 90, 127, 133),  # magenta
    (58, 100, 142, 185),  # yellow
    (24, 31, 38, 81),  # sky
    (52, 88, 124, 160),  # red
    (54, 55, 57, 93),  # violet
    (95, 131, 137, 180),  # brown
    (239, 242, 245, 249),  # grey
)
"""The shades of each class, from undecided to certain."""

LADDERS_ON_LIGHT = (
    (189, 153, 117, 111, 75),
    (223, 215, 214, 208),
    (194, 158, 151, 115, 78),
    (225, 182, 176, 170),
    (230, 228, 221, 184),
    (195, 159, 123, 116),
    (187, 180, 179, 136),
    (183, 147, 105, 63),
    (224, 217, 174, 167),
    (254, 252, 249, 246),
)
"""The same on a light background."""

_MIDDLE_ON_DARK, _MIDDLE_ON_LIGHT = 235, 255
_BLUES_ON_DARK, _ORANGES_ON_DARK = (
    (17, 18, 24, 25, 26, 32, 33, 75),
    (52, 94, 130, 166, 172, 208, 214, 215),
)
_BLUES_ON_LIGHT, _ORANGES_ON_LIGHT = (
    (189, 153, 117, 111, 75, 32, 26, 25),
    (223, 222, 215, 214, 208, 172, 166, 130),
)
MOST_DIVERGING = 2 * len(_BLUES_ON_DARK) + 1


@lru_cache(maxsize=8)
def diverging_of_256(count: int, *, is_dark: bool) -> NDArray[np.int32]:
    """Return diverging colours: low is blue, high is orange, the middle nearly the background.

    Args:
        count: How many are wanted, odd, at most MOST_DIVERGING.
        is_dark: Whether the background is dark.

    Returns:
        0xRRGGBB, (count,).
    """
    blues, oranges = (
        (_BLUES_ON_DARK, _ORANGES_ON_DARK) if is_dark else (_BLUES_ON_LIGHT, _ORANGES_ON_LIGHT)
    )
    middle = _MIDDLE_ON_DARK if is_dark else _MIDDLE_ON_LIGHT
    # The outermost are always there: they stand for the ends of a scale.
    half = count // 2
    first = len(blues) - half
    numbers = [*blues[first:][::-1], middle, *oranges[first:]]
    return FIXED_COLOURS[np.array(numbers) - CUBE_START]
