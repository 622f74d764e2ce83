from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nntui.ui.layout import (
    LOSS,
    NETWORK,
    NEURON,
    NUMBERS,
    REGIONS,
    SPACE,
    TRAIN,
    VIEWS,
    Shown,
    arrange,
    view_of,
)

SIZES = st.tuples(st.integers(1, 300), st.integers(1, 100))


@st.composite
def anything_shown(draw):
    """Any pane of any view with the keyboard; the regions are a guest in the Network view."""
    view = draw(st.sampled_from(VIEWS))
    guests = (REGIONS,) if view is NETWORK else ()
    focused = draw(st.sampled_from((*view.panes, *guests)))
    chart = focused if focused in view.charts else draw(st.sampled_from(view.charts))
    return Shown(view, focused, chart, draw(st.booleans()))


@given(size=SIZES, shown=anything_shown())
def test_the_panes_fill_the_view_without_gap_or_overlap(size, shown):
    columns, rows = size

    places = arrange(columns, rows, shown)

    covered = [
        (row, column)
        for place in places.values()
        for row, column in product(
            range(place.row, place.row + place.rows),
            range(place.column, place.column + place.columns),
        )
    ]
    assert sorted(covered) == list(product(range(rows), range(columns)))


@given(size=SIZES, shown=anything_shown())
def test_the_pane_with_the_keyboard_is_always_shown(size, shown):
    assert shown.focused in arrange(*size, shown)


@pytest.mark.parametrize(
    ("columns", "rows", "shown"),
    [
        (200, 58, set(TRAIN.panes)),
        (120, 38, set(TRAIN.panes)),
        (80, 22, {"layers", "parameters", "regions"}),
        (60, 18, {"layers", "parameters", "regions"}),
        (59, 22, {"regions"}),
        (40, 10, {"regions"}),
    ],
)
def test_a_smaller_view_shows_fewer_panes(columns, rows, shown):
    assert set(arrange(columns, rows, Shown(TRAIN, REGIONS, REGIONS))) == shown


@pytest.mark.parametrize(
    ("columns", "rows", "shown"),
    [
        (120, 38, {SPACE, NEURON, REGIONS}),
        (80, 22, {SPACE, NEURON}),
        (40, 10, {SPACE}),
    ],
)
def test_the_network_is_shown_with_the_neuron_and_what_it_answers(columns, rows, shown):
    assert set(arrange(columns, rows, Shown(NETWORK, SPACE, SPACE))) == shown


def test_a_zoomed_pane_has_the_whole_view():
    places = arrange(120, 38, Shown(TRAIN, LOSS, LOSS, is_zoomed=True))

    assert list(places) == [LOSS]
    assert (places[LOSS].columns, places[LOSS].rows) == (120, 38)


def test_the_regions_are_nearly_square_on_a_usual_screen():
    place = arrange(120, 38, Shown(TRAIN, REGIONS, REGIONS))[REGIONS]

    # A cell is about twice as high as wide.
    assert place.columns / (2 * place.rows) == pytest.approx(1.0, abs=0.05)


def test_every_pane_has_a_key_and_a_view():
    assert sorted(NUMBERS.values()) == list(range(1, len(NUMBERS) + 1))
    for pane in NUMBERS:
        assert pane in view_of(pane).panes
    assert [pane for view in VIEWS for pane in view.panes] == list(NUMBERS)


@pytest.mark.parametrize(("columns", "beside"), [(80, 30), (120, 42), (300, 60)])
def test_the_neuron_gets_a_third_of_the_width_within_bounds(columns, beside):
    assert arrange(columns, 38, Shown(NETWORK, SPACE, SPACE))[NEURON].columns == beside
