"""Limits of an axis that are round numbers and change seldom while a network learns."""

import math
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from nntui.engine.tape import Array

Limits: TypeAlias = tuple[float, float]

_LARGEST = 1e150
_STEPS = (1.0, 2.0, 5.0, 10.0)
_STEPS_OF_AN_AXIS = 12
_LEAST_USE = 0.4
"""Below this share of the axis in use, its limits are drawn in."""


def steady_limits(values: Array | NDArray[np.float64], before: Limits | None) -> Limits:
    """Choose limits that hold all finite values; those before are kept while they are well used.

    Args:
        values: Of any shape.
        before: The limits of the picture before this one.
    """
    finite = values[np.isfinite(values)].astype(np.float64)
    lowest, highest = (float(finite.min()), float(finite.max())) if finite.size else (0.0, 0.0)
    lowest, highest = (min(max(end, -_LARGEST), _LARGEST) for end in (lowest, highest))
    span = highest - lowest
    if before is not None:
        width = before[1] - before[0]
        if before[0] <= lowest and highest <= before[1] and span >= _LEAST_USE * width:
            return before
    if span <= 1e-9 * max(abs(lowest), abs(highest)) or span <= 1.0 / _LARGEST:
        # One value only: it stands in the middle.
        half = abs(lowest) / 2.0 or 1.0
        if before is not None and before[0] <= lowest <= before[1] <= before[0] + 16.0 * half:
            return before
        lowest, highest, span = lowest - half, highest + half, 2.0 * half
    step = _round_step(span / _STEPS_OF_AN_AXIS)
    return math.floor(lowest / step) * step, math.ceil(highest / step) * step


def _round_step(least: float) -> float:
    """Return the smallest of 1, 2 and 5 times a power of ten that is not below a number."""
    decade = 10.0 ** math.floor(math.log10(least))
    return next((decade * step for step in _STEPS if decade * step >= least), 10.0 * decade)
