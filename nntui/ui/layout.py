"""Where the panes of each view stand on a screen of any size: pure functions."""

from dataclasses import dataclass
from itertools import accumulate

LAYERS, PARAMETERS, LOSS, REGIONS = "layers", "parameters", "loss", "regions"
GRAPH, NEURON, WEIGHTS, SPACE = "graph", "neuron", "weights", "space"
EXPLAIN = "explain"

NUMBERS = {
    LAYERS: 1,
    PARAMETERS: 2,
    LOSS: 3,
    REGIONS: 4,
    GRAPH: 5,
    NEURON: 6,
    WEIGHTS: 7,
    SPACE: 8,
    EXPLAIN: 9,
}
"""The panes, and the key that goes to each."""

SMALLEST_SIDE_BY_SIDE = (60, 18)
"""Columns and rows, below which one pane is shown at a time."""

SMALLEST_WITH_BOTH_CHARTS = (100, 30)
"""Columns and rows, below which one chart is shown at a time."""

LEFT_COLUMNS = (28, 40)
"""The least width of the Train view's left column, with one chart beside it and with both."""

LAYERS_SHARE, PARAMETERS_SHARE = 0.25, 0.40
"""The shares of the left column's height."""

LEAST_LAYERS_ROWS = 7
"""Enough for the frame, the input, two hidden layers, the output and a line about one of them."""

SIDE_SHARE, SIDE_COLUMNS = 0.35, (30, 60)
"""The Network view's right column: its share of the width, and its least and greatest width."""

SIDE_REGIONS_SHARE = 0.45
"""The share of that column's height that the decision regions get where they fit."""


@dataclass(frozen=True)
class View:
    """A whole screen of panes.

    Attributes:
        title: What it is called.
        panes: Its panes, in the order of the tab key; the first is where it is entered.
        charts: Those of them that share one place where there is little room.
    """

    title: str
    panes: tuple[str, ...]
    charts: tuple[str, ...]


TRAIN = View("Train", (LAYERS, PARAMETERS, LOSS, REGIONS), (REGIONS, LOSS))
NETWORK = View("Network", (GRAPH, NEURON, WEIGHTS, SPACE), (GRAPH, WEIGHTS, SPACE))
EXPLANATION = View("Explain", (EXPLAIN,), (EXPLAIN,))

VIEWS = (TRAIN, NETWORK, EXPLANATION)
"""The views, in the order of their tabs."""


def view_of(pane: str) -> View:
    """Return the view that a pane belongs to."""
    return next(view for view in VIEWS if pane in view.panes)


@dataclass(frozen=True)
class Place:
    """A pane's rectangle, in cells, from the upper left corner of the view."""

    column: int
    row: int
    columns: int
    rows: int


@dataclass(frozen=True)
class Shown:
    """What is to be seen of a view.

    Attributes:
        view: The view.
        focused: The pane that has the keyboard.
        chart: Which of the view's charts to show where there is room for one.
        is_zoomed: Whether the focused pane fills the view.
    """

    view: View
    focused: str
    chart: str
    is_zoomed: bool = False


def arrange(
    columns: int, rows: int, shown: Shown, *, usual_rows: int | None = None
) -> dict[str, Place]:
    """Lay the panes of a view out.

    Args:
        columns: The width of the view.
        rows: Its height.
        shown: What is to be seen.
        usual_rows: The height where no notice takes lines away, so that a notice changes no
            width; None for ``rows``.

    Returns:
        The place of each pane that is shown; they fill the view without a gap.

    Example:
        >>> sorted(arrange(80, 22, Shown(TRAIN, "layers", "regions")))
        ['layers', 'parameters', 'regions']
    """
    usual_rows = usual_rows or rows
    is_small = columns < SMALLEST_SIDE_BY_SIDE[0] or usual_rows < SMALLEST_SIDE_BY_SIDE[1]
    if shown.is_zoomed or is_small or shown.view is EXPLANATION:
        return {shown.focused: Place(0, 0, columns, rows)}
    is_large = (
        columns >= SMALLEST_WITH_BOTH_CHARTS[0] and usual_rows >= SMALLEST_WITH_BOTH_CHARTS[1]
    )
    if shown.view is NETWORK:
        # The decision regions keep the keyboard when the terminal becomes too small for them.
        chart = REGIONS if shown.focused == REGIONS and not is_large else shown.chart
        return _network(columns, rows, chart, with_regions=is_large)
    # A cell is about twice as high as wide: so many columns make the regions' picture square.
    right = min(2 * usual_rows, columns - LEFT_COLUMNS[is_large])
    left = columns - right
    below_parameters = [LOSS] if is_large else []
    return {
        **_stacked(left, rows, [LAYERS, PARAMETERS, *below_parameters]),
        REGIONS if is_large else shown.chart: Place(left, 0, right, rows),
    }


def _network(columns: int, rows: int, chart: str, *, with_regions: bool) -> dict[str, Place]:
    """Put the chart at the left, and the neuron beside it, below the regions where they fit."""
    least, most = SIDE_COLUMNS
    right = min(max(round(SIDE_SHARE * columns), least), most)
    left = columns - right
    above = round(SIDE_REGIONS_SHARE * rows) if with_regions else 0
    places = {
        chart: Place(0, 0, left, rows),
        NEURON: Place(left, above, right, rows - above),
    }
    return {**places, REGIONS: Place(left, 0, right, above)} if above else places


def _stacked(columns: int, rows: int, panes: list[str]) -> dict[str, Place]:
    """Put the panes of the left column one below the other; the last gets the rows left over."""
    shares = (LAYERS_SHARE, PARAMETERS_SHARE)
    heights = [round(rows * share) for share in shares[: len(panes) - 1]]
    heights[0] = max(heights[0], LEAST_LAYERS_ROWS)
    heights.append(rows - sum(heights))
    tops = accumulate(heights, initial=0)
    return {
        pane: Place(0, top, columns, height)
        for pane, top, height in zip(panes, tops, heights, strict=False)
    }
