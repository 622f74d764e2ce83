"""Are the gradients right? A comparison with the definition of the derivative.

The derivative of the loss with respect to one parameter w is what
(loss(w + h) − loss(w − h)) / 2h tends to. Computing that for every parameter is far too slow for
training, but it shares no line with the way back, so it finds any mistake in it.
"""

import math

import numpy as np
from numpy.typing import NDArray

from nntui.engine.layers import Dropout
from nntui.engine.network import Network
from nntui.engine.tape import Program, Tape
from nntui.engine.training_step import TrainingStep

TOLERANCE = 1e-5
"""A larger relative error means that a gradient is wrong."""

STEP_SIZES = (1e-5, 1e-6, 1e-7)
"""Values of h. Where a kink (ReLU at 0) lies between w − h and w + h, a smaller h misses it."""

SMALLEST = 1e-4
"""Gradients below this are compared absolutely: rounding alone makes their quotient uncertain."""


def largest_relative_error(
    network: Network, inputs: NDArray[np.float64], targets: NDArray[np.float64]
) -> float:
    """Compare the network's gradients with central differences, parameter by parameter.

    The loss includes the penalty. Dropout repeats the same mask for every evaluation. Frozen
    layers and neurons are not compared, but their gradients have to be exactly 0: clipping
    measures the length of all gradients together, and what is not trained must not add to it.

    Args:
        network: In float64. Its parameters are the same afterwards.
        inputs: (points, inputs).
        targets: (points, units).

    Returns:
        The largest |gradient − difference| / max(|gradient|, |difference|, SMALLEST); infinite
        where a gradient is not a number or that of a frozen parameter is not 0.

    Raises:
        ValueError: The network is not in float64, where rounding would hide everything.
    """
    if network.dtype != np.float64:
        raise ValueError(f"A gradient check needs float64; the network is in {network.dtype}.")
    gradients = _gradients(network, inputs, targets)
    trainable = np.concatenate(
        [np.tile(layer.trained_units, len(layer.parameters)) for layer in network.dense_layers]
    )
    if gradients[~trainable].any():
        return math.inf
    loss = _LossOfParameters(network, inputs, targets)
    errors = (
        min(_relative_error(gradients[index], loss.difference(index, h)) for h in STEP_SIZES)
        for index in np.flatnonzero(trainable)
    )
    return float(max(errors, default=0.0))


def _gradients(
    network: Network, inputs: NDArray[np.float64], targets: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Return the gradients of one training step, without making the step."""
    dropouts = _Dropouts(network)
    step = TrainingStep(network, None, len(inputs), clip_norm=0.0)
    step.fill(inputs, targets)
    step.run()
    dropouts.rewind()
    return network.gradients.astype(np.float64)


def _relative_error(gradient: float, difference: float) -> float:
    if math.isnan(gradient) or math.isnan(difference):
        return math.inf  # Comparisons with NaN are false, so max would pass over it.
    largest = max(abs(gradient), abs(difference), SMALLEST)
    return abs(gradient - difference) / largest


class _LossOfParameters:
    """The loss as a function of the parameters, all else being fixed."""

    def __init__(
        self, network: Network, inputs: NDArray[np.float64], targets: NDArray[np.float64]
    ) -> None:
        tape = Tape(len(inputs), network.dtype, training=True, keep_sums=True)
        signal = tape.signal(network.inputs, needs_delta=False)
        signal.values[:] = inputs.T
        self._network = network
        self._targets = targets.T
        self._forward = network.record_forward(tape, signal)
        self._program = Program(tape)
        self._dropouts = _Dropouts(network)

    def difference(self, index: np.intp, h: float) -> float:
        """Return (loss(w + h) − loss(w − h)) / 2h for the parameter at an index."""
        parameters = self._network.parameters
        before = parameters[index]
        parameters[index] = before + h
        above = self._value()
        parameters[index] = before - h
        below = self._value()
        parameters[index] = before
        return (above - below) / (2.0 * h)

    def _value(self) -> float:
        self._program.run()
        self._dropouts.rewind()
        forward = self._forward
        loss = self._network.loss.value(forward.sums, forward.outputs.values, self._targets)
        return loss + self._network.penalty_value()


class _Dropouts:
    """The random generators of a network's dropout layers, to make them repeat themselves."""

    def __init__(self, network: Network) -> None:
        layers = [layer for layer in network.layers if isinstance(layer, Dropout)]
        self._start = [
            (layer.generator.bit_generator, layer.generator.bit_generator.state) for layer in layers
        ]

    def rewind(self) -> None:
        for bit_generator, state in self._start:
            bit_generator.state = state
