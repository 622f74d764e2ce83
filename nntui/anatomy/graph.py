"""The network as a graph: what is shown of the units of each column."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nntui.anatomy.health import dead_units, saturated_shares
from nntui.anatomy.look import silenced_units
from nntui.anatomy.tiles import tile_levels
from nntui.anatomy.values import Column, Window
from nntui.engine.activations import Activation
from nntui.engine.layers import Dense
from nntui.engine.network import Network
from nntui.engine.tape import Array


@dataclass(frozen=True)
class TileShape:
    """The pixels of a tile.

    Attributes:
        rows: Pixels down.
        columns: Pixels across.
        is_curve: Whether a unit has one row of answers only, which all rows of its tile show.
    """

    rows: int
    columns: int
    is_curve: bool


@dataclass(frozen=True, eq=False)
class Answers:
    """What the units of every column answer.

    Attributes:
        to_points: To training points, before any is silenced: for each column (units, points).
        to_pixels: To the pixels of a tile, likewise; None where tiles are not wanted.
        shape: The pixels of a tile.
    """

    to_points: Sequence[Array]
    to_pixels: Sequence[Array] | None
    shape: TileShape


def graph_columns(
    network: Network, answers: Answers, windows: Sequence[Window]
) -> tuple[Column, ...]:
    """Describe some neighbouring units of each column.

    Args:
        network: The network.
        answers: What its units answer.
        windows: Which units; they are moved into their columns where they lie beyond. Columns
            beyond the last window get one like the last.
    """
    units = column_sizes(network)
    fitted = [
        fitting_window(windows[min(column, len(windows) - 1)] if windows else None, total)
        for column, total in enumerate(units)
    ]
    return tuple(_column(network, answers, fitted, column) for column in range(len(units)))


def _column(network: Network, answers: Answers, windows: Sequence[Window], number: int) -> Column:
    """Describe some units of one column; the windows fit their columns."""
    window, total = windows[number], column_sizes(network)[number]
    before = windows[number - 1] if number else Window(0, 0)
    layer = network.dense_layers[number - 1] if number else None
    activation = column_activation(network, number)
    shown = slice(window.first, window.first + window.count)
    to_points = answers.to_points[number][shown]
    tiles, scales = _tiles(answers, number, window)
    return Column(
        first=window.first,
        total=total,
        tiles=tiles,
        scales=scales,
        biases=layer.biases[shown].astype(np.float64) if layer else np.full(window.count, np.nan),
        activities=np.abs(to_points).mean(axis=1, dtype=np.float64),
        dead=dead_units(activation, to_points),
        saturated=saturated_shares(activation, to_points),
        frozen=frozen_mask(layer, total)[shown],
        silenced=_mask(silenced_units(network)[number], total)[shown],
        weights=_weights(layer, before, shown, window.count),
        largest_weight=_largest_size(layer),
    )


def column_sizes(network: Network) -> tuple[int, ...]:
    """Return how many units each column has, the inputs first."""
    return (network.inputs, *(layer.units for layer in network.dense_layers))


def column_activation(network: Network, column: int) -> Activation | None:
    """Return what the units of a column answer their sums with; None for the inputs."""
    return network.dense_layers[column - 1].activation if column else None


def fitting_window(window: Window | None, total: int) -> Window:
    """Move a window into a column of so many units, and shorten it where it has to be."""
    if window is None:
        return Window(0, total)
    count = min(max(window.count, 0), total)
    return Window(min(max(window.first, 0), total - count), count)


def frozen_mask(layer: Dense | None, units: int) -> NDArray[np.bool_]:
    """Tell which units of a column are not trained, alone or with their layer, (units,)."""
    if layer is None:
        return np.zeros(units, np.bool_)
    if not layer.trainable:
        return np.ones(units, np.bool_)
    return _mask(layer.frozen_units, units)


def _mask(chosen: Sequence[int], units: int) -> NDArray[np.bool_]:
    mask = np.zeros(units, np.bool_)
    mask[list(chosen)] = True
    return mask


def _tiles(
    answers: Answers, column: int, window: Window
) -> tuple[NDArray[np.int8], NDArray[np.float64]]:
    """Make the tiles of some units of a column, (units, rows, columns), and their scales."""
    shape, count = answers.shape, window.count
    if answers.to_pixels is None or not shape.rows or not shape.columns:
        return np.zeros((count, 0, 0), np.int8), np.zeros(count)
    levels, scales = tile_levels(answers.to_pixels[column][window.first : window.first + count])
    if shape.is_curve:
        # Each row shows the same.
        levels = np.tile(levels, (1, shape.rows))
    return levels.reshape(count, shape.rows, shape.columns), scales


def _weights(layer: Dense | None, before: Window, shown: slice, count: int) -> NDArray[np.float64]:
    """Return the weights from the shown units before, (units before, units)."""
    if layer is None:
        return np.zeros((0, count))
    rows = slice(before.first, before.first + before.count)
    return layer.weights[rows, shown].astype(np.float64)


def _largest_size(layer: Dense | None) -> float:
    """Return the largest |weight|; weights that are not numbers are passed over."""
    if layer is None:
        return 0.0
    # Two reductions make no copy of the weights, which may be many.
    return float(
        np.maximum(np.fmax.reduce(layer.weights, None), -np.fmin.reduce(layer.weights, None))
    )
