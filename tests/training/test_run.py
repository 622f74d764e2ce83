"""A run ends at exactly the right place, says why, and does not hang on the speed of a machine.

A ``timed`` trainer moves its own clock: by a made-up time for each step and each evaluation.
"""

import dataclasses
import math

import pytest

from nntui.errors import ExperimentError
from nntui.training.limits import Limits
from nntui.training.run import (
    LONGEST_PORTION,
    Listener,
    run,
)
from nntui.training.trainer import Trainer
from nntui.training.until import Condition

STEPS_PER_EPOCH = 4  # Of the small experiment.
SPEEDS = [0.0, 2.0**-14, 2.0**-8, 0.25]  # Seconds a step, from a fast machine to a very slow one.
OVERFITTING = {
    "data.noise": 0.6,
    "layers.0.units": 30,
    "optimizer.learning_rate": 0.05,
    "data.test_fraction": 0.4,
}


def quietly(trainer, listener=None, **limits):
    return run(trainer, Limits(**limits), listener or Listener(), trainer.costs.clock)


class TestWhereItEnds:
    @pytest.mark.parametrize("step", SPEEDS)
    @pytest.mark.parametrize("epochs", [1, 2, 13])
    def test_after_so_many_epochs(self, small, timed, fingerprint, step, epochs):
        trainer, expected = timed(small(), step), Trainer(small())
        result = quietly(trainer, epochs=epochs)
        expected.train(epochs * STEPS_PER_EPOCH)
        assert result.stopped_by == "epochs"
        assert (result.end.epochs, result.end.steps) == (epochs, epochs * STEPS_PER_EPOCH)
        assert fingerprint(trainer) == fingerprint(expected)
        assert result.end.evaluation == expected.evaluate()

    @pytest.mark.parametrize("step", SPEEDS)
    @pytest.mark.parametrize("steps", [1, 6, 8, 101])
    def test_after_so_many_steps_even_within_an_epoch(self, small, timed, fingerprint, step, steps):
        trainer, expected = timed(small(), step), Trainer(small())
        result = quietly(trainer, steps=steps)
        expected.train(steps)
        assert result.stopped_by == "steps"
        assert (result.end.epochs, result.end.steps) == (steps // STEPS_PER_EPOCH, steps)
        assert fingerprint(trainer) == fingerprint(expected)

    @pytest.mark.parametrize(("seconds", "steps"), [(0.25, 1), (1.0, 4), (1.1, 5), (2.0, 8)])
    def test_after_so_many_seconds_of_slow_steps(self, small, timed, seconds, steps):
        result = quietly(timed(small(), step=0.25), seconds=seconds)
        assert result.stopped_by == "seconds"
        assert result.end.steps == steps
        assert result.end.seconds == steps * 0.25

    def test_after_so_many_seconds_of_fast_steps(self, small, timed):
        result = quietly(timed(small(), step=2.0**-12), seconds=1.0)
        assert result.stopped_by == "seconds"
        assert 1.0 <= result.end.seconds <= 1.0 + 2.0 * LONGEST_PORTION

    @pytest.mark.parametrize("step", SPEEDS)
    def test_at_the_first_epoch_that_fulfils_a_condition(self, small, timed, step):
        condition = Condition.parse("train_loss<0.3")
        expected = Trainer(small())
        while not expected.evaluate().train_loss < 0.3:
            expected.epoch()
        result = quietly(timed(small(), step), until=(condition,), epochs=1000)
        assert result.stopped_by == "until train_loss<0.3"
        assert result.end.epochs == expected.epochs > 1
        assert result.end.evaluation == expected.evaluate()

    def test_at_the_first_of_several_conditions(self, small, timed):
        conditions = tuple(map(Condition.parse, ("train_loss<0.0001", "train_loss<0.5")))
        result = quietly(timed(small()), until=conditions, epochs=1000)
        assert result.stopped_by == "until train_loss<0.5"

    @pytest.mark.parametrize("steps_before", [0, 1, 3, 10])
    def test_when_it_is_interrupted(self, small, timed, steps_before):
        answers = iter([False] * steps_before + [True])
        listener = Listener(interrupted=lambda: next(answers))
        # Steps as slow as these are taken one by one.
        result = quietly(timed(small(), step=0.25), listener, epochs=1000)
        assert result.stopped_by == "interrupted"
        assert result.end.steps == steps_before + 1

    @pytest.mark.parametrize(
        ("limits", "stopped_by", "steps"),
        [
            ({"epochs": 2, "steps": 9}, "epochs", 8),
            ({"epochs": 2, "steps": 7}, "steps", 7),
            ({"epochs": 2, "seconds": 1.5}, "seconds", 6),
            ({"epochs": 2, "seconds": 2.5}, "epochs", 8),
            ({"steps": 5, "seconds": 1.0}, "seconds", 4),
            ({"steps": 3, "seconds": 1.0, "epochs": 7}, "steps", 3),
            ({"epochs": 3, "until": (Condition("train_loss", ">", 0.0),)}, "until train_loss>0", 4),
            ({"steps": 3, "until": (Condition("train_loss", ">", 0.0),)}, "steps", 3),
            ({"seconds": 0.5, "patience": 1}, "seconds", 2),
            # What was asked for by name is told before a limit at the same moment.
            ({"epochs": 1, "until": (Condition("train_loss", ">", 0.0),)}, "until train_loss>0", 4),
        ],
    )
    def test_whatever_comes_first(self, small, timed, limits, stopped_by, steps):
        result = quietly(timed(small(), step=0.25), **limits)
        assert (result.stopped_by, result.end.steps) == (stopped_by, steps)


class TestPatience:
    @pytest.mark.parametrize("step", SPEEDS)
    @pytest.mark.parametrize("patience", [1, 3, 10])
    def test_the_best_epoch_is_kept(self, small, timed, fingerprint, step, patience):
        log = []
        trainer = timed(small(OVERFITTING), step)
        result = quietly(trainer, Listener(epoch=log.append), patience=patience, epochs=2000)
        assert result.stopped_by == "patience"

        losses = [progress.evaluation.test_loss for progress in log]
        best = losses.index(min(losses)) + 1
        assert result.best_epoch == best
        assert result.end.epochs == len(log) == best + patience
        assert result.end.evaluation == log[best - 1].evaluation
        expected = Trainer(small(OVERFITTING))
        expected.train(best * expected.steps_per_epoch)
        assert fingerprint(trainer) == fingerprint(expected)

    def test_no_epoch_before_had_gone_so_long_without_a_better_one(self, small, timed):
        log = []
        trainer = timed(small(OVERFITTING))
        quietly(trainer, Listener(epoch=log.append), patience=3, epochs=2000)
        losses = [progress.evaluation.test_loss for progress in log]
        best, since = math.inf, 0
        for loss in losses[:-1]:
            best, since = (loss, 0) if loss < best else (best, since + 1)
            assert since < 3

    def test_a_run_that_ends_before_keeps_its_last_weights(self, small, timed, fingerprint):
        trainer, expected = timed(small(OVERFITTING)), Trainer(small(OVERFITTING))
        result = quietly(trainer, patience=1000, epochs=300)
        expected.train(300 * expected.steps_per_epoch)
        assert result.stopped_by == "epochs"
        assert 1 <= result.best_epoch < 300
        assert fingerprint(trainer) == fingerprint(expected)
        assert result.end.evaluation == expected.evaluate()

    def test_an_equal_loss_is_no_better_one(self, small, timed):
        frozen = {"layers.*.trainable": False, "output.trainable": False}
        result = quietly(timed(small(frozen)), patience=5, epochs=100)
        assert (result.stopped_by, result.best_epoch, result.end.epochs) == ("patience", 1, 6)

    def test_without_patience_there_is_no_best_epoch(self, small, timed):
        assert quietly(timed(small()), epochs=3).best_epoch is None

    def test_a_test_loss_that_is_no_number_is_not_the_best(self, small, timed):
        class Stumbling(type(timed(small()))):
            """Its first epochs give a test loss that is not a number."""

            def evaluate(self):
                evaluation = super().evaluate()
                bad = 0 < self.epochs < 3
                return dataclasses.replace(evaluation, test_loss=math.nan) if bad else evaluation

        source = timed(small(OVERFITTING))
        trainer = Stumbling(source.experiment, source.costs)
        result = quietly(trainer, patience=5, epochs=1000)
        assert result.best_epoch >= 3
        assert math.isfinite(result.end.evaluation.test_loss)


class TestLimitsThatCannotBe:
    @pytest.mark.parametrize("metric", ["test_loss", "test_accuracy", "train_r2"])
    def test_a_condition_on_a_figure_that_there_is_not(self, small, timed, metric):
        trainer = timed(small({"data.test_fraction": 0.0}))
        with pytest.raises(ExperimentError, match=metric):
            quietly(trainer, epochs=1, until=(Condition(metric, ">", 0.5),))
        assert trainer.steps == 0

    def test_patience_without_test_points(self, small, timed):
        trainer = timed(small({"data.test_fraction": 0.0}))
        with pytest.raises(ExperimentError, match=r"training\.patience.*data\.test_fraction"):
            quietly(trainer, epochs=1, patience=3)
        assert trainer.steps == 0


class TestSpeedOfTheMachine:
    @pytest.mark.parametrize(
        "limits",
        [
            {"epochs": 20},
            {"steps": 50},
            {"epochs": 1000, "until": (Condition("train_loss", "<", 0.3),)},
            {"epochs": 1000, "patience": 2},
        ],
    )
    def test_the_result_does_not_depend_on_the_speed(
        self, small, timed, random_keys, fingerprint, limits
    ):
        results = set()
        for step, evaluation in [(0.0, 0.0), (2.0**-14, 0.0), (2.0**-8, 1.0), (0.25, 0.5)]:
            trainer = timed(small({**random_keys, **OVERFITTING}), step, evaluation)
            result = quietly(trainer, **limits)
            end = result.end
            results.add(
                (
                    fingerprint(trainer),
                    (result.stopped_by, result.best_epoch, result.divergence),
                    (end.steps, end.epochs, end.learning_rate, end.evaluation),
                )
            )
        assert len(results) == 1
