"""Losses: how wrong the network's answers are, as one number to make small.

A loss does two things. ``value`` computes the number, outside the training step, where nobody
waits for it. ``record`` writes the calls that start the way back: they fill the output's delta.

Some losses belong to one output activation, and both are differentiated together: the exact
result is simply *outputs − targets*, while each derivative alone would divide by probabilities
that may be zero. Such a loss names that activation in ``fused_with``; its delta is then the
gradient with respect to the weighted sums z, and the activation's own way back is left out. All
other losses write the gradient with respect to the outputs a.

Inside, arrays are (units, batch). Every loss is the mean over the points of the batch.
"""

from typing import Any, ClassVar, Protocol

import numpy as np
from numpy.typing import NDArray

from nntui.engine.activations import Sigmoid, Softmax, Step
from nntui.engine.tape import Array, Signal, Tape


class Loss(Protocol):
    """What every loss offers.

    Attributes:
        fused_with: The output activation whose derivative the loss includes; None for none.
    """

    fused_with: ClassVar[type | None]

    def value(self, sums: Array, outputs: Array, targets: Array) -> float:
        """Return the mean loss of the points.

        Args:
            sums: The output layer's weighted sums z, (units, points).
            outputs: The network's outputs a, (units, points).
            targets: What the outputs should be, (units, points).
        """
        ...

    def record(self, tape: Tape, outputs: Signal, targets: Array) -> None:
        """Write the calls that fill ``outputs.delta``.

        Args:
            tape: Where to write.
            outputs: The network's outputs and their delta, (units, batch).
            targets: What the outputs should be, (units, batch).
        """
        ...


def one_hot(classes: NDArray[np.integer[Any]], units: int) -> NDArray[np.float64]:
    """Write class numbers as probabilities: 1 for the class, 0 for all others.

    Args:
        classes: Class numbers, counted from 0, (points,).
        units: The number of classes.

    Returns:
        (points, units).

    Example:
        >>> one_hot(np.array([2, 0]), 3).tolist()
        [[0.0, 0.0, 1.0], [1.0, 0.0, 0.0]]
    """
    return np.where(classes[:, np.newaxis] == np.arange(units), 1.0, 0.0)


class CategoricalCrossentropy:
    """The surprise at the right class, with softmax: −Σᵢ tᵢ log aᵢ, mean over the points.

    It is 0 where the right class was given probability 1, and grows without end as that
    probability goes to 0.
    log a is computed from the sums as z − max z − log Σ e^(z − max z), so that no probability,
    however small, becomes log 0. Differentiating softmax and loss together gives
    delta_z = (a − t) / batch. Targets are probabilities of the classes: one-hot columns (1
    for the right class, 0 for all others), or a mixture of two (mixup).
    """

    fused_with: ClassVar[type | None] = Softmax

    def value(self, sums: Array, outputs: Array, targets: Array) -> float:
        """Return the mean loss of the points."""
        sums = sums.astype(np.float64)
        shifted = sums - sums.max(axis=0)
        log_probabilities = shifted - np.log(np.exp(shifted).sum(axis=0))
        # A class with target 0 adds nothing, even where its log probability is −∞.
        terms = np.where(targets > 0, targets * log_probabilities, 0.0)
        return float(-terms.sum(axis=0).mean())

    def record(self, tape: Tape, outputs: Signal, targets: Array) -> None:
        """Write delta_z = (a − t) / batch."""
        _record_difference(tape, outputs, targets, 1.0 / tape.batch_size, "mean over the batch")


class BinaryCrossentropy:
    """The surprise at yes or no, with sigmoid: −(t log a + (1 − t) log(1 − a)).

    The mean over the points and, with several units, over the units. From the sums it is
    log(1 + eᶻ) − t·z, which neither overflows nor takes the logarithm of 0. Differentiating
    sigmoid and loss together gives delta_z = (a − t) / (batch · units).
    """

    fused_with: ClassVar[type | None] = Sigmoid

    def value(self, sums: Array, outputs: Array, targets: Array) -> float:
        """Return the mean loss of the points."""
        sums = sums.astype(np.float64)
        return float(np.mean(np.logaddexp(0.0, sums) - targets * sums))

    def record(self, tape: Tape, outputs: Signal, targets: Array) -> None:
        """Write delta_z = (a − t) / (batch · units)."""
        _record_difference(tape, outputs, targets, 1.0 / targets.size, "mean over batch and units")


