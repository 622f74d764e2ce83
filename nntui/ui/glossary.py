"""A short explanation of every term on the screen, and which term explains which setting.

The texts are in ``glossary.toml`` beside this file.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from types import MappingProxyType
from typing import NotRequired, TypedDict, cast

from nntui.experiment.form import general_key

LONGEST_TEXT = 300
"""How many characters an explanation has at most: it is read in a corner of the screen."""


@dataclass(frozen=True)
class Entry:
    """One term of the glossary.

    Attributes:
        term: The term as it is spelt within a sentence.
        text: What it means, in one to three sentences.
        keys: What of an experiment it explains: keys such as ``optimizer.momentum`` or
            ``layers.*.units``, choices such as ``activation=relu``.
        see: Related terms, the closest first.
    """

    term: str
    text: str
    keys: tuple[str, ...] = ()
    see: tuple[str, ...] = ()


class _Table(TypedDict):
    term: str
    text: str
    keys: NotRequired[list[str]]
    see: NotRequired[list[str]]


@cache
def glossary() -> Mapping[str, Entry]:
    """Return every entry by its term, in alphabetical order.

    The file is read at the first call: no frame waits for it.
    """
    content = resources.files("nntui.ui").joinpath("glossary.toml").read_text("utf-8")
    tables = cast("list[_Table]", tomllib.loads(content)["entry"])
    entries = (
        Entry(
            table["term"], table["text"], tuple(table.get("keys", ())), tuple(table.get("see", ()))
        )
        for table in tables
    )
    return MappingProxyType({entry.term: entry for entry in entries})


@cache
def _by_key() -> Mapping[str, Entry]:
    return {key: entry for entry in glossary().values() for key in entry.keys}


def entry_for_key(key: str) -> Entry | None:
    """Find the entry that explains a key of an experiment.

    Args:
        key: The path of a key, of any layer, with or without a part's ``.name``.

    Example:
        >>> entry_for_key("layers.2.dropout").term
        'dropout'
    """
    return _found(general_key(key))


def entry_for_choice(key: str, choice: str) -> Entry | None:
    """Find the entry that explains one of a key's choices.

    Args:
        key: The path of a key, as ``entry_for_key`` takes it.
        choice: A name that may be chosen there.

    Example:
        >>> entry_for_choice("output.activation", "tanh").term
        'tanh'
    """
    return _found(f"{general_key(key)}={choice}")


def _found(key: str) -> Entry | None:
    """Look a key up by its whole path, then by the path that is the same in every layer."""
    general = key.removeprefix("layers.*.").removeprefix("output.")
    return _by_key().get(key) or _by_key().get(general)
