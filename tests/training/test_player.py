"""A run that is played, edited and brought back is the run that the trainer alone would make."""

import dataclasses
import itertools

import numpy as np
import pytest

from nntui.errors import ExperimentError
from nntui.training.limits import Limits
from nntui.training.messages import Advance, Applied, Apply, Refused, SnapshotRequest, WorkerStart
from nntui.training.player import Player
from nntui.training.rhythm import Clocks
from nntui.training.snapshot import FieldRequest, Plane
from nntui.training.trainer import Trainer
from nntui.training.until import Condition

EVERYTHING = SnapshotRequest(
    Plane(),
    field=FieldRequest(9, 7, -1.5, 2.5, -1.0, 1.5),
    crosshair=(0.1, 0.2),
    mistakes=True,
    history_columns=40,
    layers=True,
)
FIGURES = SnapshotRequest(Plane(), history_columns=1000)
DIVERGING = {"data.source": "plane", "layers": [], "optimizer": {"name": "sgd"}}
FINITE_RATE, DIVERGING_RATE = {"optimizer.learning_rate": 0.01}, {"optimizer.learning_rate": 1.3}


class Clock:
    """A clock that goes on by the same small time whenever it is asked."""

    def __init__(self, tick=1e-4):
        self.now, self.tick = 0.0, tick

    def __call__(self):
        self.now += self.tick
        return self.now


@pytest.fixture
def player(small):
    def make(keys=None, limits=None, clock=None):
        clock = clock or Clock()
        start = WorkerStart(small(keys), limits or Limits())
        return Player(start, Clocks(clock, clock))

    return make


def play(player, steps, request=None):
    """Play until a step has been reached, asking for snapshots on the way."""
    player.play()
    go_on(player, steps, request)


def go_on(player, steps=10**6, request=None):
    while player.is_playing and player.run.trainer.steps < steps:
        player.train()
        if request:
            player.snapshot(request)


class TestPlaying:
    @pytest.mark.parametrize("request_", [None, EVERYTHING])
    def test_it_is_the_trainers_own_run_bit_for_bit(
        self, player, small, fingerprint, random_keys, request_
    ):
        played = player(random_keys)
        play(played, 500, request_)
        trainer = Trainer(small(random_keys))
        trainer.train(played.run.trainer.steps)
        assert fingerprint(played.run.trainer) == fingerprint(trainer)
        assert played.snapshot(FIGURES).evaluation == trainer.evaluate()

    def test_the_history_is_what_the_trainer_alone_would_have_seen(self, player, small):
        played = player()
        play(played, 300, EVERYTHING)
        history = played.snapshot(FIGURES).history
        trainer = Trainer(small())
        for step, epoch, loss, score in zip(
            history.steps, history.epochs, history.test_loss, history.train_score, strict=True
        ):
            trainer.train(int(step) - trainer.steps)
            figures = trainer.evaluate()
            assert (epoch, loss) == (trainer.epochs, figures.test_loss)
            assert score == figures.train_accuracy

    def test_the_beginning_is_recorded_step_by_step(self, player):
        played = player()
        play(played, 120)
        assert played.snapshot(FIGURES).history.steps.tolist()[:101] == list(range(101))

    def test_a_paused_run_knows_its_figures(self, player, small):
        played = player()
        play(played, 1234)
        played.pause()
        snapshot = played.snapshot(FIGURES)
        trainer = Trainer(small())
        trainer.train(snapshot.steps)
        assert snapshot.evaluated_at == snapshot.steps
        assert snapshot.evaluation == trainer.evaluate()
        assert snapshot.history.steps[-1] == snapshot.steps
        assert not snapshot.is_playing
        assert snapshot.steps_per_second == 0.0

    def test_looking_takes_a_small_part_of_the_time(self, small, timed):
        costs = timed(small()).costs
        clock = costs.clock
        played = Player(WorkerStart(small(), Limits()), Clocks(clock, clock))
        trainer = played.run.trainer
        evaluations = []
        evaluate, train = trainer.evaluate, trainer.train

        def slow_evaluate():
            evaluations.append(clock.now)
            clock.now += 2.0
            return evaluate()

        def slow_train(steps):
            clock.now += steps * 0.05
            train(steps)

        trainer.evaluate, trainer.train = slow_evaluate, slow_train
        played.play()
        while clock.now < 400:
            played.train()
        assert 2.0 * len(evaluations) == pytest.approx(0.05 * 400, abs=2.0)

    def test_what_a_snapshot_says_of_the_run(self, player):
        snapshot = player({"data.samples": 80}).snapshot(EVERYTHING)
        assert (snapshot.run, snapshot.revision) == (1, 0)
        assert (snapshot.steps, snapshot.epochs, snapshot.steps_per_epoch) == (0, 0, 8)
        assert snapshot.units == (2, 5, 4, 2)
        assert (snapshot.train_points, snapshot.test_points) == (60, 20)
        assert snapshot.learning_rate == 0.01
        assert len(snapshot.layers) == 3
        assert snapshot.field.winners.shape == (7, 9)
        assert len(snapshot.mistakes) == 80
        assert (snapshot.divergence, snapshot.stopped_by) == (None, "")

    def test_only_what_was_asked_for_is_sent(self, player):
        played = player()
        scene = played.snapshot(FIGURES).scene
        again = dataclasses.replace(FIGURES, scene_identity=scene.identity, history_columns=0)
        snapshot = played.snapshot(again)
        assert snapshot.scene_identity == scene.identity
        unasked = ("scene", "field", "reading", "mistakes", "layers", "history")
        assert all(getattr(snapshot, name) is None for name in unasked)

    def test_the_speed_is_told(self, player):
        clock = Clock(tick=0.0)
        played = player(clock=clock)
        played.play()
        for _ in range(100):
            clock.now += 0.02 * played.run.trainer.steps_left_in_epoch
            played.run.trainer.epoch()
            played.train()
        assert played.snapshot(FIGURES).steps_per_second > 0


