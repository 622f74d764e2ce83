from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from network_values import column, figure, layout

from nntui.charts.ascii_only import ascii_only
from nntui.charts.network.figure import Chosen, seen, seen_weights
from nntui.charts.network.graph import draw_graph
from nntui.charts.network.numbers import signed
from nntui.charts.network.palette import sign_colour, signed_colours, texture
from nntui.charts.style import ChartStyle
from nntui.charts.xterm import number_of_256

DARK, LIGHT, PLAIN = (
    ChartStyle(),
    ChartStyle(background=0xFFFFFF, foreground=0),
    ChartStyle("plain"),
)
WEIGHTS = np.array([[0.5, -1.5, 0.25, 1.0], [-2.0, 0.75, 0.5, -0.125]])
OUT = np.array([[1.0], [-0.5], [0.25], [2.0]])


def small(rows=34, columns=76, chosen=None, **changes):
    place = layout(rows, columns, 2, 4, 1)
    tile = place.frame.tile
    pixels = (2 * tile.picture_rows, tile.picture_columns)
    shown = figure(
        column(2, tile=pixels),
        column(4, weights=WEIGHTS, tile=pixels, **changes),
        column(1, weights=OUT, tile=pixels),
        chosen=chosen,
        headings=("input 2", "relu 4", "linear 1"),
    )
    return shown, place


def lines_of(style=DARK, **options):
    return draw_graph(*small(**options), style).cells.text()


def test_each_column_has_its_heading_and_each_neuron_its_name_and_bias():
    lines = lines_of(biases=np.array([0.25, -0.5, 3.0, -12.25]))
    assert lines[0].split() == ["input", "2", "relu", "4", "linear", "1"]
    text = "\n".join(lines)
    for shown in ("x1", "x2", "1  ", "4  ", "class0", "+0.25", "−0.50", "+3.00", "−12.2"):
        assert shown in text


def test_a_picture_shows_its_levels_as_colours_highest_row_first():
    shown, place = small()
    tile = place.frame.tile
    tiles = np.zeros((4, 2 * tile.picture_rows, tile.picture_columns), np.int8)
    tiles[1, 0, 0], tiles[1, -1, -1] = 7, -7
    shown, place = small(tiles=tiles)
    cells = draw_graph(shown, place, DARK).cells
    table = signed_colours(DARK)
    top, left = place.places[1].tops[1], place.places[1].left
    assert cells.foreground[top, left] == table[14]
    assert cells.background[top, left] == table[7]
    low = top + tile.picture_rows - 1, left + tile.picture_columns - 1
    assert cells.background[low] == table[0]
    other = place.places[1].tops[0]
    assert (cells.background[other : other + tile.picture_rows, left] == table[7]).all()


def test_without_colours_a_sign_has_its_own_textures():
    levels = np.arange(-7, 8)
    characters = texture(levels)
    assert set(characters[:7]).isdisjoint(characters[8:])
    assert list(characters[[0, 7, 14]]) == ["≡", "·", "▓"]


@pytest.mark.parametrize("style", [DARK, LIGHT, ChartStyle("sixteen")])
def test_the_signs_have_colours_of_their_own(style):
    assert sign_colour(True, style) != sign_colour(False, style)
    colours = signed_colours(style).tolist()
    assert len(set(colours)) == 15


def test_the_bar_of_the_most_active_neuron_is_full_and_others_are_in_proportion():
    shown, place = small(activities=np.array([2.0, 1.0, 0.0, np.nan]))
    cells = draw_graph(shown, place, DARK).cells
    tile, spot = place.frame.tile, place.places[1]
    at = spot.left + tile.columns - 1

    def filled(unit):
        part = cells.characters[spot.tops[unit] : spot.tops[unit] + tile.picture_rows, at]
        return sum(" ▁▂▃▄▅▆▇█".index(str(c)) for c in part) / (8 * tile.picture_rows)

    assert [filled(unit) for unit in range(4)] == [1.0, 0.5, 0.0, 0.0]


@pytest.mark.parametrize("style", [DARK, PLAIN])
def test_what_is_special_about_a_neuron_is_told(style):
    flags = np.array([True, False, False, False])
    assert "dead" in "\n".join(lines_of(style, dead=flags))
    assert "dead" not in "\n".join(lines_of(style))
    assert "×" in "\n".join(lines_of(style, silenced=flags))
    assert "1f " in "\n".join(lines_of(style, frozen=flags))
    assert "1s " in "\n".join(lines_of(style, saturated=np.array([0.9, 0.1, 0.0, np.nan])))


def test_in_tiles_of_one_line_everything_is_told_by_letters():
    flags = np.array([True, False, False, False])
    text = "\n".join(lines_of(rows=6, columns=38, dead=flags, frozen=~flags))
    assert "1d" in text
    assert "2f" in text


