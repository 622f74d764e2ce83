"""What a picture of the graph shows, brought to the units that are in sight."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from nntui.anatomy.values import Column
from nntui.charts.network.layout import ColumnPlace, GraphLayout


@dataclass(frozen=True)
class Chosen:
    """The neuron that the weights in full strength belong to, and one of them.

    Attributes:
        column: The neuron's column.
        unit: Its number.
        weight: The column, the unit and the unit before of the weight under the cursor; None
            where the cursor is on the neuron itself.
    """

    column: int
    unit: int
    weight: tuple[int, int, int] | None = None


@dataclass(frozen=True, eq=False)
class GraphFigure:
    """What is known of a network.

    Attributes:
        columns: One for each column of the network.
        headings: What stands above each.
        input_names: What the inputs are.
        output_names: What the outputs stand for.
        chosen: Where the cursor is.
    """

    columns: tuple[Column, ...]
    headings: tuple[str, ...]
    input_names: tuple[str, ...]
    output_names: tuple[str, ...]
    chosen: Chosen

    def name_of(self, column: int, unit: int) -> str:
        """Return the name of a neuron: inputs and outputs have one, others a number from 1."""
        names: tuple[str, ...] = ()
        if column == 0:
            names = self.input_names
        elif column == len(self.columns) - 1:
            names = self.output_names
        return names[unit] if unit < len(names) else str(unit + 1)


def seen(column: Column, place: ColumnPlace) -> Column:
    """Return what is known of the units in sight.

    Just after scrolling, units that were not asked about have no numbers and empty tiles.

    Args:
        column: What the trainer has told.
        place: The units in sight.

    Returns:
        The same for exactly these units; ``weights`` are left as they are.
    """
    if column.first == place.first and len(column.biases) == place.count:
        return column
    here, told = _common(place, column.first, len(column.biases))

    def numbers(values: NDArray[np.float64]) -> NDArray[np.float64]:
        result = np.full(place.count, np.nan)
        result[here] = values[told]
        return result

    def marks(values: NDArray[np.bool_]) -> NDArray[np.bool_]:
        result = np.zeros(place.count, np.bool_)
        result[here] = values[told]
        return result

    tiles = np.zeros((place.count, *column.tiles.shape[1:]), np.int8)
    tiles[here] = column.tiles[told]
    return replace(
        column,
        first=place.first,
        tiles=tiles,
        scales=numbers(column.scales),
        biases=numbers(column.biases),
        activities=numbers(column.activities),
        dead=marks(column.dead),
        saturated=numbers(column.saturated),
        frozen=marks(column.frozen),
        silenced=marks(column.silenced),
    )


def seen_weights(
    before: Column, column: Column, places: tuple[ColumnPlace, ColumnPlace]
) -> NDArray[np.float64]:
    """Return the weights between the units in sight of two neighbouring columns.

    Args:
        before: What the trainer has told of the left column.
        column: What it has told of the right one.
        places: The units in sight of both.

    Returns:
        (units before, units); NaN where nothing is known.
    """
    shape = (places[0].count, places[1].count)
    firsts = (before.first, column.first)
    if column.weights.shape == shape and firsts == (places[0].first, places[1].first):
        return column.weights
    result = np.full(shape, np.nan)
    counts = column.weights.shape
    rows, told_rows = _common(places[0], firsts[0], counts[0])
    units, told_units = _common(places[1], firsts[1], counts[1])
    result[rows, units] = column.weights[told_rows, told_units]
    return result


def _common(place: ColumnPlace, first: int, count: int) -> tuple[slice, slice]:
    """Return which places of those in sight were told of, and which of those told they are."""
    low = max(place.first, first)
    high = max(min(place.first + place.count, first + count), low)
    return slice(low - place.first, high - place.first), slice(low - first, high - first)


def fits(figure: GraphFigure, layout: GraphLayout) -> bool:
    """Tell whether a layout was made for a network of this shape."""
    return tuple(column.total for column in figure.columns) == layout.frame.units
