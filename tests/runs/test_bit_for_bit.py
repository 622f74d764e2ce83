"""A run that is saved, and goes on in another process, is the run that was never interrupted."""

import math
import subprocess
import sys
from pathlib import Path

import numpy as np
import played_runs
import pytest
from played_runs import SMALL, begun_run, captured, digest, play, save

from nntui.engine.parts import OPTIMIZERS, SCHEDULES
from nntui.experiment.overrides import experiment_with
from nntui.runs.resume import resume
from nntui.runs.run_file import load_run
from nntui.training.limit_watch import LimitWatch
from nntui.training.limits import Limits
from nntui.training.parameters import ParameterPlace, ParameterValue
from nntui.training.recorded_run import RecordedRun
from nntui.training.trainer import Trainer
from nntui.training.until import Condition

LAST_STEP = 40
RANDOM = {
    "layers": [{"units": 6, "dropout": 0.3}, {"units": 4, "dropout": 0.2}],
    "augmentation": {"jitter": 0.1, "rotation_degrees": 20.0, "mixup": 0.4},
}
CASES = {
    "plain": {},
    "float64": {"dtype": "float64"},
    "all that is random": RANDOM,
    "all that is random, float64": {**RANDOM, "dtype": "float64"},
    "one batch an epoch": {**RANDOM, "training": {"batch_size": 1000}},
    "a regression": {"data": {"source": "six_gaussians", "samples": 50}},
    "without test points": {"data": {"source": "moons", "samples": 40, "test_fraction": 0}},
    "no hidden layer": {"layers": []},
    "frozen and silenced": {
        "layers": [
            {"units": 6, "frozen_units": [1, 4], "silenced_units": [2]},
            {"units": 4, "trainable": False},
        ]
    },
    "penalties and clipping": {
        "regularization": {"l1": 0.001, "l2": 0.01},
        "optimizer": {"name": "sgd", "momentum": 0.9, "nesterov": True, "clip_norm": 0.5},
    },
    "a warm-up": {"optimizer": {"name": "adam", "schedule": {"name": "cosine", "warmup_steps": 9}}},
    **{f"optimizer {name}": {"optimizer": {"name": name}} for name in OPTIMIZERS},
    # The perceptron rule trains a single layer.
    "optimizer perceptron": {"optimizer": {"name": "perceptron"}, "layers": []},
    **{f"schedule {n}": {"optimizer": {"name": "adam", "schedule": n}} for n in SCHEDULES},
}


def edited(run, label, overrides, parameters=()):
    run.glance()
    run.trainer.apply(experiment_with(run.trainer.experiment, overrides), parameters)
    run.edited(label)


def never_interrupted(table):
    run = begun_run({**SMALL, **table})
    play(run, LAST_STEP)
    return digest(run)


@pytest.mark.parametrize("name", CASES)
def test_it_goes_on_from_any_step(name, tmp_path):
    expected = never_interrupted(CASES[name])
    for step in (0, 3, 12, 15, 27):  # An epoch has four steps, most of the time.
        run = begun_run({**SMALL, **CASES[name]})
        play(run, step)
        save(run, tmp_path / "run")
        found = resume(load_run(tmp_path / "run")).recorded()
        play(found, LAST_STEP)
        assert digest(found) == expected, f"saved at step {step}"


def test_it_goes_on_in_another_process(tmp_path):
    expected, folders = [], []
    for number, table in enumerate(CASES.values()):
        run = begun_run({**SMALL, **table})
        play(run, 15)
        save(run, tmp_path / str(number))
        play(run, LAST_STEP)
        expected.append(digest(run))
        folders.append(str(tmp_path / str(number)))
    child = subprocess.run(
        [sys.executable, played_runs.__file__, str(LAST_STEP), *folders],
        capture_output=True,
        text=True,
        check=True,
        cwd=Path(__file__).parents[2],
    )
    assert child.stdout.split() == expected


