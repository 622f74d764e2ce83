"""What a run that goes on has behind it."""

from dataclasses import dataclass

from nntui.training.state import TrainerState


@dataclass(frozen=True, eq=False)
class BestEpoch:
    """The epoch of the smallest test loss so far.

    Attributes:
        state: The run at its end.
        loss: The test loss.
    """

    state: TrainerState
    loss: float


@dataclass(frozen=True, eq=False)
class Begun:
    """What a run that goes on has behind it.

    Attributes:
        seconds: How long its steps took.
        best: The best epoch so far, if patience watches the test loss.
    """

    seconds: float = 0.0
    best: BestEpoch | None = None


FRESH = Begun()
"""Nothing: the run begins."""
