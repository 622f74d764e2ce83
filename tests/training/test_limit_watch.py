"""Limits of a run that is played: each pauses it once."""

import dataclasses

import pytest

from nntui.errors import ExperimentError
from nntui.training.limit_watch import LimitWatch, check_limits
from nntui.training.limits import Limits
from nntui.training.trainer import Trainer
from nntui.training.until import Condition

UNTIL = Condition.parse("test_accuracy>=0.5")


@pytest.fixture
def trainer(small):
    return Trainer(small())  # four steps an epoch


def stopped(watch, trainer, evaluation=None):
    """Train as far as the watch says, up to 100 epochs; return where and why it stops."""
    while trainer.epochs < 100:
        steps = watch.steps_to_go(trainer)
        trainer.train(3 if steps is None else steps)
        if watch.may_stop(trainer):
            text = watch.stops(trainer, evaluation or trainer.evaluate())
            if text:
                return trainer.steps, text
    return None


class TestSteps:
    def test_epochs_steps_and_their_texts(self, trainer):
        watch = LimitWatch(Limits(epochs=3, steps=6))
        assert stopped(watch, trainer) == (6, "steps 6 reached")
        assert stopped(watch, trainer) == (12, "epochs 3 reached")
        assert stopped(watch, trainer) is None

    def test_large_numbers_are_grouped(self, trainer):
        watch = LimitWatch(Limits(steps=1000))
        trainer.steps = 1000
        assert watch.stops(trainer, trainer.evaluate()) == "steps 1,000 reached"

    def test_seconds(self, trainer):
        watch = LimitWatch(Limits(seconds=1.5))
        assert watch.steps_to_go(trainer) is None
        assert not watch.may_stop(trainer)
        watch.seconds = 1.5
        assert watch.stops(trainer, trainer.evaluate()) == "1.5 seconds of training reached"
        assert not watch.may_stop(trainer)

    def test_without_limits_there_is_nothing_to_look_for(self, trainer):
        watch = LimitWatch(Limits())
        assert watch.steps_to_go(trainer) is None
        trainer.epoch()
        assert not watch.may_stop(trainer)


class TestConditions:
    def figures(self, trainer, **figures):
        return dataclasses.replace(trainer.evaluate(), **figures)

    def test_they_are_asked_at_the_end_of_an_epoch_only(self, trainer):
        watch = LimitWatch(Limits(until=(UNTIL,)))
        good = self.figures(trainer, test_accuracy=0.9)
        trainer.train(2)
        assert not watch.may_stop(trainer)
        assert stopped(watch, trainer, good) == (4, "test_accuracy>=0.5 reached")

    def test_each_pauses_once(self, trainer):
        watch = LimitWatch(Limits(until=(UNTIL, Condition.parse("train_loss<0.1"))))
        accurate = self.figures(trainer, test_accuracy=0.9, train_loss=1.0)
        assert stopped(watch, trainer, accurate)[0] == 4
        assert watch.watches_epochs
        perfect = self.figures(trainer, test_accuracy=1.0, train_loss=0.01)
        assert stopped(watch, trainer, perfect) == (8, "train_loss<0.1 reached")
        assert not watch.watches_epochs

    def test_one_that_never_holds_never_stops(self, trainer):
        watch = LimitWatch(Limits(until=(Condition.parse("train_loss<-1"),)))
        assert stopped(watch, trainer) is None


class TestPatience:
    def test_it_runs_out_after_epochs_without_a_better_test_loss(self, trainer):
        watch = LimitWatch(Limits(patience=3))
        losses = iter([0.5, 0.4, 0.45, 0.41, 0.4, 0.39])
        texts = []
        for loss in losses:
            trainer.epoch()
            figures = dataclasses.replace(trainer.evaluate(), test_loss=loss)
            texts.append(watch.stops(trainer, figures))
        reason = "patience 3 reached: the test loss was best at epoch 2"
        assert texts == ["", "", "", "", reason, ""]


class TestCheck:
    def test_a_condition_that_this_run_has_no_figures_for(self, trainer):
        limits = Limits(until=(Condition.parse("test_r2>0.5"),))
        with pytest.raises(ExperimentError, match="this run has no test_r2"):
            check_limits(limits, trainer.evaluate())

    def test_patience_without_test_points(self, small):
        trainer = Trainer(small({"data.test_fraction": 0.0}))
        with pytest.raises(ExperimentError, match=r"training\.patience: found no test points"):
            check_limits(Limits(patience=5), trainer.evaluate())

    def test_what_there_is_is_accepted(self, trainer):
        check_limits(Limits(until=(UNTIL,), patience=5), trainer.evaluate())
