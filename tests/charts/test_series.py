import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nntui.charts.series import smoothed, thinned


def test_a_single_spike_among_many_samples_is_kept():
    x = np.arange(100_000.0)
    y = np.full(100_000, 0.5)
    y[61_234] = 9.0
    y[77_777] = -9.0
    kept_x, kept_y = thinned(x, y, 0, 100_000, 50)
    assert (61_234, 9.0) in zip(kept_x, kept_y, strict=True)
    assert (77_777, -9.0) in zip(kept_x, kept_y, strict=True)
    assert len(kept_x) <= 2 * 50 + 1


@given(
    st.lists(st.floats(-5, 5) | st.just(math.nan) | st.just(math.inf), max_size=300),
    st.integers(1, 20),
)
def test_each_column_keeps_its_lowest_and_its_highest_value(values, columns):
    x, y = np.arange(float(len(values))), np.array(values, float)
    kept_x, kept_y = thinned(x, y, 0, 300, columns)
    assert np.all(np.diff(kept_x) > 0)
    assert np.array_equal(kept_y, y[kept_x.astype(int)])
    for column in range(columns):
        own = [v for i, v in enumerate(values) if math.isfinite(v) and i * columns // 300 == column]
        kept = kept_y[(kept_x * columns / 300).astype(int) == column]
        if own:
            assert kept.min() == min(own)
            assert kept.max() == max(own)


def test_the_last_sample_is_always_kept():
    x, y = np.arange(1000.0), np.sin(np.arange(1000.0))
    kept_x, _ = thinned(x, y, 0, 1000, 10)
    assert kept_x[-1] == 999


def test_smoothing_leaves_a_constant_and_the_first_value_as_they_are():
    x = np.array([0, 1, 5, 6, 20.0])
    assert smoothed(x, np.full(5, 3.0), 2.0) == pytest.approx(np.full(5, 3.0))
    assert smoothed(x, np.array([7, 0, 0, 0, 0.0]), 2.0)[0] == 7


def test_smoothing_weighs_by_distance():
    x, y = np.array([0.0, 1.0, 3.0]), np.array([1.0, 0.0, 4.0])
    weights = np.exp(-np.array([3.0, 2.0, 0.0]) / 2.0)
    assert smoothed(x, y, 2.0)[2] == pytest.approx((weights * y).sum() / weights.sum())


def test_smoothing_looks_back_only():
    x, y = np.arange(50.0), np.random.default_rng(0).normal(size=50)
    changed = y.copy()
    changed[30:] = 100
    assert np.array_equal(smoothed(x, y, 5.0)[:30], smoothed(x, changed, 5.0)[:30])


def test_smoothing_makes_a_noisy_series_calmer():
    x, y = np.arange(500.0), np.random.default_rng(0).normal(size=500)
    assert smoothed(x, y, 20.0)[100:].std() < 0.3 * y.std()


def test_nothing_is_left_of_nothing():
    empty = np.zeros(0)
    assert len(smoothed(empty, empty, 1.0)) == 0
    assert len(thinned(empty, empty, 0, 1, 5)[0]) == 0
