"""The text of an experiment file, with a comment for each key."""

import textwrap
from typing import cast

import tomli_w
from msgspec import Struct

from nntui.experiment.convert import value_to_plain
from nntui.experiment.experiment import Experiment
from nntui.experiment.fields import Field, fields_of
from nntui.experiment.parts import PartSettings

_LONGEST_LINE = 100
_COMMENT_COLUMN = 30


def to_toml(experiment: Experiment, *, comments: bool = False) -> str:
    """Write an experiment as a TOML file, every default included.

    Args:
        experiment: What to write; reading the text again gives an equal experiment.
        comments: Whether to describe each key, and to mention those that are left out.
    """
    writer = _Writer(comments)
    writer.comment("An experiment for nntui: what to train. Lines that begin with # do nothing.")
    tables = [f for f in fields_of(Experiment) if f.section or f.items or f.name == "optimizer"]
    writer.keys(experiment, [f for f in fields_of(Experiment) if f not in tables])
    if not experiment.layers:
        # An empty list has no [[layers]] heading to stand under, so it comes before all tables.
        writer.line("layers = []", "no hidden layers")
    for described in tables:
        value = cast("object", getattr(experiment, described.name))
        if isinstance(value, tuple):
            for index, layer in enumerate(cast("tuple[Struct, ...]", value)):
                writer.heading(f"[[{described.name}]]", described.description if not index else "")
                # Saying the same again for each layer would only hide what differs.
                _Writer(comments and not index, writer.lines).keys(layer, fields_of(type(layer)))
            continue
        writer.heading(f"[{described.name}]", described.description)
        if isinstance(value, PartSettings):
            writer.choices(described)
            writer.line(f"name = {inline(value.name)}", "the settings below are its own")
        section = cast("Struct", value)
        writer.keys(section, fields_of(type(section)))
    return "\n".join(writer.lines) + "\n"


def inline(value: object) -> str:
    """Write one plain value on one line as TOML does; tables and lists stay on the line too."""
    if isinstance(value, dict):
        table = cast("dict[str, object]", value)
        return "{ " + ", ".join(f"{name} = {inline(item)}" for name, item in table.items()) + " }"
    if isinstance(value, list):
        return "[" + ", ".join(inline(item) for item in cast("list[object]", value)) + "]"
    return tomli_w.dumps({"v": value}).removeprefix("v = ").removesuffix("\n")


class _Writer:
    """Collects the lines of a file, with or without its comments."""

    def __init__(self, comments: bool, lines: list[str] | None = None) -> None:
        self.comments = comments
        self.lines: list[str] = [] if lines is None else lines

    def comment(self, text: str) -> None:
        if self.comments:
            self.lines.append(f"# {text}")

    def heading(self, heading: str, description: str) -> None:
        self.lines.append("")
        self.line(heading, description)

    def keys(self, struct: Struct, fields: tuple[Field, ...] | list[Field]) -> None:
        for described in fields:
            value = value_to_plain(getattr(struct, described.name))
            self.choices(described)
            is_list = described.type_text.startswith("list")
            ranged = f" ({described.range_text})" if described.range_text and not is_list else ""
            comment = described.description + ranged
            if value is not None:
                self.line(f"{described.name} = {inline(value)}", comment)
            elif self.comments:
                self.line(f"# {described.name} =", comment)

    def choices(self, described: Field) -> None:
        if not described.choices:
            return
        name = "name" if described.name == "optimizer" else described.name
        for line in textwrap.wrap(f"{name}: {', '.join(described.choices)}", _LONGEST_LINE - 2):
            self.comment(line)

    def line(self, text: str, comment: str) -> None:
        if not self.comments or not comment:
            self.lines.append(text)
            return
        line = f"{text:<{_COMMENT_COLUMN}}  # {comment}"
        if len(line) > _LONGEST_LINE:
            self.comment(comment)
            line = text
        self.lines.append(line)
