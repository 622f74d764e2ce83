"""The playground: the views of a run that is live, and the way between them."""

from collections.abc import Callable
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.geometry import Size
from textual.screen import Screen

from nntui.training.messages import SnapshotRequest
from nntui.training.snapshot import Snapshot
from nntui.ui import actions
from nntui.ui.action_table import RUN, VIEW
from nntui.ui.bars import FooterBar, HeaderBar, NoticeBar
from nntui.ui.dialogs.dialog import app_of
from nntui.ui.dialogs.terms import open_terms
from nntui.ui.direct import DirectWriter
from nntui.ui.ink import PLAIN_INK, Ink
from nntui.ui.layout import (
    LAYERS,
    LOSS,
    NUMBERS,
    PARAMETERS,
    REGIONS,
    TRAIN,
    VIEWS,
    Place,
    Shown,
    View,
    arrange,
    view_of,
)
from nntui.ui.other_panes import OtherPanes, ViewPane
from nntui.ui.pane import Pane, Picture
from nntui.ui.panes.layers import LayersPane
from nntui.ui.panes.loss import LossPane
from nntui.ui.panes.parameters import ParametersPane
from nntui.ui.panes.regions import RegionsPane
from nntui.ui.placed_panes import PlacedPanes
from nntui.ui.run_keys import RunKeys
from nntui.ui.session import Session

_BARS = 2
"""The lines of the header and the footer."""


