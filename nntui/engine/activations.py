"""Activation functions: what a neuron answers to the weighted sum of its inputs.

Each class writes its forward calls in ``record`` and returns a function that writes the backward
ones, so that the formula and its derivative stand side by side. Below, z is the weighted sum, a
the activation and *delta* the gradient of the loss: with respect to a when the backward calls
start, with respect to z when they have run (``delta *= da/dz``). All are (units, batch).

The rectified linear unit and its relatives are in ``rectifiers``.
"""

from typing import ClassVar, Protocol

import numpy as np

from nntui.engine.tape import Array, Backward, Signal, Tape, nothing


class Activation(Protocol):
    """What every activation function offers.

    Attributes:
        reads_sums: Whether the way back needs z. If not, a may take z's place in memory.
    """

    reads_sums: ClassVar[bool]

    def record(self, tape: Tape, sums: Array, outputs: Signal) -> Backward:
        """Write the forward calls, and return the function that writes the backward ones.

        Args:
            tape: Where to write.
            sums: The weighted sums z, (units, batch).
            outputs: Takes the activations a, and holds their delta.
        """
        ...


def record_sigmoid(tape: Tape, sums: Array, out: Array) -> None:
    """Write out = 1 / (1 + e⁻ᶻ)."""
    tape.call("−z", np.negative, sums, out=out)
    tape.call("e⁻ᶻ", np.exp, out, out=out)
    tape.call("1 + e⁻ᶻ", np.add, out, tape.scalar(1.0), out=out)
    tape.call("σ(z)", np.reciprocal, out, out=out)


class Linear:
    """The weighted sum itself: a = z, da/dz = 1."""

    reads_sums: ClassVar[bool] = False

    def record(self, tape: Tape, sums: Array, outputs: Signal) -> Backward:
        """Write a = z, unless both are the same memory."""
        if not np.shares_memory(sums, outputs.values):
            tape.call("a = z", np.positive, sums, out=outputs.values)
        # The derivative is one: delta already is what it has to become.
        return nothing


class Softplus:
    """A smooth ReLU: a = log(1 + eᶻ), da/dz = σ(z) = 1 − e⁻ᵃ.

    Source: Dugas et al., "Incorporating second-order functional knowledge for better option
    pricing", 2000.
    """

    reads_sums: ClassVar[bool] = False

    def record(self, tape: Tape, sums: Array, outputs: Signal) -> Backward:
        """Write a = log(e⁰ + eᶻ), which does not overflow."""
        slope = tape.array(len(sums))
        tape.call("a = log(1 + eᶻ)", np.logaddexp, sums, tape.scalar(0.0), out=outputs.values)

        def backward() -> None:
            tape.call("−a", np.negative, outputs.values, out=slope)
            tape.call("e⁻ᵃ − 1", np.expm1, slope, out=slope)
            tape.call("da/dz", np.negative, slope, out=slope)
            tape.call("delta · da/dz", np.multiply, outputs.delta, slope, out=outputs.delta)

        return backward


class Sigmoid:
    """The logistic function: a = σ(z) = 1 / (1 + e⁻ᶻ), da/dz = a · (1 − a)."""

    reads_sums: ClassVar[bool] = False

    def record(self, tape: Tape, sums: Array, outputs: Signal) -> Backward:
        """Write a = 1 / (1 + e⁻ᶻ); for very negative z the exponential is infinite, a is 0."""
        slope = tape.array(len(sums))
        record_sigmoid(tape, sums, outputs.values)

        def backward() -> None:
            tape.call("1 − a", np.subtract, tape.scalar(1.0), outputs.values, out=slope)
            tape.call("da/dz = a · (1 − a)", np.multiply, slope, outputs.values, out=slope)
            tape.call("delta · da/dz", np.multiply, outputs.delta, slope, out=outputs.delta)

        return backward


