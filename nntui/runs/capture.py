"""Writing down a run as it is now."""

import dataclasses
import functools
from importlib import metadata

from nntui.data.preparation import Prepared
from nntui.runs.data_identity import identity_of
from nntui.runs.saved_run import DataIdentity, RunLabel, SavedRun
from nntui.training.history import History, HistoryView
from nntui.training.recorded_run import RecordedRun
from nntui.training.spreads import Spreads, SpreadsState
from nntui.training.trainer import Trainer


class DataWitness:
    """Describes a run's data, anew only where they have become others."""

    def __init__(self) -> None:
        self._known: tuple[Prepared, str, DataIdentity] | None = None

    def identity(self, trainer: Trainer) -> DataIdentity:
        """Describe the data of a run."""
        prepared, source = trainer.prepared, trainer.experiment.data.source
        if self._known is None or self._known[0] is not prepared or self._known[1] != source:
            self._known = prepared, source, identity_of(trainer)
        # An edit of the output can change how many units the same data need.
        return dataclasses.replace(self._known[2], units=trainer.network.units)


def label_of(name: str, number: int, now: float) -> RunLabel:
    """Say what a run is called and who writes it down.

    Args:
        name: What the user sees.
        number: The run's number within its session.
        now: The time, in seconds since 1970 (UTC).
    """
    return RunLabel(name, number, now, version())


@functools.cache
def version() -> str:
    """Return the version of nntui; empty where it is not installed."""
    try:
        return metadata.version("nntui")
    except metadata.PackageNotFoundError:
        return ""


def capture(run: RecordedRun, name: str, now: float, witness: DataWitness) -> SavedRun:
    """Write down a run that is being played; it may go on afterwards.

    Args:
        run: The run. Where it has left the finite numbers its last finite step is written down.
        name: What it is called.
        now: The time, in seconds since 1970 (UTC).
        witness: Who describes its data.
    """
    state = run.state()
    return SavedRun(
        label=label_of(name, run.number, now),
        experiment=run.trainer.experiment,
        data=witness.identity(run.trainer),
        state=state,
        history=history_up_to(run.history, state.steps),
        spreads=spreads_up_to(run.spreads, state.steps),
        limits=run.limits.state(),
        stopped_by=run.stopped_by,
        divergence=run.divergence,
    )


def history_up_to(history: History, steps: int) -> HistoryView:
    """Copy what is known up to a step."""
    kept = history.state()
    count = int((kept.steps <= steps).sum())
    return HistoryView(
        kept.steps[:count],
        kept.epochs[:count],
        kept.train_loss[:count],
        kept.test_loss[:count],
        kept.train_score[:count],
        kept.test_score[:count],
        marks=tuple(mark for mark in kept.marks if mark[0] <= steps),
    )


def spreads_up_to(spreads: Spreads, steps: int) -> SpreadsState:
    """Copy what is known of the layers' numbers up to a step."""
    kept = spreads.state()
    count = int((kept.steps <= steps).sum())
    return dataclasses.replace(
        kept,
        steps=kept.steps[:count],
        quantiles=kept.quantiles[:count] if count else kept.quantiles[:0, :0],
        has_gradients=kept.has_gradients[:count],
    )
