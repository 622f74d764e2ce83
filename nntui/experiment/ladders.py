"""Sensible values to step through: what the left and right keys do to a setting.

Every number has a ladder of rungs. The tables below give those that suit one key; for any other
the rungs follow from its type and range, so that a new setting can be stepped from the start.
Rungs outside a key's range are never offered.
"""

import re
from collections.abc import Callable, Sequence
from functools import cache
from typing import Literal, TypeAlias, cast

import msgspec

from nntui.data.feature_names import are_numbered
from nntui.experiment.choices import next_choice
from nntui.experiment.data_facts import DataFacts
from nntui.experiment.experiment import Experiment
from nntui.experiment.fields import Field
from nntui.experiment.parts import PartSettings
from nntui.experiment.values import field_in, value_at

Direction: TypeAlias = Literal[-1, 1]
Number: TypeAlias = int | float

_ROUNDING = 1e-9
_MOST_COLUMNS = 16


def _decades(first: int, last: int, digits: Sequence[int]) -> tuple[float, ...]:
    """Write out 1, 3, 10, 30... from 10^first to 10^last, each as people type it."""
    rungs = [float(f"{digit}e{power}") for power in range(first, last) for digit in digits]
    return (*rungs, float(f"1e{last}"))


_RATES = _decades(-6, 1, (1, 3))
_SHARES = tuple(number / 100 for number in range(0, 101, 5))
_MEMORY = (0.0, 0.5, 0.8, 0.9, 0.95, 0.98, 0.99, 0.999, 0.9999)
_STEPS = _decades(1, 9, (1, 2, 5))
_COUNTS = (0, 1, 2, 5, *_STEPS)
_POWERS = tuple(2**power for power in range(24))
_FACTORS = _decades(-2, 2, (1, 2, 5))
_SIGNED = (*(-factor for factor in reversed(_FACTORS)), 0.0, *_FACTORS)
_UNITS = (1, 2, 3, 4, *(base * 2**power for power in range(1, 15) for base in (3, 4)))

_LADDERS: dict[str, tuple[Number, ...]] = {
    "data.samples": (10, 20, 50, 100, 200, 300, 500, *_decades(3, 7, (1, 2, 3, 5))),
    "data.classes": (*range(2, 11), 12, 15, 20, 30, 50, 100, 200, 500, 1000),
    "data.noise": (0.0, 0.01, 0.02, *_SHARES[1:11], 0.6, 0.7, 0.8, 0.9, 1.0),
    "layers.*.units": _UNITS,
    "layers.*.activation.negative_slope": (0.0, 0.01, 0.02, 0.05, 0.1, 0.2, 0.3, 0.5, 1.0),
    "optimizer.momentum": _MEMORY,
    "optimizer.beta_1": _MEMORY,
    "optimizer.beta_2": _MEMORY,
    "optimizer.rho": _MEMORY,
    "optimizer.epsilon": _decades(-10, 0, (1,)),
    "optimizer.clip_norm": (0.0, *_decades(-1, 2, (1, 3))),
    "optimizer.schedule.decay_steps": _STEPS,
    "optimizer.schedule.warmup_steps": (0, *_STEPS),
    "*.activation.alpha": _FACTORS,
    "output.loss.delta": _FACTORS,
    "augmentation.jitter": (0.0, 0.01, 0.02, 0.05, 0.1, 0.2, 0.3, 0.5, 1.0),
    "augmentation.rotation_degrees": (0, 1, 2, 5, 10, 15, 20, 30, 45, 60, 90, 120, 150, 180),
    "augmentation.mixup": (0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 1.0, 2.0, 5.0, 10.0),
    "training.batch_size": _POWERS,
    "training.epochs": _COUNTS,
    "training.patience": (0, 5, *_STEPS),
}
"""The rungs by key; ``*`` stands for any layer or any table. The ends are cut to the range."""

_SEEDS = ("seed", "data.seed")


def stepped(
    experiment: Experiment, field: Field, direction: Direction, facts: DataFacts | None = None
) -> object:
    """Give the next sensible value of a setting, for ``overrides.experiment_with``.

    A number goes to its neighbouring rung, also from between two rungs, and stays at the ends.
    Below the lowest rung of an optional number is None, which follows from the data; up from None
    goes on from what follows, where that is known. Choices and yes or no go round, passing over
    those that the rest of the experiment does not allow. Texts without choices stay.

    Args:
        experiment: A checked experiment.
        field: The key to step, one of the experiment's.
        direction: 1 for up, −1 for down.
        facts: What is known of the data; without them the data set and the features stay.
    """
    facts = DataFacts() if facts is None else facts
    described = field_in(experiment, field.key) or field
    value = value_at(experiment, described.key)
    if described.key == "data.features":
        return _stepped_features(cast("tuple[str, ...]", value), direction, facts)
    if described.key in _SEEDS:
        return _if_allowed(described, cast("int", value) + direction, value)
    ladder = rungs(described)
    if not ladder:
        name = value.name if isinstance(value, PartSettings) else value
        return next_choice(experiment, described, name, direction, facts)
    if value is None:
        return _from_nothing(described, ladder, direction, facts)
    number = cast("Number", value)
    beyond = None if described.optional and direction < 0 else number
    return _neighbour(ladder, number, direction, beyond)


