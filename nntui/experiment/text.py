"""How keys and values of an experiment are shown to a user in a message or a form."""

import json
import re
from typing import cast

from nntui.errors import ExperimentError
from nntui.quoting import printable

_LONGEST_VALUE = 40
_BARE_KEY = re.compile(r"[A-Za-z0-9_*-]+")


class KeyProblem(ExperimentError):  # noqa: N818 - it becomes an ExperimentError once it has a file
    """What is wrong at one key, before it is known which file or flag the key came from.

    Attributes:
        key: The path of the key, such as ``optimizer.learning_rate`` or ``layers.0.units``.
    """

    def __init__(self, key: str, text: str) -> None:
        super().__init__(text)
        self.key = key


def join_key(parent: str, name: str) -> str:
    """Put a key's name after the path of the table it stands in."""
    is_bare = len(name) <= _LONGEST_VALUE and _BARE_KEY.fullmatch(name)
    shown = name if is_bare else shown_value(name)
    return f"{parent}.{shown}" if parent else shown


def shown_value(value: object) -> str:
    """Write a value as a TOML file would, safe to print and not longer than a few words."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        # Cut first: a value of many megabytes is not worth escaping.
        text = json.dumps(value[: _LONGEST_VALUE + 1], ensure_ascii=False)
    elif isinstance(value, dict):
        text = "{...}" if value else "{}"
    elif isinstance(value, list | tuple):
        items = cast("list[object]", value)[:_LONGEST_VALUE]
        # Lists within lists are not followed: they may be deeper than Python can go.
        shown = ("[...]" if isinstance(i, list | tuple) else shown_value(i) for i in items)
        text = f"[{', '.join(shown)}]"
    elif isinstance(value, int) and abs(value) > 10**_LONGEST_VALUE:
        # Python refuses to write out whole numbers of more than 4300 digits.
        text = f"a whole number of {value.bit_length()} bits"
    else:
        text = str(value)
    text = printable(text)
    return text if len(text) <= _LONGEST_VALUE else text[: _LONGEST_VALUE - 3] + "..."


def type_of_value(value: object) -> str:
    """Name a value's type in plain words, with its article."""
    for kinds, text in (
        (bool, "true or false"),
        (int, "a whole number"),
        (float, "a number"),
        (str, "text"),
        (list, "a list"),
        (tuple, "a list"),
        (dict, "a table"),
        (type(None), "nothing"),
    ):
        if isinstance(value, kinds):
            return text
    return "a date or time"


def joined(names: list[str]) -> str:
    """Join names as in a sentence: ``sgd``, ``sgd and adam``, ``sgd, adam and rmsprop``."""
    return " and ".join(filter(None, [", ".join(names[:-1]), *names[-1:]]))
