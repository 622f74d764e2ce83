"""The weights and gradients of one layer as two small pictures."""

import numpy as np
from numpy.typing import NDArray

from nntui.anatomy.values import LayerNumbers, Spread
from nntui.engine.layers import Dense
from nntui.engine.tape import Array


def layer_numbers(
    column: int,
    layer: Dense,
    gradients: Array,
    room: tuple[int, int],
    spreads: tuple[Spread, Spread],
) -> LayerNumbers:
    """Describe the weights and the gradients of a layer.

    Args:
        column: Its column in the graph.
        layer: The layer.
        gradients: The gradients at this moment, (inputs + 1, units).
        room: How many rows, and how many columns of numbers there is room for.
        spreads: How its parameters, and how their gradients have been spread over the run.
    """
    rows, units = layer.parameters.shape
    # The biases keep a row of their own.
    block = (_per_number(rows - 1, room[0] - 1), _per_number(units, room[1]))
    return LayerNumbers(
        column=column,
        weights=pooled(layer.parameters, block),
        gradients=pooled(gradients, block),
        shape=(rows, units),
        block=block,
        weight_spread=spreads[0],
        gradient_spread=spreads[1],
    )


def _per_number(count: int, room: int) -> int:
    """Return how many neighbours share a number so that all of them find room."""
    return -(-count // max(room, 1))


def pooled(parameters: Array, block: tuple[int, int]) -> NDArray[np.float64]:
    """Keep of each block of neighbours the number of largest size, with its sign.

    Args:
        parameters: Weights above biases, (inputs + 1, units).
        block: How many inputs and how many units a block has.

    Returns:
        (blocks of inputs + 1, blocks of units). The biases, the last row, stay apart. A block with
        a NaN gives NaN.
    """
    weights, biases = parameters[:-1], parameters[-1:]
    whole = [_largest(part, block) for part in (weights, biases)]
    return np.concatenate(whole).astype(np.float64)


def _largest(numbers: Array, block: tuple[int, int]) -> Array:
    """Return the number of largest size of each block."""
    if block == (1, 1):
        return numbers
    rows = np.arange(0, len(numbers), block[0])
    units: NDArray[np.int64] = np.arange(0, len(numbers.T), block[1])
    # Whole rows first: so both passes go through neighbouring memory.
    highest = np.maximum.reduceat(np.maximum.reduceat(numbers, rows, axis=0), units, axis=1)
    lowest = np.minimum.reduceat(np.minimum.reduceat(numbers, rows, axis=0), units, axis=1)
    return np.where(highest < -lowest, lowest, highest)
