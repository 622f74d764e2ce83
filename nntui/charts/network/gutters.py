"""What is drawn between two columns of a network: lines for weights, and the cursor's in full."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from nntui.charts.cells import Cells
from nntui.charts.colours import mix
from nntui.charts.network.edges import (
    Edges,
    Gutter,
    chosen_edges,
    draw_lines,
    levels_of,
    routes,
)
from nntui.charts.network.fan import Branch, Fan, draw_fan
from nntui.charts.network.figure import Chosen, GraphFigure, seen, seen_weights
from nntui.charts.network.layout import ColumnPlace, GraphLayout
from nntui.charts.network.numbers import signed
from nntui.charts.network.palette import MINUS, PLUS, sign_colour
from nntui.charts.style import ChartStyle

_LEAST_WITH_NUMBERS = 10
_NUMBER = 5
_FAINT, _FAINTER = (0.32, 0.45, 0.65), (0.20, 0.28, 0.38)
"""How much of its colour a weight of each size keeps where it is not the cursor's, away from the
cursor's and beside them."""

_EDGES_A_NEURON, _EDGES_AT_LEAST = 1.5, 8


@dataclass(frozen=True)
class Spot:
    """Some cells of one row.

    Attributes:
        row: The row.
        column: The first cell.
        columns: How many cells.
    """

    row: int
    column: int
    columns: int


@dataclass(frozen=True, eq=False)
class Between:
    """The weights between two neighbouring columns in sight.

    Attributes:
        gutter: The room for them.
        left: The gutter's first cell in the picture.
        top: Its first row.
        weights: (units before, units); NaN where unknown.
        selected: The unit before and the unit of the weight under the cursor; None for another
            place.
        own: The neuron under the cursor, as a place among those in sight; None where it is in
            neither column.
        is_incoming: Whether that neuron is at the right.
        edges: The others that are drawn.
        largest: The largest |weight| of the layer.
    """

    gutter: Gutter
    left: int
    top: int
    weights: NDArray[np.float64]
    selected: tuple[int, int] | None
    own: int | None
    is_incoming: bool
    edges: Edges
    largest: float


def between(
    figure: GraphFigure, layout: GraphLayout, places: tuple[ColumnPlace, ColumnPlace]
) -> Between:
    """Choose what is drawn between two columns in sight.

    Args:
        figure: What is known of the network.
        layout: Where everything stands.
        places: The two columns.
    """
    frame, tile, chosen = layout.frame, layout.frame.tile, figure.chosen
    before, after = places
    told = figure.columns[before.number], figure.columns[after.number]
    weights = seen_weights(*told, places)
    own, is_incoming = _own(chosen, places), chosen.column == after.number
    is_own = np.zeros(weights.shape, np.bool_)
    if own is not None:
        is_own[(slice(None), own) if is_incoming else (own, slice(None))] = True
    # What is silenced passes on nothing; its weights are shown where the cursor asks for them.
    is_hidden = is_own | seen(told[0], before).silenced[:, None]
    largest = told[1].largest_weight
    most = round(_EDGES_A_NEURON * max(weights.shape)) + _EDGES_AT_LEAST
    left = before.left + tile.columns
    return Between(
        gutter=Gutter(
            rows=frame.body_rows,
            columns=max(after.left - left, 0),
            tops_before=tuple(top - frame.top for top in before.tops),
            tops=tuple(top - frame.top for top in after.tops),
            rows_of_tile=max(tile.picture_rows, 1),
        ),
        left=left,
        top=frame.top,
        weights=weights,
        selected=_selected(chosen, places),
        own=own,
        is_incoming=is_incoming,
        edges=chosen_edges(np.where(is_hidden, np.nan, weights), largest, most),
        largest=largest,
    )


