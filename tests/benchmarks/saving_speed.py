"""How long it takes to save a run and to bring it back.

    python tests/benchmarks/saving_speed.py [FOLDER]

The folder decides which disk is measured; without one it is that of temporary files. A save is
waited for until the disk has it. Each figure is the median of several tries, in milliseconds.
"""

import statistics
import sys
import tempfile
import time
from pathlib import Path

from nntui.experiment.experiment import Experiment
from nntui.experiment.overrides import experiment_with
from nntui.runs.capture import DataWitness, capture
from nntui.runs.folder import RUN_FILE, RunWriter
from nntui.runs.resume import resume
from nntui.runs.run_file import load_run, save_run
from nntui.training.history import MOST_SAMPLES
from nntui.training.limit_watch import LimitWatch
from nntui.training.limits import Limits
from nntui.training.recorded_run import RecordedRun
from nntui.training.trainer import Trainer

TRIES = 15


def milliseconds(work):
    seconds = []
    for _ in range(TRIES):
        before = time.perf_counter()
        work()
        seconds.append(time.perf_counter() - before)
    return 1000 * statistics.median(seconds)


def measure(name, overrides, samples, base):
    trainer = Trainer(experiment_with(Experiment(), overrides))
    run = RecordedRun(1, trainer, LimitWatch(Limits()))
    trainer.train(3)
    for step in range(len(run.history), samples):
        run.history.record_loss(step, 0, 1.0)
    trainer.steps = max(trainer.steps, samples)
    witness, folder = DataWitness(), base / name.replace(" ", "-")
    with RunWriter(folder) as writer:
        saving = milliseconds(lambda: save_run(writer, capture(run, name, 0.0, witness)))
    loading = milliseconds(lambda: load_run(folder))
    resuming = milliseconds(lambda: resume(load_run(folder)))
    size = (folder / RUN_FILE).stat().st_size / 1e6
    parameters = len(trainer.network.parameters)
    print(
        f"{name:<24}{parameters:>12,}{size:>10.2f}{saving:>10.1f}{loading:>10.1f}{resuming:>10.1f}"
    )


def main():
    print(f"{'run':<24}{'parameters':>12}{'MB':>10}{'save':>10}{'load':>10}{'resume':>10}")
    with tempfile.TemporaryDirectory(dir=sys.argv[1] if len(sys.argv) > 1 else None) as base:
        measure("default", [], 300, Path(base))
        measure("default, full history", [], MOST_SAMPLES, Path(base))
        measure("1000-1000", [("layers", [1000, 1000])], 300, Path(base))


if __name__ == "__main__":
    main()
