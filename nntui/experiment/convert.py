"""Between an experiment and plain tables, as TOML and JSON hold them; every value is checked.

msgspec checks each single value against its type and range; walking the tables here is what
lets a message name the key as the user wrote it, and suggest what was meant.
"""

import math
from collections.abc import Mapping
from typing import cast

import msgspec
from msgspec import Struct, ValidationError

from nntui.errors import ExperimentError, did_you_mean
from nntui.experiment.checks import check_experiment, with_canonical_features
from nntui.experiment.experiment import Experiment
from nntui.experiment.fields import Field, fields_of
from nntui.experiment.parts import PartSettings
from nntui.experiment.text import (
    KeyProblem,
    join_key,
    joined,
    shown_value,
    type_of_value,
)
from nntui.experiment.unit_numbers import check_layer_units, with_units_in_order

Plain = dict[str, object]

_OUTPUT_ONLY = {
    "softmax": ", because softmax is for the output alone",
    "step": ", because step has no slope to learn from and is for a perceptron's output alone",
}


def to_plain(experiment: Experiment) -> Plain:
    """Write an experiment as nested dicts, lists, texts and numbers, every default included.

    A part whose settings all have their defaults is its bare name, except the optimizer, which
    is always a table. What follows from the data (None) is left out.
    """
    return {**_struct_to_plain(experiment), "optimizer": part_to_table(experiment.optimizer)}


def from_plain(table: Mapping[str, object], origin: str = "") -> Experiment:
    """Make an experiment of plain tables; what is left out has its default.

    Args:
        table: Nested tables, as ``tomllib`` or ``json`` reads them.
        origin: Where they came from, such as a file's name, for messages.

    Raises:
        ExperimentError: Naming the key, what was found there and what was expected.
    """
    try:
        return checked_plain(table)
    except KeyProblem as problem:
        raise ExperimentError(f"{origin}: {problem}" if origin else str(problem)) from None


def checked(experiment: Experiment) -> Experiment:
    """Check an experiment that was put together in Python rather than read.

    Returns:
        The same experiment, with the names of features in their usual spelling and the neurons
        named by number in order.

    Raises:
        ExperimentError: Naming the key, what was found there and what was expected.
    """
    return from_plain(to_plain(experiment))


def checked_plain(table: Mapping[str, object]) -> Experiment:
    """Do as ``from_plain``, but raise ``KeyProblem``, which knows its key and no origin."""
    experiment = with_canonical_features(cast("Experiment", _struct(Experiment, table, "")))
    experiment = with_units_in_order(experiment)
    check_experiment(experiment)
    check_layer_units(experiment)
    return experiment


def canonical_name(name: str) -> str:
    """Spell a name so that ReLU, Leaky-ReLU and LeakyReLU are known for what they are."""
    return name.lower().replace("-", "").replace("_", "")


def kind_named(described: Field, name: str) -> type[PartSettings] | None:
    """Find the part with this name, in any spelling that only differs in case and hyphens."""
    wanted = canonical_name(name)
    for known, kind in described.kinds.items():
        if canonical_name(known) == wanted:
            return kind
    return None


def part_to_table(part: PartSettings) -> Plain:
    """Write a part chosen by name as a table: its name, then all its settings."""
    return {"name": part.name, **_struct_to_plain(part)}


def value_to_plain(value: object) -> object:
    """Write one value of an experiment in plain form; see ``to_plain``."""
    if isinstance(value, PartSettings):
        return value.name if value == type(value)() else part_to_table(value)
    if isinstance(value, Struct):
        return _struct_to_plain(value)
    if isinstance(value, tuple):
        return [value_to_plain(item) for item in cast("tuple[object, ...]", value)]
    return value


def _struct_to_plain(struct: Struct) -> Plain:
    values = ((name, cast("object", getattr(struct, name))) for name in struct.__struct_fields__)
    return {name: value_to_plain(value) for name, value in values if value is not None}


def _struct(struct: type[Struct], found: object, key: str, skip: str | None = None) -> Struct:
    """Read a table into a record; ``skip`` names a key that has been dealt with."""
    table = _table(found, key, ", ".join(described.name for described in fields_of(struct)))
    known = {described.name: described for described in fields_of(struct)}
    values: dict[str, object] = {}
    for name, value in table.items():
        if name == skip:
            continue
        if name not in known:
            raise KeyProblem(
                join_key(key, name),
                f"{join_key(key, name)}: unknown key; expected "
                f"{'one of ' if len(known) > 1 else ''}{', '.join(known) or 'none'}."
                f"{did_you_mean(name, known)}",
            )
        values[name] = _value(known[name], value, join_key(key, name))
    return struct(**values)


def _table(found: object, key: str, names: str) -> Mapping[str, object]:
    if not isinstance(found, Mapping):
        raise problem_with(key, found, f"a table with {names}")
    return cast("Mapping[str, object]", found)


