"""The principal components of a cloud of points: the directions along which it is widest."""

from dataclasses import dataclass

import numpy as np

from nntui.data.dataset import FloatArray
from nntui.training.thinning import evenly_chosen

_MOST_POINTS = 2000


@dataclass(frozen=True, eq=False)
class Components:
    """The first principal components.

    Attributes:
        directions: Each of length 1 and at right angles to the others, (components, columns).
        shares: The share of the whole variance along each of them, 0 to 1, (components,).
    """

    directions: FloatArray
    shares: FloatArray


def principal_components(values: FloatArray, count: int) -> Components:
    """Find the first principal components of points whose columns have the mean 0.

    They are the right singular vectors of the matrix of points. Of very many points some, evenly
    chosen, stand for all. A direction is turned so that its largest coordinate is positive.

    Source: Pearson, "On lines and planes of closest fit to systems of points in space", 1901.

    Args:
        values: (points, columns), at least ``count`` columns.
        count: How many components.
    """
    chosen = values[evenly_chosen(len(values), _MOST_POINTS)]
    # Rows of zeros change nothing, and make sure that there are enough singular vectors.
    missing = max(count - len(chosen), 0)
    padded = np.concatenate([chosen, np.zeros((missing, values.shape[1]))])
    _, lengths, directions = np.linalg.svd(padded, full_matrices=False)
    directions = directions[:count]
    largest = np.abs(directions).argmax(axis=1)
    signs = np.where(directions[np.arange(count), largest] < 0.0, -1.0, 1.0)
    variances = np.square(lengths)
    whole = variances.sum()
    shares = variances[:count] / whole if whole > 0.0 else np.zeros(count)
    return Components(directions * signs[:, np.newaxis], shares)
