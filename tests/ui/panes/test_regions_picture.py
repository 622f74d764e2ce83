"""From a snapshot's field to a chart: what the chart must not lose on the way."""

import numpy as np
import pytest

from nntui.charts.style import ChartStyle
from nntui.training.snapshot import CurveField, Plane, Scene
from nntui.ui.panes.regions_picture import RegionsPicture, Shown

ROWS, COLUMNS = 20, 60


def classes_over_one_input(classes):
    """Make a scene of points on a line, the classes one beside the other."""
    targets = np.repeat(np.arange(classes), 10).astype(np.float64)
    return Scene(
        identity=1,
        plane=Plane(),
        task="classification",
        title="line",
        input_names=("x1",),
        class_names=tuple("abc"[:classes]),
        target_name="class",
        x_label="x1",
        y_label="output of each class",
        note="",
        is_curve=True,
        x=np.linspace(0.0, 1.0, 10 * classes),
        y=np.zeros(10 * classes),
        targets=targets,
        is_test=np.zeros(10 * classes, np.bool_),
        hidden_points=0,
        target_low=0.0,
        target_high=0.0,
    )


@pytest.mark.parametrize("classes", [2, 3])
def test_each_class_over_one_input_has_its_own_curve_and_points(classes):
    picture = RegionsPicture(classes_over_one_input(classes))
    request = picture.request(ROWS, COLUMNS)
    curves = np.linspace(0.1, 0.9, classes, dtype=np.float32)[:, None]
    field = CurveField(request, np.repeat(curves, request.columns, axis=1))
    shown = Shown(field, mistakes=None, crosshair=None, shows_test=True, is_hard=False)

    cells = picture.draw(shown, ROWS, COLUMNS, ChartStyle())

    drawn = "".join(cells.text())
    # Ten points a class, and its glyph once more to name its curve.
    assert all(drawn.count(glyph) >= 2 for glyph in "●▲■"[:classes])
    is_curve = (cells.characters >= "\u2801") & (cells.characters <= "\u28ff")
    assert len(np.unique(cells.foreground[is_curve])) == classes
