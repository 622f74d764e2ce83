"""Gradients beside their definition: (loss(w + h) − loss(w − h)) / 2h.

The loss is that of the same points, with the same dropout masks, computed by the same layers in
double precision. It is the loss alone, without the penalty, because that is what the way back
differentiates; penalty and clipping come after it.

Where a sum is exactly 0, as all are with initial weights of 0, ReLU has a corner, and the step of a
perceptron too: the loss has one slope to the left and another to the right. The way back takes one
of them, and no comparison can tell whether it is right.
"""

import math
from collections.abc import Sequence

import numpy as np

from nntui.engine.gradient_check import SMALLEST, STEP_SIZES, TOLERANCE
from nntui.engine.initializers import Zeros
from nntui.engine.layers import Dense, Dropout, Layer
from nntui.engine.network import Network
from nntui.engine.regularizers import Penalty
from nntui.engine.tape import Array, Backward, Signal, Tape, nothing
from nntui.explain.page import Check, Cursor
from nntui.explain.recording import Recording

_SINGLE_TOLERANCE = 1e-3
"""The tolerance for gradients in single precision, whose rounding is the larger part."""

_MOST_JUMPS = 100
"""A gradient further off than so many times the change of slope at a corner is wrong even there.

Not one, because the corners of several points of the batch can cancel each other."""

_MOST_PRODUCTS = 150_000_000
"""How many products of two numbers the checks of one page may take, about a tenth of a second."""


def gradient_checks(
    recording: Recording, cursor: Cursor, first: int, count: int
) -> tuple[Check, ...]:
    """Compare gradients of the neuron under the cursor with finite differences.

    Args:
        recording: The update.
        cursor: The layer and the neuron.
        first: The first row of its parameters to compare.
        count: How many; in a large network it may be fewer.
    """
    gradients = recording.layers[cursor.layer].backward.gradients
    if gradients is None or count <= 0:
        return ()
    rows = range(max(first, 0), min(first + count, len(gradients)))
    evaluations = 2 * len(STEP_SIZES) * len(recording.network.parameters) * recording.batch_size
    rows = rows[: max(_MOST_PRODUCTS // evaluations, 1)]
    twin = _Twin(recording)
    tolerance = TOLERANCE if gradients.dtype == np.float64 else _SINGLE_TOLERANCE
    return tuple(
        _check(twin, cursor, row, float(gradients[row, cursor.unit]), tolerance) for row in rows
    )


def _check(twin: "_Twin", cursor: Cursor, row: int, gradient: float, tolerance: float) -> Check:
    best, error, agrees = math.nan, math.inf, False
    sides: list[tuple[float, float]] = []
    for h in STEP_SIZES:
        if agrees:
            break
        below, above = twin.slopes(cursor.layer, row, cursor.unit, h)
        sides.append((below, above))
        found = (below + above) / 2.0
        smallest = max(SMALLEST, twin.noise(h) / tolerance)
        this_error = abs(gradient - found) / max(abs(gradient), abs(found), smallest)
        if math.isnan(best) or this_error < error:
            best, error, agrees = found, this_error, bool(this_error <= tolerance)
    jump = 0.0 if agrees else _jump(sides, twin.noise(STEP_SIZES[1]))
    return Check(row, gradient, best, agrees, abs(gradient - best) < _MOST_JUMPS * jump)


def _jump(sides: Sequence[tuple[float, float]], noise: float) -> float:
    """Return by how much the slope changes at a corner; 0 where there is none.

    Where a function only bends, the slopes below and above approach each other as fast as the
    step gets smaller; at a corner they stay apart.
    """
    wide, narrow = (abs(above - below) for below, above in sides[:2])
    return narrow if narrow > 0.5 * wide and narrow > 4.0 * noise else 0.0


class _Mask:
    """A layer that multiplies by a mask that has been drawn already."""

    def __init__(self, mask: Array) -> None:
        self._mask = mask

    def record(self, tape: Tape, inputs: Signal) -> tuple[Signal, Backward]:
        """Write outputs = inputs · mask."""
        outputs = tape.signal(len(inputs.values), needs_delta=False)
        tape.call("inputs · mask", np.multiply, inputs.values, self._mask, out=outputs.values)
        return outputs, nothing


class _Twin:
    """The network as it was before the update, in double precision, on the same points.

    Attributes:
        loss: Its loss.
    """

    def __init__(self, recording: Recording) -> None:
        network = recording.network
        self._network = Network(
            network.inputs,
            _same_layers(recording),
            network.loss,
            penalty=Penalty(),
            dtype="float64",
            generator=np.random.default_rng(0),
        )
        self._network.parameters[:] = recording.parameters[0]
        self._targets = recording.targets.astype(np.float64)
        tape = Tape(recording.batch_size, self._network.dtype, training=True, keep_sums=True)
        signal = tape.signal(network.inputs, needs_delta=False)
        signal.values[:] = recording.inputs
        self._forward = self._network.record_forward(tape, signal)
        self._calls = [(call.layer or 0, *call.bound()) for call in tape.calls]
        self._positions = [record.position for record in recording.layers]
        self.loss = self._run_from(0)

    def slopes(self, layer: int, row: int, unit: int, h: float) -> tuple[float, float]:
        """Return (loss(w) − loss(w − h)) / h and (loss(w + h) − loss(w)) / h for one parameter."""
        block = self._network.dense_layers[layer].parameters
        before = float(block[row, unit])
        block[row, unit] = before + h
        above = self._run_from(layer)
        block[row, unit] = before - h
        below = self._run_from(layer)
        block[row, unit] = before
        return (self.loss - below) / h, (above - self.loss) / h

    def noise(self, h: float) -> float:
        """Return a size below which the losses' own rounding decides what such a slope is."""
        return 16 * float(np.finfo(np.float64).eps) * abs(self.loss) / h

    def _run_from(self, layer: int) -> float:
        """Compute the loss; the layers before have not changed since they last ran."""
        for position, function, arguments in self._calls:
            if position >= self._positions[layer]:
                function(*arguments)
        forward = self._forward
        return self._network.loss.value(forward.sums, forward.outputs.values, self._targets)


def _same_layers(recording: Recording) -> Sequence[Layer]:
    """Return layers that do what the network's did, with the masks that were drawn."""
    layers: list[Layer] = []
    drawn = {
        ran.call.layer: ran.inputs[1]
        for record in recording.layers
        for ran in record.forward.ran
        if ran.call.function is np.multiply and ran.inputs[1].ndim
    }
    for position, layer in enumerate(recording.network.layers):
        if isinstance(layer, Dense):
            layers.append(Dense(layer.units, layer.activation, Zeros()))
        elif isinstance(layer, Dropout) and position in drawn:
            layers.append(_Mask(drawn[position].astype(np.float64)))
        elif not isinstance(layer, Dropout):
            layers.append(layer)
    return layers
