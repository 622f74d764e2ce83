"""Layers: Dense, the neurons; Silence and Dropout, which let some of them pass on nothing."""

from collections.abc import Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from nntui.engine.activations import Activation
from nntui.engine.initializers import Initializer
from nntui.engine.tape import Array, Backward, Signal, Tape, nothing


class Layer(Protocol):
    """What every layer offers."""

    def record(self, tape: Tape, inputs: Signal) -> tuple[Signal, Backward]:
        """Write the forward calls.

        Args:
            tape: Where to write.
            inputs: What comes from the layer before, (features, batch).

        Returns:
            The layer's outputs, (units, batch), and the function that writes the way back.
        """
        ...


class Dense:
    """Neurons that each see all inputs: outputs = activation(inputs @ weights + biases).

    The way back: with delta the gradient with respect to the weighted sums,

        gradient of weights = inputsᵀ @ delta
        gradient of biases  = Σ delta over the batch
        gradient of inputs  = delta @ weightsᵀ

    (The calls below compute the transposes of these, because a column is a point there.)
    Weights and biases are views of one block of numbers, the biases its last row. Multiplied by
    inputs with a last row of ones, the block gives weights · inputs + biases in one product, and
    both gradients come in one product too.

    Args:
        units: The number of neurons.
        activation: What each neuron answers to its weighted sum.
        initializer: Draws the first weights. Biases start at 0.
        trainable: Whether training changes the parameters. It is asked when a tape is written.
        frozen_units: The neurons, counted from 0, whose parameters training does not change. With
            all of them the layer is not trainable.

    Attributes:
        frozen_units: In order, each once.
        parameters: The block: weights above biases, (inputs + 1, units).
        gradients: The same for the gradients of the last step, after penalty and clipping.
        weights: (inputs, units).
        biases: (units,).
        weight_gradients: (inputs, units).
        bias_gradients: (units,).

    Raises:
        ValueError: There is no such neuron to be frozen.
    """

    def __init__(
        self,
        units: int,
        activation: Activation,
        initializer: Initializer,
        *,
        trainable: bool = True,
        frozen_units: Sequence[int] = (),
    ) -> None:
        self.units = units
        self.activation = activation
        self.initializer = initializer
        self.frozen_units = tuple(sorted(set(frozen_units)))
        if self.frozen_units and not 0 <= self.frozen_units[0] <= self.frozen_units[-1] < units:
            raise ValueError(f"Found frozen units {self.frozen_units}, expected 0 to {units - 1}.")
        self.trainable = trainable and len(self.frozen_units) < units
        self.use_memory(np.zeros((1, units)), np.zeros((1, units)))

    def use_memory(self, parameters: Array, gradients: Array) -> None:
        """Let the layer keep its numbers in memory that the network owns.

        Args:
            parameters: (inputs + 1, units), C-contiguous; the biases are the last row.
            gradients: The same shape.
        """
        self.parameters = parameters
        self.gradients = gradients
        self.weights: Array = parameters[:-1]
        self.biases: Array = parameters[-1]
        self.weight_gradients: Array = gradients[:-1]
        self.bias_gradients: Array = gradients[-1]

    @property
    def trained_units(self) -> NDArray[np.bool_]:
        """Which neurons training changes, (units,)."""
        trained = np.full(self.units, self.trainable)
        trained[list(self.frozen_units)] = False
        return trained

    def initialize(self, generator: np.random.Generator) -> None:
        """Draw new weights and set the biases to 0."""
        fan_in = len(self.weights)
        self.weights[:] = self.initializer(fan_in, self.units, generator)
        self.biases[:] = 0.0

    def record(self, tape: Tape, inputs: Signal) -> tuple[Signal, Backward]:
        """Write outputs = activation(inputs @ weights + biases)."""
        _, outputs, backward = self.record_with_sums(tape, inputs, differentiate_activation=True)
        return outputs, backward

    def record_with_sums(
        self, tape: Tape, inputs: Signal, *, differentiate_activation: bool
    ) -> tuple[Array, Signal, Backward]:
        """Write the layer's calls, and also return its weighted sums.

        Args:
            tape: Where to write.
            inputs: What comes from the layer before, (features, batch).
            differentiate_activation: False for an output layer whose loss already includes the
                activation's derivative.

        Returns:
            The weighted sums z, (units, batch), the outputs and the writer of the way back.
        """
        outputs = tape.signal(self.units, needs_delta=self.trainable or inputs.needs_delta)
        separate = self.activation.reads_sums or tape.keep_sums
        sums = tape.array(self.units) if separate else outputs.values
        meaning = "z = weights · inputs + biases"
        tape.call(meaning, np.dot, self.parameters.T, inputs.with_ones, out=sums)
        activation_backward = self.activation.record(tape, sums, outputs)

        def backward() -> None:
            if differentiate_activation and outputs.needs_delta:
                activation_backward()
            if self.trainable:
                # The row of ones sums delta over the batch: the biases' gradient.
                meaning = "gradients of weights and biases"
                tape.call(meaning, np.dot, inputs.with_ones, outputs.delta.T, out=self.gradients)
            if inputs.needs_delta:
                meaning = "delta of the inputs"
                tape.call(
                    meaning, np.dot, self.parameters, outputs.delta, out=inputs.delta_with_spare_row
                )

        return sums, outputs, backward


