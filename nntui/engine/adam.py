"""Adam and AdamW, the optimizers that most networks are trained with."""

import math
from typing import Any

import numpy as np

from nntui.engine.optimizers import Optimizer
from nntui.engine.tape import Array, Tape


class Adam(Optimizer):
    """Momentum and RMSprop together, corrected for starting from zero.

    m ← beta_1 · m + (1 − beta_1) · g,  v ← beta_2 · v + (1 − beta_2) · g²,
    w ← w − learning_rate · m̂ / (√v̂ + epsilon)
    with m̂ = m / (1 − beta_1ᵗ), v̂ = v / (1 − beta_2ᵗ), t = 1 for the first step. m and v, called
    the moments, are running means of the gradient and of its square; both start at 0, which the
    divisions make up for.

    Nothing is approximated, but two vectors are kept in another unit, because it saves two of
    twelve passes over the parameters: the state holds the sums M = m / (1 − beta_1) and
    V = v / (1 − beta_2), which need no second factor: M ← beta_1 · M + g, V ← beta_2 · V + g².
    All the factors that are left are plain numbers. With c = √((1 − beta_2ᵗ) / (1 − beta_2)),

        w ← w − [learning_rate · c · (1 − beta_1) / (1 − beta_1ᵗ)] · M / (√V + epsilon · c).

    Args:
        beta_1: The share of m that is kept, 0 ≤ beta_1 < 1.
        beta_2: The share of v that is kept, 0 ≤ beta_2 < 1.
        epsilon: Keeps the division finite.

    Source: Kingma and Ba, "Adam: a method for stochastic optimization", 2015.
    """

    slots = ("gradient_sum", "square_sum")
    counts_steps = True

    def __init__(self, beta_1: float, beta_2: float, epsilon: float) -> None:
        self.beta_1 = beta_1
        self.beta_2 = beta_2
        self.epsilon = epsilon

    def allocate(self, parameters: int, dtype: np.dtype[Any]) -> None:
        """Make the memory for a number of parameters, as it is before the first step."""
        super().allocate(parameters, dtype)
        self.step_size: Array = np.zeros((), dtype)
        self.scaled_epsilon: Array = np.zeros((), dtype)

    def memory_of(self, predecessor: Optimizer) -> Array:
        """Return what another Adam remembers, with m and v unchanged although the betas differ."""
        memory = super().memory_of(predecessor)
        if isinstance(predecessor, Adam):
            memory[0] *= (1.0 - predecessor.beta_1) / (1.0 - self.beta_1)
            memory[1] *= (1.0 - predecessor.beta_2) / (1.0 - self.beta_2)
        return memory

    def begin_step(self, step: int, learning_rate: float) -> None:
        """Set the numbers that change from step to step."""
        t = step + 1
        c = math.sqrt((1.0 - self.beta_2**t) / (1.0 - self.beta_2))
        self.learning_rate[()] = learning_rate
        self.step_size[()] = learning_rate * c * (1.0 - self.beta_1) / (1.0 - self.beta_1**t)
        self.scaled_epsilon[()] = self.epsilon * c

    def record_block(self, tape: Tape, parameters: Array, gradients: Array, state: Array) -> None:
        """Write the calls that update one block."""
        (gradient_sum, square_sum), work = state, np.zeros_like(parameters)
        beta_1, beta_2 = tape.scalar(self.beta_1), tape.scalar(self.beta_2)
        tape.call("beta_1 · M", np.multiply, gradient_sum, beta_1, out=gradient_sum)
        tape.call("M = beta_1 · M + g", np.add, gradient_sum, gradients, out=gradient_sum)
        tape.call("beta_2 · V", np.multiply, square_sum, beta_2, out=square_sum)
        tape.call("g²", np.multiply, gradients, gradients, out=work)
        tape.call("V = beta_2 · V + g²", np.add, square_sum, work, out=square_sum)
        tape.call("√V", np.sqrt, square_sum, out=work)
        tape.call("√V + epsilon · c", np.add, work, self.scaled_epsilon, out=work)
        tape.call("M / (√V + epsilon · c)", np.divide, gradient_sum, work, out=work)
        tape.call("· the step size", np.multiply, work, self.step_size, out=work)
        tape.call("the new w", np.subtract, parameters, work, out=parameters)


class AdamW(Adam):
    """Adam with weight decay that does not pass through the moments.

    w ← w · (1 − learning_rate · weight_decay), then Adam's step.

    Args:
        beta_1: See ``Adam``.
        beta_2: See ``Adam``.
        epsilon: See ``Adam``.
        weight_decay: The share of each parameter, biases included, that is lost in a step of
            learning rate 1.

    Source: Loshchilov and Hutter, "Decoupled weight decay regularization", 2019.
    """

    def __init__(self, beta_1: float, beta_2: float, epsilon: float, weight_decay: float) -> None:
        super().__init__(beta_1, beta_2, epsilon)
        self.weight_decay = weight_decay

    def allocate(self, parameters: int, dtype: np.dtype[Any]) -> None:
        """Make the memory for a number of parameters, as it is before the first step."""
        super().allocate(parameters, dtype)
        self.remaining: Array = np.ones((), dtype)

    def begin_step(self, step: int, learning_rate: float) -> None:
        """Set the numbers that change from step to step."""
        super().begin_step(step, learning_rate)
        self.remaining[()] = 1.0 - learning_rate * self.weight_decay

    def record_block(self, tape: Tape, parameters: Array, gradients: Array, state: Array) -> None:
        """Write the calls that update one block."""
        meaning = "w · (1 − learning_rate · weight_decay)"
        tape.call(meaning, np.multiply, parameters, self.remaining, out=parameters)
        super().record_block(tape, parameters, gradients, state)
