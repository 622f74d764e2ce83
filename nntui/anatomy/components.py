"""The principal components of a cloud of points: the directions along which it is widest."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

_NEGLIGIBLE = 1e-9


@dataclass(frozen=True, eq=False)
class Components:
    """The first principal components.

    Attributes:
        directions: Each of length 1 and at right angles to the others, (components, columns).
        shares: The share of the whole variance along each of them, 0 to 1, (components,).
    """

    directions: NDArray[np.float64]
    shares: NDArray[np.float64]


def principal_components(values: NDArray[np.float64], count: int) -> Components:
    """Find the first principal components of points whose columns have the mean 0.

    They are the eigenvectors of valuesᵀ @ values with the largest eigenvalues. Where there are
    fewer points than columns, those of the smaller values @ valuesᵀ lead to them. A direction is
    turned so that its largest coordinate is positive.

    Source: Pearson, "On lines and planes of closest fit to systems of points in space", 1901.

    Args:
        values: Finite numbers, (points, columns), at least ``count`` columns.
        count: How many components.
    """
    points, columns = values.shape
    # Squares of very large numbers would overflow.
    scaled = values / (np.abs(values).max(initial=0.0) or 1.0)
    if columns <= points:
        _, vectors = np.linalg.eigh(scaled.T @ scaled)
        directions = vectors[:, ::-1][:, :count].T
    else:
        _, vectors = np.linalg.eigh(scaled @ scaled.T)
        directions = orthonormal(vectors[:, ::-1][:, :count].T @ scaled, count)
    largest = np.abs(directions).argmax(axis=1)
    signs = np.where(directions[np.arange(count), largest] < 0.0, -1.0, 1.0)
    whole = np.square(scaled).sum()
    variances = np.square(scaled @ directions.T).sum(axis=0)
    shares = variances / whole if whole > 0.0 else np.zeros(count)
    return Components(directions * signs[:, np.newaxis], shares)


def orthonormal(wanted: NDArray[np.float64], count: int) -> NDArray[np.float64]:
    """Make directions of length 1 at right angles, in the order of wanted ones (Gram-Schmidt).

    One that is next to nothing, or lies among those before it, is replaced by a coordinate axis.

    Args:
        wanted: (any number, columns).
        count: How many are needed, no more than columns.

    Returns:
        (count, columns).
    """
    columns = wanted.shape[1]
    # Squares of very large numbers would overflow.
    wanted = wanted / (np.abs(wanted).max(initial=0.0) or 1.0)
    directions = np.zeros((count, columns))
    for number in range(count):
        chosen = directions[:number]
        rest = _across(wanted[number], chosen) if number < len(wanted) else np.zeros(columns)
        if not np.linalg.norm(rest) > _NEGLIGIBLE:
            # Of all axes, the one that has least to do with the directions before.
            axis = np.zeros(columns)
            axis[np.square(chosen).sum(axis=0).argmin()] = 1.0
            rest = _across(axis, chosen)
        directions[number] = rest / np.linalg.norm(rest)
    return directions


def _across(vector: NDArray[np.float64], chosen: NDArray[np.float64]) -> NDArray[np.float64]:
    """Take from a vector what lies along some directions."""
    # Twice, because the first time leaves rounding errors of the vector's size.
    for _ in range(2):
        vector = vector - chosen.T @ (chosen @ vector)
    return vector
