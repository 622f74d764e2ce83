"""A run that leaves the finite numbers is stopped at the step that left them."""

import dataclasses
import math
import re

import numpy as np
import pytest

from nntui.training.divergence import Divergence, at_the_start, is_healthy, locate
from nntui.training.limits import Limits
from nntui.training.run import Listener, run
from nntui.training.trainer import Trainer

SLOWLY = {  # A linear regression just beyond the largest stable rate: hundreds of steps.
    "data.source": "plane",
    "layers": [],
    "optimizer": {"name": "sgd", "learning_rate": 1.3},
}
DIVERGING = [
    pytest.param({"optimizer": {"name": "sgd", "learning_rate": 1e6}}, id="softmax"),
    pytest.param(
        {"data.source": "plane", "optimizer": {"name": "sgd", "learning_rate": 1e6}},
        id="regression",
    ),
    pytest.param(
        {
            "layers.*.activation": "relu",
            "layers.*.dropout": 0.2,
            "data.source": "six_gaussians",
            "optimizer": {"name": "sgd", "learning_rate": 3.0, "momentum": 0.9},
        },
        id="relu-dropout-momentum",
    ),
    pytest.param(SLOWLY, id="slowly"),
    pytest.param({**SLOWLY, "dtype": "float64"}, id="slowly-float64"),
]


def healthy(trainer):
    """Tell whether a run is still within the finite numbers, by the definition."""
    finite = bool(np.isfinite(trainer.network.parameters).all())
    return finite and math.isfinite(trainer.evaluate().train_loss)


def last_good_step(experiment):
    """Return a trainer just before the step that is bad, found by taking one step at a time."""
    trainer = Trainer(experiment)
    for _ in range(10_000):
        before = trainer.state()
        trainer.step()
        if not healthy(trainer):
            trainer.restore(before)
            return trainer
    pytest.fail("this experiment was meant to diverge")


class TestRun:
    @pytest.mark.parametrize("keys", DIVERGING)
    @pytest.mark.parametrize("seconds_a_step", [0.0, 2.0**-10, 0.25])
    def test_it_is_stopped_before_the_first_bad_step(
        self, small, timed, fingerprint, keys, seconds_a_step
    ):
        expected = last_good_step(small(keys))
        trainer = timed(small(keys), step=seconds_a_step)
        result = run(trainer, Limits(steps=5000), Listener(), trainer.costs.clock)

        assert result.stopped_by == "diverged"
        assert result.divergence.step == expected.steps + 1
        assert result.divergence.epoch == expected.epochs + 1
        assert fingerprint(trainer) == fingerprint(expected)
        assert trainer.is_finite()
        assert result.end.steps == expected.steps
        assert result.end.evaluation == expected.evaluate()

    @pytest.mark.parametrize("keys", DIVERGING)
    def test_what_it_tells_is_that_of_the_bad_step(self, small, timed, keys):
        expected = last_good_step(small(keys))
        trainer = timed(small(keys))
        found = run(trainer, Limits(epochs=400), Listener(), trainer.costs.clock).divergence

        assert found.largest_weight == float(np.abs(expected.network.parameters).max())
        assert found.learning_rate == expected.learning_rate
        expected.step()
        gradients = expected.network.gradients
        largest = float(np.abs(gradients).max()) if np.isfinite(gradients).all() else math.inf
        assert found.largest_gradient == largest
        assert repr(found.loss) == repr(expected.evaluate().train_loss)

    def test_epochs_that_are_reported_do_not_hide_it(self, small, timed):
        expected = last_good_step(small(SLOWLY))
        trainer = timed(small(SLOWLY))
        epochs = []
        listener = Listener(epoch=epochs.append)
        result = run(trainer, Limits(epochs=5000), listener, trainer.costs.clock)
        assert result.stopped_by == "diverged"
        assert result.divergence.step == expected.steps + 1
        assert [progress.epochs for progress in epochs] == list(range(1, expected.epochs + 1))
        assert all(math.isfinite(progress.evaluation.train_loss) for progress in epochs)

    def test_a_limit_before_it_ends_the_run_in_health(self, small, timed):
        expected = last_good_step(small(SLOWLY))
        trainer = timed(small(SLOWLY))
        limits = Limits(steps=expected.steps)
        result = run(trainer, limits, Listener(), trainer.costs.clock)
        assert result.stopped_by == "steps"
        assert result.divergence is None
        assert result.end.evaluation == expected.evaluate()

    def test_a_limit_at_the_bad_step_does_not_hide_it(self, small, timed):
        bad = last_good_step(small(SLOWLY)).steps + 1
        trainer = timed(small(SLOWLY))
        result = run(trainer, Limits(steps=bad), Listener(), trainer.costs.clock)
        assert (result.stopped_by, result.divergence.step) == ("diverged", bad)

    @pytest.mark.parametrize(
        ("dtype", "value"), [("float32", 1e39), ("float32", 1e30), ("float64", 1e200)]
    )
    def test_initial_weights_that_are_too_large(self, small, timed, fingerprint, dtype, value):
        initializer = {"name": "constant", "value": value}
        keys = {
            "dtype": dtype,
            "layers.*.activation": "relu",
            "layers.*.initializer": initializer,
            "output.initializer": initializer,
        }
        trainer = timed(small(keys))
        before = fingerprint(trainer)
        result = run(trainer, Limits(epochs=3), Listener(), trainer.costs.clock)
        assert result.stopped_by == "diverged"
        assert result.divergence.step == 0
        assert result.end.steps == 0
        assert fingerprint(trainer) == before
        assert "step 0" in result.divergence.message
        assert "smaller initial weights" in result.divergence.message


