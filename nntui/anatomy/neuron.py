"""Everything about one neuron, or one input."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from nntui.anatomy.graph import column_activation, column_sizes, frozen_mask
from nntui.anatomy.health import dead_units, saturated_shares
from nntui.anatomy.histogram import histogram_of
from nntui.anatomy.limits import Limits
from nntui.anatomy.look import silenced_units
from nntui.anatomy.values import Neuron, NeuronDetail
from nntui.engine.network import Network
from nntui.engine.tape import Array


def fitting_neuron(wanted: Neuron, network: Network) -> Neuron:
    """Return the neuron that is nearest to a wanted one among those there are."""
    units = column_sizes(network)
    column = min(max(wanted.column, 0), len(units) - 1)
    return Neuron(column, min(max(wanted.unit, 0), units[column] - 1))


def neuron_detail(
    network: Network,
    neuron: Neuron,
    gradients: Sequence[Array],
    to_points: Array,
    *,
    activation_name: str,
    field: NDArray[np.float32],
    limits_before: Limits | None,
) -> NeuronDetail:
    """Describe a neuron, or an input.

    Args:
        network: The network.
        neuron: Which one; it exists.
        gradients: Of each Dense layer, (inputs + 1, units).
        to_points: What the units of its column answer to training points, before any is silenced,
            (units, points).
        activation_name: The name of its activation; empty for an input.
        field: What it answers over the plane, (rows, columns).
        limits_before: The limits of its histogram in the picture before this one.
    """
    column, unit = neuron.column, neuron.unit
    answers = to_points[unit : unit + 1]
    activation = column_activation(network, column)
    incoming, incoming_gradients = _incoming(network, gradients, neuron)
    outgoing, outgoing_gradients = _outgoing(network, gradients, neuron)
    histogram = histogram_of(answers[0], activation, limits_before)
    saturated = float(saturated_shares(activation, answers)[0])
    layer = network.dense_layers[column - 1] if column else None
    return NeuronDetail(
        neuron=neuron,
        activation=activation_name,
        bias=float(incoming[-1]),
        bias_gradient=float(incoming_gradients[-1]),
        incoming=incoming[:-1],
        incoming_gradients=incoming_gradients[:-1],
        outgoing=outgoing,
        outgoing_gradients=outgoing_gradients,
        counts=histogram.counts,
        low=histogram.limits[0],
        high=histogram.limits[1],
        mean=float(answers.mean(dtype=np.float64)),
        spread=float(answers.std(dtype=np.float64)),
        dead=bool(dead_units(activation, answers)[0]),
        saturated=None if np.isnan(saturated) else saturated,
        frozen=bool(frozen_mask(layer, len(to_points))[unit]),
        silenced=unit in silenced_units(network)[column],
        field=field,
    )


def _incoming(
    network: Network, gradients: Sequence[Array], neuron: Neuron
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Copy a neuron's weights and their gradients, its bias last; that of an input is NaN."""
    if not neuron.column:
        return np.full(1, np.nan), np.full(1, np.nan)
    parameters = network.dense_layers[neuron.column - 1].parameters
    return (
        parameters[:, neuron.unit].astype(np.float64),
        gradients[neuron.column - 1][:, neuron.unit].astype(np.float64),
    )


def _outgoing(
    network: Network, gradients: Sequence[Array], neuron: Neuron
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Copy the weights to the next column and their gradients; an output has none."""
    if neuron.column == len(network.dense_layers):
        return np.zeros(0), np.zeros(0)
    weights = network.dense_layers[neuron.column].weights
    return (
        weights[neuron.unit].astype(np.float64),
        gradients[neuron.column][neuron.unit].astype(np.float64),
    )
