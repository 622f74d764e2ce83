"""The first step after a change of a running trainer, computed here from the raw points."""

import numpy as np
import pytest

from nntui.training.trainer import Trainer


def begun(experiment, steps):
    trainer = Trainer(experiment)
    trainer.train(steps)
    return trainer


class TestSoftmaxRegression:
    """It learns from all points at once, so that its gradient is one line of algebra."""

    @staticmethod
    def gradient(trainer, block):
        raw, classes = trainer.prepared.train.inputs, trainer.prepared.train.targets
        inputs = (raw - raw.mean(axis=0)) / raw.std(axis=0)
        inputs = np.concatenate([inputs, np.ones((len(inputs), 1))], axis=1)
        exponentials = np.exp(inputs @ block)
        probabilities = exponentials / exponentials.sum(axis=1, keepdims=True)
        return inputs.T @ (probabilities - np.eye(2)[classes]) / len(inputs)

    @pytest.fixture
    def linear(self, small):
        """Return a function that makes a softmax regression learning from all points at once."""
        keys = {"dtype": "float64", "layers": [], "training.batch_size": 1000}

        def make(changes=None):
            optimizer = {"name": "sgd", "learning_rate": 0.5}
            return small({**keys, "optimizer": optimizer, **(changes or {})})

        return make

    @staticmethod
    def block(trainer):
        return trainer.network.dense_layers[0].parameters.copy()

    def test_the_learning_rate(self, linear):
        trainer = begun(linear(), 3)
        before = self.block(trainer)
        trainer.apply(linear({"optimizer.learning_rate": 0.125}))
        trainer.step()
        expected = before - 0.125 * self.gradient(trainer, before)
        np.testing.assert_allclose(self.block(trainer), expected, rtol=1e-12, atol=1e-15)

    def test_the_penalty(self, linear):
        trainer = begun(linear(), 3)
        before = self.block(trainer)
        trainer.apply(linear({"regularization.l2": 0.25}))
        trainer.step()
        slope = self.gradient(trainer, before)
        slope[:2] += 2.0 * 0.25 * before[:2]  # The last row holds the biases.
        np.testing.assert_allclose(
            self.block(trainer), before - 0.5 * slope, rtol=1e-12, atol=1e-15
        )

    def test_the_clipping(self, linear):
        trainer = begun(linear(), 3)
        before = self.block(trainer)
        trainer.apply(linear({"optimizer.clip_norm": 0.01}))
        trainer.step()
        moved = self.block(trainer) - before
        assert np.sqrt((moved**2).sum()) == pytest.approx(0.5 * 0.01, rel=1e-10)

    def test_momentum_that_is_turned_on_begins_from_rest(self, linear):
        trainer = begun(linear(), 3)
        before = self.block(trainer)
        trainer.apply(linear({"optimizer.momentum": 0.9}))
        trainer.step()
        first = self.gradient(trainer, before)
        between = before - 0.5 * first
        trainer.step()
        expected = between - 0.5 * (0.9 * first + self.gradient(trainer, between))
        np.testing.assert_allclose(self.block(trainer), expected, rtol=1e-12, atol=1e-15)

    def test_momentum_goes_on_through_another_learning_rate(self, linear):
        trainer = Trainer(linear({"optimizer.momentum": 0.9}))
        start = self.block(trainer)
        trainer.step()
        between = self.block(trainer)
        trainer.apply(linear({"optimizer.momentum": 0.9, "optimizer.learning_rate": 0.125}))
        trainer.step()
        speed = 0.9 * self.gradient(trainer, start) + self.gradient(trainer, between)
        np.testing.assert_allclose(
            self.block(trainer), between - 0.125 * speed, rtol=1e-12, atol=1e-15
        )

    def test_an_optimizer_of_another_kind_begins_with_fresh_memory(self, linear):
        trainer = begun(linear({"optimizer.momentum": 0.9}), 3)
        before = self.block(trainer)
        adagrad = {"name": "adagrad", "learning_rate": 0.2, "initial_accumulator_value": 0.3}
        change = trainer.apply(linear({"optimizer": adagrad}))
        assert change.new_optimizer
        assert not change.rebuilds
        assert trainer.steps == 3
        np.testing.assert_array_equal(self.block(trainer), before)
        np.testing.assert_array_equal(trainer.optimizer.state, 0.3)
        trainer.step()
        slope = self.gradient(trainer, before)
        expected = before - 0.2 * slope / (np.sqrt(0.3 + slope**2) + 1e-7)
        np.testing.assert_allclose(self.block(trainer), expected, rtol=1e-12, atol=1e-15)

    def test_adam_that_comes_later_corrects_its_moments_from_its_own_first_step(self, linear):
        trainer = begun(linear(), 50)
        adam = linear({"optimizer": {"name": "adam", "learning_rate": 0.01}})
        trainer.apply(adam)
        state = trainer.state()
        assert (state.steps, state.optimizer_steps) == (50, 0)
        blocks, slopes = [self.block(trainer)], []
        for _ in range(3):
            slopes.append(self.gradient(trainer, blocks[-1]))
            trainer.step()
            blocks.append(self.block(trainer))
            # Another rate is no other optimizer: it goes on counting.
            trainer.apply(linear({"optimizer": {"name": "adam", "learning_rate": 0.02}}))
            trainer.apply(adam)
        m, v, expected = 0.0, 0.0, blocks[0]
        for t, slope in enumerate(slopes, start=1):
            m, v = 0.9 * m + 0.1 * slope, 0.999 * v + 0.001 * slope**2
            update = m / (1.0 - 0.9**t) / (np.sqrt(v / (1.0 - 0.999**t)) + 1e-7)
            expected = expected - 0.01 * update
            np.testing.assert_allclose(blocks[t], expected, rtol=1e-9, atol=1e-12)
        fresh = Trainer(adam)
        fresh.restore(state)
        fresh.train(3)
        np.testing.assert_array_equal(self.block(fresh), blocks[3])

    def test_a_schedule_counts_from_the_first_step_of_the_run(self, linear):
        trainer = begun(linear(), 3)
        before = self.block(trainer)
        trainer.apply(linear({"optimizer.schedule": {"name": "inverse_time", "decay_rate": 1.0}}))
        assert trainer.learning_rate == pytest.approx(0.5 / 4.0)
        trainer.step()
        expected = before - 0.125 * self.gradient(trainer, before)
        np.testing.assert_allclose(self.block(trainer), expected, rtol=1e-12, atol=1e-15)
