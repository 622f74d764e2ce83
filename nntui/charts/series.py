"""What is done to a series before it is drawn: thinning that keeps peaks, and smoothing."""

import numpy as np
from numpy.typing import NDArray


def thinned(
    x: NDArray[np.float64], y: NDArray[np.float64], low: float, high: float, columns: int
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Keep the lowest and the highest sample of each column of a chart, and the very last one.

    Args:
        x: Where the samples lie, rising, (samples,).
        y: Their values; samples without a finite value are dropped, (samples,).
        low: Where the chart's first column begins.
        high: Where its last column ends.
        columns: How many columns there are.

    Returns:
        The places and the values that are kept, in their order: about two a column.
    """
    is_known = np.isfinite(x) & np.isfinite(y)
    x, y = x[is_known], y[is_known]
    if len(x) <= 2 * columns or high <= low:
        return x, y
    column = np.floor((x - low) * (columns / (high - low)))
    starts = np.flatnonzero(np.diff(column, prepend=np.nan) != 0)
    lengths = np.diff(starts, append=len(x))
    kept = np.zeros(len(x), np.bool_)
    for extreme in (np.minimum, np.maximum):
        found = np.flatnonzero(y == np.repeat(extreme.reduceat(y, starts), lengths))
        # Every column has at least one of its own; of several equal ones the first is kept.
        kept[found[np.searchsorted(found, starts)]] = True
    kept[-1] = True
    return x[kept], y[kept]


def smoothed(x: NDArray[np.float64], y: NDArray[np.float64], width: float) -> NDArray[np.float64]:
    """Average each value with those before it, which count the less the further back they lie.

    An exponential moving average for samples at any distances. A value at a distance d counts
    exp(−d / width) times as much; the weights are divided by their sum, so that the beginning is
    not drawn towards 0. It looks back only, as TensorBoard's does: a later sample changes nothing.

    Args:
        x: Where the samples lie, rising, (samples,).
        y: Their values, all finite, (samples,).
        width: The distance at which a value counts 1/e, above 0.

    Returns:
        (samples,).
    """
    fading = np.exp(-np.diff(x, prepend=x[:1]) / width).tolist()
    total, weight = 0.0, 0.0
    result: list[float] = []
    for kept, value in zip(fading, y.tolist(), strict=True):
        total = total * kept + value
        weight = weight * kept + 1.0
        result.append(total / weight)
    return np.array(result)
