"""The hyperparameters: every setting that means something now, but for those of the layers."""

from collections.abc import Sequence
from typing import ClassVar

from textual import events
from textual.binding import BindingType

from nntui.experiment.form import FormRow, describe, form_rows
from nntui.quoting import printable
from nntui.ui.actions import bindings
from nntui.ui.canvas import Canvas
from nntui.ui.layout import PARAMETERS
from nntui.ui.messages import SnapshotWanted
from nntui.ui.pane import Pane
from nntui.ui.panes.about import about_lines
from nntui.ui.panes.terms_here import terms_of_setting
from nntui.ui.session import Session
from nntui.ui.settings.drawing import REBUILDS, Mark, draw_heading, draw_setting
from nntui.ui.settings.editor import BEGINS_ANEW, SettingEditor
from nntui.ui.settings.flow import Flow, flow
from nntui.ui.settings.form import Form
from nntui.ui.settings.form_keys import FormKeys
from nntui.ui.terms import Topic

_DOUBLE = 2
_FRAME_AROUND_TITLE = 12
_LINES_FOR_ALL = 3


class ParametersPane(FormKeys, Pane):
    """The form of the hyperparameters.

    Args:
        session: The experiment and its run.
    """

    number = 2

    BINDINGS: ClassVar[list[BindingType]] = [*bindings(PARAMETERS, everywhere=False)]

    def __init__(self, session: Session, *, id: str) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id)
        self._session = session
        self.form = Form(session, form_rows)
        self._flow = Flow((), 0, 0)
        self.editor = SettingEditor(
            session, self, lambda: self.form.facts, self._notice, self._edited
        )

    @property
    def name_on_frame(self) -> str:
        """What the pane is called."""
        return "Hyperparameters"

    @property
    def remark(self) -> str:
        """What the sign beside some settings means, and how many are out of sight."""
        self._lay_out(*self.inner_size)
        hidden = self._flow.hidden_before + self._flow.hidden_after
        sign = f"{REBUILDS} begins anew"
        if not hidden:
            return sign
        both = f"{hidden} more · {sign}"
        room = self.size.width - len(self.name_on_frame) - _FRAME_AROUND_TITLE
        return both if len(both) <= room else f"{hidden} more"

    def terms(self) -> Sequence[str]:
        """List the terms of the setting under the cursor."""
        row = self.form.row
        return terms_of_setting(self._session.experiment, row.key) if row else ()

    @property
    def topic(self) -> Topic | None:
        """The setting under the cursor: its default and range, too."""
        return self.editor.topic(self.form.row) if self.form.row else None

    def show(self) -> None:
        """Draw what the session knows now, if that is something new."""
        if self.form.refresh():
            self.redraw()

    def redraw(self) -> None:
        """Read the experiment again before drawing."""
        self.form.refresh()
        super().redraw()

    def draw(self, canvas: Canvas) -> None:
        """Draw the settings, and a line or more about the one under the cursor."""
        form = self.form
        rows = self._lay_out(canvas.rows, canvas.columns)
        for spot in self._flow.spots:
            if spot.heading:
                draw_heading(canvas, spot, self.ink)
                continue
            is_cursor = spot.index == form.cursor
            mark = Mark(form.rebuilding[spot.index], is_cursor, self.has_focus)
            draw_setting(canvas, spot, form.rows[spot.index], mark, self.ink)
        if form.row is not None:
            about = about_setting(
                form.row, rebuilds=form.rebuilding[form.cursor], lines=canvas.rows - rows
            )
            for number, line in enumerate(about_lines(about, canvas.columns, canvas.rows - rows)):
                canvas.put(rows + number, 0, line, self.ink.muted)

    # What the keys do.

    def action_cursor(self, direction: int) -> None:
        """Go up or down."""
        self._go_to(self.form.cursor + direction)

    # What the mouse does.

    def on_click(self, event: events.Click) -> None:
        """Go to the setting that was clicked; a double click edits it."""
        index = self._flow.index_at(event.y - 1, event.x - 1)
        if index is None:
            return
        self._go_to(index)
        if event.chain == _DOUBLE:
            self.action_edit()

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Go on."""
        event.stop()
        self.action_cursor(1)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Go back."""
        event.stop()
        self.action_cursor(-1)

    def _lay_out(self, rows: int, columns: int) -> int:
        """Place the settings, and return how many lines they have."""
        left = rows - about_height(rows)
        groups = [row.group for row in self.form.rows]
        self._flow = flow(groups, columns, left, self.form.cursor)
        return left

    def _go_to(self, index: int) -> None:
        self.form.go_to(index)
        self.redraw()

    def _notice(self, text: str) -> None:
        self._session.notice = printable(text)
        self._edited()

    def _edited(self) -> None:
        self.redraw()
        self.post_message(SnapshotWanted())


def about_height(rows: int) -> int:
    """Tell how many lines there are for the setting under the cursor."""
    for least, height in ((20, 3), (10, 2), (4, 1)):
        if rows >= least:
            return height
    return 0


def about_setting(row: FormRow, *, rebuilds: bool, lines: int) -> str:
    """Say what a setting is; first of all, that changing it begins the run anew.

    Args:
        row: The setting.
        rebuilds: Whether changing it begins the run anew.
        lines: How many lines there are; with three, its default and range are told too.
    """
    about = describe(row) if lines >= _LINES_FOR_ALL else row.field.description
    if rebuilds:
        # Where there is one line, the sign has to say it.
        return f"{BEGINS_ANEW} · {about}" if lines > 1 else f"{REBUILDS} {about}"
    return about
