"""How often a neuron answers what."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nntui.anatomy.limits import Limits, steady_limits
from nntui.engine.activations import Activation, Sigmoid, Sine, Softmax, Step, Tanh
from nntui.engine.tape import Array

BINS = 24
"""How many equally wide ranges are counted."""

RANGES: dict[type[Activation], Limits] = {
    Tanh: (-1.0, 1.0),
    Sine: (-1.0, 1.0),
    Sigmoid: (0.0, 1.0),
    Softmax: (0.0, 1.0),
    Step: (0.0, 1.0),
}
"""Between which numbers bounded activations lie."""


@dataclass(frozen=True, eq=False)
class Histogram:
    """How many answers lie within each of equally wide ranges.

    Attributes:
        counts: (bins,). What is not a finite number is not counted.
        limits: Where the first range begins and the last one ends.
    """

    counts: NDArray[np.int64]
    limits: Limits


def histogram_of(answers: Array, activation: Activation | None, before: Limits | None) -> Histogram:
    """Count the answers of one neuron.

    Args:
        answers: (points,).
        activation: Its activation, whose whole range is shown if it is bounded; None for an input.
        before: The limits of the picture before this one, for one that is not.
    """
    finite = answers[np.isfinite(answers)].astype(np.float64)
    limits = RANGES.get(type(activation)) if activation else None
    if limits is None:
        limits = steady_limits(finite, before)
    low, high = limits
    shares = (finite - low) / (high - low)
    bins = np.clip(shares * BINS, 0, BINS - 1).astype(np.int64)
    return Histogram(np.bincount(bins, minlength=BINS), limits)
