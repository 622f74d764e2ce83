import pytest

from nntui.errors import ExperimentError
from nntui.experiment.experiment import MOST_LAYERS, Experiment, LayerSettings
from nntui.experiment.overrides import experiment_with
from nntui.ui.panes.layer_edits import (
    with_layer_added,
    with_layer_moved,
    with_layer_removed,
)

THREE = experiment_with(
    Experiment(),
    [("layers", [3, 5, 7]), ("layers.1.dropout", 0.5), ("layers.1.activation", "tanh")],
)


def units(experiment):
    return [layer.units for layer in experiment.layers]


def test_a_layer_is_added_like_the_one_before():
    added = with_layer_added(THREE, 2)

    assert units(added) == [3, 5, 5, 7]
    assert added.layers[2] == THREE.layers[1]


def test_the_first_layer_has_the_defaults():
    added = with_layer_added(THREE, 0)

    assert added.layers == (LayerSettings(), *THREE.layers)


def test_the_last_layer_can_go():
    alone = experiment_with(Experiment(), [("layers", [4])])

    assert with_layer_removed(alone, 0).layers == ()
    assert units(with_layer_removed(THREE, 1)) == [3, 7]


def test_layers_change_places():
    assert units(with_layer_moved(THREE, 0, 1)) == [5, 3, 7]
    assert units(with_layer_moved(THREE, 2, -1)) == [3, 7, 5]


def test_what_makes_no_sense_is_refused():
    full = experiment_with(Experiment(), [("layers", [1] * MOST_LAYERS)])
    perceptron = experiment_with(Experiment(), [("layers", []), ("optimizer", "perceptron")])

    with pytest.raises(ExperimentError, match="at most 100"):
        with_layer_added(full, 4)
    with pytest.raises(ExperimentError, match="single layer"):
        with_layer_added(perceptron, 0)


def test_frozen_and_silenced_neurons_travel_with_their_layer_and_are_not_copied():
    settings = [
        ("layers", [3, 5]),
        ("layers.1.frozen_units", [5]),
        ("layers.1.silenced_units", [4]),
    ]
    experiment = experiment_with(Experiment(), settings)

    moved = with_layer_moved(experiment, 1, -1)
    assert moved.layers == experiment.layers[::-1]

    added = with_layer_added(moved, 1)
    assert units(added) == [5, 5, 3]
    assert added.layers[1] == LayerSettings(units=5)
    assert added.layers[0].frozen_units == (5,)
