"""Single weights and biases: their places, and numbers put there by hand."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from nntui.errors import ExperimentError

if TYPE_CHECKING:  # The app names places, but has no use for the engine.
    from nntui.engine.network import Network


@dataclass(frozen=True)
class ParameterPlace:
    """A weight or a bias, by its place in the network.

    Attributes:
        layer: The dense layer, counted from 0: hidden layers, then the output layer.
        row: The number of its input, counted from 0; the number of inputs for the bias.
        unit: Its neuron, counted from 0.
    """

    layer: int
    row: int
    unit: int


@dataclass(frozen=True)
class ParameterValue:
    """A number for a weight or a bias.

    Attributes:
        place: Which one.
        value: Its number; it is rounded to the network's precision.
    """

    place: ParameterPlace
    value: float


def check_parameters(network: "Network", values: Sequence[ParameterValue]) -> None:
    """Check that all places exist, and that the network can hold all numbers.

    Raises:
        ExperimentError: Naming the place, what was found and what was expected.
    """
    for one in values:
        name = _checked_name(network, one.place)
        with np.errstate(over="ignore"):
            number = network.dtype.type(one.value)
        if not np.isfinite(number):
            largest = float(np.finfo(network.dtype).max)
            raise ExperimentError(
                f"{name}: found {one.value}, expected a number from {-largest:.3g} to "
                f"{largest:.3g} ({network.dtype.name})"
            )


def set_parameters(network: "Network", values: Sequence[ParameterValue]) -> None:
    """Give weights and biases numbers.

    Raises:
        ExperimentError: As ``check_parameters``; nothing has changed then.
    """
    check_parameters(network, values)
    for one in values:
        place = one.place
        network.dense_layers[place.layer].parameters[place.row, place.unit] = one.value


def _checked_name(network: "Network", place: ParameterPlace) -> str:
    """Name a place, counting from 1 as the screen does; refuse one that does not exist."""
    layers = len(network.dense_layers)
    if not 0 <= place.layer < layers:
        raise _missing("layer", place.layer, layers, "the network", "layers")
    where = f"layer {place.layer + 1}"
    block = network.dense_layers[place.layer].parameters
    inputs, units = len(block) - 1, block.shape[1]
    if not 0 <= place.unit < units:
        raise _missing(f"{where}, neuron", place.unit, units, "the layer", "neurons")
    where = f"{where}, neuron {place.unit + 1}"
    if not 0 <= place.row <= inputs:
        raise _missing(f"{where}, weight", place.row, inputs, "the neuron", "weights and a bias")
    return f"{where}, " + ("bias" if place.row == inputs else f"weight {place.row + 1}")


def _missing(name: str, index: int, count: int, owner: str, what: str) -> ExperimentError:
    return ExperimentError(
        f"{name} {index + 1}: expected 1 to {count}, because {owner} has {count} {what}"
    )
