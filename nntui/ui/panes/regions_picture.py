"""From what a snapshot holds to a chart of the regions: planes, fields of values, and curves."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nntui.charts.axes import Area, Axes
from nntui.charts.cells import Cells
from nntui.charts.curve import CurveFigure, curve_axes, draw_curve
from nntui.charts.picture import PictureOptions
from nntui.charts.plane import bare_axes, plane_axes
from nntui.charts.points import Points
from nntui.charts.regions import ClassRegions, draw_regions
from nntui.charts.scales import value_scale
from nntui.charts.style import ChartStyle
from nntui.charts.value_field import ValueField as ValuePicture
from nntui.charts.value_field import draw_values
from nntui.training.snapshot import (
    ClassField,
    CurveField,
    Field,
    FieldRequest,
    Scene,
    ValueField,
)


@dataclass(frozen=True, eq=False)
class Shown:
    """What is to be seen.

    Attributes:
        field: What the network answers; None before the first answer.
        mistakes: Which points are given a wrong class; None where they are not to be marked.
        crosshair: A place; None for none.
        shows_test: Whether test points are drawn.
        is_hard: Whether the classes alone are drawn, without shades.
    """

    field: Field | None
    mistakes: NDArray[np.bool_] | None
    crosshair: tuple[float, float] | None
    shows_test: bool
    is_hard: bool


class RegionsPicture:
    """Draws one scene; its points are placed only once for each size.

    Args:
        scene: The points.
    """

    def __init__(self, scene: Scene) -> None:
        self._scene = scene
        self._extent = Area.around(scene.x, scene.y)
        self._points = Points(scene.x, scene.y, scene.targets, scene.is_test)
        is_regression = scene.task == "regression"
        self._scale = value_scale(scene.target_low, scene.target_high) if is_regression else None

    def axes(self, rows: int, columns: int) -> Axes:
        """Lay the axes out on so many cells."""
        scene = self._scene
        if scene.is_curve:
            return curve_axes(
                columns,
                rows,
                self._points,
                classes=len(scene.class_names),
                x_label=scene.x_label,
                y_label=scene.y_label,
            )
        return plane_axes(
            columns,
            rows,
            self._extent,
            x_label=scene.x_label,
            y_label=scene.y_label,
            scale=self._scale,
        )

    def request(self, rows: int, columns: int) -> FieldRequest | None:
        """Say what the network is to be asked; None where there is no room for a picture."""
        axes = self.axes(rows, columns)
        if axes.is_empty:
            return None
        area, is_curve = axes.area, self._scene.is_curve
        return FieldRequest(
            columns=axes.dot_columns if is_curve else axes.pixel_columns,
            rows=1 if is_curve else axes.pixel_rows,
            x_low=area.x_low,
            x_high=area.x_high,
            y_low=area.y_low,
            y_high=area.y_high,
        )

    def tile_request(self, rows: int, columns: int) -> FieldRequest:
        """Say what the network is to be asked for a picture of so many cells without axes."""
        area = bare_axes(columns, rows, self._extent).area
        return FieldRequest(columns, 2 * rows, area.x_low, area.x_high, area.y_low, area.y_high)

    def draw(self, shown: Shown, rows: int, columns: int, style: ChartStyle) -> Cells:
        """Draw on so many cells."""
        axes = self.axes(rows, columns)
        options = PictureOptions(
            show_test=shown.shows_test,
            shaded=not shown.is_hard,
            mistakes=shown.mistakes,
            crosshair=shown.crosshair,
        )
        field = shown.field
        if self._scene.is_curve:
            curve = _curve(field) if isinstance(field, CurveField) else None
            classes = len(self._scene.class_names)
            return draw_curve(curve, self._points, axes, style, options, classes=classes)
        if self._scale is not None:
            values = (
                ValuePicture(_area(field.request), field.values)
                if isinstance(field, ValueField)
                else None
            )
            return draw_values(values, self._points, axes, style, options)
        regions = (
            ClassRegions(_area(field.request), field.winners, field.confidence)
            if isinstance(field, ClassField)
            else None
        )
        return draw_regions(regions, self._points, axes, style, options)


def _area(request: FieldRequest) -> Area:
    return Area(request.x_low, request.x_high, request.y_low, request.y_high)


def _curve(field: CurveField) -> CurveFigure:
    return CurveFigure(field.request.x_low, field.request.x_high, field.curves)
