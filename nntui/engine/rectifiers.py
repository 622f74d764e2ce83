"""The rectified linear unit and its smoother relatives: ReLU, LeakyReLU, ELU, GELU and SiLU.

They are written as ``activations`` explains: ``record`` writes the forward calls and returns
what writes the backward ones.
"""

import math
from typing import ClassVar

import numpy as np

from nntui.engine.activations import record_sigmoid
from nntui.engine.tape import Array, Backward, Signal, Tape, nothing


class ReLU:
    """The rectified linear unit: a = max(0, z), da/dz = 1 where z > 0, otherwise 0.

    A number's first bit is its sign, in whole numbers as in floating-point ones. So the bits of z,
    negated as those of a whole number, begin with 1 where z > 0. Shifting that bit over the whole
    number gives a mask of ones or zeros, and ``a = z & mask``, ``delta = delta & mask`` take
    half the time of ``np.maximum``, ``np.sign`` and a product. Two special numbers go their own
    ways: −0.0 counts as positive, and a NaN whose sign bit is set becomes 0, so that while
    training the parameters themselves are what has to be watched for NaN.

    Source: Nair and Hinton, "Rectified linear units improve restricted Boltzmann machines", 2010.
    """

    reads_sums: ClassVar[bool] = False

    def record(self, tape: Tape, sums: Array, outputs: Signal) -> Backward:
        """Write a = max(0, z)."""
        if not tape.training:
            # No way back needs the mask, and a maximum keeps every NaN.
            zero = tape.scalar(0.0)
            tape.call("a = max(0, z)", np.maximum, sums, zero, out=outputs.values)
            return nothing
        bits = np.dtype(f"int{8 * tape.dtype.itemsize}")
        sum_bits, output_bits = sums.view(bits), outputs.values.view(bits)
        positive = np.empty(sums.shape, bits)
        sign_bit = np.array(8 * tape.dtype.itemsize - 1, bits)
        tape.call("−z as whole numbers", np.negative, sum_bits, out=positive)
        tape.call("all bits set where z > 0", np.right_shift, positive, sign_bit, out=positive)
        tape.call("a = z where z > 0, else 0", np.bitwise_and, sum_bits, positive, out=output_bits)

        def backward() -> None:
            delta_bits = outputs.delta.view(bits)
            meaning = "delta where z > 0, else 0"
            tape.call(meaning, np.bitwise_and, delta_bits, positive, out=delta_bits)

        return backward


class LeakyReLU:
    """ReLU that lets a little through: a = z where z > 0, otherwise negative_slope · z.

    da/dz = 1 where z > 0, otherwise negative_slope.

    Args:
        negative_slope: The slope for negative sums, from 0 to 1.

    Source: Maas, Hannun and Ng, "Rectifier nonlinearities improve neural network acoustic
    models", 2013.
    """

    reads_sums: ClassVar[bool] = True

    def __init__(self, negative_slope: float) -> None:
        self.negative_slope = negative_slope

    def record(self, tape: Tape, sums: Array, outputs: Signal) -> Backward:
        """Write a = max(z, negative_slope · z)."""
        slope = tape.array(len(sums))
        negative_slope = tape.scalar(self.negative_slope)
        rest = tape.scalar(1.0 - self.negative_slope)
        tape.call("negative_slope · z", np.multiply, sums, negative_slope, out=outputs.values)
        tape.call("a = the larger", np.maximum, sums, outputs.values, out=outputs.values)

        def backward() -> None:
            tape.call("1 where z > 0, else 0", np.greater, sums, tape.scalar(0.0), out=slope)
            tape.call("· (1 − negative_slope)", np.multiply, slope, rest, out=slope)
            tape.call("da/dz", np.add, slope, negative_slope, out=slope)
            tape.call("delta · da/dz", np.multiply, outputs.delta, slope, out=outputs.delta)

        return backward


