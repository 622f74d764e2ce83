"""Runs played and looked at always in the same way; as a script it goes on with saved ones.

``python played_runs.py STEPS FOLDER...`` plays each run that was saved up to a step and prints what
has become of it.
"""

import hashlib
import sys

import numpy as np

from nntui.experiment.convert import from_plain
from nntui.runs.capture import DataWitness, capture
from nntui.runs.folder import RunWriter
from nntui.runs.resume import resume
from nntui.runs.run_file import load_run, save_run
from nntui.training.limit_watch import LimitWatch
from nntui.training.limits import Limits
from nntui.training.recorded_run import RecordedRun
from nntui.training.trainer import Trainer

STEPS_BETWEEN_LOOKS = 3

# An epoch has four steps.
SMALL = {
    "data": {"source": "moons", "samples": 40, "test_fraction": 0.25},
    "layers": [{"units": 5, "activation": "tanh"}, {"units": 4}],
    "training": {"batch_size": 8},
}


def begun_run(table):
    return RecordedRun(1, Trainer(from_plain(table)), LimitWatch(Limits()))


def play(run, steps):
    """Train up to a step, one at a time, looking at the same steps whenever it begins."""
    trainer = run.trainer
    while trainer.steps < steps:
        trainer.train(1)
        if trainer.steps % STEPS_BETWEEN_LOOKS == 0:
            run.look()


def captured(run):
    return capture(run, "a run", 1e9, DataWitness())


def save(run, folder):
    with RunWriter(folder) as writer:
        save_run(writer, captured(run))


def digest(run):
    """Return a hash of all that is kept of a run, to be compared bit for bit."""
    run.look()
    state, history, spreads = run.trainer.state(), run.history.state(), run.spreads.state()
    digest = hashlib.sha256()
    counters = (state.steps, state.optimizer_steps, state.epochs, state.points, state.slots)
    drawn = (state.shuffling, state.augmenting, state.dropping)
    digest.update(repr((counters, drawn, history.marks, spreads.stride)).encode())
    for array in (
        state.parameters,
        state.optimizer,
        history.steps,
        history.epochs,
        history.train_loss,
        history.test_loss,
        history.train_score,
        history.test_score,
        spreads.steps,
        spreads.quantiles,
        spreads.has_gradients,
    ):
        digest.update(np.ascontiguousarray(array).tobytes())
    return digest.hexdigest()


def main(steps, folders):
    for folder in folders:
        run = resume(load_run(folder)).recorded()
        play(run, steps)
        print(digest(run))


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2:])