class TestLocate:
    @pytest.mark.parametrize("ahead", [1, 2, 3, 50, 1000])
    @pytest.mark.parametrize("behind", [0, 1, 5, 100])
    def test_from_any_healthy_state_and_any_later_step(self, small, fingerprint, behind, ahead):
        expected = last_good_step(small(SLOWLY))
        trainer = Trainer(small(SLOWLY))
        trainer.train(max(expected.steps - behind, 0))
        state = trainer.state()
        trainer.train(expected.steps + ahead - trainer.steps)
        assert locate(trainer, state).step == expected.steps + 1
        assert fingerprint(trainer) == fingerprint(expected)


class TestHealth:
    def test_a_bad_weight_or_a_bad_loss(self, small):
        trainer = Trainer(small())
        evaluation = trainer.evaluate()
        assert is_healthy(trainer, evaluation)
        trainer.network.dense_layers[-1].biases[:] = [3e38, -3e38]
        trainer.network.dense_layers[-1].weights[:] = 1e38
        assert trainer.is_finite()
        assert not is_healthy(trainer, trainer.evaluate())
        trainer.network.parameters[0] = np.inf
        assert not is_healthy(trainer, evaluation)


class TestMessage:
    def test_it_names_step_weight_gradient_and_what_to_try(self):
        divergence = Divergence(
            step=1234,
            epoch=57,
            loss=math.inf,
            largest_weight=6.54e7,
            largest_gradient=3.21e9,
            learning_rate=12.5,
            clipped=False,
        )
        message = divergence.message
        for part in ("step 1,234", "epoch 57", "infinite", "6.54e+07", "3.21e+09", "12.5"):
            assert part in message
        assert re.search(r"smaller learning rate", message)
        assert "optimizer.clip_norm" in message
        assert "clip_norm" not in dataclasses.replace(divergence, clipped=True).message
        assert "last finite weights are kept" in message

    @pytest.mark.parametrize(
        ("loss", "words"), [(math.nan, "NaN"), (0.25, "0.25 and the weights are no longer finite")]
    )
    def test_how_the_loss_became(self, loss, words):
        assert words in Divergence(3, 1, loss, 1.0, math.inf, 0.1, clipped=True).message

    def test_before_the_first_step_there_is_no_gradient_to_speak_of(self, small):
        trainer = Trainer(small())
        trainer.network.parameters[2] = np.inf
        message = at_the_start(trainer).message
        assert "step 0" in message
        assert "nan" not in message
        assert "largest weight is inf" in message