class TestAdvance:
    @pytest.mark.parametrize(
        ("commands", "steps"),
        [
            ([Advance(1)], 1),
            ([Advance(steps=7)], 7),
            ([Advance(1), Advance(1), Advance(3)], 5),
            ([Advance(epochs=1)], 4),
            ([Advance(epochs=2), Advance(epochs=1)], 12),
            ([Advance(epochs=300)], 1200),
        ],
    )
    def test_so_many_steps_are_made_and_then_it_pauses(self, player, commands, steps):
        played = player()
        for command in commands:
            played.advance(command)
        go_on(played)
        assert not played.is_playing
        assert played.run.trainer.steps == steps

    def test_an_epoch_goes_to_its_end(self, player):
        played = player()
        played.advance(Advance(3))
        go_on(played)
        played.advance(Advance(epochs=1))
        go_on(played)
        assert played.run.trainer.steps == 4

    def test_while_playing_it_counts_from_there(self, player):
        played = player()
        play(played, 100)
        steps = played.run.trainer.steps
        played.advance(Advance(5))
        go_on(played)
        assert played.run.trainer.steps == steps + 5

    def test_playing_on_forgets_the_target(self, player):
        played = player()
        played.advance(Advance(5))
        played.play()
        go_on(played, 50)
        assert played.is_playing

    def test_pausing_forgets_the_target(self, player):
        played = player()
        played.advance(Advance(50))
        played.pause()
        played.advance(Advance(2))
        go_on(played)
        assert played.run.trainer.steps == 2

    def test_an_edited_batch_size_does_not_move_the_end_of_the_epoch(self, player, small):
        played = player()
        played.advance(Advance(epochs=2))
        played.train()
        played.apply(Apply(1, small({"training.batch_size": 4}), "batch size"))
        go_on(played)
        assert played.run.trainer.epochs == 2
        assert played.run.trainer.is_between_epochs


class TestLimits:
    def test_it_pauses_exactly_there_once(self, player):
        played = player(limits=Limits(epochs=50))
        play(played, 10**6)
        snapshot = played.snapshot(FIGURES)
        assert (snapshot.epochs, snapshot.steps) == (50, 200)
        assert snapshot.stopped_by == "epochs 50 reached"
        assert snapshot.evaluated_at == 200
        play(played, 1000)
        snapshot = played.snapshot(FIGURES)
        assert snapshot.is_playing
        assert snapshot.stopped_by == ""

    def test_a_condition_is_asked_at_every_end_of_an_epoch(self, player, small):
        limit = Condition.parse("train_loss<0.3")
        played = player(limits=Limits(until=(limit,)))
        play(played, 10**6)
        trainer = Trainer(small())
        while trainer.epochs == 0 or trainer.evaluate().train_loss >= 0.3:
            trainer.epoch()
        assert played.run.trainer.steps == trainer.steps
        assert played.run.stopped_by == "train_loss<0.3 reached"

    def test_a_new_run_has_its_limits_anew(self, player):
        played = player(limits=Limits(steps=20))
        play(played, 100)
        play(played, 100)
        played.pause()
        played.reset()
        play(played, 100)
        assert played.run.trainer.steps == 20

    def test_seconds_of_training(self, player):
        clock = Clock(tick=0.01)
        played = player(limits=Limits(seconds=1.0), clock=clock)
        play(played, 10**6)
        assert played.run.stopped_by == "1 seconds of training reached"

    def test_one_that_needs_missing_figures_is_refused(self, player):
        with pytest.raises(ExperimentError, match="test_r2"):
            player(limits=Limits(until=(Condition.parse("test_r2>0.5"),)))


