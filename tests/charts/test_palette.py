import numpy as np
import pytest

from nntui.charts.colours import contrast, luminance, mix, ramp
from nntui.charts.palette import (
    HUES,
    LEVELS,
    class_colour,
    class_shades,
    fitted_colour,
    glyph_colours,
    mistake_colours,
    series_colours,
)
from nntui.charts.style import ChartStyle

STYLES = [
    ChartStyle(),
    ChartStyle(background=0x1E1E2E),
    ChartStyle(background=0xFFFFFF, foreground=0x000000),
    ChartStyle(background=0xF5EFE0, foreground=0x202020),
]

# Machado, Oliveira and Fernandes 2009, severity 1.0, for linear RGB.
EYES = {
    "normal": np.eye(3),
    "protanopia": np.array(
        [
            [0.152286, 1.052583, -0.204868],
            [0.114503, 0.786281, 0.099216],
            [-0.003882, -0.048116, 1.051998],
        ]
    ),
    "deuteranopia": np.array(
        [
            [0.367322, 0.860646, -0.227968],
            [0.280085, 0.672501, 0.047413],
            [-0.011820, 0.042940, 0.968881],
        ]
    ),
    "tritanopia": np.array(
        [
            [1.255528, -0.076749, -0.178779],
            [-0.078411, 0.930809, 0.147602],
            [0.004733, 0.691367, 0.303900],
        ]
    ),
}


def linear(colour):
    shares = np.array([colour >> 16 & 255, colour >> 8 & 255, colour & 255]) / 255
    return np.where(shares <= 0.04045, shares / 12.92, ((shares + 0.055) / 1.055) ** 2.4)


def wcag_contrast(one, other):
    low, high = sorted(float(linear(c) @ [0.2126, 0.7152, 0.0722]) for c in (one, other))
    return (high + 0.05) / (low + 0.05)


def lab(colour, eye):
    """CIELAB under D65, as these eyes see it."""
    matrix = np.array(
        [[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]]
    )
    seen = np.clip(EYES[eye] @ linear(colour), 0, 1)
    x, y, z = (
        t ** (1 / 3) if t > 216 / 24389 else (24389 / 27 * t + 16) / 116
        for t in matrix @ seen / [0.95047, 1, 1.08883]
    )
    return np.array([116 * y - 16, 500 * (x - y), 200 * (y - z)])


def least_distance(colours, eye):
    seen = [lab(int(colour), eye) for colour in colours]
    return min(np.linalg.norm(a - b) for i, a in enumerate(seen) for b in seen[:i])


def test_contrast_is_that_of_wcag():
    assert contrast(0xFFFFFF, 0x000000) == pytest.approx(21)
    assert contrast(0x777777, 0xFFFFFF) == pytest.approx(4.48, abs=0.01)
    assert luminance(0xFF0000) == pytest.approx(0.2126, abs=1e-4)


def test_colours_are_mixed_channel_by_channel():
    assert mix(0x000000, 0xFF8000, 0.5) == 0x804000
    assert ramp([0x000000, 0x0000FF, 0xFF0000], 5).tolist() == [
        0x000000, 0x000080, 0x0000FF, 0x800080, 0xFF0000,
    ]  # fmt: skip


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("eye", EYES)
def test_the_first_three_classes_are_told_apart_by_all_eyes_where_the_network_is_sure(style, eye):
    # A just noticeable difference is about 2.3.
    assert least_distance(class_shades(style)[:3, -1], eye) > 18


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("eye", EYES)
@pytest.mark.parametrize("level", range(LEVELS))
def test_the_first_three_classes_are_told_apart_in_every_shade(style, eye, level):
    assert least_distance(class_shades(style)[:3, level], eye) > 4.6


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("eye", EYES)
def test_all_ten_classes_are_told_apart_where_the_network_is_sure(style, eye):
    assert least_distance(class_shades(style)[:, -1], eye) > 9


@pytest.mark.parametrize("style", STYLES)
def test_shades_move_steadily_away_from_the_background(style):
    for shades in class_shades(style):
        distances = [contrast(int(shade), style.background) for shade in shades]
        assert distances == sorted(distances)
        assert len(set(shades.tolist())) == LEVELS


@pytest.mark.parametrize("style", STYLES)
def test_points_are_seen_on_every_shade_of_every_class(style):
    shades = class_shades(style).ravel()
    for number in range(HUES):
        glyphs = glyph_colours(number, shades, style)
        worst = min(wcag_contrast(int(g), int(s)) for g, s in zip(glyphs, shades, strict=True))
        assert worst >= 3


@pytest.mark.parametrize("style", STYLES)
def test_points_of_the_first_four_classes_are_light_on_dark_or_dark_on_light_throughout(style):
    shades = class_shades(style)[:4].ravel()
    for number in range(4):
        for colour in glyph_colours(number, shades, style).tolist():
            assert (luminance(colour) > 0.5) == style.is_dark


@pytest.mark.parametrize("style", STYLES)
def test_lines_and_marks_are_seen(style):
    for number in range(HUES):
        assert wcag_contrast(class_colour(number, style), style.background) >= 3
    for colour in series_colours(style):
        assert wcag_contrast(colour, style.background) >= 4.5
    assert wcag_contrast(fitted_colour(style), style.background) >= 3.4
    text, behind = mistake_colours(style)
    assert wcag_contrast(text, behind) >= 4.5
    assert all(wcag_contrast(behind, int(shade)) > 2 for shade in class_shades(style)[:4].ravel())


@pytest.mark.parametrize("background", [0x000000, 0xFFFFFF])
def test_sixteen_colours_are_those_of_the_terminal(background):
    style = ChartStyle("sixteen", background)
    parts = {0x00, 0x55, 0xAA, 0xFF}
    for colour in class_shades(style)[:, -1].tolist():
        assert {colour >> 16 & 255, colour >> 8 & 255, colour & 255} <= parts
    assert len(set(class_shades(style)[:, -1].tolist())) == HUES
