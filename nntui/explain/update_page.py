"""Stage 5: the optimizer turns gradients into new weights."""

import numpy as np

from nntui.explain.body import Body, table
from nntui.explain.call_lines import ParameterFinder, call_line, function_line
from nntui.explain.names import Names, optimizer_name, parameter_names, unit_names
from nntui.explain.numerals import MANY_DIGITS, factor, numeral, setting
from nntui.explain.optimizer_formulas import Moved, optimizer_formulas, slot_symbol
from nntui.explain.page import CallLine, Cursor, Formula
from nntui.explain.recording import Recording
from nntui.explain.tracing import Ran, address


def update_body(recording: Recording, names: Names, cursor: Cursor) -> Body:
    """Tell how the parameters of a layer are moved."""
    row, unit, index = cursor.row, cursor.unit, cursor.layer
    old, new = recording.of_layer(recording.parameters, index)
    used = recording.of_layer(recording.gradients, index)
    layer = recording.layers[index].layer
    return Body(
        about=_about(recording, cursor),
        shapes=(f"weights and biases {old.shape}, as {old.size} numbers in a row",),
        formulas=_formulas(recording, cursor),
        rows=table(
            "the bias of each neuron"
            if row == len(old) - 1
            else f"the weight of {parameter_names(recording, names, index)[row]} in each neuron",
            unit_names(recording, names, index),
            [
                ("w", old[row]),
                ("gradient g", used[row] if layer.trainable else None),
                ("change", new[row] - old[row]),
                ("new w", new[row]),
            ],
            unit,
        ),
        terms=table(
            "parameters",
            parameter_names(recording, names, index),
            _columns(recording, cursor),
            row,
        ),
        calls=_calls(recording, cursor),
    )


def _about(recording: Recording, cursor: Cursor) -> str:
    layer = recording.layers[cursor.layer].layer
    if not layer.trainable:
        return "This layer is frozen: its weights and biases stay as they are."
    rate = numeral(recording.learning_rate)
    what = (
        f"The optimizer ({optimizer_name(recording)}, learning rate {rate} in this step) moves "
        "each parameter against its gradient, by a rule of its own."
    )
    if cursor.unit in layer.frozen_units:
        return f"{what} This neuron is frozen: its gradients count as 0, and its weights are kept."
    if recording.memories:
        return f"{what} It remembers something of every parameter from step to step."
    return what


def _columns(recording: Recording, cursor: Cursor) -> list[tuple[str, np.ndarray | None]]:
    unit, index = cursor.unit, cursor.layer
    record = recording.layers[index]
    old, new = recording.of_layer(recording.parameters, index)[:, :, unit]
    states = recording.of_layer(recording.states, index)[..., unit]
    columns: list[tuple[str, np.ndarray | None]] = [("w", old)]
    if record.layer.trainable:
        used = recording.of_layer(recording.gradients, index)[:, unit]
        found = record.backward.gradients
        if _was_changed(recording, cursor):
            columns.append(("of the loss", None if found is None else found[:, unit]))
        columns.append(("gradient g", used))
        for slot in recording.memories:
            letter, place = slot_symbol(slot), recording.optimizer.slots.index(slot)
            columns.extend([(letter, states[0, place]), (f"new {letter}", states[1, place])])
    return [*columns, ("new w", new)]


def _was_changed(recording: Recording, cursor: Cursor) -> bool:
    """Tell whether a gradient is more than the loss's own: penalty, clipping or freezing."""
    layer = recording.layers[cursor.layer].layer
    return bool(layer.frozen_units) or any(
        ran.call.stage in {"penalty", "clipping"} for ran in recording.ran
    )


def _formulas(recording: Recording, cursor: Cursor) -> tuple[Formula, ...]:
    layer = recording.layers[cursor.layer].layer
    at = cursor.row, cursor.unit
    old, new = (
        float(block[at]) for block in recording.of_layer(recording.parameters, cursor.layer)
    )
    if not layer.trainable or cursor.unit in layer.frozen_units:
        return (Formula("w ← w", f"{numeral(old)} = {numeral(new)}"),)
    states = recording.of_layer(recording.states, cursor.layer)[:, :, cursor.row, cursor.unit]
    slots = recording.optimizer.slots
    moved = Moved(
        before=old,
        after=new,
        gradient=float(recording.of_layer(recording.gradients, cursor.layer)[at]),
        memory=dict(zip(slots, states[0].tolist(), strict=True)),
        new_memory=dict(zip(slots, states[1].tolist(), strict=True)),
        learning_rate=recording.learning_rate,
        updates=recording.updates,
    )
    return (
        *optimizer_formulas(recording.optimizer, moved),
        *_penalty_formula(recording, cursor, old),
        *_clipping_formula(recording, cursor),
    )


