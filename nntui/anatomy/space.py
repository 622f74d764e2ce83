"""The space of a layer's activations: where it has moved the points, and what decides there."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nntui.anatomy.directions import Directions, along_components, along_outputs, along_units
from nntui.anatomy.graph import column_activation, column_sizes
from nntui.anatomy.histogram import RANGES
from nntui.anatomy.limits import Limits, steady_limits
from nntui.anatomy.look import silenced_units
from nntui.anatomy.values import HiddenSpace, SpaceAxes
from nntui.engine.inference import Answers
from nntui.engine.network import Network
from nntui.engine.tape import Array, Tape

_MARGIN = 0.04
_LARGEST = 1e100
_TWO = 2

Decide = Callable[[Answers], NDArray[Any]]
"""Reads class numbers, (points,), from a network's answers."""


@dataclass(frozen=True, eq=False)
class SpacePoints:
    """What a layer passes on for different points.

    Attributes:
        training: For training points, (units, points).
        scene: For those that are drawn, (units, points).
        grid: For the points of a grid over the inputs' plane, line by line, (units, points).
        lines: How many lines the grid has.
    """

    training: Array
    scene: Array
    grid: Array
    lines: int


@dataclass(frozen=True, eq=False)
class Classes:
    """What is needed to tell which class the output layer gives.

    Attributes:
        names: Of all classes.
        decide: Reads classes from outputs.
    """

    names: Sequence[str]
    decide: Decide


class OutputPlane:
    """What the output layer answers to activations on a plane through those of the mean point.

    Such activations are mean + basisᵀ @ (place − place of the mean), and their weighted sums
    weightsᵀ @ activations + biases.

    Args:
        network: The network.
        directions: The plane, in the space of the last column before the output.
        mean: The mean of what that column passes on, (units,).
    """

    def __init__(self, network: Network, directions: Directions, mean: NDArray[np.float64]) -> None:
        self._dtype = network.dtype
        self._layer = network.dense_layers[-1]
        weights = output_weights(network)
        self._slopes = weights.T @ directions.basis.T
        place_of_mean = directions.basis @ (mean - directions.origin)
        at_mean = weights.T @ mean + self._layer.biases
        self._at_origin = at_mean - self._slopes @ place_of_mean

    def answers(self, places: NDArray[np.float64]) -> Answers:
        """Compute the answers at places, (places, 2)."""
        tape = Tape(len(places), self._dtype, training=False, keep_sums=True)
        sums = tape.array(self._layer.units)
        sums[:] = self._slopes @ places.T + self._at_origin[:, np.newaxis]
        outputs = tape.signal(self._layer.units, needs_delta=False)
        self._layer.activation.record(tape, sums, outputs)
        for call in tape.calls:
            function, arguments = call.bound()
            function(*arguments)
        return Answers(sums, outputs.values)


def output_weights(network: Network) -> NDArray[np.float64]:
    """Return the output layer's weights, those from silenced units as 0, (units, outputs)."""
    weights = network.dense_layers[-1].weights.astype(np.float64)
    weights[list(silenced_units(network)[-2])] = 0.0
    return weights


class SpaceViewer:
    """Shows the space of a layer, steadily from picture to picture."""

    def __init__(self) -> None:
        self._key: object = None
        self._basis: NDArray[np.float64] | None = None
        self._area: tuple[Limits, Limits] | None = None

    def view(
        self,
        network: Network,
        column: int,
        wanted: SpaceAxes,
        points: SpacePoints,
        *,
        names: Sequence[str],
        classes: Classes | None,
        pixels: tuple[int, int],
    ) -> HiddenSpace:
        """Look at the space of a layer.

        Args:
            network: The network.
            column: The layer's column in the graph.
            wanted: Along which directions to look.
            points: What the layer passes on.
            names: Of the layer's units.
            classes: What is needed to draw the winners; None where there are none to draw.
            pixels: Rows and columns of their picture.
        """
        deciding = classes if column == len(network.dense_layers) - 1 else None
        key = (column, wanted, column_sizes(network))
        if key != self._key:
            self._key, self._basis, self._area = key, None, None
        training = points.training.astype(np.float64)
        directions = self._directions(network, wanted, training, names, deciding)
        places = directions.places(points.scene)
        self._basis = directions.basis
        self._area = area = self._area_of(network, column, directions, places)
        note, winners = directions.note, None
        if deciding is not None and min(pixels) > 0:
            plane = OutputPlane(network, directions, training.mean(axis=1))
            winners = deciding.decide(plane.answers(_pixel_places(area, pixels)))
            winners = winners.reshape(pixels).astype(np.uint16)
            if not directions.is_whole:
                note = "; ".join(filter(None, [note, "regions: all else at its mean"]))
        return HiddenSpace(
            column=column,
            axes=directions.axes,
            x_label=directions.labels[0],
            y_label=directions.labels[1],
            note=note,
            x=places[:, 0],
            y=places[:, 1],
            grid=directions.lines(points.grid, points.lines),
            area=(*area[0], *area[1]),
            winners=winners,
        )

    def _directions(
        self,
        network: Network,
        wanted: SpaceAxes,
        training: NDArray[np.float64],
        names: Sequence[str],
        deciding: Classes | None,
    ) -> Directions:
        """Choose the directions that are wanted, or the nearest that the layer has."""
        units = len(training)
        # The comparison is false for NaN too.
        is_sane = float(np.abs(training).max()) < _LARGEST
        if wanted.kind == "units" or units == 1 or not is_sane:
            return along_units(wanted, names)
        if wanted.kind == "output" and deciding is not None:
            weights = output_weights(network)
            if np.isfinite(weights).all():
                return along_outputs(weights, deciding.names, training, self._basis)
        return along_components(training, self._basis)

    def _area_of(
        self,
        network: Network,
        column: int,
        directions: Directions,
        places: NDArray[np.float64],
    ) -> tuple[Limits, Limits]:
        """Choose what to show: all points, with some room around them."""
        activation = column_activation(network, column)
        bounds = RANGES.get(type(activation)) if activation else None
        if directions.axes.kind == "units" and bounds is not None:
            margin = _MARGIN * (bounds[1] - bounds[0])
            both = (bounds[0] - margin, bounds[1] + margin)
            return both, both
        before = self._area or (None, None)
        x, y = (steady_limits(_with_margin(places[:, axis]), before[axis]) for axis in range(_TWO))
        return x, y


def _with_margin(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the ends of values, moved apart a little; nothing where no value is finite."""
    finite = values[np.isfinite(values)]
    if not len(finite):
        return finite
    margin = _MARGIN * (finite.max() - finite.min())
    return np.array([finite.min() - margin, finite.max() + margin])


def _pixel_places(area: tuple[Limits, Limits], pixels: tuple[int, int]) -> NDArray[np.float64]:
    """Find the centres of pixels, row by row, the highest row first, (pixels, 2)."""
    rows, columns = pixels
    (x_low, x_high), (y_low, y_high) = area
    x = x_low + (np.arange(columns) + 0.5) / columns * (x_high - x_low)
    y = y_high - (np.arange(rows) + 0.5) / rows * (y_high - y_low)
    return np.stack([np.tile(x, rows), np.repeat(y, columns)], axis=1)
