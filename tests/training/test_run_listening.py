"""What a run tells those who listen, and what it counts as its time.

A ``timed`` trainer moves its own clock: by a made-up time for each step and each evaluation.
"""

from itertools import pairwise

import pytest

from nntui.training.limits import Limits
from nntui.training.run import (
    LONGEST_PORTION,
    SECONDS_BETWEEN_LOOKS,
    Listener,
    Progress,
    run,
)
from nntui.training.trainer import Trainer
from nntui.training.until import Condition

STEPS_PER_EPOCH = 4  # Of the small experiment.
SPEEDS = [0.0, 2.0**-14, 2.0**-8, 0.25]  # Seconds a step, from a fast machine to a very slow one.


def quietly(trainer, listener=None, **limits):
    return run(trainer, Limits(**limits), listener or Listener(), trainer.costs.clock)


class TestListening:
    @pytest.mark.parametrize("step", SPEEDS)
    def test_every_epoch_is_told_once_and_in_order(self, small, timed, step):
        log = []
        quietly(timed(small(), step), Listener(epoch=log.append), epochs=9)
        assert [progress.epochs for progress in log] == list(range(1, 10))
        assert [progress.steps for progress in log] == list(range(4, 40, 4))

    def test_the_figures_are_those_of_the_moment(self, small, timed):
        log = []
        schedule = {"optimizer.schedule": {"name": "inverse_time", "decay_rate": 0.5}}
        quietly(timed(small(schedule)), Listener(epoch=log.append), epochs=3)
        expected = Trainer(small(schedule))
        for progress in log:
            expected.epoch()
            assert progress.evaluation == expected.evaluate()
            assert progress.learning_rate == expected.learning_rate

    def test_an_epoch_that_is_cut_short_is_not_told(self, small, timed):
        log = []
        quietly(timed(small()), Listener(epoch=log.append), steps=6)
        assert [progress.steps for progress in log] == [4]

    @pytest.mark.parametrize("step", SPEEDS)
    @pytest.mark.parametrize(
        "limits",
        [
            {"epochs": 30},
            {"steps": 90},
            {"epochs": 30, "steps": 50},
            {"epochs": 30, "seconds": 5.0},
            {"epochs": 30, "until": (Condition("train_loss", "<", 0.0),)},
        ],
    )
    def test_the_share_that_is_done_grows_to_one(self, small, timed, step, limits):
        told = []
        quietly(timed(small(), step), Listener(progress=told.append), **limits)
        shares = [progress.share for progress in told]
        assert shares == sorted(shares)
        assert all(0.0 < share <= 1.0 for share in shares)
        assert shares[-1] == 1.0

    def test_nothing_tells_the_share_of_a_run_that_waits_for_a_condition(self, small, timed):
        told = []
        until = (Condition("train_loss", "<", 0.3),)
        quietly(timed(small()), Listener(progress=told.append), until=until)
        assert [progress.share for progress in told] == [None]

    def test_progress_is_told_at_the_end_and_about_ten_times_a_second(self, small, timed):
        told = []
        trainer = timed(small(), step=2.0**-12)
        moments = []

        def listen(progress):
            told.append(progress)
            moments.append(trainer.costs.clock.now)

        result = quietly(trainer, Listener(progress=listen), seconds=2.0)
        assert told[-1] == result.end
        pauses = [later - earlier for earlier, later in pairwise(moments)]
        assert len(pauses) > 10
        assert min(pauses[:-1]) >= SECONDS_BETWEEN_LOOKS
        assert max(pauses) <= SECONDS_BETWEEN_LOOKS + 2.0 * LONGEST_PORTION

    def test_ctrl_c_is_heard_though_steps_become_slow(self, small, timed):
        # Long epochs, of 30 steps, at first fast; then the machine has other things to do.
        trainer = timed(small({"training.batch_size": 1}))
        asked = []

        def epoch_ended(progress):
            trainer.costs.step = 0.25 if progress.epochs >= 40 else 0.0

        def interrupted():
            asked.append(trainer.steps)
            return False

        listener = Listener(epoch=epoch_ended, interrupted=interrupted)
        quietly(trainer, listener, epochs=45)
        # After the very last step the run has ended anyway.
        last_epoch = [steps for steps in asked if steps > 44 * 30]
        assert last_epoch == list(range(44 * 30 + 1, 45 * 30))


class TestTime:
    @pytest.mark.parametrize("evaluation", [0.0, 0.5, 64.0])
    def test_only_training_steps_take_time(self, small, timed, evaluation):
        trainer = timed(small(), step=0.25, evaluation=evaluation)
        listener = Listener(epoch=lambda _: None)
        result = quietly(trainer, listener, epochs=5)
        assert result.end.seconds == 5 * STEPS_PER_EPOCH * 0.25
        assert result.end.steps_per_second == 4.0

    @pytest.mark.parametrize("limits", [{"epochs": 5}, {"steps": 20}])
    def test_the_figures_are_computed_once_an_epoch(self, small, timed, limits):
        trainer = timed(small(), step=2.0**-14, evaluation=64.0)
        result = quietly(trainer, Listener(epoch=lambda _: None), **limits)
        # And once before the first epoch.
        assert trainer.costs.clock.now == result.end.seconds + 64.0 * (1 + 5)

    def test_neither_do_listeners(self, small, timed):
        trainer = timed(small(), step=0.25)

        def dawdle(_):
            trainer.costs.clock.now += 100.0

        result = quietly(trainer, Listener(progress=dawdle, epoch=dawdle), epochs=2)
        assert result.end.seconds == 2.0

    def test_the_speed_before_any_time_has_passed(self, small, timed):
        evaluation = timed(small()).evaluate()
        assert Progress(0, 0, 0.0, 0.1, evaluation, None).steps_per_second == 0.0
