"""Playing a run whose insides are edited: single numbers, and steps on single points."""

import itertools

import numpy as np
import pytest

from nntui.training.limits import Limits
from nntui.training.messages import (
    Applied,
    Apply,
    ParameterPlace,
    ParameterValue,
    Refused,
    SnapshotRequest,
    StepOn,
    WorkerStart,
)
from nntui.training.player import Player
from nntui.training.rhythm import Clocks
from nntui.training.snapshot import Plane
from nntui.training.trainer import Trainer

FIGURES = SnapshotRequest(Plane(), history_columns=1000)
DIVERGING = {"data.source": "plane", "layers": [], "optimizer": {"name": "sgd"}}
BIAS = ParameterPlace(2, 4, 1)


def put(number, place=BIAS):
    return (ParameterValue(place, number),)


def bias(player):
    return player.run.trainer.network.dense_layers[2].biases[1]


@pytest.fixture
def player(small):
    def make(keys=None, limits=None):
        # Every look at the clock takes as long as a portion of training: so portions are one step.
        clock = itertools.count(0.0, 1.0).__next__
        return Player(WorkerStart(small(keys), limits or Limits()), Clocks(clock, clock))

    return make


def play(player, steps):
    player.play()
    while player.is_playing and player.run.trainer.steps < steps:
        player.train()


class TestNumbers:
    def test_one_is_set_and_training_goes_on_from_there(self, player, small, fingerprint):
        played = player()
        play(played, 10)
        answer = played.apply(Apply(1, small(), "bias 0.5", parameters=put(0.5)))
        assert isinstance(answer, Applied)
        assert (answer.run, answer.change.keys, answer.restored) == (1, (), False)
        assert bias(played) == 0.5
        assert played.snapshot(FIGURES).history.marks == ((10, "bias 0.5"),)
        play(played, 25)
        trainer = Trainer(small())
        trainer.train(10)
        trainer.network.dense_layers[2].biases[1] = 0.5
        trainer.train(15)
        assert fingerprint(played.run.trainer) == fingerprint(trainer)

    def test_a_paused_run_has_new_figures_at_once(self, player, small):
        played = player()
        play(played, 10)
        played.pause()
        before = played.snapshot(FIGURES)
        played.apply(Apply(1, small(), "bias", parameters=put(3.0)))
        after = played.snapshot(FIGURES)
        assert (after.steps, after.revision) == (10, 1)
        assert after.evaluation == played.run.trainer.evaluate() != before.evaluation
        assert len(after.history) == len(before.history)
        assert after.history.train_loss[-1] == after.evaluation.train_loss

    def test_it_comes_after_the_change_of_the_experiment(self, player, small):
        played = player()
        changed = small({"layers.1.silenced_units": [3]})
        played.apply(Apply(1, changed, "both", parameters=put(3.0)))
        assert bias(played) == 3.0
        assert played.run.trainer.experiment == changed

    def test_a_new_run_gets_it_too(self, player, small):
        played = player()
        answer = played.apply(Apply(1, small({"seed": 5}), "seed", parameters=put(3.0)))
        assert (answer.run, bias(played)) == (2, 3.0)
        snapshot = played.snapshot(FIGURES)
        assert snapshot.evaluation == played.run.trainer.evaluate()
        assert snapshot.evaluation != Trainer(small({"seed": 5})).evaluate()

    def test_a_run_that_is_brought_back_gets_it_too(self, player, small):
        played = player()
        play(played, 10)
        played.apply(Apply(1, small({"seed": 5}), "seed"))
        answer = played.apply(Apply(2, small(), "undo", run=1, parameters=put(3.0)))
        assert (answer.restored, answer.run, bias(played)) == (True, 1, 3.0)
        snapshot = played.snapshot(FIGURES)
        assert snapshot.history.marks == ((10, "undo"),)
        assert snapshot.evaluation == played.run.trainer.evaluate()

    def test_a_run_left_keeps_it(self, player, small):
        played = player()
        played.apply(Apply(1, small(), "bias", parameters=put(3.0)))
        played.apply(Apply(2, small({"seed": 5}), "seed"))
        played.apply(Apply(3, small(), "undo", run=1))
        assert bias(played) == 3.0

    @pytest.mark.parametrize("run", [None, 1, 2, 7])
    @pytest.mark.parametrize("keys", [{}, {"layers.0.dropout": 0.5}, {"seed": 6}])
    def test_an_impossible_place_changes_nothing_at_all(
        self, player, small, fingerprint, keys, run
    ):
        played = player()
        play(played, 10)
        played.apply(Apply(1, small({"seed": 5}), "seed"))
        play(played, 7)
        played.pause()
        before = fingerprint(played.run.trainer), played.run.history.state().marks
        command = Apply(2, small(keys), "no", run, (*put(1.0), *put(1.0, ParameterPlace(3, 0, 0))))
        answer = played.apply(command)
        assert isinstance(answer, Refused)
        assert (answer.revision, answer.reason[:8]) == (2, "layer 4:")
        assert (fingerprint(played.run.trainer), played.run.history.state().marks) == before
        assert played.run.trainer.experiment == small({"seed": 5})
        assert played.snapshot(FIGURES).revision == 1
        # The run before is still on the shelf, as it was.
        played.apply(Apply(3, small(), "undo", run=1))
        trainer = Trainer(small())
        trainer.train(10)
        assert fingerprint(played.run.trainer) == fingerprint(trainer)
        assert played.run.history.state().steps[-1] == 10

    @pytest.mark.parametrize("steps", [0, 10])
    def test_one_that_makes_the_loss_infinite_is_told_and_can_be_taken_back(
        self, player, small, fingerprint, steps
    ):
        keys = {**DIVERGING, "optimizer.learning_rate": 0.01}
        played = player(keys)
        play(played, steps)
        place = ParameterPlace(0, 0, 0)
        number = float(played.run.trainer.network.parameters[0])
        left = fingerprint(played.run.trainer)
        # It is played on at first: the step after makes every number infinite.
        played.apply(Apply(1, small(keys), "huge", parameters=put(3e38, place)))
        play(played, steps + 3)
        assert not played.is_playing
        message = played.snapshot(FIGURES).divergence.message
        assert "as it is now: the training loss is infinite" in message
        assert "undo" in message
        assert "initial weights" not in message
        played.play()
        assert not played.is_playing
        played.apply(Apply(2, small(keys), "undo", parameters=put(number, place)))
        assert played.snapshot(FIGURES).divergence is None
        assert fingerprint(played.run.trainer) == left
        play(played, 20)
        assert played.run.trainer.steps == 20


