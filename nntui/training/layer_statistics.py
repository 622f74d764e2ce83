"""What each layer does with the training points: whether its units are alive and can learn."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from nntui.engine.activations import Activation, Sigmoid, Tanh
from nntui.engine.layers import Dense
from nntui.engine.network import Network
from nntui.engine.rectifiers import ReLU
from nntui.engine.tape import Array, Program, Tape
from nntui.training.snapshot import LayerStatistics

MOST_POINTS = 500
"""How many training points, evenly chosen, stand for all of them."""

FLAT_AT_ZERO: tuple[type[Activation], ...] = (ReLU,)
"""Activations that answer 0, with slope 0, to all sums below 0: a unit that does so for every
point has no gradient any more; it is *dead*. The smoother rectifiers let some gradient through."""

LINEAR_PART: dict[type[Activation], float] = {
    # |tanh z| = √(1 − slope), the largest slope being 1.
    Tanh: float(np.sqrt(1.0 - 0.01)),
    # |σ(z) − ½| = ½ √(1 − slope / ¼), the largest slope being ¼.
    Sigmoid: float(0.5 * np.sqrt(1.0 - 0.01)),
}
"""Activations that are bounded on both sides, with the distance from their middle at which their
slope is one hundredth of the largest. Further out, where |z| > 2.99 for tanh and |z| > 5.99 for
the sigmoid, they are *saturated*: hardly any gradient comes through."""

_MIDDLE: dict[type[Activation], float] = {Tanh: 0.0, Sigmoid: 0.5}


class LayerObserver:
    """Computes the statistics of a network's layers.

    Args:
        network: The network; its present weights count at each call.
        inputs: What it is given, (points, inputs).
    """

    def __init__(self, network: Network, inputs: NDArray[Any]) -> None:
        tape = Tape(len(inputs), network.dtype, training=False, keep_sums=False)
        signal = tape.signal(network.inputs, needs_delta=False)
        signal.values[:] = inputs.T
        self._layers: list[tuple[Dense, Array]] = []
        for layer in network.layers:
            signal, _ = layer.record(tape, signal)
            if isinstance(layer, Dense):
                self._layers.append((layer, signal.values))
        self._program = Program(tape)

    def observe(self) -> tuple[LayerStatistics, ...]:
        """Compute the statistics of every Dense layer, as the network is now."""
        self._program.run()
        return tuple(_statistics(layer, activations) for layer, activations in self._layers)


def _statistics(layer: Dense, activations: Array) -> LayerStatistics:
    """Describe one layer, from its activations, (units, points)."""
    kind = type(layer.activation)
    return LayerStatistics(
        parameters=layer.parameters.size,
        mean=float(activations.mean(dtype=np.float64)),
        spread=float(activations.std(dtype=np.float64)),
        dead=_dead(activations) if kind in FLAT_AT_ZERO else None,
        saturated=_saturated(kind, activations) if kind in LINEAR_PART else None,
        gradient_norm=_length(layer.gradients),
    )


def _dead(activations: Array) -> float:
    """Return the share of units that answer 0 to every point."""
    return float(np.mean(~activations.any(axis=1)))


def _saturated(kind: type[Activation], activations: Array) -> float:
    """Return the share of activations on the flat parts."""
    return float(np.mean(np.abs(activations - _MIDDLE[kind]) > LINEAR_PART[kind]))


def _length(numbers: Array) -> float:
    """Return √(Σ numbers²), in double precision so that large squares do not overflow."""
    flat = numbers.ravel().astype(np.float64)
    return float(np.sqrt(flat @ flat))
