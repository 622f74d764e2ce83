"""Regularization: a price on large weights, added to the loss."""

from dataclasses import dataclass

import numpy as np

from nntui.engine.tape import Array, Tape


@dataclass(frozen=True)
class Penalty:
    """The penalty Σ l1·|w| + Σ l2·w², with factors of their own for weights and for biases.

    Its gradient is l1·sign(w) + 2·l2·w. This is Keras's l2: l2 = 0.01 does what
    weight_decay = 0.02 does in PyTorch's SGD. Layers that are not trainable have no price.

    Args:
        l1: The factor of the weights' absolute values.
        l2: The factor of the weights' squares.
        bias_l1: The factor of the biases' absolute values.
        bias_l2: The factor of the biases' squares.

    Source: Kinsley and Kukieła, *Neural Networks from Scratch in Python*, 2020, chapter 14.
    """

    l1: float = 0.0
    l2: float = 0.0
    bias_l1: float = 0.0
    bias_l2: float = 0.0

    def value(self, weights: list[Array], biases: list[Array]) -> float:
        """Return the penalty of all layers, in the loss's units.

        Args:
            weights: One array for each layer.
            biases: One array for each layer.
        """
        total = 0.0
        for arrays, l1, l2 in ((weights, self.l1, self.l2), (biases, self.bias_l1, self.bias_l2)):
            for array in arrays:
                numbers = array.astype(np.float64)
                total += l1 * float(np.abs(numbers).sum()) + l2 * float(np.square(numbers).sum())
        return total

    def record(self, tape: Tape, parameters: Array, gradients: Array, is_weight: Array) -> None:
        """Write the calls that add the penalty's gradient to the loss's.

        Args:
            tape: Where to write.
            parameters: Parameters of any number of layers, (parameters,).
            gradients: Their gradients, (parameters,).
            is_weight: 1 for each weight and 0 for each bias, (parameters,).
        """
        work = np.zeros_like(parameters)
        if self.l2 or self.bias_l2:
            slopes = (2.0 * np.where(is_weight, self.l2, self.bias_l2)).astype(tape.dtype)
            tape.call("2 · l2 · w", np.multiply, parameters, slopes, out=work)
            tape.call("gradient + 2 · l2 · w", np.add, gradients, work, out=gradients)
        if self.l1 or self.bias_l1:
            slopes = np.where(is_weight, self.l1, self.bias_l1).astype(tape.dtype)
            tape.call("sign(w)", np.sign, parameters, out=work)
            tape.call("l1 · sign(w)", np.multiply, work, slopes, out=work)
            tape.call("gradient + l1 · sign(w)", np.add, gradients, work, out=gradients)
