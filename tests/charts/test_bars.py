"""Bars about a line that stands for 0."""

import numpy as np
import pytest

from nntui.charts.bars import bars_width, draw_signed_bars
from nntui.charts.histogram import draw_histogram, histogram_width
from nntui.charts.network.palette import sign_colour
from nntui.charts.style import ChartStyle

COLOUR, PLAIN = ChartStyle(), ChartStyle("plain")


def filled(line, side):
    return [c for c in (line[:5] if side < 0 else line[6:]) if c not in " │"]


@pytest.mark.parametrize("style", [COLOUR, PLAIN])
def test_the_side_tells_the_sign(style):
    lines = draw_signed_bars(np.array([0.7, -0.7, 0.0, np.nan]), 1.0, 11, style).text()
    assert [line[5] for line in lines] == ["│"] * 4
    sides = [(bool(filled(line, -1)), bool(filled(line, 1))) for line in lines]
    assert sides == [(False, True), (True, False), (False, False), (False, False)]


def test_signs_differ_in_colour_or_else_in_texture():
    cells = draw_signed_bars(np.array([1.0, -1.0]), 1.0, 11, COLOUR)
    assert cells.foreground[0, 8] == sign_colour(True, COLOUR)
    assert cells.foreground[1, 2] == sign_colour(False, COLOUR)
    plain = draw_signed_bars(np.array([1.0, -1.0]), 1.0, 11, PLAIN).text()
    assert plain[0][8] != plain[1][2]


def test_length_follows_size_on_both_sides():
    values = np.array([0.1, 0.3, 0.6, 1.0, 2.0])
    right = draw_signed_bars(values, 1.0, 41, COLOUR).text()
    left = draw_signed_bars(-values, 1.0, 41, COLOUR).text()
    lengths = [sum(c not in " │" for c in line) for line in right]
    assert lengths == [2, 6, 12, 20, 20]
    assert [sum(c not in " │" for c in line) for line in left] == lengths


def test_what_is_not_zero_is_seen():
    for value in (1e-9, -1e-9):
        line = draw_signed_bars(np.array([value]), 1.0, 11, COLOUR).text()[0]
        assert len(line.replace("│", "").strip()) == 1


@pytest.mark.parametrize("columns", [0, 1, 2, 3, 4, 30])
def test_bars_have_the_size_asked_for(columns):
    cells = draw_signed_bars(np.array([1.0, -1.0, np.inf]), 1.0, columns, PLAIN)
    assert (cells.rows, cells.columns) == (3, columns)
    width = bars_width(columns, 21)
    assert width <= min(columns, 21)
    assert width == 0 or width % 2 == 1


def heights(cells):
    blocks = " ▁▂▃▄▅▆▇█"
    return [
        sum(blocks.index(row[column]) for row in cells.text()) for column in range(cells.columns)
    ]


def test_a_histogram_is_as_high_as_the_counts():
    cells = draw_histogram(np.array([0, 1, 8, 16, 4]), 2, 5, -1)
    assert heights(cells) == [0, 1, 8, 16, 4]


def test_what_occurs_once_is_seen():
    cells = draw_histogram(np.array([1, 0, 100_000]), 2, 3, -1)
    assert heights(cells) == [1, 0, 16]


def test_neighbours_are_taken_together_where_there_is_little_room():
    counts = np.array([1, 1, 2, 2, 0, 0])
    assert heights(draw_histogram(counts, 1, 3, -1)) == [4, 8, 0]
    # Every range as wide as the others: what is left over stays blank.
    assert heights(draw_histogram(counts, 1, 4, -1)) == [4, 8, 0, 0]
    assert heights(draw_histogram(np.array([8, 4]), 1, 5, -1)) == [8, 8, 4, 4, 0]


@pytest.mark.parametrize("columns", [0, 1, 7, 24, 25, 60])
def test_a_histogram_fills_what_it_says(columns):
    width = histogram_width(24, columns)
    assert width <= columns
    cells = draw_histogram(np.full(24, 5), 3, columns, -1)
    assert [h > 0 for h in heights(cells)] == [n < width for n in range(columns)]


def test_nothing_counted_is_an_empty_histogram():
    assert set(heights(draw_histogram(np.zeros(24, int), 2, 24, -1))) == {0}
    assert draw_histogram(np.zeros(0, int), 2, 10, -1).text() == [" " * 10] * 2
