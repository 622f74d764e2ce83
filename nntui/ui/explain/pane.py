"""The Explain view: one update of the network, page by page, with its own numbers."""

from dataclasses import replace
from typing import ClassVar

from textual import events
from textual.binding import BindingType

from nntui.explain.page import WalkPage, WalkStage
from nntui.training.messages import SnapshotRequest
from nntui.training.snapshot import Snapshot
from nntui.ui import actions
from nntui.ui.canvas import Canvas
from nntui.ui.explain.chosen import Chosen, Drawn
from nntui.ui.explain.picture import draw_page
from nntui.ui.explain.table import rows_shown
from nntui.ui.explain.taking import Taking
from nntui.ui.explain.walk import Walk
from nntui.ui.explain.words import draw_lines, prose
from nntui.ui.layout import EXPLAIN, NUMBERS
from nntui.ui.panes.regions import RegionsPane
from nntui.ui.session import Session
from nntui.ui.view_pane import ViewPane

PAUSED = "Paused, so that the numbers stand still; space trains on."
NO_CROSSHAIR = (
    "There is no crosshair yet: press 4 and move it with the arrows or the mouse, then come back "
    "with 9."
)
LAST_PAGE_FIRST = "The update can be made for real from the last page: ] goes on to it."
_WIDE = 70
_ROWS_AT_ONCE = 4
"""How far the code, or the words, are scrolled at once."""

_FIRST_CHECKS = 12
"""How many gradients are checked before it is known how many rows there is room for."""


