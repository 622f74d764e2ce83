"""The pane of the decision regions: what the network answers, all over the plane."""

from collections.abc import Sequence
from typing import ClassVar

from textual import events
from textual.binding import BindingType

from nntui.training.messages import SnapshotRequest
from nntui.training.snapshot import FieldRequest, Plane, Scene, Snapshot
from nntui.ui import actions
from nntui.ui.canvas import Canvas
from nntui.ui.dialogs.choice import ChoiceDialog
from nntui.ui.dialogs.dialog import app_of
from nntui.ui.figures import figure, percent
from nntui.ui.layout import REGIONS
from nntui.ui.messages import SnapshotWanted
from nntui.ui.pane import Pane
from nntui.ui.panes.planes import first_plane, planes_of
from nntui.ui.panes.regions_picture import RegionsPicture, Shown
from nntui.ui.panes.regions_words import draw_words, lines_needed
from nntui.ui.panes.terms_here import terms_of_regions
from nntui.ui.session import Session

_FEWEST_PLANE_INPUTS = 3
_ROWS_A_LINE_OF_WORDS = 6
_WIDE = 50


class RegionsPane(Pane):
    """Draws the regions and the points; a crosshair reads the network's answer at a place.

    Args:
        session: The experiment and its run.
    """

    number = 4

    BINDINGS: ClassVar[list[BindingType]] = [*actions.bindings(REGIONS, everywhere=False)]

    def __init__(self, session: Session, *, id: str) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id)
        self._session = session
        self._plane: Plane | None = None
        self._shows_test = True
        self._is_hard = False
        self._marks_mistakes = False
        self._crosshair: tuple[float, float] | None = None
        self._scene: Scene | None = None
        self._snapshot: Snapshot | None = None
        self._picture: RegionsPicture | None = None

    @property
    def name_on_frame(self) -> str:
        """What the pane is called."""
        scene = self._scene
        name = "Decision regions"
        if scene is not None and scene.task == "regression":
            name = "Fitted curve" if scene.is_curve else "Predicted values"
        return name

    @property
    def note(self) -> str:
        """Which plane it is, where there are more than two inputs."""
        return self._scene.note if self._scene else ""

    @property
    def remark(self) -> str:
        """The accuracy, or R²."""
        snapshot = self._snapshot
        if snapshot is None:
            return ""
        found, task = snapshot.evaluation, self._scene.task if self._scene else ""
        if task == "regression":
            score, name = (found.test_r2, "test R²")
            if score is None:
                score, name = (found.train_r2, "R²")
            return f"{name} {figure(score)}"
        if found.test_accuracy is not None:
            name = "test accuracy" if self.size.width >= _WIDE else "test"
            return f"{name} {percent(found.test_accuracy)}"
        return f"accuracy {percent(found.train_accuracy)}"

    def terms(self) -> Sequence[str]:
        """List the terms of the picture."""
        return terms_of_regions(
            self._scene,
            has_crosshair=self._crosshair is not None,
            marks_mistakes=self._marks_mistakes,
        )

    def request(
        self, scene_identity: int, *, history_columns: int, layers: bool
    ) -> SnapshotRequest:
        """Say what the next picture needs."""
        picture = self._picture if self.is_shown else None
        return SnapshotRequest(
            plane=self.plane,
            scene_identity=scene_identity,
            field=picture and picture.request(*self._chart_size()),
            crosshair=self._crosshair,
            mistakes=self._marks_mistakes,
            history_columns=history_columns,
            layers=layers,
        )

    @property
    def plane(self) -> Plane:
        """The plane that is shown."""
        return self._plane or Plane()

    @property
    def crosshair(self) -> tuple[float, float] | None:
        """The place that is read; None for none."""
        return self._crosshair

    def tile_request(self, rows: int, columns: int) -> FieldRequest | None:
        """Say what to ask for a picture of the plane on so many cells; None before the points."""
        if self._picture is None or not rows or not columns:
            return None
        return self._picture.tile_request(rows, columns)

    def on_resize(self) -> None:
        """Ask for a picture of the new size; a notice takes room from the pane, too."""
        self._changed()

    def show(self, snapshot: Snapshot) -> None:
        """Draw what a snapshot has brought."""
        self._snapshot = snapshot
        if snapshot.scene is not None:
            self._take(snapshot.scene)
        self.redraw()

    def _take(self, scene: Scene) -> None:
        """Begin to show other points, or the same on another plane."""
        before, self._scene = self._scene, scene
        self._picture = RegionsPicture(scene)
        if before is None or before.title != scene.title:
            # Its place means nothing among other points.
            self._crosshair = None
        if before is None or before.input_names != scene.input_names:
            self._plane = first_plane(len(scene.input_names))
        # What the network answers there could not be asked before.
        self._changed()

    def draw(self, canvas: Canvas) -> None:
        """Draw the picture, and what the crosshair reads below it."""
        scene, snapshot, picture = self._scene, self._snapshot, self._picture
        if scene is None or snapshot is None or picture is None:
            canvas.put(canvas.rows // 2, 2, "waiting for the trainer …", self.ink.muted)
            return
        belongs = snapshot.scene_identity == scene.identity
        shown = Shown(
            field=snapshot.field if belongs else None,
            mistakes=snapshot.mistakes if belongs and self._marks_mistakes else None,
            crosshair=self._crosshair,
            shows_test=self._shows_test,
            is_hard=self._is_hard,
        )
        rows, columns = self._chart_size()
        canvas.paste(picture.draw(shown, rows, columns, self.ink.chart_style))
        reading = snapshot.reading if belongs and self._crosshair is not None else None
        draw_words(canvas, rows, scene, reading, self._remarks, self.ink)

    def _chart_size(self) -> tuple[int, int]:
        """The rows and columns of the picture: some lines below are kept for words."""
        rows, columns = self.inner_size
        if self._scene is None:
            return rows, columns
        words = lines_needed(self._scene, self._remarks, columns, self.ink)
        # In a low pane the picture comes first.
        return max(rows - min(words, rows // _ROWS_A_LINE_OF_WORDS), 0), columns

    @property
    def _remarks(self) -> list[str]:
        """What is special about the picture."""
        scene, picture = self._scene, self._picture
        if scene is None or picture is None:
            return []
        remarks = [] if self.has_room_for_note or not scene.note else [scene.note]
        if not scene.is_curve and not picture.axes(*self.inner_size).is_equal_scale:
            remarks.append("each axis has a scale of its own")
        if scene.hidden_points:
            remarks.append(f"{scene.hidden_points:,} more points are not drawn")
        return remarks

    # What the keys do.

    def action_crosshair(self, right: int, up: int) -> None:
        """Move the crosshair by a cell; the first press puts it into the middle."""
        if self._picture is None:
            return
        axes = self._picture.axes(*self._chart_size())
        if axes.is_empty:
            return
        if self._crosshair is None:
            middle = axes.canvas.columns // 2, axes.canvas.rows // 2
            self._put_crosshair(
                axes.x_at(axes.canvas.left + middle[0]), axes.y_at(axes.canvas.top + middle[1])
            )
            return
        column = axes.column_of(self._crosshair[0]) + right
        row = axes.row_of(self._crosshair[1]) - up
        if axes.contains(column, row):
            self._put_crosshair(axes.x_at(column), axes.y_at(row))

    def action_hide(self) -> None:
        """Put the crosshair away."""
        self._crosshair = None
        self._changed()

    def _put_crosshair(self, x: float, y: float) -> None:
        self._crosshair = (x, y)
        self.redraw()
        self._changed()

    def on_click(self, event: events.Click) -> None:
        """Put the crosshair where the mouse points."""
        if self._picture is None:
            return
        axes, column, row = self._picture.axes(*self._chart_size()), event.x - 1, event.y - 1
        if not axes.is_empty and axes.contains(column, row):
            self._put_crosshair(axes.x_at(column), axes.y_at(row))

    def action_test_points(self) -> None:
        """Show the test points, or not."""
        self._shows_test = not self._shows_test
        self.redraw()

    def action_hard(self) -> None:
        """Shade by confidence, or show the classes alone."""
        self._is_hard = not self._is_hard
        self.redraw()

    def action_mistakes(self) -> None:
        """Mark the misclassified points, or not."""
        self._marks_mistakes = not self._marks_mistakes
        self.redraw()
        self._changed()

    def action_plane(self) -> None:
        """Choose what the axes show, where there are more than two inputs."""
        scene = self._scene
        if scene is None:
            return
        if len(scene.input_names) < _FEWEST_PLANE_INPUTS:
            self._session.notice = "All inputs are on the axes; there are no others to choose."
            self._changed()
            return
        dialog = ChoiceDialog("What the axes show", planes_of(scene.input_names), self._plane)
        app_of(self).push_screen(dialog, self._choose_plane)

    def _choose_plane(self, plane: object) -> None:
        if isinstance(plane, Plane):
            self._plane, self._crosshair = plane, None
            self._changed()

    def _changed(self) -> None:
        self.post_message(SnapshotWanted())
