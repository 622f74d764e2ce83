from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nntui.ui.layout import LOSS, PANES, REGIONS, arrange

SIZES = st.tuples(st.integers(1, 300), st.integers(1, 100))


@given(
    size=SIZES,
    focused=st.sampled_from(PANES),
    chart=st.sampled_from((LOSS, REGIONS)),
    zoomed=st.booleans(),
)
def test_the_panes_fill_the_view_without_gap_or_overlap(size, focused, chart, zoomed):
    columns, rows = size
    shown_chart = focused if focused in (LOSS, REGIONS) else chart

    places = arrange(columns, rows, focused=focused, chart=shown_chart, zoomed=zoomed)

    covered = [
        (row, column)
        for place in places.values()
        for row, column in product(
            range(place.row, place.row + place.rows),
            range(place.column, place.column + place.columns),
        )
    ]
    assert sorted(covered) == list(product(range(rows), range(columns)))


@given(size=SIZES, focused=st.sampled_from(PANES), zoomed=st.booleans())
def test_the_pane_with_the_keyboard_is_always_shown(size, focused, zoomed):
    chart = focused if focused in (LOSS, REGIONS) else REGIONS

    assert focused in arrange(*size, focused=focused, chart=chart, zoomed=zoomed)


@pytest.mark.parametrize(
    ("columns", "rows", "shown"),
    [
        (200, 58, set(PANES)),
        (120, 38, set(PANES)),
        (80, 22, {"layers", "parameters", "regions"}),
        (60, 18, {"layers", "parameters", "regions"}),
        (59, 22, {"regions"}),
        (40, 10, {"regions"}),
    ],
)
def test_a_smaller_view_shows_fewer_panes(columns, rows, shown):
    assert set(arrange(columns, rows, focused=REGIONS, chart=REGIONS, zoomed=False)) == shown


def test_a_zoomed_pane_has_the_whole_view():
    places = arrange(120, 38, focused=LOSS, chart=REGIONS, zoomed=True)

    assert list(places) == [LOSS]
    assert (places[LOSS].columns, places[LOSS].rows) == (120, 38)


def test_the_regions_are_nearly_square_on_a_usual_screen():
    place = arrange(120, 38, focused=REGIONS, chart=REGIONS, zoomed=False)[REGIONS]

    # A cell is about twice as high as wide.
    assert place.columns / (2 * place.rows) == pytest.approx(1.0, abs=0.05)
