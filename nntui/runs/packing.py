"""From a saved run to the bytes of its file: safetensors, with one text beside the tensors."""

import dataclasses
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nntui.errors import RunError
from nntui.experiment.convert import to_plain
from nntui.quoting import printable
from nntui.runs import metadata as written
from nntui.runs.saved_run import SavedRun
from nntui.runs.tensor_reader import LARGEST_FILE, LARGEST_HEADER
from nntui.training.divergence import Divergence
from nntui.training.limit_watch import LimitState
from nntui.training.state import TrainerState
from nntui.training.tensor_file import pack_tensors
from nntui.training.until import Condition

KEY = "nntui_run"
"""The one key of the text: several would be written in any order."""

_LONGEST_LABEL = 200


def pack_run(run: SavedRun) -> bytes:
    """Return the content of a run's file.

    Raises:
        RunError: It could not be read again, because it takes too much room.
    """
    text = written.encode(_data(run))
    if len(text) * 2 > LARGEST_HEADER:
        raise RunError(
            f"the run cannot be saved: its experiment takes {len(text):,} characters, expected at "
            f"most {LARGEST_HEADER // 2:,}."
        )
    tensors = _tensors(run)
    size = sum(tensor.nbytes for tensor in tensors.values()) + LARGEST_HEADER
    if size > LARGEST_FILE:
        raise RunError(
            f"the run cannot be saved: it takes {size:,} bytes, expected at most {LARGEST_FILE:,}."
        )
    return pack_tensors(tensors, {KEY: text})


def _tensors(run: SavedRun) -> dict[str, NDArray[Any]]:
    history, spreads = run.history, run.spreads
    series = (history.train_loss, history.test_loss, history.train_score, history.test_score)
    tensors: dict[str, NDArray[Any]] = {
        "state.parameters": run.state.parameters,
        "state.optimizer": run.state.optimizer,
        "history.places": np.stack([history.steps, history.epochs]),
        "history.series": np.stack(series),
        "spreads.steps": spreads.steps,
        "spreads.quantiles": spreads.quantiles,
        "spreads.has_gradients": spreads.has_gradients.astype(np.uint8),
    }
    if run.best is not None:
        tensors["best.parameters"] = run.best.state.parameters
        tensors["best.optimizer"] = run.best.state.optimizer
    return tensors


def _data(run: SavedRun) -> written.RunData:
    label, best, found = run.label, run.best, run.divergence
    return written.RunData(
        format=written.FORMAT,
        name=_short(label.name, written.LONGEST_NAME),
        number=label.number,
        saved_at=label.saved_at,
        version=_short(label.version, written.LONGEST_NAME),
        experiment=to_plain(run.experiment),
        data=written.IdentityData(**dataclasses.asdict(run.data)),
        state=_state(run.state),
        marks=tuple((steps, _short(text, _LONGEST_LABEL)) for steps, text in run.history.marks),
        stride=run.spreads.stride,
        limits=_limits(run.limits),
        best=best and written.BestData(state=_state(best.state), loss=written.number(best.loss)),
        stopped_by=_short(run.stopped_by, _LONGEST_LABEL),
        divergence=found and _divergence(found),
    )


def _short(text: str, longest: int) -> str:
    shown = printable(text)
    return shown if len(shown) <= longest else f"{shown[: longest - 1]}…"


def _state(state: TrainerState) -> written.StateData:
    return written.StateData(
        slots=state.slots,
        optimizer_steps=state.optimizer_steps,
        steps=state.steps,
        epochs=state.epochs,
        points=state.points,
        shuffling=written.generator_data(state.shuffling),
        augmenting=written.generator_data(state.augmenting),
        dropping=written.generator_data(state.dropping),
    )


def _limits(state: LimitState) -> written.LimitData:
    limits = state.limits
    return written.LimitData(
        epochs=limits.epochs,
        steps=limits.steps,
        at_seconds=limits.seconds,
        until=_conditions(limits.until),
        patience=limits.patience,
        seconds=state.seconds,
        reached=tuple(sorted(state.reached)),
        conditions=_conditions(state.conditions),
        best_loss=written.number(state.best_loss),
        best_epoch=state.best_epoch,
    )


def _conditions(conditions: tuple[Condition, ...]) -> tuple[written.ConditionData, ...]:
    return tuple(written.ConditionData(**dataclasses.asdict(one)) for one in conditions)


def _divergence(found: Divergence) -> written.DivergenceData:
    return written.DivergenceData(
        step=found.step,
        epoch=found.epoch,
        loss=written.number(found.loss),
        largest_weight=written.number(found.largest_weight),
        largest_gradient=written.number(found.largest_gradient),
        learning_rate=written.number(found.learning_rate),
        clipped=found.clipped,
        is_edit=found.is_edit,
    )
