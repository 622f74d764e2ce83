"""Numbers put into single weights and biases, and neurons that are frozen or silenced."""

import numpy as np
import pytest

from nntui.errors import ExperimentError
from nntui.training.model import Model
from nntui.training.model_file import load_model, save_model
from nntui.training.parameters import ParameterPlace, ParameterValue
from nntui.training.trainer import Trainer


def value(layer, row, unit, number):
    return ParameterValue(ParameterPlace(layer, row, unit), number)


class TestSetting:
    def test_weights_and_biases_get_their_numbers_and_nothing_else_changes(self, small):
        trainer = Trainer(small())
        before = [layer.parameters.copy() for layer in trainer.network.dense_layers]
        values = (value(0, 1, 3, 0.5), value(1, 5, 2, -2.0), value(2, 0, 1, 7.25))
        trainer.apply(small(), values)
        before[0][1, 3], before[1][5, 2], before[2][0, 1] = 0.5, -2.0, 7.25
        for layer, expected in zip(trainer.network.dense_layers, before, strict=True):
            np.testing.assert_array_equal(layer.parameters, expected)
        # The last row of a layer holds the biases.
        assert trainer.network.dense_layers[1].biases[2] == -2.0

    def test_they_are_rounded_to_the_precision(self, small):
        trainer = Trainer(small())
        trainer.apply(small(), [value(0, 0, 0, 0.1)])
        assert trainer.network.parameters[0] == np.float32(0.1)

    def test_they_come_with_a_change_of_the_experiment(self, small):
        trainer = Trainer(small())
        trainer.train(3)
        trainer.apply(small({"layers.0.dropout": 0.5}), [value(0, 0, 0, 0.25)])
        assert trainer.network.parameters[0] == 0.25
        assert trainer.steps == 3
        trainer.apply(small({"seed": 9}), [value(0, 0, 0, 0.75)])
        assert trainer.network.parameters[0] == 0.75
        assert trainer.steps == 0

    @pytest.mark.parametrize("changes", [{}, {"layers.0.dropout": 0.5}, {"seed": 9}])
    @pytest.mark.parametrize(
        ("impossible", "words"),
        [
            (value(3, 0, 0, 1.0), "layer 4: expected 1 to 3, because the network has 3 layers"),
            (value(-1, 0, 0, 1.0), "layer 0: expected 1 to 3"),
            (value(1, 0, 4, 1.0), "layer 2, neuron 5: expected 1 to 4, because the layer has 4"),
            (value(1, 0, -1, 1.0), "layer 2, neuron 0: expected"),
            (value(1, 6, 0, 1.0), "layer 2, neuron 1, weight 7: expected 1 to 5, because the neu"),
            (value(1, -1, 0, 1.0), "layer 2, neuron 1, weight 0: expected"),
            (value(0, 2, 1, np.nan), r"layer 1, neuron 2, bias: found nan, expected a number"),
            (value(0, 1, 1, -np.inf), r"layer 1, neuron 2, weight 2: found -inf"),
            (value(0, 1, 1, 1e39), r"found 1e\+39, expected a number from -3.4e\+38 to 3.4e\+38"),
        ],
    )
    def test_what_is_impossible_changes_nothing(
        self, small, fingerprint, changes, impossible, words
    ):
        trainer, twin = Trainer(small()), Trainer(small())
        for one in (trainer, twin):
            one.train(5)
        with pytest.raises(ExperimentError, match=words):
            trainer.apply(small(changes), [value(0, 0, 0, 9.0), impossible])
        assert fingerprint(trainer) == fingerprint(twin)
        assert trainer.experiment == twin.experiment

    def test_double_precision_holds_larger_numbers(self, small):
        keys = {"dtype": "float64"}
        trainer = Trainer(small(keys))
        trainer.apply(small(keys), [value(0, 0, 0, 1e39)])
        assert trainer.network.parameters[0] == 1e39

    def test_a_run_with_a_number_of_its_own_can_still_go_back(self, small, fingerprint):
        trainer = Trainer(small())
        trainer.train(5)
        trainer.apply(small(), [value(1, 2, 3, 0.5)])
        state = trainer.state()
        trainer.train(9)
        end = fingerprint(trainer)
        trainer.restore(state)
        trainer.train(9)
        assert fingerprint(trainer) == end


class TestFrozenNeurons:
    def test_they_stay_and_the_others_learn(self, small):
        keys = {"layers.0.frozen_units": [2, 5], "output.frozen_units": [1]}
        trainer = Trainer(small(keys))
        first, _, output = trainer.network.dense_layers
        before = first.parameters.copy(), output.parameters.copy()
        trainer.train(20)
        changed = [
            (a != b).any(axis=0).tolist()
            for a, b in zip(before, (first.parameters, output.parameters), strict=True)
        ]
        assert changed == [[True, False, True, True, False], [False, True]]

    def test_released_they_learn_again(self, small):
        trainer = Trainer(small({"layers.0.frozen_units": [2]}))
        trainer.train(5)
        before = trainer.network.dense_layers[0].parameters.copy()
        trainer.apply(small())
        trainer.train(5)
        assert (trainer.network.dense_layers[0].parameters != before).any(axis=0).all()

    def test_an_output_that_there_is_not_is_refused(self, small):
        words = r"output\.frozen_units = \[3\]: found 3, expected numbers from 1 to 2"
        with pytest.raises(ExperimentError, match=words):
            Trainer(small({"output.frozen_units": [3]}))
        with pytest.raises(ExperimentError, match="expected 1 alone"):
            Trainer(small({"output.activation": "sigmoid", "output.frozen_units": [2]}))

    def test_a_network_with_every_neuron_frozen_stays_as_it_is(self, small):
        keys = {
            "layers.0.frozen_units": [1, 2, 3, 4, 5],
            "layers.1.frozen_units": [1, 2, 3, 4],
            "output.frozen_units": [1, 2],
        }
        trainer = Trainer(small(keys))
        before = trainer.network.parameters.copy()
        trainer.train(9)
        np.testing.assert_array_equal(trainer.network.parameters, before)


SILENCED = {"layers.0.silenced_units": [1, 4]}


def cut(trainer):
    """Cut what leads on from the neurons that ``SILENCED`` silences."""
    trainer.network.dense_layers[1].weights[[0, 3]] = 0.0
    return trainer


class TestSilencedNeurons:
    def test_the_network_answers_as_if_nothing_led_on_from_them(self, small):
        silenced, other = Trainer(small(SILENCED)), cut(Trainer(small()))
        assert silenced.evaluate() == other.evaluate()
        assert silenced.evaluate() != Trainer(small()).evaluate()

    def test_they_are_silenced_in_a_live_run_and_heard_again(self, small):
        trainer = Trainer(small())
        trainer.train(9)
        before = trainer.evaluate()
        trainer.apply(small(SILENCED))
        assert trainer.evaluate() != before
        trainer.apply(small())
        assert trainer.evaluate() == before

    def test_they_are_silenced_in_a_saved_model_too(self, small, tmp_path):
        silenced, other = Trainer(small(SILENCED)), cut(Trainer(small()))
        path = tmp_path / "model.safetensors"
        save_model(path, silenced)
        raw = silenced.prepared.test.inputs
        found = load_model(path).predict(raw).outputs
        np.testing.assert_array_equal(found, Model.of(other).predict(raw).outputs)
        assert not np.allclose(found, Model.of(Trainer(small())).predict(raw).outputs)
        np.testing.assert_array_equal(
            load_model(path).network.dense_layers[1].weights,
            silenced.network.dense_layers[1].weights,
        )
