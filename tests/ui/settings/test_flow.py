from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nntui.ui.settings.flow import LEAST_COLUMN_WIDTH, flow, single_column

GROUPS = ["Data"] * 8 + ["Training"] * 3 + ["Optimizer"] * 8 + ["Output"] * 4


@st.composite
def forms(draw):
    sizes = draw(st.lists(st.integers(1, 9), min_size=1, max_size=6))
    groups = [f"group {number}" for number, size in enumerate(sizes) for _ in range(size)]
    return groups, draw(st.integers(0, len(groups) - 1))


def places(found):
    return [(spot.row, spot.column) for spot in found.spots]


@given(form=forms(), columns=st.integers(1, 130), rows=st.integers(1, 40))
def test_the_cursor_is_always_seen_and_nothing_lies_outside(form, columns, rows):
    groups, cursor = form

    found = flow(groups, columns, rows, cursor)

    seen = [spot.index for spot in found.spots if not spot.heading]
    assert cursor in seen
    assert seen == list(range(seen[0], seen[-1] + 1))
    assert found.hidden_before + len(seen) + found.hidden_after == len(groups)
    assert all(0 <= spot.row < rows for spot in found.spots)
    assert all(spot.column >= 0 and spot.column + spot.width <= columns for spot in found.spots)
    assert len(set(places(found))) == len(found.spots)


@given(form=forms(), columns=st.integers(1, 130), rows=st.integers(2, 40))
def test_no_heading_stands_at_the_foot_of_a_column_of_several(form, columns, rows):
    groups, cursor = form

    spots = flow(groups, columns, rows, cursor).spots

    if len({spot.column for spot in spots}) > 1:
        for spot, following in pairwise(spots):
            assert not (spot.heading and following.column != spot.column)


@given(form=forms(), columns=st.integers(45, 130), rows=st.integers(1, 40), step=st.integers(0, 50))
def test_in_several_columns_a_setting_keeps_its_line(form, columns, rows, step):
    groups, cursor = form
    other = min(cursor + step, len(groups) - 1)

    lines = {spot.index: spot.row for spot in flow(groups, columns, rows, cursor).spots}
    for spot in flow(groups, columns, rows, other).spots:
        if not spot.heading and spot.index in lines:
            assert lines[spot.index] == spot.row


def test_a_narrow_form_scrolls_and_a_wide_one_has_several_columns():
    narrow = flow(GROUPS, LEAST_COLUMN_WIDTH, 10, 0)
    wide = flow(GROUPS, 3 * LEAST_COLUMN_WIDTH + 2, 10, 0)

    assert {spot.column for spot in narrow.spots} == {0}
    assert narrow.hidden_after > 0
    assert len({spot.column for spot in wide.spots}) == 3
    assert wide.hidden_after == 0


def test_headings_stand_above_their_groups_where_there_is_room():
    spots = flow(GROUPS, 30, 30, 0).spots

    headings = [(spot.heading, spot.index) for spot in spots if spot.heading]
    assert headings == [("Data", 0), ("Training", 8), ("Optimizer", 11), ("Output", 19)]


def test_headings_go_before_a_setting_does():
    # Two columns of twelve lines hold the 23 settings, but no heading.
    found = flow(GROUPS, 2 * LEAST_COLUMN_WIDTH + 1, 12, 0)

    assert not any(spot.heading for spot in found.spots)
    assert found.hidden_after == 0


def test_a_place_tells_its_setting():
    found = flow(GROUPS, 2 * LEAST_COLUMN_WIDTH + 1, 12, 0)

    assert found.index_at(0, 3) == 0
    assert found.index_at(0, LEAST_COLUMN_WIDTH + 1) == 12
    assert found.index_at(11, LEAST_COLUMN_WIDTH + 1) is None
    assert flow(GROUPS, 30, 30, 0).index_at(0, 0) is None


def test_one_column_keeps_lines_around_the_cursor():
    found = single_column(20, 30, 5, 10)

    assert [spot.index for spot in found.spots] == [8, 9, 10, 11, 12]
    assert (found.hidden_before, found.hidden_after) == (8, 7)


@pytest.mark.parametrize(("columns", "rows"), [(0, 5), (5, 0)])
def test_without_room_there_is_nothing(columns, rows):
    assert flow(GROUPS, columns, rows, 3).spots == ()
    assert single_column(4, columns, rows, 3).spots == ()