def _value(described: Field, value: object, key: str) -> object:
    if value is None and described.optional:
        return None
    if described.kinds:
        return _part(described, value, key)
    if described.section is not None:
        return _struct(described.section, value, key)
    if described.items is not None:
        return _items(described, described.items, value, key)
    return _leaf(described, value, key)


def _part(described: Field, value: object, key: str) -> PartSettings:
    if isinstance(value, PartSettings):
        value = part_to_table(value)
    if isinstance(value, str):
        return _kind(described, value, key)()
    if not isinstance(value, Mapping):
        raise problem_with(key, value, described.expected)
    table = cast("Mapping[str, object]", value)
    name_key = join_key(key, "name")
    if "name" not in table:
        if described.default is None:
            raise KeyProblem(key, f"{key}: expected a name, {described.expected}")
        kind = type(cast("PartSettings", described.default))
    else:
        name = table["name"]
        if not isinstance(name, str):
            raise problem_with(name_key, name, described.expected)
        kind = _kind(described, name, name_key)
    _refuse_settings_of_others(described, kind, table, key)
    return cast("PartSettings", _struct(kind, table, key, skip="name"))


def _kind(described: Field, name: str, key: str) -> type[PartSettings]:
    kind = kind_named(described, name)
    if kind is None:
        plain_name = name.lower().replace("-", "_")
        why = _OUTPUT_ONLY.get(plain_name, "") if described.name == "activation" else ""
        raise KeyProblem(
            key,
            f"{key} = {shown_value(name)}: expected {described.expected}"
            f"{why or '.' + did_you_mean(plain_name, described.kinds)}",
        )
    return kind


def _refuse_settings_of_others(
    described: Field, kind: type[PartSettings], table: Mapping[str, object], key: str
) -> None:
    own = [one.name for one in fields_of(kind)]
    for name in table:
        owners = [
            other
            for other, struct in described.kinds.items()
            if any(one.name == name for one in fields_of(struct))
        ]
        if owners and name not in own:
            raise KeyProblem(
                join_key(key, name),
                f"{join_key(key, name)}: {name} belongs to {joined(owners)}; "
                f"{kind().name} has {', '.join(own) or 'no settings'}",
            )


def _items(described: Field, struct: type[Struct], value: object, key: str) -> tuple[Struct, ...]:
    if not isinstance(value, list | tuple):
        raise problem_with(key, value, described.expected)
    items = cast("list[object]", value)
    try:
        # Only the number of items is checked here: each is a table of its own.
        msgspec.convert([{} for _ in items], cast("type", described.annotation))
    except ValidationError:
        raise KeyProblem(key, f"{key}: found {len(items)}, expected {described.expected}") from None
    return tuple(_struct(struct, item, join_key(key, str(i))) for i, item in enumerate(items))


def _leaf(described: Field, value: object, key: str) -> object:
    if isinstance(value, tuple):
        value = list(cast("tuple[object, ...]", value))
    if isinstance(value, float) and not math.isfinite(value):
        finite = described.expected.replace("a number", "a finite number")
        raise problem_with(key, value, finite)
    _refuse_broken_text(key, value)
    try:
        return cast("object", msgspec.convert(value, cast("type", described.annotation)))
    except ValidationError:
        near = did_you_mean(value.lower(), described.choices) if isinstance(value, str) else ""
        raise problem_with(key, value, described.expected, near) from None


def _refuse_broken_text(key: str, value: object) -> None:
    """Refuse a text that no file can hold: a file's name, typed, may have bytes of no encoding."""
    for text in cast("list[object]", value) if isinstance(value, list) else [value]:
        if isinstance(text, str) and any("\ud800" <= character <= "\udfff" for character in text):
            raise KeyProblem(key, f"{key} = {shown_value(text)}: expected text of UTF-8 characters")


def problem_with(key: str, value: object, expected: str, hint: str = "") -> KeyProblem:
    """Say what was found at a key and what was expected there."""
    stop = "." if hint else ""
    return KeyProblem(
        key,
        f"{key} = {shown_value(value)}: found {type_of_value(value)}, expected "
        f"{expected}{stop}{hint}"
        if _has_wrong_type(value, expected)
        else f"{key} = {shown_value(value)}: expected {expected}{stop}{hint}",
    )


def _has_wrong_type(value: object, expected: str) -> bool:
    """Whether to name the type found: not where a number is merely out of its range."""
    found = type_of_value(value)
    if isinstance(value, int | float) and " number" in expected and not isinstance(value, bool):
        # But 1.5 for a whole number is a number of the wrong type.
        return isinstance(value, float) and expected.startswith("a whole number")
    if found == "text" and expected.startswith("one of"):
        return False
    return not expected.startswith(found)
