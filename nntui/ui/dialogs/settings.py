"""Several settings in one dialog: of a hidden layer, or of the output layer."""

from collections.abc import Callable, Iterable
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.widget import Widget
from textual.widgets import Static

from nntui.experiment.data_facts import DataFacts
from nntui.experiment.experiment import Experiment
from nntui.experiment.form import FormRow, form_rows, layer_rows
from nntui.quoting import printable
from nntui.ui.canvas import Canvas
from nntui.ui.coloured_app import ColouredApp
from nntui.ui.dialogs.dialog import LOW, Dialog, app_of, open_dialog
from nntui.ui.dialogs.terms import TermsDialog, explained
from nntui.ui.ink import PLAIN_INK
from nntui.ui.pane import Picture
from nntui.ui.panes.terms_here import terms_of_setting
from nntui.ui.session import Session
from nntui.ui.settings.drawing import Mark, draw_setting
from nntui.ui.settings.editor import BEGINS_ANEW, SettingEditor
from nntui.ui.settings.flow import Flow, single_column
from nntui.ui.settings.form import Form
from nntui.ui.settings.form_keys import FormKeys

_DOUBLE = 2
_AROUND_ROWS, _AROUND_ROWS_LOW = 7, 4


class SettingsList(Picture, can_focus=True):
    """Rows of settings with a cursor.

    Args:
        form: The rows.
        edit: Called for a double click.
    """

    def __init__(self, form: Form, moved: Callable[[], None], edit: Callable[[], None]) -> None:
        super().__init__(id="settings")
        self._form = form
        self._moved = moved
        self._edit = edit
        self._flow = Flow((), 0, 0)

    def paint(self, canvas: Canvas) -> None:
        """Draw the rows that fit."""
        form = self._form
        self._flow = single_column(len(form.rows), canvas.columns, canvas.rows, form.cursor)
        for spot in self._flow.spots:
            mark = Mark(form.rebuilding[spot.index], spot.index == form.cursor, is_focused=True)
            draw_setting(canvas, spot, form.rows[spot.index], mark, self.ink)

    def on_click(self, event: events.Click) -> None:
        """Go to the row that was clicked; a double click edits it."""
        event.stop()
        index = self._flow.index_at(event.y, event.x)
        if index is None:
            return
        self._form.go_to(index)
        self._moved()
        if event.chain == _DOUBLE:
            self._edit()

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Go on."""
        event.stop()
        self._form.go_to(self._form.cursor + 1)
        self._moved()

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Go back."""
        event.stop()
        self._form.go_to(self._form.cursor - 1)
        self._moved()


class SettingsDialog(FormKeys, Dialog[None]):
    """Shows rows of settings; each change is made at once.

    Args:
        title: What the settings are of.
        session: The experiment and its run.
        list_rows: Lists the rows of an experiment; none closes the dialog.
        edited: Called after each edit.
    """

    DEFAULT_CSS = """
    SettingsDialog SettingsList { height: 1; }
    SettingsDialog #about { color: $foreground 70%; height: auto; max-height: 3; margin-top: 1; }
    SettingsDialog.-low #about { margin-top: 0; max-height: 2; }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "cursor(-1)", show=False),
        Binding("down", "cursor(1)", show=False),
        Binding("left,minus", "change(-1)", show=False),
        Binding("right,plus", "change(1)", show=False),
        Binding("enter", "edit", show=False),
        Binding("backspace", "default", show=False),
        Binding("i", "explain", show=False),
        Binding("u", "undo", show=False),
        Binding("U", "redo", show=False),
    ]

    def __init__(
        self,
        title: str,
        session: Session,
        list_rows: Callable[[Experiment, DataFacts], tuple[FormRow, ...]],
        edited: Callable[[], None],
    ) -> None:
        super().__init__(title, "←→ change · enter type · i explain · esc close")
        self._session = session
        self._edited = edited
        self._said = ""
        self.form = Form(session, list_rows)
        self.list = SettingsList(self.form, self._show, self.action_edit)
        self._about = Static("", id="about", markup=False)
        self.editor = SettingEditor(
            session,
            self,
            lambda: self.form.facts,
            self._say,
            self._changed,
        )

    def parts(self) -> Iterable[Widget]:
        """The rows, and a line about the one under the cursor."""
        yield self.list
        yield self._about

    def on_mount(self) -> None:
        """Take the theme's colours, and the keyboard to the rows."""
        app = app_of(self)
        self.list.use_ink(app.ink if isinstance(app, ColouredApp) else PLAIN_INK)
        self.list.focus()
        self._show()

    def on_resize(self) -> None:
        """Fit the rows into the screen."""
        super().on_resize()
        self._show()

    def action_cursor(self, direction: int) -> None:
        """Go up or down."""
        self._said = ""
        self.form.go_to(self.form.cursor + direction)
        self._show()

    def action_explain(self) -> None:
        """Tell what the setting under the cursor means."""
        row = self.form.row
        if row is not None:
            terms = terms_of_setting(self._session.experiment, row.key)
            topics = explained(self._session, terms, self.editor.topic(row))
            open_dialog(self, TermsDialog(row.label, topics))

    def action_undo(self) -> None:
        """Take the last edit back."""
        self._session.undo()
        self._say(self._session.notice)
        self._changed()

    def action_redo(self) -> None:
        """Make the undone edit again."""
        self._session.redo()
        self._say(self._session.notice)
        self._changed()

    def _say(self, text: str) -> None:
        self._said = printable(text)
        self._show()

    def _changed(self) -> None:
        self._edited()
        self._show()

    def _show(self) -> None:
        self.form.refresh()
        row = self.form.row
        if row is None:
            if self.is_current:
                self.dismiss()
            return
        height = app_of(self).size.height
        room = height - (_AROUND_ROWS_LOW if height < LOW else _AROUND_ROWS)
        self.list.styles.height = max(min(len(self.form.rows), room), 1)
        about = row.field.description
        if self.form.rebuilding[self.form.cursor]:
            about = f"{BEGINS_ANEW} · {about}"
        self._about.update(self._said or about)
        self.list.redraw()


class LayerDialog(SettingsDialog):
    """The settings of a hidden layer.

    Args:
        session: The experiment and its run.
        index: Which layer, counted from 0.
        edited: Called after each edit.
    """

    def __init__(self, session: Session, index: int, edited: Callable[[], None]) -> None:
        def rows(experiment: Experiment, _facts: DataFacts) -> tuple[FormRow, ...]:
            return layer_rows(experiment, index) if index < len(experiment.layers) else ()

        super().__init__(f"Layer {index + 1}", session, rows, edited)


class OutputDialog(SettingsDialog):
    """The settings of the output layer, and the loss.

    Args:
        session: The experiment and its run.
        edited: Called after each edit.
    """

    def __init__(self, session: Session, edited: Callable[[], None]) -> None:
        def rows(experiment: Experiment, facts: DataFacts) -> tuple[FormRow, ...]:
            own = form_rows(experiment, facts)
            return tuple(row for row in own if row.key.startswith("output."))

        super().__init__("Output layer and loss", session, rows, edited)
