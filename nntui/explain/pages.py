"""The pages of a walk through one update."""

import dataclasses
from collections.abc import Callable, Mapping

import numpy as np

from nntui.explain.again_page import again_body
from nntui.explain.backward_page import backward_body
from nntui.explain.body import Body
from nntui.explain.call_lines import function_line
from nntui.explain.checks import gradient_checks
from nntui.explain.forward_page import forward_body
from nntui.explain.inputs_page import inputs_body
from nntui.explain.loss_page import loss_body
from nntui.explain.names import Names, activation_name, layer_title, optimizer_name
from nntui.explain.page import STAGES, CallLine, Cursor, Page, WalkPage, WalkRequest, WalkStage
from nntui.explain.recording import Recording
from nntui.explain.update_page import update_body

_BODIES: Mapping[WalkStage, Callable[[Recording, Names, Cursor], Body]] = {
    "inputs": inputs_body,
    "forward": forward_body,
    "loss": loss_body,
    "backward": backward_body,
    "update": update_body,
    "again": again_body,
}

_TITLES: Mapping[WalkStage, str] = {
    "inputs": "Inputs",
    "forward": "Forward",
    "loss": "Loss",
    "backward": "Backward",
    "update": "Update",
    "again": "Forward again",
}

_LAYERED = ("forward", "backward", "update")
"""The stages that have a page for each dense layer."""


@dataclasses.dataclass(frozen=True)
class Occasion:
    """What the recording does not know about the update that it tells.

    Attributes:
        steps: How many updates had been made.
        point: The training point that is learnt from alone; None for a batch.
        batch: What is learnt from, in words.
        names: What the network's ends are called.
        made_by: What has made the rows of inputs and targets.
        can_be_taken: Whether the update can be made for real.
    """

    steps: int
    point: int | None
    batch: str
    names: Names
    made_by: Callable[..., object]
    can_be_taken: bool


@np.errstate(all="ignore")
def make_page(recording: Recording, occasion: Occasion, request: WalkRequest) -> Page:
    """Make one page.

    Args:
        recording: The update.
        occasion: What else is known about it.
        request: Which page, and what of it is looked at.
    """
    cursor = _existing(recording, request.cursor)
    pages = walk_pages(recording)
    body = _BODIES[cursor.stage](recording, occasion.names, cursor)
    checks = (
        gradient_checks(recording, cursor, request.first_check, request.checks)
        if cursor.stage == "backward"
        else ()
    )
    units, parameters = _sizes(recording, cursor.stage, cursor.layer)
    here = [(page.stage, page.layer) for page in pages]
    return Page(
        steps=occasion.steps,
        cursor=cursor,
        point=occasion.point,
        pages=pages,
        number=here.index((cursor.stage, cursor.layer)),
        batch=occasion.batch,
        about=body.about,
        shapes=body.shapes,
        formulas=body.formulas,
        rows=body.rows,
        terms=body.terms,
        calls=(*_calls_before(cursor, occasion), *body.calls),
        checks=checks,
        verdict=body.verdict,
        units=units,
        parameters=parameters,
        points=recording.batch_size,
        can_be_taken=occasion.can_be_taken,
    )


def _calls_before(cursor: Cursor, occasion: Occasion) -> tuple[CallLine, ...]:
    """Describe what has made the inputs, before the tape begins."""
    if cursor.stage != "inputs":
        return ()
    meaning = "inputs and targets, row by row, outside the tape"
    return (function_line(meaning, occasion.made_by, (), ""),)


def walk_pages(recording: Recording) -> tuple[WalkPage, ...]:
    """List all pages of a walk, in order; the way back goes from the last layer to the first."""
    pages: list[WalkPage] = []
    for number, stage in enumerate(STAGES, start=1):
        title = f"{number} {_TITLES[stage]}"
        if stage not in _LAYERED:
            pages.append(WalkPage(stage, 0, title))
            continue
        layers = range(len(recording.layers))
        for layer in reversed(layers) if stage == "backward" else layers:
            is_update = stage == "update"
            by = optimizer_name(recording) if is_update else activation_name(recording, layer)
            where = layer_title(recording, layer)
            pages.append(WalkPage(stage, layer, f"{title} · {where} · {by}"))
    return tuple(pages)


def _sizes(recording: Recording, stage: WalkStage, layer: int) -> tuple[int, int]:
    """Return how many neurons, and how many parameters of one, a page can look at."""
    if stage == "inputs":
        return len(recording.inputs), 1
    if stage not in _LAYERED:
        return len(recording.targets), 1
    inputs, units = recording.layers[layer].layer.weights.shape
    return units, inputs + 1


def _existing(recording: Recording, wanted: Cursor) -> Cursor:
    """Replace what does not exist by the nearest that does."""
    layered = wanted.stage in _LAYERED
    layer = _within(wanted.layer, len(recording.layers)) if layered else 0
    units, parameters = _sizes(recording, wanted.stage, layer)
    return Cursor(
        stage=wanted.stage,
        layer=layer,
        unit=_within(wanted.unit, units),
        row=_within(wanted.row, parameters),
        point=_within(wanted.point, recording.batch_size),
    )


def _within(number: int, count: int) -> int:
    return min(max(number, 0), count - 1)
