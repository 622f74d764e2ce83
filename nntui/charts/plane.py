"""The geometry of pictures of the plane: square pixels, one scale on both axes."""

from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache

from nntui.charts.axes import Area, Axes, Canvas, ValueScale
from nntui.charts.text import cut
from nntui.charts.ticks import nice_ticks

MARGIN = 0.08
"""How much of the points' extent is shown beyond them, on each side."""

LARGEST_RATIO = 4.0
"""With one scale, how much longer than the other an axis's points may be. Beyond, as with a length
in metres against a mass in grams, one scale would leave nothing but a line of points."""

_COLUMNS_A_TICK = 9
_ROWS_A_TICK = 4
_LEAST_COLUMNS = 20
_LEAST_ROWS = 7
_LEAST_ROWS_WITH_CAPTION = 14
_LEAST_COLUMNS_WITH_SCALE = 32
_LONGEST_LABEL = 9
_BAR_WIDTH = 3
"""A gap and the colour bar; its labels come beside it."""


@lru_cache(maxsize=32)
def plane_axes(
    columns: int,
    rows: int,
    extent: Area,
    x_label: str = "",
    y_label: str = "",
    scale: ValueScale | None = None,
) -> Axes:
    """Lay out a picture of the plane that fills a rectangle of cells.

    A cell is one pixel wide and two high, so that pixels are square. Both axes have one scale,
    and the shorter range is widened until the canvas is full; only where the ranges are too
    unequal for that, as said at LARGEST_RATIO, each axis has its own.

    Args:
        columns: The width of the whole picture, in cells.
        rows: The height of the whole picture, in cells.
        extent: Where the points lie.
        x_label: What the horizontal axis shows.
        y_label: What the vertical axis shows.
        scale: The colours of a field of values, for which a colour bar is drawn.

    Returns:
        The geometry. What to ask the network: ``pixel_columns``, ``pixel_rows`` and ``area``.
    """
    return framed_axes(
        columns, rows, (x_label, y_label), lambda axes: _with_area(axes, extent), scale
    )


def bare_axes(columns: int, rows: int, extent: Area) -> Axes:
    """Lay out a picture of the plane without axes: the canvas fills the rectangle.

    Args:
        columns: The width, in cells.
        rows: The height, in cells.
        extent: Where the points lie.
    """
    columns, rows = max(columns, 0), max(rows, 0)
    whole = Axes(columns, rows, Canvas(0, 0, columns, rows), Area(0.0, 1.0, 0.0, 1.0))
    return _with_area(whole, extent)


def framed_axes(
    columns: int,
    rows: int,
    labels: tuple[str, str],
    with_area: Callable[[Axes], Axes],
    scale: ValueScale | None = None,
) -> Axes:
    """Divide a rectangle of cells into a canvas and, where there is room, axes about it.

    Args:
        columns: The width of the whole picture, in cells.
        rows: The height of the whole picture, in cells.
        labels: What the horizontal and the vertical axis show.
        with_area: Decides what a canvas of a given size shows.
        scale: What a colour bar shows, if there is one.
    """
    columns, rows = max(columns, 0), max(rows, 0)
    whole = Axes(columns, rows, Canvas(0, 0, columns, rows), Area(0.0, 1.0, 0.0, 1.0))
    if columns < _LEAST_COLUMNS or rows < _LEAST_ROWS:
        return with_area(whole)
    has_bar = scale is not None and columns >= _LEAST_COLUMNS_WITH_SCALE
    bar = _bar_width(scale) if scale and has_bar else 0
    room = columns - bar - _LONGEST_LABEL
    text = caption(*labels, room) if rows >= _LEAST_ROWS_WITH_CAPTION else ""
    with_frame = replace(
        whole,
        canvas=Canvas(0, 0, columns - bar, rows - 2 - bool(text)),
        caption=text,
        has_frame=True,
        value_scale=scale if has_bar else None,
    )
    return _beside_labels(with_frame, with_area)


def _beside_labels(axes: Axes, with_area: Callable[[Axes], Axes]) -> Axes:
    """Take room from the left of the canvas for the labels of the vertical axis."""
    whole = axes.canvas
    label_width = 1
    # The canvas decides what the labels are, and their length what is left for the canvas. They
    # only ever get longer here, so this ends.
    while True:
        left = label_width + 1
        canvas = replace(whole, left=left, columns=whole.columns - left)
        axes = with_area(replace(axes, canvas=canvas, x_ticks=(), y_ticks=()))
        axes = axes if axes.y_ticks else with_ticks(axes)
        wanted = max((len(tick.label) for tick in axes.y_ticks), default=1)
        if wanted <= label_width:
            return axes
        if wanted > _LONGEST_LABEL:
            return replace(axes, y_ticks=())
        label_width = wanted


def caption(x_label: str, y_label: str, room: int) -> str:
    """Say what the axes show, in one line of so many cells."""
    labels = [(sign, label) for sign, label in (("→", x_label), ("↑", y_label)) if label]
    if not labels:
        return ""
    between = "   "
    share = max((room - len(between)) // len(labels) - 2, 1)
    return between.join(f"{sign} {cut(label, share)}" for sign, label in labels)


def with_ticks(axes: Axes) -> Axes:
    """Choose round numbers for both axes, as many as there is room for."""
    area, canvas = axes.area, axes.canvas
    return replace(
        axes,
        x_ticks=nice_ticks(area.x_low, area.x_high, max(canvas.columns // _COLUMNS_A_TICK, 1)),
        y_ticks=nice_ticks(area.y_low, area.y_high, max(canvas.rows // _ROWS_A_TICK, 1)),
    )


def _bar_width(scale: ValueScale) -> int:
    return _BAR_WIDTH + 1 + max((len(tick.label) for tick in scale.ticks), default=0)


def _with_area(axes: Axes, extent: Area) -> Axes:
    """Choose what a canvas shows: the extent and a margin, on square pixels if possible."""
    if axes.is_empty:
        return axes
    width, height = extent.width * (1 + 2 * MARGIN), extent.height * (1 + 2 * MARGIN)
    is_equal = max(width, height) <= LARGEST_RATIO * min(width, height)
    if is_equal:
        pixel = max(width / axes.pixel_columns, height / axes.pixel_rows)
        width, height = pixel * axes.pixel_columns, pixel * axes.pixel_rows
    x, y = (extent.x_low + extent.x_high) / 2, (extent.y_low + extent.y_high) / 2
    area = Area(x - width / 2, x + width / 2, y - height / 2, y + height / 2)
    return replace(axes, area=area, is_equal_scale=is_equal)
