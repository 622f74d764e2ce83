"""Points as a network is given them."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from nntui.data.dataset import FloatArray
from nntui.errors import DataError
from nntui.training.trainer import Trainer


def network_inputs(trainer: Trainer, raw: FloatArray) -> NDArray[Any] | None:
    """Prepare raw points for a trainer's network.

    Args:
        trainer: The trainer.
        raw: The raw columns, (points, columns).

    Returns:
        (points, inputs), in the network's precision; None where they are too large to compute with.
    """
    with np.errstate(all="ignore"):
        try:
            inputs = trainer.prepared.preparation.inputs(raw)
        except DataError:
            return None
        # The engine keeps the numbers of one input side by side; so the copy is a straight one.
        return np.asfortranarray(inputs.astype(trainer.network.dtype))