def test_a_silenced_neuron_is_drawn_more_quietly_and_has_no_lines():
    tiles_shape = small()[0].columns[1].tiles.shape
    loud = {"tiles": np.full(tiles_shape, 7, np.int8)}
    shown, place = small(**loud)
    quiet, _ = small(silenced=np.array([False, True, False, False]), **loud)
    spot = place.places[1]
    row, at = spot.tops[1], spot.left
    pictures = [draw_graph(f, place, DARK).cells for f in (shown, quiet)]
    assert pictures[0].background[row, at] != pictures[1].background[row, at]
    right = slice(spot.left + place.frame.tile.columns, place.places[2].left)
    rows = slice(row, row + place.frame.tile.picture_rows)
    assert (pictures[0].characters[rows, right][:, 0] != " ").any()
    assert (pictures[1].characters[rows, right][:, 0] == " ").all()


def fan_line(cells, place, top, start, stop):
    """What is written in the middle row of a tile, from one column of cells to another."""
    row = top + place.frame.tile.picture_rows // 2
    return "".join(cells.characters[row, start:stop])


def test_the_weights_of_the_cursors_neuron_are_led_to_it_with_their_numbers():
    shown, place = small(chosen=Chosen(1, 1))
    cells = draw_graph(shown, place, DARK).cells
    before, own, after = place.places
    start = before.left + place.frame.tile.columns
    lines = [fan_line(cells, place, top, start, own.left - 1) for top in before.tops]
    # −1.5 is a large share of the layer's largest, 2.0, and 0.75 a middle one.
    assert lines[0].startswith("−1.50■ ■")
    assert lines[1].startswith("+0.75━━━")
    assert all(line[-1] in "┓┫┛" for line in lines)
    start = own.left + place.frame.tile.columns
    line = fan_line(cells, place, after.tops[0], start + 1, after.left)
    assert line[0] in "┗┏┣"
    assert line.endswith("╌−0.50")


def test_where_there_is_little_room_the_fan_tells_signs_alone():
    shown, place = small(rows=17, columns=40, chosen=Chosen(1, 1))
    cells = draw_graph(shown, place, DARK).cells
    before = place.places[0]
    start = before.left + place.frame.tile.columns
    assert place.frame.gutter < 10
    assert [fan_line(cells, place, top, start, start + 1) for top in before.tops] == ["−", "+"]


def test_the_weight_under_the_cursor_is_found():
    shown, place = small(chosen=Chosen(1, 1, weight=(1, 1, 0)))
    picture = draw_graph(shown, place, DARK)
    spot = picture.weight
    text = "".join(picture.cells.characters[spot.row, spot.column : spot.column + spot.columns])
    assert text == "−1.50"
    outgoing, place = small(chosen=Chosen(1, 3, weight=(2, 0, 3)))
    picture = draw_graph(outgoing, place, DARK)
    spot = picture.weight
    text = "".join(picture.cells.characters[spot.row, spot.column : spot.column + spot.columns])
    assert text == "+2.00"
    on_neuron, place = small(chosen=Chosen(1, 1))
    assert draw_graph(on_neuron, place, DARK).weight is None


def test_signs_stand_where_lines_arrive():
    shown, place = small(chosen=Chosen(2, 0))
    cells = draw_graph(shown, place, DARK).cells
    spot = place.places[1]
    height = place.frame.tile.picture_rows
    for unit in range(4):
        rows = slice(spot.tops[unit], spot.tops[unit] + height)
        signs = [s for s in cells.characters[rows, spot.left - 1].tolist() if s in "+−"]
        expected = ["+" if w > 0 else "−" for w in WEIGHTS[:, unit]]
        assert signs == expected


def test_without_colours_negative_lines_are_dashed():
    shown, place = small(chosen=Chosen(0, 0))
    pixels = shown.columns[1].tiles.shape[1:]
    opposite = figure(
        shown.columns[0],
        column(4, weights=-WEIGHTS, tile=pixels),
        shown.columns[2],
        chosen=Chosen(0, 0),
    )
    plus, minus = (draw_graph(f, place, PLAIN).cells for f in (shown, opposite))
    target = place.places[1]
    start = place.places[0].left + place.frame.tile.columns + 2
    # 0.5 of 2.0 is a small share, 1.0 a middle one.
    for unit, (solid, dashed) in ((0, "─╌"), (3, "━╍")):
        for cells, line in ((plus, solid), (minus, dashed)):
            found = fan_line(cells, place, target.tops[unit], start, target.left - 5)
            assert set(found) == {line}
    gutter = slice(target.left + place.frame.tile.columns, place.places[2].left)
    assert (plus.characters[:, gutter] == minus.characters[:, gutter]).all()


