import numpy as np
import pytest

from nntui.engine.metrics import accuracy, confusion_matrix, r_squared


def test_accuracy_is_the_share_of_right_answers():
    actual = np.array([0, 1, 2, 2])
    assert accuracy(np.array([0, 1, 2, 2]), actual) == 1.0
    assert accuracy(np.array([0, 1, 2, 0]), actual) == 0.75
    assert accuracy(np.array([1, 0, 0, 0]), actual) == 0.0


def test_the_confusion_matrix_has_a_row_for_each_actual_class():
    predicted, actual = np.array([0, 0, 1, 2, 2]), np.array([0, 1, 1, 1, 2])
    matrix = confusion_matrix(predicted, actual, 3)
    assert matrix.tolist() == [[1, 0, 0], [1, 1, 1], [0, 0, 1]]
    assert matrix.dtype == np.int64


def test_the_confusion_matrix_has_room_for_classes_that_do_not_occur():
    matrix = confusion_matrix(np.array([1]), np.array([1]), 3)
    assert matrix.tolist() == [[0, 0, 0], [0, 1, 0], [0, 0, 0]]


def test_the_confusion_matrix_agrees_with_the_accuracy():
    generator = np.random.default_rng(0)
    predicted, actual = generator.integers(4, size=50), generator.integers(4, size=50)
    matrix = confusion_matrix(predicted, actual, 4)
    assert matrix.sum() == 50
    assert matrix.trace() / 50 == accuracy(predicted, actual)
    np.testing.assert_array_equal(matrix.sum(axis=1), np.bincount(actual, minlength=4))
    np.testing.assert_array_equal(matrix.sum(axis=0), np.bincount(predicted, minlength=4))


@pytest.mark.parametrize(
    ("predicted", "expected"),
    [
        ([1.0, 2.0, 3.0], 1.0),
        ([2.0, 2.0, 2.0], 0.0),  # as good as the mean
        ([3.0, 2.0, 1.0], -3.0),  # worse than the mean
        ([1.0, 2.0, 4.0], 0.5),
    ],
)
def test_r_squared_by_hand(predicted, expected):
    assert r_squared(np.array(predicted), np.array([1.0, 2.0, 3.0])) == expected


@pytest.mark.parametrize("value", [0.0, 5.0, 0.1, 1e9 / 3.0])
def test_r_squared_is_not_defined_where_nothing_varies(value):
    assert r_squared(np.array([1.0, 2.0, 3.0]), np.full(3, value)) is None


def test_r_squared_of_float32_numbers_is_computed_in_float64():
    actual = 1e4 + np.arange(5.0)
    predicted = (actual + 0.5).astype(np.float32)
    assert r_squared(predicted, actual.astype(np.float32)) == pytest.approx(1 - 5 * 0.25 / 10)


def test_r_squared_is_not_defined_where_the_variation_is_too_small_to_square():
    assert r_squared(np.array([0.0, 1e-200]), np.array([1e-200, 2e-200])) is None
