import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nntui.charts.axes import Area, spread
from nntui.charts.plane import plane_axes
from nntui.charts.scales import value_scale

UNIT = Area(-1, 1, -1, 1)


@pytest.mark.parametrize("columns, rows", [(58, 30), (120, 50), (36, 16), (200, 20), (30, 60)])
def test_both_axes_have_one_scale_and_pixels_are_square(columns, rows):
    axes = plane_axes(columns, rows, UNIT, "x1", "x2")
    pixel_width = axes.area.width / axes.pixel_columns
    pixel_height = axes.area.height / axes.pixel_rows
    assert axes.is_equal_scale
    assert pixel_width == pytest.approx(pixel_height)


def test_a_circle_of_points_is_as_many_pixels_wide_as_high():
    axes = plane_axes(60, 30, UNIT, "x1", "x2")
    angles = np.linspace(0, 2 * np.pi, 400)
    columns = [axes.column_of(math.cos(angle)) for angle in angles]
    rows = [axes.row_of(math.sin(angle)) for angle in angles]
    # A cell is twice as high as wide.
    assert max(columns) - min(columns) == pytest.approx(2 * (max(rows) - min(rows)), abs=2)


def test_all_points_are_seen_with_room_about_them():
    axes = plane_axes(58, 30, Area(2, 5, 10, 12))
    assert axes.area.x_low < 2 - 0.07 * 3
    assert axes.area.x_high > 5 + 0.07 * 3
    assert axes.area.y_low < 10 - 0.07 * 2
    assert axes.area.y_high > 12 + 0.07 * 2


def test_axes_with_units_that_cannot_share_a_scale_have_one_each():
    axes = plane_axes(58, 30, Area(170, 230, 2700, 6300))
    assert not axes.is_equal_scale
    assert axes.area.width == pytest.approx(60 * 1.16)
    assert axes.area.height == pytest.approx(3600 * 1.16)


def test_the_canvas_fills_what_the_axes_leave():
    axes = plane_axes(58, 30, UNIT, "x1", "x2")
    canvas = axes.canvas
    assert canvas.left + canvas.columns == 58
    # A line, its labels, the caption.
    assert canvas.top + canvas.rows == 30 - 3


def test_a_colour_bar_gets_its_place_on_the_right():
    scale = value_scale(-1, 1)
    axes = plane_axes(58, 30, UNIT, "x1", "x2", scale)
    assert axes.value_scale == scale
    assert axes.canvas.left + axes.canvas.columns <= 58 - 3 - len("-1.0")


@pytest.mark.parametrize("columns, rows", [(19, 30), (58, 6), (1, 1)])
def test_a_picture_too_small_for_axes_is_all_canvas(columns, rows):
    axes = plane_axes(columns, rows, UNIT)
    assert not axes.has_frame
    assert (axes.canvas.columns, axes.canvas.rows) == (columns, rows)


@given(
    st.integers(0, 150),
    st.integers(0, 70),
    st.tuples(
        st.floats(-1e6, 1e6), st.floats(1e-6, 1e6), st.floats(-1e6, 1e6), st.floats(1e-6, 1e6)
    ),
)
def test_the_middle_of_every_cell_leads_back_to_the_cell(columns, rows, extent):
    x, width, y, height = extent
    area = Area.around([x, x + width], [y, y + height])
    axes = plane_axes(columns, rows, area, "x1", "x2")
    canvas = axes.canvas
    assert axes.columns == columns
    assert axes.rows == rows
    assert canvas.left >= 0
    assert canvas.left + canvas.columns <= columns
    assert canvas.top + canvas.rows <= rows
    if axes.is_empty:
        assert columns * rows == 0
        return
    for column in {canvas.left, canvas.left + canvas.columns - 1}:
        assert axes.column_of(axes.x_at(column)) == column
    for row in {canvas.top, canvas.top + canvas.rows - 1}:
        assert axes.row_of(axes.y_at(row)) == row


def test_higher_places_are_drawn_higher():
    axes = plane_axes(58, 30, UNIT)
    assert axes.row_of(0.9) < axes.row_of(-0.9)
    assert axes.column_of(-0.9) < axes.column_of(0.9)


@pytest.mark.parametrize(
    "values, expected",
    [
        ([], (0, 1)),
        ([math.nan, math.inf], (0, 1)),
        ([3.0], (2.5, 3.5)),
        ([100.0, 100.0], (90, 110)),
        ([1, math.nan, 4, -math.inf], (1, 4)),
    ],
)
def test_the_spread_passes_over_what_is_not_finite(values, expected):
    assert spread(values) == pytest.approx(expected)


def test_places_outside_are_drawn_at_the_edge_and_nan_somewhere():
    axes = plane_axes(58, 30, UNIT)
    assert axes.column_of(1e9) == 57
    assert axes.row_of(1e9) == 0
    assert axes.contains(axes.column_of(math.nan), axes.row_of(math.inf))
