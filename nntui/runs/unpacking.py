"""From a run's file to the saved run, trusting nothing in it.

The text comes first: from its experiment follows how large every tensor has to be, so that nothing
is allocated that does not belong to a run. Messages do not name the file.

Numbers that are not finite are let through: an optimizer's memory overflows in healthy runs, and a
run that has diverged is brought back to tell so.
"""

import io
from itertools import pairwise

import msgspec
import numpy as np
from numpy.typing import NDArray

from nntui.engine.parts import OPTIMIZERS
from nntui.errors import ExperimentError, RunError
from nntui.experiment.convert import from_plain
from nntui.experiment.experiment import Experiment
from nntui.quoting import printable
from nntui.runs import metadata as written
from nntui.runs.packing import KEY
from nntui.runs.saved_run import DataIdentity, RunLabel, SavedRun
from nntui.runs.tensor_reader import TensorReader
from nntui.training.assembly import build_part
from nntui.training.begun import BestEpoch
from nntui.training.divergence import Divergence
from nntui.training.evaluation import METRICS
from nntui.training.history import MOST_SAMPLES, HistoryView
from nntui.training.limit_watch import PAUSING_ONCE, LimitState
from nntui.training.limits import Limits
from nntui.training.spreads import MOST_MOMENTS, SHARES, SpreadsState
from nntui.training.state import TrainerState
from nntui.training.until import COMPARISONS, Condition

_DTYPES = {"float32": "F32", "float64": "F64"}


def read_data(reader: TensorReader) -> written.RunData:
    """Read the text beside the tensors.

    Raises:
        RunError: There is none, or it is damaged.
    """
    text = reader.metadata.get(KEY)
    if text is None:
        raise RunError("expected a run of nntui, found a safetensors file of something else.")
    return written.decode(text)


def unpack_run(file: io.FileIO, size: int) -> SavedRun:
    """Read a run.

    Args:
        file: The open file.
        size: How many bytes it has.

    Raises:
        RunError: It is no run, or is damaged, or does not fit together.
        OSError: It cannot be read.
    """
    reader = TensorReader(file, size)
    data = read_data(reader)
    try:
        experiment = from_plain(data.experiment, origin="its experiment")
    except ExperimentError as error:
        raise RunError(str(error)) from None
    _check_names(reader, data)
    identity = DataIdentity(**msgspec.structs.asdict(data.data))
    state = _state(reader, "state", data.state, experiment, identity)
    last_step = data.state.steps
    return SavedRun(
        label=RunLabel(printable(data.name), data.number, data.saved_at, printable(data.version)),
        experiment=experiment,
        data=identity,
        state=state,
        history=_history(reader, data, last_step),
        spreads=_spreads(reader, data, len(experiment.layers) + 1, last_step),
        limits=_limits(data.limits),
        best=_best(reader, data, experiment, identity),
        stopped_by=printable(data.stopped_by),
        divergence=None if data.divergence is None else _divergence(data.divergence),
    )


def _check_names(reader: TensorReader, data: written.RunData) -> None:
    """Refuse tensors that a run does not have."""
    known = {
        "state.parameters",
        "state.optimizer",
        "history.places",
        "history.series",
        "spreads.steps",
        "spreads.quantiles",
        "spreads.has_gradients",
    }
    if data.best is not None:
        known |= {"best.parameters", "best.optimizer"}
    unknown = sorted(set(reader.entries) - known)
    if unknown:
        raise RunError(f'found numbers called "{printable(unknown[0])[:40]}", expected no such.')


def _state(
    reader: TensorReader,
    name: str,
    data: written.StateData,
    experiment: Experiment,
    identity: DataIdentity,
) -> TrainerState:
    _check_counters(name, data, identity)
    slots = build_part(
        OPTIMIZERS, experiment.optimizer, leave_out=("learning_rate", "schedule", "clip_norm")
    ).slots
    if data.slots != slots:
        raise RunError(
            f"{name}.slots: found {len(data.slots)}, expected those of "
            f"{experiment.optimizer.name}: {', '.join(slots) or 'none'}."
        )
    sizes = [identity.inputs, *(layer.units for layer in experiment.layers), identity.units]
    parameters = sum((before + 1) * units for before, units in pairwise(sizes))
    dtype = _DTYPES[experiment.dtype]
    reader.check(f"{name}.parameters", dtype, (parameters,))
    reader.check(f"{name}.optimizer", dtype, (len(slots), parameters))
    return TrainerState(
        parameters=reader.read(f"{name}.parameters"),
        optimizer=reader.read(f"{name}.optimizer"),
        slots=slots,
        optimizer_steps=data.optimizer_steps,
        steps=data.steps,
        epochs=data.epochs,
        points=data.points,
        shuffling=written.random_state(data.shuffling, f"{name}.shuffling"),
        augmenting=written.random_state(data.augmenting, f"{name}.augmenting"),
        dropping=written.random_state(data.dropping, f"{name}.dropping"),
    )


