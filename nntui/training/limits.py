"""What ends a run, or pauses it."""

from dataclasses import dataclass

from nntui.training.until import Condition


@dataclass(frozen=True)
class Limits:
    """What ends a run; whatever comes first.

    Attributes:
        epochs: After so many epochs; None for no such limit.
        steps: After so many steps.
        seconds: After so many seconds of training.
        until: As soon as one of these conditions holds at the end of an epoch.
        patience: After so many epochs without a better test loss; 0 for no such limit.
    """

    epochs: int | None = None
    steps: int | None = None
    seconds: float | None = None
    until: tuple[Condition, ...] = ()
    patience: int = 0
