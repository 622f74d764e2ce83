"""Stage 6: forward again with the new weights: did the loss fall?"""

import math

import numpy as np

from nntui.explain.body import Body, table
from nntui.explain.call_lines import function_line
from nntui.explain.names import Names, optimizer_name
from nntui.explain.numerals import difference, numeral, told_apart
from nntui.explain.page import Cursor, Formula, Table
from nntui.explain.recording import Recording


def again_body(recording: Recording, names: Names, cursor: Cursor) -> Body:
    """Tell what the update has done to the outputs and to the loss."""
    old, new = recording.before, recording.after
    shape = str(recording.targets.shape)
    masks = " and the same dropout masks" if _has_dropout(recording) else ""
    return Body(
        about=(
            f"The same points go through the network once more, with the new weights{masks}. A "
            "good update has made the loss smaller."
        ),
        shapes=(f"inputs {recording.inputs.T.shape} → outputs {recording.targets.T.shape}",),
        formulas=(
            Formula(
                "change of the loss = loss after − loss before",
                f"{difference(new.mean, old.mean)} = {numeral(new.mean - old.mean)}",
            ),
            *_penalty_formula(recording),
        ),
        rows=_outputs(recording, names, cursor),
        terms=_points(recording, cursor),
        calls=(
            function_line(
                "the mean loss of the points, after the update",
                recording.network.loss.value,
                (f"sums {shape}", f"outputs {shape}", f"targets {shape}"),
                f"→ {numeral(new.mean)}",
            ),
        ),
        verdict=_verdict(recording),
    )


def _outputs(recording: Recording, names: Names, cursor: Cursor) -> Table:
    columns = [
        ("before", recording.layers[-1].forward.activations[:, cursor.point]),
        ("after", recording.again[-1].activations[:, cursor.point]),
        ("target t", recording.targets[:, cursor.point]),
    ]
    return table("outputs", names.outputs, columns, cursor.unit)


def _points(recording: Recording, cursor: Cursor) -> Table:
    old, new = recording.before.each, recording.after.each
    columns = [("loss before", old), ("loss after", new), ("change", new - old)]
    labels = [f"point {n}" for n in range(1, len(old) + 1)]
    return table("points", labels, columns, cursor.point)


def _penalty_formula(recording: Recording) -> tuple[Formula, ...]:
    old, new = recording.before, recording.after
    if not old.penalty and not new.penalty:
        return ()
    first, second = new.mean + new.penalty, old.mean + old.penalty
    numbers = f"{difference(first, second)} = {numeral(first - second)}"
    return (Formula("the same with the penalty, which is what training makes small", numbers),)


def _has_dropout(recording: Recording) -> bool:
    return any(name == "dropout" for item in recording.layers for name, _ in item.forward.masks)


def _verdict(recording: Recording) -> str:
    before, after = recording.before.mean, recording.after.mean
    if not (math.isfinite(before) and math.isfinite(after)):
        return "The loss is no number any more: the weights have grown beyond all bounds."
    if after == before:
        return f"The loss stayed at {numeral(before)}. {_why_it_stayed(recording)}"
    from_to = "from {} to {}".format(*told_apart(before, after))
    if after < before:
        return f"The loss fell {from_to}."
    return f"The loss rose {from_to}. {_why_it_rose(recording)}"


def _why_it_stayed(recording: Recording) -> str:
    old, new = recording.parameters
    if (old == new).all():
        return "No weight has moved: every gradient is 0, or what has one is frozen."
    return "The change of the weights was too small to show, or touched no answer to these points."


def _why_it_rose(recording: Recording) -> str:
    old, new = recording.before, recording.after
    if new.mean + new.penalty < old.mean + old.penalty:
        return "But loss and penalty together fell, and that is what training makes small."
    if _first_order_change(recording) < 0.0:
        return (
            "The gradient is the slope where the weights stood, but the loss is curved: with a "
            f"learning rate of {numeral(recording.learning_rate)} the step went too far."
        )
    others = "the penalty" if old.penalty else "other parts of the rule"
    if _remembers(recording):
        others = f"what {optimizer_name(recording)} remembers of earlier gradients"
    return (
        f"The step did not go down the slope of these points: {others} had more weight. The loss "
        "of all points may fall even so."
    )


def _first_order_change(recording: Recording) -> float:
    """Return by how much the loss would have changed if it were as straight as its gradient."""
    total = 0.0
    for record in recording.layers:
        gradients = record.backward.gradients
        if gradients is not None:
            old, new = recording.of_layer(recording.parameters, record.index).astype(np.float64)
            total += float((gradients * (new - old)).sum())
    return total


def _remembers(recording: Recording) -> bool:
    return recording.updates > 0 and bool(recording.memories)
