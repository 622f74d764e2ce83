import numpy as np
import pytest
from test_palette import EYES, least_distance, wcag_contrast

from nntui.charts.colours import luminance
from nntui.charts.palette import (
    HUES,
    LEVELS,
    VALUE_LEVELS,
    class_colour,
    class_shades,
    glyph_colours,
    value_colours,
)
from nntui.charts.palette_256 import MOST_DIVERGING, diverging_of_256
from nntui.charts.style import ChartStyle

STYLES = [
    ChartStyle(is_indexed=True),
    ChartStyle("colour", 0x1E1E2E, 0xE0E0E0, is_indexed=True),
    ChartStyle("colour", 0xFFFFFF, 0x000000, is_indexed=True),
]
PARTS = {0, 95, 135, 175, 215, 255}
"""Of xterm's cube."""


def is_of_256(colour):
    red, green, blue = colour >> 16 & 255, colour >> 8 & 255, colour & 255
    is_grey = red == green == blue and red % 10 == 8 and red <= 238
    return is_grey or {red, green, blue} <= PARTS


@pytest.mark.parametrize("style", STYLES)
def test_every_colour_is_one_that_the_terminal_has(style):
    colours = [*class_shades(style).ravel().tolist(), *value_colours(style).tolist()]
    colours += [class_colour(number, style) for number in range(HUES)]
    assert [f"{colour:06x}" for colour in colours if not is_of_256(colour)] == []


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("eye", EYES)
@pytest.mark.parametrize("level", range(LEVELS))
def test_the_first_three_classes_are_told_apart_in_every_shade_by_all_eyes(style, eye, level):
    # A just noticeable difference is about 2.3.
    assert least_distance(class_shades(style)[:3, level], eye) > 6


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("eye", EYES)
def test_classes_are_told_apart_where_the_network_is_sure(style, eye):
    assert least_distance(class_shades(style)[:3, -1], eye) > 14
    assert least_distance(class_shades(style)[:, -1], eye) > 7


@pytest.mark.parametrize("style", STYLES)
def test_shades_go_steadily_from_dark_to_light_or_back_and_can_be_told_apart(style):
    for shades in class_shades(style):
        lightness = [luminance(int(shade)) for shade in shades]
        assert lightness == sorted(lightness, reverse=not style.is_dark)
        kinds = sorted(set(shades.tolist()))
        assert len(kinds) >= 3
        assert least_distance(kinds, "normal") > 4


@pytest.mark.parametrize("style", STYLES)
def test_points_and_lines_are_seen(style):
    shades = class_shades(style).ravel()
    for number in range(HUES):
        glyphs = glyph_colours(number, shades, style)
        worst = min(wcag_contrast(int(g), int(s)) for g, s in zip(glyphs, shades, strict=True))
        assert worst >= 3
        assert wcag_contrast(class_colour(number, style), style.background) >= 3


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("eye", ["normal", "protanopia", "deuteranopia"])
def test_neighbouring_values_and_opposite_ones_are_told_apart(style, eye):
    colours = value_colours(style).tolist()
    assert len(colours) == len(set(colours)) == VALUE_LEVELS
    half = VALUE_LEVELS // 2
    for step in range(1, half + 1):
        assert least_distance([colours[half - step], colours[half + step]], eye) > 6


@pytest.mark.parametrize("is_dark", [True, False])
@pytest.mark.parametrize("count", [3, 15, MOST_DIVERGING])
def test_the_ends_of_diverging_colours_stay_whatever_their_count(is_dark, count):
    colours, all_of_them = (diverging_of_256(n, is_dark=is_dark) for n in (count, MOST_DIVERGING))
    assert len(colours) == count
    assert colours[0] == all_of_them[0]
    assert colours[-1] == all_of_them[-1]
    assert colours[count // 2] == all_of_them[MOST_DIVERGING // 2]
    assert np.isin(colours, all_of_them).all()