@cache
def _rungs(key: str, type_text: str, range_text: str) -> tuple[Number, ...]:
    pattern = re.sub(r"^layers\.\d+\.", "layers.*.", key)
    for name, ladder in _LADDERS.items():
        if name == pattern or (name.startswith("*") and pattern.endswith(name[1:])):
            return ladder
    if type_text == "whole number":
        return _COUNTS
    if type_text != "number":
        return ()
    if range_text.endswith(("to 1", "to below 1", "at most 1")):
        return _SHARES
    return (0.0, *_RATES) if range_text else _SIGNED


def rungs(field: Field) -> tuple[Number, ...]:
    """List the sensible values of a number, upwards and all within its range.

    Args:
        field: Any key's description; one that holds no number has no rungs.
    """
    ladder = _rungs(field.key, field.type_text, field.range_text)
    typed = int if field.type_text == "whole number" else float
    return tuple(typed(rung) for rung in ladder if _is_allowed(field, typed(rung)))


def feature_sets(facts: DataFacts) -> tuple[tuple[str, ...], ...]:
    """List sensible sets of input features for the data, from the fewest to the most.

    The first is always the empty one: every raw column as it is. Where the columns are not known,
    or are too many, it is the only one.
    """
    columns = facts.columns or len(facts.input_names)
    plain = tuple(f"x{number}" for number in range(1, columns + 1))
    has_other_numbers = are_numbered(facts.input_names) and facts.input_names != plain
    if not 0 < columns <= _MOST_COLUMNS or has_other_numbers:
        return ((),)
    squares = tuple(f"{name}^2" for name in plain)
    sines = tuple(f"sin({name})" for name in plain)
    cosines = tuple(f"cos({name})" for name in plain)
    product = ("x1*x2",) if columns == 2 else ()  # noqa: PLR2004 - of more there are too many
    extras = [product, squares, squares + product, squares + product + sines]
    extras.append(squares + product + sines + cosines)
    return ((), *(plain + extra for extra in dict.fromkeys(extras) if extra))


def _stepped_features(
    value: tuple[str, ...], direction: Direction, facts: DataFacts
) -> tuple[str, ...]:
    sets = feature_sets(facts)
    count = len(value) or (facts.columns or 0)
    # A set of the user's own lies between the sets with fewer features and those with more.
    sizes = [float(len(one) or (facts.columns or 0)) for one in sets]
    places = [place for place, one in enumerate(sets) if one and set(one) == set(value)]
    if not value:
        places = [0]
    if places:
        return sets[min(max(places[0] + direction, 0), len(sets) - 1)]
    larger = [one for one, size in zip(sets, sizes, strict=True) if size > count]
    others = [one for one, size in zip(sets, sizes, strict=True) if size <= count]
    if direction > 0:
        return larger[0] if larger else value
    return others[-1] if others else ()


def _from_nothing(
    field: Field, ladder: tuple[Number, ...], direction: Direction, facts: DataFacts
) -> Number | None:
    if direction < 0:
        return None
    defaults: dict[str, Number | None] = {
        "data.classes": facts.default_classes,
        "data.noise": facts.default_noise,
    }
    default = defaults.get(field.key)
    return ladder[0] if default is None else _neighbour(ladder, default, 1, default)


def _neighbour(
    ladder: tuple[Number, ...], value: Number, direction: Direction, beyond: Number | None
) -> Number | None:
    """Find the next rung up or down, or what lies beyond the last one."""
    margin = abs(value) * _ROUNDING
    is_past: Callable[[Number], bool] = (
        (lambda rung: rung > value + margin)
        if direction > 0
        else (lambda rung: rung < value - margin)
    )
    found = [rung for rung in ladder if is_past(rung)]
    if not found:
        return beyond
    return found[0] if direction > 0 else found[-1]


def _if_allowed(field: Field, candidate: object, otherwise: object) -> object:
    return candidate if _is_allowed(field, candidate) else otherwise


def _is_allowed(field: Field, value: object) -> bool:
    try:
        msgspec.convert(value, cast("type", field.annotation))
    except msgspec.ValidationError:
        return False
    return True
