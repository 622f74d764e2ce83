"""Where the panes of the Train view stand on a screen of any size: a pure function."""

from dataclasses import dataclass
from itertools import accumulate

LAYERS, PARAMETERS, LOSS, REGIONS = "layers", "parameters", "loss", "regions"

PANES = (LAYERS, PARAMETERS, LOSS, REGIONS)
"""The panes, in the order of their numbers and of the tab key."""

SMALLEST_SIDE_BY_SIDE = (60, 18)
"""Columns and rows, below which one pane is shown at a time."""

SMALLEST_WITH_BOTH_CHARTS = (100, 30)
"""Columns and rows, below which one chart is shown at a time."""

LEFT_COLUMNS = (28, 40)
"""The least width of the left column, with one chart beside it and with both charts shown."""

LAYERS_SHARE, PARAMETERS_SHARE = 0.25, 0.40
"""The shares of the left column's height."""

LEAST_LAYERS_ROWS = 7
"""Enough for the frame, the input, two hidden layers, the output and a line about one of them."""


@dataclass(frozen=True)
class Place:
    """A pane's rectangle, in cells, from the upper left corner of the view."""

    column: int
    row: int
    columns: int
    rows: int


def arrange(
    columns: int,
    rows: int,
    *,
    focused: str,
    chart: str,
    zoomed: bool,
    usual_rows: int | None = None,
) -> dict[str, Place]:
    """Lay the panes out.

    Args:
        columns: The width of the view.
        rows: Its height.
        focused: The pane that has the keyboard.
        chart: Which of the two charts to show where there is room for one.
        zoomed: Whether the focused pane fills the view.
        usual_rows: The height where no notice takes lines away, so that a notice changes no
            width; None for ``rows``.

    Returns:
        The place of each pane that is shown; they fill the view without a gap.

    Example:
        >>> sorted(arrange(80, 22, focused="layers", chart="regions", zoomed=False))
        ['layers', 'parameters', 'regions']
    """
    usual_rows = usual_rows or rows
    if zoomed or columns < SMALLEST_SIDE_BY_SIDE[0] or usual_rows < SMALLEST_SIDE_BY_SIDE[1]:
        return {focused: Place(0, 0, columns, rows)}
    both = columns >= SMALLEST_WITH_BOTH_CHARTS[0] and usual_rows >= SMALLEST_WITH_BOTH_CHARTS[1]
    # A cell is about twice as high as wide: so many columns make the regions' picture square.
    right = min(2 * usual_rows, columns - LEFT_COLUMNS[both])
    left = columns - right
    below_parameters = [LOSS] if both else []
    return {
        **_stacked(left, rows, [LAYERS, PARAMETERS, *below_parameters]),
        REGIONS if both else chart: Place(left, 0, right, rows),
    }


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
