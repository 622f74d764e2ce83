"""A run from its first step to its end: training, looking, and deciding when to stop."""

import dataclasses
import math
from collections.abc import Callable
from dataclasses import dataclass

from nntui.errors import ExperimentError
from nntui.training import divergence
from nntui.training.begun import FRESH, Begun, BestEpoch
from nntui.training.divergence import Divergence
from nntui.training.evaluation import Evaluation
from nntui.training.limits import Limits
from nntui.training.rhythm import MOST_OF_THE_TIME, Clocks, LookRhythm, Ration
from nntui.training.trainer import Trainer

SECONDS_BETWEEN_LOOKS = 0.1
"""How often the figures are computed and reported when nothing asks for more."""

LONGEST_PORTION = 0.02
"""About how many seconds of training go by between two looks at the clock and at Ctrl+C."""


@dataclass(frozen=True)
class Progress:
    """Where a run is.

    Attributes:
        epochs: How many epochs have been completed.
        steps: How many updates have been made.
        seconds: How long the training steps took; evaluations do not count.
        learning_rate: The learning rate of the next step.
        evaluation: The figures of the network as it is now.
        share: How much of the run is done, 0 to 1; None when nothing tells.
        best: The best epoch so far, if patience watches the test loss.
    """

    epochs: int
    steps: int
    seconds: float
    learning_rate: float
    evaluation: Evaluation
    share: float | None
    best: BestEpoch | None = None

    @property
    def steps_per_second(self) -> float:
        """The speed of the training steps."""
        return self.steps / self.seconds if self.seconds > 0 else 0.0


@dataclass(frozen=True)
class Listener:
    """Who is told about a run.

    Attributes:
        progress: Called now and then.
        epoch: Called at the end of every epoch; None saves evaluating every epoch.
        record: Called at many steps, dense where most happens, for a small share of the time;
            None saves evaluating there.
        interrupted: Asked after each portion of steps whether to stop.
    """

    progress: Callable[[Progress], None] = lambda _: None
    epoch: Callable[[Progress], None] | None = None
    record: Callable[[Progress], None] | None = None
    interrupted: Callable[[], bool] = lambda: False


@dataclass(frozen=True)
class RunResult:
    """How a run ended.

    Attributes:
        end: Where it ended. After patience ran out, the figures are those of the best epoch.
        stopped_by: "epochs", "steps", "seconds", "patience", "interrupted", "diverged", or
            "until " and the condition.
        best_epoch: With patience, the epoch of the smallest test loss, whose weights are kept
            if patience ended the run.
        divergence: Where it diverged, if it did; the figures are those of the step before.
    """

    end: Progress
    stopped_by: str
    best_epoch: int | None = None
    divergence: Divergence | None = None


def run(
    trainer: Trainer,
    limits: Limits,
    listener: Listener,
    clock: Callable[[], float],
    begun: Begun = FRESH,
) -> RunResult:
    """Train until a limit is reached.

    Args:
        trainer: A run that has not begun, or one to go on with. Afterwards it is at the end: at
            the best epoch if patience ended it, at the last finite step if it diverged.
        limits: When to stop.
        listener: Who is told.
        clock: Seconds that only go forward, such as ``time.perf_counter``.
        begun: What a run that goes on has behind it; all limits count from its beginning.

    Raises:
        ExperimentError: A limit needs figures that this run does not have.
    """
    return _Run(trainer, limits, listener, clock, begun).to_the_end()


