"""Calls of the tape as lines to read: what is called, on which shapes, and with which numbers."""

from collections.abc import Callable, Mapping, Sequence

import numpy as np

from nntui.explain.numerals import DIGITS, MANY_DIGITS, digits_to_see, factor, numeral
from nntui.explain.page import CallLine
from nntui.explain.sources import source_of_call, source_of_function
from nntui.explain.tracing import Numbers, Ran, address

_Index = tuple[int, ...]

_BITS: Mapping[object, str] = {
    np.negative: "−({})",
    np.right_shift: "{} >> {}",
    np.bitwise_and: "{} & {}",
}
"""How an operation on the bits of numbers is written."""

_WRITTEN: Mapping[object, str] = {
    np.multiply: "{x} · {Y}",
    np.add: "{x} + {Y}",
    np.subtract: "{x} − {Y}",
    np.divide: "{x} / {Y}",
    np.negative: "−{X}",
    np.positive: "{x}",
    np.absolute: "|{x}|",
    np.reciprocal: "1 / {X}",
    np.sqrt: "√{X}",
    np.exp: "e^{X}",
    np.expm1: "e^{X} − 1",
    np.logaddexp: "log(e^{X} + e^{Y})",
    np.greater: "{x} > {y}",
    np.maximum: "max({x}, {y})",
    np.minimum: "min({x}, {y})",
    np.ceil: "⌈{x}⌉",
    np.sign: "sign({x})",
    np.tanh: "tanh({x})",
    np.sin: "sin({x})",
    np.cos: "cos({x})",
}
"""How an operation on numbers x and y is written; the large letters stand for a negative number in
brackets. Of all other operations the name is written."""


def call_line(ran: Ran, index: _Index | None) -> CallLine:
    """Describe a call.

    Args:
        ran: The call with its numbers.
        index: Which number of what it wrote is looked at; None for none.
    """
    call = ran.call
    shapes = ", ".join(_shape(array) for array in ran.inputs)
    listed = f"{shapes}, " if shapes else ""
    return CallLine(
        meaning=call.meaning,
        call=f"{_name(call.function)}({listed}out={_shape(ran.out, is_out=True)})",
        numbers="" if index is None else _numbers(ran, index),
        source=source_of_call(call.origin),
    )


def function_line(
    meaning: str, function: Callable[..., object], arguments: Sequence[str], result: str
) -> CallLine:
    """Describe a call of a function that does not stand on the tape.

    Args:
        meaning: What it computes.
        function: What is called.
        arguments: What it is given.
        result: What came of it.
    """
    name = function.__qualname__
    return CallLine(
        meaning, f"{name}({', '.join(arguments)})", result, source_of_function(function)
    )


def _name(function: Callable[..., object]) -> str:
    if isinstance(function, np.ufunc) or function.__module__.split(".")[0] == "numpy":
        return f"np.{function.__name__}"
    return function.__qualname__


def _shape(array: Numbers, *, is_out: bool = False) -> str:
    """Write a shape; of a lone number that is read, the number."""
    if array.ndim or is_out:
        return str(array.shape)
    return numeral(array.item(), MANY_DIGITS)


def _numbers(ran: Ran, index: _Index) -> str:
    result = _written(ran.out, index)
    if not _goes_number_by_number(ran):
        return f"→ {result}"
    if ran.call.function in _BITS:
        written = [_written(array, _fitting(array, index)) for array in ran.inputs]
        if any(array.dtype.kind == "i" for array in (*ran.inputs, ran.out)):
            return f"{_BITS[ran.call.function].format(*written)} → {result}"
    return f"{_operation(ran, index)} → {result}"


def _operation(ran: Ran, index: _Index) -> str:
    """Write an operation with the numbers that it was given."""
    operands = [_operand(ran, array, index) for array in ran.inputs]
    plain, bracketed = [numeral(*x) for x in operands], [factor(*x) for x in operands]
    template = _WRITTEN.get(ran.call.function)
    if template is None:
        return f"{ran.call.function.__name__}({', '.join(plain)})"
    letters = zip(("x", "y"), plain, strict=False), zip(("X", "Y"), bracketed, strict=False)
    return template.format(**dict(letters[0]), **dict(letters[1]))


def _operand(ran: Ran, array: Numbers, index: _Index) -> tuple[float, int]:
    """Return a number that an operation was given, and how many of its digits to write."""
    number = float(array[_fitting(array, index)])
    # Lone numbers are constants and settings, such as 0.044715 or 0.99996.
    digits = DIGITS if array.ndim else MANY_DIGITS
    if ran.call.function in (np.add, np.subtract):
        # The result may be much smaller than both, as 0.99998 − 1 is.
        digits = max(digits, digits_to_see(number, abs(float(ran.out[index]))))
    return number, digits


def _goes_number_by_number(ran: Ran) -> bool:
    function = ran.call.function
    return isinstance(function, np.ufunc) and function.signature is None


def _fitting(array: Numbers, index: _Index) -> _Index:
    """Return the index of the number of an input that goes with one of the output."""
    last = index[len(index) - array.ndim :]
    return tuple(0 if size == 1 else at for at, size in zip(last, array.shape, strict=True))


def _written(array: Numbers, index: _Index) -> str:
    """Write a number; whole ones stand for bits."""
    value = array[index]
    if array.dtype.kind != "i" or not array.ndim:
        return numeral(value)
    bits = {0: "bits 00…0", -1: "bits 11…1"}
    width = 8 * array.dtype.itemsize
    return bits.get(int(value), f"bits {int(value) % (1 << width):0{width // 4}x}")


class ParameterFinder:
    """Finds, in the calls of penalty, clipping and update, the number of one parameter.

    These calls work on long vectors, block by block. Where the parameter lies in the vectors of
    all parameters, gradients and memories is told by its place in the machine's memory; working
    arrays have it where the vectors do that they are filled from.

    Args:
        places: Addresses at which numbers of this parameter lie.
    """

    def __init__(self, places: Sequence[int]) -> None:
        self._places = places
        self._known: dict[int, int] = {}

    def index(self, ran: Ran) -> _Index | None:
        """Return which number of what a call wrote is the parameter's; None for none of them."""
        out = ran.call.out
        if out.ndim == 0:
            return ()
        same = [a for a in (*ran.call.inputs, out) if a.shape == out.shape and a.dtype == out.dtype]
        index = next((at for at in map(self._find, same) if at is not None), None)
        if index is None:
            return None
        if self._among_all(out) is None:
            self._known[address(out)] = index
        return (index,)

    def _find(self, array: Numbers) -> int | None:
        index = self._among_all(array)
        return self._known.get(address(array)) if index is None else index

    def _among_all(self, array: Numbers) -> int | None:
        """Return where the parameter is in a vector of all parameters, or in a block of one."""
        start = address(array)
        for place in self._places:
            if 0 <= place - start < array.nbytes:
                return (place - start) // array.itemsize
        return None