class Tanh:
    """The hyperbolic tangent: a = tanh z, da/dz = 1 − a²."""

    reads_sums: ClassVar[bool] = False

    def record(self, tape: Tape, sums: Array, outputs: Signal) -> Backward:
        """Write a = tanh z."""
        slope = tape.array(len(sums))
        tape.call("a = tanh z", np.tanh, sums, out=outputs.values)

        def backward() -> None:
            tape.call("a²", np.multiply, outputs.values, outputs.values, out=slope)
            tape.call("da/dz = 1 − a²", np.subtract, tape.scalar(1.0), slope, out=slope)
            tape.call("delta · da/dz", np.multiply, outputs.delta, slope, out=outputs.delta)

        return backward


class Sine:
    """A wave: a = sin z, da/dz = cos z.

    Source: Sitzmann et al., "Implicit neural representations with periodic activation
    functions", 2020.
    """

    reads_sums: ClassVar[bool] = True

    def record(self, tape: Tape, sums: Array, outputs: Signal) -> Backward:
        """Write a = sin z."""
        slope = tape.array(len(sums))
        tape.call("a = sin z", np.sin, sums, out=outputs.values)

        def backward() -> None:
            tape.call("da/dz = cos z", np.cos, sums, out=slope)
            tape.call("delta · da/dz", np.multiply, outputs.delta, slope, out=outputs.delta)

        return backward


class Step:
    """The threshold of the first artificial neurons: a = 1 where z > 0, otherwise 0.

    Its derivative is 0 everywhere, so gradients cannot train it: a perceptron learns by the
    perceptron rule instead (see ``losses.PerceptronCriterion``).

    Source: McCulloch and Pitts, "A logical calculus of the ideas immanent in nervous activity",
    1943.
    """

    reads_sums: ClassVar[bool] = True

    def record(self, tape: Tape, sums: Array, outputs: Signal) -> Backward:
        """Write a = 1 where z > 0, else 0."""
        meaning = "a = 1 where z > 0, else 0"
        tape.call(meaning, np.greater, sums, tape.scalar(0.0), out=outputs.values)

        def backward() -> None:
            tape.call("da/dz = 0", np.multiply, outputs.delta, tape.scalar(0.0), out=outputs.delta)

        return backward


class Softmax:
    """Probabilities of classes that exclude each other: aᵢ = e^zᵢ / Σₖ e^zₖ.

    The largest z of each point is subtracted first: it changes nothing in the result and keeps
    the exponentials from overflowing. On the way back,
    delta_zᵢ = aᵢ · (delta_aᵢ − Σₖ delta_aₖ · aₖ).

    With categorical cross-entropy the way back of both together is just a − targets, and the
    loss writes that instead (see ``losses``).

    Source: Bridle, "Probabilistic interpretation of feedforward classification network outputs",
    1990.
    """

    reads_sums: ClassVar[bool] = False

    def record(self, tape: Tape, sums: Array, outputs: Signal) -> Backward:
        """Write aᵢ = e^(zᵢ − max z) / Σₖ e^(zₖ − max z)."""
        probabilities, total = outputs.values, tape.array(len(sums))
        largest = np.zeros(tape.batch_size, tape.dtype)
        # A product with a square of ones adds up each column and repeats the sum in every row:
        # three times faster than np.sum followed by a division that has to broadcast.
        ones = np.ones((len(sums), len(sums)), tape.dtype)
        tape.call("max z of each point", _column_maximum, sums, out=largest)
        tape.call("z − max z", np.subtract, sums, largest, out=probabilities)
        tape.call("e^(z − max z)", np.exp, probabilities, out=probabilities)
        tape.call("their sum over the classes", np.dot, ones, probabilities, out=total)
        tape.call("a: divided by the sum", np.divide, probabilities, total, out=probabilities)

        def backward() -> None:
            work = tape.array(len(sums))
            tape.call("delta · a", np.multiply, outputs.delta, probabilities, out=work)
            tape.call("Σ delta · a", np.dot, ones, work, out=total)
            tape.call("delta − Σ", np.subtract, outputs.delta, total, out=outputs.delta)
            tape.call("· a", np.multiply, outputs.delta, probabilities, out=outputs.delta)

        return backward


def _column_maximum(sums: Array, out: Array) -> None:
    """Find the largest number of each column: (units, batch) to (batch,)."""
    np.maximum.reduce(sums, axis=0, out=out)
