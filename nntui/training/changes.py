"""What an edit of an experiment means for a run that is under way."""

from collections.abc import Iterator
from dataclasses import dataclass

import msgspec

from nntui.experiment.checks import resolved_output
from nntui.experiment.experiment import Experiment
from nntui.experiment.parts import ActivationSettings

LIVE_KEYS = (
    "optimizer",
    "regularization",
    "augmentation",
    "training",
    "output.loss",
    "output.trainable",
    "output.frozen_units",
)
"""The keys, with all below them, that can change without beginning the run anew."""

LIVE_LAYER_KEYS = ("activation", "dropout", "trainable", "frozen_units", "silenced_units")
"""The keys of a hidden layer that can."""

OUTPUT_DECIDING_KEYS = ("output.loss", "optimizer.name")
"""Live keys that begin the run anew if another output activation follows from them: it decides
how many units there are and what they aim at."""


@dataclass(frozen=True)
class Change:
    """What differs between two experiments, and what it does to a run.

    Attributes:
        keys: The paths of the keys that differ.
        rebuilding_keys: Those of them for which the run has to begin anew.
        new_optimizer: Whether the optimizer is of another kind, so that what the old one
            remembers is of no use.
    """

    keys: tuple[str, ...]
    rebuilding_keys: tuple[str, ...]
    new_optimizer: bool

    @property
    def rebuilds(self) -> bool:
        """Whether the run begins anew, with fresh weights."""
        return bool(self.rebuilding_keys)


def change_between(before: Experiment, after: Experiment) -> Change:
    """Compare two experiments.

    Example:
        >>> from nntui.experiment.experiment import Experiment
        >>> change_between(Experiment(), Experiment(seed=8)).rebuilding_keys
        ('seed',)
    """
    keys = tuple(_different_keys(before, after))
    same_output = _output_activation(before) == _output_activation(after)
    return Change(
        keys=keys,
        rebuilding_keys=tuple(
            key
            for key in keys
            if not _is_live(key) or (key in OUTPUT_DECIDING_KEYS and not same_output)
        ),
        new_optimizer=before.optimizer.name != after.optimizer.name,
    )


def rebuilds(key: str) -> bool:
    """Tell whether changing a key always begins the run anew.

    A change of one of ``OUTPUT_DECIDING_KEYS`` may do so too: see ``step_rebuilds``.

    Args:
        key: The path of a key; what lies within a layer's part changes as the part does.

    Example:
        >>> rebuilds("data.noise"), rebuilds("layers.0.activation.alpha")
        (True, False)
    """
    names = key.split(".")
    return not _is_live(".".join(names[:3]) if names[0] == "layers" else key)


def step_rebuilds(experiment: Experiment, candidate: Experiment) -> bool:
    """Tell whether going from one experiment to another begins the run anew."""
    return change_between(experiment, candidate).rebuilds


def _output_activation(experiment: Experiment) -> ActivationSettings:
    # Where it is left to the data, it stays the same for both experiments, whatever the task.
    return resolved_output(experiment, "classification").activation


def _is_live(key: str) -> bool:
    first, *rest = key.split(".")
    if first == "layers" and rest:
        return rest[-1] in LIVE_LAYER_KEYS
    return any(key == live or key.startswith(f"{live}.") for live in LIVE_KEYS)


def _different_keys(before: Experiment, after: Experiment) -> Iterator[str]:
    """Yield the paths of the differing keys, down to single fields of a layer."""
    for section in Experiment.__struct_fields__:
        old, new = getattr(before, section), getattr(after, section)
        if old == new:
            continue
        if section == "layers" and len(old) == len(new):
            for index, (old_layer, new_layer) in enumerate(zip(old, new, strict=True)):
                for name in _different_fields(old_layer, new_layer):
                    yield f"layers.{index}.{name}"
        elif section in {"layers", "seed", "dtype"}:
            yield section
        elif type(old) is not type(new):
            yield f"{section}.name"
        else:
            for name in _different_fields(old, new):
                yield f"{section}.{name}"


def _different_fields(before: msgspec.Struct, after: msgspec.Struct) -> list[str]:
    return [
        name
        for name in type(before).__struct_fields__
        if getattr(before, name) != getattr(after, name)
    ]
