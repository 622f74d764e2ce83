"""Bringing columns to mean 0 and standard deviation 1."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from nntui.data.standardize import Standardizer

columns = arrays(np.float64, (7, 3), elements=st.floats(-1e6, 1e6))


def test_known_numbers():
    standardizer = Standardizer.fit(np.array([[1.0, 10.0], [3.0, 50.0]]))
    assert standardizer.mean.tolist() == [2.0, 30.0]
    assert standardizer.scale.tolist() == [1.0, 20.0]
    assert standardizer.transform(np.array([[4.0, 30.0]])).tolist() == [[2.0, 0.0]]
    assert standardizer.inverse(np.array([[2.0, 0.0]])).tolist() == [[4.0, 30.0]]


def test_the_result_has_mean_0_and_deviation_1():
    values = np.random.default_rng(0).normal([5.0, -1e3], [0.1, 30.0], (500, 2))
    standardized = Standardizer.fit(values).transform(values)
    assert standardized.mean(axis=0) == pytest.approx([0.0, 0.0], abs=1e-12)
    assert standardized.std(axis=0) == pytest.approx([1.0, 1.0])


@given(columns)
def test_the_way_back(values):
    standardizer = Standardizer.fit(values)
    back = standardizer.inverse(standardizer.transform(values))
    assert back == pytest.approx(values, rel=1e-9, abs=1e-6)


def test_a_column_that_does_not_vary():
    values = np.array([[0.1, 1.0], [0.1, 2.0], [0.1, 3.0]])
    standardizer = Standardizer.fit(values)
    assert standardizer.scale[0] == 1.0
    assert standardizer.transform(values)[:, 0].tolist() == [0.0, 0.0, 0.0]
    assert Standardizer.fit(values[:1]).scale.tolist() == [1.0, 1.0]


def test_very_large_numbers():
    values = np.array([[1e308, 1e200], [1.5e308, -1e200], [1.7e308, 0.0]])
    standardized = Standardizer.fit(values).transform(values)
    expected = Standardizer.fit(values / 1e200).transform(values / 1e200)
    assert standardized == pytest.approx(expected)
    assert standardized.std(axis=0) == pytest.approx([1.0, 1.0])


def test_identity_changes_nothing():
    values = np.random.default_rng(0).normal(size=(5, 2))
    identity = Standardizer.identity(2)
    assert np.array_equal(identity.transform(values), values)
    assert np.array_equal(identity.inverse(values), values)
