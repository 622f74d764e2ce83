"""Where things lie in a picture: the part of the world it shows, and its place among the cells."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from nntui.charts.ticks import Tick

_LARGEST, _SMALLEST = 1e100, 1e-30
_NARROW = 1e-9


def spread(values: ArrayLike) -> tuple[float, float]:
    """Return the smallest and the largest finite value, a little apart even if all are equal.

    Without any finite value: 0 and 1.
    """
    numbers = np.asarray(values, np.float64).ravel()
    numbers = numbers[np.isfinite(numbers)]
    if len(numbers) == 0:
        return 0.0, 1.0
    low, high = np.clip([numbers.min(), numbers.max()], -_LARGEST, _LARGEST).tolist()
    if high - low <= max(_NARROW * max(abs(low), abs(high)), _SMALLEST):
        aside = max(0.1 * abs(low), 0.5)
        return low - aside, high + aside
    return low, high


@dataclass(frozen=True)
class Area:
    """A rectangle in the data's own units, all four edges included.

    Attributes:
        x_low: The left edge.
        x_high: The right edge.
        y_low: The lower edge.
        y_high: The upper edge.
    """

    x_low: float
    x_high: float
    y_low: float
    y_high: float

    @property
    def width(self) -> float:
        """From the left to the right edge."""
        return self.x_high - self.x_low

    @property
    def height(self) -> float:
        """From the lower to the upper edge."""
        return self.y_high - self.y_low

    @classmethod
    def around(cls, x: ArrayLike, y: ArrayLike) -> "Area":
        """Return the smallest rectangle about some points; NaN and infinities are passed over."""
        return cls(*spread(x), *spread(y))


@dataclass(frozen=True)
class Canvas:
    """The rectangle of cells inside the axes.

    Attributes:
        left: Cells to the left of it.
        top: Cells above it.
        columns: Its width, in cells.
        rows: Its height, in cells.
    """

    left: int
    top: int
    columns: int
    rows: int


@dataclass(frozen=True)
class ValueScale:
    """Which values the colours of a field stand for.

    Attributes:
        low: The value of the first colour.
        high: The value of the last colour.
        ticks: What is written beside the colour bar.
    """

    low: float
    high: float
    ticks: tuple[Tick, ...] = ()


@dataclass(frozen=True)
class Axes:
    """A picture's geometry: cells on one side, the data's own units on the other.

    Rows are counted from the top, columns from the left, both from 0 at the picture's corner.

    Attributes:
        columns: The width of the whole picture, in cells.
        rows: The height of the whole picture, in cells.
        canvas: The cells inside the axes.
        area: What the canvas shows; its edges are the outer edges of the outermost cells.
        x_ticks: The labelled places of the horizontal axis; empty: no axis is drawn.
        y_ticks: The labelled places of the vertical axis; empty: no axis is drawn.
        caption: What the axes show, in the lowest row; empty: there is no such row.
        has_frame: Whether axes are drawn at all.
        is_equal_scale: Whether a unit is as long across as it is upwards.
        value_scale: Shown as a colour bar to the right of the canvas.
    """

    columns: int
    rows: int
    canvas: Canvas
    area: Area
    x_ticks: tuple[Tick, ...] = ()
    y_ticks: tuple[Tick, ...] = ()
    caption: str = ""
    has_frame: bool = False
    is_equal_scale: bool = False
    value_scale: ValueScale | None = None

    @property
    def is_empty(self) -> bool:
        """Whether there is no room to draw anything."""
        return self.canvas.columns <= 0 or self.canvas.rows <= 0

    @property
    def pixel_columns(self) -> int:
        """Half-block pixels across the canvas."""
        return self.canvas.columns

    @property
    def pixel_rows(self) -> int:
        """Half-block pixels down the canvas: two a cell, so that they are square."""
        return 2 * self.canvas.rows

    @property
    def dot_columns(self) -> int:
        """Braille dots across the canvas: two a cell."""
        return 2 * self.canvas.columns

    @property
    def cell_width(self) -> float:
        """How much of the horizontal axis a cell shows."""
        return self.area.width / max(self.canvas.columns, 1)

    @property
    def cell_height(self) -> float:
        """How much of the vertical axis a cell shows."""
        return self.area.height / max(self.canvas.rows, 1)

    @property
    def pixels_per_unit(self) -> tuple[float, float]:
        """Half-block pixels a unit of the horizontal and of the vertical axis."""
        return self.pixel_columns / self.area.width, self.pixel_rows / self.area.height

    def column_of(self, x: float) -> int:
        """Return the column where a place of the horizontal axis is drawn.

        Places outside the canvas, and NaN, are given the nearest column of the canvas.
        """
        pixel = (x - self.area.x_low) * self.pixels_per_unit[0]
        return self.canvas.left + _index(pixel, self.canvas.columns)

    def row_of(self, y: float) -> int:
        """Return the row where a place of the vertical axis is drawn; see ``column_of``."""
        pixel = (self.area.y_high - y) * self.pixels_per_unit[1]
        return self.canvas.top + _index(pixel / 2, self.canvas.rows)

    def x_at(self, column: float) -> float:
        """Return what the middle of a column stands for on the horizontal axis."""
        return self.area.x_low + (column - self.canvas.left + 0.5) * self.cell_width

    def y_at(self, row: float) -> float:
        """Return what the middle of a row stands for on the vertical axis."""
        return self.area.y_high - (row - self.canvas.top + 0.5) * self.cell_height

    def contains(self, column: int, row: int) -> bool:
        """Whether a cell lies on the canvas."""
        canvas = self.canvas
        return 0 <= column - canvas.left < canvas.columns and 0 <= row - canvas.top < canvas.rows


def _index(place: float, count: int) -> int:
    """Return the number of the cell that a place falls into, kept within 0 to count - 1."""
    if math.isnan(place):
        return 0
    return int(min(max(place, 0), max(count - 1, 0)))


def centres(low: float, high: float, count: int) -> NDArray[np.float64]:
    """Return the middles of so many equal parts of an interval, (count,)."""
    steps = np.arange(count, dtype=np.float64)
    return low + (steps + 0.5) * ((high - low) / max(count, 1))
