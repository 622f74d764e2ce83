"""A run with its history, watched for the moment when it leaves the finite numbers."""

import math
from functools import partial

from nntui.training import divergence
from nntui.training.divergence import Divergence
from nntui.training.evaluation import Evaluation
from nntui.training.history import History
from nntui.training.limit_watch import LimitWatch
from nntui.training.shelf import KeptRun
from nntui.training.spreads import Spreads
from nntui.training.state import TrainerState
from nntui.training.trainer import Trainer


class RecordedRun:
    """A run, how its figures came about, and what has stopped it.

    Args:
        number: The run's number.
        trainer: What trains; it is where the run is.
        limits: The limits it has not yet reached.
        history: What is known of it; None for a run that has just begun.
        spreads: What is known of its layers' numbers; None for a run that has just begun.

    Attributes:
        number: The run's number.
        trainer: What trains.
        limits: The limits it has not yet reached.
        history: How the figures came about.
        spreads: How the numbers of each layer have been spread.
        evaluation: The figures.
        evaluated_at: The step they were computed at.
        divergence: Why the run stopped, if it left the finite numbers.
        stopped_by: The limit that paused it, in words; empty where none did.
    """

    def __init__(
        self,
        number: int,
        trainer: Trainer,
        limits: LimitWatch,
        history: History | None = None,
        spreads: Spreads | None = None,
    ) -> None:
        self.number = number
        self.trainer = trainer
        self.limits = limits
        self.history = history or History()
        self.spreads = Spreads() if spreads is None else spreads
        self.divergence: Divergence | None = None
        self.stopped_by = ""
        # The latest states whose parameters are finite, and whose loss is known to be too.
        self._finite: TrainerState | None = None
        self._healthy: TrainerState | None = None
        self._is_as_built = True
        self.evaluation: Evaluation = trainer.evaluate()
        self.evaluated_at = trainer.steps
        self._is_up_to_date = True
        self.look()

    @property
    def is_known(self) -> bool:
        """Whether the figures are those of the run as it is."""
        return self._is_up_to_date and self.evaluated_at == self.trainer.steps

    def look(self) -> None:
        """Compute and record the figures; go back to the last finite step if they are not."""
        if not self.is_known:
            self._evaluate()
        if divergence.is_healthy(self.trainer, self.evaluation):
            self._record()
            self._healthy = self._finite = self.trainer.state()
        elif self.divergence is None:
            self._stop_diverged()

    def _evaluate(self) -> None:
        self.evaluation = self.trainer.evaluate()
        self.evaluated_at = self.trainer.steps
        self._is_up_to_date = True

    def glance(self) -> None:
        """Remember the present state if all parameters are finite, otherwise ``look``.

        It costs much less than a look where there are many points.
        """
        if self.trainer.is_finite():
            self._finite = self.trainer.state()
        else:
            self.look()

    def _record(self) -> None:
        self.history.record(self.trainer.steps, self.trainer.epochs, self.evaluation)
        self.spreads.record(self.trainer.steps, self.trainer.network)

    def _forget_after(self, steps: int) -> None:
        """Forget what is known of later steps, because the run is at this one again."""
        self.history.truncate(steps)
        self.spreads.truncate(steps)

    def _stop_diverged(self) -> None:
        """Find the step that left the finite numbers, and go back to before it."""
        trainer, healthy = self.trainer, self._latest_healthy()
        if healthy is None:
            self._stop_at_the_edit()
            return
        self._went_back(divergence.locate(trainer, healthy))

    def _stop_at_the_edit(self) -> None:
        """Where no healthy state is known, be where the run was last edited, or where it began."""
        trainer, finite = self.trainer, self._finite
        if finite is not None and finite.steps < trainer.steps:
            trainer.restore(finite)
            self._forget_after(trainer.steps)
            self._evaluate()
        at_the_start = self._is_as_built and not trainer.steps
        describe = divergence.at_the_start if at_the_start else divergence.by_an_edit
        self.divergence = describe(trainer)

    def _went_back(self, found: Divergence) -> None:
        """Take note that the trainer has gone back to before the step that made it diverge."""
        trainer = self.trainer
        self._forget_after(trainer.steps)
        self._evaluate()
        self._record()
        self._healthy = self._finite = trainer.state()
        self.tell_divergence(found)

    def tell_divergence(self, found: Divergence) -> None:
        """Take note of why the run, which is before the step that made it diverge, has stopped."""
        if math.isfinite(found.loss) and found.step > self.trainer.steps:
            # The screen shows what happened: the weights are not finite, but the loss still was.
            self.history.record_loss(found.step, found.epoch, found.loss)
        self.divergence = found

    def _latest_healthy(self) -> TrainerState | None:
        """Return the latest state that is known to be healthy; None where none is.

        Afterwards the trainer is where it was.
        """
        trainer, healthy, finite = self.trainer, self._healthy, self._finite
        earliest = -1 if healthy is None else healthy.steps
        if finite is None or not earliest < finite.steps < trainer.steps:
            return healthy
        present = trainer.state()
        trainer.restore(finite)
        loss_is_finite = math.isfinite(trainer.evaluate().train_loss)
        trainer.restore(present)
        return finite if loss_is_finite else healthy

    @property
    def can_go_on(self) -> bool:
        """Whether there is a finite step to go on from."""
        return self.divergence is None or self._healthy is not None

    def move_on(self) -> None:
        """Forget what stopped the run, if it can go on from where it is."""
        self.stopped_by = ""
        if self.divergence is not None and self.can_go_on:
            self.divergence = None
            self._forget_after(self.trainer.steps)

    def edited(self, label: str) -> None:
        """Take note that the trainer's experiment has been changed.

        What was healthy before may no longer be, and no state of before leads to what comes.

        Args:
            label: What was changed.
        """
        self.move_on()
        self._is_as_built = False
        self.history.mark(self.trainer.steps, label)
        self._is_up_to_date = False
        self.divergence = self._healthy = None
        self._finite = self.trainer.state() if self.trainer.is_finite() else None

    def step_on(self, point: int, label: str) -> None:
        """Make one update from one training point alone, if the run can go on.

        No replay leads through it, so it is looked at closely: the run goes back to before it at
        once if it leaves the finite numbers.

        Args:
            point: The training point, counted from 0.
            label: What to call it in the history.
        """
        self.move_on()
        self.look()
        before, make_step = self._healthy, partial(self.trainer.step_on, point)
        if self.divergence is not None or before is None:
            return
        make_step()
        self._evaluate()
        if divergence.is_healthy(self.trainer, self.evaluation):
            self.history.mark(self.trainer.steps, label)
            self.look()
        else:
            self._went_back(divergence.of_step(self.trainer, before, make_step))

    def state(self) -> TrainerState:
        """Return where the run is: its last step whose parameters are finite, if one is known."""
        state = None if self.trainer.is_finite() else self._finite
        return state or self.trainer.state()

    def keep(self) -> KeptRun:
        """Leave the run; what is returned is all that it takes to go on from its last finite step.

        From here on its history and its spreads belong to what is returned.
        """
        state = self.state()
        self._forget_after(state.steps)
        return KeptRun(
            run=self.number,
            experiment=self.trainer.experiment,
            prepared=self.trainer.prepared,
            state=state,
            history=self.history,
            spreads=self.spreads,
            limits=self.limits,
        )
