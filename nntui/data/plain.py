"""Read plain values (the lists, texts and numbers of JSON) that may hold anything at all."""

import math
from typing import TYPE_CHECKING, TypeAlias, cast

from nntui.errors import ModelFileError
from nntui.quoting import quoted

if TYPE_CHECKING:
    from collections.abc import Sequence

Plain: TypeAlias = "bool | int | float | str | Sequence[Plain] | dict[str, Plain] | None"
"""Anything that JSON can hold."""


# A truth value is a whole number to Python, so it is asked for first.
_KINDS = ((bool, "a truth value"), (int, "a whole number"), (list, "a list"), (dict, "a table"))


class PlainReader:
    """Takes the entries of a dictionary apart, each checked for its type.

    Args:
        values: What should be a dictionary with texts for keys.
        where: What it is called in messages.

    Raises:
        ModelFileError: It is no dictionary; every method raises this for what it cannot read.
    """

    def __init__(self, values: object, where: str) -> None:
        if not isinstance(values, dict):
            raise ModelFileError(f"{where}: found {_kind(values)}, expected a table of settings.")
        self._values = cast("dict[object, object]", values)
        self._where = where

    def place(self, key: str) -> str:
        """Return the full name of an entry, for the start of a message."""
        return f"{self._where}.{key}"

    def value(self, key: str) -> object:
        """Return an entry of any type."""
        if key not in self._values:
            raise ModelFileError(f"{self.place(key)}: found nothing, expected this entry.")
        return self._values[key]

    def inner(self, key: str) -> "PlainReader":
        """Return a reader of an entry that is itself a dictionary."""
        return PlainReader(self.value(key), self.place(key))

    def texts(self, key: str) -> tuple[str, ...]:
        """Return an entry that is a list of texts."""
        texts: list[str] = []
        for item in self._list(key):
            if not isinstance(item, str):
                raise ModelFileError(f"{self.place(key)}: found {_kind(item)}, expected texts.")
            texts.append(item)
        return tuple(texts)

    def numbers(self, key: str, count: int) -> list[float]:
        """Return an entry that is a list of so many finite numbers."""
        items = self._list(key)
        if len(items) != count:
            raise ModelFileError(
                f"{self.place(key)}: found {len(items)} numbers, expected {count}, one a column."
            )
        return [self._number(key, item) for item in items]

    def _list(self, key: str) -> list[object]:
        items = self.value(key)
        if not isinstance(items, list):
            raise ModelFileError(f"{self.place(key)}: found {_kind(items)}, expected a list.")
        return cast("list[object]", items)

    def _number(self, key: str, item: object) -> float:
        if isinstance(item, int | float) and not isinstance(item, bool):
            try:
                number = float(item)
            except OverflowError:  # a whole number of more than 308 digits
                number = math.inf
            if math.isfinite(number):
                return number
        raise ModelFileError(f"{self.place(key)}: found {_kind(item)}, expected finite numbers.")


def _kind(value: object) -> str:
    """Say what a value is: itself where it is short and plain, else its type."""
    if value is None:
        return "nothing"
    if isinstance(value, str):
        return quoted(value)
    if isinstance(value, float):
        return str(value)
    for kind, name in _KINDS:
        if isinstance(value, kind):
            return name
    return "something else"
