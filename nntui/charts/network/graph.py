"""The picture of a network: tiles of neurons, and the weights that matter between them."""

from dataclasses import dataclass
from itertools import pairwise

from nntui.charts.cells import Cells
from nntui.charts.network.figure import GraphFigure, fits, seen
from nntui.charts.network.gutters import Spot, between, draw_between
from nntui.charts.network.layout import GraphLayout
from nntui.charts.network.lettering import write_biases, write_names
from nntui.charts.network.tiles import paint_bars, paint_pictures, write_states
from nntui.charts.style import ChartStyle


@dataclass(frozen=True, eq=False)
class GraphPicture:
    """The picture, and what one has to know about it.

    Attributes:
        cells: The picture.
        weight: Where the number or sign of the weight under the cursor stands; None where the
            cursor is on a neuron, or the weight out of sight.
        thresholds: For each column in sight but the first, the size from which on the weights
            that come into it are drawn; 0 where all are.
    """

    cells: Cells
    weight: Spot | None
    thresholds: tuple[float, ...]


def draw_graph(figure: GraphFigure, layout: GraphLayout, style: ChartStyle) -> GraphPicture:
    """Draw the part of a network that is in sight.

    Args:
        figure: What is known of the network.
        layout: Where everything stands.
        style: How it is coloured.
    """
    frame = layout.frame
    if not fits(figure, layout) or not layout.places or not frame.body_rows:
        return GraphPicture(Cells.blank(frame.rows, frame.columns), None, ())
    cells = write_names(figure, layout, style)
    for place in layout.places:
        column = seen(figure.columns[place.number], place)
        paint_pictures(cells, place, column, frame.tile, style)
        paint_bars(cells, place, column, frame.tile, style)
        write_states(cells, place, column, frame.tile, style)
        write_biases(cells, place, column, frame.tile, style)
    spots: list[Spot | None] = []
    thresholds: list[float] = []
    for places in pairwise(layout.places):
        part = between(figure, layout, places)
        spots.append(draw_between(cells, part, style))
        thresholds.append(part.edges.threshold)
    found = next((spot for spot in spots if spot is not None), None)
    return GraphPicture(cells, found, tuple(thresholds))
