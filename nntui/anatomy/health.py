"""Whether neurons are alive and can learn: which are dead, and how saturated each is."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from nntui.engine.activations import Activation, Sigmoid, Tanh
from nntui.engine.rectifiers import ReLU
from nntui.engine.tape import Array

FLAT_AT_ZERO: tuple[type[Activation], ...] = (ReLU,)
"""Activations that answer 0, with slope 0, to all sums below 0: a unit that does so for every
point has no gradient any more; it is *dead*. The smoother rectifiers let some gradient through."""

LINEAR_PART: dict[type[Activation], float] = {
    # |tanh z| = √(1 − slope), the largest slope being 1.
    Tanh: float(np.sqrt(1.0 - 0.01)),
    # |σ(z) − ½| = ½ √(1 − slope / ¼), the largest slope being ¼.
    Sigmoid: float(0.5 * np.sqrt(1.0 - 0.01)),
}
"""Activations that are bounded on both sides, with the distance from their middle at which their
slope is one hundredth of the largest. Further out, where |z| > 2.99 for tanh and |z| > 5.99 for
the sigmoid, they are *saturated*: hardly any gradient comes through."""

_MIDDLE: dict[type[Activation], float] = {Tanh: 0.0, Sigmoid: 0.5}


def can_die(activation: Activation | None) -> bool:
    """Tell whether units with an activation, None for inputs, can answer 0 without a gradient."""
    return type(activation) in FLAT_AT_ZERO


def dead_units(activation: Activation | None, answers: Array) -> NDArray[np.bool_]:
    """Tell which units answer 0 to every point, with no gradient there.

    Args:
        activation: What the units are; None for inputs, which cannot die.
        answers: Their activations, (units, points).

    Returns:
        (units,).
    """
    if not can_die(activation):
        return np.zeros(len(answers), np.bool_)
    return np.logical_not(answers.any(axis=1))


def saturated_shares(activation: Activation | None, answers: Array) -> NDArray[np.float64]:
    """Return the share of points that each unit answers from a flat part of its activation.

    Args:
        activation: What the units are; None for inputs.
        answers: Their activations, (units, points).

    Returns:
        0 to 1, (units,); NaN where the activation is not bounded on both sides.
    """
    kind: type[Any] = type(activation)
    if kind not in LINEAR_PART:
        return np.full(len(answers), np.nan)
    return (np.abs(answers - _MIDDLE[kind]) > LINEAR_PART[kind]).mean(axis=1, dtype=np.float64)
