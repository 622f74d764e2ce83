"""The flags of ``nntui train`` that are no keys of its experiment.

They say when to stop, what to write and what to go on with.
"""

from dataclasses import dataclass
from typing import Annotated

from cyclopts import Parameter

from nntui.cli.flags import OUTPUT, STOPPING, WHOLE_RUN


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


@Parameter(name="*")
@dataclass(frozen=True, kw_only=True)
class RunFlags:
    """Where a run is kept whole, to be followed and gone on with."""

    save_run: Annotated[
        str | None,
        Parameter(
            metavar="DIR",
            group=WHOLE_RUN,
            help="save the whole run in this folder, about once a second and at its end",
        ),
    ] = None
    resume: Annotated[
        str | None,
        Parameter(
            metavar="DIR",
            group=WHOLE_RUN,
            help="go on with the run in this folder, and save it there; limits count from its "
            "beginning",
        ),
    ] = None
    shared: Annotated[
        bool, Parameter(group=WHOLE_RUN, help="let other users of this machine read the folder")
    ] = False
    overwrite: Annotated[
        bool, Parameter(group=WHOLE_RUN, help="let --save-run replace a run that is there")
    ] = False
