"""Choose which points are kept away from training, to test what was learnt."""

import math

import numpy as np

from nntui.data.dataset import FloatArray, IntArray
from nntui.data.facts import Task
from nntui.errors import DataError


def split(
    targets: FloatArray | IntArray, task: Task, test_fraction: float, generator: np.random.Generator
) -> tuple[IntArray, IntArray]:
    """Share points out at random between training and testing.

    For classification the split is stratified: every class gives nearly the same share to the
    test. Its share is the exact one rounded up or down, chosen so that the sum is
    round(test_fraction × points) (the largest remainders are rounded up, and before them classes
    of two or more points that would have no test point). Every class keeps a training point, which
    can make the sum smaller where classes are small or the fraction is near 1.

    Args:
        targets: The class numbers or values, shape (points,).
        task: Whether they are classes or values.
        test_fraction: The share of the points to test on, from 0 (no test) to below 1.
        generator: Where the random numbers come from.

    Returns:
        The numbers of the training points and of the test points, both sorted.

    Raises:
        DataError: The share is out of range or leaves no point to train on.
    """
    if not 0.0 <= test_fraction < 1.0:
        raise DataError(f"data.test_fraction: found {test_fraction}, expected from 0 to below 1.")
    points = len(targets)
    total = round(test_fraction * points)
    if total >= points:
        raise DataError(
            f"data.test_fraction: {test_fraction} of {points} points leaves none to train on, "
            f"expected a smaller fraction."
        )
    if task == "regression":
        groups = [np.arange(points)]
        counts = [total]
    else:
        groups = [np.flatnonzero(targets == number) for number in np.unique(targets)]
        counts = _test_counts([len(group) for group in groups], test_fraction, total)
    in_test = np.zeros(points, dtype=np.bool_)
    for group, count in zip(groups, counts, strict=True):
        in_test[generator.permutation(group)[:count]] = True
    return np.flatnonzero(~in_test).astype(np.int64), np.flatnonzero(in_test).astype(np.int64)


def _test_counts(sizes: list[int], test_fraction: float, total: int) -> list[int]:
    """Say how many points of each class to test on."""
    # Rounding here keeps 0.29 × 100 at 29, where the product of floats is 28.999999999999996.
    exact = [round(test_fraction * size, 9) for size in sizes]
    counts = [math.floor(share) for share in exact]
    can_grow = [
        number
        for number, size in enumerate(sizes)
        if exact[number] > counts[number] and counts[number] + 1 < size
    ]
    can_grow.sort(key=lambda number: (counts[number] > 0, counts[number] - exact[number]))
    for number in can_grow[: max(total - sum(counts), 0)]:
        counts[number] += 1
    return counts
