"""One update of a network, as a program of numpy calls."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from nntui.engine.losses import one_hot
from nntui.engine.network import Network
from nntui.engine.optimizers import Optimizer
from nntui.engine.tape import Array, Program, Signal, Tape

ROWS_FROM = 64
"""From so many inputs on, a batch is kept point by point: gathering whole rows of memory then
saves more time than the slower first product costs."""


class TrainingStep:
    """One update of a network: forward, loss, backward, penalty, clipping, update.

    Put points into ``batch`` (``fill`` does), call the optimizer's ``begin_step``, then ``run``.

    Args:
        network: What is trained.
        optimizer: Makes the update; its memory is allocated. None stops at the gradients.
        batch_size: How many points are learnt from at once.
        clip_norm: The longest gradient allowed; 0 for any.

    Attributes:
        batch: Where the points have to be put: rows of inputs, a row of ones, rows of targets,
            (inputs + 1 + units, batch).
        targets: Its last rows, (units, batch).
        outputs: What the network answered in the last step, (units, batch).
        program: The calls.
    """

    def __init__(
        self,
        network: Network,
        optimizer: Optimizer | None,
        batch_size: int,
        clip_norm: float,
    ) -> None:
        tape = Tape(batch_size, network.dtype, training=True, keep_sums=False)
        shape = (network.inputs + 1 + network.units, batch_size)
        order = "F" if keeps_points_together(network) else "C"
        self.batch: Array = np.zeros(shape, network.dtype, order)
        self.targets: Array = self.batch[network.inputs + 1 :]
        signal = Signal(self.batch[: network.inputs + 1], needs_delta=False)
        forward = network.record_forward(tape, signal)
        self.outputs: Array = forward.outputs.values
        if forward.outputs.needs_delta:
            tape.stage = "loss"
            network.loss.record(tape, forward.outputs, self.targets)
            tape.stage = "backward"
            for layer, write_backward in reversed(forward.ways_back):
                tape.layer = layer
                write_backward()
        network.record_update(tape, optimizer, clip_norm)
        self.program = Program(tape)
        self.run = self.program.run

    def fill(self, inputs: NDArray[Any], targets: NDArray[Any]) -> None:
        """Put points into the batch.

        Args:
            inputs: (batch, inputs).
            targets: (batch, units). Or (batch,): the number of each point's class where each class
                has a unit, the target itself where there is one unit.
        """
        if targets.ndim == 1:
            units = len(self.targets)
            targets = one_hot(targets, units) if units > 1 else targets[:, np.newaxis]
        self.batch[: -len(self.targets) - 1] = inputs.T
        self.targets[:] = targets.T


def keeps_points_together(network: Network) -> bool:
    """Tell whether a batch is kept point by point in memory, rather than input by input."""
    return network.inputs >= ROWS_FROM