def _check_counters(name: str, data: written.StateData, identity: DataIdentity) -> None:
    for key, found, most, why in (
        ("optimizer_steps", data.optimizer_steps, data.steps, "its steps"),
        ("epochs", data.epochs, data.steps, "its steps"),
        ("points", data.points, identity.train_points - 1, "one less than the training points"),
    ):
        if found > most:
            raise RunError(f"{name}.{key}: found {found:,}, expected at most {most:,} ({why}).")


def _history(reader: TensorReader, data: written.RunData, last_step: int) -> HistoryView:
    samples = reader.shape("history.places")[-1:]
    count = samples[0] if samples else 0
    if count > MOST_SAMPLES:
        raise RunError(f"history: found {count:,} samples, expected at most {MOST_SAMPLES:,}.")
    reader.check("history.places", "I64", (2, count))
    reader.check("history.series", "F64", (4, count))
    steps, epochs = reader.read("history.places")
    _check_order("history.steps", steps, last_step, strictly=True)
    _check_order("history.epochs", epochs, last_step, strictly=False)
    marks = tuple((step, printable(label)) for step, label in data.marks)
    if any(step > last_step for step, _ in marks):
        raise RunError("history.marks: found an edit after the last step.")
    return HistoryView(steps, epochs, *reader.read("history.series"), marks=marks)


def _check_order(
    name: str,
    numbers: NDArray[np.int64],
    last: int,
    *,
    strictly: bool,
) -> None:
    """Refuse numbers that are not in order, or not from 0 to the last step."""
    if not len(numbers):
        return
    # Neighbours are compared, because differences of such numbers can overflow.
    before, after = numbers[:-1], numbers[1:]
    in_order = (before < after).all() if strictly else (before <= after).all()
    if not in_order or numbers[0] < 0 or numbers[-1] > last:
        raise RunError(f"{name}: expected numbers from 0 to {last:,} in rising order.")


def _spreads(
    reader: TensorReader, data: written.RunData, layers: int, last_step: int
) -> SpreadsState:
    found = reader.shape("spreads.steps")
    count = found[0] if found else 0
    if count > MOST_MOMENTS:
        raise RunError(f"spreads: found {count:,} moments, expected at most {MOST_MOMENTS:,}.")
    reader.check("spreads.steps", "I64", (count,))
    reader.check("spreads.has_gradients", "U8", (count,))
    reader.check("spreads.quantiles", "F32", (count, layers if count else 0, 2, SHARES))
    steps = reader.read("spreads.steps")
    _check_order("spreads.steps", steps, last_step, strictly=True)
    return SpreadsState(
        steps=steps,
        quantiles=reader.read("spreads.quantiles"),
        has_gradients=reader.read("spreads.has_gradients") != 0,
        stride=data.stride,
    )


def _limits(data: written.LimitData) -> LimitState:
    if unknown := set(data.reached) - set(PAUSING_ONCE):
        raise RunError(f'limits.reached: found "{printable(sorted(unknown)[0])[:40]}".')
    return LimitState(
        limits=Limits(
            epochs=data.epochs,
            steps=data.steps,
            seconds=data.at_seconds,
            until=_conditions(data.until),
            patience=data.patience,
        ),
        seconds=data.seconds,
        reached=frozenset(data.reached),
        conditions=_conditions(data.conditions),
        best_loss=float(data.best_loss),
        best_epoch=data.best_epoch,
    )


def _conditions(conditions: tuple[written.ConditionData, ...]) -> tuple[Condition, ...]:
    for one in conditions:
        if one.metric not in METRICS or one.comparison not in COMPARISONS:
            found = printable(f"{one.metric} {one.comparison}")[:40]
            raise RunError(f'limits: found the condition "{found}", expected a metric\'s.')
    return tuple(Condition(one.metric, one.comparison, one.value) for one in conditions)


def _best(
    reader: TensorReader, data: written.RunData, experiment: Experiment, identity: DataIdentity
) -> BestEpoch | None:
    if data.best is None:
        return None
    if data.best.state.steps > data.state.steps:
        raise RunError("best.steps: found a later step than the run's own.")
    state = _state(reader, "best", data.best.state, experiment, identity)
    return BestEpoch(state, float(data.best.loss))


def _divergence(data: written.DivergenceData) -> Divergence:
    return Divergence(
        step=data.step,
        epoch=data.epoch,
        loss=float(data.loss),
        largest_weight=float(data.largest_weight),
        largest_gradient=float(data.largest_gradient),
        learning_rate=float(data.learning_rate),
        clipped=data.clipped,
        is_edit=data.is_edit,
    )
