"""One character a class: for points, for areas without colour, and for legends.

All are one cell wide in terminals that follow Unicode's widths, and none of them has an emoji
form that a terminal could draw in their place, two cells wide.
"""

import numpy as np
from numpy.typing import NDArray

_TRAIN = "●▲■◆★▼►◄✦✚"
_TEST = "○△□◇☆▽▷◁✧✛"
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"

TRAIN_MISTAKE = "X"
"""A training point that is given a wrong class, where colour cannot say so."""
TEST_MISTAKE = "x"
"""A test point that is given a wrong class, where colour cannot say so."""

TRAIN_VALUE = "◉"
TEST_VALUE = "○"

TEXTURES = "·░╱─│╲┼~▒^"
"""What areas of a class are filled with where there are no colours."""

DENSITIES = " ·:-=+*#%@"
"""From the lowest to the highest value, where there are no colours."""


def _all_glyphs() -> NDArray[np.str_]:
    """Return the glyphs of training points and of test points, (2, classes)."""
    return np.array([list(_TRAIN + _LETTERS), list(_TEST + _LETTERS.lower())], "U1")


GLYPHS = _all_glyphs()
"""Filled for training points (row 0) and hollow for test points (row 1), one a class. Beyond ten
classes they are letters: capitals for training points, small ones for test points."""


def class_glyph(class_number: int, *, is_test: bool = False) -> str:
    """Return the glyph of a class's points; with very many classes they come again.

    Args:
        class_number: The class, counted from 0.
        is_test: Whether it is the glyph of test points.
    """
    return str(GLYPHS[int(is_test), class_number % GLYPHS.shape[1]])


def glyphs_of(classes: NDArray[np.intp], is_test: NDArray[np.bool_]) -> NDArray[np.str_]:
    """Return the glyph of each point, (points,)."""
    return GLYPHS[is_test.astype(np.intp), classes % GLYPHS.shape[1]]
