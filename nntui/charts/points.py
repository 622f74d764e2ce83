"""Points on a picture: one cell and one glyph each."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from nntui.charts.axes import Axes
from nntui.charts.picture import PictureOptions


@dataclass(frozen=True, eq=False)
class Points:
    """Points of a data set, seen on a plane.

    Keep one for as long as the points stay: where they are drawn is remembered for it.

    Attributes:
        x: Their horizontal places, in the data's own units, (points,).
        y: Their vertical places, (points,).
        values: Their class numbers, or the values that are to be predicted, (points,).
        is_test: Which of them are test points, (points,).
    """

    x: NDArray[np.float64]
    y: NDArray[np.float64]
    values: NDArray[np.float64]
    is_test: NDArray[np.bool_]

    def __len__(self) -> int:
        return len(self.x)

    @classmethod
    def none(cls) -> "Points":
        """Make an empty set of points."""
        empty = np.zeros(0)
        return cls(empty, empty, empty, np.zeros(0, np.bool_))


@dataclass(frozen=True, eq=False)
class Placement:
    """Where points fall on the cells of a canvas.

    Attributes:
        order: The numbers of the points that lie on the canvas; those that come later are drawn
            over those that come earlier, (placed,).
        rows: Their cells' rows on the canvas, (placed,).
        columns: Their cells' columns, (placed,).
        pixel_rows: Their rows in half-block pixels, (placed,).
        train_count: How many of them, at the beginning, are training points.
    """

    order: NDArray[np.intp]
    rows: NDArray[np.intp]
    columns: NDArray[np.intp]
    pixel_rows: NDArray[np.intp]
    train_count: int

    def visible(self, options: PictureOptions) -> "Placement":
        """Leave out what is not wanted, and put the mistakes on top."""
        count = len(self.order) if options.show_test else self.train_count
        chosen = np.arange(count)
        if options.mistakes is not None:
            is_mistake = options.mistakes[self.order[:count]]
            chosen = np.concatenate((chosen[~is_mistake], chosen[is_mistake]))
        return Placement(
            order=self.order[chosen],
            rows=self.rows[chosen],
            columns=self.columns[chosen],
            pixel_rows=self.pixel_rows[chosen],
            train_count=self.train_count,
        )


@lru_cache(maxsize=8)
def placed(points: Points, axes: Axes) -> Placement:
    """Find the cells of points; test points come after the training points.

    Points outside the canvas, or without a finite place, are left out.
    """
    area = axes.area
    with np.errstate(all="ignore"):
        across_per_unit, down_per_unit = axes.pixels_per_unit
        across = np.floor((points.x - area.x_low) * across_per_unit)
        down = np.floor((area.y_high - points.y) * down_per_unit)
        # A point exactly on the far edge belongs to the last cell.
        across = np.where(points.x == area.x_high, axes.pixel_columns - 1, across)
        down = np.where(points.y == area.y_low, axes.pixel_rows - 1, down)
        is_inside = (across >= 0) & (across < axes.pixel_columns)
        is_inside &= (down >= 0) & (down < axes.pixel_rows)
    train = np.flatnonzero(is_inside & ~points.is_test)
    test = np.flatnonzero(is_inside & points.is_test)
    order = np.concatenate((train, test))
    pixel_rows = down[order].astype(np.intp)
    return Placement(
        order=order,
        rows=pixel_rows // 2,
        columns=across[order].astype(np.intp),
        pixel_rows=pixel_rows,
        train_count=len(train),
    )


def checked_options(options: PictureOptions, points: Points) -> PictureOptions:
    """Drop mistakes that belong to other points, as for a moment after a change of the data."""
    mistakes = options.mistakes
    if mistakes is None or len(mistakes) == len(points):
        return options
    return PictureOptions(options.show_test, options.shaded, None, options.crosshair)
