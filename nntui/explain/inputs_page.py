"""Stage 1: what the network is given, and what it should answer."""

import numpy as np

from nntui.engine.activations import Sigmoid, Step
from nntui.explain.body import Body, table
from nntui.explain.names import Names
from nntui.explain.numerals import numeral
from nntui.explain.page import Cursor, Formula
from nntui.explain.recording import MOST_LOSSES, Recording

_MOST_COLUMNS = 6


def inputs_body(recording: Recording, names: Names, cursor: Cursor) -> Body:
    """Tell a point's inputs and its target, and those of the batch's other points."""
    inputs, targets = recording.inputs, recording.targets
    batch = recording.batch_size
    point = inputs[:, cursor.point]
    x = f"x = {_listed(point)}, t = {_listed(targets[:, cursor.point])}"
    shown = min(batch, MOST_LOSSES)
    columns = _columns(len(inputs), cursor.unit)
    return Body(
        about=_about(recording, names),
        shapes=(
            f"inputs ({batch}, {len(inputs)})",
            f"targets ({batch}, {len(targets)})",
        ),
        formulas=(Formula("the inputs x and the target t of the point", x),),
        rows=table("inputs", names.inputs, [("value", point)], cursor.unit),
        terms=table(
            "points",
            [f"point {n}" for n in range(1, shown + 1)],
            [
                *((names.inputs[at], inputs[at, :shown]) for at in columns),
                *_target_columns(recording, names, shown),
            ],
            cursor.point,
        ),
        calls=(),
    )


def _about(recording: Recording, names: Names) -> str:
    batch, targets = recording.batch_size, recording.targets
    is_zero_or_one = bool(np.isin(targets, (0.0, 1.0)).all())
    points = "One point is" if batch == 1 else f"{batch} points are"
    target = "its target" if batch == 1 else "each one's target"
    what = "one number"
    if len(targets) > 1:
        what = "1 for the right class, 0 for the others" if is_zero_or_one else "a number for each"
    elif is_zero_or_one and isinstance(recording.layers[-1].layer.activation, Sigmoid | Step):
        what = f"1 for {names.outputs[0]}, 0 for the other class"
    return (
        f"{points} put into the network: the features, standardized where the experiment says so. "
        f"Beside them stands {target}, what the outputs should be: {what}."
    )


def _columns(inputs: int, unit: int) -> list[int]:
    """Return which inputs to show beside each other: with many, only the one looked at."""
    return list(range(inputs)) if inputs <= _MOST_COLUMNS else [unit]


def _target_columns(recording: Recording, names: Names, shown: int) -> list[tuple[str, np.ndarray]]:
    targets = recording.targets[:, :shown]
    if len(targets) > _MOST_COLUMNS:
        return []
    if len(targets) == 1:
        return [("target", targets[0])]
    return [(f"t {name}", row) for name, row in zip(names.outputs, targets, strict=True)]


def _listed(values: np.ndarray) -> str:
    """Write a vector, the beginning of a long one only; a lone number as it is."""
    if len(values) == 1:
        return numeral(values[0])
    written = [numeral(value) for value in values[:_MOST_COLUMNS]]
    more = len(values) - len(written)
    return f"({', '.join(written)}{f', … {more} more' if more else ''})"