class PerceptronCriterion:
    """How far the wrongly answered points lie on the wrong side: (a − t) · z.

    The mean over points and units. With a step activation it is 0 for a right answer and |z| for
    a wrong one. Its gradient with respect to z is (a − t) / (batch · units). Following it point by
    point (a batch of one, one unit) *is* the perceptron rule w ← w + learning_rate · (t − a) · x;
    a larger batch follows the rule's mean.

    Source: Rosenblatt, "The perceptron", 1958.
    """

    fused_with: ClassVar[type | None] = Step

    def value(self, sums: Array, outputs: Array, targets: Array) -> float:
        """Return the mean loss of the points."""
        return float(np.mean((outputs - targets) * sums.astype(np.float64)))

    def record(self, tape: Tape, outputs: Signal, targets: Array) -> None:
        """Write delta_z = (a − t) / (batch · units)."""
        _record_difference(tape, outputs, targets, 1.0 / targets.size, "mean over batch and units")


class MeanSquaredError:
    """The squared error (a − t)², mean over points and units.

    Its gradient is delta = 2 (a − t) / (batch · units).
    """

    fused_with: ClassVar[type | None] = None

    def value(self, sums: Array, outputs: Array, targets: Array) -> float:
        """Return the mean loss of the points."""
        return float(np.mean(np.square(outputs.astype(np.float64) - targets)))

    def record(self, tape: Tape, outputs: Signal, targets: Array) -> None:
        """Write delta = 2 (a − t) / (batch · units)."""
        _record_difference(tape, outputs, targets, 2.0 / targets.size, "· 2 / (batch · units)")


class MeanAbsoluteError:
    """The absolute error |a − t|, mean over points and units.

    Its gradient is delta = sign(a − t) / (batch · units); at a = t the slope is taken as 0. It
    minds outliers less than the squared error.
    """

    fused_with: ClassVar[type | None] = None

    def value(self, sums: Array, outputs: Array, targets: Array) -> float:
        """Return the mean loss of the points."""
        return float(np.mean(np.abs(outputs.astype(np.float64) - targets)))

    def record(self, tape: Tape, outputs: Signal, targets: Array) -> None:
        """Write delta = sign(a − t) / (batch · units)."""
        delta, share = outputs.delta, tape.scalar(1.0 / targets.size)
        tape.call("a − t", np.subtract, outputs.values, targets, out=delta)
        tape.call("sign(a − t)", np.sign, delta, out=delta)
        tape.call("divided by batch · units", np.multiply, delta, share, out=delta)


class Huber:
    """Squared for small errors, absolute for large ones; mean over points and units.

    With e = a − t: e² / 2 where |e| ≤ delta, otherwise delta · (|e| − delta / 2). The gradient
    is e, cut off at ±delta, divided by batch · units.

    Args:
        delta: Where the square ends and the straight line begins, in the target's units.

    Source: Huber, "Robust estimation of a location parameter", 1964.
    """

    fused_with: ClassVar[type | None] = None

    def __init__(self, delta: float) -> None:
        self.delta = delta

    def value(self, sums: Array, outputs: Array, targets: Array) -> float:
        """Return the mean loss of the points."""
        error = np.abs(outputs.astype(np.float64) - targets)
        straight = self.delta * (error - 0.5 * self.delta)
        return float(np.mean(np.where(error <= self.delta, 0.5 * np.square(error), straight)))

    def record(self, tape: Tape, outputs: Signal, targets: Array) -> None:
        """Write the gradient: a − t, cut off at ±self.delta, divided by batch · units."""
        gradient, share = outputs.delta, tape.scalar(1.0 / targets.size)
        highest, lowest = tape.scalar(self.delta), tape.scalar(-self.delta)
        tape.call("e = a − t", np.subtract, outputs.values, targets, out=gradient)
        tape.call("e at most the setting delta", np.minimum, gradient, highest, out=gradient)
        tape.call("e at least minus that", np.maximum, gradient, lowest, out=gradient)
        tape.call("divided by batch · units", np.multiply, gradient, share, out=gradient)


def _record_difference(
    tape: Tape, outputs: Signal, targets: Array, factor: float, meaning: str
) -> None:
    """Write delta = factor · (a − t)."""
    delta = outputs.delta
    tape.call("a − t", np.subtract, outputs.values, targets, out=delta)
    tape.call(meaning, np.multiply, delta, tape.scalar(factor), out=delta)
