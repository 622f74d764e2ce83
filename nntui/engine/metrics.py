"""Metrics: how good answers are, in terms that people compare."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

Classes = NDArray[np.integer[Any]]
Numbers = NDArray[np.floating[Any]]


def accuracy(predicted: Classes, actual: Classes) -> float:
    """Return the share of points whose class was found, from 0 to 1.

    Args:
        predicted: Class numbers, (points,).
        actual: Class numbers, (points,).

    Example:
        >>> accuracy(np.array([0, 1, 1, 2]), np.array([0, 1, 2, 2]))
        0.75
    """
    return float(np.count_nonzero(predicted == actual) / len(actual))


def confusion_matrix(predicted: Classes, actual: Classes, classes: int) -> NDArray[np.int64]:
    """Count how often each class was taken for each other.

    Args:
        predicted: Class numbers, (points,).
        actual: Class numbers, (points,).
        classes: How many classes there are.

    Returns:
        (classes, classes): a row for each actual class, a column for each predicted one.

    Example:
        >>> confusion_matrix(np.array([0, 1, 1]), np.array([0, 1, 0]), 2).tolist()
        [[1, 1], [0, 1]]
    """
    cells = np.bincount(actual * classes + predicted, minlength=classes * classes)
    return cells.reshape(classes, classes)


def r_squared(predicted: Numbers, actual: Numbers) -> float | None:
    """Return the share of the target's variance that the answers explain.

    R² = 1 − Σ(actual − predicted)² / Σ(actual − mean)². 1 is perfect, 0 as good as always
    answering the mean, negative worse than that.

    Args:
        predicted: (points,).
        actual: (points,).

    Returns:
        R², or None when the actual values do not vary, since then it is not defined.

    Example:
        >>> r_squared(np.array([1.0, 2.0, 4.0]), np.array([1.0, 2.0, 3.0]))
        0.5
    """
    actual = actual.astype(np.float64)
    variation = float(np.square(actual - actual.mean()).sum())
    # Equal values may differ from their mean by rounding; tiny ones may have squares of 0.
    if actual.min() == actual.max() or variation == 0.0:
        return None
    return 1.0 - float(np.square(actual - predicted).sum()) / variation