class TestEdits:
    def test_a_live_edit_goes_on_with_the_weights_and_marks_the_history(
        self, player, small, fingerprint
    ):
        played = player()
        play(played, 100)
        steps = played.run.trainer.steps
        changed = small({"optimizer.learning_rate": 0.1})
        answer = played.apply(Apply(1, changed, "learning rate 0.1"))
        assert isinstance(answer, Applied)
        assert (answer.revision, answer.run, answer.restored) == (1, 1, False)
        assert answer.change.keys == ("optimizer.learning_rate",)
        go_on(played, 300)
        trainer = Trainer(small())
        trainer.train(steps)
        trainer.apply(changed)
        trainer.train(played.run.trainer.steps - steps)
        assert fingerprint(played.run.trainer) == fingerprint(trainer)
        snapshot = played.snapshot(FIGURES)
        assert snapshot.history.marks == ((steps, "learning rate 0.1"),)
        assert (snapshot.revision, snapshot.run, snapshot.is_playing) == (1, 1, True)

    def test_a_live_edit_that_changes_the_figures_has_new_ones(self, player, small):
        played = player({"output.activation": "softmax"})
        before = played.snapshot(FIGURES).evaluation
        mean_squared = small({"output.activation": "softmax", "output.loss": "mean_squared_error"})
        assert not played.apply(Apply(1, mean_squared, "loss")).change.rebuilds
        snapshot = played.snapshot(FIGURES)
        assert snapshot.evaluation == Trainer(mean_squared).evaluate() != before
        assert snapshot.history.train_loss.tolist() == [snapshot.evaluation.train_loss]

    def test_a_rebuilding_edit_begins_another_run_with_its_own_history(self, player, small):
        played = player()
        play(played, 100)
        answer = played.apply(Apply(1, small({"seed": 99}), "seed"))
        assert answer.change.rebuilds
        snapshot = played.snapshot(FIGURES)
        assert (snapshot.run, snapshot.steps) == (2, 0) == (answer.run, 0)
        assert snapshot.history.steps.tolist() == [0]
        assert snapshot.is_playing
        assert snapshot.evaluation == Trainer(small({"seed": 99})).evaluate()

    def test_numbers_of_runs_are_never_used_again(self, player, small):
        played = player()
        runs = []
        for revision, seed in enumerate([1, 2, 1, 2], start=1):
            runs.append(played.apply(Apply(revision, small({"seed": seed}), "seed")).run)
            played.reset()
            runs.append(played.run.number)
        assert runs == list(range(2, 10))

    @pytest.mark.parametrize(
        ("keys", "words"),
        [({"data.source": "no such data"}, "no data set"), ({"data.features": ("x9",)}, "x9")],
    )
    def test_what_cannot_be_built_is_refused_and_the_run_untouched(
        self, player, small, fingerprint, keys, words
    ):
        played = player()
        play(played, 50)
        before = fingerprint(played.run.trainer), played.snapshot(FIGURES).history
        answer = played.apply(Apply(1, small(keys), "data"))
        assert isinstance(answer, Refused)
        assert answer.revision == 1
        assert words in answer.reason
        snapshot = played.snapshot(FIGURES)
        assert (fingerprint(played.run.trainer), snapshot.history) == before
        assert (snapshot.run, snapshot.revision, snapshot.is_playing) == (1, 0, True)

    def test_too_little_memory_is_a_refusal_too(self, player, small, monkeypatch):
        played = player()

        def too_much(*_):
            raise MemoryError

        monkeypatch.setattr("nntui.training.player.Trainer", too_much)
        answer = played.apply(Apply(1, small({"seed": 5}), "seed"))
        assert "not enough memory" in answer.reason


