"""What can be set in an experiment: each key's type, range, choices, default and description.

All of it is read off the records in ``experiment``, so that a file's comments, a message, a
command-line flag and a form can never say different things about one key.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from typing import cast

import msgspec
from msgspec import NODEFAULT, Struct, inspect

from nntui.experiment.experiment import Experiment
from nntui.experiment.parts import PartSettings
from nntui.experiment.text import join_key


@dataclass(frozen=True)
class Field:
    """One key of an experiment, described.

    Attributes:
        key: The path of the key, such as ``data.noise``; in ``fields_of`` the name alone.
        name: The last part of the key.
        description: One plain line, with the unit where there is one.
        type_text: ``whole number``, ``number``, ``text``, ``true or false``, ``list of texts``,
            ``list of whole numbers``, ``choice``, ``list of tables`` or ``table``.
        range_text: The range of a number, or of each number of a list, such as
            ``from 1 to 65536``; empty where there is none.
        default: The value where none is given; None where it follows from the data.
        optional: Whether the key may be left out to follow from the data.
        choices: The names or values that may be chosen; empty where any value of the type may.
        kinds: For a part chosen by name, the record of each name's settings.
        section: For a table, the record of its keys.
        items: For a list of tables, the record of each one's keys.
        annotation: The type with its range, as ``msgspec.convert`` takes it.
    """

    key: str
    name: str
    description: str
    type_text: str
    range_text: str
    default: object
    optional: bool
    choices: tuple[str, ...]
    kinds: Mapping[str, type[PartSettings]]
    section: type[Struct] | None
    items: type[Struct] | None
    annotation: object = field(repr=False, compare=False)

    @property
    def expected(self) -> str:
        """What may be given for this key, as the end of a message that says "expected"."""
        if self.choices:
            return "one of " + ", ".join(self.choices)
        if self.type_text in ("text", "true or false"):
            # An empty text is the only one that is ever refused for its length.
            return "text that is not empty" if self.type_text == "text" else self.type_text
        joint = "of " if self.range_text.startswith("at ") else ""
        return " ".join(filter(None, [f"a {self.type_text}", joint + self.range_text]))


@cache
def fields_of(struct: type[Struct]) -> tuple[Field, ...]:
    """Describe the keys of one record, in their order.

    Args:
        struct: ``Experiment``, one of its sections, or the settings of a part.
    """
    return tuple(_field_of(info) for info in msgspec.structs.fields(struct))


def field_at(key: str) -> Field | None:
    """Find the description of a key given by its path, or None where there is no such key.

    Under a part chosen by name the keys of every kind are found, whichever is chosen, with the
    default of the first kind that has them; ``*`` stands for any layer.

    Example:
        >>> field_at("layers.0.dropout").range_text
        'from 0 to below 1'
    """
    structs: list[type[Struct]] = [Experiment]
    found: Field | None = None
    for name in key.split("."):
        if found is not None and found.items is not None:
            if not (name == "*" or name.isdecimal()):
                return None
            structs, found = [found.items], None
            continue
        if found is not None and found.kinds and name == "name":
            structs, found = [], replace(found, name="name", kinds={})
            continue
        candidates = [f for struct in structs for f in fields_of(struct) if f.name == name]
        if not candidates:
            return None
        found = candidates[0]
        structs = [found.section] if found.section else list(found.kinds.values())
    return None if found is None else replace(found, key=key)


def experiment_fields(experiment: Experiment) -> tuple[Field, ...]:
    """List every key that can be set in this experiment, in the order of a file.

    Parts chosen by name give one row for the name and one for each setting of the kind that is
    chosen now. ``default`` is the default of the kind, not the experiment's own value.
    """
    return tuple(_flattened(experiment, ""))


def _flattened(struct: Struct, parent: str) -> list[Field]:
    rows: list[Field] = []
    for described in fields_of(type(struct)):
        key = join_key(parent, described.name)
        value: object = getattr(struct, described.name)
        if described.items is not None:
            layers = cast("tuple[Struct, ...]", value)
            for index, layer in enumerate(layers):
                rows += _flattened(layer, join_key(key, str(index)))
            continue
        if described.section is None:
            rows.append(replace(described, key=key))
        if isinstance(value, Struct):
            rows += _flattened(value, key)
    return rows


def _field_of(info: msgspec.structs.FieldInfo) -> Field:
    found = inspect.type_info(cast("type", info.type))
    extra: dict[str, object] = {}
    if isinstance(found, inspect.Metadata):
        extra = cast("dict[str, object]", found.extra_json_schema or {})  # pyright: ignore[reportUnknownMemberType] - msgspec leaves it open
        found = found.type
    options = list(found.types) if isinstance(found, inspect.UnionType) else [found]
    concrete = [option for option in options if not isinstance(option, inspect.NoneType)]
    kinds = {
        str(option.tag): cast("type[PartSettings]", option.cls)
        for option in concrete
        if isinstance(option, inspect.StructType) and option.tag is not None
    }
    type_text, range_text, choices = _described(concrete[0])
    return Field(
        key=info.name,
        name=info.name,
        description=str(extra.get("description", "")),
        type_text="choice" if kinds else type_text,
        range_text=range_text,
        default=None if info.default is NODEFAULT else info.default,
        optional=len(concrete) < len(options),
        choices=tuple(kinds) or choices,
        kinds=kinds,
        section=None if kinds else _struct_in(concrete[0]),
        items=_struct_in(concrete[0].item_type)
        if isinstance(concrete[0], inspect.VarTupleType)
        else None,
        annotation=cast("object", info.type),
    )


def _struct_in(found: inspect.Type) -> type[Struct] | None:
    return found.cls if isinstance(found, inspect.StructType) else None


def _described(found: inspect.Type) -> tuple[str, str, tuple[str, ...]]:
    """Put a type into words: its name, its range, and the values to choose from."""
    described: tuple[str, str, tuple[str, ...]] = ("text", "", ())
    match found:
        case inspect.BoolType():
            described = ("true or false", "", ())
        case inspect.IntType():
            described = ("whole number", _range_text(found), ())
        case inspect.FloatType():
            described = ("number", _range_text(found), ())
        case inspect.LiteralType():
            described = ("choice", "", tuple(str(value) for value in found.values))
        case inspect.VarTupleType(item_type=inspect.StrType()):
            described = ("list of texts", "", ())
        case inspect.VarTupleType(item_type=inspect.IntType() as number):
            described = ("list of whole numbers", _range_text(number), ())
        case inspect.VarTupleType():
            described = ("list of tables", f"at most {found.max_length}", ())
        case inspect.StructType():
            described = ("table", "", ())
        case _:
            pass
    return described


def _range_text(number: inspect.IntType | inspect.FloatType) -> str:
    low, high = "", ""
    if number.ge is not None:
        has_top = number.le is not None or number.lt is not None
        low = f"from {number.ge:g}" if has_top else f"at least {number.ge:g}"
    elif number.gt is not None:
        low = f"greater than {number.gt:g}"
    if number.le is not None:
        high = f"{'to' if number.ge is not None else 'and at most'} {number.le}"
    elif number.lt is not None:
        high = f"to below {number.lt}"
    return " ".join(filter(None, [low, high]))