class _Run:
    """The bookkeeping of ``run``."""

    def __init__(
        self,
        trainer: Trainer,
        limits: Limits,
        listener: Listener,
        clock: Callable[[], float],
        begun: Begun,
    ) -> None:
        self._trainer = trainer
        self._limits = limits
        self._listener = listener
        self._clock = clock
        self._seconds = begun.seconds
        self._portion = 1
        self._evaluation = trainer.evaluate()
        self._evaluated_at = trainer.steps
        self._healthy = trainer.state()
        self._best = begun.best
        self._rhythm = LookRhythm(clock, trainer.steps) if listener.record else None
        self._recording = Ration(Clocks(clock, clock), MOST_OF_THE_TIME)
        self._every_epoch = bool(limits.until or limits.patience or listener.epoch)
        for condition in limits.until:
            condition.check_against(self._evaluation)
        if limits.patience and self._evaluation.test_loss is None:
            raise ExperimentError(
                "training.patience: found no test points to watch; expected data.test_fraction "
                "greater than 0, and enough points in some class for a share of them."
            )

    def to_the_end(self) -> RunResult:
        if not divergence.is_healthy(self._trainer, self._evaluation):
            return self._result("diverged", divergence.at_the_start(self._trainer))
        if self._trainer.steps and self._trainer.is_between_epochs and (held := self._held()):
            return self._result(held)
        looked_at = self._clock()
        while True:
            epoch_ended = self._train_a_portion()
            stopped_by = None
            if epoch_ended and self._every_epoch:
                stopped_by = self._end_of_epoch()
            stopped_by = stopped_by or self._limit_reached()
            now = self._clock()
            is_due = bool(stopped_by) or now - looked_at >= SECONDS_BETWEEN_LOOKS
            if (is_due and not self._look()) or not self._record_if_due():
                found = divergence.locate(self._trainer, self._healthy)
                self._evaluation = self._trainer.evaluate()
                return self._result("diverged", found)
            if is_due:
                looked_at = now
                self._listener.progress(self._now())
            if stopped_by:
                return self._result(stopped_by)

    def _train_a_portion(self) -> bool:
        """Train for a moment, and choose how many steps the next moment has.

        Returns:
            Whether the moment ended with an epoch.
        """
        trainer = self._trainer
        steps = self._steps_to_a_limit()
        start = self._clock()
        trainer.train(steps)
        elapsed = self._clock() - start
        self._seconds += elapsed
        if elapsed < LONGEST_PORTION / 2 and steps == self._portion:
            self._portion *= 2
        elif elapsed > LONGEST_PORTION:
            self._portion = max(self._portion // 2, 1)
        return trainer.is_between_epochs

    def _steps_to_a_limit(self) -> int:
        """Return after how many steps something has to be looked at, however fast they are."""
        trainer, limits = self._trainer, self._limits
        steps = [self._portion]
        if limits.steps is not None:
            steps.append(limits.steps - trainer.steps)
        if self._every_epoch:
            steps.append(trainer.steps_left_in_epoch)
        if self._rhythm is not None:
            steps.append(self._rhythm.steps_to_look(trainer.steps))
        if limits.epochs is not None:
            whole_epochs = limits.epochs - trainer.epochs - 1
            steps.append(trainer.steps_left_in_epoch + whole_epochs * trainer.steps_per_epoch)
        return min(steps)

    def _look(self) -> bool:
        """Compute the figures, unless they are known, and tell whether all is finite."""
        if self._evaluated_at != self._trainer.steps:
            self._evaluation = self._trainer.evaluate()
            self._evaluated_at = self._trainer.steps
        if not divergence.is_healthy(self._trainer, self._evaluation):
            return False
        self._healthy = self._trainer.state()
        return True

    def _record_if_due(self) -> bool:
        """Let the present figures be recorded now and then; tell whether all is finite."""
        rhythm, record = self._rhythm, self._listener.record
        if rhythm is None or record is None or not rhythm.is_due(self._trainer.steps):
            return True
        rhythm.looked(self._trainer.steps)
        if not self._recording.allows():
            return True
        with self._recording.spend():
            if not self._look():
                return False
            record(self._now())
        return True

    def _end_of_epoch(self) -> str | None:
        """Report an epoch; return what it ends the run with, if it does."""
        if not self._look():
            return "diverged"
        if self._listener.epoch:
            self._listener.epoch(self._now())
        if held := self._held():
            return held
        return "patience" if self._limits.patience and self._patience_ran_out() else None

    def _held(self) -> str | None:
        """Return the first condition that holds, as what it ends the run with."""
        holding = (each for each in self._limits.until if each.holds(self._evaluation))
        condition = next(holding, None)
        return None if condition is None else f"until {condition}"

    def _patience_ran_out(self) -> bool:
        loss = self._evaluation.test_loss
        if loss is None or math.isnan(loss):
            loss = math.inf
        if self._best is None or loss < self._best.loss:
            self._best = BestEpoch(self._healthy, loss)
        return self._trainer.epochs - self._best.state.epochs >= self._limits.patience

    def _limit_reached(self) -> str | None:
        limits = self._limits
        if limits.epochs is not None and self._trainer.epochs >= limits.epochs:
            return "epochs"
        if limits.steps is not None and self._trainer.steps >= limits.steps:
            return "steps"
        if limits.seconds is not None and self._seconds >= limits.seconds:
            return "seconds"
        return "interrupted" if self._listener.interrupted() else None

    def _now(self) -> Progress:
        trainer, limits = self._trainer, self._limits
        shares = [
            done / limit
            for done, limit in (
                (trainer.steps / trainer.steps_per_epoch, limits.epochs),
                (trainer.steps, limits.steps),
                (self._seconds, limits.seconds),
            )
            if limit
        ]
        return Progress(
            epochs=trainer.epochs,
            steps=trainer.steps,
            seconds=self._seconds,
            learning_rate=trainer.learning_rate,
            evaluation=self._evaluation,
            share=min(max(shares), 1.0) if shares else None,
            best=self._best,
        )

    def _result(self, stopped_by: str, found: Divergence | None = None) -> RunResult:
        end = self._now()
        best_epoch = self._best.state.epochs if self._best else None
        if stopped_by == "patience" and self._best:
            self._trainer.restore(self._best.state)
            end = dataclasses.replace(end, evaluation=self._trainer.evaluate())
        return RunResult(end, stopped_by, best_epoch, found)
