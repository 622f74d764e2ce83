"""Sharing points out between training and testing."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nntui.data.split import split
from nntui.errors import DataError

fractions = st.floats(0.0, 0.9)
seeds = st.integers(0, 2**32)


def split_classes(sizes, fraction, seed=0):
    targets = np.repeat(np.arange(len(sizes)), sizes)
    np.random.default_rng(99).shuffle(targets)
    train, test = split(targets, "classification", fraction, np.random.default_rng(seed))
    counts = np.bincount(targets[test], minlength=len(sizes))
    return targets, train, test, counts


def check_partition(train, test, points):
    assert train.dtype == test.dtype == np.int64
    assert sorted([*train, *test]) == list(range(points))
    assert list(train) == sorted(train)
    assert list(test) == sorted(test)


@given(st.lists(st.integers(1, 40), min_size=2, max_size=6), fractions, seeds)
def test_classes_are_shared_fairly(sizes, fraction, seed):
    points = sum(sizes)
    if round(fraction * points) >= points:
        return
    targets, train, test, counts = split_classes(sizes, fraction, seed)
    check_partition(train, test, points)
    assert set(targets[train]) == set(targets)
    for size, count in zip(sizes, counts, strict=True):
        assert abs(count - fraction * size) <= 1.0 + 1e-6
    assert len(test) <= round(fraction * points)


@given(st.lists(st.integers(10, 60), min_size=2, max_size=6), st.floats(0.1, 0.9), seeds)
def test_larger_classes_fill_the_test_part_exactly(sizes, fraction, seed):
    _, _, test, counts = split_classes(sizes, fraction, seed)
    assert len(test) == round(fraction * sum(sizes))
    assert min(counts) >= 1


@given(st.integers(2, 200), fractions, seeds)
def test_values_are_shared_at_random(points, fraction, seed):
    if round(fraction * points) >= points:
        return
    targets = np.linspace(0.0, 1.0, points)
    train, test = split(targets, "regression", fraction, np.random.default_rng(seed))
    check_partition(train, test, points)
    assert len(test) == round(fraction * points)


def test_shares_are_those_of_the_largest_remainders():
    # 30 % of 5, 4 and 11 points: 1.5, 1.2 and 3.3; the sum is 6.
    assert split_classes([5, 4, 11], 0.3)[3].tolist() == [2, 1, 3]


def test_small_classes_are_tested_before_large_ones_are_rounded_up():
    # 10 % of 3, 19 and 18 points: 0.3, 1.9 and 1.8; the sum is 4.
    assert split_classes([3, 19, 18], 0.1)[3].tolist() == [1, 2, 1]


def test_a_single_point_is_trained_on():
    assert split_classes([1, 1, 8], 0.5)[3].tolist() == [0, 0, 4]


def test_float_products_do_not_lose_a_point():
    assert split_classes([100, 3], 0.29)[3].tolist() == [29, 1]


def test_the_seed_alone_decides():
    first, same, other = (split_classes([50, 50], 0.2, seed)[2] for seed in (1, 1, 2))
    assert np.array_equal(first, same)
    assert not np.array_equal(first, other)


def test_the_test_points_are_spread_over_the_data():
    train, test = split(np.arange(1000.0), "regression", 0.2, np.random.default_rng(0))
    assert np.mean(test) == pytest.approx(500, abs=60)
    assert len(train) == 800


def test_nothing_to_test():
    _, train, test, _ = split_classes([3, 4], 0.0)
    assert len(train) == 7
    assert len(test) == 0


@pytest.mark.parametrize("task", ["classification", "regression"])
@pytest.mark.parametrize("fraction", [-0.1, 1.0, 1.5, float("nan"), 0.99])
def test_fractions_that_cannot_be(task, fraction):
    with pytest.raises(DataError, match=r"data\.test_fraction"):
        split(np.arange(10) % 2, task, fraction, np.random.default_rng(0))
