"""The state of a run: what has to be kept to go on, bit for bit, from where it is."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

RandomState: TypeAlias = Mapping[str, Any]
"""The state of a bit generator, as numpy gives and takes it."""


@dataclass(frozen=True, eq=False)
class EpochStart:
    """How an epoch was drawn: its generators before, where any numbers were drawn.

    Attributes:
        shuffling: The generator of orders; None where the points' own order was taken.
        augmenting: The generator of augmentation; None where there is none.
    """

    shuffling: RandomState | None
    augmenting: RandomState | None


@dataclass(frozen=True, eq=False)
class TrainerState:
    """Everything that decides how a run goes on, apart from its experiment.

    Attributes:
        parameters: Of all layers, (parameters,).
        optimizer: What the optimizer remembers, (slots, parameters).
        slots: What each row of that is.
        optimizer_steps: How many of the updates this optimizer has made.
        steps: How many updates have been made.
        epochs: How many epochs have been completed.
        points: How many points of the present epoch have been learnt from.
        shuffling: The generator of orders as it was when the present epoch began.
        augmenting: The generator of augmentation as it was when the present epoch began.
        dropping: The generator of dropout's masks as it is now.
    """

    parameters: NDArray[np.floating[Any]]
    optimizer: NDArray[np.floating[Any]]
    slots: tuple[str, ...]
    optimizer_steps: int
    steps: int
    epochs: int
    points: int
    shuffling: RandomState
    augmenting: RandomState
    dropping: RandomState

    @property
    def kind(self) -> str:
        """What a trainer has to have so that the state fits it."""
        arrays = (self.parameters, self.optimizer)
        sizes = " and ".join(f"{array.dtype}{list(array.shape)}" for array in arrays)
        return f"{sizes} ({', '.join(self.slots) or 'no memory'})"
