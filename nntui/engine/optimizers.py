"""Optimizers: how parameters follow their gradients.

An optimizer works on vectors of parameters, whatever layers they belong to, and keeps vectors of
the same length as its memory (``state``). Below, w are the parameters, g the gradient of the
loss, and all operations go number by number. The update of a large network is written in blocks
that fit the processor's cache; the result is the same. Adam has a file of its own.
"""

from abc import ABC, abstractmethod
from typing import Any, ClassVar

import numpy as np

from nntui.engine.tape import Array, Tape

BLOCK_SIZE = 32_768
"""How many parameters one block of an update has at most."""


class Optimizer(ABC):
    """What every optimizer offers.

    Attributes:
        slots: The names of the vectors that it remembers.
        state: Those vectors, (slots, parameters).
        learning_rate: The learning rate of the running step, an array without dimensions.
        counts_steps: Whether an update depends on how many there have been.
    """

    slots: ClassVar[tuple[str, ...]] = ()
    counts_steps: ClassVar[bool] = False

    def allocate(self, parameters: int, dtype: np.dtype[Any]) -> None:
        """Make the memory for a number of parameters, as it is before the first step."""
        self.state: Array = np.zeros((len(self.slots), parameters), dtype)
        self.learning_rate: Array = np.zeros((), dtype)

    def memory_of(self, predecessor: "Optimizer") -> Array:
        """Return what an optimizer of the same kind remembers, in this one's units.

        Args:
            predecessor: The same optimizer with other settings.

        Returns:
            (slots, parameters).
        """
        return predecessor.state.copy()

    def forget_traces(self) -> None:
        """Set to 0 what is left of gradients of long ago.

        What a neuron that has died leaves behind fades, step by step, into numbers below the
        smallest one of full precision. They change no parameter any more, but processors need
        about twice the time for the square roots and quotients of such numbers.
        """
        smallest = np.finfo(self.state.dtype).tiny
        self.state[np.abs(self.state) < smallest] = 0.0

    def begin_step(self, step: int, learning_rate: float) -> None:
        """Set the numbers that change from step to step.

        Args:
            step: The number of updates made so far.
            learning_rate: The learning rate of this step, with its schedule.
        """
        self.learning_rate[()] = learning_rate

    def record(self, tape: Tape, parameters: Array, gradients: Array, first: int) -> None:
        """Write the calls that update a run of parameters.

        Args:
            tape: Where to write.
            parameters: Trainable parameters that follow each other in memory, (parameters,).
            gradients: Their gradients, (parameters,).
            first: The position of the first of them among all parameters.
        """
        for start in range(0, len(parameters), BLOCK_SIZE):
            block = slice(start, min(start + BLOCK_SIZE, len(parameters)))
            memory = self.state[:, first + block.start : first + block.stop]
            self.record_block(tape, parameters[block], gradients[block], memory)

    @abstractmethod
    def record_block(self, tape: Tape, parameters: Array, gradients: Array, state: Array) -> None:
        """Write the calls that update one block.

        Args:
            tape: Where to write.
            parameters: w, (block,).
            gradients: g, (block,).
            state: What the optimizer remembers of these parameters, (slots, block).
        """


class SGD(Optimizer):
    """Stochastic gradient descent: w ← w − learning_rate · g.

    With momentum the steps build up speed: v ← momentum · v + g, w ← w − learning_rate · v.
    With Nesterov's momentum the gradient is followed from where the speed leads:
    w ← w − learning_rate · (g + momentum · v).

    As in PyTorch, the learning rate multiplies the speed, not what is added to it (Keras): the
    two differ only while the learning rate changes. Together with the step activation and the
    perceptron criterion, plain gradient descent is the perceptron rule.

    Args:
        momentum: The share of the speed that is kept, 0 ≤ momentum < 1.
        nesterov: Whether to look ahead.

    Source: Sutskever et al., "On the importance of initialization and momentum in deep
    learning", 2013.
    """

    slots = ("velocity",)

    def __init__(self, momentum: float, *, nesterov: bool) -> None:
        self.momentum = momentum
        self.nesterov = nesterov

    def record_block(self, tape: Tape, parameters: Array, gradients: Array, state: Array) -> None:
        """Write the calls that update one block."""
        velocity, work = state[0], np.zeros_like(parameters)
        direction, name = gradients, "g"
        if self.momentum:
            momentum = tape.scalar(self.momentum)
            tape.call("momentum · v", np.multiply, velocity, momentum, out=velocity)
            tape.call("v = momentum · v + g", np.add, velocity, gradients, out=velocity)
            direction, name = velocity, "v"
            if self.nesterov:
                tape.call("momentum · v", np.multiply, velocity, momentum, out=work)
                tape.call("g + momentum · v", np.add, gradients, work, out=work)
                direction, name = work, "(g + momentum · v)"
        step = f"learning_rate · {name}"
        tape.call(step, np.multiply, direction, self.learning_rate, out=work)
        tape.call(f"w − {step}", np.subtract, parameters, work, out=parameters)


