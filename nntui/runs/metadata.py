"""Everything of a saved run but its numbers in bulk: one JSON text, and its checks.

JSON has no whole numbers of 128 bits, infinity or NaN: they are written as texts.
"""

import math
from typing import Annotated, Any, Literal, TypeAlias, cast

import msgspec
from msgspec import Meta, Struct

from nntui.errors import RunError
from nntui.quoting import printable
from nntui.training.state import RandomState

FORMAT = 1
"""The version of the file; a reader refuses newer ones."""

LONGEST_TEXT = 4096
LONGEST_NAME = 100

_LATEST = 253_402_300_799.0  # The last second of the year 9999.

Count: TypeAlias = Annotated[int, Meta(ge=0, le=2**53)]
Number: TypeAlias = float | Literal["inf", "-inf", "nan"]
Text: TypeAlias = Annotated[str, Meta(max_length=LONGEST_TEXT)]
Name: TypeAlias = Annotated[str, Meta(max_length=LONGEST_NAME)]
Seconds: TypeAlias = Annotated[float, Meta(ge=0, le=1e12)]
Wide: TypeAlias = Annotated[str, Meta(pattern="^[0-9]{1,39}$")]

_LARGEST_WIDE = 2**128


class FormatData(Struct, frozen=True):
    """The part that every version has."""

    format: int


class GeneratorData(Struct, frozen=True, forbid_unknown_fields=True):
    """The state of a bit generator."""

    bit_generator: Literal["PCG64"]
    state: Wide
    inc: Wide
    has_uint32: Annotated[int, Meta(ge=0, le=1)]
    uinteger: Annotated[int, Meta(ge=0, lt=2**32)]


class StateData(Struct, frozen=True, forbid_unknown_fields=True):
    """A trainer's state without its arrays."""

    slots: Annotated[tuple[Name, ...], Meta(max_length=10)]
    optimizer_steps: Count
    steps: Count
    epochs: Count
    points: Count
    shuffling: GeneratorData
    augmenting: GeneratorData
    dropping: GeneratorData


class BestData(Struct, frozen=True, forbid_unknown_fields=True):
    """The best epoch without its arrays."""

    state: StateData
    loss: Number


class ConditionData(Struct, frozen=True, forbid_unknown_fields=True):
    """A condition that pauses a run."""

    metric: Name
    comparison: Name
    value: float


Conditions: TypeAlias = Annotated[tuple[ConditionData, ...], Meta(max_length=1000)]


class LimitData(Struct, frozen=True, forbid_unknown_fields=True):
    """The limits of a run, and which have been reached."""

    epochs: Count | None
    steps: Count | None
    at_seconds: Seconds | None
    until: Conditions
    patience: Count
    seconds: Seconds
    reached: Annotated[tuple[Name, ...], Meta(max_length=10)]
    conditions: Conditions
    best_loss: Number
    best_epoch: Count


class DivergenceData(Struct, frozen=True, forbid_unknown_fields=True):
    """Where a run left the finite numbers."""

    step: Count
    epoch: Count
    loss: Number
    largest_weight: Number
    largest_gradient: Number
    learning_rate: Number
    clipped: bool
    is_edit: bool


class IdentityData(Struct, frozen=True, forbid_unknown_fields=True):
    """What the data were."""

    fingerprint: Annotated[str, Meta(pattern="^[0-9a-f]{64}$")]
    file: Text
    inputs: Annotated[int, Meta(ge=1, le=2**31)]
    units: Annotated[int, Meta(ge=1, le=2**31)]
    train_points: Annotated[int, Meta(ge=1, le=2**31)]
    test_points: Annotated[int, Meta(ge=0, le=2**31)]


class RunData(FormatData, frozen=True, forbid_unknown_fields=True):
    """The whole text."""

    name: Name
    number: Count
    saved_at: Annotated[float, Meta(ge=0, le=_LATEST)]
    version: Name
    experiment: dict[str, object]
    data: IdentityData
    state: StateData
    marks: Annotated[tuple[tuple[Count, Text], ...], Meta(max_length=1000)]
    stride: Annotated[int, Meta(ge=1, le=2**53)]
    limits: LimitData
    best: BestData | None
    stopped_by: Text
    divergence: DivergenceData | None


def encode(data: RunData) -> str:
    """Write the text."""
    return msgspec.json.encode(data).decode()


def decode(text: str) -> RunData:
    """Read the text, trusting nothing in it.

    Raises:
        RunError: It is damaged, of a newer version, or something is missing or out of range.
    """
    try:
        found = msgspec.json.decode(text, type=FormatData).format
        if found > FORMAT:
            raise RunError(
                f"it has format {found}, and this nntui reads formats up to {FORMAT}; a newer "
                "nntui reads it."
            )
        if found < 1:
            raise RunError(f"metadata: found format {found}, expected {FORMAT}.")
        return msgspec.json.decode(text, type=RunData)
    except (ValueError, RecursionError) as error:
        raise RunError(f"metadata: it is damaged: {printable(str(error))[:200]}.") from None


def number(value: float) -> Number:
    """Write a number so that JSON can hold it."""
    return value if math.isfinite(value) else cast("Number", str(value))


def generator_data(state: RandomState) -> GeneratorData:
    """Write the state of a generator as numpy gives it.

    Raises:
        RunError: It is of a kind that nntui does not use.
    """
    if state["bit_generator"] != "PCG64":
        raise RunError(f"found a generator {state['bit_generator']!s}, expected PCG64.")
    return GeneratorData(
        bit_generator="PCG64",
        state=str(state["state"]["state"]),
        inc=str(state["state"]["inc"]),
        has_uint32=state["has_uint32"],
        uinteger=state["uinteger"],
    )


def random_state(data: GeneratorData, what: str) -> RandomState:
    """Bring back the state of a generator.

    Raises:
        RunError: A number is out of range.
    """
    state, inc = int(data.state), int(data.inc)
    if max(state, inc) >= _LARGEST_WIDE or inc % 2 == 0:
        raise RunError(
            f"{what}: found numbers that no generator has, expected an odd inc, and both below "
            "2^128."
        )
    inner: dict[str, Any] = {"state": state, "inc": inc}
    return {
        "bit_generator": data.bit_generator,
        "state": inner,
        "has_uint32": data.has_uint32,
        "uinteger": data.uinteger,
    }