class TestResetAndUndo:
    def test_reset_begins_with_the_same_weights(self, player, small, fingerprint):
        played = player()
        play(played, 100)
        played.reset()
        assert (played.run.number, played.is_playing) == (2, True)
        assert fingerprint(played.run.trainer) == fingerprint(Trainer(small()))

    def test_undo_brings_back_weights_and_history_and_goes_on_bit_for_bit(
        self, player, small, fingerprint, random_keys
    ):
        played = player(random_keys)
        play(played, 203)
        played.pause()
        before = played.snapshot(FIGURES)
        state = fingerprint(played.run.trainer)
        played.apply(Apply(1, small({"layers.0.units": 9}), "units"))
        play(played, 50)
        played.pause()
        answer = played.apply(Apply(2, small(random_keys), "undo", run=1))
        assert (answer.run, answer.restored) == (1, True)
        after = played.snapshot(FIGURES)
        assert fingerprint(played.run.trainer) == state
        assert after.evaluation == before.evaluation
        assert after.history.steps.tolist() == before.history.steps.tolist()
        assert after.history.train_loss.tolist() == before.history.train_loss.tolist()
        play(played, 600)
        trainer = Trainer(small(random_keys))
        trainer.train(played.run.trainer.steps)
        assert fingerprint(played.run.trainer) == fingerprint(trainer)

    def test_redo_brings_back_the_later_run(self, player, small, fingerprint):
        played = player()
        play(played, 50)
        other = small({"seed": 5})
        played.apply(Apply(1, other, "seed"))
        go_on(played, 80)
        state = fingerprint(played.run.trainer)
        played.apply(Apply(2, small(), "undo", run=1))
        answer = played.apply(Apply(3, other, "redo", run=2))
        assert (answer.run, answer.restored) == (2, True)
        assert fingerprint(played.run.trainer) == state

    def test_undoing_a_live_edit_goes_on_in_the_present_run(self, player, small):
        played = player()
        play(played, 50)
        played.apply(Apply(1, small(FINITE_RATE | {"optimizer.learning_rate": 0.5}), "rate"))
        go_on(played, 100)
        steps = played.run.trainer.steps
        answer = played.apply(Apply(2, small(), "undo", run=1))
        assert (answer.run, answer.restored) == (1, False)
        assert played.run.trainer.steps == steps
        assert len(played.snapshot(FIGURES).history.marks) == 2

    def test_an_earlier_run_takes_a_live_edit_along(self, player, small):
        played = player()
        play(played, 50)
        played.apply(Apply(1, small({"seed": 5}), "seed"))
        changed = small({"optimizer.learning_rate": 0.5})
        answer = played.apply(Apply(2, changed, "rate", run=1))
        assert (answer.run, answer.restored) == (1, True)
        assert played.run.trainer.experiment == changed
        assert played.run.trainer.steps >= 50
        assert [label for _, label in played.snapshot(FIGURES).history.marks] == ["rate"]

    def test_a_run_that_is_not_kept_begins_anew(self, player, small):
        played = player()
        play(played, 50)
        answer = played.apply(Apply(1, small(), "undo", run=77))
        assert (answer.run, answer.restored) == (2, False)
        assert played.run.trainer.steps == 0

    def test_a_run_of_another_experiment_begins_anew(self, player, small):
        played = player()
        played.apply(Apply(1, small({"seed": 5}), "seed"))
        answer = played.apply(Apply(2, small({"seed": 6}), "undo", run=1))
        assert (answer.run, answer.restored) == (3, False)
        assert played.run.trainer.experiment.seed == 6

    def test_a_run_on_its_way_to_a_step_is_paused_by_another_one(self, player):
        played = player()
        played.advance(Advance(epochs=100))
        played.train()
        played.reset()
        assert not played.is_playing


def last_good_step(experiment):
    """Return a trainer just before its first bad step, found one step at a time."""
    trainer = Trainer(experiment)
    for _ in itertools.repeat(None, 10_000):
        before = trainer.state()
        trainer.step()
        if not (trainer.is_finite() and np.isfinite(trainer.evaluate().train_loss)):
            trainer.restore(before)
            return trainer
    pytest.fail("this experiment was meant to diverge")


