"""Networks to draw, made up."""

import numpy as np

from nntui.anatomy.values import Column
from nntui.charts.network.figure import Chosen, GraphFigure
from nntui.charts.network.layout import GraphLayout, graph_frame


def column(total, *, first=0, count=None, weights=None, tile=(6, 6), **changes):
    count = total if count is None else count
    nothing = np.zeros(count, np.bool_)
    known = np.zeros(0) if weights is None else np.abs(weights[np.isfinite(weights)])
    values = {
        "first": first,
        "total": total,
        "tiles": np.zeros((count, *tile), np.int8),
        "scales": np.ones(count),
        "biases": np.full(count, np.nan if weights is None else 0.25),
        "activities": np.ones(count),
        "dead": nothing,
        "saturated": np.full(count, np.nan),
        "frozen": nothing,
        "silenced": nothing,
        "weights": np.zeros((0, count)) if weights is None else weights,
        "largest_weight": float(known.max(initial=0.0)),
    }
    return Column(**(values | changes))


def figure(*columns, chosen=None, headings=None):
    units = [c.total for c in columns]
    headings = headings or tuple(f"relu {count}" for count in units)
    names = tuple(f"x{n + 1}" for n in range(units[0]))
    outputs = tuple(f"class{n}" for n in range(units[-1]))
    return GraphFigure(tuple(columns), headings, names, outputs, chosen or Chosen(0, 0))


def layout(rows, columns, *units, firsts=None, first_column=0):
    frame = graph_frame(rows, columns, units)
    return GraphLayout(frame, first_column, tuple(firsts or (0,) * len(units)))
