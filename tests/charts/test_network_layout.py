import pytest
from hypothesis import given
from hypothesis import strategies as st

from nntui.charts.network.layout import GraphLayout, followed, graph_frame, scrolled

shapes = st.lists(st.sampled_from([1, 2, 3, 4, 10, 30, 64, 512]), min_size=2, max_size=9).map(tuple)


def layout_of(rows, columns, units):
    return GraphLayout(graph_frame(rows, columns, units), 0, (0,) * len(units))


@given(rows=st.integers(0, 60), columns=st.integers(0, 140), units=shapes)
def test_tiles_are_inside_and_do_not_touch_each_other(rows, columns, units):
    layout = layout_of(rows, columns, units)
    frame = layout.frame
    right = -1
    for place in layout.places:
        assert place.left > right or not frame.columns
        right = place.left + frame.tile.columns - 1
        bottom = frame.top - 1
        for top in place.tops:
            assert top > bottom
            bottom = top + frame.tile.rows - 1
        assert bottom < max(rows, frame.top)
        assert place.above + place.count + place.below == place.total
    if columns >= 12:
        assert right < columns


@given(
    rows=st.integers(6, 50),
    columns=st.integers(36, 140),
    units=shapes,
    data=st.data(),
)
def test_whatever_neuron_is_wanted_it_is_in_sight(rows, columns, units, data):
    layout = layout_of(rows, columns, units)
    column = data.draw(st.integers(0, len(units) - 1))
    unit = data.draw(st.integers(0, units[column] - 1))
    layout = followed(layout, ((column, unit),))
    place = layout.place_of(column)
    assert place is not None
    top = place.top_of(unit)
    assert top is not None
    assert layout.unit_at(top, place.left) == (column, unit)
    # It stands still as long as the neuron is in sight.
    assert followed(layout, ((column, unit),)) == layout


def test_the_default_network_is_seen_from_inputs_to_outputs():
    for rows, columns in ((34, 76), (17, 48), (34, 118), (18, 78)):
        frame = graph_frame(rows, columns, (2, 32, 32, 3))
        assert len(frame.lefts) == 4
        assert frame.beyond is None
        assert frame.tile.picture_rows >= 3
        assert min(frame.counts[1:3]) >= 4


def test_few_neurons_have_large_tiles_and_are_all_in_sight():
    few, many = graph_frame(34, 76, (2, 4, 3)), graph_frame(34, 76, (2, 64, 3))
    assert few.tile.picture_rows > many.tile.picture_rows
    assert few.counts == (2, 4, 3)
    assert many.counts[1] >= 7


def test_without_room_for_pictures_tiles_are_lines():
    frame = graph_frame(7, 38, (2, 32, 3))
    assert frame.tile.picture_rows == 0
    assert frame.tile.rows == 1
    assert frame.counts[1] >= 4


def test_columns_beyond_the_edge_are_counted():
    units = (2, 8, 8, 8, 8, 8, 8, 1)
    layout = layout_of(34, 76, units)
    shown = len(layout.places)
    assert shown < len(units)
    assert layout.columns_after == len(units) - shown
    at_the_end = followed(layout, ((7, 0),))
    assert at_the_end.columns_after == 0
    assert at_the_end.first_column == len(units) - shown


def test_a_click_on_a_row_that_tells_of_folded_neurons_goes_to_the_nearest():
    layout = layout_of(34, 76, (2, 64, 3))
    place = layout.places[1]
    above, below = place.folds
    assert layout.unit_at(below, place.left) == (1, place.count)
    assert layout.unit_at(above, place.left) is None
    lower = followed(layout, ((1, 63),)).places[1]
    assert followed(layout, ((1, 63),)).unit_at(above, lower.left) == (1, lower.first - 1)


def test_between_the_tiles_there_is_nothing_to_click():
    layout = layout_of(34, 76, (2, 4, 3))
    place = layout.places[1]
    assert layout.unit_at(place.tops[0], place.left - 1) is None
    assert layout.unit_at(place.tops[0] - 1, place.left) is None


@pytest.mark.parametrize(
    ("first", "wanted", "expected"), [(0, 4, 0), (0, 5, 1), (10, 3, 3), (60, 63, 59), (99, 0, 0)]
)
def test_a_window_moves_as_little_as_possible(first, wanted, expected):
    assert scrolled(first, wanted, 5, 64) == expected
