"""A trainer steps through its epochs, and can go back to any moment of its run."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nntui.errors import DataError, ExperimentError
from nntui.experiment.experiment import Experiment, TrainingSettings
from nntui.experiment.optimizers import AdamSettings
from nntui.training.assembly import prepare_data
from nntui.training.trainer import Trainer

POINTS = 30  # Training points of the small experiment.


class TestCounting:
    def test_a_new_trainer_stands_before_its_first_epoch(self, small):
        trainer = Trainer(small())
        assert (trainer.steps, trainer.epochs) == (0, 0)
        assert trainer.is_between_epochs
        assert trainer.steps_per_epoch == trainer.steps_left_in_epoch == 4

    def test_steps_and_epochs_are_counted(self, small):
        trainer = Trainer(small())
        trainer.step()
        assert (trainer.steps, trainer.epochs, trainer.steps_left_in_epoch) == (1, 0, 3)
        assert not trainer.is_between_epochs
        trainer.epoch()
        assert (trainer.steps, trainer.epochs, trainer.steps_left_in_epoch) == (4, 1, 4)
        assert trainer.is_between_epochs
        trainer.train(9)
        assert (trainer.steps, trainer.epochs, trainer.steps_left_in_epoch) == (13, 3, 3)

    @pytest.mark.parametrize("steps", [0, -3])
    def test_no_steps_change_nothing(self, small, fingerprint, steps):
        trainer = Trainer(small())
        before = fingerprint(trainer)
        trainer.train(steps)
        assert fingerprint(trainer) == before

    def test_how_steps_are_portioned_does_not_matter(self, small, random_keys, fingerprint):
        experiment = small(random_keys)
        at_once, one_by_one = Trainer(experiment), Trainer(experiment)
        at_once.train(11)
        for _ in range(11):
            one_by_one.step()
        assert fingerprint(at_once) == fingerprint(one_by_one)

    def test_data_at_hand_are_not_made_again(self, small, fingerprint):
        experiment = small()
        prepared = prepare_data(experiment.data)
        given_data, own_data = Trainer(experiment, prepared), Trainer(experiment)
        assert given_data.prepared is prepared
        given_data.train(5)
        own_data.train(5)
        assert fingerprint(given_data) == fingerprint(own_data)

    def test_the_learning_rate_is_that_of_the_next_step(self, small):
        schedule = {"name": "inverse_time", "decay_rate": 0.5, "warmup_steps": 2}
        trainer = Trainer(small({"optimizer.learning_rate": 0.2, "optimizer.schedule": schedule}))
        rates = []
        for _ in range(5):
            rates.append(trainer.learning_rate)
            trainer.step()
        # Rising in two steps, then 0.2 / (1 + 0.5 t) from the end of the rise.
        np.testing.assert_allclose(rates, [0.1, 0.2, 0.2, 0.2 / 1.5, 0.2 / 2.0], rtol=1e-12)


class TestDescent:
    """Steps equal a gradient descent written down here, from the raw points to the weights."""

    @staticmethod
    def softmax_regression(prepared, rates, clip_norm=0.0):
        raw, classes = prepared.train.inputs, prepared.train.targets
        inputs = (raw - raw.mean(axis=0)) / raw.std(axis=0)
        inputs = np.concatenate([inputs, np.ones((len(inputs), 1))], axis=1)
        targets = np.eye(2)[classes]
        block = np.zeros((3, 2))
        for rate in rates:
            exponentials = np.exp(inputs @ block)
            probabilities = exponentials / exponentials.sum(axis=1, keepdims=True)
            gradient = inputs.T @ (probabilities - targets) / len(inputs)
            norm = np.sqrt((gradient**2).sum())
            block -= rate * gradient * (min(1.0, clip_norm / norm) if clip_norm else 1.0)
        return block

    @pytest.mark.parametrize("clip_norm", [0.0, 0.1])
    def test_full_batches_of_a_softmax_regression(self, small, clip_norm):
        keys = {
            "dtype": "float64",
            "layers": [],
            "output.initializer": "zeros",
            "optimizer": {"name": "sgd", "learning_rate": 0.3, "clip_norm": clip_norm},
            "optimizer.schedule": {"name": "step", "decay_steps": 4, "decay_rate": 0.5},
            "training.batch_size": 100,
        }
        trainer = Trainer(small(keys))
        trainer.train(10)
        rates = [0.3] * 4 + [0.15] * 4 + [0.075] * 2
        expected = self.softmax_regression(trainer.prepared, rates, clip_norm)
        layer = trainer.network.dense_layers[0]
        np.testing.assert_allclose(layer.weights, expected[:2], rtol=1e-10, atol=1e-13)
        np.testing.assert_allclose(layer.biases, expected[2], rtol=1e-10, atol=1e-13)


class TestSeed:
    def test_another_seed_gives_other_weights_and_another_order(self, small, batches_seen):
        one, other = Trainer(small({"seed": 1})), Trainer(small({"seed": 2}))
        assert one.network.parameters.tobytes() != other.network.parameters.tobytes()
        one.step()
        other.step()
        assert batches_seen[0].tobytes() != batches_seen[1].tobytes()

    def test_the_split_depends_on_the_seed_of_the_data_alone(self, small):
        one, other = Trainer(small({"seed": 1})), Trainer(small({"seed": 2}))
        assert one.prepared.test.inputs.tobytes() == other.prepared.test.inputs.tobytes()


class TestRestoring:
    @settings(max_examples=60, deadline=None)
    @given(
        before=st.integers(0, 13),
        after=st.integers(0, 13),
        batch_size=st.sampled_from([1, 7, 8, 15, 29, 30, 31, 100]),
        dtype=st.sampled_from(["float32", "float64"]),
        augmented=st.booleans(),
    )
    def test_training_on_repeats_the_rest_bit_for_bit(
        self, small, random_keys, fingerprint, *, before, after, batch_size, dtype, augmented
    ):
        keys = random_keys if augmented else {"layers.*.dropout": 0.3}
        experiment = small({**keys, "training.batch_size": batch_size, "dtype": dtype})
        trainer = Trainer(experiment)
        trainer.train(before)
        state = trainer.state()
        here = fingerprint(trainer)
        trainer.train(after)
        there = fingerprint(trainer)

        trainer.restore(state)
        assert fingerprint(trainer) == here
        trainer.train(after)
        assert fingerprint(trainer) == there

        fresh = Trainer(experiment)
        fresh.restore(state)
        assert fingerprint(fresh) == here
        fresh.train(after)
        assert fingerprint(fresh) == there

    def test_backwards_and_forwards_through_a_history(self, small, random_keys, fingerprint):
        trainer = Trainer(small(random_keys))
        states, prints = [], []
        for _ in range(10):
            states.append(trainer.state())
            prints.append(fingerprint(trainer))
            trainer.step()
        for index in (7, 2, 9, 0, 4, 3):
            trainer.restore(states[index])
            assert fingerprint(trainer) == prints[index]
            if index < 9:
                trainer.step()
                assert fingerprint(trainer) == prints[index + 1]

    def test_the_batches_of_the_rest_are_the_same(self, small, random_keys, batches_seen):
        trainer = Trainer(small(random_keys))
        trainer.train(6)
        state = trainer.state()
        batches_seen.clear()
        trainer.train(7)
        first = [batch.tobytes() for batch in batches_seen]
        trainer.restore(state)
        batches_seen.clear()
        trainer.train(7)
        assert [batch.tobytes() for batch in batches_seen] == first

    def test_a_state_is_a_copy(self, small, random_keys):
        trainer = Trainer(small(random_keys))
        trainer.train(6)
        state = trainer.state()
        parameters, optimizer = state.parameters.copy(), state.optimizer.copy()
        randomness = [repr(each) for each in (state.shuffling, state.augmenting, state.dropping)]
        trainer.train(6)
        np.testing.assert_array_equal(state.parameters, parameters)
        np.testing.assert_array_equal(state.optimizer, optimizer)
        now = [repr(each) for each in (state.shuffling, state.augmenting, state.dropping)]
        assert now == randomness

    def test_training_on_from_a_state_leaves_it_as_it_was(self, small, random_keys, fingerprint):
        trainer = Trainer(small(random_keys))
        trainer.train(6)
        state = trainer.state()
        for _ in range(2):
            trainer.restore(state)
            trainer.train(5)
        twice = fingerprint(trainer)
        trainer.restore(state)
        trainer.train(5)
        assert fingerprint(trainer) == twice

    def test_a_state_of_another_network_is_refused(self, small, fingerprint):
        trainer = Trainer(small())
        state = Trainer(small({"layers.0.units": 6})).state()
        before = fingerprint(trainer)
        with pytest.raises(ValueError, match=r"float32\[56\].*expected float32\[49\]"):
            trainer.restore(state)
        assert fingerprint(trainer) == before

    def test_a_state_of_an_optimizer_with_another_memory_is_refused(self, small):
        for name, slots in (("sgd", "velocity"), ("rmsprop", "mean_square, velocity")):
            state = Trainer(small({"optimizer": {"name": name}})).state()
            with pytest.raises(ValueError, match=rf"\({slots}\), expected .*square_sum"):
                Trainer(small()).restore(state)

    def test_a_state_of_another_dtype_is_refused(self, small):
        state = Trainer(small({"dtype": "float64"})).state()
        with pytest.raises(ValueError, match=r"float64.*expected float32"):
            Trainer(small()).restore(state)


class TestEvaluating:
    def test_it_does_not_change_what_follows(self, small, random_keys, fingerprint):
        watched, unwatched = Trainer(small(random_keys)), Trainer(small(random_keys))
        for _ in range(9):
            watched.evaluate()
            watched.confusion()
            watched.state()
            watched.step()
            unwatched.step()
            assert fingerprint(watched) == fingerprint(unwatched)

    def test_twice_gives_the_same(self, small, random_keys):
        trainer = Trainer(small(random_keys))
        trainer.train(3)
        assert trainer.evaluate() == trainer.evaluate()

    def test_dropout_does_not_act_on_it(self, small):
        state = Trainer(small()).state()
        plain, dropping = Trainer(small()), Trainer(small({"layers.*.dropout": 0.9}))
        plain.restore(state)
        dropping.restore(state)
        assert plain.evaluate() == dropping.evaluate()


class TestFiniteness:
    def test_one_bad_parameter_is_enough(self, small):
        trainer = Trainer(small())
        assert trainer.is_finite()
        trainer.network.parameters[3] = np.nan
        assert not trainer.is_finite()

    def test_numbers_too_large_for_the_dtype_do_not_warn(self, small):
        # 1e39 is infinite in float32; pytest turns a warning into a failure.
        keys = {"layers.0.initializer": {"name": "constant", "value": 1e39}}
        trainer = Trainer(small({**keys, "regularization.l2": 1e39}))
        trainer.train(2)
        assert not trainer.is_finite()


class TestMisfits:
    def test_a_loss_for_classes_cannot_learn_values(self, small):
        experiment = small({"data.source": "plane", "output.loss": "binary_crossentropy"})
        with pytest.raises(ExperimentError, match=r"output\.loss"):
            Trainer(experiment)

    def test_points_of_one_column_cannot_be_turned(self, small):
        experiment = small({"data.source": "sine", "augmentation.rotation_degrees": 10.0})
        with pytest.raises(DataError, match=r"augmentation\.rotation_degrees"):
            Trainer(experiment)


@pytest.mark.parametrize(
    ("experiment", "key"),
    [
        (Experiment(optimizer=AdamSettings(learning_rate=-1.0)), "optimizer.learning_rate = -1"),
        (Experiment(training=TrainingSettings(batch_size=0)), "training.batch_size = 0"),
    ],
)
def test_an_experiment_made_in_python_is_checked_too(small, fingerprint, experiment, key):
    with pytest.raises(ExperimentError, match=key):
        Trainer(experiment)
    trainer = Trainer(small())
    before = fingerprint(trainer)
    with pytest.raises(ExperimentError, match=key):
        trainer.apply(experiment)
    assert fingerprint(trainer) == before


def test_traces_too_small_to_matter_are_forgotten_at_the_same_step_however_it_gets_there(
    small, fingerprint
):
    ends = []
    for portions in ([1003], [999, 1, 3], [400, 602, 1]):
        trainer = Trainer(small({"layers.0.trainable": False}))
        trainer.optimizer.state[:, 0] = 1e-40  # The frozen layer's, which no step touches.
        trainer.train(portions[0])
        for portion in portions[1:]:
            trainer.train(portion)
        assert (trainer.optimizer.state[:, 0] == 0.0).all()
        ends.append(fingerprint(trainer))
    assert ends[0] == ends[1] == ends[2]
