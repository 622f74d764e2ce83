"""Finding single numbers in what the trainer tells about the inside of a network."""

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from nntui.anatomy.values import Anatomy, Column, LayerNumbers, NeuronDetail
from nntui.training.parameters import ParameterPlace
from nntui.ui.network.movement import Around
from nntui.ui.network.place import NetworkCursor


def shown_parameter(anatomy: Anatomy, place: ParameterPlace) -> float | None:
    """Return the value of a weight or bias; None where the trainer has not told it."""
    if place.layer + 1 >= len(anatomy.units):
        return None
    is_bias = place.row == anatomy.units[place.layer]
    found = _from_neuron(anatomy.neuron, place, is_bias=is_bias)
    if found is None and anatomy.columns is not None:
        found = _from_columns(anatomy.columns, place, is_bias=is_bias)
    if found is None and anatomy.layer is not None:
        found = _from_layer(anatomy.layer, anatomy.layer.weights, place)
    return found


def _from_neuron(
    detail: NeuronDetail | None, place: ParameterPlace, *, is_bias: bool
) -> float | None:
    if detail is None:
        return None
    column, unit = detail.neuron.column, detail.neuron.unit
    if (column, unit) == (place.layer + 1, place.unit):
        if is_bias:
            return detail.bias
        return float(detail.incoming[place.row]) if place.row < len(detail.incoming) else None
    if (column, unit) == (place.layer, place.row) and not is_bias:
        return float(detail.outgoing[place.unit]) if place.unit < len(detail.outgoing) else None
    return None


def _from_columns(
    columns: tuple[Column, ...], place: ParameterPlace, *, is_bias: bool
) -> float | None:
    before, column = columns[place.layer], columns[place.layer + 1]
    unit, row = place.unit - column.first, place.row - before.first
    if not 0 <= unit < len(column.biases):
        return None
    if is_bias:
        return float(column.biases[unit])
    return float(column.weights[row, unit]) if 0 <= row < len(column.weights) else None


def _from_layer(
    layer: LayerNumbers, numbers: NDArray[np.float64], place: ParameterPlace
) -> float | None:
    """Find one of a layer's weights, or gradients, unless they are told in blocks."""
    if layer.column != place.layer + 1 or layer.block != (1, 1):
        return None
    rows, units = numbers.shape
    if place.row >= rows or place.unit >= units:
        return None
    return float(numbers[place.row, place.unit])


def shown_gradient(anatomy: Anatomy, cursor: NetworkCursor) -> float | None:
    """Return the gradient of the weight or bias under a cursor; None where it is not told."""
    place = cursor.parameter(anatomy.units)
    if place is None:
        return None
    detail, layer = anatomy.neuron, anatomy.layer
    if detail is not None:
        of_gradients = replace(
            detail,
            bias=detail.bias_gradient,
            incoming=detail.incoming_gradients,
            outgoing=detail.outgoing_gradients,
        )
        found = _from_neuron(of_gradients, place, is_bias=cursor.source is None)
        if found is not None:
            return found
    return _from_layer(layer, layer.gradients, place) if layer is not None else None


def around(anatomy: Anatomy, cursor: NetworkCursor) -> Around:
    """Return the weights about the neuron of a cursor, as far as they are known."""
    neuron, detail = cursor.neuron, anatomy.neuron
    if detail is not None and detail.neuron == neuron:
        return Around(anatomy.units, detail.incoming.tolist(), detail.outgoing.tolist())
    columns = anatomy.columns
    if columns is None:
        return Around(anatomy.units)
    incoming = outgoing = np.zeros(0)
    own = columns[neuron.column]
    place = neuron.unit - own.first
    if neuron.column and 0 <= place < own.weights.shape[1]:
        incoming = np.zeros(anatomy.units[neuron.column - 1])
        first = columns[neuron.column - 1].first
        incoming[first : first + len(own.weights)] = own.weights[:, place]
    if neuron.column + 1 < len(columns):
        after = columns[neuron.column + 1]
        if 0 <= place < len(after.weights):
            outgoing = np.zeros(anatomy.units[neuron.column + 1])
            outgoing[after.first : after.first + after.weights.shape[1]] = after.weights[place]
    return Around(anatomy.units, incoming.tolist(), outgoing.tolist())


def with_tiles(before: Anatomy, told: Anatomy) -> Anatomy:
    """Take the tiles that were told just now, and keep the numbers from before.

    Numbers that change with every frame cannot be read, and cost a slow link most.

    Args:
        before: What the screen shows.
        told: What the trainer has told since.

    Returns:
        All that was told where it is about other neurons than before.
    """
    if before.columns is None or told.columns is None or before.units != told.units:
        return told
    pairs = list(zip(before.columns, told.columns, strict=True))
    if any(
        (old.first, old.tiles.shape) != (new.first, new.tiles.shape)
        or before.neuron is None
        or told.neuron is None
        or before.neuron.neuron != told.neuron.neuron
        for old, new in pairs
    ):
        return told
    columns = tuple(replace(old, tiles=new.tiles, scales=new.scales) for old, new in pairs)
    return replace(before, columns=columns)
