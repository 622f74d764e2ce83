"""Stage 3: how wrong the answers are, as one number."""

import numpy as np

from nntui.explain.body import Body, table
from nntui.explain.call_lines import function_line
from nntui.explain.loss_formulas import loss_formulas
from nntui.explain.names import Names, loss_name
from nntui.explain.numerals import numeral, sum_of_numbers
from nntui.explain.page import CallLine, Cursor, Formula
from nntui.explain.recording import Recording


def loss_body(recording: Recording, names: Names, cursor: Cursor) -> Body:
    """Tell the loss of a point and of the whole batch."""
    last, point = recording.layers[-1].forward, cursor.point
    each = recording.before.each
    columns = [
        ("weighted sum z", last.sums[:, point]),
        ("output a", last.activations[:, point]),
        ("target t", recording.targets[:, point]),
        ("a − t", last.activations[:, point] - recording.targets[:, point]),
    ]
    return Body(
        about=(
            f"The loss ({loss_name(recording).replace('_', ' ')}) says in one number how far the "
            "outputs are from their targets. That of the batch is the mean over its points."
        ),
        shapes=_shapes(recording),
        formulas=_formulas(recording, cursor),
        rows=table("outputs", names.outputs, columns, cursor.unit),
        terms=table(
            "points", [f"point {n}" for n in range(1, len(each) + 1)], [("loss", each)], point
        ),
        calls=_calls(recording),
    )


def _shapes(recording: Recording) -> tuple[str, ...]:
    units, batch = recording.targets.shape
    return (f"outputs ({batch}, {units}), targets ({batch}, {units}) → one number",)


def _formulas(recording: Recording, cursor: Cursor) -> tuple[Formula, ...]:
    last, point = recording.layers[-1].forward, cursor.point
    formulas = loss_formulas(
        recording.network.loss,
        last.sums[:, point],
        last.activations[:, point],
        recording.targets[:, point],
        cursor.unit,
    )
    return (*formulas, *_means(recording), *_with_penalty(recording))


def _means(recording: Recording) -> tuple[Formula, ...]:
    batch, each = recording.batch_size, recording.before.each
    if batch == 1:
        return ()
    rest = batch - len(each)
    listed: list[float] = each.tolist()
    if rest:
        listed.append(recording.before.mean * batch - float(np.sum(each)))
    numbers = f"({sum_of_numbers(listed)}) / {batch} = {numeral(recording.before.mean)}"
    return (Formula("loss of the batch = Σ losses of the points / batch", numbers),)


def _with_penalty(recording: Recording) -> tuple[Formula, ...]:
    before = recording.before
    if not before.penalty:
        return ()
    total = numeral(before.mean + before.penalty)
    numbers = f"{numeral(before.mean)} + {numeral(before.penalty)} = {total}"
    return (Formula("what training makes small = loss + penalty on large weights", numbers),)


def _calls(recording: Recording) -> tuple[CallLine, ...]:
    network, before = recording.network, recording.before
    shape = str(recording.targets.shape)
    lines = [
        function_line(
            "the mean loss of the points, outside the tape",
            network.loss.value,
            (f"sums {shape}", f"outputs {shape}", f"targets {shape}"),
            f"→ {numeral(before.mean)}",
        )
    ]
    if before.penalty:
        result = f"→ {numeral(before.penalty)}"
        lines.append(function_line("the penalty", network.penalty_value, (), result))
    return tuple(lines)
