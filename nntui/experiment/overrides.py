"""Changing single keys of an experiment: by ``--set``, by a flag, or by a form's field."""

import copy
import re
from collections.abc import Mapping, Sequence
from typing import cast

from nntui.errors import ExperimentError
from nntui.experiment.convert import (
    Plain,
    checked_plain,
    kind_named,
    part_to_table,
    problem_with,
    to_plain,
    value_to_plain,
)
from nntui.experiment.experiment import Experiment
from nntui.experiment.fields import Field, field_at, fields_of
from nntui.experiment.parts import PartSettings
from nntui.experiment.text import KeyProblem, join_key, shown_value
from nntui.experiment.toml_file import parse_value
from nntui.experiment.unit_numbers import (
    NAMING_UNITS,
    forget_units_above,
    with_outputs_released,
)
from nntui.quoting import printable

Override = tuple[str, object]

_MOST_DIGITS = 100
_SOURCE = "data.source"
_SETTINGS_OF_A_SOURCE = ("classes", "noise", "features", "label", "header", "task", "columns")


class TypedText(str):
    """A value that a user typed, still to be read as what its key holds."""

    __slots__ = ()


def parse_setting(text: str) -> Override:
    """Split ``key.path=value``, as ``--set`` takes it.

    Raises:
        ExperimentError: Where there is no key or no equals sign.
    """
    key, equals, value = text.partition("=")
    if not equals or not key.strip():
        raise ExperimentError(
            f"{shown_value(text)}: expected key=value, such as optimizer.learning_rate=0.1"
        )
    return key.strip(), TypedText(value.strip())


def experiment_with(
    base: Experiment | Mapping[str, object], overrides: Sequence[Override], origin: str = ""
) -> Experiment:
    """Set keys of an experiment and check what comes out.

    A part that becomes another kind (``optimizer.name``, ``layers.0.activation``) keeps those
    settings that were changed from their defaults and mean the same in the new kind; the others
    go. Likewise another ``data.source`` lets go of what was said about the old one's classes,
    noise, features and columns, fewer ``units`` of what was said about the neurons that go, and
    outputs that come to stand for something else are no longer frozen. Keys that are set in the
    same call have to fit the new kind.

    Args:
        base: An experiment, or the plain tables of one as ``read_table`` gives them.
        overrides: Pairs of a key's path and its value. ``layers.*.dropout`` stands for every
            hidden layer; ``layers`` also takes a list of units, such as ``[16, 8]``, and keeps
            the other settings of the first layer there was, its single neurons aside. A
            ``TypedText`` is read as TOML, or as it stands where the key holds a text or a name.
        origin: Where the base came from, such as a file's name, for messages about its keys.

    Raises:
        ExperimentError: Naming the key, what was found and what was expected.
    """
    plain = to_plain(base) if isinstance(base, Experiment) else base
    try:
        table = copy.deepcopy(dict(plain))
    except RecursionError:
        where = f"{origin}: " if origin else ""
        raise ExperimentError(f"{where}found tables too deep to read") from None
    changes = [(key, _interpreted(key, value)) for key, value in overrides]
    try:
        # Whole tables and names first: they decide which settings there are to be set.
        for key, value in sorted(changes, key=lambda change: _turn(change[0])):
            _set(table, key, value)
        made = checked_plain(table)
    except KeyProblem as problem:
        ours = any(_covers(key, value, problem.key) for key, value in changes)
        raise ExperimentError(
            f"{origin}: {problem}" if origin and not ours else str(problem)
        ) from None
    if not isinstance(base, Experiment) or "output.frozen_units" in dict(changes):
        return made
    return with_outputs_released(base, made)


def edit(experiment: Experiment, key: str, text: str) -> Experiment:
    """Set one key to what a user typed; the empty text or ``none`` leaves an optional key out.

    Raises:
        ExperimentError: Naming the key, what was found and what was expected.
    """
    return experiment_with(experiment, [(key, TypedText(text))])


def _turn(key: str) -> tuple[bool, int]:
    """Tell when a key is to be set: tables and names before settings, outer before inner."""
    key = key.removesuffix(".name")
    described = field_at(key)
    is_table = described is not None and bool(
        described.kinds or described.section or described.items
    )
    comes_first = is_table or key == _SOURCE or key.endswith(".units")
    return not comes_first, key.count(".")


def _covers(key: str, value: object, problem_key: str) -> bool:
    """Tell whether a problem at a key comes from this override rather than from the base."""
    shown = ".".join(join_key("", name) for name in key.split("."))
    ours, theirs = (one.removesuffix(".name").split(".") for one in (shown, problem_key))
    if isinstance(value, str) and len(theirs) > len(ours):
        # A name has nothing inside; what is wrong below it was there before.
        return False
    return all(a in (b, "*") for a, b in zip(ours, theirs, strict=False))


def _interpreted(key: str, value: object) -> object:
    """Read what was typed as what the key holds; leave all other values as they are."""
    if isinstance(value, PartSettings):
        # Its table rather than its name: all of its settings are meant, defaults too.
        return part_to_table(value)
    if not isinstance(value, TypedText):
        return value_to_plain(value)
    described, text = field_at(key), str(value).strip()
    return _read(text) if described is None else _read_as(described, text)


