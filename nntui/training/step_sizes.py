"""The training steps of a network, one for each number of points."""

from nntui.engine.network import Network
from nntui.engine.optimizers import Optimizer
from nntui.engine.training_step import TrainingStep

_MOST_STEP_SIZES = 8
"""How many sizes of batches are kept ready; going back into an epoch's middle may need new ones."""


class StepSizes:
    """Gives the training step for a batch of a size; it is written when it is first asked for.

    Args:
        network: What is trained.
        optimizer: Makes the updates.
        clip_norm: The longest gradient allowed; 0 for any.
    """

    def __init__(self, network: Network, optimizer: Optimizer, clip_norm: float) -> None:
        self._network = network
        self._optimizer = optimizer
        self._clip_norm = clip_norm
        self._by_size: dict[int, TrainingStep] = {}

    def __call__(self, batch_size: int) -> TrainingStep:
        """Return the step for so many points."""
        if batch_size not in self._by_size:
            if len(self._by_size) >= _MOST_STEP_SIZES:
                self._by_size.clear()
            self._by_size[batch_size] = TrainingStep(
                self._network, self._optimizer, batch_size, self._clip_norm
            )
        return self._by_size[batch_size]
