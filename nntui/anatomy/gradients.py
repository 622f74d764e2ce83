"""The gradients of a network at this moment, found without touching what it trains with."""

import copy

import numpy as np
from numpy.typing import NDArray

from nntui.engine.initializers import Zeros
from nntui.engine.layers import Dense, Dropout, Layer
from nntui.engine.network import Network
from nntui.engine.tape import Array
from nntui.engine.training_step import TrainingStep


class MomentaryGradients:
    """Computes the gradients of the loss and the penalty over some points.

    A twin of the network makes the step: it has the same layers but memory of its own, so that the
    network's own gradients, those of its last step, stay as they are. The twin has no dropout:
    nothing is drawn from the generators that the training draws from.

    Args:
        network: Whose gradients are wanted; its present weights count at each ``compute``.
        inputs: What it is given, (points, inputs).
        targets: What it should answer, (points, units).
    """

    def __init__(
        self, network: Network, inputs: NDArray[np.float64], targets: NDArray[np.float64]
    ) -> None:
        self._network = network
        self._twin = Network(
            network.inputs,
            [_twin_of(layer) for layer in network.layers if not isinstance(layer, Dropout)],
            network.loss,
            penalty=network.penalty,
            dtype=network.dtype.name,
            generator=np.random.default_rng(0),
        )
        self._step = TrainingStep(self._twin, None, len(inputs), clip_norm=0.0)
        self._step.fill(inputs, targets)

    def compute(self) -> list[Array]:
        """Compute the gradients with the network's present weights.

        Returns:
            For each Dense layer (inputs + 1, units), the biases' in the last row; 0 for what is not
            trained. Arrays that the next call fills anew.
        """
        self._twin.parameters[:] = self._network.parameters
        self._step.run()
        return [layer.gradients for layer in self._twin.dense_layers]


def _twin_of(layer: Layer) -> Layer:
    """Copy a layer; the network that it is put into gives it memory of its own."""
    twin = copy.copy(layer)
    if isinstance(twin, Dense):
        # Its weights are copied anyway: nothing has to be drawn.
        twin.initializer = Zeros()
    return twin
