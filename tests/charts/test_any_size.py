"""Whatever the size and the data, there is a picture of just that size."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nntui.charts.ascii_only import ascii_only
from nntui.charts.axes import Area
from nntui.charts.curve import CurveFigure, curve_axes, draw_curve
from nntui.charts.loss import LossChart, LossFigure
from nntui.charts.picture import PictureOptions
from nntui.charts.plane import plane_axes
from nntui.charts.points import Points
from nntui.charts.regions import ClassRegions, draw_regions
from nntui.charts.scales import value_scale
from nntui.charts.style import ChartStyle
from nntui.charts.value_field import ValueField, draw_values

styles = st.sampled_from(
    [ChartStyle(), ChartStyle(background=0xFFFFFF), ChartStyle("plain"), ChartStyle("sixteen")]
)
columns_of, rows_of = st.integers(0, 90), st.integers(0, 40)
wild = st.floats(allow_nan=True, allow_infinity=True) | st.floats(-3, 3) | st.just(0.0)


@st.composite
def any_points(draw, classes):
    count = draw(st.integers(0, 12))
    x, y = (np.array(draw(st.lists(wild, min_size=count, max_size=count))) for _ in range(2))
    values = draw(
        st.lists(st.integers(0, classes - 1) if classes else wild, min_size=count, max_size=count)
    )
    tests = draw(st.lists(st.booleans(), min_size=count, max_size=count))
    return Points(x, y, np.array(values, float), np.array(tests, bool))


def any_options(draw, points):
    mistakes = np.arange(len(points)) % 2 == 0
    return PictureOptions(
        show_test=draw(st.booleans()),
        shaded=draw(st.booleans()),
        mistakes=mistakes if draw(st.booleans()) else None,
        crosshair=draw(st.none() | st.tuples(wild, wild)),
    )


def check(cells, columns, rows):
    assert cells.characters.shape == (rows, columns)
    assert cells.foreground.shape == (rows, columns)
    assert cells.background.shape == (rows, columns)
    assert cells.bold.shape == (rows, columns)
    assert all(c == "" or c.isprintable() for c in cells.characters.ravel().tolist())
    assert "".join(ascii_only(cells).text()).isascii()


@given(st.data(), columns_of, rows_of, styles)
@settings(max_examples=60, deadline=None)
def test_regions(data, columns, rows, style):
    points = data.draw(any_points(40))
    axes = plane_axes(columns, rows, Area.around(points.x, points.y), "x1", "длина\x1b日本")
    shape = data.draw(
        st.sampled_from([(axes.pixel_rows, axes.pixel_columns), (7, 5), (0, 0), (1, 1)])
    )
    number = np.arange(shape[0] * shape[1]).reshape(shape)
    area = data.draw(st.sampled_from([axes.area, Area(-1, 1, -1, 1), Area(0, 0, 0, 0)]))
    regions = ClassRegions(area, (number % 12).astype(np.uint8), (number % 8).astype(np.uint8))
    regions = data.draw(st.sampled_from([regions, None]))
    options = any_options(data.draw, points)
    check(draw_regions(regions, points, axes, style, options), columns, rows)


@given(st.data(), columns_of, rows_of, styles)
@settings(max_examples=60, deadline=None)
def test_values(data, columns, rows, style):
    points = data.draw(any_points(0))
    scale = value_scale(data.draw(wild), data.draw(wild))
    axes = plane_axes(columns, rows, Area.around(points.x, points.y), "x1", "x2", scale)
    shape = (axes.pixel_rows, axes.pixel_columns)
    values = np.resize(np.array([math.nan, math.inf, -math.inf, 0, 1, 1e30]), shape)
    field = ValueField(axes.area, values.astype(np.float32))
    options = any_options(data.draw, points)
    check(draw_values(field, points, axes, style, options), columns, rows)


@given(st.data(), columns_of, rows_of, styles, st.sampled_from([0, 2, 3, 12]))
@settings(max_examples=60, deadline=None)
def test_curves(data, columns, rows, style, classes):
    points = data.draw(any_points(classes))
    axes = curve_axes(columns, rows, points, classes=classes, x_label="x1", y_label="y")
    answers = data.draw(st.lists(wild, max_size=20))
    curves = np.resize(np.array(answers), (max(classes, 1), len(answers)))
    figure = CurveFigure(axes.area.x_low, axes.area.x_high, curves)
    figure = data.draw(st.sampled_from([figure, None]))
    options = any_options(data.draw, points)
    check(draw_curve(figure, points, axes, style, options, classes=classes), columns, rows)


@given(st.data(), columns_of, rows_of, styles, st.sampled_from(["loss", "accuracy", "r2"]))
@settings(max_examples=60, deadline=None)
def test_losses(data, columns, rows, style, kind):
    chart = LossChart()
    for _ in range(2):
        count = data.draw(st.integers(0, 30))
        series = st.lists(wild, min_size=count, max_size=count)
        gaps = st.lists(st.integers(0, 10**6), min_size=count, max_size=count)
        figure = LossFigure(
            x=np.cumsum(np.array(data.draw(gaps), float)),
            train=np.array(data.draw(series), float),
            test=np.array(data.draw(series), float),
            marks=((data.draw(wild), "edit"),),
            kind=kind,
            is_log=data.draw(st.booleans()),
            is_smoothed=data.draw(st.booleans()),
        )
        cursor = data.draw(st.none() | wild)
        check(chart.draw(figure, columns, rows, style, cursor=cursor), columns, rows)


@pytest.mark.parametrize("columns, rows", [(0, 0), (1, 1), (1, 40), (90, 1), (19, 6), (20, 7)])
def test_the_smallest_sizes_of_all(columns, rows):
    points = Points(np.zeros(1), np.zeros(1), np.zeros(1), np.zeros(1, bool))
    axes = plane_axes(columns, rows, Area.around(points.x, points.y))
    check(draw_regions(None, points, axes, ChartStyle()), columns, rows)
    check(draw_values(None, points, axes, ChartStyle()), columns, rows)
    axes = curve_axes(columns, rows, points)
    check(draw_curve(None, points, axes, ChartStyle()), columns, rows)
    x = np.arange(5.0)
    check(LossChart().draw(LossFigure(x, x, x), columns, rows, ChartStyle()), columns, rows)
