"""What a network answers, without training it."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nntui.engine.network import Network
from nntui.engine.tape import Array, Program, Tape

MOST_POINTS_AT_ONCE = 2048
"""Larger sets are answered in portions, so that the memory of hidden layers stays bounded."""


@dataclass(frozen=True, slots=True, eq=False)
class Answers:
    """A network's outputs, and the weighted sums that they were computed from.

    Attributes:
        sums: (units, points).
        outputs: (units, points).
    """

    sums: Array
    outputs: Array


class Inference:
    """The forward calls alone, for a fixed number of points.

    Args:
        network: What answers.
        points: How many points are asked at once.
    """

    def __init__(self, network: Network, points: int) -> None:
        tape = Tape(points, network.dtype, training=False, keep_sums=True)
        self._inputs = tape.signal(network.inputs, needs_delta=False)
        self._forward = network.record_forward(tape, self._inputs)
        self._program = Program(tape)

    def run(self, inputs: NDArray[Any]) -> Answers:
        """Compute the outputs of points.

        Args:
            inputs: (points, inputs).

        Returns:
            Views that the next call fills anew.
        """
        self._inputs.values[:] = inputs.T
        self._program.run()
        return Answers(self._forward.sums, self._forward.outputs.values)


class PortionedInference:
    """The forward calls for any number of points.

    Args:
        network: What answers; its present weights count at each call.
    """

    def __init__(self, network: Network) -> None:
        self._network = network
        self._by_size: dict[int, Inference] = {}

    def run(self, inputs: NDArray[Any]) -> Answers:
        """Compute the outputs of points.

        Args:
            inputs: (points, inputs).

        Returns:
            Arrays that the next call may fill anew.
        """
        if len(inputs) <= MOST_POINTS_AT_ONCE:
            return self._of_size(len(inputs)).run(inputs)
        sums = np.empty((self._network.units, len(inputs)), self._network.dtype)
        outputs = np.empty_like(sums)
        for start in range(0, len(inputs), MOST_POINTS_AT_ONCE):
            portion = inputs[start : start + MOST_POINTS_AT_ONCE]
            answers = self._of_size(len(portion)).run(portion)
            sums[:, start : start + len(portion)] = answers.sums
            outputs[:, start : start + len(portion)] = answers.outputs
        return Answers(sums, outputs)

    def _of_size(self, points: int) -> Inference:
        if points not in self._by_size:
            self._by_size[points] = Inference(self._network, points)
        return self._by_size[points]