def test_folded_neurons_are_counted_above_and_below():
    units = (2, 64, 1)
    place = layout(34, 76, *units, firsts=(0, 12, 0))
    count = place.places[1].count
    weights = np.ones((2, 64))
    shown = figure(column(2), column(64, weights=weights), column(1, weights=np.ones((64, 1))))
    text = "\n".join(draw_graph(shown, place, DARK).cells.text())
    assert "12 more ↑" in text
    assert f"{64 - 12 - count} more ↓" in text
    low = layout(17, 48, *units, firsts=(0, 12, 0))
    heading = draw_graph(shown, low, DARK).cells.text()[0]
    assert "↑12 relu ↓" in heading


def test_a_long_heading_is_cut_before_the_counts_of_what_is_folded():
    place = layout(17, 24, 2, 64, firsts=(0, 12))
    shown = figure(
        column(2),
        column(64, weights=np.ones((2, 64))),
        headings=("input 2", "leaky_relu_with_a_long_name 64"),
    )
    count = place.places[1].count
    heading = draw_graph(shown, place, DARK).cells.text()[0]
    assert "↑12 " in heading
    assert f"… ↓{64 - 12 - count}" in heading


def test_columns_out_of_sight_are_counted_at_both_sides():
    units = (2, *[3] * 12, 1)
    place = layout(34, 76, *units, first_column=5)
    columns = [column(2)]
    columns += [column(n, weights=np.ones((m, n))) for m, n in pairwise(units)]
    first = draw_graph(figure(*columns), place, DARK).cells.text()[0]
    assert "← 5 more layers" in first
    assert f"{place.columns_after} more layers →" in first


def test_an_answer_to_an_earlier_question_is_shown_where_it_fits():
    told = column(64, first=10, count=5, weights=np.arange(10.0).reshape(2, 5))
    place = layout(34, 76, 2, 64, firsts=(0, 12)).places[1]
    found = seen(told, place)
    assert np.isfinite(found.biases).tolist() == [True] * 3 + [False] * (place.count - 3)
    assert len(found.tiles) == place.count
    before = column(2)
    places = (layout(34, 76, 2, 64, firsts=(0, 12)).places[0], place)
    weights = seen_weights(before, told, places)
    assert weights[:, :3].tolist() == [[2, 3, 4], [7, 8, 9]]
    assert np.isnan(weights[:, 3:]).all()


def test_a_network_of_another_shape_is_not_drawn():
    shown, _ = small()
    picture = draw_graph(shown, layout(34, 76, 2, 5, 1), DARK)
    assert set("".join(picture.cells.text())) == {" "}


@pytest.mark.parametrize(
    ("value", "room", "text"),
    [
        (0.482, 5, "+0.48"),
        (-0.482, 4, "−.48"),
        (-0.482, 3, "−.5"),
        (99.96, 5, "+100"),
        (-1234.0, 5, "−1234"),
        (-12345.0, 5, "−1e4"),
        (1e300, 7, "+1e300"),
        (0.0, 5, "0.00"),
        (float("nan"), 5, "?"),
        (float("-inf"), 5, "−∞"),
        (5.0, 1, ""),
    ],
)
def test_numbers_fit_into_their_room(value, room, text):
    assert signed(value, room) == text


wild = st.floats(allow_nan=True, allow_infinity=True) | st.floats(-2, 2)
styles = st.sampled_from([DARK, LIGHT, PLAIN, ChartStyle("sixteen")])


@settings(max_examples=60, deadline=None)
@given(
    rows=st.integers(0, 50),
    columns=st.integers(0, 130),
    units=st.lists(st.sampled_from([1, 2, 4, 40]), min_size=2, max_size=5).map(tuple),
    style=styles,
    value=wild,
    data=st.data(),
)
def test_there_is_a_picture_of_every_size(rows, columns, units, style, value, data):
    place = layout(rows, columns, *units)
    tile = place.frame.tile
    pixels = (2 * tile.picture_rows, tile.picture_columns)
    drawn = [column(units[0], tile=pixels)]
    for before, after in pairwise(units):
        weights = np.full((before, after), value)
        weights[0, 0] = 0.5
        drawn.append(column(after, weights=weights, tile=pixels))
    chosen = Chosen(data.draw(st.integers(0, len(units) - 1)), 0)
    picture = draw_graph(figure(*drawn, chosen=chosen), place, style)
    assert (picture.cells.rows, picture.cells.columns) == (rows, columns)
    assert all(
        character.isascii() for line in ascii_only(picture.cells).text() for character in line
    )


@pytest.mark.parametrize("background", [0x121212, 0xFFFFFF])
def test_in_256_colours_no_two_levels_fall_together(background):
    style = ChartStyle("colour", background, 0x808080, is_indexed=True)

    colours = signed_colours(style)

    assert len(set(colours.tolist())) == len(colours)
    assert len({number_of_256(int(colour)) for colour in colours}) == len(colours)
