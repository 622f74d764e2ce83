"""The experiment of a running trainer can be changed."""

import numpy as np
import pytest

from nntui.errors import DataError, ExperimentError
from nntui.training.trainer import Trainer

LIVE_CHANGES = [
    ("optimizer.learning_rate", 0.05),
    ("optimizer.epsilon", 0.1),
    ("optimizer.clip_norm", 0.01),
    ("optimizer.schedule", {"name": "cosine", "decay_steps": 20}),
    ("regularization.l1", 0.1),
    ("regularization.l2", 0.1),
    ("regularization.bias_l2", 0.1),
    ("augmentation.jitter", 0.3),
    ("augmentation.rotation_degrees", 30.0),
    ("augmentation.mixup", 0.5),
    ("training.batch_size", 5),
    ("training.batch_size", 1000),
    ("layers.0.activation", "sine"),
    ("layers.0.dropout", 0.5),
    ("layers.1.dropout", 0.0),
    ("layers.0.trainable", False),
    ("layers.0.frozen_units", [1, 3]),
    ("layers.1.silenced_units", [2]),
    ("output.frozen_units", [2]),
    ("output.trainable", False),
    ("output.loss", "mean_squared_error"),
]
WITHOUT_EFFECT_ON_STEPS = [("training.epochs", 3), ("training.patience", 2)]
REBUILDING_CHANGES = [
    ("seed", 8),
    ("dtype", "float64"),
    ("layers.0.units", 6),
    ("layers", [5]),
    ("layers", []),
    ("layers.0.initializer", "glorot_normal"),
    ("output.initializer", "zeros"),
    ("output.activation", "sigmoid"),
    ("output.loss", "binary_crossentropy"),
    ("data.source", "circle"),
    ("data.source", "plane"),
    ("data.samples", 60),
    ("data.seed", 3),
    ("data.features", ["x1", "x2", "x1*x2"]),
    ("data.test_fraction", 0.5),
    ("data.standardize", False),
]
MOMENTS = [0, 4, 6]  # Before the first step, between two epochs, in the middle of one.


@pytest.fixture
def base():
    """The keys of the experiment that is changed: something random already goes on in it."""
    return {"layers.1.dropout": 0.2, "augmentation.jitter": 0.05}


def begun(experiment, steps):
    trainer = Trainer(experiment)
    trainer.train(steps)
    return trainer


class TestLiveChanges:
    @pytest.mark.parametrize("moment", MOMENTS)
    @pytest.mark.parametrize(("key", "value"), LIVE_CHANGES + WITHOUT_EFFECT_ON_STEPS)
    def test_what_was_learnt_stays(self, small, fingerprint, base, key, value, moment):
        trainer = begun(small(base), moment)
        before = fingerprint(trainer)
        change = trainer.apply(small({**base, key: value}))
        assert not change.rebuilds
        assert all(changed.startswith(key) for changed in change.keys)
        assert fingerprint(trainer) == before
        assert trainer.experiment == small({**base, key: value})

    @pytest.mark.parametrize(("key", "value"), LIVE_CHANGES)
    def test_they_act_from_the_next_step_or_epoch_on(self, small, base, key, value):
        changed, unchanged = begun(small(base), 6), begun(small(base), 6)
        changed.apply(small({**base, key: value}))
        changed.epoch()
        unchanged.epoch()
        parameters = changed.network.parameters, unchanged.network.parameters
        assert not np.array_equal(*parameters)

    @pytest.mark.parametrize(("key", "value"), WITHOUT_EFFECT_ON_STEPS)
    def test_limits_do_not_change_the_steps(self, small, fingerprint, base, key, value):
        changed, unchanged = begun(small(base), 6), begun(small(base), 6)
        changed.apply(small({**base, key: value}))
        changed.train(9)
        unchanged.train(9)
        assert fingerprint(changed) == fingerprint(unchanged)

    @pytest.mark.parametrize("moment", MOMENTS)
    def test_an_equal_experiment_changes_nothing(self, small, fingerprint, base, moment):
        applied, left = begun(small(base), moment), begun(small(base), moment)
        change = applied.apply(small(base))
        assert change.keys == ()
        for _ in range(9):
            assert fingerprint(applied) == fingerprint(left)
            applied.step()
            left.step()

    @pytest.mark.parametrize(("key", "value"), [*LIVE_CHANGES, ("optimizer", {"name": "sgd"})])
    def test_going_back_still_repeats_the_rest(self, small, fingerprint, base, key, value):
        trainer = begun(small(base), 5)
        trainer.apply(small({**base, key: value}))
        states = [trainer.state()]
        trainer.train(2)
        states.append(trainer.state())
        trainer.train(9)
        end = fingerprint(trainer)
        for state in states:
            trainer.restore(state)
            trainer.train(16 - state.steps)
            assert fingerprint(trainer) == end

    @pytest.mark.parametrize("moment", MOMENTS)
    def test_there_and_back_again_is_no_change(self, small, fingerprint, base, moment):
        trainer, left = begun(small(base), moment), begun(small(base), moment)
        for key, value in LIVE_CHANGES:
            trainer.apply(small({**base, key: value}))
            trainer.apply(small(base))
        trainer.train(7)
        left.train(7)
        assert fingerprint(trainer) == fingerprint(left)

    def test_frozen_layers_stay_and_the_others_move(self, small):
        trainer = begun(small(), 5)
        trainer.apply(small({"layers.0.trainable": False}))
        first, second = (layer.parameters.copy() for layer in trainer.network.dense_layers[:2])
        trainer.train(5)
        np.testing.assert_array_equal(trainer.network.dense_layers[0].parameters, first)
        assert not np.array_equal(trainer.network.dense_layers[1].parameters, second)