class ELU:
    """The exponential linear unit: a = z where z > 0, otherwise alpha · (eᶻ − 1).

    da/dz = 1 where z > 0, otherwise alpha · eᶻ.

    Args:
        alpha: Minus the value that very negative sums approach; greater than 0.

    Source: Clevert, Unterthiner and Hochreiter, "Fast and accurate deep network learning by
    exponential linear units", 2016.
    """

    reads_sums: ClassVar[bool] = True

    def __init__(self, alpha: float) -> None:
        self.alpha = alpha

    def record(self, tape: Tape, sums: Array, outputs: Signal) -> Backward:
        """Write a = max(z, 0) + alpha · (exp(min(z, 0)) − 1)."""
        work, slope, rest = (tape.array(len(sums)) for _ in range(3))
        zero, one, alpha = tape.scalar(0.0), tape.scalar(1.0), tape.scalar(self.alpha)
        tape.call("min(z, 0)", np.minimum, sums, zero, out=work)
        tape.call("exp(min(z, 0)) − 1", np.expm1, work, out=work)
        tape.call("· alpha", np.multiply, work, alpha, out=work)
        tape.call("max(z, 0)", np.maximum, sums, zero, out=outputs.values)
        tape.call("a", np.add, outputs.values, work, out=outputs.values)

        def backward() -> None:
            tape.call("alpha · eᶻ where z ≤ 0, else alpha", np.add, work, alpha, out=work)
            tape.call("1 where z > 0, else 0", np.greater, sums, zero, out=slope)
            tape.call("difference to the linear part", np.subtract, one, work, out=rest)
            tape.call("… only where z > 0", np.multiply, rest, slope, out=slope)
            tape.call("da/dz", np.add, work, slope, out=slope)
            tape.call("delta · da/dz", np.multiply, outputs.delta, slope, out=outputs.delta)

        return backward


class GELU:
    """The Gaussian error linear unit, in its tanh form: a = z · (1 + tanh u) / 2.

    u = √(2/π) · (z + 0.044715 z³), and
    da/dz = (1 + tanh u) / 2 + z · (1 − tanh² u) / 2 · √(2/π) · (1 + 3 · 0.044715 z²).

    This is the approximation of the paper's section 2 (PyTorch's ``approximate="tanh"``), not
    the exact form with the error function, which numpy does not have. They differ by less than
    0.0005.

    Source: Hendrycks and Gimpel, "Gaussian error linear units", 2016.
    """

    reads_sums: ClassVar[bool] = True

    def record(self, tape: Tape, sums: Array, outputs: Signal) -> Backward:
        """Write a = z · (1 + tanh u) / 2."""
        gate, slope, rest = (tape.array(len(sums)) for _ in range(3))
        root, half, one = tape.scalar(math.sqrt(2 / math.pi)), tape.scalar(0.5), tape.scalar(1.0)
        cubic, three_cubic = tape.scalar(0.044715), tape.scalar(3 * 0.044715)
        tape.call("z²", np.multiply, sums, sums, out=gate)
        tape.call("0.044715 z²", np.multiply, gate, cubic, out=gate)
        tape.call("1 + 0.044715 z²", np.add, gate, one, out=gate)
        tape.call("z + 0.044715 z³", np.multiply, gate, sums, out=gate)
        tape.call("u", np.multiply, gate, root, out=gate)
        tape.call("tanh u", np.tanh, gate, out=gate)
        tape.call("1 + tanh u", np.add, gate, one, out=gate)
        tape.call("gate = (1 + tanh u) / 2", np.multiply, gate, half, out=gate)
        tape.call("a = z · gate", np.multiply, sums, gate, out=outputs.values)

        def backward() -> None:
            tape.call("z²", np.multiply, sums, sums, out=slope)
            tape.call("3 · 0.044715 z²", np.multiply, slope, three_cubic, out=slope)
            tape.call("1 + 3 · 0.044715 z²", np.add, slope, one, out=slope)
            tape.call("du/dz", np.multiply, slope, root, out=slope)
            # (1 − tanh² u) / 2 is 2 · gate · (1 − gate), and z · gate stands in a already.
            tape.call("z · gate · du/dz", np.multiply, slope, outputs.values, out=slope)
            tape.call("1 − gate", np.subtract, one, gate, out=rest)
            tape.call("· (1 − gate)", np.multiply, slope, rest, out=slope)
            tape.call("· 2", np.multiply, slope, tape.scalar(2.0), out=slope)
            tape.call("da/dz", np.add, slope, gate, out=slope)
            tape.call("delta · da/dz", np.multiply, outputs.delta, slope, out=outputs.delta)

        return backward


class SiLU:
    """The sigmoid linear unit, also called swish: a = z · σ(z), da/dz = σ(z) + a · (1 − σ(z)).

    Source: Elfwing, Uchibe and Doya, "Sigmoid-weighted linear units", 2018.
    """

    reads_sums: ClassVar[bool] = True

    def record(self, tape: Tape, sums: Array, outputs: Signal) -> Backward:
        """Write a = z · σ(z)."""
        gate, slope = tape.array(len(sums)), tape.array(len(sums))
        record_sigmoid(tape, sums, gate)
        tape.call("a = z · σ(z)", np.multiply, sums, gate, out=outputs.values)

        def backward() -> None:
            tape.call("1 − σ(z)", np.subtract, tape.scalar(1.0), gate, out=slope)
            tape.call("a · (1 − σ(z))", np.multiply, slope, outputs.values, out=slope)
            tape.call("da/dz", np.add, slope, gate, out=slope)
            tape.call("delta · da/dz", np.multiply, outputs.delta, slope, out=outputs.delta)

        return backward