class PlaygroundScreen(RunKeys, Screen[None]):
    """The views. It hands what the session knows to the panes, and keys to the session.

    Args:
        session: The experiment and its run.
        changed: Called when a new snapshot is needed.

    Attributes:
        session: The experiment and its run.
        view: The view that is shown.
    """

    DEFAULT_CSS = """
    PlaygroundScreen { layout: vertical; overflow: hidden; }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        *actions.bindings(RUN, VIEW),
        *actions.pane_bindings(LOSS, REGIONS),
    ]

    AUTO_FOCUS = f"#{REGIONS}"

    def __init__(self, session: Session, changed: Callable[[], None]) -> None:
        super().__init__()
        self.session = session
        self.view = TRAIN
        self._changed = changed
        self._is_zoomed = False
        self._charts = {view.title: view.charts[0] for view in VIEWS}
        self._entered_at = {view.title: view.panes[0] for view in VIEWS}
        self._ink, self._writer = PLAIN_INK, None
        self.header_bar = HeaderBar(session, id="header")
        self.layers_pane = LayersPane(session, id=LAYERS)
        self.parameters_pane = ParametersPane(session, id=PARAMETERS)
        self.loss_pane = LossPane(session, id=LOSS)
        self.regions_pane = RegionsPane(session, id=REGIONS)
        self.notice_bar = NoticeBar(session, id="notice")
        self.footer_bar = FooterBar(session, id="footer")
        self._panes = PlacedPanes(
            self.places,
            self.layers_pane,
            self.parameters_pane,
            self.loss_pane,
            self.regions_pane,
        )
        self._others = OtherPanes(session, self.regions_pane)

    def compose(self) -> ComposeResult:
        """Put the parts one below the other."""
        yield self.header_bar
        yield self._panes
        yield self.notice_bar
        yield self.footer_bar

    @property
    def pictures(self) -> list[Picture]:
        """Everything that is drawn."""
        return list(self.query(Picture))

    def places(self, size: Size) -> dict[str, Place]:
        """Lay the panes out on a size."""
        shown = Shown(self.view, self.focused_pane, self._charts[self.view.title], self._is_zoomed)
        return arrange(size.width, size.height, shown, usual_rows=self.size.height - _BARS)

    @property
    def focused_pane(self) -> str:
        """The pane that has the keyboard."""
        focused = self.focused
        if focused is not None and focused.id in NUMBERS:
            return focused.id
        return self._charts[self.view.title]

    # What comes from below.

    def request(self, scene_identity: int, *, slow: bool) -> SnapshotRequest:
        """Say what the panes need to draw the next frame."""
        request = self.regions_pane.request(
            scene_identity,
            history_columns=self.loss_pane.history_columns if slow else 0,
            layers=slow,
        )
        for pane in self._shown_others:
            request = pane.extend(request, slow=slow)
        return request

    @property
    def _shown_others(self) -> list[ViewPane]:
        return [pane for pane in self._others.made if pane.is_shown]

    def show_snapshot(self, snapshot: Snapshot, frames_per_second: float) -> None:
        """Draw what a snapshot has brought."""
        self.regions_pane.show(snapshot)
        for pane in self._shown_others:
            pane.show(snapshot)
        if snapshot.history is not None or snapshot.layers is not None:
            self.header_bar.frames_per_second = frames_per_second
            self.show_session()

    def show_session(self) -> None:
        """Draw the parts that follow the session rather than each frame."""
        if self.view is TRAIN:
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
        self._ink = ink
        for picture in self.pictures:
            picture.use_ink(ink)

    def write_directly(self, writer: DirectWriter) -> None:
        """Take the short way to the terminal from now on."""
        self._writer = writer
        for picture in self.pictures:
            picture.writer = writer

    def told(self) -> None:
        """Show what the session knows now, and ask for the rest."""
        self.show_session()
        self._changed()

    # What the keys do with the views.

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Let the keys of the Train view's charts alone in other views, which may use them."""
        if action == "in_pane":
            return self.view is TRAIN
        return super().check_action(action, parameters)

    async def action_in_pane(self, pane: str, action: str) -> None:
        """Do what a pane's own action does, wherever the keyboard is."""
        if pane in TRAIN.charts and not self.query_one(f"#{pane}").display:
            self._charts[TRAIN.title] = pane
        await app_of(self).run_action(action, self.query_one(f"#{pane}"))

    async def action_go_and(self, pane: str, action: str) -> None:
        """Go to the view of a pane, and do what the pane's own action does."""
        if self.view is not view_of(pane):
            self.action_pane(pane)
        await self.action_in_pane(pane, action)

    def action_pane(self, name: str) -> None:
        """Go to a pane; its view is shown if the pane is not in sight."""
        if name not in self.places(self._panes.size):
            self._enter(view_of(name))
        pane = self._panes.query_one(f"#{name}", Pane)
        if name in self.view.charts:
            self._charts[self.view.title] = name
        # At once: the keys that follow are for that pane already.
        self.set_focus(pane)
        self._lay_out()

    def action_view(self, direction: int) -> None:
        """Go to the next view, where the keyboard was last."""
        self.show_view(VIEWS[(VIEWS.index(self.view) + direction) % len(VIEWS)])

    def show_view(self, view: View) -> None:
        """Go to a view, where the keyboard was last."""
        self.action_pane(self._entered_at[view.title])

    def _enter(self, view: View) -> None:
        """Show another view from now on; its panes are made when it is entered first."""
        self.view = self.header_bar.view = view
        if view is TRAIN or self._others.has(view.panes[0]):
            return
        for name in view.panes:
            pane = self._others.make(name)
            pane.ink, pane.writer = self._ink, self._writer
            self._panes.mount(pane)

    def action_next_pane(self) -> None:
        """Go to the next pane."""
        self._go(1)

    def action_previous_pane(self) -> None:
        """Go to the previous pane."""
        self._go(-1)

    def _go(self, direction: int) -> None:
        panes, focused = self.view.panes, self.focused_pane
        # The decision regions are a guest in other views.
        position = panes.index(focused) if focused in panes else -1
        self.action_pane(panes[(position + direction) % len(panes)])

    def action_zoom(self) -> None:
        """Show one pane alone, or all."""
        self._is_zoomed = not self._is_zoomed
        self._lay_out()

    def action_terms(self) -> None:
        """Say what the terms in the pane with the keyboard mean."""
        pane = self._panes.query_one(f"#{self.focused_pane}", Pane)
        open_terms(pane, self.session)

    def on_descendant_focus(self) -> None:
        """Show the pane that has got the keyboard, and its keys."""
        focused, view = self.focused_pane, self.view
        if focused in view.panes:
            self._entered_at[view.title] = focused
        if focused in view.charts:
            self._charts[view.title] = focused
        self._lay_out()

    def _lay_out(self) -> None:
        # A child's wish makes its parent arrange all of them anew.
        self.regions_pane.refresh(layout=True)
        self.footer_bar.pane = self.focused_pane
        self.told()

    def on_resize(self) -> None:
        """Ask for a picture of the new size."""
        self.told()

    def on_snapshot_wanted(self) -> None:
        """Show what a pane has changed."""
        self.told()

    def on_header_bar_pressed(self, message: HeaderBar.Pressed) -> None:
        """Go to the view whose tab was clicked."""
        message.stop()
        self.show_view(message.view)

    def on_footer_bar_pressed(self, message: FooterBar.Pressed) -> None:
        """Do what the key does that was clicked in the footer."""
        message.stop()
        app = app_of(self)
        # Sent by the app: Textual stops a key that a screen sends at that screen.
        app.call_later(app.simulate_key, message.action.keys[0])
