"""Which columns of the list of layers fit, and what stands in them. Pure functions."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from rich.cells import cell_len

from nntui.training.snapshot import LayerStatistics
from nntui.ui.figures import figure, short_count
from nntui.ui.panes.layer_lines import LayerLine, notes_of
from nntui.ui.settings.drawing import fitted

_LONGEST_COUNT = 99_999
_GAP = 1
_SHORTER_TITLES = ("function", "kind")


@dataclass(frozen=True)
class Column:
    """A column of the list.

    Attributes:
        title: Its heading.
        width: Its width in cells.
        text: What it says of a layer, given its own width too.
        is_right: Whether it is set flush right.
        grows: Whether it takes the room that is left.
    """

    title: str
    width: int
    text: Callable[[LayerLine, int], str]
    is_right: bool = False
    grows: bool = False


def _count(number: int | None) -> str:
    if number is None:
        return "?"
    return str(number) if number <= _LONGEST_COUNT else short_count(number)


def _name(line: LayerLine, width: int) -> str:
    # "layer 10" is the first name that is too long.
    return line.name if len(line.name) <= width else line.name.replace(" ", "")


def _units(line: LayerLine, _width: int) -> str:
    return _count(line.units)


def _function(line: LayerLine, width: int) -> str:
    """Write the activation and the notes; the notes by their first letters where it is narrow."""
    notes = notes_of(line)
    full = " · ".join([line.function, *notes])
    if cell_len(full) <= width or not notes:
        return full
    letters = "".join(f"·{note[0]}" for note in notes)
    return fitted(line.function, width - len(letters)) + letters


def _parameters(line: LayerLine, _width: int) -> str:
    return "" if line.name == "input" else _count(line.parameters)


def _bar(line: LayerLine, _width: int) -> str:
    return line.bar


def _gradient(line: LayerLine, _width: int) -> str:
    one = line.statistics
    return f"{line.bar or ' '} {figure(one.gradient_norm)}" if one else ""


def _share(line: LayerLine, _width: int) -> str:
    return share_text(line.statistics).replace("saturated", "sat.") if line.statistics else ""


def _mean(line: LayerLine, _width: int) -> str:
    return mean_text(line.statistics) if line.statistics else ""


LAYER = Column("layer", 7, _name)
UNITS = Column("units", 5, _units, is_right=True)
ACTIVATION = Column("activation", 7, _function, grows=True)
PARAMETERS = Column("params", 6, _parameters, is_right=True)
BAR = Column("grad", 4, _bar)
GRADIENT = Column("gradient", 10, _gradient)
SHARE = Column("dead/sat.", 10, _share)
MEAN = Column("mean ± spread", 15, _mean)

_SETS: tuple[tuple[Column, ...], ...] = (
    (LAYER, UNITS, ACTIVATION, PARAMETERS, MEAN, SHARE, GRADIENT),
    (LAYER, UNITS, ACTIVATION, PARAMETERS, SHARE, GRADIENT),
    (LAYER, UNITS, ACTIVATION, PARAMETERS, GRADIENT),
    (LAYER, UNITS, ACTIVATION, PARAMETERS, BAR),
    (LAYER, UNITS, ACTIVATION, BAR),
    (LAYER, UNITS, ACTIVATION),
    (LAYER, UNITS),
    (LAYER,),
)
"""What is shown, from the widest to the narrowest."""

_WIDEST_ACTIVATION = 32
"""Enough for the longest name with its notes."""


def columns_for(width: int) -> tuple[Column, ...]:
    """Choose the columns that fit into a width; the one that grows gets the room that is left."""
    room = 0
    columns = _SETS[-1]
    for columns in _SETS:
        room = width - sum(column.width + _GAP for column in columns) + _GAP
        if room >= 0:
            break
    most = _WIDEST_ACTIVATION - ACTIVATION.width
    return tuple(
        replace(column, width=column.width + min(max(room, 0), most)) if column.grows else column
        for column in columns
    )


def table_line(columns: Sequence[Column], line: LayerLine | None) -> list[tuple[int, str]]:
    """Place the texts of one line.

    Args:
        columns: The columns.
        line: The layer; None for the headings.

    Returns:
        For each column the place of its first cell, and its text.
    """
    placed: list[tuple[int, str]] = []
    start = 0
    for column in columns:
        text = _title(column) if line is None else column.text(line, column.width)
        text = fitted(text, column.width)
        indent = column.width - cell_len(text) if column.is_right else 0
        placed.append((start + indent, text))
        start += column.width + _GAP
    return placed


def about_layer(line: LayerLine, columns: Sequence[Column]) -> str:
    """Say of a layer what the columns leave out."""
    titles = {column.title for column in columns}
    parts: list[str] = []
    one = line.statistics
    if one is not None and MEAN.title not in titles:
        parts.append(f"mean {mean_text(one)}")
    if one is not None and SHARE.title not in titles:
        parts.append(share_text(one))
    if one is not None and GRADIENT.title not in titles:
        parts.append(f"gradient {figure(one.gradient_norm)}")
    width = next((column.width for column in columns if column.grows), 0)
    if _function(line, width) != " · ".join([line.function, *notes_of(line)]):
        parts += [line.function, *notes_of(line)]
    parts += [line.loss, f"{line.initializer} weights" if line.initializer else ""]
    if line.name == "input":
        parts += ["enter chooses the features"]
    return " · ".join(filter(None, parts))


def mean_text(statistics: LayerStatistics) -> str:
    """Write the mean of the activations and their spread."""
    return f"{figure(statistics.mean)} ± {figure(statistics.spread)}"


def share_text(statistics: LayerStatistics) -> str:
    """Write the share of dead units or of saturated activations, whichever there can be."""
    for share, name in ((statistics.dead, "dead"), (statistics.saturated, "saturated")):
        if share is not None:
            return f"{name} {100 * share:.0f} %"
    return ""


def _title(column: Column) -> str:
    titles = (column.title, *(_SHORTER_TITLES if column.grows else ()))
    return next((title for title in titles if len(title) <= column.width), column.title)
