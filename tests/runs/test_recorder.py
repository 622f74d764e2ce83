"""What is saved while a run goes on: how often, and what is known of it in the end.

A clock that only goes when it is told to stands for the time.
"""

from dataclasses import dataclass

import numpy as np
import pytest
from played_runs import SMALL

from nntui.errors import OutputError
from nntui.experiment.convert import from_plain
from nntui.runs import recorder as recorder_module
from nntui.runs.folder import RunWriter
from nntui.runs.recorder import (
    MOST_OF_THE_TIME,
    SECONDS_BETWEEN_SAVES,
    RunRecorder,
    SaveClocks,
    SaveRhythm,
)
from nntui.runs.resume import resume
from nntui.runs.run_file import load_run
from nntui.training.limits import Limits
from nntui.training.run import Listener, run
from nntui.training.trainer import Trainer
from nntui.training.until import Condition


@dataclass
class Clock:
    now: float = 0.0

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


class TestRhythm:
    def test_it_is_about_once_a_second_where_saving_is_cheap(self, clock):
        rhythm, saves = SaveRhythm(clock), []
        for moment in range(1000):
            clock.now = moment / 100
            if rhythm.is_due():
                with rhythm.saving():
                    pass
                saves.append(clock.now)
        assert saves == [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]

    def test_it_takes_no_more_than_its_share_where_saving_takes_long(self, clock):
        rhythm, spent = SaveRhythm(clock), 0.0
        while clock.now < 1000:
            clock.now += 0.1
            if rhythm.is_due():
                with rhythm.saving():
                    clock.now += 0.5
                spent += 0.5
        assert spent / clock.now <= MOST_OF_THE_TIME * 1.03  # The first one came at once.
        assert spent / clock.now >= MOST_OF_THE_TIME / 2
        assert SECONDS_BETWEEN_SAVES == 1.0

    def test_a_save_that_fails_is_paid_for_too(self, clock):
        rhythm = SaveRhythm(clock)
        with pytest.raises(OSError, match="full"), rhythm.saving():
            clock.now += 1
            raise OSError("full")
        clock.now += 40
        assert not rhythm.is_due()


class Slow(Trainer):
    """A trainer whose steps take half a second each."""

    def __init__(self, experiment, clock):
        super().__init__(experiment)
        self.clock = clock

    def train(self, steps):
        super().train(steps)
        self.clock.now += steps * 0.5


def recorded(experiment, folder, clock, resumed=None, trainer=None, **limits):
    """Train with a recorder; return the result and the trainer."""
    trainer = trainer or (resumed.trainer if resumed else Trainer(experiment))
    with RunWriter(folder) as writer:
        clocks = SaveClocks(clock, lambda: 1e9)
        recorder = RunRecorder(writer, trainer, "a run", clocks, resumed)
        recorder.begin()
        listener = Listener(progress=recorder.show, record=recorder.record)
        begun = [resumed.begun] if resumed else []
        result = run(trainer, Limits(**limits), listener, clock, *begun)
        recorder.finish(result)
        if recorder.failure:
            raise recorder.failure
    return result, trainer


def small(**keys):
    return from_plain({**SMALL, **keys})


class TestWhatIsSaved:
    def test_it_is_the_end_with_how_it_came_about(self, tmp_path, clock):
        result, trainer = recorded(small(), tmp_path / "run", clock, epochs=30)
        saved = load_run(tmp_path / "run")
        np.testing.assert_array_equal(saved.state.parameters, trainer.network.parameters)
        assert saved.stopped_by == "epochs 30 reached"
        assert saved.label.name == "a run"
        history = saved.history
        assert history.steps[0] == 0
        assert history.steps[-1] == trainer.steps == 30 * 4
        assert history.train_loss[-1] == result.end.evaluation.train_loss
        # Dense where most happens.
        assert set(range(11)) <= set(history.steps.tolist())
        assert len(saved.spreads.steps) > 10

    def test_the_figures_are_those_of_their_steps(self, tmp_path, clock):
        recorded(small(), tmp_path / "run", clock, epochs=5)
        history = load_run(tmp_path / "run").history
        trainer = Trainer(small())
        for step, loss in zip(history.steps, history.train_loss, strict=True):
            trainer.train(int(step) - trainer.steps)
            assert trainer.evaluate().train_loss == loss

    def test_recording_changes_nothing_about_the_run(self, tmp_path, clock):
        _, trainer = recorded(small(), tmp_path / "run", clock, epochs=9)
        alone = Trainer(small())
        run(alone, Limits(epochs=9), Listener(), clock)
        np.testing.assert_array_equal(trainer.network.parameters, alone.network.parameters)

    def test_a_run_can_be_found_as_soon_as_it_begins(self, tmp_path, clock):
        with RunWriter(tmp_path / "run") as writer:
            RunRecorder(writer, Trainer(small()), "", SaveClocks(clock, lambda: 1e9)).begin()
            saved = load_run(tmp_path / "run")
        assert saved.state.steps == 0
        assert saved.stopped_by == ""

    def test_a_divergence_is_told_and_the_last_finite_step_saved(self, tmp_path, clock):
        table = {"layers": [{"units": 5}], "optimizer": {"name": "sgd", "learning_rate": 1e30}}
        result, trainer = recorded(small(**table), tmp_path / "run", clock, epochs=30)
        assert result.divergence is not None
        saved = load_run(tmp_path / "run")
        assert saved.divergence is not None
        assert saved.divergence.message == result.divergence.message
        assert saved.state.steps == trainer.steps == saved.history.steps[-1]
        assert np.isfinite(saved.state.parameters).all()

    def test_a_run_that_cannot_begin_is_saved_too(self, tmp_path, clock):
        table = {"layers": [{"units": 5, "initializer": {"name": "normal", "scale": 1e38}}]}
        recorded(small(**table), tmp_path / "run", clock, epochs=1)
        saved = load_run(tmp_path / "run")
        assert saved.divergence is not None
        assert saved.divergence.step == 0
        assert len(saved.history) == 0


