"""What a network answers, without training it."""

from dataclasses import dataclass
from typing import Any

from numpy.typing import NDArray

from nntui.engine.network import Network
from nntui.engine.tape import Array, Program, Tape


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

    def run(self, inputs: NDArray[Any]) -> "Answers":
        """Compute the outputs of points.

        Args:
            inputs: (points, inputs).

        Returns:
            Views that the next call fills anew.
        """
        self._inputs.values[:] = inputs.T
        self._program.run()
        return Answers(self._forward.sums, self._forward.outputs.values)


@dataclass(frozen=True, slots=True, eq=False)
class Answers:
    """A network's outputs, and the weighted sums that they were computed from.

    Attributes:
        sums: (units, points).
        outputs: (units, points).
    """

    sums: Array
    outputs: Array
