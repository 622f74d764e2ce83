"""When training has left the finite numbers: where exactly, and what to try."""

import dataclasses
import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from nntui.training.evaluation import Evaluation

if TYPE_CHECKING:  # The app shows a divergence, but has no use for the engine.
    from nntui.training.state import TrainerState
    from nntui.training.trainer import Trainer


@dataclass(frozen=True)
class Divergence:
    """The step that made a loss or a parameter infinite or NaN.

    Attributes:
        step: The number of the step, counted from 1; 0 if it was so before the first one.
        epoch: The epoch that the step belongs to, counted from 1.
        loss: The training loss after it.
        largest_weight: The largest absolute parameter before it.
        largest_gradient: The largest absolute gradient of the step, after penalty and clipping;
            infinite if any was not finite.
        learning_rate: The learning rate of the step.
        clipped: Whether gradients were clipped.
        is_edit: Whether no step did it but an edit of the run; ``step`` is the last one before.
    """

    step: int
    epoch: int
    loss: float
    largest_weight: float
    largest_gradient: float
    learning_rate: float
    clipped: bool
    is_edit: bool = False

    @property
    def message(self) -> str:
        """What happened and what to try, in a few sentences."""
        loss = "NaN (not a number)" if math.isnan(self.loss) else "infinite"
        if math.isfinite(self.loss):
            loss = f"{self.loss:.3g} and the weights are no longer finite numbers"
        if self.is_edit:
            return (
                f"The network cannot be trained on as it is now: the training loss is {loss}, "
                f"and the largest weight is {self.largest_weight:.3g}. Take the last edit back "
                "(undo), or make it smaller."
            )
        if self.step == 0:
            return (
                f"Training cannot begin (step 0): with the initial weights the training loss is "
                f"{loss}. The largest weight is {self.largest_weight:.3g}; no gradient has been "
                "computed yet. Try smaller initial weights, or bring the inputs to a common "
                "scale (data.standardize = true)."
            )
        clipping = "" if self.clipped else " gradient clipping (optimizer.clip_norm = 1),"
        return (
            f"Training diverged at step {self.step:,} (epoch {self.epoch:,}): the training loss "
            f"became {loss}. Before that step the largest weight was {self.largest_weight:.3g}; "
            f"the step's largest gradient was {self.largest_gradient:.3g}. "
            f"Try a smaller learning rate (it was {self.learning_rate:.3g}),{clipping} or smaller "
            "initial weights. "
            "The last finite weights are kept."
        )


def is_healthy(trainer: "Trainer", evaluation: Evaluation) -> bool:
    """Tell whether the parameters and the training loss are finite numbers.

    Args:
        trainer: A run.
        evaluation: Its present figures.
    """
    return trainer.is_finite() and math.isfinite(evaluation.train_loss)


def locate(trainer: "Trainer", healthy: "TrainerState") -> Divergence:
    """Find the step that made a run diverge, and go back to before it.

    A run repeats itself bit for bit, so it is replayed from the last state known to be healthy,
    halving the distance each time.

    Args:
        trainer: A run that is not healthy. Afterwards it is in its last healthy state.
        healthy: An earlier state of the same run.
    """
    bad = trainer.steps
    while bad - healthy.steps > 1:
        middle = (healthy.steps + bad) // 2
        trainer.restore(healthy)
        trainer.train(middle - trainer.steps)
        if is_healthy(trainer, trainer.evaluate()):
            healthy = trainer.state()
        else:
            bad = middle
    return of_step(trainer, healthy, trainer.step)


def of_step(
    trainer: "Trainer", healthy: "TrainerState", make_step: Callable[[], object]
) -> Divergence:
    """Describe the step that made a run diverge, and go back to before it.

    Args:
        trainer: A run. Afterwards it is in the healthy state.
        healthy: The run's state before the step.
        make_step: Makes the step.
    """
    trainer.restore(healthy)
    largest_weight = _largest(trainer.network.parameters)
    learning_rate, epoch = trainer.learning_rate, trainer.epochs + 1
    make_step()
    divergence = Divergence(
        step=healthy.steps + 1,
        epoch=epoch,
        loss=trainer.evaluate().train_loss,
        largest_weight=largest_weight,
        largest_gradient=_largest(trainer.network.gradients),
        learning_rate=learning_rate,
        clipped=trainer.experiment.optimizer.clip_norm > 0,
    )
    trainer.restore(healthy)
    return divergence


def at_the_start(trainer: "Trainer") -> Divergence:
    """Describe a run whose initial weights already give a loss that is not finite."""
    return Divergence(
        step=0,
        epoch=1,
        loss=trainer.evaluate().train_loss,
        largest_weight=_largest(trainer.network.parameters),
        largest_gradient=math.nan,
        learning_rate=trainer.learning_rate,
        clipped=trainer.experiment.optimizer.clip_norm > 0,
    )


def by_an_edit(trainer: "Trainer") -> Divergence:
    """Describe a run whose numbers an edit has made such that the loss is not finite."""
    found = at_the_start(trainer)
    return dataclasses.replace(found, step=trainer.steps, epoch=trainer.epochs + 1, is_edit=True)


def _largest(numbers: NDArray[np.floating[Any]]) -> float:
    """Return the largest absolute value; infinity if any number is not finite."""
    if not np.isfinite(numbers).all():
        return math.inf
    return float(np.abs(numbers).max(initial=0.0))
