"""The layers of the network, from input to output: what they are and what they do just now."""

from collections.abc import Callable, Sequence
from typing import ClassVar

from textual import events
from textual.binding import BindingType

from nntui.errors import ExperimentError
from nntui.experiment.experiment import Experiment
from nntui.experiment.form import form_rows, layer_rows
from nntui.quoting import printable
from nntui.ui.actions import bindings
from nntui.ui.canvas import Canvas
from nntui.ui.dialogs.dialog import open_dialog
from nntui.ui.dialogs.settings import LayerDialog, OutputDialog
from nntui.ui.layout import LAYERS
from nntui.ui.messages import SnapshotWanted
from nntui.ui.pane import Pane
from nntui.ui.panes.about import about_lines
from nntui.ui.panes.layer_edits import (
    with_layer_added,
    with_layer_moved,
    with_layer_removed,
)
from nntui.ui.panes.layer_lines import LayerLine, layer_lines
from nntui.ui.panes.layer_table import (
    ACTIVATION,
    SHARE,
    Column,
    about_layer,
    columns_for,
    table_line,
)
from nntui.ui.panes.terms_here import terms_of_layer
from nntui.ui.session import Session
from nntui.ui.settings.changes import change_label, step_setting
from nntui.ui.settings.drawing import REBUILDS
from nntui.ui.settings.editor import SettingEditor
from nntui.ui.settings.known_data import class_count, known_facts

_OUTPUT_FOLLOWS = "The output layer follows from the data."
_INPUT_FOLLOWS = "The input follows from the features: enter chooses them."
_MOST_ABOUT = 2
_SHOWING_DEAD = (ACTIVATION.title, SHARE.title)
_DOUBLE = 2