def test_edits_on_the_way_are_part_of_it(tmp_path):
    def begun():
        run = begun_run({**SMALL, **RANDOM})
        play(run, 6)
        edited(run, "a larger batch", [("training.batch_size", 11)])
        play(run, 7)
        run.step_on(3, "a step on point 4")
        value = ParameterValue(ParameterPlace(layer=1, row=2, unit=1), 0.75)
        edited(run, "a weight", [("layers.0.silenced_units", [3])], (value,))
        edited(run, "another optimizer", [("optimizer.name", "rmsprop")])
        play(run, 15)
        return run

    expected = begun()
    play(expected, LAST_STEP)
    save(begun(), tmp_path / "run")
    found = resume(load_run(tmp_path / "run")).recorded()
    play(found, LAST_STEP)
    assert digest(found) == digest(expected)
    assert [label for _, label in found.history.state().marks] == [
        "a larger batch", "a step on point 4", "a weight", "another optimizer",
    ]  # fmt: skip


def test_a_long_history_and_its_thinned_spreads_come_back(tmp_path):
    run = begun_run(SMALL)
    for _ in range(200):
        run.trainer.train(1)
        run.look()
    save(run, tmp_path / "run")
    found = resume(load_run(tmp_path / "run")).recorded()
    for each in (run, found):
        play(each, 300)
    assert digest(found) == digest(run)
    assert found.spreads.state().stride > 1


def test_what_has_paused_it_does_not_pause_it_again(tmp_path):
    conditions = (Condition.parse("train_loss<100"), Condition("test_loss", "<", 0.123456789))
    limits = Limits(epochs=2, steps=5, seconds=100.0, until=conditions, patience=3)
    trainer = Trainer(begun_run(SMALL).trainer.experiment)
    run = RecordedRun(1, trainer, LimitWatch(limits))
    run.limits.seconds = 12.5
    trainer.train(8)
    run.look()
    run.stopped_by = run.limits.stops(trainer, run.evaluation)
    assert run.stopped_by == "epochs 2 reached"
    save(run, tmp_path / "run")
    found = resume(load_run(tmp_path / "run")).recorded()
    assert found.stopped_by == run.stopped_by
    assert found.limits.state() == run.limits.state()
    assert found.limits.seconds == 12.5
    assert not found.limits.stops(found.trainer, found.evaluation)


def diverged():
    table = {**SMALL, "optimizer": {"name": "sgd", "learning_rate": 1e30}}
    table["layers"] = [{"units": 5, "activation": "relu"}, {"units": 4}]
    run = begun_run(table)
    for _ in range(200):
        run.trainer.train(1)
        run.look()
        if run.divergence is not None:
            return run
    raise AssertionError("The run was to diverge.")


def test_a_run_that_has_diverged_still_says_so(tmp_path):
    run = diverged()
    save(run, tmp_path / "run")
    found = resume(load_run(tmp_path / "run")).recorded()
    assert found.divergence is not None
    assert found.divergence.message == run.divergence.message
    assert found.trainer.steps == run.trainer.steps
    assert found.history.state().steps.tolist() == run.history.state().steps.tolist()
    assert found.can_go_on


def test_a_run_that_could_never_begin_is_saved_too(tmp_path):
    initializer = {"name": "normal", "scale": 1e38}
    table = {**SMALL, "layers": [{"units": 5, "initializer": initializer}]}
    run = begun_run(table)
    assert run.divergence is not None
    assert not math.isfinite(run.divergence.loss)
    save(run, tmp_path / "run")
    found = resume(load_run(tmp_path / "run")).recorded()
    assert found.divergence is not None
    assert found.divergence.message == run.divergence.message


def test_a_run_ahead_of_what_is_known_of_it_is_saved_where_it_is(small_run):
    small_run.trainer.train(1)
    saved = captured(small_run)
    assert saved.state.steps == 11
    assert saved.history.steps[-1] <= 11
    np.testing.assert_array_equal(saved.state.parameters, small_run.trainer.network.parameters)
