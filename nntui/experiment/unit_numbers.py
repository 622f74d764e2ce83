"""Neurons that an experiment names by their number: in order, existing, and gone with their layer.

Numbers count from 1, as on the screen.
"""

from typing import cast

import msgspec

from nntui.experiment.checks import resolved_output
from nntui.experiment.experiment import Experiment, LayerSettings
from nntui.experiment.text import KeyProblem, shown_value

NAMING_UNITS = ("frozen_units", "silenced_units")
"""The keys of a hidden layer that name some of its neurons."""

_DATA_KEYS_OF_OUTPUTS = ("source", "classes", "label", "header", "task")


def with_units_in_order(experiment: Experiment) -> Experiment:
    """Sort the neurons that are named by number, each once, so that equal choices are equal."""
    layers = tuple(
        msgspec.structs.replace(
            layer,
            frozen_units=_in_order(layer.frozen_units),
            silenced_units=_in_order(layer.silenced_units),
        )
        for layer in experiment.layers
    )
    frozen = _in_order(experiment.output.frozen_units)
    output = msgspec.structs.replace(experiment.output, frozen_units=frozen)
    return msgspec.structs.replace(experiment, layers=layers, output=output)


def _in_order(numbers: tuple[int, ...]) -> tuple[int, ...]:
    return tuple(sorted(set(numbers)))


def check_layer_units(experiment: Experiment) -> None:
    """Check that the neurons named in hidden layers exist.

    Raises:
        KeyProblem: There is no such neuron.
    """
    for index, layer in enumerate(experiment.layers):
        has = f"because the layer has {_counted(layer.units, 'neuron')}"
        for name in NAMING_UNITS:
            numbers = cast("tuple[int, ...]", getattr(layer, name))
            _check(f"layers.{index}.{name}", numbers, layer.units, has)


def check_output_units(experiment: Experiment, units: int) -> None:
    """Check that the outputs named by number exist, which only the data tell.

    Args:
        experiment: A checked experiment.
        units: How many outputs the network has.

    Raises:
        KeyProblem: There is no such output.
    """
    has = f"because the network has {_counted(units, 'output')}"
    _check("output.frozen_units", experiment.output.frozen_units, units, has)


def _check(key: str, numbers: tuple[int, ...], units: int, has: str) -> None:
    missing = [number for number in numbers if number > units]
    if missing:
        expected = f"numbers from 1 to {units}" if units > 1 else "1 alone"
        raise KeyProblem(
            key,
            f"{key} = {shown_value(numbers)}: found {missing[0]}, expected {expected}, {has}",
        )


def _counted(count: int, noun: str) -> str:
    return f"{count} {noun}{'' if count == 1 else 's'}"


def without_named_units(layer: LayerSettings) -> LayerSettings:
    """Make a layer like another one, of which no neuron is frozen or silenced."""
    return msgspec.structs.replace(layer, frozen_units=(), silenced_units=())


def forget_units_above(layer: dict[str, object], units: object) -> None:
    """Let the plain table of a layer name no neurons that it will not have.

    Args:
        layer: The table; it is changed.
        units: How many there will be; what is no number changes nothing.
    """
    if not isinstance(units, int):
        return
    for name in NAMING_UNITS:
        numbers = layer.get(name)
        if isinstance(numbers, list):
            listed = cast("list[object]", numbers)
            layer[name] = [n for n in listed if not (isinstance(n, int) and n > units)]


def with_outputs_released(before: Experiment, after: Experiment) -> Experiment:
    """Freeze no outputs any more where they come to stand for something else.

    Args:
        before: A checked experiment.
        after: The same with an edit made, checked.
    """
    same_data = all(
        getattr(before.data, name) == getattr(after.data, name) for name in _DATA_KEYS_OF_OUTPUTS
    )
    # What is left to the data is left to them before and after.
    one, other = (resolved_output(made, "classification").activation for made in (before, after))
    if not after.output.frozen_units or (same_data and type(one) is type(other)):
        return after
    output = msgspec.structs.replace(after.output, frozen_units=())
    return msgspec.structs.replace(after, output=output)
