"""How numbers have been spread over a run."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nntui.charts.spread_bands import TEXTURES, SpreadChart, SpreadFigure, spread_legends
from nntui.charts.style import ChartStyle

COLOUR, PLAIN = ChartStyle(), ChartStyle("plain")
BLUE = 0x52BDF2


def figure(steps, low, high):
    """Numbers spread evenly from one to another, which may change with time."""
    shares = np.linspace(0, 1, 17)
    low, high = np.broadcast_to(low, len(steps)), np.broadcast_to(high, len(steps))
    return SpreadFigure(np.array(steps), low[:, np.newaxis] + (high - low)[:, np.newaxis] * shares)


def plain(chart, *args, rows=24, columns=60):
    return chart.draw(figure(*args), rows, columns, BLUE, PLAIN).text()


def test_bands_lie_one_within_the_other():
    lines = plain(SpreadChart("step"), range(0, 101, 10), -1.0, 1.0)
    column = [line[30] for line in lines if line[30] in TEXTURES[1:]]
    outer, inner, half, median = TEXTURES[1:]
    assert column == column[::-1] or column.count(median) == 1
    order = "".join(column)
    assert order.startswith(outer)
    assert order.endswith(outer)
    assert order.index(inner) < order.index(half) < order.index(median) < order.rindex(half)
    # A quarter of evenly spread numbers lies on each side of the half in the middle.
    assert order.count(half) + order.count(median) == pytest.approx(len(order) / 2, abs=2)


def test_the_picture_ends_at_the_last_step():
    lines = plain(SpreadChart("step"), [0, 50, 110], -1.0, 1.0)
    drawn = [n for n in range(60) if any(line[n] in TEXTURES[1:] for line in lines[:20])]
    # The axis goes on to 150.
    assert 0.6 < (max(drawn) - min(drawn)) / (60 - min(drawn)) < 0.8
    assert "150" in lines[-2]
    assert "step" in lines[-1]


def test_the_axes_change_seldom():
    chart = SpreadChart("step")
    first = plain(chart, range(0, 1001, 100), -1.0, 1.0)
    # A little less, and a little later: on the same axes.
    later = plain(chart, range(0, 1001, 100), -0.9, 0.9)
    assert first[-2] == later[-2]
    assert [line[:3] for line in first] == [line[:3] for line in later]
    wider = plain(chart, range(0, 1001, 100), -9.0, 9.0)
    assert [line[:3] for line in wider] != [line[:3] for line in first]
    chart.forget()
    anew = plain(chart, range(0, 1001, 100), -0.9, 0.9)
    assert [line[:3] for line in anew] != [line[:3] for line in wider]


def test_what_changed_is_seen_where_it_changed():
    low = np.where(np.arange(11) < 5, -0.1, -1.0)
    lines = plain(SpreadChart("step"), range(0, 1001, 100), low, -low)
    heights = [sum(line[n] in TEXTURES[1:] for line in lines[:21]) for n in (12, 55)]
    assert heights[0] < heights[1] / 3


def test_no_moments_leave_the_axes():
    nothing = SpreadFigure(np.zeros(0, int), np.zeros((0, 17)))
    lines = SpreadChart("step").draw(nothing, 20, 50, BLUE, PLAIN).text()
    assert "step" in lines[-1]
    unknown = SpreadFigure(np.array([0, 10]), np.full((2, 17), np.nan))
    assert SpreadChart("step").draw(unknown, 20, 50, BLUE, PLAIN).text() == lines


def test_shades_differ_with_colours():
    cells = SpreadChart("step").draw(figure(range(11), -1.0, 1.0), 24, 60, BLUE, COLOUR)
    assert len(set(cells.background[:20, 30].tolist())) >= 4


def test_the_legend_says_what_the_shades_are():
    for legend in spread_legends(BLUE, PLAIN):
        text = legend.text()[0]
        assert "median" in text
        assert all(character in text for character in TEXTURES[1:])
    long, short = spread_legends(BLUE, COLOUR)
    assert short.columns < long.columns


@settings(max_examples=40, deadline=None)
@given(
    rows=st.integers(0, 30),
    columns=st.integers(0, 70),
    values=st.lists(st.floats(), max_size=4),
    style=st.sampled_from([COLOUR, PLAIN, ChartStyle("sixteen")]),
)
def test_whatever_the_size_the_picture_has_it(rows, columns, values, style):
    quantiles = np.repeat(np.array(values, float)[:, np.newaxis], 17, axis=1)
    wild = SpreadFigure(np.arange(len(values)) * 1000, quantiles)
    cells = SpreadChart("step").draw(wild, rows, columns, BLUE, style)
    assert (cells.rows, cells.columns) == (rows, columns)