class Silence:
    """Lets some of its inputs pass on nothing: outputs = inputs · mask, with a mask of 0 and 1.

    Unlike Dropout it does the same in training and in use, and always to the same inputs. The way
    back goes through the same mask, so what a silenced neuron is made of no longer learns. It
    answers the question what a neuron is good for: Morcos et al., "On the importance of single
    directions for generalization", 2018, call it *ablation*.

    Args:
        units: The inputs to silence, counted from 0.
    """

    def __init__(self, units: Sequence[int]) -> None:
        self.units = tuple(sorted(set(units)))

    def record(self, tape: Tape, inputs: Signal) -> tuple[Signal, Backward]:
        """Write outputs = inputs · mask."""
        outputs = tape.signal(len(inputs.values), needs_delta=inputs.needs_delta)
        # A column of 0 and 1 would do, but numpy takes three times as long to spread it out.
        mask = tape.array(len(inputs.values))
        mask[:] = 1.0
        mask[list(self.units)] = 0.0
        tape.call("inputs · silence", np.multiply, inputs.values, mask, out=outputs.values)

        def backward() -> None:
            if inputs.needs_delta:
                tape.call("delta · silence", np.multiply, outputs.delta, mask, out=inputs.delta)

        return outputs, backward


class Dropout:
    """Silences each input with a given probability, anew at every training step.

    What is left is divided by the probability of being kept, so that sums keep their size and
    nothing has to change when the trained network is used. The way back goes through the same
    mask. Outside training it does nothing.

    Args:
        rate: The probability of being silenced, 0 ≤ rate < 1.
        generator: Where random numbers come from.

    Source: Srivastava et al., "Dropout: a simple way to prevent neural networks from
    overfitting", 2014; scaled while training instead of afterwards, as Keras and PyTorch do.
    """

    def __init__(self, rate: float, generator: np.random.Generator) -> None:
        self.rate = rate
        self.generator = generator

    def record(self, tape: Tape, inputs: Signal) -> tuple[Signal, Backward]:
        """Write outputs = inputs · mask / (1 − rate)."""
        if not tape.training or self.rate == 0.0:
            return inputs, nothing
        kept = 1.0 - self.rate
        outputs = tape.signal(len(inputs.values), needs_delta=inputs.needs_delta)
        mask = tape.array(len(inputs.values))
        tape.call("random numbers from 0 to 1", self._draw, out=mask)
        tape.call("− rate", np.subtract, mask, tape.scalar(self.rate), out=mask)
        tape.call("mask: 1 to keep, 0 to silence", np.ceil, mask, out=mask)
        tape.call("mask / (1 − rate)", np.multiply, mask, tape.scalar(1.0 / kept), out=mask)
        tape.call("inputs · mask", np.multiply, inputs.values, mask, out=outputs.values)

        def backward() -> None:
            if inputs.needs_delta:
                tape.call("delta · mask", np.multiply, outputs.delta, mask, out=inputs.delta)

        return outputs, backward

    def _draw(self, out: Array) -> None:
        """Fill an array with uniform random numbers."""
        self.generator.random(dtype=out.dtype, out=out)