class LayersPane(Pane):
    """The list of the layers.

    Args:
        session: The experiment and its run.
    """

    number = 1

    BINDINGS: ClassVar[list[BindingType]] = [*bindings(LAYERS, everywhere=False)]

    def __init__(self, session: Session, *, id: str) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id)
        self._session = session
        # The first hidden layer: the first press of + does something there.
        self._cursor = 1
        self._first = 0
        self._first_line = 0
        self._editor = SettingEditor(
            session,
            self,
            lambda: known_facts(session),
            self._notice,
            self._edited,
        )

    @property
    def cursor(self) -> int:
        """The row under the cursor: 0 for the input, then the hidden layers, then the output."""
        return min(self._cursor, self._output)

    @property
    def name_on_frame(self) -> str:
        """What the pane is called."""
        return "Layers"

    @property
    def remark(self) -> str:
        """What the keys here do to the run; otherwise the size of the network."""
        if self.has_focus:
            return f"{REBUILDS} a d + - begin anew"
        counts = [line.parameters for line in self._lines()[1:]]
        known = [count for count in counts if count is not None]
        return f"{sum(known):,} parameters" if len(known) == len(counts) else ""

    def terms(self) -> Sequence[str]:
        """List the terms of the row under the cursor."""
        experiment = self._session.experiment
        settings = (None, *experiment.layers, experiment.output)
        return terms_of_layer(self._lines()[self.cursor], settings[self.cursor])

    def show(self) -> None:
        """Draw what the session knows now."""
        self.redraw()

    def draw(self, canvas: Canvas) -> None:
        """Draw the rows around the cursor, and more about that one where there is room."""
        lines = self._lines()
        columns = columns_for(canvas.columns)
        has_heading = canvas.rows > len(lines)
        free = max(canvas.rows - len(lines) - has_heading, 0)
        about = about_layer(lines[self.cursor], columns) if free else ""
        about_rows = about_lines(about, canvas.columns, min(free, _MOST_ABOUT))
        if has_heading:
            for start, text in table_line(columns, None):
                canvas.put(0, start, text, self.ink.muted)
        visible = max(canvas.rows - has_heading, 1)
        self._scroll(len(lines), visible)
        self._first_line = int(has_heading)
        for place in range(self._first, min(self._first + visible, len(lines))):
            self._draw_line(canvas, has_heading + place - self._first, columns, lines[place])
            if place == self.cursor:
                look = self.ink.cursor if self.has_focus else self.ink.cursor_away
                canvas.tint(has_heading + place - self._first, 0, canvas.columns, look)
        for number, text in enumerate(about_rows):
            canvas.put(canvas.rows - len(about_rows) + number, 0, text, self.ink.muted)

    def _draw_line(
        self, canvas: Canvas, row: int, columns: Sequence[Column], line: LayerLine
    ) -> None:
        for column, (start, text) in zip(columns, table_line(columns, line), strict=True):
            is_warning = line.has_dead_units and column.title in _SHOWING_DEAD
            canvas.put(row, start, text, self.ink.warning if is_warning else self.ink.text)

    # What the keys do.

    def action_cursor(self, direction: int) -> None:
        """Go up or down."""
        self._go_to(self.cursor + direction)

    def action_add(self) -> None:
        """Add a layer after the cursor."""
        position = min(self.cursor, len(self._session.experiment.layers))

        def change(experiment: Experiment) -> Experiment:
            return with_layer_added(experiment, position)

        if self._become(change, f"add layer {position + 1}"):
            self._go_to(position + 1)

    def action_remove(self) -> None:
        """Remove the layer under the cursor."""
        index = self._hidden("There is no layer to delete here: go to a hidden one.")
        if index is None:
            return
        self._become(
            lambda experiment: with_layer_removed(experiment, index), f"remove layer {index + 1}"
        )
        # On a hidden layer, so that the next press does not meet the output.
        self._cursor = max(min(self._cursor, len(self._session.experiment.layers)), 1)

    def action_units(self, direction: int) -> None:
        """Give the layer under the cursor more or fewer units."""
        index = self._hidden()
        if index is None:
            return
        experiment = self._session.experiment
        row = layer_rows(experiment, index)[0]
        try:
            changed = step_setting(experiment, row, direction, known_facts(self._session))
        except ExperimentError as error:
            self._notice(str(error))
            return
        if changed == experiment:
            self._notice(f"Layer {index + 1} cannot have {'more' if direction > 0 else 'fewer'}.")
            return
        self._become(lambda _: changed, change_label(row, changed))

    def action_move(self, direction: int) -> None:
        """Let the layer under the cursor change places with its neighbour."""
        index = self._hidden("Only hidden layers can be moved.")
        if index is None:
            return
        if not 0 <= index + direction < len(self._session.experiment.layers):
            self._notice(f"Layer {index + 1} is the {'last' if direction > 0 else 'first'} one.")
            return
        if self._become(
            lambda experiment: with_layer_moved(experiment, index, direction),
            f"move layer {index + 1}",
        ):
            self._go_to(self.cursor + direction)

    def action_edit(self) -> None:
        """Open the settings of the layer under the cursor."""
        if self.cursor == 0:
            rows = form_rows(self._session.experiment, known_facts(self._session))
            self._editor.edit(next(row for row in rows if row.key == "data.features"))
        elif self.cursor == self._output:
            open_dialog(self, OutputDialog(self._session, self._edited))
        else:
            open_dialog(self, LayerDialog(self._session, self.cursor - 1, self._edited))

    # What the mouse does.

    def on_click(self, event: events.Click) -> None:
        """Go to the row that was clicked; a double click edits it."""
        place = self._first + event.y - 1 - self._first_line
        if event.y <= self._first_line or not 0 <= place <= self._output:
            return
        self._go_to(place)
        if event.chain == _DOUBLE:
            self.action_edit()

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Go down."""
        event.stop()
        self.action_cursor(1)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Go up."""
        event.stop()
        self.action_cursor(-1)

    # How it is done.

    @property
    def _output(self) -> int:
        return len(self._session.experiment.layers) + 1

    def _lines(self) -> tuple[LayerLine, ...]:
        session = self._session
        facts = known_facts(session)
        return layer_lines(session.experiment, facts, class_count(session, facts), session.layers)

    def _scroll(self, count: int, visible: int) -> None:
        """Scroll as little as is needed to see the cursor."""
        self._first = min(self._first, self.cursor, max(count - visible, 0))
        self._first = max(self._first, self.cursor - visible + 1)

    def _go_to(self, row: int) -> None:
        self._cursor = min(max(row, 0), self._output)
        self.redraw()

    def _hidden(self, otherwise: str = "") -> int | None:
        """Return which hidden layer the cursor is at; where it is at none, say so."""
        if 0 < self.cursor < self._output:
            return self.cursor - 1
        self._notice(otherwise or (_OUTPUT_FOLLOWS if self.cursor else _INPUT_FOLLOWS))
        return None

    def _become(self, change: Callable[[Experiment], Experiment], label: str) -> bool:
        """Change the experiment; where that makes no sense, say why."""
        if self._session.refuses_changes():
            self._edited()
            return False
        try:
            changed = change(self._session.experiment)
        except ExperimentError as error:
            self._notice(str(error))
            return False
        self._session.become(changed, label)
        self._edited()
        return True

    def _notice(self, text: str) -> None:
        self._session.notice = printable(text)
        self._edited()

    def _edited(self) -> None:
        self.redraw()
        self.post_message(SnapshotWanted())