def _penalty_formula(recording: Recording, cursor: Cursor, w: float) -> tuple[Formula, ...]:
    penalty = recording.network.penalty
    is_bias = cursor.row == len(recording.layers[cursor.layer].layer.weights)
    l1, l2 = (penalty.bias_l1, penalty.bias_l2) if is_bias else (penalty.l1, penalty.l2)
    found = recording.layers[cursor.layer].backward.gradients
    after = _after_penalty(recording, cursor)
    if not (l1 or l2) or found is None or after is None:
        return ()
    prefix = "bias_" if is_bias else ""
    symbols, numbers = ["∂L/∂w"], [numeral(found[cursor.row, cursor.unit])]
    if l2:
        symbols.append(f"2 · {prefix}l2 · w")
        numbers.append(f"2 · {setting(l2)} · {factor(w)}")
    if l1:
        symbols.append(f"{prefix}l1 · sign(w)")
        numbers.append(f"{setting(l1)} · {factor(np.sign(w))}")
    formula = f"{' + '.join(numbers)} = {numeral(after)}"
    return (Formula(f"g = {' + '.join(symbols)}, with the penalty", formula),)


def _after_penalty(recording: Recording, cursor: Cursor) -> float | None:
    """Return the gradient of the parameter as the last call of the penalty left it."""
    finder = _finder(recording, cursor)
    value: float | None = None
    for ran in recording.ran:
        if ran.call.stage == "penalty":
            index = finder.index(ran)
            if index is not None and np.may_share_memory(ran.call.out, recording.network.gradients):
                value = float(ran.out[index])
    return value


def _clipping_formula(recording: Recording, cursor: Cursor) -> tuple[Formula, ...]:
    clipping = [ran for ran in recording.ran if ran.call.stage == "clipping"]
    if not clipping:
        return ()
    share = next(ran for ran in reversed(clipping) if ran.call.function is np.divide)
    longest, norm = (float(number) for number in share.inputs)
    index = _finder(recording, cursor).index(clipping[-1])
    if index is None:
        return ()
    before, after = float(clipping[-1].inputs[0][index]), float(clipping[-1].out[index])
    numbers = (
        f"{numeral(before)} · {numeral(longest, MANY_DIGITS)} / {numeral(norm)} = {numeral(after)}"
    )
    symbols = "g ← g · clip_norm / max(‖g‖, clip_norm), ‖g‖ the length of all gradients together"
    return (Formula(symbols, numbers),)


def _finder(recording: Recording, cursor: Cursor) -> ParameterFinder:
    network, position = recording.network, _position(recording, cursor)
    vectors = [network.parameters, network.gradients, *recording.optimizer.state]
    return ParameterFinder([address(v) + position * v.itemsize for v in vectors])


def _position(recording: Recording, cursor: Cursor) -> int:
    """Return where the parameter under the cursor is among all parameters."""
    units = recording.layers[cursor.layer].layer.units
    return recording.start_of_layer(cursor.layer) + cursor.row * units + cursor.unit


def _calls(recording: Recording, cursor: Cursor) -> tuple[CallLine, ...]:
    layer = recording.layers[cursor.layer].layer
    if not layer.trainable:
        return ()
    lines = [
        function_line(
            "set the learning rate, and what else changes from step to step",
            recording.optimizer.begin_step,
            (f"step={recording.updates}", f"learning_rate={numeral(recording.learning_rate)}"),
            "",
        )
    ]
    finder, position = _finder(recording, cursor), _position(recording, cursor)
    for ran in recording.ran:
        if ran.call.stage not in {"penalty", "clipping", "update"}:
            continue
        index = finder.index(ran)
        if _concerns(ran, index, position):
            lines.append(call_line(ran, index))
    return tuple(lines)


def _concerns(ran: Ran, index: tuple[int, ...] | None, position: int) -> bool:
    """Tell whether a call has to do with a parameter; some touch certain positions only."""
    positions = [a for a in ran.inputs if a.ndim == 1 and a.dtype.kind == "i"]
    if positions:
        return position in positions[0]
    return index is not None