def _read_as(described: Field, text: str) -> object:
    is_list, is_left_out = described.type_text.startswith("list of"), text.lower() in ("", "none")
    if is_left_out and (described.optional or is_list):
        return [] if is_list else None
    if is_list and not text.startswith("["):
        return [_item(described, item.strip()) for item in text.split(",")]
    if described.type_text == "text" and not text.startswith(('"', "'")):
        # A column called 2024 is a text, though TOML would read a number.
        return text
    return _read(text)


def _item(described: Field, text: str) -> object:
    return text if described.type_text == "list of texts" else _read(text)


def _read(text: str) -> object:
    """Read a value as in an experiment file; what is none is a number, or else a bare text."""
    try:
        return parse_value(text)
    except ValueError:
        pass
    # People type .5, 1. and 007, which TOML does not know.
    if re.fullmatch(rf"[+-]?\d{{1,{_MOST_DIGITS}}}", text, re.ASCII):
        return int(text)
    if re.fullmatch(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?", text, re.ASCII):
        return float(text)
    return text


def _set(table: Plain, key: str, value: object) -> None:
    """Set one key of the plain tables, making those on its way that were left out."""
    if key == "layers":
        table["layers"] = _layers_like(table.get("layers"), value)
        return
    place: object = table
    names, path = key.split("."), ""
    for position, name in enumerate(names[:-1]):
        path = join_key(path, name)
        place = _entered(place, name, path)
        layers = _as_list(place)
        if layers is not None and names[position + 1] == "*":
            if not layers:
                raise KeyProblem(path, f"{printable(key)}: expected hidden layers, found none")
            for index in range(len(layers)):
                _set(table, key.replace("*", str(index), 1), value)
            return
    target = _as_table(place)
    if target is None:
        shown = join_key(path, names[-1])
        raise KeyProblem(shown, f"{shown}: unknown key; {path} is not a table")
    if key == _SOURCE and target.get("source") != value:
        for setting in _SETTINGS_OF_A_SOURCE:
            target.pop(setting, None)
    if names[0] == "layers" and names[-1] == "units":
        forget_units_above(target, value)
    if not (isinstance(value, str) and _chose_kind(target, key, value)):
        target[names[-1]] = value


def _chose_kind(target: Plain, key: str, name: str) -> bool:
    """Take a name for a part, given as ``optimizer`` or ``optimizer.name``, where it is one."""
    parent, _, last = key.rpartition(".")
    if last == "name":
        return _switched(target, parent, name)
    described = field_at(key)
    if described is None or not described.kinds:
        return False
    part = _as_table(_entered(target, last, key))
    return part is not None and _switched(part, key, name)


def _entered(place: object, name: str, path: str) -> object:
    """Step into a table or a list, writing out what a bare name or a default stands for."""
    items = _as_list(place)
    if items is not None:
        if not name.isdecimal() or int(name) >= len(items):
            raise KeyProblem(
                path,
                f"{path}: there is no such layer; expected "
                + (f"layers.0 to layers.{len(items) - 1}" if items else "no hidden layers"),
            )
        return items[int(name)]
    table = _as_table(place)
    if table is None:
        raise KeyProblem(path, f"{path}: unknown key; a value has no keys of its own")
    found, described = table.get(name), field_at(path)
    if described is not None and described.items and found is None:
        found = value_to_plain(described.default)
    elif described is not None and described.kinds and isinstance(found, str):
        found = {"name": found}
    elif found is None:
        found = {}
    table[name] = found
    return found


def _switched(part: Plain, key: str, name: str) -> bool:
    """Make a part another kind in place, dropping the settings that have no meaning there."""
    described = field_at(key)
    if described is None or not described.kinds:
        return False
    old_name = part.get("name")
    old = kind_named(described, old_name) if isinstance(old_name, str) else None
    if old_name is None and isinstance(described.default, PartSettings):
        old = type(described.default)
    new = kind_named(described, name)
    if old is not None and new is not None and old is not new:
        known = {one.name: one for one in fields_of(new)}
        for one in fields_of(old):
            same = one.name in known and known[one.name].expected == one.expected
            if one.name in part and (not same or part[one.name] == value_to_plain(one.default)):
                del part[one.name]
    part["name"] = name
    return True


def _layers_like(layers: object, value: object) -> object:
    """Make hidden layers of numbers of units, with the first layer's other settings."""
    if isinstance(value, int) and not isinstance(value, bool):
        value = [value]
    items = _as_list(value)
    if items is None:
        return value
    old = _as_list(layers)
    first = (_as_table(old[0]) if old else None) or {}
    template = {name: item for name, item in first.items() if name not in NAMING_UNITS}
    made: list[object] = []
    for index, item in enumerate(items):
        if isinstance(item, dict):
            made.append(cast("Plain", item))
        elif isinstance(item, int) and not isinstance(item, bool):
            made.append({**copy.deepcopy(template), "units": item})
        else:
            raise problem_with(f"layers.{index}.units", item, "a whole number of units")
    return made


def _as_table(value: object) -> Plain | None:
    return cast("Plain", value) if isinstance(value, dict) else None


def _as_list(value: object) -> list[object] | None:
    return cast("list[object]", value) if isinstance(value, list) else None
