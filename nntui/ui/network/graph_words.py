"""What is said below the graph: the number under the cursor, and how to read the picture."""

import math
from collections.abc import Sequence

from nntui.anatomy.values import Anatomy, Neuron
from nntui.charts.network.lettering import FROZEN, MOSTLY, SATURATED
from nntui.ui.network.place import NetworkCursor
from nntui.ui.network.reading import shown_gradient
from nntui.ui.network.words import Names, number

_BETWEEN = " · "
_LEGEND = "+ solid, − dashed"


def about_cursor(anatomy: Anatomy, cursor: NetworkCursor, value: float | None, room: int) -> str:
    """Say in words and numbers what is under the cursor.

    Args:
        anatomy: What the trainer has told.
        cursor: A place that exists in it.
        value: The weight or bias there; None where it is not known.
        room: How many cells there are; what matters least is left out.
    """
    names = Names.of(anatomy)
    told = "" if value is None else number(value)
    gradient = shown_gradient(anatomy, cursor)
    slope = [] if gradient is None else [f"gradient {number(gradient)}"]
    if cursor.source is not None:
        full, short = names.parameter_in_full(cursor), names.parameter(cursor)
        shortest = short.partition(" of ")[0]
        return fitting([[f"{head}: {told}", *slope] for head in (full, short, shortest)], room)
    return fitting(_about_neuron(anatomy, cursor, told, slope), room)


def _about_neuron(
    anatomy: Anatomy, cursor: NetworkCursor, told: str, slope: list[str]
) -> list[list[str]]:
    """List what there is to say of a neuron, the wordiest first."""
    neuron = Neuron(cursor.column, cursor.unit)
    name = Names.of(anatomy).neuron(neuron)
    activation = anatomy.activations[neuron.column]
    states, active = _states(anatomy, neuron), _activity(anatomy, neuron)
    if cursor.column == 0:
        return [[f"{name}: {active}" if active else name]]
    head = f"{name} ({activation}): bias {told}"
    rest = [*([active] if active else []), *states]
    return [
        [head, *slope, *rest],
        [head, *rest],
        [f"{name}: bias {told}", *rest],
        [f"{name}: bias {told}", *states],
        [f"{name.partition(' of ')[0]}: bias {told}", *states],
        [f"bias {told}", *states],
    ]


def _activity(anatomy: Anatomy, neuron: Neuron) -> str:
    column = anatomy.columns[neuron.column] if anatomy.columns else None
    place = neuron.unit - (column.first if column else 0)
    if column is None or not 0 <= place < len(column.activities):
        return ""
    return f"active {number(float(column.activities[place]))}"


def _states(anatomy: Anatomy, neuron: Neuron) -> list[str]:
    """List what is special about a neuron, in words."""
    column = anatomy.columns[neuron.column] if anatomy.columns else None
    place = neuron.unit - (column.first if column else 0)
    if column is None or not 0 <= place < len(column.dead):
        return []
    words = ["silenced"] if column.silenced[place] else []
    words += ["dead"] if column.dead[place] else []
    words += ["frozen"] if column.frozen[place] else []
    share = float(column.saturated[place])
    return words + ([f"saturated {share:.0%}".replace("%", " %")] if share >= MOSTLY else [])


def how_to_read(anatomy: Anatomy, thresholds: Sequence[float], room: int) -> str:
    """Say which weights are drawn, and what the marks beside names mean.

    Args:
        anatomy: What the trainer has told.
        thresholds: The sizes from which on the weights into the cursor's neuron, and out of it,
            are drawn; 0 where all are.
        room: How many cells there are.
    """
    parts = [text] if (text := _drawn(thresholds)) else []
    columns = anatomy.columns or ()
    marks = [f"{FROZEN} frozen"] if any(column.frozen.any() for column in columns) else []
    if any((column.saturated >= MOSTLY).any() for column in columns):
        marks.append(f"{SATURATED} saturated")
    short = [part.replace("above", ">").removesuffix(" are drawn") for part in parts]
    return fitting([[*parts, *marks, _LEGEND], [*parts, *marks], [*short, *marks], marks], room)


def _drawn(thresholds: Sequence[float]) -> str:
    told = list(dict.fromkeys(number(value) for value in thresholds if value > 0))
    if not told or not all(math.isfinite(value) for value in thresholds):
        return ""
    return f"weights above {' / '.join(told)} are drawn"


def fitting(choices: Sequence[Sequence[str]], room: int) -> str:
    """Return the first choice whose parts fit beside each other; else what fits of the last.

    Example:
        >>> fitting([["a long one", "b"], ["short", "b", "c"]], 10)
        'short · b'
    """
    for parts in choices:
        text = _BETWEEN.join(parts)
        if len(text) <= room:
            return text
    kept = list(choices[-1]) if choices else []
    while len(kept) > 1 and len(_BETWEEN.join(kept)) > room:
        kept.pop()
    return _BETWEEN.join(kept)
