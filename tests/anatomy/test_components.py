"""Principal components, against clouds whose widths are known."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nntui.anatomy.components import orthonormal, principal_components


def cloud(points, widths, seed=0):
    """Return a cloud with exactly these widths along random directions, and the directions."""
    generator = np.random.default_rng(seed)
    columns = len(widths)
    centred = generator.normal(size=(points, columns))
    centred -= centred.mean(axis=0)
    white, _ = np.linalg.qr(centred)
    directions, _ = np.linalg.qr(generator.normal(size=(columns, columns)))
    return white * np.array(widths) @ directions.T, directions.T


def test_they_lie_along_the_widest_directions():
    values, directions = cloud(50, [3.0, 2.0, 1.0])
    found = principal_components(values, 2)
    for direction, expected in zip(found.directions, directions, strict=False):
        assert abs(float(direction @ expected)) == pytest.approx(1.0)
        assert direction[np.abs(direction).argmax()] > 0.0
    assert found.shares == pytest.approx([9 / 14, 4 / 14])


def test_fewer_points_than_columns_do():
    values = np.zeros((3, 6))
    values[:, 1], values[:, 4] = [4.0, -4.0, 0.0], [1.0, 1.0, -2.0]
    found = principal_components(values, 2)
    np.testing.assert_allclose(found.directions, np.eye(6)[[1, 4]], atol=1e-12)
    assert found.shares == pytest.approx([32 / 38, 6 / 38])


@given(st.integers(1, 8), st.integers(2, 8), st.floats(-200, 200))
def test_they_are_always_at_right_angles(points, columns, exponent):
    values = np.random.default_rng(0).normal(size=(points, columns)) * 10.0**exponent
    found = principal_components(values, 2)
    np.testing.assert_allclose(found.directions @ found.directions.T, np.eye(2), atol=1e-9)
    assert (found.shares >= 0.0).all()
    assert found.shares.sum() < 1.0 + 1e-9


def test_a_cloud_without_any_width_has_directions_all_the_same():
    for shape in ((5, 3), (2, 4)):
        found = principal_components(np.zeros(shape), 2)
        np.testing.assert_allclose(found.directions @ found.directions.T, np.eye(2))
        assert found.shares.tolist() == [0.0, 0.0]


class TestOrthonormal:
    def test_each_keeps_what_is_not_along_those_before(self):
        found = orthonormal(np.array([[3.0, 0.0, 0.0], [5.0, 2.0, 0.0]]), 2)
        np.testing.assert_allclose(found, [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0]])

    def test_what_is_missing_is_replaced_by_an_axis(self):
        found = orthonormal(np.array([[0.0, 2.0, 0.0], [0.0, -7.0, 0.0]]), 2)
        np.testing.assert_allclose(found @ found.T, np.eye(2))
        assert found[0].tolist() == [0.0, 1.0, 0.0]
        np.testing.assert_allclose(orthonormal(np.zeros((0, 2)), 2), np.eye(2))
