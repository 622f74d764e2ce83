"""The tape: one training step, written down once as a list of numpy calls and then replayed.

A layer does not compute when it is asked to go forward. It writes on the tape which numpy
function will read which arrays and fill which array. All arrays exist before the first step, so
replaying the tape makes no array (numpy's own buffer, of at most 8192 numbers, aside). The same
records that train the network can be shown, timed and explained one by one.

Inside the tape an array holds one *column* for each point of the batch: ``(features, batch)``.
The numbers of one feature then lie side by side in memory, which is what numpy's loops and the
matrix product are fastest at. So arrays inside ``engine`` are transposed; formulas in docstrings,
and shapes everywhere else in nntui, read ``(batch, features)`` as in ``inputs @ weights + biases``.
"""

import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from types import CodeType
from typing import Any, Literal, TypeAlias, cast

import numpy as np
from numpy.typing import NDArray

Array: TypeAlias = NDArray[np.floating[Any]]
"""Numbers of the network's dtype, float32 or float64."""

Stage = Literal["forward", "loss", "backward", "penalty", "clipping", "update"]
"""The part of a training step that a call belongs to."""

Backward: TypeAlias = Callable[[], None]
"""Writes the backward calls that belong to forward calls written earlier."""


def nothing() -> None:
    """Write no calls: the way back of a layer that changes nothing, or is not trained."""


@dataclass(frozen=True, slots=True)
class Origin:
    """Where in the program's text a call was written on the tape.

    Attributes:
        code: The code of the function that wrote it.
        instruction: Which of its instructions did, as ``frame.f_lasti`` counts.
    """

    code: CodeType
    instruction: int


@dataclass(frozen=True, slots=True, eq=False)
class Call:
    """One numpy call of a training step: ``function(*inputs, out)``.

    Attributes:
        meaning: What the call computes, in a few words or a formula.
        function: A numpy function that writes its result to its last argument.
        inputs: The arrays that it reads.
        out: The array that it fills.
        stage: The part of the step that it belongs to.
        layer: The position of the layer that wrote it; None where no single layer did.
        origin: The lines that wrote it.
    """

    meaning: str
    function: Callable[..., object]
    inputs: tuple[NDArray[Any], ...]
    out: NDArray[Any]
    stage: Stage
    layer: int | None
    origin: Origin

    def bound(self) -> tuple[Callable[..., object], tuple[NDArray[Any], ...]]:
        """Return the function and its arguments in the form that runs fastest.

        ``first.dot(second, out)`` does the same as ``np.dot(first, second, out)`` without the
        dispatch that costs as much as a small product itself.
        """
        if self.function is np.dot:
            if all(array.flags.forc for array in self.inputs):
                return self.inputs[0].dot, (*self.inputs[1:], self.out)
            # np.dot would copy an array whose columns have something between them; this does not.
            return np.matmul, (*self.inputs, self.out)
        if self.function in {np.maximum, np.minimum}:
            # numpy deprecates a third positional argument for these two, and warns at each call.
            return partial(self.function, *self.inputs, out=self.out), ()
        return self.function, (*self.inputs, self.out)


class Signal:
    """What one layer hands to the next: its values, and on the way back their gradient.

    A row of ones stands under the values. It makes the bias one more row of the weights, so that
    one matrix product computes ``weights · inputs + biases``, and one more, on the way back,
    the gradients of both.

    Attributes:
        values: The layer's outputs, (features, batch).
        with_ones: The same memory with the row of ones, (features + 1, batch).
        delta: The gradient of the loss with respect to ``values``, (features, batch).
        delta_with_spare_row: The same memory with one row more, which nobody reads: the product
            that fills it has a row for the ones too.
        needs_delta: Whether any trainable parameter lies before this signal.
    """

    def __init__(self, with_ones: Array, *, needs_delta: bool) -> None:
        with_ones[-1] = 1.0
        self.with_ones = with_ones
        self.values: Array = with_ones[:-1]
        self.needs_delta = needs_delta
        memory = with_ones if needs_delta else with_ones[:0]
        self.delta_with_spare_row: Array = np.zeros_like(memory)
        self.delta: Array = self.delta_with_spare_row[:-1]


class Tape:
    """The calls of one step for one batch size, in the order in which they run.

    Args:
        batch_size: How many points each array has a column for.
        dtype: The type of every number.
        training: Whether layers that act only while training (dropout) write their calls.
        keep_sums: Whether weighted sums keep memory of their own, instead of being overwritten by
            the activations where the way back does not need them.
    """

    def __init__(
        self, batch_size: int, dtype: np.dtype[Any], *, training: bool, keep_sums: bool
    ) -> None:
        self.batch_size = batch_size
        self.dtype = dtype
        self.training = training
        self.keep_sums = keep_sums
        self.calls: list[Call] = []
        self.stage: Stage = "forward"
        self.layer: int | None = None
        self._scalars: dict[float, Array] = {}

    def call(
        self,
        meaning: str,
        function: Callable[..., object],
        *inputs: NDArray[Any],
        out: NDArray[Any],
    ) -> None:
        """Write one call at the end of the tape.

        Args:
            meaning: What it computes, in a few words or a formula.
            function: A numpy function that takes ``out`` as its last positional argument.
            inputs: What it reads.
            out: What it fills; may be one of the inputs.
        """
        # Noted here, once: replaying the tape costs no more for it.
        writer = sys._getframe(1)  # pyright: ignore[reportPrivateUsage] - only its name is
        origin = Origin(writer.f_code, writer.f_lasti)
        self.calls.append(Call(meaning, function, inputs, out, self.stage, self.layer, origin))

    def scalar(self, value: float) -> Array:
        """Return a constant as an array without dimensions.

        numpy turns a Python number into an array at every call, which costs more than the
        arithmetic of a small layer.
        """
        if value not in self._scalars:
            self._scalars[value] = np.array(value, self.dtype)
        return self._scalars[value]

    def array(self, features: int) -> Array:
        """Allocate working memory of shape (features, batch)."""
        return np.zeros((features, self.batch_size), self.dtype)

    def signal(self, features: int, *, needs_delta: bool) -> Signal:
        """Allocate a layer's output of shape (features, batch), and its gradient if needed."""
        return Signal(self.array(features + 1), needs_delta=needs_delta)


class Program:
    """A finished tape, ready to be replayed.

    Args:
        tape: The tape; calls written on it later are not part of the program.

    Attributes:
        calls: The calls, in order.
        run: Runs every call, in order.
    """

    def __init__(self, tape: Tape) -> None:
        self.calls = tuple(tape.calls)
        self.run = _straight_line(self.calls)


def _straight_line(calls: tuple[Call, ...]) -> Callable[[], None]:
    """Make one function of all calls.

    It is made from source text, a line for each call, because a loop over the calls would add
    about 5 % to the step of a small network.
    """
    names: dict[str, object] = {}
    lines = ["def run() -> None:"]
    for number, call in enumerate(calls):
        function, arguments = call.bound()
        names[f"function_{number}"] = function
        for place, argument in enumerate(arguments):
            names[f"argument_{number}_{place}"] = argument
        listed = ", ".join(f"argument_{number}_{place}" for place in range(len(arguments)))
        lines.append(f"    function_{number}({listed})")
    exec("\n".join([*lines, "    return"]), names)
    return cast("Callable[[], None]", names["run"])