class Adagrad(Optimizer):
    """A learning rate for each parameter that shrinks with the gradients it has seen.

    s ← s + g², w ← w − learning_rate · g / (√s + epsilon).

    Epsilon is added outside the root, as in PyTorch; Keras adds it inside.

    Args:
        initial_accumulator_value: What s starts from.
        epsilon: Keeps the division finite.

    Source: Duchi, Hazan and Singer, "Adaptive subgradient methods", 2011.
    """

    slots = ("accumulator",)

    def __init__(self, initial_accumulator_value: float, epsilon: float) -> None:
        self.initial_accumulator_value = initial_accumulator_value
        self.epsilon = epsilon

    def allocate(self, parameters: int, dtype: np.dtype[Any]) -> None:
        """Make the memory for a number of parameters, as it is before the first step."""
        super().allocate(parameters, dtype)
        self.state[:] = self.initial_accumulator_value

    def record_block(self, tape: Tape, parameters: Array, gradients: Array, state: Array) -> None:
        """Write the calls that update one block."""
        accumulator, work = state[0], np.zeros_like(parameters)
        tape.call("g²", np.multiply, gradients, gradients, out=work)
        tape.call("s + g²", np.add, accumulator, work, out=accumulator)
        tape.call("√s", np.sqrt, accumulator, out=work)
        tape.call("√s + epsilon", np.add, work, tape.scalar(self.epsilon), out=work)
        tape.call("g / (√s + epsilon)", np.divide, gradients, work, out=work)
        tape.call("· learning_rate", np.multiply, work, self.learning_rate, out=work)
        tape.call("the new w", np.subtract, parameters, work, out=parameters)


class RMSprop(Optimizer):
    """Adagrad with a memory that fades: gradients divided by their recent root mean square.

    s ← rho · s + (1 − rho) · g², step = g / (√s + epsilon), w ← w − learning_rate · step.
    With momentum: v ← momentum · v + step, w ← w − learning_rate · v.

    Epsilon is added outside the root, as in PyTorch; Keras adds it inside.

    Args:
        rho: The share of s that is kept, 0 ≤ rho < 1.
        momentum: The share of the speed that is kept, 0 ≤ momentum < 1.
        epsilon: Keeps the division finite.

    Source: Tieleman and Hinton, "Lecture 6.5: RMSProp", Coursera, 2012.
    """

    slots = ("mean_square", "velocity")

    def __init__(self, rho: float, momentum: float, epsilon: float) -> None:
        self.rho = rho
        self.momentum = momentum
        self.epsilon = epsilon

    def record_block(self, tape: Tape, parameters: Array, gradients: Array, state: Array) -> None:
        """Write the calls that update one block."""
        (mean_square, velocity), work = state, np.zeros_like(parameters)
        tape.call("rho · s", np.multiply, mean_square, tape.scalar(self.rho), out=mean_square)
        tape.call("g²", np.multiply, gradients, gradients, out=work)
        tape.call("(1 − rho) · g²", np.multiply, work, tape.scalar(1.0 - self.rho), out=work)
        tape.call("s", np.add, mean_square, work, out=mean_square)
        tape.call("√s", np.sqrt, mean_square, out=work)
        tape.call("√s + epsilon", np.add, work, tape.scalar(self.epsilon), out=work)
        tape.call("step = g / (√s + epsilon)", np.divide, gradients, work, out=work)
        if self.momentum:
            momentum = tape.scalar(self.momentum)
            tape.call("momentum · v", np.multiply, velocity, momentum, out=velocity)
            tape.call("v = momentum · v + step", np.add, velocity, work, out=velocity)
            tape.call("learning_rate · v", np.multiply, velocity, self.learning_rate, out=work)
        else:
            tape.call("learning_rate · step", np.multiply, work, self.learning_rate, out=work)
        tape.call("the new w", np.subtract, parameters, work, out=parameters)


def record_clipping(tape: Tape, gradients: Array, clip_norm: float) -> None:
    """Write the calls that shorten the gradient to a length of at most clip_norm.

    gradient · clip_norm / max(‖gradient‖, clip_norm), over the parameters of all layers together.

    Args:
        tape: Where to write.
        gradients: The gradients of all parameters, (parameters,).
        clip_norm: The longest gradient allowed, greater than 0.

    Source: Pascanu, Mikolov and Bengio, "On the difficulty of training recurrent neural
    networks", 2013.
    """
    norm, largest, factor = (np.zeros((), tape.dtype) for _ in range(3))
    work, longest = np.zeros_like(gradients), tape.scalar(clip_norm)
    smallest = tape.scalar(float(np.finfo(tape.dtype).tiny))
    # Squares of very large numbers are infinite, so the gradient is first divided by its largest.
    tape.call("|gradient|", np.absolute, gradients, out=work)
    tape.call("the largest", _maximum, work, out=largest)
    tape.call("never 0", np.maximum, largest, smallest, out=largest)
    tape.call("gradient / largest", np.divide, gradients, largest, out=work)
    tape.call("‖gradient / largest‖²", np.dot, work, work, out=norm)
    tape.call("‖gradient / largest‖", np.sqrt, norm, out=norm)
    tape.call("‖gradient‖", np.multiply, norm, largest, out=norm)
    tape.call("at least clip_norm", np.maximum, norm, longest, out=norm)
    tape.call("factor: 1 or less", np.divide, longest, norm, out=factor)
    tape.call("the shortened gradient", np.multiply, gradients, factor, out=gradients)


def _maximum(numbers: Array, out: Array) -> None:
    """Find the largest number, or NaN if there is one: (parameters,) to no dimensions."""
    np.maximum.reduce(numbers, axis=0, out=out)
