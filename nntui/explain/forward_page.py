"""Stage 2: forward through a layer: weighted sums, then activations."""

import numpy as np

from nntui.explain.activation_formulas import activation_formula
from nntui.explain.body import Body, table
from nntui.explain.call_lines import call_line
from nntui.explain.names import Names, parameter_names, unit_names
from nntui.explain.numerals import factor, numeral
from nntui.explain.page import CallLine, Cursor, Formula
from nntui.explain.recording import Recording
from nntui.explain.sums import products_text
from nntui.explain.tracing import Ran


def forward_body(recording: Recording, names: Names, cursor: Cursor) -> Body:
    """Tell how the neurons of a layer answer a point."""
    record = recording.layers[cursor.layer]
    forward, unit, point = record.forward, cursor.unit, cursor.point
    block = recording.of_layer(recording.parameters[0], cursor.layer)
    column = forward.inputs[:, point]
    products = column * block[:-1, unit]
    columns = [
        ("weighted sum z", forward.sums[:, point]),
        ("activation a", forward.activations[:, point]),
    ]
    if forward.masks:
        columns.append(("passed on", forward.passed_on[:, point]))
    return Body(
        about=_about(recording, cursor),
        shapes=_shapes(recording, cursor.layer),
        formulas=_formulas(recording, cursor),
        rows=table("neurons", unit_names(recording, names, cursor.layer), columns, unit),
        terms=table(
            "inputs",
            parameter_names(recording, names, cursor.layer),
            [
                ("input", np.append(column, 1.0)),
                ("weight", block[:, unit]),
                ("product", np.append(products, block[-1, unit])),
            ],
            cursor.row,
        ),
        calls=tuple(_call(ran, unit, point) for ran in forward.ran),
    )


def _call(ran: Ran, unit: int, point: int) -> CallLine:
    return call_line(ran, (unit, point) if ran.out.ndim > 1 else (point,))


def _about(recording: Recording, cursor: Cursor) -> str:
    record = recording.layers[cursor.layer]
    what = (
        "Each neuron multiplies every input by a weight, adds the products and its bias, and "
        "answers with the activation function of that sum."
    )
    names = [name for name, _ in record.forward.masks]
    if "silence" in names and record.forward.masks[0][1][cursor.unit, cursor.point] == 0.0:
        return f"{what} This neuron has been silenced: it passes on 0."
    if "silence" in names:
        what += " Silenced neurons pass on 0."
    if "dropout" in names:
        what += (
            " Dropout then silences some of them at random in this step, and makes up for it by "
            "enlarging the others."
        )
    return what


def _shapes(recording: Recording, index: int) -> tuple[str, ...]:
    inputs, units = (n for n in recording.layers[index].layer.weights.shape)
    batch = recording.batch_size
    return (
        f"inputs ({batch}, {inputs}) @ weights ({inputs}, {units}) + biases ({units},) "
        f"→ ({batch}, {units})",
        f"activation ({batch}, {units}) → ({batch}, {units})",
    )


def _formulas(recording: Recording, cursor: Cursor) -> tuple[Formula, ...]:
    record = recording.layers[cursor.layer]
    forward, unit, point = record.forward, cursor.unit, cursor.point
    weights = recording.of_layer(recording.parameters[0], cursor.layer)[:, unit]
    z = forward.sums[unit, point]
    total = products_text(forward.inputs[:, point], weights[:-1])
    return (
        Formula("z = Σ inputs · weights + bias", f"{total} + {factor(weights[-1])} = {numeral(z)}"),
        activation_formula(
            record.layer.activation, forward.sums[:, point], forward.activations[:, point], unit
        ),
        *_passed_on(recording, cursor),
    )


def _passed_on(recording: Recording, cursor: Cursor) -> tuple[Formula, ...]:
    forward = recording.layers[cursor.layer].forward
    if not forward.masks:
        return ()
    at = cursor.unit, cursor.point
    masks = " · ".join(factor(mask[at]) for _, mask in forward.masks)
    symbols = " · ".join(f"mask of {name}" for name, _ in forward.masks)
    numbers = f"{numeral(forward.activations[at])} · {masks} = {numeral(forward.passed_on[at])}"
    return (Formula(f"passed on = a · {symbols}", numbers),)
