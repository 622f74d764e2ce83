"""Where a layer has moved the points of the screen: asks the network, and keeps its memory."""

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nntui.anatomy.look import Look, affordable_points
from nntui.anatomy.space import Classes, SpacePoints, SpaceViewer
from nntui.anatomy.values import HiddenSpace
from nntui.data.dataset import FloatArray
from nntui.engine.tape import Array
from nntui.quoting import printable
from nntui.training.messages import SpaceRequest
from nntui.training.network_inputs import network_inputs
from nntui.training.neuron_pictures import MOST_PRODUCTS
from nntui.training.scene import scene_raw_points
from nntui.training.subject import Memory, Subject
from nntui.training.thinning import evenly_chosen
from nntui.training.trainer import Trainer

GRID_LINES = 11
"""How many lines of the grid run each way."""

POINTS_OF_A_LINE = 33
"""By how many points a line of the grid is bent."""


@dataclass(frozen=True, eq=False)
class _Points:
    """The points of a scene and of the grid, in one look.

    Attributes:
        look: What the layers up to the one in question answer to them.
        chosen: Which points of the scene come first in it.
        lines: How many lines the grid has, whose points follow.
    """

    look: Look
    chosen: NDArray[np.int64]
    lines: int


class SpaceInspector:
    """Shows where layers have moved the points; nothing of a trainer is changed."""

    def __init__(self) -> None:
        self._viewer = SpaceViewer()
        self._points: Memory[_Points | None] = Memory()

    def view(
        self,
        subject: Subject,
        request: SpaceRequest,
        training: Sequence[Array],
        names: tuple[tuple[str, ...], tuple[str, ...]],
    ) -> HiddenSpace | None:
        """Look at the space of a layer.

        A network without hidden layers draws its borders in the space of its inputs: that is shown
        instead of any other.

        Args:
            subject: The network, the points, and the plane that the grid lies on.
            request: What is asked.
            training: What each column passes on for some training points, (units, points).
            names: Of the inputs, and of the outputs.

        Returns:
            The space; None where points are too large to compute with.
        """
        network = subject.network
        last = len(network.dense_layers)
        column = min(max(request.column, 0), last) if last > 1 else 0
        points = self._points.recall(
            (network, subject.scene.identity, column), lambda: _points(subject, column)
        )
        if points is None:
            return None
        points.look.run()
        passed_on, drawn = points.look.passed_on[column], len(points.chosen)
        neurons = tuple(f"neuron {unit + 1}" for unit in range(len(passed_on)))
        # A class's name alone could be taken for a number on the axis.
        outputs = tuple(f"output {name}" for name in names[1])
        space = self._viewer.view(
            network,
            column,
            request.axes,
            SpacePoints(training[column], passed_on[:, :drawn], passed_on[:, drawn:], points.lines),
            names={0: names[0], last: outputs}.get(column, neurons),
            classes=_classes(subject.trainer),
            pixels=(request.rows, request.columns),
        )
        return _with_all_points(space, points.chosen, len(subject.scene.x))


def _with_all_points(space: HiddenSpace, chosen: NDArray[np.int64], points: int) -> HiddenSpace:
    """Put the places of chosen points among those of all, which are NaN where not computed."""
    if len(chosen) == points:
        return space
    places = np.full((2, points), np.nan)
    places[:, chosen] = space.x, space.y
    return dataclasses.replace(space, x=places[0], y=places[1])


def _classes(trainer: Trainer) -> Classes | None:
    if not trainer.coding.classes:
        return None
    class_names = trainer.prepared.dataset.class_names
    return Classes(tuple(printable(name) for name in class_names), trainer.coding.decide)


def _points(subject: Subject, column: int) -> _Points | None:
    """Prepare the points to be asked about; None where they are too large to compute with."""
    trainer, scene = subject.trainer, subject.scene
    affordable = affordable_points(trainer.network, column, MOST_PRODUCTS)
    chosen = evenly_chosen(len(scene.x), affordable)
    inputs = network_inputs(trainer, scene_raw_points(trainer.prepared)[chosen])
    if inputs is None:
        return None
    of_grid = None if scene.is_curve else network_inputs(trainer, _grid_points(subject))
    if of_grid is None:
        return _Points(Look(trainer.network, inputs, column), chosen, 0)
    inputs = np.concatenate([inputs, of_grid])
    return _Points(Look(trainer.network, inputs, column), chosen, 2 * GRID_LINES)


def _grid_points(subject: Subject) -> FloatArray:
    """Find the inputs along the lines of the grid: upright lines first, (points, columns)."""
    x_across, x_along = _evenly_spaced(subject.scene.x)
    y_across, y_along = _evenly_spaced(subject.scene.y)
    return subject.plane.raw_points(
        np.concatenate([np.repeat(x_across, POINTS_OF_A_LINE), np.tile(x_along, GRID_LINES)]),
        np.concatenate([np.tile(y_along, GRID_LINES), np.repeat(y_across, POINTS_OF_A_LINE)]),
    )


def _evenly_spaced(places: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Divide the width of all points by the grid's lines, and by the points of a line."""
    low, high = float(places.min()), float(places.max())
    return np.linspace(low, high, GRID_LINES), np.linspace(low, high, POINTS_OF_A_LINE)