class TestSteppingOnAPoint:
    def test_it_is_the_trainers_own_step(self, player, small, fingerprint):
        played = player()
        play(played, 6)
        played.step_on(StepOn(16))
        play(played, 20)
        trainer = Trainer(small())
        trainer.train(6)
        trainer.step_on(16)
        trainer.train(13)
        assert fingerprint(played.run.trainer) == fingerprint(trainer)

    def test_it_pauses_and_marks_the_history(self, player):
        played = player()
        play(played, 6)
        played.step_on(StepOn(16))
        snapshot = played.snapshot(FIGURES)
        assert not snapshot.is_playing
        assert (snapshot.steps, snapshot.epochs) == (7, 1)
        assert snapshot.history.marks == ((7, "a step on point 17"),)
        assert snapshot.history.steps[-1] == snapshot.evaluated_at == 7
        assert snapshot.evaluation == played.run.trainer.evaluate()

    @pytest.mark.parametrize(("point", "nearest"), [(-4, 0), (29, 29), (30, 29), (10**9, 29)])
    def test_a_point_that_there_is_not_is_the_nearest_that_there_is(
        self, player, fingerprint, point, nearest
    ):
        played, other = player(), player()
        played.step_on(StepOn(point))
        other.step_on(StepOn(nearest))
        assert fingerprint(played.run.trainer) == fingerprint(other.run.trainer)
        assert played.run.trainer.steps == 1

    def test_a_divergence_later_on_is_found_at_its_step(self, player, small, fingerprint):
        keys = {**DIVERGING, "optimizer.learning_rate": 1.3}
        played = player(keys)
        play(played, 3)
        played.step_on(StepOn(4))
        played.play()
        while played.is_playing:
            played.train()
        found = played.snapshot(FIGURES).divergence
        trainer = Trainer(small(keys))
        trainer.train(3)
        trainer.step_on(4)
        trainer.train(found.step - 1 - trainer.steps)
        assert fingerprint(played.run.trainer) == fingerprint(trainer)
        assert np.isfinite(trainer.evaluate().train_loss)
        trainer.step()
        assert not np.isfinite(trainer.evaluate().train_loss)

    def test_one_that_diverges_is_told_and_gone_back_before(self, player, fingerprint):
        keys = {**DIVERGING, "optimizer.learning_rate": 1e39}
        played = player(keys)
        before = fingerprint(played.run.trainer)
        played.step_on(StepOn(4))
        snapshot = played.snapshot(FIGURES)
        assert snapshot.divergence.step == 1
        assert "diverged at step 1 " in snapshot.divergence.message
        assert "1e+39" in snapshot.divergence.message
        assert fingerprint(played.run.trainer) == before
        assert snapshot.history.marks == ()
        assert played.run.can_go_on

    def test_a_limit_that_it_reaches_is_told(self, player):
        played = player(limits=Limits(steps=7))
        play(played, 6)
        played.step_on(StepOn(0))
        assert played.snapshot(FIGURES).stopped_by == "steps 7 reached"
        play(played, 9)
        assert played.run.trainer.steps == 9

    def test_what_stopped_the_run_is_forgotten(self, player):
        played = player(limits=Limits(steps=6))
        play(played, 10)
        assert played.snapshot(FIGURES).stopped_by
        played.step_on(StepOn(0))
        assert not played.snapshot(FIGURES).stopped_by
