"""The pane of a layer's own space: where it has moved the points, and what decides there."""

from dataclasses import replace
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray
from textual.binding import BindingType

from nntui.anatomy.values import Anatomy, HiddenSpace, SpaceAxes
from nntui.charts.axes import Area, Axes
from nntui.charts.picture import PictureOptions
from nntui.charts.points import Points
from nntui.charts.scales import value_scale
from nntui.charts.space import SpaceFigure, draw_space, space_axes
from nntui.training.messages import AnatomyRequest, SnapshotRequest, SpaceRequest
from nntui.training.snapshot import Scene, Snapshot
from nntui.ui import actions
from nntui.ui.action_table import SPACE
from nntui.ui.canvas import Canvas
from nntui.ui.dialogs.choice import ChoiceDialog
from nntui.ui.dialogs.dialog import app_of
from nntui.ui.figures import percent
from nntui.ui.network.place import NetworkPlace
from nntui.ui.network.space_choices import COMPONENTS, OUTPUT, UNITS, WORDS, choices, turned
from nntui.ui.network.space_words import axis_lines, caption_fits, note_lines
from nntui.ui.network.words import Names
from nntui.ui.panes.regions import RegionsPane
from nntui.ui.panes.regions_words import draw_words, legend, wrapped
from nntui.ui.session import Session
from nntui.ui.view_pane import ViewPane

_ROWS_A_LINE_OF_WORDS = 6
_LEAST_LINES_WITH_AXES = 2
_FIRST_AREA = Area(-1.0, 1.0, -1.0, 1.0)


def _every_second(grid: NDArray[np.float64]) -> NDArray[np.float64]:
    """Leave every second line out, so that the points stay in sight; the outermost ones stay."""
    upright = len(grid) // 2
    return np.concatenate([grid[:upright:2], grid[upright::2]])


