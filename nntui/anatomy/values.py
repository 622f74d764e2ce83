"""The values that describe the inside of a network at one moment.

Everything is frozen and holds copies. Gradients are those of the loss and the penalty over the
training points (some hundred of them, where there are more) at this moment, without dropout; they
are 0 for what is not trained. A *column* is a column of the graph: 0 the inputs, 1 the
first hidden layer, and so on up to the output layer. Units are counted from 0 here; the screen
counts them from 1.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

TILE_LEVELS = 7
"""A tile has the levels −TILE_LEVELS to TILE_LEVELS; more could not be told apart."""


@dataclass(frozen=True)
class Neuron:
    """A neuron, or an input, by its place in the graph.

    Attributes:
        column: 0 for the inputs, 1 for the first hidden layer, ...
        unit: Its number within the column, counted from 0.
    """

    column: int
    unit: int


@dataclass(frozen=True)
class Window:
    """A run of neighbouring units of one column.

    Attributes:
        first: The first unit.
        count: How many.
    """

    first: int
    count: int


@dataclass(frozen=True, eq=False)
class Column:
    """What the graph shows of some neighbouring units of one column.

    Attributes:
        first: The first of them.
        total: How many units the column has.
        tiles: What each answers over the plane, −TILE_LEVELS to TILE_LEVELS as a share of
            ``scales``, (units, rows, columns), the highest row first; no rows where not asked for.
        scales: The largest |answer| in each tile, (units,).
        biases: (units,); NaN for inputs.
        activities: The mean |activation| over training points, (units,).
        dead: Which answer 0 to every training point, with no gradient there, (units,).
        saturated: The share of training points that each answers from a flat part of its
            activation, 0 to 1, (units,); NaN where the activation has none.
        frozen: Which are not trained, alone or with their layer, (units,).
        silenced: Which pass on nothing, (units,).
        weights: From the shown units of the column before, (units before, units); no rows for the
            inputs.
        largest_weight: The largest |weight| of the whole layer; 0 for the inputs.
    """

    first: int
    total: int
    tiles: NDArray[np.int8]
    scales: NDArray[np.float64]
    biases: NDArray[np.float64]
    activities: NDArray[np.float64]
    dead: NDArray[np.bool_]
    saturated: NDArray[np.float64]
    frozen: NDArray[np.bool_]
    silenced: NDArray[np.bool_]
    weights: NDArray[np.float64]
    largest_weight: float


@dataclass(frozen=True, eq=False)
class NeuronDetail:
    """Everything about one neuron, or one input.

    Attributes:
        neuron: Which one.
        activation: Its activation's name; empty for an input.
        bias: NaN for an input.
        bias_gradient: NaN for an input.
        incoming: The weights from every unit of the column before, (units before,).
        incoming_gradients: Their gradients, (units before,).
        outgoing: The weights to every unit of the column after, (units after,).
        outgoing_gradients: Their gradients, (units after,).
        counts: How many training points it answers within each of equally wide ranges, (bins,).
        low: Where the first range begins.
        high: Where the last one ends.
        mean: Of its activations over the training points.
        spread: Their standard deviation.
        dead: Whether it answers 0 to every training point, with no gradient there.
        saturated: The share of training points answered from a flat part; None where there is none.
        frozen: Whether it is not trained, alone or with its layer.
        silenced: Whether it passes on nothing.
        field: What it answers over the plane, before it is silenced, (rows, columns), the highest
            row first; no rows where not asked for.
    """

    neuron: Neuron
    activation: str
    bias: float
    bias_gradient: float
    incoming: NDArray[np.float64]
    incoming_gradients: NDArray[np.float64]
    outgoing: NDArray[np.float64]
    outgoing_gradients: NDArray[np.float64]
    counts: NDArray[np.int64]
    low: float
    high: float
    mean: float
    spread: float
    dead: bool
    saturated: float | None
    frozen: bool
    silenced: bool
    field: NDArray[np.float32]


@dataclass(frozen=True, eq=False)
class Spread:
    """How the numbers of a layer have been spread at some moments of the run.

    Attributes:
        steps: The moments, (moments,), increasing.
        quantiles: At equally spaced shares from the smallest (0) to the largest (1) number,
            (moments, shares).
    """

    steps: NDArray[np.int64]
    quantiles: NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class LayerNumbers:
    """The weights and gradients of one layer as two pictures, and how they came about.

    Attributes:
        column: The layer's column in the graph, at least 1.
        weights: Biases in the last row, (rows, units). Where the layer has more numbers than were
            asked for, each is the one of largest size of a block of neighbours; the biases keep a
            row of their own.
        gradients: Likewise.
        shape: The layer's own (inputs + 1, units).
        block: How many (rows, units) of the layer each number stands for; (1, 1) if each has one.
        weight_spread: Weights and biases over the run.
        gradient_spread: Their gradients over the run, each as its last step had it.
    """

    column: int
    weights: NDArray[np.float64]
    gradients: NDArray[np.float64]
    shape: tuple[int, int]
    block: tuple[int, int]
    weight_spread: Spread
    gradient_spread: Spread


@dataclass(frozen=True)
class SpaceAxes:
    """Along which two directions a layer's space is looked at.

    Attributes:
        kind: ``units`` for two neurons; ``components`` for the first two principal components of
            the training points' activations; ``output`` for the two directions that the output
            layer tells classes apart by (last hidden layer only).
        first: The neuron along the horizontal axis (``units`` only), counted from 0.
        second: The neuron along the vertical axis (``units`` only).
    """

    kind: str = "components"
    first: int = 0
    second: int = 1


@dataclass(frozen=True, eq=False)
class HiddenSpace:
    """Where a layer has moved the points, seen along two directions.

    Attributes:
        column: The layer's column in the graph.
        axes: The directions; others than asked for where the layer has no such ones.
        x_label: What the horizontal axis shows.
        y_label: What the vertical axis shows.
        note: What else a reader has to know, such as the share of the variance that is seen.
        x: Where the scene's points are, (points,), in the order of the scene; NaN for those that
            are left out because the network is large.
        y: (points,).
        grid: Lines that are straight and evenly spaced over the inputs' plane, as this layer bends
            them: (lines, points of a line, 2); no lines for data with one input.
        area: What to show of the space: x_low, x_high, y_low, y_high; it changes seldom.
        winners: Which class the layers after this one give to each place of this plane, (rows,
            columns), the highest row first; None where that is not a matter of this plane (any
            layer but the last hidden one, or a regression).
    """

    column: int
    axes: SpaceAxes
    x_label: str
    y_label: str
    note: str
    x: NDArray[np.float64]
    y: NDArray[np.float64]
    grid: NDArray[np.float64]
    area: tuple[float, float, float, float]
    winners: NDArray[np.uint16] | None


@dataclass(frozen=True, eq=False)
class Anatomy:
    """What a snapshot tells about the inside of the network.

    Parts not asked for are None; so is a space whose points are too large to compute with.

    Attributes:
        units: How many units each column has, the inputs first.
        activations: The name of each column's activation; "" for the inputs.
        input_names: What the inputs are.
        output_names: What each output stands for.
        columns: One for each column of the graph.
        neuron: The neuron that was asked about.
        layer: The layer whose numbers were asked for.
        space: The space that was asked for.
    """

    units: tuple[int, ...]
    activations: tuple[str, ...]
    input_names: tuple[str, ...]
    output_names: tuple[str, ...]
    columns: tuple[Column, ...] | None
    neuron: NeuronDetail | None
    layer: LayerNumbers | None
    space: HiddenSpace | None
