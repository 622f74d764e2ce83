"""Matrices of weights as pictures."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nntui.charts.cells import NO_COLOR
from nntui.charts.heat_map import HeatMap, draw_heat_map, draw_signed_picture
from nntui.charts.heat_map_layout import heat_map_layout, heat_map_room, place_in_heat_map
from nntui.charts.heat_map_levels import (
    LEVEL_TEXTURES,
    SHADES,
    UNKNOWN,
    draw_sign_scale,
    level_colours,
    number_text,
    shade_size,
    sign_levels,
    steady_size,
)
from nntui.charts.style import ChartStyle

COLOUR, PLAIN = ChartStyle(), ChartStyle("plain")


def drawn(numbers, lines, columns, *, style=COLOUR, gutter=5, size=1.0, cursor=None):
    numbers = np.asarray(numbers, float)
    layout = heat_map_layout(numbers.shape, lines, columns, gutter, whole_lines=style.is_textured)
    assert layout is not None
    rows = [*(f"x{n + 1}" for n in range(len(numbers) - 1)), "bias"]
    units = [str(n + 1) for n in range(numbers.shape[1])]
    return layout, draw_heat_map(HeatMap(numbers, size, rows, units, cursor), layout, style)


def test_levels_are_symmetric_about_zero_and_end_at_the_size():
    values = np.array([-5.0, -1.0, -0.5, 0.0, 0.5, 1.0, 5.0, np.nan, np.inf, -np.inf])
    levels = sign_levels(values, 1.0)
    assert levels[:7].tolist() == (-levels[:7][::-1]).tolist()
    assert levels.tolist()[:2] == [-SHADES, -SHADES]
    assert levels.tolist()[3] == 0
    assert levels.tolist()[7:] == [UNKNOWN, SHADES, -SHADES]


def test_signs_are_told_without_colours():
    below = set(LEVEL_TEXTURES[:SHADES].tolist())
    above = set(LEVEL_TEXTURES[SHADES + 1 : 2 * SHADES + 1].tolist())
    zero, unknown = LEVEL_TEXTURES[SHADES], LEVEL_TEXTURES[UNKNOWN + SHADES]
    assert not below & above
    assert not {zero, unknown} & (below | above)


def test_each_number_has_the_colour_of_its_level():
    numbers = [[1.0, -1.0], [0.0, 0.5], [-0.5, np.nan]]
    layout, cells = drawn(numbers, 9, 11)
    assert layout.cell_columns == 3
    colours = level_colours(COLOUR)[sign_levels(np.array(numbers), 1.0) + SHADES]
    for row in range(3):
        line = layout.line_of(row, 3)
        for unit in range(2):
            start = layout.gutter + 3 * unit
            assert set(cells.background[line, start : start + 3].tolist()) == {colours[row, unit]}


def test_two_rows_share_a_line_where_there_is_little_room():
    numbers = np.array([[1.0], [-1.0], [0.5], [0.25]])
    layout, cells = drawn(numbers, 3, 8)
    assert layout.cell_pixels == 1
    colours = level_colours(COLOUR)
    line, column = layout.line_of(0, 4), layout.gutter
    assert cells.characters[line, column] == "▀"
    assert cells.foreground[line, column] == colours[-2]
    assert cells.background[line, column] == colours[0]
    # The biases, set apart, always have a line of their own.
    assert cells.background[layout.line_of(3, 4), column] == colours[SHADES + 2]


def test_without_colours_every_number_has_a_line():
    assert heat_map_layout((21, 4), 12, 40, 5, whole_lines=False) is not None
    assert heat_map_layout((21, 4), 12, 40, 5, whole_lines=True) is None
    _, cells = drawn([[1.0], [-1.0], [0.0]], 12, 9, style=PLAIN, gutter=0)
    text = "".join(cells.text())
    assert LEVEL_TEXTURES[0] in text
    assert LEVEL_TEXTURES[2 * SHADES] in text
    assert (cells.foreground == NO_COLOR).all()


def test_wide_cells_say_their_numbers():
    numbers = [[0.4821, -12.34], [0.00012, 3.0], [-0.5, 0.0]]
    for style in (COLOUR, PLAIN):
        _, cells = drawn(numbers, 20, 40, style=style)
        text = "\n".join(cells.text())
        for said in ("+0.48", "−12.3", "+1e-4", "+3.00", "−0.50", "x1", "x2", "bias"):
            assert said in text
    _, cells = drawn(numbers, 20, 15)
    assert "0.48" not in "\n".join(cells.text())


@pytest.mark.parametrize(
    ("lines", "columns", "mark"), [(20, 45, "["), (12, 13, "["), (8, 6, "◆"), (7, 6, "▼")]
)
def test_the_cursor_is_seen(lines, columns, mark):
    numbers = np.zeros((6, 4))
    gutter = 5 if columns > 10 else 0
    _, without = drawn(numbers, lines, columns, gutter=gutter)
    layout, cells = drawn(numbers, lines, columns, gutter=gutter, cursor=(3, 2))
    assert mark in "".join(cells.text())
    assert mark not in "".join(without.text())
    changed = without.characters != cells.characters
    changed |= (without.foreground != cells.foreground) | (without.background != cells.background)
    line, left = layout.line_of(3, 6), layout.gutter + 2 * layout.cell_columns
    assert changed[line, left]
    # Nothing but its cell, and the marks of its row and its column.
    changed[line : line + 2, left : left + layout.cell_columns] = False
    changed[0] = False
    changed[line, layout.gutter - 1 if layout.gutter else left] = False
    assert not changed.any()


def test_the_room_is_what_fits():
    for lines, columns, gutter, whole in [(36, 76, 5, False), (20, 48, 5, True), (5, 20, 0, False)]:
        room = heat_map_room(lines, columns, gutter, whole_lines=whole)
        assert heat_map_layout(room, lines, columns, gutter, whole_lines=whole) is not None
        taller, wider = (room[0] + 2, room[1]), (room[0], room[1] + 1)
        assert heat_map_layout(taller, lines, columns, gutter, whole_lines=whole) is None
        assert heat_map_layout(wider, lines, columns, gutter, whole_lines=whole) is None


@pytest.mark.parametrize(("lines", "columns"), [(36, 76), (20, 48), (9, 20), (14, 120)])
def test_a_click_finds_the_number_that_is_drawn_there(lines, columns):
    shape = (7, 9)
    for row in range(7):
        for unit in range(9):
            numbers = np.zeros(shape)
            numbers[row, unit] = 1.0
            layout, cells = drawn(numbers, lines, columns, size=1.0, gutter=5)
            strongest = level_colours(COLOUR)[2 * SHADES]
            where = np.argwhere(cells.background == strongest)
            if layout.cell_pixels == 1:
                continue
            found = {place_in_heat_map(int(r), int(c), shape, layout) for r, c in where}
            assert found == {(row, unit)}
    assert place_in_heat_map(0, 0, shape, layout) is None
    assert place_in_heat_map(lines, columns, shape, layout) is None


@settings(max_examples=60, deadline=None)
@given(
    rows=st.integers(1, 20),
    units=st.integers(1, 20),
    lines=st.integers(0, 30),
    columns=st.integers(0, 60),
    style=st.sampled_from([COLOUR, PLAIN, ChartStyle("sixteen"), ChartStyle(background=0xFFFFFF)]),
    value=st.floats(),
)
def test_whatever_the_size_the_picture_has_it(rows, units, lines, columns, style, value):
    shape = (rows + 1, units)
    layout = heat_map_layout(shape, lines, columns, 4, whole_lines=style.is_textured)
    if layout is None:
        return
    names = [str(n) for n in range(max(shape))]
    picture = HeatMap(np.full(shape, value), 1.0, names[: rows + 1], names[:units], (rows, 0))
    cells = draw_heat_map(picture, layout, style)
    assert (cells.rows, cells.columns) == (lines, columns)
    assert layout.lines_used(rows + 1) <= lines


def test_a_field_has_two_pixels_a_cell():
    cells = draw_signed_picture(np.array([[1.0, 0.0], [-1.0, 0.0]]), 1.0, COLOUR)
    colours = level_colours(COLOUR)
    assert (cells.rows, cells.columns) == (1, 2)
    assert (cells.foreground[0, 0], cells.background[0, 0]) == (colours[2 * SHADES], colours[0])
    assert cells.background[0, 1] == colours[SHADES]


def test_scales_change_seldom():
    assert steady_size(0.83, None) == 1.0
    assert steady_size(0.97, 1.0) == 1.0
    assert steady_size(0.55, 1.0) == 1.0
    assert steady_size(0.3, 1.0) < 0.5
    assert steady_size(1.2, 1.0) == 1.5
    assert steady_size(0.0, None) == 1.0
    for largest in (1e-300, 3.3e-9, 7.0, 9.9, 1e150):
        assert largest <= steady_size(largest, None)


def test_a_few_outliers_do_not_take_the_colours_from_all_others():
    usual = np.random.default_rng(0).normal(size=1000)
    assert shade_size(usual) == np.abs(usual).max()
    with_outlier = np.append(usual, 50.0)
    assert 2.0 < shade_size(with_outlier) < 10.0
    assert shade_size(np.zeros(0)) == 0.0
    assert shade_size(np.array([np.nan, np.inf])) == 0.0
    scale = draw_sign_scale(30, 5.0, PLAIN, goes_on=True).text()[0]
    assert scale.startswith("≤−5 ")
    assert "≥+5" in scale


@pytest.mark.parametrize("value", [0.0, 1e-9, -0.00999, 9.996, 99.96, 999.6, -1e9, np.nan, np.inf])
def test_numbers_are_short_and_tell_their_sign(value):
    text = number_text(value)
    assert len(text) <= 6
    if np.isfinite(value) and value:
        assert text[0] == ("−" if value < 0 else "+")
        assert float(text.replace("−", "-")) == pytest.approx(value, rel=0.1)
