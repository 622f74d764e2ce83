import pytest

from nntui.errors import ExperimentError
from nntui.experiment.convert import checked
from nntui.experiment.experiment import Experiment, LayerSettings
from nntui.ui.network.unit_edits import (
    with_freeze_turned,
    with_layer_freeze_turned,
    with_silence_turned,
)
from nntui.ui.network.words import Names

NAMES = Names((2, 4, 3), ("x1", "x2"), ("red", "green", "blue"))
EXPERIMENT = checked(Experiment(layers=(LayerSettings(units=4),)))


def test_a_neuron_is_frozen_and_released():
    frozen = with_freeze_turned(EXPERIMENT, 1, 2, NAMES)
    assert frozen.experiment.layers[0].frozen_units == (3,)
    assert frozen.label == "freeze neuron 3 of layer 1"
    second = with_freeze_turned(frozen.experiment, 1, 0, NAMES)
    assert second.experiment.layers[0].frozen_units == (1, 3)
    released = with_freeze_turned(frozen.experiment, 1, 2, NAMES)
    assert released.experiment == EXPERIMENT
    assert released.label == "release neuron 3 of layer 1"


def test_an_output_can_be_frozen_too():
    edit = with_freeze_turned(EXPERIMENT, 2, 1, NAMES)
    assert edit.experiment.output.frozen_units == (2,)
    assert edit.label == "freeze output green"


def test_one_neuron_of_a_frozen_layer_is_released_alone():
    whole = with_layer_freeze_turned(EXPERIMENT, 1, NAMES).experiment
    edit = with_freeze_turned(whole, 1, 2, NAMES)
    assert edit.experiment.layers[0].trainable
    assert edit.experiment.layers[0].frozen_units == (1, 2, 4)
    assert "the others of its layer stay frozen" in edit.notice


def test_a_layer_is_frozen_and_released():
    frozen = with_layer_freeze_turned(EXPERIMENT, 1, NAMES)
    assert not frozen.experiment.layers[0].trainable
    assert frozen.label == "freeze layer 1"
    assert with_layer_freeze_turned(frozen.experiment, 1, NAMES).experiment == EXPERIMENT
    output = with_layer_freeze_turned(EXPERIMENT, 2, NAMES)
    assert not output.experiment.output.trainable
    assert output.label == "freeze the output layer"


def test_releasing_a_layer_tells_of_the_neurons_that_stay_frozen():
    layer = LayerSettings(units=4, trainable=False, frozen_units=(2,))
    edit = with_layer_freeze_turned(checked(Experiment(layers=(layer,))), 1, NAMES)
    assert edit.experiment.layers[0].trainable
    assert edit.experiment.layers[0].frozen_units == (2,)
    assert "1 neuron of it stays frozen" in edit.notice


def test_a_hidden_neuron_is_silenced_and_speaks_again():
    edit = with_silence_turned(EXPERIMENT, 1, 3, NAMES)
    assert edit.experiment.layers[0].silenced_units == (4,)
    assert edit.label == "silence neuron 4 of layer 1"
    assert with_silence_turned(edit.experiment, 1, 3, NAMES).experiment == EXPERIMENT


def test_an_output_is_not_silenced():
    with pytest.raises(ExperimentError, match="the network's answer"):
        with_silence_turned(EXPERIMENT, 2, 0, NAMES)


def test_a_neuron_that_does_not_exist_any_more_is_refused_with_a_reason():
    smaller = checked(Experiment(layers=(LayerSettings(units=2),)))
    with pytest.raises(ExperimentError, match="found 4, expected numbers from 1 to 2"):
        with_freeze_turned(smaller, 1, 3, NAMES)
