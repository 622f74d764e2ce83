"""Running the calls of a tape one after another, with copies of all that they read and wrote."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from nntui.engine.tape import Call

Numbers: TypeAlias = NDArray[Any]
"""A copy of an array of the tape; bits of floating-point numbers are those numbers again."""


@dataclass(frozen=True, eq=False)
class Ran:
    """A call that has run.

    Attributes:
        call: The call; its arrays go on to change.
        inputs: Copies of what it read.
        out: A copy of what it wrote.
    """

    call: Call
    inputs: tuple[Numbers, ...]
    out: Numbers


class Tracer:
    """Runs calls exactly as a step does, and keeps their numbers.

    An array that is read several times before it changes is copied once.
    """

    def __init__(self) -> None:
        self._copies: dict[object, tuple[Numbers, Numbers]] = {}

    def run(self, calls: Iterable[Call]) -> tuple[Ran, ...]:
        """Run calls in order."""
        return tuple(self._run(call) for call in calls)

    def _run(self, call: Call) -> Ran:
        inputs = tuple(self._copy(array) for array in call.inputs)
        function, arguments = call.bound()
        function(*arguments)
        self._forget(call.out)
        return Ran(call, inputs, self._copy(call.out))

    def _copy(self, array: Numbers) -> Numbers:
        key = _place(array)
        if key not in self._copies:
            self._copies[key] = array, as_numbers(array)
        return self._copies[key][1]

    def _forget(self, written: Numbers) -> None:
        stale = [
            key for key, (array, _) in self._copies.items() if np.may_share_memory(array, written)
        ]
        for key in stale:
            del self._copies[key]


def as_numbers(array: Numbers) -> Numbers:
    """Copy an array; bits that are those of floating-point numbers become these numbers again."""
    owner = array.base if isinstance(array.base, np.ndarray) else array
    if array.dtype.kind == "i" and owner.dtype.kind == "f":
        array = array.view(f"f{array.dtype.itemsize}")
    return array.copy()


def size_of(calls: Iterable[Call]) -> int:
    """Return about how many bytes the copies of these calls' numbers will take."""
    read: dict[object, int] = {}
    written = 0
    for call in calls:
        written += call.out.nbytes
        for array in call.inputs:
            read[_place(array)] = array.nbytes
    return written + sum(read.values())


def _place(array: Numbers) -> tuple[int, tuple[int, ...], tuple[int, ...], str]:
    return address(array), array.shape, array.strides, array.dtype.str


def address(array: Numbers) -> int:
    """Return where in the machine's memory an array's first number lies."""
    return int(array.__array_interface__["data"][0])
