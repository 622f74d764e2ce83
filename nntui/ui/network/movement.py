"""Where the keys lead in the network: a cursor in, another one out."""

from collections.abc import Sequence
from dataclasses import dataclass
from dataclasses import replace as with_changed

import numpy as np

from nntui.ui.network.place import NetworkCursor


@dataclass(frozen=True)
class Around:
    """The network about a neuron.

    Attributes:
        units: How many units each column has, the inputs first.
        incoming: The neuron's weights from every unit of the column before; empty if not known.
        outgoing: Its weights to every unit of the column after; likewise.
    """

    units: tuple[int, ...]
    incoming: Sequence[float] = ()
    outgoing: Sequence[float] = ()


def moved_across(cursor: NetworkCursor, direction: int, around: Around) -> NetworkCursor:
    """Go left (−1) or right (1): from a neuron to a weight, from a weight to a neuron.

    On a neuron it goes to the strongest weight of that side; on a weight, to the neuron at
    that end.

    Args:
        cursor: A place that exists.
        direction: −1 or 1.
        around: About ``cursor.neuron``.
    """
    if cursor.source is not None:
        if direction > 0:
            return NetworkCursor(cursor.column, cursor.unit)
        return NetworkCursor(cursor.column - 1, cursor.source)
    if direction < 0:
        if cursor.column == 0:
            return cursor
        return with_changed(cursor, source=strongest(around.incoming))
    if cursor.column == len(around.units) - 1:
        return cursor
    unit = strongest(around.outgoing)
    return NetworkCursor(cursor.column + 1, unit, cursor.unit, is_outgoing=True)


def moved_along(cursor: NetworkCursor, steps: int, around: Around) -> NetworkCursor:
    """Go up (below 0) or down: to another neuron of the column, or another weight of the neuron.

    Args:
        cursor: A place that exists.
        steps: How far; it ends at the first and the last one.
        around: About ``cursor.neuron``.
    """
    if cursor.source is None or cursor.is_outgoing:
        return with_changed(cursor, unit=_within(cursor.unit + steps, around.units[cursor.column]))
    source = _within(cursor.source + steps, around.units[cursor.column - 1])
    return with_changed(cursor, source=source)


def moved_column(cursor: NetworkCursor, direction: int, units: tuple[int, ...]) -> NetworkCursor:
    """Go to the neuron beside in another column, or as near to it as there is one.

    Args:
        cursor: A place that exists; on a weight, the neuron that it is looked at from counts.
        direction: −1 or 1.
        units: How many units each column has.
    """
    neuron = cursor.neuron
    column = _within(neuron.column + direction, len(units))
    return NetworkCursor(column, _within(neuron.unit, units[column]))


def strongest(weights: Sequence[float]) -> int:
    """Return the number of the largest |weight|, the first of equal ones; 0 where none is known.

    Example:
        >>> strongest([0.1, -0.7, 0.7])
        1
    """
    sizes = np.abs(np.asarray(weights, np.float64))
    return int(np.argmax(np.nan_to_num(sizes, nan=0.0, posinf=np.inf))) if sizes.size else 0


def _within(number: int, count: int) -> int:
    return min(max(number, 0), count - 1)
