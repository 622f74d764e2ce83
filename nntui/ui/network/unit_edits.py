"""Freezing and silencing neurons: an experiment in, another one out, with what is to be said."""

from dataclasses import dataclass

import msgspec

from nntui.errors import ExperimentError
from nntui.experiment.convert import checked
from nntui.experiment.experiment import Experiment, LayerSettings, OutputSettings
from nntui.ui.network.words import Names


@dataclass(frozen=True)
class UnitEdit:
    """An edit of the neurons of one layer.

    Attributes:
        experiment: What it leads to.
        label: What is edited, in a few words.
        notice: What the user should know besides; empty where the screen says it.
    """

    experiment: Experiment
    label: str
    notice: str = ""


def with_freeze_turned(experiment: Experiment, column: int, unit: int, names: Names) -> UnitEdit:
    """Freeze a neuron's weights and bias, or train them again.

    Where the whole layer is frozen, it is trained again but for its other neurons, which are
    frozen one by one: what is released is the one neuron alone.

    Args:
        experiment: A checked experiment.
        column: The neuron's column in the graph, at least 1.
        unit: Its number, counted from 0.
        names: What the neurons are called.

    Raises:
        ExperimentError: There is no such neuron.
    """
    layer, number = layer_of(experiment, column), unit + 1
    name = names.name(column, unit)
    if not layer.trainable:
        others = tuple(n for n in range(1, names.units[column] + 1) if n != number)
        released = msgspec.structs.replace(layer, trainable=True, frozen_units=others)
        notice = f"{_capital(name)} learns again; the others of its layer stay frozen, one by one."
        return _edited(experiment, column, released, f"release {name}", notice if others else "")
    is_frozen = number in layer.frozen_units
    changed = msgspec.structs.replace(layer, frozen_units=_turned(layer.frozen_units, number))
    return _edited(experiment, column, changed, f"{'release' if is_frozen else 'freeze'} {name}")


def with_layer_freeze_turned(experiment: Experiment, column: int, names: Names) -> UnitEdit:
    """Freeze a whole layer, or train it again; neurons frozen one by one stay so."""
    layer = layer_of(experiment, column)
    name = names.layer(column)
    verb = "freeze" if layer.trainable else "release"
    notice = ""
    if not layer.trainable and layer.frozen_units:
        count = len(layer.frozen_units)
        stays = "1 neuron of it stays" if count == 1 else f"{count} neurons of it stay"
        notice = f"{_capital(name)} learns again; {stays} frozen: f releases a neuron."
    changed = msgspec.structs.replace(layer, trainable=not layer.trainable)
    return _edited(experiment, column, changed, f"{verb} {name}", notice)


def with_silence_turned(experiment: Experiment, column: int, unit: int, names: Names) -> UnitEdit:
    """Let a hidden neuron pass on nothing, or speak again.

    Raises:
        ExperimentError: It is an input or an output, or there is no such neuron.
    """
    layer = layer_of(experiment, column)
    if isinstance(layer, OutputSettings):
        raise ExperimentError("An output cannot be silenced: it is the network's answer.")
    name, number = names.name(column, unit), unit + 1
    is_silenced = number in layer.silenced_units
    changed = msgspec.structs.replace(layer, silenced_units=_turned(layer.silenced_units, number))
    verb = "let speak" if is_silenced else "silence"
    return _edited(experiment, column, changed, f"{verb} {name}")


def layer_of(experiment: Experiment, column: int) -> LayerSettings | OutputSettings:
    """Return the settings of a column of the graph, at least 1."""
    if column <= len(experiment.layers):
        return experiment.layers[column - 1]
    return experiment.output


def _turned(numbers: tuple[int, ...], number: int) -> tuple[int, ...]:
    """Take a number out where it is in, and in where it is not."""
    if number in numbers:
        return tuple(n for n in numbers if n != number)
    return tuple(sorted((*numbers, number)))


def _edited(
    experiment: Experiment,
    column: int,
    layer: LayerSettings | OutputSettings,
    label: str,
    notice: str = "",
) -> UnitEdit:
    if isinstance(layer, OutputSettings):
        changed = msgspec.structs.replace(experiment, output=layer)
    else:
        layers = (*experiment.layers[: column - 1], layer, *experiment.layers[column:])
        changed = msgspec.structs.replace(experiment, layers=layers)
    return UnitEdit(checked(changed), label, notice)


def _capital(text: str) -> str:
    return text[0].upper() + text[1:]
