import numpy as np
import pytest

from nntui.charts.axes import Area
from nntui.charts.cells import NO_COLOR
from nntui.charts.colours import channels, luminance
from nntui.charts.palette import VALUE_LEVELS, value_colours
from nntui.charts.plane import plane_axes
from nntui.charts.points import Points
from nntui.charts.scales import value_scale
from nntui.charts.style import ChartStyle
from nntui.charts.value_field import ValueField, draw_values, levels_of

DARK = ChartStyle()
LIGHT = ChartStyle(background=0xFFFFFF, foreground=0x000000)
PLAIN = ChartStyle("plain")
UNIT = Area(-1, 1, -1, 1)
SCALE = value_scale(-1, 1)


def even_field(axes, value):
    return ValueField(axes.area, np.full((axes.pixel_rows, axes.pixel_columns), value, np.float32))


def one_point(target):
    return Points(np.zeros(1), np.zeros(1), np.array([target]), np.zeros(1, bool))


def background(cells, axes):
    return int(cells.background[axes.row_of(0.5), axes.column_of(0.5)])


@pytest.mark.parametrize("style", [DARK, LIGHT])
def test_below_the_middle_is_blue_and_above_is_orange(style):
    axes = plane_axes(58, 30, UNIT, scale=SCALE)
    for value in (0.2, 0.5, 1.0, 7.0):
        red, _, blue = channels(
            background(draw_values(even_field(axes, value), Points.none(), axes, style), axes)
        )
        assert red > blue
        red, _, blue = channels(
            background(draw_values(even_field(axes, -value), Points.none(), axes, style), axes)
        )
        assert blue > red


@pytest.mark.parametrize("style", [DARK, LIGHT])
def test_the_colours_move_away_from_the_background_on_both_sides(style):
    light = [luminance(int(colour)) for colour in value_colours(style)]
    sign = 1 if style.is_dark else -1
    middle = VALUE_LEVELS // 2
    assert np.all(sign * np.diff(light[middle:]) > 0)
    assert np.all(sign * np.diff(light[: middle + 1]) < 0)


@pytest.mark.parametrize(
    "low, high, expected",
    [
        (-1, 3, (-3, 3)),
        (-5, 2, (-5, 5)),
        (2, 4, (2, 4)),
        (-4, -2, (-4, -2)),
        (3, 3, (2.5, 3.5)),
        (4, 2, (2, 4)),
    ],
)
def test_zero_is_in_the_middle_where_values_have_both_signs(low, high, expected):
    scale = value_scale(low, high)
    assert (scale.low, scale.high) == expected


@pytest.mark.parametrize("low, high", [(np.nan, 1), (-np.inf, np.inf)])
def test_a_scale_without_numbers_is_still_a_scale(low, high):
    scale = value_scale(low, high)
    assert scale.low < scale.high


def test_values_beyond_the_scale_have_its_end_and_nan_has_none():
    values = np.array([-np.inf, -9, -1, 0, 1, 9, np.inf, np.nan])
    assert levels_of(values, SCALE, 5).tolist() == [0, 0, 0, 2, 4, 4, 4, 5]


def test_a_field_of_nan_is_empty():
    axes = plane_axes(58, 30, UNIT, scale=SCALE)
    cells = draw_values(even_field(axes, np.nan), Points.none(), axes, DARK)
    assert background(cells, axes) == NO_COLOR


def test_a_point_has_the_colour_that_the_field_would_have_for_its_target():
    axes = plane_axes(58, 30, UNIT, scale=SCALE)
    for target in (-0.8, 0.1, 0.9):
        cells = draw_values(even_field(axes, target), one_point(target), axes, DARK)
        row, column = axes.row_of(0), axes.column_of(0)
        assert cells.background[row, column] == background(cells, axes)
        assert cells.characters[row, column] == "◉"


def test_the_colour_bar_goes_from_the_lowest_value_at_the_bottom_to_the_highest():
    axes = plane_axes(58, 30, UNIT, scale=SCALE)
    cells = draw_values(None, Points.none(), axes, DARK)
    bar = axes.canvas.left + axes.canvas.columns + 1
    colours = value_colours(DARK)
    assert cells.foreground[0, bar] == colours[-1]
    assert cells.background[axes.canvas.rows - 1, bar] == colours[0]
    labels = {line[bar + 2 :].strip() for line in cells.text()} - {""}
    assert labels == {tick.label for tick in SCALE.ticks}


def test_without_colour_higher_values_are_denser():
    axes = plane_axes(58, 30, UNIT, scale=SCALE)
    seen = [
        draw_values(even_field(axes, value), Points.none(), axes, PLAIN).characters[5, 30]
        for value in (-0.95, -0.3, 0.3, 0.95)
    ]
    assert len(set(seen)) == 4
    assert seen[0] == " "
    assert seen[-1] == "@"


def test_the_field_is_not_upside_down():
    axes = plane_axes(58, 30, UNIT, scale=SCALE)
    values = np.full((axes.pixel_rows, axes.pixel_columns), -1, np.float32)
    values[0] = 1
    cells = draw_values(ValueField(axes.area, values), Points.none(), axes, DARK)
    colours = value_colours(DARK)
    assert cells.characters[0, axes.canvas.left] == "▀"
    assert cells.foreground[0, axes.canvas.left] == colours[-1]
    assert cells.background[0, axes.canvas.left] == colours[0]
