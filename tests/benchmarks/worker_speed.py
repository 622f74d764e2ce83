"""Measure how fast a worker trains beside a drawing app, in a thread and in a child process.

    python tests/benchmarks/worker_speed.py
    python tests/benchmarks/worker_speed.py --rounds 5 --seconds 3 --drawing 0.01

The app is imitated by a loop that asks for a snapshot with everything a screen of 120 x 40 shows,
twenty times a second, and computes in pure Python for a while after each answer, as drawing does.
All ways take turns in every round; each share is the median over the rounds of the steps a second
over those of the trainer alone in the same round.
"""

import argparse
import os

# Before numpy is imported: the libraries read these once.
os.environ.update({"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"})

import queue
import time
from dataclasses import dataclass
from statistics import median, quantiles

from nntui.experiment.convert import from_plain
from nntui.experiment.experiment import Experiment
from nntui.training.limits import Limits
from nntui.training.messages import Play, Reply, SnapshotRequest, Started, WorkerStart
from nntui.training.snapshot import FieldRequest, Plane, Snapshot
from nntui.training.trainer import Trainer
from nntui.training.worker_process import Kind, WorkerHandle, start_worker

SECONDS_A_FRAME = 0.05
FRAME = SnapshotRequest(
    Plane(), field=FieldRequest(58, 60, -1.1, 1.1, -1.1, 1.1), crosshair=(0.1, 0.2), mistakes=True
)
SLOW_FRAME = SnapshotRequest(
    Plane(),
    field=FRAME.field,
    crosshair=(0.1, 0.2),
    mistakes=True,
    history_columns=60,
    layers=True,
)

EXPERIMENTS = {
    "2-32-32-3, batch 32": Experiment(),
    "2-8-1, batch 10": from_plain(
        {
            "data": {"source": "moons"},
            "layers": [{"units": 8, "activation": "tanh"}],
            "output": {"activation": "sigmoid"},
            "training": {"batch_size": 10},
        }
    ),
    "64-256-256-10, batch 256": from_plain(
        {
            "data": {"source": "digits"},
            "layers": [{"units": 256}, {"units": 256}],
            "training": {"batch_size": 256},
        }
    ),
}


@dataclass(frozen=True)
class Turn:
    """What one way of training did in one round: steps a second and seconds for each answer."""

    steps_per_second: float
    answers: tuple[float, ...] = ()


def alone(experiment: Experiment, seconds: float) -> Turn:
    """Let a trainer train with nobody beside it."""
    trainer = Trainer(experiment)
    trainer.train(100)
    start = time.perf_counter()
    portion = 1
    while (elapsed := time.perf_counter() - start) < seconds:
        before = time.perf_counter()
        trainer.train(portion)
        portion = 2 * portion if time.perf_counter() - before < 0.01 else portion
    return Turn((trainer.steps - 100) / elapsed)


def draw(seconds: float) -> None:
    """Compute in pure Python, as drawing does."""
    end = time.perf_counter() + seconds
    while time.perf_counter() < end:
        sum(range(200))


class App:
    """The app's side: it asks, and waits for answers."""

    def __init__(self, handle: WorkerHandle) -> None:
        self._handle = handle
        self._replies: queue.Queue[Reply] = queue.Queue()
        handle.listen(self._replies.put)

    def ask(self, request: SnapshotRequest) -> Snapshot:
        self._handle.send(request)
        reply = self._replies.get()
        assert isinstance(reply, Snapshot), reply
        return reply


def beside_an_app(experiment: Experiment, kind: Kind, seconds: float, drawing: float) -> Turn:
    """Let a worker train while an app asks and draws."""
    handle = start_worker(WorkerStart(experiment, Limits()), kind)
    assert isinstance(handle.first_reply(), Started)
    try:
        app = App(handle)
        handle.send(Play())
        app.ask(FRAME)
        start, steps_before = time.perf_counter(), app.ask(FRAME).steps
        answers = []
        for frame in range(1, int(seconds / SECONDS_A_FRAME) + 1):
            asked = time.perf_counter()
            app.ask(SLOW_FRAME if frame % 4 == 0 else FRAME)
            answers.append(time.perf_counter() - asked)
            draw(drawing)
            time.sleep(max(0.0, start + frame * SECONDS_A_FRAME - time.perf_counter()))
        steps = app.ask(FRAME).steps - steps_before
        return Turn(steps / (time.perf_counter() - start), tuple(answers))
    finally:
        handle.close()


def seconds_to_start(experiment: Experiment, kind: Kind) -> float:
    """Measure from the call to the first answer."""
    before = time.perf_counter()
    handle = start_worker(WorkerStart(experiment, Limits()), kind)
    handle.first_reply()
    seconds = time.perf_counter() - before
    handle.close()
    return seconds


def row(name: str, turns: dict[str, list[Turn]]) -> str:
    """Write one line of the table."""
    cells = [name, f"{median(t.steps_per_second for t in turns['alone']):,.0f}"]
    for kind in ("thread", "process"):
        shares = (
            ours.steps_per_second / alone.steps_per_second
            for ours, alone in zip(turns[kind], turns["alone"], strict=True)
        )
        answers = [1000 * seconds for turn in turns[kind] for seconds in turn.answers]
        p95 = quantiles(answers, n=20)[-1]
        cells += [f"{median(shares):.0%}", f"{median(answers):.1f} / {p95:.1f}"]
    return "| " + " | ".join(cells) + " |"


def main() -> None:
    parser = argparse.ArgumentParser(description="A worker's speed beside a drawing app.")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=float, default=2.0, help="of a turn in a round")
    parser.add_argument("--drawing", type=float, default=0.01, help="seconds of drawing a frame")
    arguments = parser.parse_args()
    for kind in ("thread", "process"):
        seconds = median(seconds_to_start(Experiment(), kind) for _ in range(arguments.rounds))
        print(f"start of a {kind}: {seconds:.3f} s")
    print(
        f"\n20 frames a second, {arguments.drawing:g} s of drawing each; ms to an answer: p50 / p95"
    )
    print("| network | alone, steps/s | thread | ms | process | ms |")
    print("|---|---:|---:|---:|---:|---:|")
    for name, experiment in EXPERIMENTS.items():
        turns: dict[str, list[Turn]] = {"alone": [], "thread": [], "process": []}
        for _ in range(arguments.rounds):
            turns["alone"].append(alone(experiment, arguments.seconds))
            for kind in ("thread", "process"):
                turn = beside_an_app(experiment, kind, arguments.seconds, arguments.drawing)
                turns[kind].append(turn)
        print(row(name, turns), flush=True)


if __name__ == "__main__":
    main()
