"""The network: its layers, one vector with all their parameters, and the tapes that use them."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nntui.engine.layers import Dense, Layer
from nntui.engine.losses import Loss
from nntui.engine.optimizers import Optimizer, record_clipping
from nntui.engine.regularizers import Penalty
from nntui.engine.tape import Array, Backward, Signal, Tape


class Network:
    """Layers in a row, with a loss at their end.

    All parameters lie in one vector, and so do their gradients: saving, restoring, clipping and
    updating a network are operations on one array. Each Dense holds views of its part.

    Args:
        inputs: The number of inputs.
        layers: The layers; the last one is a Dense.
        loss: What the network is trained to make small.
        penalty: The price on large weights.
        dtype: "float32" or "float64".
        generator: Where the first weights come from.

    Attributes:
        inputs: The number of inputs.
        layers: The layers.
        loss: What the network is trained to make small.
        penalty: The price on large weights.
        dtype: The type of every number.
        parameters: Of all layers, layer by layer, weights before biases, (parameters,).
        gradients: Of the last step, after penalty and clipping, in the same order, (parameters,).
        dense_layers: The layers that have parameters.

    Raises:
        ValueError: The last layer is not a Dense, or its activation does not suit the loss.
    """

    def __init__(
        self,
        inputs: int,
        layers: Sequence[Layer],
        loss: Loss,
        *,
        penalty: Penalty,
        dtype: str,
        generator: np.random.Generator,
    ) -> None:
        self.inputs = inputs
        self.layers = tuple(layers)
        self.loss = loss
        self.penalty = penalty
        self.dtype = np.dtype(dtype)
        self.dense_layers = tuple(layer for layer in self.layers if isinstance(layer, Dense))
        if not self.layers or not isinstance(self.layers[-1], Dense):
            raise ValueError("The last layer of a network has to be a Dense layer.")
        _check_output(self.layers[-1], loss)
        self._share_memory()
        for layer in self.dense_layers:
            layer.initialize(generator)

    def _share_memory(self) -> None:
        """Allocate the two vectors and give each layer its part."""
        fan_ins = [self.inputs, *(layer.units for layer in self.dense_layers[:-1])]
        shapes = [(n + 1, layer.units) for n, layer in zip(fan_ins, self.dense_layers, strict=True)]
        sizes = [rows * columns for rows, columns in shapes]
        self.parameters: Array = np.zeros(sum(sizes), self.dtype)
        self.gradients: Array = np.zeros_like(self.parameters)
        self._slices: list[slice] = []
        stop = 0
        for layer, shape, size in zip(self.dense_layers, shapes, sizes, strict=True):
            part = slice(stop, stop + size)
            stop += size
            self._slices.append(part)
            layer.use_memory(
                self.parameters[part].reshape(shape), self.gradients[part].reshape(shape)
            )

    @property
    def units(self) -> int:
        """The number of outputs."""
        return self.dense_layers[-1].units

    def penalty_value(self) -> float:
        """Return the penalty on the present weights of trained neurons, in the loss's units."""
        trained = [
            layer.parameters[:, layer.trained_units] if layer.frozen_units else layer.parameters
            for layer in self.dense_layers
            if layer.trainable
        ]
        return self.penalty.value([block[:-1] for block in trained], [b[-1] for b in trained])

    def record_forward(self, tape: Tape, inputs: Signal) -> "Forward":
        """Write the forward calls of all layers.

        Args:
            tape: Where to write.
            inputs: The points, (inputs, batch).
        """
        signal = inputs
        ways_back: list[tuple[int, Backward]] = []
        for position, layer in enumerate(self.layers[:-1]):
            tape.layer = position
            signal, backward = layer.record(tape, signal)
            ways_back.append((position, backward))
        output_layer = self.dense_layers[-1]
        fused = isinstance(output_layer.activation, self.loss.fused_with or ())
        tape.layer = len(self.layers) - 1
        sums, outputs, backward = output_layer.record_with_sums(
            tape, signal, differentiate_activation=not fused
        )
        ways_back.append((tape.layer, backward))
        return Forward(sums, outputs, ways_back)

    def record_update(self, tape: Tape, optimizer: Optimizer | None, clip_norm: float) -> None:
        """Write the calls that turn gradients into new parameters.

        The gradients of frozen neurons become exactly 0 before anything is clipped. Whatever the
        optimizer then makes of them, with speed left over or by weight decay, their parameters are
        put back as they were. What it remembers of them fades as it does where a gradient is 0.

        Args:
            tape: Where to write.
            optimizer: Makes the update; None stops at the gradients.
            clip_norm: The longest gradient allowed; 0 for any.
        """
        trainable = self._trainable_slices()
        tape.layer = None
        tape.stage = "penalty"
        is_weight = np.ones_like(self.parameters)
        for layer, part in zip(self.dense_layers, self._slices, strict=True):
            is_weight[part.stop - layer.units : part.stop] = 0.0
        for part in trainable:
            self.penalty.record(tape, self.parameters[part], self.gradients[part], is_weight[part])
        frozen = self._frozen_positions()
        if len(frozen):
            meaning = "gradient 0 for frozen neurons"
            tape.call(meaning, _put, frozen, tape.scalar(0.0), out=self.gradients)
        tape.stage = "clipping"
        if clip_norm:
            record_clipping(tape, self.gradients, clip_norm)
        tape.stage = "update"
        if optimizer is None:
            return
        kept = np.zeros(len(frozen), self.dtype)
        if len(frozen):
            tape.call("w of frozen neurons", _take, self.parameters, frozen, out=kept)
        for part in trainable:
            optimizer.record(tape, self.parameters[part], self.gradients[part], part.start)
        if len(frozen):
            tape.call("w of frozen neurons, put back", _put, frozen, kept, out=self.parameters)

    def _trainable_slices(self) -> list[slice]:
        """Return the runs of trainable parameters; neighbouring layers form one run."""
        runs: list[slice] = []
        for layer, part in zip(self.dense_layers, self._slices, strict=True):
            if not layer.trainable:
                continue
            if runs and runs[-1].stop == part.start:
                runs[-1] = slice(runs[-1].start, part.stop)
            else:
                runs.append(part)
        return runs

    def _frozen_positions(self) -> NDArray[np.intp]:
        """Return where the frozen neurons of trainable layers are among all parameters."""
        positions = np.arange(len(self.parameters))
        found = [
            positions[part].reshape(layer.parameters.shape)[:, list(layer.frozen_units)].ravel()
            for layer, part in zip(self.dense_layers, self._slices, strict=True)
            if layer.trainable and layer.frozen_units
        ]
        return np.concatenate(found) if found else positions[:0]


def _take(numbers: Array, positions: NDArray[np.intp], out: Array) -> None:
    """Copy the numbers at some positions."""
    numbers.take(positions, 0, out, "clip")  # All are in range: "clip" skips the check.


def _put(positions: NDArray[np.intp], numbers: Array, out: Array) -> None:
    """Put numbers, or one number, at some positions; the others stay."""
    out.put(positions, numbers)


def _check_output(layer: Dense, loss: Loss) -> None:
    """Refuse a loss that includes the derivative of another activation than the output's."""
    needed, found = loss.fused_with, type(layer.activation)
    if needed is not None and needed is not found:
        raise ValueError(
            f"{type(loss).__name__} needs a {needed.__name__} output, found {found.__name__}."
        )


@dataclass(frozen=True, slots=True, eq=False)
class Forward:
    """What the forward calls of a network fill, and what writes the way back.

    Attributes:
        sums: The output layer's weighted sums, (units, batch).
        outputs: The network's outputs, (units, batch).
        ways_back: For each layer, its position and the writer of its backward calls.
    """

    sums: Array
    outputs: Signal
    ways_back: list[tuple[int, Backward]]