class ExplainPane(ViewPane):
    """Walks through the next update: asks for a page at a time, and draws the one that came.

    Args:
        session: The experiment and its run.
        regions: Knows the place that is read on the plane.
    """

    number = NUMBERS[EXPLAIN]

    BINDINGS: ClassVar[list[BindingType]] = [*actions.bindings(EXPLAIN, everywhere=False)]

    def __init__(
        self,
        session: Session,
        regions: RegionsPane,
        *,
        id: str,  # noqa: A002 - Textual's name
    ) -> None:
        super().__init__(id=id)
        self._session = session
        self._regions = regions
        self.walk = Walk()
        self._chosen = Chosen()
        self._drawn = Drawn()
        self._is_wanted = True
        self._taking = Taking(session)

    @property
    def name_on_frame(self) -> str:
        """What the pane is called."""
        return "Explain"

    @property
    def note(self) -> str:
        """What is learnt from."""
        page = self.walk.page
        if page is None:
            return ""
        return f"learning from {page.batch}" if self.size.width >= _WIDE else page.batch

    @property
    def remark(self) -> str:
        """Which update it is."""
        page = self.walk.page
        return f"update {page.steps + 1:,}" if page is not None else ""

    @property
    def stage(self) -> WalkStage:
        """The stage that is shown."""
        page = self.walk.page
        return self.walk.cursor.stage if page is None else page.cursor.stage

    # What is asked, and what comes.

    def extend(self, request: SnapshotRequest, *, slow: bool) -> SnapshotRequest:
        """Ask for the page where a key was pressed, or the run has gone on."""
        if not (slow or self._is_wanted):
            return request
        self._is_wanted = False
        first, count = self._checked_rows()
        return replace(request, walk=self.walk.ask(first, count))

    def _checked_rows(self) -> tuple[int, int]:
        """Return which gradients to check: those of the rows that will be in sight."""
        page, terms = self.walk.page, self._drawn.terms
        if page is None or terms is None or self.stage != "backward":
            return max(self.walk.cursor.row - _FIRST_CHECKS // 2, 0), _FIRST_CHECKS
        room = terms.rows.count + bool(terms.rows.hidden)
        shown = rows_shown(page.parameters, self.walk.cursor.row, room)
        return shown.first, shown.count

    def show(self, snapshot: Snapshot) -> None:
        """Draw the page that has come, if one was asked for."""
        if self._taking.tell(snapshot):
            self.changed()
        if snapshot.page is None and not snapshot.page_refused:
            return
        before = self._place
        self.walk.take(snapshot.page, snapshot.page_refused)
        if self._place != before:
            self._chosen = Chosen(self._chosen.part)
        self.redraw()
        self._ask_for_missing_checks()

    @property
    def _place(self) -> WalkPage | None:
        """Which page is shown."""
        page = self.walk.page
        return None if page is None else page.pages[page.number]

    def _ask_for_missing_checks(self) -> None:
        """Ask once more where the page has other rows in sight than were checked."""
        page, terms = self.walk.page, self._drawn.terms
        if page is None or page.cursor.stage != "backward" or terms is None or not page.checks:
            return
        request, shown = self.walk.request, terms.rows
        if (request.first_check, request.checks) != (shown.first, shown.count):
            self._want()

    def _want(self) -> None:
        self._is_wanted = True
        self.changed()

    def draw(self, canvas: Canvas) -> None:
        """Draw the last page that came, or why there is none."""
        walk = self.walk
        self._drawn = Drawn()
        if walk.page is not None:
            self._drawn = draw_page(canvas, walk.page, self._chosen, self.ink)
            return
        text = walk.refused or "waiting for the trainer …"
        lines = prose(text, canvas.columns, self.ink.text if walk.refused else self.ink.muted)
        draw_lines(canvas, max((canvas.rows - len(lines)) // 2, 0), lines)

    # What the keys do with the walk.

    def _know_layers(self) -> None:
        if self._session.snapshot is not None:
            self.walk.layers = len(self._session.snapshot.units) - 1

    def action_page(self, direction: int) -> None:
        """Go a page on or back."""
        self._know_layers()
        self._turned(is_moved=self.walk.turn(direction))

    def action_stage(self, direction: int) -> None:
        """Go to the stage before or after."""
        self._know_layers()
        self._turned(is_moved=self.walk.turn_stage(direction))

    def _turned(self, *, is_moved: bool) -> None:
        if not is_moved:
            return
        if self._session.notice == LAST_PAGE_FIRST:
            self._session.notice = ""
        if self._session.is_playing:
            self._session.pause()
            self._session.notice = PAUSED
        self._want()

    def action_unit(self, direction: int) -> None:
        """Look at the neuron above or below."""
        self.walk.move_unit(direction)
        self._want()

    def action_units(self, direction: int) -> None:
        """Look at a neuron a screenful further on, or at other lines of the code or the words."""
        if self._part == "code":
            reach = self._drawn.code_reach
            goal = self._chosen.code_scroll + direction * _ROWS_AT_ONCE
            self._chosen = replace(self._chosen, code_scroll=min(max(goal, reach[0]), reach[-1]))
            self.changed()
            return
        if self._part == "words":
            for _ in range(_ROWS_AT_ONCE):
                self.action_row(direction)
            return
        shown = self._drawn.neurons
        self.walk.move_unit(direction * max(shown.rows.count - 1 if shown else 1, 1))
        self._want()

    def action_row(self, direction: int) -> None:
        """Look at the line above or below: of the numbers, of the code, or of the words."""
        chosen, walk = self._chosen, self.walk
        calls = () if walk.page is None else walk.page.calls
        if self._part == "code":
            goal = max(min(chosen.call + direction, len(calls) - 1), 0)
            self._chosen = replace(chosen, call=goal, code_scroll=0)
        elif self._part == "words":
            goal = max(min(chosen.scroll + direction, self._drawn.hidden_lines), 0)
            self._chosen = replace(chosen, scroll=goal)
        elif walk.has_rows:
            walk.move_row(direction)
        else:
            walk.move_point(direction, self._train_points)
        self._want()

    @property
    def _part(self) -> str:
        return self._chosen.part if self._chosen.part in self._drawn.parts else "numbers"

    @property
    def _train_points(self) -> int:
        snapshot = self._session.snapshot
        return 0 if snapshot is None else snapshot.train_points

    def action_point(self, direction: int) -> None:
        """Look at the next point, or the one before."""
        self.walk.move_point(direction, self._train_points)
        self._want()

    def action_batch(self) -> None:
        """Learn from the next batch, or from one point alone."""
        self.walk.switch_batch()
        self._want()

    def action_crosshair(self) -> None:
        """Learn from the training point nearest to the crosshair."""
        place = self._regions.crosshair
        if place is None:
            self._session.notice = NO_CROSSHAIR
            self.changed()
            return
        self.walk.learn_near(place)
        self._want()

    def action_code(self) -> None:
        """Show another part: the numbers, the code, or all words where they are many."""
        parts = self._drawn.parts
        at = (parts.index(self._part) + 1) % len(parts) if self._part in parts else 0
        self._chosen = replace(self._chosen, part=parts[at], scroll=0)
        self._want()

    def action_take(self) -> None:
        """Make the update of this walk for real, and begin the walk through the next one."""
        page, session = self.walk.page, self._session
        if page is None or session.refuses_changes():
            self._want()
            return
        if session.is_playing:
            session.pause()
            session.notice = PAUSED
        elif not self.walk.is_at_end:
            session.notice = LAST_PAGE_FIRST
        elif not page.can_be_taken or self._is_stale:
            session.notice = "This update cannot be made just now."
        else:
            self._taking.take(page)
            self.walk.go_to_start()
        self._want()

    @property
    def _is_stale(self) -> bool:
        """Whether the run has gone on since the page was made."""
        page, snapshot = self.walk.page, self._session.snapshot
        return page is None or snapshot is None or page.steps != snapshot.steps

    # The mouse.

    def on_click(self, event: events.Click) -> None:
        """Go to the stage, the neuron, the weight or the call that was clicked."""
        column, row = event.x - 1, event.y - 1
        drawn = self._drawn
        if row == 0:
            for place, stage in drawn.stages:
                if column in place:
                    self._turned(is_moved=self.walk.go_to_stage(stage))
            return
        unit, term, call = (
            shown and shown.at(column, row) for shown in (drawn.neurons, drawn.terms, drawn.calls)
        )
        if unit is not None:
            self.walk.look_at_unit(unit)
        elif term is not None and self.walk.has_rows:
            self.walk.look_at_row(term)
        elif term is not None:
            self.walk.look_at_point(term)
        elif call is not None:
            self._chosen = replace(self._chosen, call=call, code_scroll=0)
        self._want()
