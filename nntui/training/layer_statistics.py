"""What each layer does with the training points: whether its units are alive and can learn."""

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nntui.anatomy.health import can_die, dead_units, saturated_shares
from nntui.anatomy.look import Look
from nntui.engine.layers import Dense
from nntui.engine.network import Network
from nntui.engine.tape import Array
from nntui.training.snapshot import LayerStatistics

MOST_POINTS = 500
"""How many training points, evenly chosen, stand for all of them."""


class LayerObserver:
    """Computes the statistics of a network's layers.

    Args:
        network: The network; its present weights count at each call.
        inputs: What it is given, (points, inputs).
    """

    def __init__(self, network: Network, inputs: NDArray[Any]) -> None:
        self._network = network
        self._look = Look(network, inputs)

    def observe(self) -> tuple[LayerStatistics, ...]:
        """Compute the statistics of every Dense layer, as the network is now."""
        self._look.run()
        return tuple(
            _statistics(layer, answers)
            for layer, answers in zip(
                self._network.dense_layers, self._look.answers[1:], strict=True
            )
        )


def _statistics(layer: Dense, activations: Array) -> LayerStatistics:
    """Describe one layer, from its activations, (units, points)."""
    activation = layer.activation
    saturated = float(saturated_shares(activation, activations).mean())
    return LayerStatistics(
        parameters=layer.parameters.size,
        mean=float(activations.mean(dtype=np.float64)),
        spread=float(activations.std(dtype=np.float64)),
        dead=float(dead_units(activation, activations).mean()) if can_die(activation) else None,
        saturated=None if math.isnan(saturated) else saturated,
        gradient_norm=_length(layer.gradients),
    )


def _length(numbers: Array) -> float:
    """Return √(Σ numbers²), in double precision so that large squares do not overflow."""
    flat = numbers.ravel().astype(np.float64)
    return float(np.sqrt(flat @ flat))
