"""Stage 4: back through a layer: what each neuron, and each weight, has to do with the loss."""

import numpy as np

from nntui.engine.activations import Softmax, Step
from nntui.explain.activation_formulas import slope_formula, softmax_delta_formula
from nntui.explain.body import Body, table
from nntui.explain.call_lines import call_line
from nntui.explain.layer_records import LayerRecord, is_gradient_product, is_input_delta_product
from nntui.explain.loss_formulas import FUSED_REASON, PERCEPTRON_REASON, gradient_formula
from nntui.explain.names import Names, parameter_names, unit_names
from nntui.explain.numerals import factor, numeral, sum_of_numbers
from nntui.explain.page import CallLine, Cursor, Formula
from nntui.explain.recording import Recording
from nntui.explain.sums import products_text
from nntui.explain.tracing import Ran


def backward_body(recording: Recording, names: Names, cursor: Cursor) -> Body:
    """Tell the gradients of a layer's sums, weights and biases."""
    record = recording.layers[cursor.layer]
    return Body(
        about=_about(recording, record, cursor),
        shapes=_shapes(recording, record),
        formulas=_formulas(recording, cursor),
        rows=table(
            "neurons",
            unit_names(recording, names, cursor.layer),
            _columns(recording, cursor),
            cursor.unit,
        ),
        terms=table(
            "inputs",
            parameter_names(recording, names, cursor.layer),
            _term_columns(recording, cursor),
            cursor.row,
        ),
        calls=_calls(recording, record, cursor),
    )


def _is_output(recording: Recording, record: LayerRecord) -> bool:
    return record.index == len(recording.layers) - 1


def _about(recording: Recording, record: LayerRecord, cursor: Cursor) -> str:
    if record.backward.sum_delta is None:
        return (
            "Nothing is computed here: neither this layer nor any layer before it is trained, so "
            "nobody needs these gradients."
        )
    what = (
        "∂L/∂z tells how the loss would change if a neuron's sum grew a little. It comes from the "
        "layer that follows, times the activation's slope; times an input it is that weight's "
        "gradient."
    )
    if record.is_fused:
        is_step = isinstance(record.layer.activation, Step)
        what = PERCEPTRON_REASON if is_step else FUSED_REASON
    elif _is_output(recording, record):
        what = (
            "The way back begins with the slope of the loss at each output, ∂L/∂a. Times the "
            "activation's slope it is ∂L/∂z, and that times an input is the weight's gradient."
        )
    if recording.before.penalty:
        what += " The penalty comes later: this is the gradient of the loss alone."
    return f"{what}{_frozen_note(record, cursor.unit)}"


def _frozen_note(record: LayerRecord, unit: int) -> str:
    if record.backward.gradients is None:
        return " This layer is frozen: its own gradients are not computed."
    if unit in record.layer.frozen_units:
        return " This neuron is frozen: its gradients are set to 0 before the update."
    return ""


def _shapes(recording: Recording, record: LayerRecord) -> tuple[str, ...]:
    batch, (inputs, units) = recording.batch_size, record.layer.weights.shape
    if record.backward.sum_delta is None:
        return ()
    shapes = [f"∂L/∂z ({batch}, {units})"]
    if record.backward.gradients is not None:
        shapes.append(
            f"weights: inputsᵀ ({inputs}, {batch}) @ ∂L/∂z ({batch}, {units}) → ({inputs}, {units})"
        )
        shapes.append(f"biases: Σ ∂L/∂z ({batch}, {units}) over the batch → ({units},)")
    if record.backward.input_delta is not None:
        shapes.append(
            f"inputs: ∂L/∂z ({batch}, {units}) @ weightsᵀ ({units}, {inputs}) → ({batch}, {inputs})"
        )
    return tuple(shapes)


def _columns(recording: Recording, cursor: Cursor) -> list[tuple[str, np.ndarray | None]]:
    record, point = recording.layers[cursor.layer], cursor.point
    backward = record.backward

    def at(array: np.ndarray | None) -> np.ndarray | None:
        return None if array is None else array[:, point]

    if record.is_fused:
        return [
            ("output a", at(record.forward.activations)),
            ("target t", at(recording.targets)),
            ("∂L/∂z", at(backward.sum_delta)),
        ]
    columns = [("∂L/∂a", at(backward.activation_delta))]
    if not isinstance(record.layer.activation, Softmax):
        columns.append(("da/dz", at(backward.slopes)))
    return [*columns, ("∂L/∂z", at(backward.sum_delta))]


def _term_columns(recording: Recording, cursor: Cursor) -> list[tuple[str, np.ndarray | None]]:
    record = recording.layers[cursor.layer]
    forward, backward = record.forward, record.backward
    inputs = np.append(forward.inputs[:, cursor.point], 1.0)
    delta = backward.sum_delta
    gradients = backward.gradients
    return [
        ("input", inputs),
        ("input · ∂L/∂z", None if delta is None else inputs * delta[cursor.unit, cursor.point]),
        ("gradient", None if gradients is None else gradients[:, cursor.unit]),
    ]


def _formulas(recording: Recording, cursor: Cursor) -> tuple[Formula, ...]:
    record = recording.layers[cursor.layer]
    if record.backward.sum_delta is None:
        return ()
    return (
        *_arriving(recording, cursor),
        *_through_activation(record, cursor),
        *_gradient_formulas(recording, cursor),
        *_handed_back(recording, cursor),
    )


