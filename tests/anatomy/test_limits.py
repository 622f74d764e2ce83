"""Limits of axes: they hold everything, and change seldom."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nntui.anatomy.limits import steady_limits

numbers = st.floats(-1e30, 1e30)


@given(st.lists(numbers, min_size=1, max_size=5))
def test_they_hold_all_values_and_leave_less_than_half_empty(values):
    low, high = steady_limits(np.array(values), None)
    assert low < high
    # The smallest numbers there are vanish in a division.
    assert low <= min(values) + 1e-250
    assert max(values) <= high + 1e-250
    span = max(values) - min(values)
    if span > 1e-6 * max(map(abs, values)) > 0.0:
        assert high - low < 2.0 * span


@given(st.lists(numbers, min_size=2, max_size=5), st.floats(0.41, 1.0))
def test_they_stay_while_the_values_stay_within_and_use_them(values, share):
    values = np.array(values)
    limits = steady_limits(values, None)
    assert steady_limits(values, limits) == limits
    middle = (limits[0] + limits[1]) / 2
    narrower = middle + (np.array(limits) - middle) * share
    assert steady_limits(narrower, limits) == limits


def test_they_are_round_numbers():
    assert steady_limits(np.array([0.0, 5.3]), None) == (0.0, 5.5)
    assert steady_limits(np.array([-0.93, 0.88]), None) == pytest.approx((-1.0, 1.0))


def test_they_are_drawn_in_where_most_would_be_empty():
    assert steady_limits(np.array([0.0, 1.0]), (0.0, 10.0)) == (0.0, 1.0)


def test_what_no_longer_changes_keeps_its_place():
    assert steady_limits(np.zeros(3), (0.0, 5.0)) == (0.0, 5.0)
    low, high = steady_limits(np.full(3, 4.0), None)
    assert low < 4.0 < high


@pytest.mark.parametrize("values", [[], [np.nan], [np.inf, -np.inf], [1e308, -1e308], [5e-324, 0]])
def test_there_are_always_limits(values):
    low, high = steady_limits(np.array(values, np.float64), None)
    assert np.isfinite([low, high]).all()
    assert low < high