class SpacePane(ViewPane):
    """Draws the points where a layer has moved them, live.

    Args:
        session: The experiment and its run.
        place: Where the user is in the network; the pane has a layer of its own.
        regions: Knows the scene that is shown.
    """

    number = 8

    BINDINGS: ClassVar[list[BindingType]] = [*actions.bindings(SPACE, everywhere=False)]

    def __init__(
        self,
        session: Session,
        place: NetworkPlace,
        regions: RegionsPane,
        *,
        id: str,  # noqa: A002 - Textual's name
    ) -> None:
        super().__init__(id=id)
        self.session = session
        self.place = place
        self._regions = regions
        # None follows the last hidden layer, however many layers there are.
        self._wanted_column: int | None = None
        self._axes = SpaceAxes(OUTPUT)
        self._shows_grid = True
        self._anatomy: Anatomy | None = None
        self._space: HiddenSpace | None = None
        self._scene: Scene | None = None

    @property
    def units(self) -> tuple[int, ...]:
        """How many units each column of the network has; nothing before the first snapshot."""
        snapshot = self.session.snapshot
        return snapshot.units if snapshot is not None else ()

    @property
    def _last_column(self) -> int:
        """The last column that has a space to see: without hidden layers, the inputs'."""
        last = len(self.units) - 1
        return last if last > 1 else 0

    @property
    def column(self) -> int:
        """The layer's column in the graph: the last hidden layer, unless another was chosen."""
        last = self._last_column
        if self._wanted_column is None:
            return max(last - 1, 0)
        return min(self._wanted_column, last)

    @property
    def axes(self) -> SpaceAxes:
        """The directions that are asked for."""
        return self._axes

    @property
    def name_on_frame(self) -> str:
        """Which layer's space it is."""
        if self._space is None or self._anatomy is None:
            return "Space of a layer"
        column = self._space.column
        return f"Space of {Names.of(self._anatomy).layer(column) if column else 'the inputs'}"

    @property
    def note(self) -> str:
        """Along which directions it is seen."""
        return f"· {WORDS[self._space.axes.kind]}" if self._space is not None else ""

    @property
    def remark(self) -> str:
        """How well the network does."""
        snapshot, scene = self.session.snapshot, self._scene
        if snapshot is None or scene is None or scene.task == "regression":
            return ""
        found = snapshot.evaluation
        if found.test_accuracy is not None:
            return f"test accuracy {percent(found.test_accuracy)}"
        return f"accuracy {percent(found.train_accuracy)}"

    # What comes from below.

    def extend(self, request: SnapshotRequest, *, slow: bool) -> SnapshotRequest:
        """Ask for the space, with a pixel for each one that is drawn."""
        if not self.take_turn(always=slow or not self.session.is_playing):
            return request
        axes = self._picture_axes
        space = SpaceRequest(self.column, self._axes, axes.pixel_rows, axes.pixel_columns)
        anatomy = replace(request.anatomy or AnatomyRequest(), space=space)
        return replace(request, anatomy=anatomy)

    def show(self, snapshot: Snapshot) -> None:
        """Draw what a snapshot has brought."""
        anatomy, scene = snapshot.anatomy, self.session.scene
        if not self.has_turn:
            return
        if (
            anatomy is not None
            and scene is not None
            and snapshot.scene_identity == scene.identity
            and (anatomy.space is None or len(scene.x) == len(anatomy.space.x))
        ):
            self._anatomy, self._space, self._scene = anatomy, anatomy.space, scene
        self.redraw()

    # The picture.

    @property
    def _lines(self) -> tuple[int, list[str]]:
        """How many lines the legend takes below the picture, and what a reader has to know."""
        rows, columns = self.inner_size
        space, scene, most = self._space, self._scene, rows // _ROWS_A_LINE_OF_WORDS
        if space is None or scene is None:
            return 0, []
        legend_lines = min(len(wrapped(legend(scene, [], self.ink), columns)), most)
        labels, room = (space.x_label, space.y_label), max(columns - 2, 1)
        axes = axis_lines(labels, room) if self._says_axes_below else []
        # The picture takes one line less when it does not say what its axes show.
        left = most - legend_lines - max(len(axes) - 1, 0)
        return legend_lines, axes + note_lines(space.note, room, left)

    @property
    def _says_axes_below(self) -> bool:
        """Whether the picture has no room for what its axes show, but the pane has."""
        rows, columns = self.inner_size
        space, scene, most = self._space, self._scene, rows // _ROWS_A_LINE_OF_WORDS
        if space is None or scene is None or most < _LEAST_LINES_WITH_AXES:
            return False
        labels, has_scale = (space.x_label, space.y_label), scene.task == "regression"
        return not caption_fits(labels, rows - most, columns, has_scale=has_scale)

    @property
    def _why_empty(self) -> str:
        if self._anatomy is None:
            return "waiting for the trainer …"
        return "the inputs are too large to compute with"

    @property
    def _picture_axes(self) -> Axes:
        rows, columns = self.inner_size
        space, scene = self._space, self._scene
        area = Area(*space.area) if space is not None else _FIRST_AREA
        scale = None
        if scene is not None and scene.task == "regression":
            scale = value_scale(scene.target_low, scene.target_high)
        labels = ("", "")
        if space is not None and not self._says_axes_below:
            labels = space.x_label, space.y_label
        legend_lines, note = self._lines
        return space_axes(columns, rows - legend_lines - len(note), area, *labels, scale)

    def draw(self, canvas: Canvas) -> None:
        """Draw the space."""
        space, scene = self._space, self._scene
        if space is None or scene is None:
            canvas.put(canvas.rows // 2, 1, self._why_empty, self.ink.muted)
            return
        figure = SpaceFigure(
            area=Area(*space.area),
            points=Points(space.x, space.y, scene.targets, scene.is_test),
            grid=_every_second(space.grid if self._shows_grid else space.grid[:0]),
            winners=space.winners,
            is_regression=scene.task == "regression",
        )
        cells = draw_space(figure, self._picture_axes, self.ink.chart_style, PictureOptions())
        canvas.paste(cells)
        legend_lines, note = self._lines
        row = canvas.rows - legend_lines - len(note)
        if legend_lines:
            draw_words(canvas, row, scene, None, [], self.ink)
        for line, text in enumerate(note, start=row + legend_lines):
            canvas.put(line, 1, text, self.ink.muted)

    # What the keys do.

    def action_turn(self, right: int, up: int) -> None:
        """Show another neuron along an axis."""
        if not self.units:
            return
        self._axes = turned(self._axes, (right, up), self.units[self.column])
        self.changed()

    def action_column(self, direction: int) -> None:
        """Go to the layer before or after; its own directions are shown likewise."""
        if not self.units:
            return
        self._wanted_column = min(max(self.column + direction, 0), self._last_column)
        if self._axes.kind == UNITS:
            units = self.units[self._wanted_column]
            first, second = min(self._axes.first, units - 1), min(self._axes.second, units - 1)
            if first == second:
                second = (first + 1) % units
            self._axes = SpaceAxes(UNITS, first, second)
        self.changed()

    def action_axes(self) -> None:
        """Choose along which directions to look."""
        current = self._space.axes.kind if self._space is not None else self._axes.kind
        dialog = ChoiceDialog("Look along", choices(), current)
        app_of(self).push_screen(dialog, self._choose)

    def _choose(self, kind: object) -> None:
        if kind in (OUTPUT, COMPONENTS):
            self._axes = SpaceAxes(str(kind))
        elif kind == UNITS:
            units = self.units[self.column] if self.units else 1
            self._axes = (
                self._axes if self._axes.kind == UNITS else turned(self._axes, (0, 0), units)
            )
        if kind is not None:
            self.changed()

    def action_grid(self) -> None:
        """Show the bent grid, or not."""
        self._shows_grid = not self._shows_grid
        self.redraw()
