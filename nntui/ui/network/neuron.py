"""The pane of one neuron: what it answers, and its weights, the largest first."""

from dataclasses import replace
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray
from textual import events
from textual.binding import BindingType

from nntui.anatomy.values import Anatomy, Neuron, NeuronDetail
from nntui.charts.heat_map_levels import largest_size, steady_size
from nntui.training.messages import AnatomyRequest, SnapshotRequest
from nntui.training.snapshot import Snapshot
from nntui.ui import actions
from nntui.ui.action_table import NUMBERS_OF_NETWORK
from nntui.ui.canvas import Canvas
from nntui.ui.layout import NEURON
from nntui.ui.network.edits import NumberKeys
from nntui.ui.network.neuron_drawing import draw_answers, draw_picture, draw_words
from nntui.ui.network.neuron_layout import NeuronLayout, neuron_layout
from nntui.ui.network.neuron_list import WeightList, WeightListDrawing, sorted_by_size
from nntui.ui.network.place import NetworkCursor, NetworkPlace
from nntui.ui.network.words import Names
from nntui.ui.panes.regions import RegionsPane
from nntui.ui.session import Session

_INCOMING, _OUTGOING = -1, 1


class NeuronPane(NumberKeys):
    """Draws the neuron under the cursor of the Network view.

    Its weights are sorted by their size at the moment when the neuron, or that side of it, was
    entered: the list does not change under the user's hands while it trains.

    Args:
        session: The experiment and its run.
        place: Where the user is in the network.
        regions: Knows the plane.
    """

    number = 6

    BINDINGS: ClassVar[list[BindingType]] = [
        *actions.bindings(NEURON, NUMBERS_OF_NETWORK, everywhere=False)
    ]

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
        self._anatomy: Anatomy | None = None
        self._wanted_side = _INCOMING
        self._order: NDArray[np.intp] = np.zeros(0, np.intp)
        self._order_of: object = None
        self._list = WeightListDrawing()
        self._sizes: dict[str, float] = {}

    @property
    def name_on_frame(self) -> str:
        """Which neuron it is."""
        detail = self._detail
        if detail is None or self._anatomy is None:
            return "Neuron"
        name = Names.of(self._anatomy).neuron(detail.neuron)
        return name[:1].upper() + name[1:]

    @property
    def note(self) -> str:
        """Its activation."""
        detail = self._detail
        return f"· {detail.activation}" if detail is not None and detail.activation else ""

    @property
    def _detail(self) -> NeuronDetail | None:
        return self._anatomy.neuron if self._anatomy is not None else None

    # What comes from below.

    def extend(self, request: SnapshotRequest, *, slow: bool) -> SnapshotRequest:
        """Ask for the neuron under the cursor."""
        if not self.take_turn(always=slow or not self.session.is_playing):
            return request
        picture = self._layout.picture
        anatomy = replace(
            request.anatomy or AnatomyRequest(),
            neuron=self.cursor.neuron,
            enlarged=self._regions.tile_request(picture.rows, picture.columns),
        )
        return replace(request, anatomy=anatomy)

    def show(self, snapshot: Snapshot) -> None:
        """Draw what a snapshot has brought."""
        anatomy = snapshot.anatomy
        if not self.has_turn:
            return
        if anatomy is not None and anatomy.neuron is not None:
            self._anatomy = anatomy
            self._sort(anatomy.neuron, snapshot.run)
        self.redraw()

    def _sort(self, detail: NeuronDetail, run: int) -> None:
        """Sort the weights, if they are others than those that were sorted last."""
        side = self._side_of(detail)
        weights = detail.incoming if side == _INCOMING else detail.outgoing
        key = (detail.neuron, side, len(weights), run)
        if key != self._order_of:
            self._order_of, self._order = key, sorted_by_size(weights)
            self._sizes.clear()
            self._list.forget()

    def _side_of(self, detail: NeuronDetail) -> int:
        """Say which of a neuron's weights are listed: those there are, if it has but one side."""
        if not len(detail.incoming):
            return _OUTGOING
        if not len(detail.outgoing):
            return _INCOMING
        cursor = self.cursor
        if cursor.source is not None:
            return _OUTGOING if cursor.is_outgoing else _INCOMING
        return self._wanted_side

    # The picture.

    @property
    def _layout(self) -> NeuronLayout:
        return neuron_layout(*self.inner_size)

    def draw(self, canvas: Canvas) -> None:
        """Draw the neuron."""
        detail, anatomy = self._detail, self._anatomy
        if detail is None or anatomy is None:
            canvas.put(canvas.rows // 2, 1, "waiting for the trainer …", self.ink.muted)
            return
        layout, ink = self._layout, self.ink
        cursor_look = ink.cursor if self.has_focus else ink.cursor_away
        cursor = self.cursor
        on_bias = cursor.source is None and cursor.neuron == detail.neuron
        size = self._steady("picture", detail.field)
        draw_picture(canvas, detail, size, layout.picture, ink)
        draw_words(canvas, detail, size, layout, ink, cursor_look if on_bias else None)
        draw_answers(canvas, detail, layout.histogram, ink)
        listed = self._listed(detail, anatomy)
        self._list.draw(canvas, listed, layout.weights, ink, cursor_look)

    def _listed(self, detail: NeuronDetail, anatomy: Anatomy) -> WeightList:
        """Say what the list holds."""
        names, column = Names.of(anatomy), detail.neuron.column
        side = self._side_of(detail)
        is_incoming = side == _INCOMING
        weights = self._with_edit(detail, detail.incoming if is_incoming else detail.outgoing)
        others = range(len(weights))
        arrow = "← in" if is_incoming else "→ out"
        return WeightList(
            heading=f"{arrow} {len(weights)}",
            names=[names.short(Neuron(column + side, unit)) for unit in others],
            weights=weights,
            gradients=detail.incoming_gradients if is_incoming else detail.outgoing_gradients,
            order=self._order if len(self._order) == len(weights) else np.arange(len(weights)),
            position=self._position(detail, side),
            size=self._steady("weights", weights),
        )

    def _with_edit(self, detail: NeuronDetail, weights: NDArray[np.float64]) -> NDArray[np.float64]:
        """Show what has been typed at once, before the trainer has answered."""
        cursor = self.cursor
        if cursor.source is None or cursor.neuron != detail.neuron:
            return weights
        place = cursor.parameter(self.units)
        pending = self.session.pending_value(place) if place is not None else None
        index = cursor.unit if cursor.is_outgoing else cursor.source
        if pending is None or index >= len(weights):
            return weights
        weights = weights.copy()
        weights[index] = pending
        return weights

    def _position(self, detail: NeuronDetail, side: int) -> int | None:
        """Find the cursor in the list."""
        cursor = self.cursor
        if cursor.source is None or cursor.neuron != detail.neuron:
            return None
        other = cursor.source if side == _INCOMING else cursor.unit
        places = np.flatnonzero(self._order == other)
        return int(places[0]) if len(places) else None

    def _steady(self, name: str, values: NDArray[np.floating]) -> float:
        """Return what a full shade, or a full bar, stands for."""
        size = steady_size(largest_size(values), self._sizes.get(name))
        self._sizes[name] = size
        return size

    # What the keys do.

    def action_weight(self, direction: int) -> None:
        """Go along the list; above its first weight is the neuron itself, with its bias."""
        detail = self._detail
        if detail is None or detail.neuron != self.cursor.neuron:
            return
        side = self._side_of(detail)
        before = self._position(detail, side)
        position = (-1 if before is None else before) + direction
        if position < 0:
            self._wanted_side = side
            self._go(NetworkCursor(detail.neuron.column, detail.neuron.unit))
        elif position < len(self._order):
            self._go(self._on_weight(detail.neuron, side, int(self._order[position])))

    def _on_weight(self, neuron: Neuron, side: int, other: int) -> NetworkCursor:
        if side == _INCOMING:
            return NetworkCursor(neuron.column, neuron.unit, other)
        return NetworkCursor(neuron.column + 1, other, neuron.unit, is_outgoing=True)

    def action_side(self, side: int) -> None:
        """List the weights that come in, or those that lead on, sorted as they are now."""
        detail = self._detail
        if detail is None:
            return
        if not len(detail.incoming if side == _INCOMING else detail.outgoing):
            self.session.notice = (
                "Nothing comes into an input."
                if side == _INCOMING
                else "Nothing follows an output."
            )
            self.changed()
            return
        self._wanted_side, self._order_of = side, None
        neuron = self.cursor.neuron
        self._go(NetworkCursor(neuron.column, neuron.unit))

    def action_neuron(self, direction: int) -> None:
        """Go to the neuron above or below in the same column."""
        if not self.units:
            return
        neuron = self.cursor.neuron
        last = self.units[neuron.column] - 1
        self._go(NetworkCursor(neuron.column, min(max(neuron.unit + direction, 0), last)))

    def _go(self, cursor: NetworkCursor) -> None:
        self.place.cursor = cursor
        detail = self._detail
        if detail is not None and detail.neuron == self.cursor.neuron:
            self._sort(detail, self._run)
        self.changed()

    @property
    def _run(self) -> int:
        return self.session.snapshot.run if self.session.snapshot else 0

    def on_click(self, event: events.Click) -> None:
        """Go to the weight that the mouse points at."""
        detail, place = self._detail, self._layout.weights
        row = self._list.row_at(event.y - 1 - place.row)
        if detail is None or row is None or event.x - 1 < place.column:
            return
        self._go(self._on_weight(detail.neuron, self._side_of(detail), int(self._order[row])))

    def on_mouse_scroll_up(self) -> None:
        """Go up the list."""
        self.action_weight(-1)

    def on_mouse_scroll_down(self) -> None:
        """Go down the list."""
        self.action_weight(1)
