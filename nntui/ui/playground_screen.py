"""The Train view: layers, hyperparameters, loss and decision regions of a run, live."""

from collections.abc import Callable
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.geometry import Size
from textual.screen import Screen

from nntui.training.messages import SnapshotRequest
from nntui.training.snapshot import Snapshot
from nntui.ui import actions
from nntui.ui.bars import FooterBar, HeaderBar, NoticeBar
from nntui.ui.dialogs.dialog import app_of
from nntui.ui.direct import DirectWriter
from nntui.ui.ink import Ink
from nntui.ui.layout import LAYERS, LOSS, PANES, PARAMETERS, REGIONS, Place, arrange
from nntui.ui.pane import Picture
from nntui.ui.panes.layers import LayersPane
from nntui.ui.panes.loss import LossPane
from nntui.ui.panes.parameters import ParametersPane
from nntui.ui.panes.regions import RegionsPane
from nntui.ui.placed_panes import PlacedPanes
from nntui.ui.session import Session

CHARTS = (LOSS, REGIONS)

_BARS = 2
"""The lines of the header and the footer."""


class TrainScreen(Screen[None]):
    """The view. It hands what the session knows to the panes, and keys to the session.

    Args:
        session: The experiment and its run.
        changed: Called when a new snapshot is needed.
    """

    DEFAULT_CSS = """
    TrainScreen { layout: vertical; overflow: hidden; }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        *actions.bindings(actions.RUN, actions.VIEW),
        *actions.pane_bindings(LOSS, REGIONS),
    ]

    AUTO_FOCUS = f"#{REGIONS}"

    def __init__(self, session: Session, changed: Callable[[], None]) -> None:
        super().__init__()
        self._session = session
        self._changed = changed
        self._is_zoomed = False
        self._chart = REGIONS
        self.header_bar = HeaderBar(session, id="header")
        self.layers_pane = LayersPane(session, id=LAYERS)
        self.parameters_pane = ParametersPane(session, id=PARAMETERS)
        self.loss_pane = LossPane(session, id=LOSS)
        self.regions_pane = RegionsPane(session, id=REGIONS)
        self.notice_bar = NoticeBar(session, id="notice")
        self.footer_bar = FooterBar(session, id="footer")

    def compose(self) -> ComposeResult:
        """Put the parts one below the other."""
        yield self.header_bar
        yield PlacedPanes(
            self.places,
            self.layers_pane,
            self.parameters_pane,
            self.loss_pane,
            self.regions_pane,
        )
        yield self.notice_bar
        yield self.footer_bar

    @property
    def pictures(self) -> list[Picture]:
        """Everything that is drawn."""
        return list(self.query(Picture))

    def places(self, size: Size) -> dict[str, Place]:
        """Lay the panes out on a size."""
        return arrange(
            size.width,
            size.height,
            focused=self.focused_pane,
            chart=self._chart,
            zoomed=self._is_zoomed,
            usual_rows=self.size.height - _BARS,
        )

    @property
    def focused_pane(self) -> str:
        """The pane that has the keyboard."""
        focused = self.focused
        return focused.id if focused is not None and focused.id in PANES else self._chart

    # What comes from below.

    def request(self, scene_identity: int, *, slow: bool) -> SnapshotRequest:
        """Say what the panes need to draw the next frame."""
        return self.regions_pane.request(
            scene_identity,
            history_columns=self.loss_pane.history_columns if slow else 0,
            layers=slow,
        )

    def show_snapshot(self, snapshot: Snapshot, frames_per_second: float) -> None:
        """Draw what a snapshot has brought."""
        self.regions_pane.show(snapshot)
        if snapshot.history is not None or snapshot.layers is not None:
            self.header_bar.frames_per_second = frames_per_second
            self.show_session()

    def show_session(self) -> None:
        """Draw the parts that follow the session rather than each frame."""
        self.layers_pane.show()
        self.parameters_pane.show()
        self.loss_pane.show()
        self.header_bar.redraw()
        self.footer_bar.redraw()
        lines = len(self.notice_bar.lines(self.size.width))
        if self.notice_bar.styles.height is None or self.notice_bar.styles.height.value != lines:
            self.notice_bar.styles.height = lines
        self.notice_bar.redraw()

    def use_ink(self, ink: Ink) -> None:
        """Draw in the colours of another theme."""
        for picture in self.pictures:
            picture.use_ink(ink)

    def write_directly(self, writer: DirectWriter) -> None:
        """Take the short way to the terminal from now on."""
        for picture in self.pictures:
            picture.writer = writer

    # What the keys do with the run.

    def action_play(self) -> None:
        """Train on, or pause."""
        self._do(self._session.toggle_play)

    def action_step(self) -> None:
        """Make one step."""
        self._do(self._session.advance)

    def action_epoch(self) -> None:
        """Train to the end of the epoch."""
        self._do(lambda: self._session.advance(epochs=1))

    def action_reset(self) -> None:
        """Begin again with the same weights."""
        self._do(self._session.reset)

    def action_new_seed(self) -> None:
        """Begin again with other weights."""
        self._do(self._session.next_seed)

    def action_new_data(self) -> None:
        """Make other points."""
        self._do(self._session.next_data)

    def action_slower(self) -> None:
        """Train slower."""
        self._do(lambda: self._session.change_speed(-1))

    def action_faster(self) -> None:
        """Train faster."""
        self._do(lambda: self._session.change_speed(1))

    def action_back(self) -> None:
        """Go on from the last finite step."""
        self._do(self._session.back_to_finite)

    def action_undo(self) -> None:
        """Take the last edit back."""
        self._do(self._session.undo)

    def action_redo(self) -> None:
        """Make the undone edit again."""
        self._do(self._session.redo)

    def _do(self, what: Callable[[], None]) -> None:
        what()
        self.show_session()
        self._changed()

    # What the keys do with the view.

    async def action_in_pane(self, pane: str, action: str) -> None:
        """Do what a pane's own action does, wherever the keyboard is."""
        if pane in CHARTS and not self.query_one(f"#{pane}").display:
            self._chart = pane
        await app_of(self).run_action(action, self.query_one(f"#{pane}"))

    def action_pane(self, pane: str) -> None:
        """Go to a pane."""
        if pane in CHARTS:
            self._chart = pane
        # At once: the keys that follow are for that pane already.
        self.set_focus(self.query_one(f"#{pane}"))
        self._lay_out()

    def action_next_pane(self) -> None:
        """Go to the next pane."""
        self._go(1)

    def action_previous_pane(self) -> None:
        """Go to the previous pane."""
        self._go(-1)

    def _go(self, direction: int) -> None:
        position = PANES.index(self.focused_pane)
        self.action_pane(PANES[(position + direction) % len(PANES)])

    def action_zoom(self) -> None:
        """Show one pane alone, or all."""
        self._is_zoomed = not self._is_zoomed
        self._lay_out()

    def on_descendant_focus(self) -> None:
        """Show the pane that has got the keyboard, and its keys."""
        if self.focused_pane in CHARTS:
            self._chart = self.focused_pane
        self._lay_out()

    def _lay_out(self) -> None:
        self.regions_pane.refresh(layout=True)
        self.footer_bar.pane = self.focused_pane
        self.footer_bar.redraw()
        self._changed()

    def on_resize(self) -> None:
        """Ask for a picture of the new size."""
        self.show_session()
        self._changed()

    def on_snapshot_wanted(self) -> None:
        """Show what a pane has changed."""
        self.show_session()
        self._changed()

    def on_footer_bar_pressed(self, message: FooterBar.Pressed) -> None:
        """Do what the key does that was clicked in the footer."""
        message.stop()
        app = app_of(self)
        # Sent by the app: Textual stops a key that a screen sends at that screen.
        app.call_later(app.simulate_key, message.action.keys[0])