class TestGoingOn:
    @pytest.mark.parametrize("stop", [7, 12, 50])
    @pytest.mark.parametrize(
        "limits",
        [
            {"epochs": 40},
            {"epochs": 100, "patience": 3},
            {"epochs": 100, "until": (Condition("train_loss", "<", 0.55),)},
        ],
    )
    def test_it_ends_as_if_it_had_never_stopped(self, tmp_path, clock, stop, limits):
        table = {"optimizer": {"name": "adam", "learning_rate": 0.05}, "seed": 3}
        expected, there = recorded(small(**table), tmp_path / "there", clock, **limits)
        recorded(small(**table), tmp_path / "run", clock, **{**limits, "steps": stop})
        resumed = resume(load_run(tmp_path / "run"))
        found, trainer = recorded(None, tmp_path / "run", clock, resumed, **limits)
        assert found.stopped_by == expected.stopped_by
        assert found.best_epoch == expected.best_epoch
        assert found.end.evaluation == expected.end.evaluation
        np.testing.assert_array_equal(trainer.network.parameters, there.network.parameters)
        np.testing.assert_array_equal(trainer.optimizer.state, there.optimizer.state)

    def test_after_patience_ran_out_more_patience_goes_on_from_the_best(self, tmp_path, clock):
        table = {"optimizer": {"name": "adam", "learning_rate": 0.1}, "seed": 3}
        limits = {"epochs": 60}
        expected, _ = recorded(small(**table), tmp_path / "there", clock, **limits, patience=20)
        first, _ = recorded(small(**table), tmp_path / "run", clock, **limits, patience=2)
        assert first.stopped_by == "patience"
        saved = load_run(tmp_path / "run")
        assert saved.state.epochs == first.best_epoch
        assert saved.best is not None
        assert saved.best.state.epochs == first.best_epoch
        found, _ = recorded(None, tmp_path / "run", clock, resume(saved), **limits, patience=20)
        assert (found.best_epoch, found.end.evaluation) == (
            expected.best_epoch,
            expected.end.evaluation,
        )

    def test_its_seconds_go_on_too(self, tmp_path, clock):
        recorded(None, tmp_path / "run", clock, trainer=Slow(small(), clock), steps=10)
        saved = load_run(tmp_path / "run")
        assert saved.limits.seconds == pytest.approx(5.0)
        result, _ = recorded(None, tmp_path / "run", clock, resume(saved), steps=20)
        assert result.end.seconds == pytest.approx(5.0)  # The second trainer takes no time.


class TestFailures:
    def test_a_full_disk_costs_a_save_and_not_the_run(self, tmp_path, clock, monkeypatch):
        save, tried = recorder_module.save_run, []

        def failing_at_times(writer, saved):
            tried.append(saved.state.steps)
            if len(tried) in {2, 3}:
                raise OutputError("the disk is full")
            save(writer, saved)

        monkeypatch.setattr(recorder_module, "save_run", failing_at_times)
        recorded(None, tmp_path / "run", clock, trainer=Slow(small(), clock), epochs=3)
        assert len(tried) > 4
        assert load_run(tmp_path / "run").state.steps == 12

    def test_one_that_fails_at_the_end_is_told(self, tmp_path, clock, monkeypatch):
        def failing(writer, saved):
            if saved.stopped_by:
                raise OutputError("the disk is full")

        monkeypatch.setattr(recorder_module, "save_run", failing)
        with pytest.raises(OutputError, match="full"):
            recorded(small(), tmp_path / "run", clock, epochs=3)