def _gradient_formulas(recording: Recording, cursor: Cursor) -> tuple[Formula, ...]:
    """Write the gradients of the weight under the cursor and of the bias: sums over the batch."""
    record = recording.layers[cursor.layer]
    gradients, delta = record.backward.gradients, record.backward.sum_delta
    if gradients is None or delta is None:
        return ()
    of_weight, of_bias = gradients[cursor.row, cursor.unit], gradients[-1, cursor.unit]
    total = sum_of_numbers(delta[cursor.unit].astype(np.float64).tolist())
    bias = Formula("∂L/∂bias = Σ ∂L/∂z over the batch", f"{total} = {numeral(of_bias)}")
    if cursor.row == len(record.forward.inputs):
        return (bias,)
    total = products_text(record.forward.inputs[cursor.row], delta[cursor.unit])
    symbols = "∂L/∂weight = Σ input · ∂L/∂z over the batch"
    return Formula(symbols, f"{total} = {numeral(of_weight)}"), bias


def _arriving(recording: Recording, cursor: Cursor) -> tuple[Formula, ...]:
    """Write where the gradient of the neuron's answer comes from."""
    record, at = recording.layers[cursor.layer], (cursor.unit, cursor.point)
    backward = record.backward
    if _is_output(recording, record):
        delta = backward.sum_delta if record.is_fused else backward.activation_delta
        if delta is None:
            return ()
        a, t = float(record.forward.activations[at]), float(recording.targets[at])
        shape = recording.targets.shape
        loss = recording.network.loss
        return (gradient_formula(loss, a, t, (shape[0], shape[1]), float(delta[at])),)
    following = recording.layers[cursor.layer + 1].backward.sum_delta
    arrived = backward.passed_on_delta
    if following is None or arrived is None or backward.activation_delta is None:
        return ()
    weights = recording.of_layer(recording.parameters[0], cursor.layer + 1)[cursor.unit]
    total = products_text(weights, following[:, cursor.point])
    masks = record.forward.masks
    name = "∂L/∂(passed on)" if masks else "∂L/∂a"
    formulas = [
        Formula(
            f"{name} = Σ weights · ∂L/∂z over the neurons of the next layer",
            f"{total} = {numeral(arrived[at])}",
        )
    ]
    if masks:
        numbers = " · ".join(factor(mask[at]) for _, mask in masks)
        formulas.append(
            Formula(
                f"∂L/∂a = {name} · " + " · ".join(f"mask of {name}" for name, _ in masks),
                f"{numeral(arrived[at])} · {numbers} = {numeral(backward.activation_delta[at])}",
            )
        )
    return tuple(formulas)


def _through_activation(record: LayerRecord, cursor: Cursor) -> tuple[Formula, ...]:
    """Write how the gradient passes the activation."""
    forward, backward, at = record.forward, record.backward, (cursor.unit, cursor.point)
    delta, sum_delta = backward.activation_delta, backward.sum_delta
    if delta is None or sum_delta is None:
        return ()
    if backward.slopes is None:
        point = cursor.point
        answers = forward.activations[:, point].astype(np.float64)
        deltas = delta[:, point].astype(np.float64)
        result = float(sum_delta[at])
        return (softmax_delta_formula(deltas, answers, cursor.unit, result),)
    z, a, slope = (
        float(array[at]) for array in (forward.sums, forward.activations, backward.slopes)
    )
    numbers = f"{numeral(delta[at])} · {factor(slope)} = {numeral(sum_delta[at])}"
    return (
        slope_formula(record.layer.activation, z, a, slope),
        Formula("∂L/∂z = ∂L/∂a · da/dz", numbers),
    )


def _handed_back(recording: Recording, cursor: Cursor) -> tuple[Formula, ...]:
    """Write what the layer hands back to the input under the cursor."""
    record = recording.layers[cursor.layer]
    handed, delta = record.backward.input_delta, record.backward.sum_delta
    if handed is None or delta is None or cursor.row >= len(handed):
        return ()
    weights = recording.of_layer(recording.parameters[0], cursor.layer)[cursor.row]
    total = products_text(weights, delta[:, cursor.point])
    return (
        Formula(
            "∂L/∂input = Σ weights · ∂L/∂z over this layer's neurons, for the layer before",
            f"{total} = {numeral(handed[cursor.row, cursor.point])}",
        ),
    )


def _calls(recording: Recording, record: LayerRecord, cursor: Cursor) -> tuple[CallLine, ...]:
    """Describe the calls; the way back begins with those of the loss."""
    of_loss = [ran for ran in recording.ran if ran.call.stage == "loss"]
    ran = (*(of_loss if _is_output(recording, record) else ()), *record.backward.ran)
    return tuple(call_line(item, _index(item, record, cursor)) for item in ran)


def _index(ran: Ran, record: LayerRecord, cursor: Cursor) -> tuple[int, int] | None:
    if is_gradient_product(ran, record.layer):
        return cursor.row, cursor.unit
    if is_input_delta_product(ran, record.layer):
        # The last row belongs to the row of ones, and nobody reads it.
        return (cursor.row, cursor.point) if cursor.row < len(ran.out) - 1 else None
    return cursor.unit, cursor.point
