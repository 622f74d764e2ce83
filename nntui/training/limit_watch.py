"""Watches over the limits of a run that somebody plays: each pauses it once."""

import math
from dataclasses import dataclass

from nntui.errors import ExperimentError
from nntui.training.evaluation import Evaluation
from nntui.training.limits import Limits
from nntui.training.trainer import Trainer
from nntui.training.until import Condition

PAUSING_ONCE = ("epochs", "steps", "seconds", "patience")
"""The limits that are reached by name; conditions are struck off a list instead."""


_NO_LIMITS = Limits()


@dataclass(frozen=True)
class LimitState:
    """What a watch over limits knows.

    Attributes:
        limits: The limits.
        seconds: How long the run's steps took so far.
        reached: Those of ``PAUSING_ONCE`` that have been reached.
        conditions: The conditions that have not held yet.
        best_loss: The smallest test loss at the end of an epoch, if patience watches it.
        best_epoch: The epoch it was found at; 0 where none is known.
    """

    limits: Limits = _NO_LIMITS
    seconds: float = 0.0
    reached: frozenset[str] = frozenset()
    conditions: tuple[Condition, ...] = ()
    best_loss: float = math.inf
    best_epoch: int = 0


def check_limits(limits: Limits, evaluation: Evaluation) -> None:
    """Refuse limits that need figures a run does not have.

    Args:
        limits: What pauses the run.
        evaluation: Any figures of it.

    Raises:
        ExperimentError: A condition's metric, or the test loss that patience watches, is missing.
    """
    for condition in limits.until:
        condition.check_against(evaluation)
    if limits.patience and evaluation.test_loss is None:
        raise ExperimentError(
            "training.patience: found no test points to watch; expected data.test_fraction "
            "greater than 0, and enough points in some class for a share of them."
        )


class LimitWatch:
    """Tells when a run has reached one of its limits; each of them only once.

    Args:
        limits: The limits.

    Attributes:
        seconds: How long the run's steps took so far.
    """

    def __init__(self, limits: Limits) -> None:
        self.seconds = 0.0
        self._limits = limits
        self._reached: set[str] = set()
        self._conditions = list(limits.until)
        self._best_loss = math.inf
        self._best_epoch = 0

    def state(self) -> LimitState:
        """Return all that is known."""
        return LimitState(
            limits=self._limits,
            seconds=self.seconds,
            reached=frozenset(self._reached),
            conditions=tuple(self._conditions),
            best_loss=self._best_loss,
            best_epoch=self._best_epoch,
        )

    @classmethod
    def of(cls, state: LimitState) -> "LimitWatch":
        """Bring back a watch from what ``state`` returned."""
        watch = cls(state.limits)
        watch.seconds = state.seconds
        watch._reached = set(state.reached)
        watch._conditions = list(state.conditions)
        watch._best_loss, watch._best_epoch = state.best_loss, state.best_epoch
        return watch

    @property
    def watches_epochs(self) -> bool:
        """Whether the figures have to be known at every end of an epoch."""
        return bool(self._conditions) or self._watches_patience

    @property
    def _watches_patience(self) -> bool:
        return self._limits.patience > 0 and "patience" not in self._reached

    def steps_to_go(self, trainer: Trainer) -> int | None:
        """Return how many steps there are to the next limit or look; None for any number."""
        steps = [
            number - trainer.steps if key == "steps" else steps_to_epoch(trainer, number)
            for key, number in (("steps", self._limits.steps), ("epochs", self._limits.epochs))
            if number is not None and key not in self._reached
        ]
        if self.watches_epochs:
            steps.append(trainer.steps_left_in_epoch)
        return max(min(steps), 1) if steps else None

    def may_stop(self, trainer: Trainer) -> bool:
        """Tell whether ``stops`` has to be asked now, for which the figures have to be known."""
        return (self.watches_epochs and trainer.is_between_epochs) or bool(self._passed(trainer))

    def stops(self, trainer: Trainer, evaluation: Evaluation) -> str:
        """Say which limit has been reached; nothing if none has.

        Args:
            trainer: The run.
            evaluation: Its figures.
        """
        texts = self._passed(trainer)
        self._reached |= texts.keys()
        if self.watches_epochs and trainer.is_between_epochs:
            holding = [condition for condition in self._conditions if condition.holds(evaluation)]
            self._conditions = [each for each in self._conditions if each not in holding]
            texts |= {f"until {condition}": f"{condition} reached" for condition in holding}
            if self._watches_patience and self._patience_ran_out(trainer, evaluation):
                self._reached.add("patience")
                texts["patience"] = (
                    f"patience {self._limits.patience:,} reached: the test loss was best at epoch "
                    f"{self._best_epoch:,}"
                )
        return next(iter(texts.values()), "")

    def _passed(self, trainer: Trainer) -> dict[str, str]:
        """Say which limits of epochs, steps and seconds have been reached for the first time."""
        limits = self._limits
        return {
            key: words.format(number)
            for key, number, now, words in (
                ("epochs", limits.epochs, trainer.epochs, "epochs {:,} reached"),
                ("steps", limits.steps, trainer.steps, "steps {:,} reached"),
                ("seconds", limits.seconds, self.seconds, "{:g} seconds of training reached"),
            )
            if number is not None and now >= number and key not in self._reached
        }

    def _patience_ran_out(self, trainer: Trainer, evaluation: Evaluation) -> bool:
        loss = math.inf if evaluation.test_loss is None else evaluation.test_loss
        if not self._best_epoch or loss < self._best_loss:
            self._best_loss, self._best_epoch = loss, trainer.epochs
        return trainer.epochs - self._best_epoch >= self._limits.patience


def steps_to_epoch(trainer: Trainer, epoch: int) -> int:
    """Return how many steps there are to the end of an epoch, counted from 1."""
    whole_epochs = epoch - trainer.epochs - 1
    return trainer.steps_left_in_epoch + whole_epochs * trainer.steps_per_epoch
