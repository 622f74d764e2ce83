import numpy as np
import pytest

from nntui.charts.axes import Area, Axes, Canvas
from nntui.charts.cells import NO_COLOR
from nntui.charts.plane import plane_axes
from nntui.charts.plotext_canvas import Line, copy_of, frame, lines


def bare_axes(columns, rows, area=None):
    return Axes(columns, rows, Canvas(0, 0, columns, rows), area or Area(0, 10, 0, 1))


def dots(cells):
    """Return the braille dots of a picture as booleans, in rows from the top."""
    bits = [[0x01, 0x08], [0x02, 0x10], [0x04, 0x20], [0x40, 0x80]]
    result = np.zeros((4 * cells.rows, 2 * cells.columns), bool)
    for row, line in enumerate(cells.text()):
        for column, character in enumerate(line):
            code = ord(character) - 0x2800 if character != " " else 0
            for down in range(4):
                for across in range(2):
                    result[4 * row + down, 2 * column + across] = bool(code & bits[down][across])
    return result


def test_the_frame_surrounds_just_the_canvas():
    axes = plane_axes(58, 30, Area(-1, 1, -1, 1), "x1", "x2")
    text = frame(axes, 0x808080).text()
    canvas = axes.canvas
    assert all(line[canvas.left - 1] in "│┤" for line in text[: canvas.rows])
    assert set(text[canvas.rows][canvas.left :]) <= set("─┬")
    inside = [line[canvas.left :] for line in text[: canvas.rows]]
    assert set("".join(inside)) == {" "}
    assert text[-1].strip() == "→ x1   ↑ x2"


def test_ticks_stand_at_the_cells_that_their_values_are_drawn_in():
    axes = plane_axes(58, 30, Area(-1, 1, -1, 1), "x1", "x2")
    text = frame(axes, NO_COLOR).text()
    for tick in axes.y_ticks:
        row = axes.row_of(tick.value)
        assert text[row][: axes.canvas.left - 1].strip() == tick.label
        assert text[row][axes.canvas.left - 1] == "┤"
    for tick in axes.x_ticks:
        assert text[axes.canvas.rows][axes.column_of(tick.value)] == "┬"


def test_the_frame_has_the_colour_asked_for():
    axes = plane_axes(58, 30, Area(-1, 1, -1, 1), "x1", "x2")
    cells = frame(axes, 0x123456)
    drawn = cells.characters != " "
    assert set(cells.foreground[drawn].tolist()) == {0x123456}


def test_frames_of_other_sizes_are_not_mixed_up():
    area = Area(-1, 1, -1, 1)
    shapes = [(58, 30), (40, 20), (58, 30), (90, 31)]
    for columns, rows in shapes:
        cells = frame(plane_axes(columns, rows, area), NO_COLOR)
        assert (cells.columns, cells.rows) == (columns, rows)


def test_drawing_into_a_copy_leaves_the_kept_frame_alone():
    axes = plane_axes(58, 30, Area(-1, 1, -1, 1))
    copy = copy_of(frame(axes, NO_COLOR))
    copy.characters[:] = "?"
    copy.foreground[:] = 1
    assert "?" not in "".join(frame(axes, NO_COLOR).text())
    assert 1 not in frame(axes, NO_COLOR).foreground


@pytest.mark.parametrize("columns, rows", [(20, 5), (7, 3), (2, 2)])
def test_a_sample_lights_the_dot_that_it_falls_into(columns, rows):
    axes = bare_axes(columns, rows)
    for across in range(2 * columns):
        for down in (0, 1, 4 * rows - 1):
            x = (across + 0.5) / (2 * columns) * 10
            y = 1 - (down + 0.5) / (4 * rows)
            found = dots(lines([Line(np.array([x]), np.array([y]), 0xFF0000)], axes))
            assert np.argwhere(found).tolist() == [[down, across]]


def test_samples_on_the_edges_are_drawn():
    apart = Line(np.array([0.0, np.nan, 10.0]), np.array([0.0, np.nan, 1.0]), 1)
    found = dots(lines([apart], bare_axes(10, 4)))
    assert np.argwhere(found).tolist() == [[0, 19], [15, 0]]


def test_samples_outside_are_not_drawn_on_the_edge():
    apart = Line(np.array([1.0, np.nan, 5.0]), np.array([7.0, np.nan, -3.0]), 1)
    assert not dots(lines([apart], bare_axes(10, 4))).any()


def test_a_line_out_of_the_canvas_and_back_crosses_its_edge():
    x, y = np.array([0.0, 5.0, 10.0]), np.array([0.0, 1e300, 0.0])
    found = dots(lines([Line(x, y, 1)], bare_axes(10, 4)))
    assert found[-1, 0]
    assert found[-1, -1]
    assert found[0].any()


def test_unknown_values_leave_a_gap():
    x = np.linspace(0, 10, 11)
    y = np.full(11, 0.5)
    y[4:7] = np.nan
    found = dots(lines([Line(x, y, 1)], bare_axes(10, 4))).any(axis=0)
    assert found[:7].all()
    assert found[14:].all()
    assert not found[7:14].any()


@pytest.mark.parametrize("y", [[], [np.nan] * 3, [np.inf, -np.inf, np.nan]])
def test_a_series_without_any_value_is_an_empty_picture(y):
    x = np.arange(len(y), dtype=float)
    cells = lines([Line(x, np.array(y, float), 1)], bare_axes(10, 4))
    assert cells.text() == [" " * 10] * 4


def test_a_picture_has_nothing_of_the_one_before_it():
    axes = bare_axes(20, 5)
    x = np.linspace(0, 10, 40)
    first = lines([Line(x, x / 10, 0xFF0000)], axes)
    lines([Line(x, 1 - x / 10, 0x00FF00), Line(x, np.full(40, 0.5), 0x0000FF)], axes)
    again = lines([Line(x, x / 10, 0xFF0000)], axes)
    assert again.text() == first.text()
    assert np.array_equal(again.foreground, first.foreground)
