"""One update from a single training point."""

import numpy as np
import pytest

from nntui.training.trainer import Trainer

MOMENTS = [0, 4, 6]  # Before the first step, between two epochs, in the middle of one.


def test_it_is_gradient_descent_on_that_point_alone(small):
    keys = {
        "dtype": "float64",
        "layers": [],
        "optimizer": {"name": "sgd", "learning_rate": 0.5},
        "augmentation.jitter": 0.5,
    }
    trainer = Trainer(small(keys))
    trainer.train(3)
    raw, classes = trainer.prepared.train.inputs, trainer.prepared.train.targets
    block = trainer.network.dense_layers[0].parameters.copy()
    inputs = np.append((raw[17] - raw.mean(axis=0)) / raw.std(axis=0), 1.0)
    exponentials = np.exp(inputs @ block)
    delta = exponentials / exponentials.sum() - np.eye(2)[classes[17]]
    trainer.step_on(17)
    expected = block - 0.5 * np.outer(inputs, delta)
    np.testing.assert_allclose(trainer.network.dense_layers[0].parameters, expected, 1e-12)


def test_a_value_is_learnt_from_in_the_networks_own_units(small, batches_seen):
    trainer = Trainer(small({"data.source": "plane"}))
    trainer.step_on(2)
    targets = trainer.prepared.train.targets
    expected = (targets[2] - targets.mean()) / targets.std()
    assert batches_seen[-1].shape == (4, 1)
    assert batches_seen[-1][-1, 0] == pytest.approx(expected, rel=1e-6)


@pytest.mark.parametrize("moment", MOMENTS)
@pytest.mark.parametrize("extra", [{}, {"training.batch_size": 1}, {"training.batch_size": 1000}])
def test_the_batches_that_follow_are_those_that_would_have_come(
    small, random_keys, batches_seen, moment, extra
):
    keys = {**random_keys, **extra}
    trainer, left = Trainer(small(keys)), Trainer(small(keys))
    trainer.train(moment)
    trainer.step_on(5)
    del batches_seen[:]
    trainer.train(70)
    seen = [batch.tobytes() for batch in batches_seen]
    left.train(moment)
    del batches_seen[:]
    left.train(70)
    assert seen == [batch.tobytes() for batch in batches_seen]
    assert trainer.steps == left.steps + 1
    assert trainer.epochs == left.epochs
    assert trainer.state().points == left.state().points
    assert trainer.state().optimizer_steps == left.state().optimizer_steps + 1


def test_it_moves_the_parameters_and_what_the_optimizer_remembers(small):
    trainer = Trainer(small())
    before = trainer.state()
    trainer.step_on(0)
    assert (trainer.network.parameters != before.parameters).any()
    assert (trainer.optimizer.state != before.optimizer).any()
    assert trainer.steps == 1


@pytest.mark.parametrize("moment", MOMENTS)
def test_going_back_repeats_what_came_before_and_after_it(small, random_keys, fingerprint, moment):
    trainer = Trainer(small(random_keys))
    trainer.train(moment)
    before = trainer.state()
    trainer.step_on(9)
    after, found = trainer.state(), fingerprint(trainer)
    trainer.train(11)
    end = fingerprint(trainer)
    for state in (after, before, after):
        trainer.restore(state)
        if state is before:
            trainer.step_on(9)
            assert fingerprint(trainer) == found
        trainer.train(11)
        assert fingerprint(trainer) == end


def test_the_learning_rate_follows_its_schedule(small):
    keys = {
        "dtype": "float64",
        "optimizer": {
            "name": "sgd",
            "learning_rate": 0.5,
            "schedule": {"name": "exponential", "decay_rate": 0.5, "decay_steps": 1},
        },
    }
    trainer = Trainer(small(keys))
    trainer.train(2)
    before = trainer.network.parameters.copy()
    trainer.step_on(1)
    step = -0.125 * trainer.network.gradients
    np.testing.assert_allclose(trainer.network.parameters - before, step, 1e-12, 1e-16)
    assert trainer.learning_rate == 0.0625


@pytest.mark.parametrize("jitter", [0.0, 0.5])
def test_the_only_training_point_can_be_stepped_on_too(small, batches_seen, jitter):
    keys = {
        "data.source": "plane",
        "data.samples": 2,
        "data.test_fraction": 0.5,
        "augmentation.jitter": jitter,
    }
    trainer, left = Trainer(small(keys)), Trainer(small(keys))
    assert len(trainer.prepared.train) == 1
    for _ in range(3):
        trainer.step_on(0)
        trainer.epoch()
    seen = [batch.tobytes() for batch in batches_seen[1::2]]
    del batches_seen[:]
    left.train(3)
    assert seen == [batch.tobytes() for batch in batches_seen]
