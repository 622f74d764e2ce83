"""Adding, removing and moving hidden layers: an experiment in, another one out."""

import msgspec

from nntui.experiment.convert import checked
from nntui.experiment.experiment import Experiment, LayerSettings
from nntui.experiment.unit_numbers import without_named_units


def with_layer_added(experiment: Experiment, position: int) -> Experiment:
    """Add a hidden layer like the one before it; the first of all gets the defaults.

    What is said of single neurons of that layer does not hold for the new one.

    Args:
        experiment: A checked experiment.
        position: Where the new layer goes among the hidden ones, counted from 0.

    Raises:
        ExperimentError: There can be no more layers, or the optimizer trains none.
    """
    layers = experiment.layers
    new = without_named_units(layers[position - 1]) if position else LayerSettings()
    return _with(experiment, (*layers[:position], new, *layers[position:]))


def with_layer_removed(experiment: Experiment, index: int) -> Experiment:
    """Take a hidden layer out."""
    layers = experiment.layers
    return _with(experiment, (*layers[:index], *layers[index + 1 :]))


def with_layer_moved(experiment: Experiment, index: int, direction: int) -> Experiment:
    """Let a hidden layer change places with its neighbour.

    Args:
        experiment: A checked experiment.
        index: Which layer, counted from 0.
        direction: 1 towards the output, −1 towards the input; there has to be a layer there.
    """
    layers = list(experiment.layers)
    other = index + direction
    layers[index], layers[other] = layers[other], layers[index]
    return _with(experiment, tuple(layers))


def _with(experiment: Experiment, layers: tuple[LayerSettings, ...]) -> Experiment:
    return checked(msgspec.structs.replace(experiment, layers=layers))