def test_new_betas_keep_the_moments_of_adam(small):
    keys = {"dtype": "float64", "optimizer.beta_1": 0.9, "optimizer.beta_2": 0.99}
    trainer = begun(small(keys), 6)
    m, v = trainer.optimizer.state[0] * (1 - 0.9), trainer.optimizer.state[1] * (1 - 0.99)
    parameters, learning_rate = trainer.network.parameters.copy(), trainer.learning_rate
    trainer.apply(small({**keys, "optimizer.beta_1": 0.5, "optimizer.beta_2": 0.8}))
    trainer.step()
    gradient = trainer.network.gradients
    m, v = 0.5 * m + 0.5 * gradient, 0.8 * v + 0.2 * gradient**2
    update = (m / (1 - 0.5**7)) / (np.sqrt(v / (1 - 0.8**7)) + 1e-7)
    np.testing.assert_allclose(
        trainer.network.parameters, parameters - learning_rate * update, rtol=1e-10
    )


class TestDropout:
    def test_turned_off_it_leaves_no_trace(self, small):
        dropping, plain = begun(small({"layers.0.dropout": 0.5}), 6), Trainer(small())
        dropping.apply(small())
        plain.restore(dropping.state())
        dropping.train(9)
        plain.train(9)
        assert dropping.network.parameters.tobytes() == plain.network.parameters.tobytes()

    def test_turned_on_it_silences_about_the_share_asked_for(self, small):
        keys = {"layers.0.units": 2000, "training.batch_size": 1}
        trainer = begun(small(keys), 2)
        trainer.apply(small({**keys, "layers.0.dropout": 0.25}))
        trainer.step()
        # A silenced neuron gives the next layer's weights no gradient.
        gradients = trainer.network.dense_layers[1].weight_gradients
        assert (gradients == 0.0).all(axis=1).mean() == pytest.approx(0.25, abs=0.04)


class TestRebuildingChanges:
    @pytest.mark.parametrize(("key", "value"), REBUILDING_CHANGES)
    def test_they_begin_the_run_anew(self, small, fingerprint, base, key, value):
        before = small({} if key == "layers" else base)
        after = small({key: value} if key == "layers" else {**base, key: value})
        trainer, fresh = begun(before, 6), Trainer(after)
        change = trainer.apply(after)
        assert change.rebuilds
        assert all(changed.startswith(key) for changed in change.rebuilding_keys)
        assert (trainer.steps, trainer.epochs) == (0, 0)
        assert trainer.experiment == after
        assert trainer.coding == fresh.coding
        for _ in range(2):
            assert fingerprint(trainer) == fingerprint(fresh)
            assert trainer.evaluate() == fresh.evaluate()
            trainer.train(9)
            fresh.train(9)

    def test_the_perceptron_rule_brings_its_own_output(self, small, fingerprint):
        after = small({"layers": [], "optimizer": {"name": "perceptron"}})
        trainer, fresh = begun(small({"layers": []}), 6), Trainer(after)
        change = trainer.apply(after)
        assert change.rebuilding_keys == ("optimizer.name",)
        trainer.train(9)
        fresh.train(9)
        assert trainer.network.units == 1
        assert fingerprint(trainer) == fingerprint(fresh)

    def test_the_data_are_kept_where_only_the_seed_changes(self, small):
        trainer = begun(small(), 6)
        prepared = trainer.prepared
        trainer.apply(small({"seed": 8}))
        assert trainer.prepared is prepared


class TestChangesThatFail:
    @pytest.mark.parametrize("moment", MOMENTS)
    @pytest.mark.parametrize(
        ("source", "changes", "error"),
        [
            ("moons", {"data.source": "no/such/file.csv"}, DataError),
            ("moons", {"data.samples": 2}, DataError),
            ("moons", {"data.features": ["x1", "x3"]}, DataError),
            ("plane", {"output.loss": "categorical_crossentropy"}, ExperimentError),
            ("plane", {"output.loss": "binary_crossentropy"}, ExperimentError),
            ("moons", {"data.source": "plane", "output.activation": "softmax"}, ExperimentError),
            ("sine", {"augmentation.rotation_degrees": 5.0}, DataError),
        ],
    )
    def test_the_trainer_stays_as_it_was(
        self, small, random_keys, fingerprint, source, changes, error, moment
    ):
        keys = {**random_keys, "augmentation.rotation_degrees": 0.0, "data.source": source}
        trainer, twin = begun(small(keys), moment), begun(small(keys), moment)
        with pytest.raises(error):
            trainer.apply(small({**keys, **changes}))
        assert trainer.experiment == twin.experiment
        assert trainer.coding == twin.coding
        assert trainer.evaluate() == twin.evaluate()
        for _ in range(9):
            assert fingerprint(trainer) == fingerprint(twin)
            trainer.step()
            twin.step()

    def test_values_that_overflow_while_an_epoch_is_drawn(self, small, fingerprint):
        keys = {"data.features": ["x1", "x1^2"]}
        trainer, twin = begun(small(keys), 6), begun(small(keys), 6)
        with pytest.raises(DataError):
            trainer.apply(small({**keys, "augmentation.jitter": 1e200}))
        trainer.train(9)
        twin.train(9)
        assert fingerprint(trainer) == fingerprint(twin)
