import numpy as np
import pytest

from nntui.charts.axes import centres
from nntui.charts.cells import NO_COLOR
from nntui.charts.curve import CurveFigure, curve_axes, draw_curve
from nntui.charts.glyphs import class_glyph
from nntui.charts.palette import class_colour
from nntui.charts.picture import PictureOptions
from nntui.charts.points import Points
from nntui.charts.style import ChartStyle

DARK = ChartStyle()
PLAIN = ChartStyle("plain")


def points_of(x, values, is_test=None):
    x = np.array(x, float)
    tests = np.zeros(len(x), bool) if is_test is None else np.array(is_test, bool)
    return Points(x, np.zeros(len(x)), np.array(values, float), tests)


def is_braille(character):
    return 0x2800 < ord(character) <= 0x28FF


def test_the_curve_runs_through_the_places_of_its_values():
    points = points_of([-2, 2], [-1, 1])
    axes = curve_axes(58, 30, points, x_label="x1", y_label="y")
    x = centres(axes.area.x_low, axes.area.x_high, axes.dot_columns)
    figure = CurveFigure(axes.area.x_low, axes.area.x_high, (x / 2)[None].astype(np.float32))
    cells = draw_curve(figure, Points.none(), axes, DARK)
    for place in (-1.5, -0.7, 0.3, 1.6):
        assert is_braille(cells.characters[axes.row_of(place / 2), axes.column_of(place)])
    assert not is_braille(cells.characters[axes.row_of(0.8), axes.column_of(-1.5)])


def test_points_of_a_regression_stand_at_their_targets():
    points = points_of([-2, 0, 2], [-1, 0.5, 1], [False, True, False])
    axes = curve_axes(58, 30, points)
    cells = draw_curve(None, points, axes, DARK)
    for x, y, is_test in ((-2, -1, False), (0, 0.5, True), (2, 1, False)):
        found = cells.characters[axes.row_of(y), axes.column_of(x)]
        assert found == class_glyph(0, is_test=is_test)
    without = draw_curve(None, points, axes, DARK, PictureOptions(show_test=False))
    assert class_glyph(0, is_test=True) not in "".join(without.text())


@pytest.mark.parametrize("style", [DARK, PLAIN])
def test_neither_a_fitted_curve_nor_the_points_under_it_are_lost(style):
    x = np.linspace(-2, 2, 60)
    points = points_of(x, x / 2)
    axes = curve_axes(58, 30, points)
    dots = centres(axes.area.x_low, axes.area.x_high, axes.dot_columns)
    figure = CurveFigure(axes.area.x_low, axes.area.x_high, (dots / 2)[None])
    cells = draw_curve(figure, points, axes, style)
    under = [(axes.row_of(place / 2), axes.column_of(place)) for place in x]
    signs = [cells.characters[cell] for cell in under]
    assert sum(map(is_braille, signs)) > 20
    if style.mode == "plain":
        assert signs.count(class_glyph(0)) > 20
    else:
        assert all(cells.background[cell] != NO_COLOR or not is_braille(cells.characters[cell])
                   for cell in under)  # fmt: skip


def test_two_classes_stand_at_0_and_1():
    points = points_of([-2, 2], [0, 1])
    axes = curve_axes(58, 30, points, classes=2)
    cells = draw_curve(None, points, axes, DARK, classes=2)
    assert cells.characters[axes.row_of(0), axes.column_of(-2)] == class_glyph(0)
    assert cells.characters[axes.row_of(1), axes.column_of(2)] == class_glyph(1)


def test_more_classes_have_a_row_each_above_the_curves():
    points = points_of([-2, 0, 1, 2], [0, 1, 2, 3])
    axes = curve_axes(58, 30, points, classes=4)
    cells = draw_curve(None, points, axes, DARK, classes=4)
    text = cells.text()
    for number in range(4):
        assert class_glyph(number) in text[number]
        assert number < axes.row_of(1.0)


@pytest.mark.parametrize("classes", [2, 3, 5])
def test_each_class_has_a_curve_in_its_colour_and_its_glyph_on_it(classes):
    points = points_of(np.linspace(-2, 2, classes), range(classes))
    axes = curve_axes(70, 30, points, classes=classes)
    x = centres(axes.area.x_low, axes.area.x_high, axes.dot_columns)
    sums = np.stack([-4 * (x - centre) ** 2 for centre in np.linspace(-2, 2, classes)])
    probabilities = np.exp(sums) / np.exp(sums).sum(axis=0)
    figure = CurveFigure(axes.area.x_low, axes.area.x_high, probabilities)
    cells = draw_curve(figure, Points.none(), axes, DARK, classes=classes)
    canvas = cells.foreground[: axes.canvas.rows, axes.canvas.left :]
    for number in range(classes):
        assert class_colour(number, DARK) in canvas
        assert class_glyph(number) in "".join(cells.text())


@pytest.mark.parametrize("style", [DARK, PLAIN])
def test_mistakes_of_a_classification_are_marked(style):
    points = points_of([-2, 2], [0, 0])
    axes = curve_axes(58, 30, points, classes=2)
    options = PictureOptions(mistakes=np.array([True, False]))
    cells = draw_curve(None, points, axes, style, options, classes=2)
    row = axes.row_of(0)
    wrong, right = (row, axes.column_of(-2)), (row, axes.column_of(2))
    if style.mode == "plain":
        assert cells.characters[wrong] != cells.characters[right]
        assert (cells.foreground == NO_COLOR).all()
    else:
        assert cells.background[wrong] != cells.background[right]


def test_a_curve_that_leaves_the_picture_is_not_held_at_its_edge():
    points = points_of([-2, 2], [-1, 1])
    axes = curve_axes(58, 30, points)
    figure = CurveFigure(axes.area.x_low, axes.area.x_high, np.full((1, 116), 1e30))
    cells = draw_curve(figure, Points.none(), axes, DARK)
    assert not any(is_braille(c) for line in cells.text() for c in line)


def test_the_crosshair_is_drawn():
    points = points_of([-2, 2], [-1, 1])
    axes = curve_axes(58, 30, points)
    cells = draw_curve(None, points, axes, DARK, PictureOptions(crosshair=(0.5, 0.5)))
    assert cells.characters[axes.row_of(0.5), axes.column_of(0.5)] == "┼"
