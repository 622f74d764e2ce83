"""What ends a run, from the flags for stopping."""

from collections.abc import Sequence

from nntui.cli.numbers import positive_number, positive_whole_number
from nntui.cli.train_flags import StopFlags
from nntui.experiment.experiment import Experiment
from nntui.experiment.overrides import Override
from nntui.training.limits import Limits
from nntui.training.until import Condition

_EPOCHS, _PATIENCE = "training.epochs", "training.patience"


def training_limits(
    experiment: Experiment, stops: StopFlags, overrides: Sequence[Override]
) -> Limits:
    """Decide what ends a run of ``nntui train``: the experiment's epochs unless flags say other.

    Raises:
        ExperimentError: A flag's value cannot be read.
    """
    given = {key for key, _ in overrides}
    other_limit = stops.steps is not None or stops.seconds is not None
    training = experiment.training
    return _limits(
        stops,
        epochs=training.epochs if _EPOCHS in given or not other_limit else None,
        patience=training.patience,
    )


def playground_limits(
    experiment: Experiment, stops: StopFlags, overrides: Sequence[Override]
) -> Limits:
    """Decide what pauses the playground: only what was asked for on the command line.

    Raises:
        ExperimentError: A flag's value cannot be read.
    """
    given = {key for key, _ in overrides}
    training = experiment.training
    return _limits(
        stops,
        epochs=training.epochs if _EPOCHS in given else None,
        patience=training.patience if _PATIENCE in given else 0,
    )


def _limits(stops: StopFlags, *, epochs: int | None, patience: int) -> Limits:
    return Limits(
        epochs=epochs,
        steps=None if stops.steps is None else positive_whole_number("--steps", stops.steps),
        seconds=None if stops.seconds is None else positive_number("--seconds", stops.seconds),
        until=tuple(Condition.parse(text) for text in stops.until or ()),
        patience=patience,
    )