def draw_between(cells: Cells, part: Between, style: ChartStyle) -> Spot | None:
    """Draw the weights between two columns.

    Args:
        cells: Where to.
        part: The weights.
        style: How they are coloured.

    Returns:
        Where the sign or number of the weight under the cursor stands; None where it is not here.
    """
    if not part.gutter.columns or not part.gutter.rows or not part.weights.size:
        return None
    _draw_others(cells, part, style)
    if part.own is None:
        return None
    fan = _fan(part)
    draw_fan(cells, fan, style)
    found = next((branch for branch in fan.branches if branch.is_selected), None)
    return found and Spot(found.row, fan.label_start(found), len(found.label))


def _draw_others(cells: Cells, part: Between, style: ChartStyle) -> None:
    """Draw what is not the cursor's, faintly, and the sign of each where it arrives."""
    edges, gutter = part.edges, part.gutter
    thickness = np.where((edges.levels > 1) & (part.own is None), 2, 1)
    lines = draw_lines(gutter, edges, thickness)
    table = _line_colours(style, is_beside_cursor=part.own is not None)
    colours = table[edges.are_positive.astype(np.intp), edges.levels]
    here = (
        slice(part.top, part.top + gutter.rows),
        slice(part.left, part.left + gutter.columns),
    )
    # A long name may reach into the gutter.
    is_line = (lines.owners >= 0) & (cells.characters[here] == " ")
    cells.characters[here][is_line] = lines.characters[is_line]
    cells.foreground[here][is_line] = colours[lines.owners[is_line]]
    rows = part.top + routes(gutter).target_rows[edges.sources, edges.targets]
    right = part.left + gutter.columns - 1
    cells.characters[rows, right] = np.where(edges.are_positive, PLUS, MINUS)
    cells.foreground[rows, right] = colours


def _fan(part: Between) -> Fan:
    """Lead the weights of the cursor's neuron to it."""
    gutter = part.gutter
    middle = part.top + gutter.rows_of_tile // 2
    far, near = (
        (gutter.tops_before, gutter.tops) if part.is_incoming else (gutter.tops, gutter.tops_before)
    )
    own = part.own or 0
    weights = part.weights[:, own] if part.is_incoming else part.weights[own]
    selected = part.selected and part.selected[0 if part.is_incoming else 1]
    has_numbers = gutter.columns >= _LEAST_WITH_NUMBERS
    levels = levels_of(np.abs(weights), part.largest).tolist()
    branches = [
        Branch(
            row=middle + top,
            level=levels[index],
            is_positive=value >= 0,
            label=signed(value, _NUMBER) if has_numbers else (PLUS if value >= 0 else MINUS),
            is_selected=part.selected is not None and index == selected,
        )
        for index, (top, value) in enumerate(zip(far, weights.tolist(), strict=True))
        # A comparison with NaN is false: what is not known is not drawn.
        if value >= 0 or value < 0
    ]
    return Fan(middle + near[own], part.left, gutter.columns, part.is_incoming, branches)


def _own(chosen: Chosen, places: tuple[ColumnPlace, ColumnPlace]) -> int | None:
    """Return the place of the neuron under the cursor among those in sight."""
    for place in places:
        if place.number == chosen.column and place.top_of(chosen.unit) is not None:
            return chosen.unit - place.first
    return None


def _selected(chosen: Chosen, places: tuple[ColumnPlace, ColumnPlace]) -> tuple[int, int] | None:
    """Return the place of the weight under the cursor among those in sight."""
    if chosen.weight is None or chosen.weight[0] != places[1].number:
        return None
    _, unit, source = chosen.weight
    return source - places[0].first, unit - places[1].first


@lru_cache(maxsize=8)
def _line_colours(style: ChartStyle, *, is_beside_cursor: bool) -> NDArray[np.int32]:
    """Return the colours of faint lines, (2 signs, sizes)."""
    shares = _FAINTER if is_beside_cursor else _FAINT
    rows: list[list[int]] = []
    for is_positive in (False, True):
        colour = sign_colour(is_positive, style)
        is_mixed = style.mode == "colour"
        rows.append(
            [mix(style.background, colour, share) if is_mixed else colour for share in shares]
        )
    return np.array(rows, np.int32)
