"""``nntui train``: its flags. What it does is in ``training_session``, which needs numpy."""

from dataclasses import dataclass
from typing import Annotated

from cyclopts import Parameter

from nntui.cli.flags import (
    OUTPUT,
    PRESET,
    STOPPING,
    ExperimentName,
    KeyFlags,
    Settings,
)


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


_DEFAULT_KEYS, _DEFAULT_STOPS, _DEFAULT_OUTPUTS = KeyFlags(), StopFlags(), OutputFlags()


def train(
    experiment: ExperimentName = PRESET,
    /,
    *,
    keys: KeyFlags = _DEFAULT_KEYS,
    settings: Settings = None,
    stops: StopFlags = _DEFAULT_STOPS,
    outputs: OutputFlags = _DEFAULT_OUTPUTS,
) -> int:
    """Train a network and print how good it became.

    Without --epochs, --steps or --seconds the experiment's own number of epochs counts. Ctrl+C
    stops after the present step and still prints the result. In brackets: the defaults.
    """
    from nntui.cli.training_session import train_and_report  # noqa: PLC0415 - imports numpy

    return train_and_report(experiment, keys, settings, stops, outputs)