class TestDivergence:
    @pytest.fixture
    def diverged(self, player):
        played = player(DIVERGING | DIVERGING_RATE)
        play(played, 10**6)
        return played

    def test_it_pauses_at_the_last_finite_step(self, diverged, small, fingerprint):
        expected = last_good_step(small(DIVERGING | DIVERGING_RATE))
        snapshot = diverged.snapshot(EVERYTHING)
        assert not snapshot.is_playing
        assert snapshot.divergence.step == expected.steps + 1
        assert snapshot.steps == snapshot.evaluated_at == expected.steps
        assert snapshot.evaluation == expected.evaluate()
        assert fingerprint(diverged.run.trainer) == fingerprint(expected)
        assert snapshot.history.steps.max() <= expected.steps + 1

    @pytest.mark.parametrize("tick", [1e-6, 0.01, 3.0])
    def test_however_seldom_it_is_looked_at(self, player, small, tick):
        played = player(DIVERGING | DIVERGING_RATE, clock=Clock(tick))
        play(played, 10**6)
        expected = last_good_step(small(DIVERGING | DIVERGING_RATE))
        assert played.run.divergence.step == expected.steps + 1

    def test_a_glance_at_the_weights_is_enough_to_find_it(self, player, small):
        played = player(DIVERGING | DIVERGING_RATE)
        expected = last_good_step(small(DIVERGING | DIVERGING_RATE))
        run = played.run
        for _ in range(5):
            run.trainer.train(expected.steps // 5)
            run.glance()
        run.trainer.train(2000)
        run.glance()
        assert run.divergence.step == expected.steps + 1
        assert run.trainer.steps == expected.steps

    def test_the_screen_shows_the_loss_of_the_bad_step_if_there_is_one(self, player, small):
        # The weights leave float32 before the loss, which is computed in float64, leaves its range.
        played = player({"optimizer": {"name": "sgd", "learning_rate": 1e30}})
        play(played, 10**6)
        snapshot = played.snapshot(FIGURES)
        is_finite = np.isfinite(snapshot.divergence.loss)
        assert snapshot.history.steps[-1] == snapshot.steps + int(is_finite)
        played.back_to_finite()
        assert played.snapshot(FIGURES).history.steps[-1] == snapshot.steps

    def test_it_is_told_until_the_run_moves_on(self, diverged, small):
        assert diverged.snapshot(FIGURES).divergence
        assert diverged.snapshot(FIGURES).divergence
        steps = diverged.run.trainer.steps
        diverged.back_to_finite()
        snapshot = diverged.snapshot(FIGURES)
        assert (snapshot.divergence, snapshot.steps) == (None, steps)

    def test_played_on_it_diverges_again(self, diverged):
        first = diverged.snapshot(FIGURES)
        play(diverged, 10**6)
        again = diverged.snapshot(FIGURES)
        assert again.divergence == first.divergence
        assert again.steps == first.steps

    def test_a_smaller_learning_rate_helps(self, diverged, small):
        diverged.apply(Apply(1, small(DIVERGING | FINITE_RATE), "learning rate 0.01"))
        snapshot = diverged.snapshot(FIGURES)
        assert (snapshot.divergence, snapshot.is_playing) == (None, False)
        play(diverged, snapshot.steps + 3000)
        after = diverged.snapshot(FIGURES)
        assert after.divergence is None
        assert after.evaluation.train_loss < snapshot.evaluation.train_loss

    def test_an_edit_before_it_was_noticed_begins_at_the_last_finite_step(self, player, small):
        played = player(DIVERGING | DIVERGING_RATE)
        expected = last_good_step(small(DIVERGING | DIVERGING_RATE))
        played.play()
        played.run.trainer.train(expected.steps + 700)
        played.apply(Apply(1, small(DIVERGING | FINITE_RATE), "learning rate"))
        assert played.run.trainer.is_finite()
        assert played.run.trainer.steps == expected.steps

    def test_a_diverged_run_is_kept_as_it_was_while_finite(self, player, small):
        played = player(DIVERGING | DIVERGING_RATE)
        played.play()
        played.run.trainer.train(5000)
        played.reset()
        played.apply(Apply(1, small(DIVERGING | DIVERGING_RATE), "undo", run=1))
        assert played.run.trainer.is_finite()

    def test_reset_begins_anew_after_it(self, diverged):
        diverged.reset()
        snapshot = diverged.snapshot(FIGURES)
        assert (snapshot.divergence, snapshot.steps, snapshot.run) == (None, 0, 2)

    def test_initial_weights_that_are_too_large(self, player, small):
        keys = {
            "layers.*.activation": "relu",
            "layers.*.initializer": {"name": "constant", "value": 1e39},
            "output.initializer": {"name": "constant", "value": 1e39},
        }
        played = player(keys)
        assert played.snapshot(FIGURES).divergence.step == 0
        played.play()
        assert not played.is_playing
        played.back_to_finite()
        played.advance(Advance(5))
        assert not played.is_playing
        assert played.snapshot(EVERYTHING).divergence.step == 0
        played.apply(Apply(1, small(), "initializer"))
        play(played, 20)
        assert played.snapshot(FIGURES).divergence is None

    def test_it_comes_before_a_limit(self, player, small):
        bad = last_good_step(small(DIVERGING | DIVERGING_RATE)).steps + 1
        played = player(DIVERGING | DIVERGING_RATE, limits=Limits(steps=bad))
        play(played, 10**6)
        snapshot = played.snapshot(FIGURES)
        assert snapshot.divergence.step == bad
        assert snapshot.stopped_by == ""
