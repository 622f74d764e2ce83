"""Colours of classes and values, chosen so that colour-blind eyes can tell them apart.

The hues were sought with the simulation of colour blindness of Machado, Oliveira and Fernandes
("A Physiologically-based Model for Simulation of Color Vision Deficiency", 2009) such that the
first few, which most data sets need, lie furthest apart. Classes differ in lightness as well.
"""

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from nntui.charts.cells import NO_COLOR
from nntui.charts.colours import contrast, mix, ramp
from nntui.charts.palette_256 import LADDERS_ON_DARK, LADDERS_ON_LIGHT, diverging_of_256
from nntui.charts.style import ChartStyle
from nntui.charts.xterm import CUBE_START, FIXED_COLOURS, nearest_of_256

LEVELS = 8
"""Shades a class: from undecided (0) to certain."""

VALUE_LEVELS = 17
"""Colours of a field of values; odd, so that the middle has one of its own."""

_DARK_HUES = (0x3D63E8, 0xCC6C06, 0x049873, 0xAB41A1, 0xE7D36E,
              0x55CAF7, 0x9D0012, 0x6437B5, 0x845B42, 0xA9AEB7)  # fmt: skip
_LIGHT_HUES = (0x62A8FA, 0xF59A30, 0x8ADBA8, 0xC98FC4, 0xF5E52E,
               0x7CE4F5, 0xB38952, 0x7087FE, 0xC97F79, 0xB5BAC4)  # fmt: skip
HUES = len(_DARK_HUES)
"""How many classes have a colour of their own; beyond, colours come again."""

# The 16 colours that most terminals show, in xterm's older values, which rich knows by name.
_SIXTEEN_DARK = (0x5555FF, 0xFFFF55, 0x00AA00, 0xFF55FF, 0x55FFFF,
                 0xFF5555, 0xFFFFFF, 0x55FF55, 0xAA5500, 0xAAAAAA)  # fmt: skip
_SIXTEEN_LIGHT = (0x0000AA, 0xAA5500, 0x00AA00, 0xAA00AA, 0x00AAAA,
                  0xAA0000, 0x000000, 0x5555FF, 0xFF5555, 0x555555)  # fmt: skip

_LEAST_SHARE = 0.3
_TINT = 0.92
_LINE_CONTRAST_ON_DARK, _LINE_CONTRAST_ON_LIGHT = 4.5, 3.4

_GLYPH_CONTRAST = 3.0
"""What WCAG asks of signs that are not text (1.4.11)."""


def _hues(style: ChartStyle) -> tuple[int, ...]:
    if style.mode == "sixteen":
        return _SIXTEEN_DARK if style.is_dark else _SIXTEEN_LIGHT
    return _DARK_HUES if style.is_dark else _LIGHT_HUES


@lru_cache(maxsize=8)
def class_shades(style: ChartStyle) -> NDArray[np.int32]:
    """Return the colours of the classes' areas, (HUES, LEVELS), from undecided to certain."""
    if style.is_indexed:
        ladders = LADDERS_ON_DARK if style.is_dark else LADDERS_ON_LIGHT
        numbers = [[ladder[level * len(ladder) // LEVELS] for level in range(LEVELS)]
                   for ladder in ladders]  # fmt: skip
        return FIXED_COLOURS[np.array(numbers) - CUBE_START]
    shares = np.linspace(_LEAST_SHARE, 1, LEVELS)
    return np.array(
        [[mix(style.background, hue, share) for share in shares] for hue in _hues(style)], np.int32
    )


def class_colour(class_number: int, style: ChartStyle) -> int:
    """Return the colour that text and lines of a class have on the background."""
    if style.mode == "plain":
        return NO_COLOR
    if style.mode == "sixteen":
        return _hues(style)[class_number % HUES]
    colour = readable(_DARK_HUES[class_number % HUES], style)
    return nearest_of_256(colour) if style.is_indexed else colour


@lru_cache(maxsize=256)
def readable(colour: int, style: ChartStyle) -> int:
    """Move a colour towards white or black until it can be read on the background."""
    end = 0xFFFFFF if style.is_dark else 0x000000
    least = _LINE_CONTRAST_ON_DARK if style.is_dark else _LINE_CONTRAST_ON_LIGHT
    shares = (step / 10 for step in range(11))
    moved = (mix(colour, end, share) for share in shares)
    return next((c for c in moved if contrast(c, style.background) >= least), end)


def glyph_colours(
    class_number: int, backgrounds: NDArray[np.int32], style: ChartStyle
) -> NDArray[np.int32]:
    """Return the colours in which a class's points stand out from some areas.

    They are nearly white on a dark background and nearly black on a light one, with a touch of
    the class's hue; on areas where that could not be seen they are the other way about.

    Args:
        class_number: The class of the points.
        backgrounds: The colours of the areas, (areas,).
        style: How pictures are coloured.
    """
    hue = _hues(style)[class_number % HUES]
    light, dark = mix(hue, 0xFFFFFF, _TINT), mix(hue, 0x000000, _TINT)
    usual, other = (light, dark) if style.is_dark else (dark, light)
    chosen = [
        usual if contrast(usual, colour) >= min(_GLYPH_CONTRAST, contrast(other, colour)) else other
        for colour in backgrounds.tolist()
    ]
    return np.array(chosen, np.int32)


@lru_cache(maxsize=8)
def value_colours(style: ChartStyle) -> NDArray[np.int32]:
    """Return the diverging colours of values, (VALUE_LEVELS,): low is blue, high is orange.

    The middle is nearly the background, so that both ends stand out from it.
    """
    if style.is_indexed:
        return diverging_of_256(VALUE_LEVELS, is_dark=style.is_dark)
    if style.is_dark:
        ends = [0x6FB4FF, 0x1C5FC4, 0x2A2C33, 0xB95A08, 0xFFB04A]
    else:
        ends = [0x0B4FA8, 0x7DB4EE, 0xF7F6F3, 0xF7AC5C, 0xA34A00]
    return ramp(ends, VALUE_LEVELS)


def mistake_colours(style: ChartStyle) -> tuple[int, int]:
    """Return the colours, of the glyph and behind it, of points that are given a wrong class.

    They turn light and dark about, which is seen without any sense for hues. Of 16 colours none
    but theirs is ever behind a glyph.
    """
    if style.mode == "plain":
        return NO_COLOR, NO_COLOR
    if style.mode == "sixteen":
        return 0xFFFFFF, 0xAA0000
    return (0xC00020, 0xFFFFFF) if style.is_dark else (0xFF7A7A, 0x1A1A1A)


def series_colours(style: ChartStyle) -> tuple[int, int]:
    """Return the colours of the training points' and the test points' figures."""
    if style.mode == "plain":
        return NO_COLOR, NO_COLOR
    if style.mode == "sixteen":
        return (0x55FFFF, 0xFFFF55) if style.is_dark else (0x0000AA, 0xAA5500)
    train, test = (0x52BDF2, 0xFFB454) if style.is_dark else (0x0B6BB5, 0xA85200)
    return readable(train, style), readable(test, style)


def fitted_colour(style: ChartStyle) -> int:
    """Return the colour of a fitted curve, which stands out from its points."""
    if style.mode == "plain":
        return NO_COLOR
    if style.mode == "sixteen":
        return 0xFFFF55 if style.is_dark else 0xAA0000
    return 0xFFA23E if style.is_dark else 0xC24A00
