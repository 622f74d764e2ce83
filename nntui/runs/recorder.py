"""Saves a run now and then while ``nntui train`` is at work, so that others can follow it."""

import math
from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass

from nntui.errors import OutputError, RunError
from nntui.runs.capture import DataWitness, history_up_to, label_of, spreads_up_to
from nntui.runs.folder import RunWriter
from nntui.runs.resume import ResumedRun
from nntui.runs.run_file import save_run
from nntui.runs.saved_run import SavedRun
from nntui.training.begun import BestEpoch
from nntui.training.divergence import Divergence
from nntui.training.history import History
from nntui.training.limit_watch import LimitState
from nntui.training.run import Progress, RunResult
from nntui.training.spreads import Spreads
from nntui.training.trainer import Trainer

SECONDS_BETWEEN_SAVES = 1.0
"""How often a run is saved, where that is cheap."""

MOST_OF_THE_TIME = 0.02
"""The share of the time that saving may take."""


@dataclass(frozen=True)
class SaveClocks:
    """What tells the time.

    Attributes:
        passing: Seconds that only go forward.
        now: The time, in seconds since 1970 (UTC).
    """

    passing: Callable[[], float]
    now: Callable[[], float]


class SaveRhythm:
    """Decides when a run is saved: about once a second, more seldom where that takes long.

    Args:
        clock: Seconds that only go forward.
    """

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._next = clock()

    def is_due(self) -> bool:
        """Tell whether to save now."""
        return self._clock() >= self._next

    @contextmanager
    def saving(self) -> Generator[None]:
        """Measure the save that is made within, and put off the next one accordingly."""
        began = self._clock()
        try:
            yield
        finally:
            ended = self._clock()
            pause = (ended - began) / MOST_OF_THE_TIME
            self._next = max(began + SECONDS_BETWEEN_SAVES, ended + pause)


class RunRecorder:
    """Keeps the history of a run and saves it all.

    A disk that fills up does not cost the run its result: it is tried again at the next save.

    Args:
        writer: Who writes the folder.
        trainer: The run, at its beginning or where it was resumed.
        name: What it is called.
        clocks: What tells the time.
        resumed: What the run has behind it; None for a run that begins.

    Attributes:
        failure: Why the last save did not work; None where it did.
    """

    def __init__(
        self,
        writer: RunWriter,
        trainer: Trainer,
        name: str,
        clocks: SaveClocks,
        resumed: ResumedRun | None = None,
    ) -> None:
        self.failure: OutputError | RunError | None = None
        self._writer = writer
        self._trainer = trainer
        self._name = name
        self._now = clocks.now
        self._rhythm = SaveRhythm(clocks.passing)
        self._witness = DataWitness()
        saved = resumed and resumed.saved
        self._history = History.of(saved.history) if saved else History()
        self._spreads = Spreads.of(saved.spreads) if saved else Spreads()
        self._seconds = saved.limits.seconds if saved else 0.0
        self._best = saved.best if saved else None
        self._number = saved.label.number if saved else 1

    def begin(self, label: str = "") -> None:
        """Save the run before it begins or goes on, so that it can be found at once.

        Args:
            label: How its experiment was changed, if it was.

        Raises:
            OutputError: It cannot be written.
            RunError: It is too large to be saved.
        """
        if label:
            self._history.mark(self._trainer.steps, label)
        evaluation = self._trainer.evaluate()
        if math.isfinite(evaluation.train_loss):
            self._history.record(self._trainer.steps, self._trainer.epochs, evaluation)
            self._spreads.record(self._trainer.steps, self._trainer.network)
        self._save()
        if self.failure is not None:
            raise self.failure

    def record(self, progress: Progress) -> None:
        """Add the figures of a moment to the history."""
        self._history.record(progress.steps, progress.epochs, progress.evaluation)
        self._spreads.record(progress.steps, self._trainer.network)
        self._seconds, self._best = progress.seconds, progress.best

    def show(self, progress: Progress) -> None:
        """Add the figures of a moment, and save the run if it is time to."""
        self.record(progress)
        if self._rhythm.is_due():
            self._save()

    def finish(self, result: RunResult) -> None:
        """Save the run as it has ended: at its best epoch, or at its last finite step."""
        trainer, evaluation = self._trainer, result.end.evaluation
        self._history.truncate(trainer.steps)
        self._spreads.truncate(trainer.steps)
        if math.isfinite(evaluation.train_loss):
            self._history.record(trainer.steps, trainer.epochs, evaluation)
        self._seconds, self._best = result.end.seconds, result.end.best
        self._save(_why_stopped(result), result.divergence)

    def _save(self, stopped_by: str = "", divergence: Divergence | None = None) -> None:
        self.failure = None
        with self._rhythm.saving():
            try:
                save_run(self._writer, self._captured(stopped_by, divergence))
            except (OutputError, RunError) as error:
                self.failure = error

    def _captured(self, stopped_by: str, divergence: Divergence | None) -> SavedRun:
        state = self._trainer.state()
        return SavedRun(
            label=label_of(self._name, self._number, self._now()),
            experiment=self._trainer.experiment,
            data=self._witness.identity(self._trainer),
            state=state,
            history=history_up_to(self._history, state.steps),
            spreads=spreads_up_to(self._spreads, state.steps),
            limits=LimitState(seconds=self._seconds),
            best=_not_after(self._best, state.steps),
            stopped_by=stopped_by,
            divergence=divergence,
        )


def _not_after(best: BestEpoch | None, steps: int) -> BestEpoch | None:
    return best if best is not None and best.state.steps <= steps else None


def _why_stopped(result: RunResult) -> str:
    """Say in words why a run has ended."""
    end = result.end
    return {
        "epochs": f"epochs {end.epochs:,} reached",
        "steps": f"steps {end.steps:,} reached",
        "seconds": f"{end.seconds:.3g} seconds of training reached",
        "patience": f"patience ran out: the test loss was best at epoch {result.best_epoch or 0:,}",
        "interrupted": "interrupted",
        "diverged": "diverged",
    }.get(result.stopped_by, f"{result.stopped_by.removeprefix('until ')} reached")
