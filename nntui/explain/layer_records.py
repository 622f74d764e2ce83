"""What a layer did in an update, found in the calls that have run.

Arrays here are as on the tape, with a column for each point: (units, batch).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nntui.engine.activations import Linear, Softmax
from nntui.engine.layers import Dense, Dropout, Silence
from nntui.engine.network import Network
from nntui.engine.tape import Array
from nntui.explain.tracing import Ran


@dataclass(frozen=True, eq=False)
class ForwardRecord:
    """What a dense layer answered.

    Attributes:
        ran: Its calls, with those of what follows it up to the next dense layer.
        inputs: What came in, (inputs, batch).
        sums: The weighted sums z, (units, batch).
        activations: What the activation made of them, (units, batch).
        passed_on: What the next layer got, after silence and dropout, (units, batch).
        masks: By what each of those multiplied, with its name.
    """

    ran: tuple[Ran, ...]
    inputs: Array
    sums: Array
    activations: Array
    passed_on: Array
    masks: tuple[tuple[str, Array], ...]


@dataclass(frozen=True, eq=False)
class BackwardRecord:
    """What came back through a dense layer; None where nothing had to be computed.

    Attributes:
        ran: Its calls, with those of what follows it up to the next dense layer.
        passed_on_delta: The gradient with respect to what the layer passed on, (units, batch).
        activation_delta: With respect to the activations, (units, batch).
        slopes: The activation's derivative, (units, batch); None where it is no plain factor.
        sum_delta: The gradient with respect to the weighted sums, (units, batch).
        gradients: Of weights and biases, before penalty and clipping, (inputs + 1, units).
        input_delta: The gradient with respect to the inputs, (inputs, batch).
    """

    ran: tuple[Ran, ...]
    passed_on_delta: Array | None
    activation_delta: Array | None
    slopes: Array | None
    sum_delta: Array | None
    gradients: Array | None
    input_delta: Array | None


@dataclass(frozen=True, eq=False)
class LayerRecord:
    """A dense layer in an update.

    Attributes:
        index: Which of the dense layers, counted from 0.
        position: Which of all layers.
        layer: The layer itself; its arrays go on to change.
        is_fused: Whether the loss is differentiated together with its activation.
        forward: What it answered.
        backward: What came back.
    """

    index: int
    position: int
    layer: Dense
    is_fused: bool
    forward: ForwardRecord
    backward: BackwardRecord


def layer_records(network: Network, ran: Sequence[Ran]) -> tuple[LayerRecord, ...]:
    """Find what each dense layer did.

    Args:
        network: The network.
        ran: All calls of the update, in order.
    """
    forward = forward_records(network, ran)
    records: list[LayerRecord] = []
    delta = next((item.out for item in reversed(ran) if item.call.stage == "loss"), None)
    for index in reversed(range(len(forward))):
        layer, position = network.dense_layers[index], _positions(network)[index]
        is_output = index == len(forward) - 1
        is_fused = is_output and isinstance(layer.activation, network.loss.fused_with or ())
        backward = _backward_record(network, index, ran, delta, is_fused=is_fused)
        records.append(LayerRecord(index, position, layer, is_fused, forward[index], backward))
        delta = backward.input_delta
    return tuple(reversed(records))


def forward_records(network: Network, ran: Sequence[Ran]) -> tuple[ForwardRecord, ...]:
    """Find what each dense layer answered."""
    return tuple(_forward_record(network, index, ran) for index in range(len(network.dense_layers)))


def _positions(network: Network) -> list[int]:
    return [at for at, layer in enumerate(network.layers) if isinstance(layer, Dense)]


def _places(network: Network, index: int) -> range:
    """Return the positions of a dense layer and of what follows it."""
    positions = [*_positions(network), len(network.layers)]
    return range(positions[index], positions[index + 1])


def _forward_record(network: Network, index: int, ran: Sequence[Ran]) -> ForwardRecord:
    places = _places(network, index)
    mine = tuple(r for r in ran if r.call.stage == "forward" and r.call.layer in places)
    of_layer = [r for r in mine if r.call.layer == places.start]
    after = [r for r in mine if r.call.layer != places.start]
    masks = tuple(
        (_mask_name(network, place), [r for r in after if r.call.layer == place][-1].inputs[1])
        for place in places[1:]
        if any(r.call.layer == place for r in after)
    )
    # The first call is the product of the weights with the inputs and a last row of ones.
    return ForwardRecord(
        ran=mine,
        inputs=of_layer[0].inputs[1][:-1],
        sums=of_layer[0].out,
        activations=of_layer[-1].out,
        passed_on=mine[-1].out,
        masks=masks,
    )


def _mask_name(network: Network, place: int) -> str:
    return "silence" if isinstance(network.layers[place], Silence) else "dropout"


def _backward_record(
    network: Network, index: int, ran: Sequence[Ran], delta: Array | None, *, is_fused: bool
) -> BackwardRecord:
    places = _places(network, index)
    layer = network.dense_layers[index]
    mine = tuple(r for r in ran if r.call.stage == "backward" and r.call.layer in places)
    of_masks = [r for r in mine if r.call.layer != places.start]
    of_layer = [r for r in mine if r.call.layer == places.start]
    gradients = [r for r in of_layer if is_gradient_product(r, layer)]
    products = [r for r in of_layer if is_input_delta_product(r, layer)]
    of_activation = [r for r in of_layer if r not in gradients and r not in products]
    after_masks = of_masks[-1].out if of_masks else delta
    sum_delta = of_activation[-1].out if of_activation else after_masks
    return BackwardRecord(
        ran=mine,
        passed_on_delta=delta,
        activation_delta=None if is_fused else after_masks,
        slopes=None if sum_delta is None or is_fused else _slopes(layer, of_activation, sum_delta),
        sum_delta=sum_delta,
        gradients=gradients[-1].out if gradients else None,
        input_delta=products[-1].out[:-1] if products else None,
    )


def is_gradient_product(ran: Ran, layer: Dense) -> bool:
    """Tell whether a call computes the gradients of a layer's weights and biases."""
    return np.may_share_memory(ran.call.out, layer.gradients)


def is_input_delta_product(ran: Ran, layer: Dense) -> bool:
    """Tell whether a call computes the gradient with respect to a layer's inputs."""
    return np.may_share_memory(ran.call.inputs[0], layer.parameters)


def _slopes(layer: Dense, of_activation: list[Ran], like: Array) -> NDArray[Any] | None:
    """Find the derivative of an activation in the last call of its way back, delta · da/dz."""
    if isinstance(layer.activation, Softmax):
        return None
    if isinstance(layer.activation, Linear):
        return np.ones_like(like)
    slopes = of_activation[-1].inputs[1]
    if slopes.dtype.kind == "i":  # A mask of bits: all set for 1, none for 0.
        slopes = (slopes != 0).astype(like.dtype)
    return np.broadcast_to(slopes, like.shape)


def dropouts(network: Network) -> list[Dropout]:
    """Return the layers that draw random numbers in each step."""
    return [layer for layer in network.layers if isinstance(layer, Dropout)]
