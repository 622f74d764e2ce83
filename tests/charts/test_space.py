"""The space of a layer as a picture."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from nntui.charts.axes import Area
from nntui.charts.cells import NO_COLOR
from nntui.charts.palette import class_colour, class_shades
from nntui.charts.picture import PictureOptions
from nntui.charts.points import Points
from nntui.charts.scales import value_scale
from nntui.charts.space import SpaceFigure, draw_space, space_axes
from nntui.charts.style import ChartStyle

COLOUR, PLAIN = ChartStyle(), ChartStyle("plain")
SQUARE = Area(-1.0, 1.0, -1.0, 1.0)
BRAILLE = range(0x2800, 0x2900)
NO_GRID = np.zeros((0, 0, 2))


def points(*places, values=(0.0, 1.0), tests=None):
    x, y = np.array(places, float).T
    return Points(x, y, np.array(values, float), np.array(tests or [False] * len(x)))


def drawn(figure, rows=20, columns=40, style=COLOUR, *, show_test=True):
    axes = space_axes(columns, rows, figure.area, "right", "up")
    return axes, draw_space(figure, axes, style, PictureOptions(show_test=show_test))


def has_dots(cells):
    return np.vectorize(lambda c: ord(c or " ") in BRAILLE and c != "\u2800")(cells.characters)


def test_points_stand_where_they_are():
    figure = SpaceFigure(SQUARE, points((-0.5, 0.5), (0.5, -0.5)), NO_GRID, None, False)
    axes, cells = drawn(figure)
    for x, y, glyph, number in ((-0.5, 0.5, "●", 0), (0.5, -0.5, "▲", 1)):
        place = axes.row_of(y), axes.column_of(x)
        assert cells.characters[place] == glyph
        assert cells.foreground[place] == class_colour(number, COLOUR)
    assert "→ right" in cells.text()[-1]


def test_test_points_are_hollow_or_left_out():
    figure = SpaceFigure(
        SQUARE, points((-0.5, 0.5), (0.5, -0.5), tests=[False, True]), NO_GRID, None, False
    )
    assert "△" in "".join(drawn(figure)[1].text())
    assert "△" not in "".join(drawn(figure, show_test=False)[1].text())


def test_the_regions_lie_behind():
    axes = space_axes(40, 20, SQUARE, "right", "up")
    winners = np.zeros((axes.pixel_rows, axes.pixel_columns), np.uint16)
    winners[:, axes.pixel_columns // 2 :] = 1
    figure = SpaceFigure(SQUARE, points((0.0, 0.9), (0.0, -0.9)), NO_GRID, winners, False)
    cells = draw_space(figure, axes, COLOUR, PictureOptions())
    shades = class_shades(COLOUR)
    assert cells.background[axes.row_of(0.0), axes.column_of(-0.7)] in shades[0]
    assert cells.background[axes.row_of(0.0), axes.column_of(0.7)] in shades[1]
    plain = draw_space(figure, axes, PLAIN, PictureOptions())
    left = "".join(line[axes.canvas.left : 15] for line in plain.text()[: axes.canvas.rows])
    right = "".join(line[25:] for line in plain.text()[: axes.canvas.rows])
    assert set(left) != set(right)


def test_the_grid_goes_through_its_points():
    line = np.array([[-0.9, -0.9], [0.0, 0.9], [0.9, -0.9]])
    figure = SpaceFigure(SQUARE, points((5, 5), (6, 6)), line[np.newaxis], None, False)
    axes, cells = drawn(figure)
    dots = has_dots(cells)
    for x, y in [*line, (-0.45, 0.0), (0.45, 0.0)]:
        row, column = axes.row_of(y), axes.column_of(x)
        assert dots[max(row - 1, 0) : row + 2, column - 1 : column + 2].any()
    # Without gaps, and nowhere else.
    assert dots.any(axis=0)[axes.column_of(-0.9) : axes.column_of(0.9)].all()
    assert not dots[axes.row_of(0.9) + 3 : axes.row_of(-0.9) + 1, axes.column_of(0.0)].any()


def test_the_grid_stays_below_the_points():
    line = np.array([[[-1.0, 0.0], [1.0, 0.0]]])
    figure = SpaceFigure(SQUARE, points((-0.5, 0.0), (0.5, 0.0)), line, None, False)
    for style in (COLOUR, PLAIN):
        axes, cells = drawn(figure, style=style)
        row = axes.row_of(0.0)
        assert cells.characters[row, axes.column_of(-0.5)] == "●"
        assert cells.characters[row, axes.column_of(0.5)] == "▲"
        assert has_dots(cells)[row].sum() == axes.canvas.columns - 2


def test_lines_that_leave_the_picture_or_the_numbers_do_no_harm():
    wild = np.array([[[0.0, 0.0], [1e300, np.inf], [np.nan, 0.0]], [[-9, 0], [9, 0], [1e9, 0]]])
    figure = SpaceFigure(SQUARE, points((np.nan, 0.0), (np.inf, 0.0)), wild, None, False)
    for style in (COLOUR, PLAIN):
        drawn(figure, style=style)


def test_values_are_told_by_a_scale():
    scale = value_scale(-2.0, 2.0)
    axes = space_axes(60, 20, SQUARE, "right", "up", scale)
    figure = SpaceFigure(
        SQUARE, points((-0.5, 0.0), (0.5, 0.0), values=(-2.0, 2.0)), NO_GRID, None, True
    )
    cells = draw_space(figure, axes, COLOUR, PictureOptions())
    row = axes.row_of(0.0)
    low, high = (int(cells.background[row, axes.column_of(x)]) for x in (-0.5, 0.5))
    assert low != high
    assert NO_COLOR not in (low, high)
    assert "2" in "".join(line[-3:] for line in cells.text())


@settings(max_examples=40, deadline=None)
@given(
    rows=st.integers(0, 30),
    columns=st.integers(0, 70),
    style=st.sampled_from([COLOUR, PLAIN, ChartStyle("sixteen")]),
    is_regression=st.booleans(),
)
def test_whatever_the_size_the_picture_has_it(rows, columns, style, is_regression):
    grid = np.random.default_rng(0).normal(size=(4, 5, 2))
    figure = SpaceFigure(
        SQUARE,
        points((0.1, 0.2), (2.0, 0.3)),
        grid,
        None if is_regression else np.ones((7, 9), np.uint16),
        is_regression,
    )
    _, cells = drawn(figure, rows, columns, style)
    assert (cells.rows, cells.columns) == (rows, columns)
