"""The flags of ``nntui train`` that are no keys of its experiment: when to stop, what to write."""

from dataclasses import dataclass
from typing import Annotated

from cyclopts import Parameter

from nntui.cli.flags import OUTPUT, STOPPING


@Parameter(name="*")
@dataclass(frozen=True, kw_only=True)
class StopFlags:
    """The limits of a run that are no keys of its experiment."""

    until: Annotated[
        list[str] | None,
        Parameter(
            metavar="CONDITION",
            group=STOPPING,
            help='stop when a metric fulfils it, such as "test_accuracy>=0.95"; may be repeated',
        ),
    ] = None
    steps: Annotated[
        str | None,
        Parameter(metavar="N", group=STOPPING, help="stop after N steps (parameter updates)"),
    ] = None
    seconds: Annotated[
        str | None,
        Parameter(metavar="X", group=STOPPING, help="stop after X seconds of training"),
    ] = None


@Parameter(name="*")
@dataclass(frozen=True, kw_only=True)
class OutputFlags:
    """What a run prints and writes."""

    json: Annotated[bool, Parameter(group=OUTPUT, help="print the result as one JSON object")] = (
        False
    )
    quiet: Annotated[bool, Parameter(group=OUTPUT, help="print no progress and no warnings")] = (
        False
    )
    log: Annotated[
        str | None,
        Parameter(metavar="FILE", group=OUTPUT, help="write one line of JSON an epoch"),
    ] = None
    save: Annotated[
        str | None,
        Parameter(
            metavar="FILE",
            group=OUTPUT,
            help='save the trained network (safetensors), for "nntui predict"',
        ),
    ] = None
