"""The pane of a layer's weights: as a picture, with their gradients, and over the run."""

from dataclasses import replace
from typing import ClassVar

from textual import events
from textual.binding import BindingType

from nntui.anatomy.values import Anatomy, LayerNumbers, Spread
from nntui.charts.heat_map_layout import place_in_heat_map
from nntui.charts.text import text_width
from nntui.training.messages import AnatomyRequest, LayerRequest, SnapshotRequest
from nntui.training.snapshot import Snapshot
from nntui.ui import actions
from nntui.ui.action_table import NUMBERS_OF_NETWORK
from nntui.ui.action_table import WEIGHTS as SCOPE
from nntui.ui.canvas import Canvas
from nntui.ui.network.edits import NumberKeys
from nntui.ui.network.place import NetworkCursor, NetworkPlace
from nntui.ui.network.reading import shown_gradient
from nntui.ui.network.weights_drawing import LayerDrawing, LayerNames, layer_names
from nntui.ui.network.weights_layout import (
    BOTH,
    GRADIENTS,
    HISTORY,
    WEIGHTS,
    Pictures,
    Room,
    both_pictures,
    gutter_width,
    numbers_room,
    one_picture,
    parts_of,
)
from nntui.ui.network.words import Names, number
from nntui.ui.session import Session

_LEAST_ROWS_WITH_FOOT = 4


class WeightsPane(NumberKeys):
    """Draws the weights of the layer under the cursor of the Network view.

    Args:
        session: The experiment and its run.
        place: Where the user is in the network.
    """

    number = 7

    BINDINGS: ClassVar[list[BindingType]] = [
        *actions.bindings(SCOPE, NUMBERS_OF_NETWORK, everywhere=False)
    ]

    def __init__(
        self,
        session: Session,
        place: NetworkPlace,
        *,
        id: str,  # noqa: A002 - Textual's name
    ) -> None:
        super().__init__(id=id)
        self.session = session
        self.place = place
        self._anatomy: Anatomy | None = None
        self._layer: LayerNumbers | None = None
        self._layer_of: object = None
        self._spreads: dict[str, Spread] | None = None
        self._part: str | None = None
        self._drawing = LayerDrawing()

    @property
    def name_on_frame(self) -> str:
        """Which layer's."""
        if not self.units:
            return "Weights"
        column = self.cursor.column
        return f"Weights of {self._names.layer(column)}"

    @property
    def note(self) -> str:
        """Its activation, and how many neurons with how many weights there are."""
        units = self.units
        if not units or self._anatomy is None or self._anatomy.units != units:
            return ""
        column = self.cursor.column
        return f"· {self._anatomy.activations[column]} · {units[column - 1]} → {units[column]}"

    @property
    def remark(self) -> str:
        """What is shown."""
        if not self.units:
            return ""
        words = {BOTH: "", HISTORY: "over the run"}
        return words.get(self._shown_part, self._shown_part)

    @property
    def _names(self) -> Names:
        anatomy = self._anatomy
        fits = anatomy is not None and anatomy.units == self.units
        return Names.of(anatomy) if anatomy is not None and fits else Names(self.units)

    @property
    def cursor(self) -> NetworkCursor:
        """The weight that is marked, with the neuron that it comes into: the keys are about these.

        On an input it is the first weight that leads on from it.
        """
        cursor = super().cursor
        if not cursor.column:
            return NetworkCursor(1, 0, cursor.unit)
        return NetworkCursor(cursor.column, cursor.unit, cursor.source)

    # What comes from below.

    def extend(self, request: SnapshotRequest, *, slow: bool) -> SnapshotRequest:
        """Ask for the layer of the cursor, and for the neuron that has the exact numbers."""
        if not self.units:
            return request
        anatomy = request.anatomy or AnatomyRequest()
        pictures = self._pictures
        rows, columns = numbers_room(pictures, self._room) if pictures else (1, 1)
        wants_history = self._shown_part == HISTORY and (slow or self._spreads is None)
        layer = LayerRequest(
            self.cursor.column, rows, columns, self.inner_size[1] if wants_history else 0
        )
        neuron = anatomy.neuron or self.cursor.neuron
        return replace(request, anatomy=replace(anatomy, layer=layer, neuron=neuron))

    def show(self, snapshot: Snapshot) -> None:
        """Draw what a snapshot has brought."""
        anatomy = snapshot.anatomy
        layer = anatomy.layer if anatomy is not None else None
        if anatomy is not None and layer is not None:
            key = (layer.column, layer.shape, snapshot.run)
            if key != self._layer_of:
                self._layer_of, self._spreads = key, None
                self._drawing.forget()
            self._anatomy, self._layer = anatomy, layer
            if len(layer.weight_spread.steps):
                self._spreads = {WEIGHTS: layer.weight_spread, GRADIENTS: layer.gradient_spread}
        self.redraw()

    def on_resize(self) -> None:
        """Ask for a picture of the new size, and for the history: it may be old by now."""
        self._spreads = None
        super().on_resize()

    # The picture.

    @property
    def _shape(self) -> tuple[int, int]:
        """How many rows of numbers, the biases among them, and columns the layer has."""
        column = self.cursor.column
        return self.units[column - 1] + 1, self.units[column]

    @property
    def _room(self) -> Room:
        rows, columns = self.inner_size
        names = self._layer_names.inputs
        longest = max((text_width(name) for name in names), default=0)
        return Room(
            rows - self._foot_lines,
            columns,
            gutter_width(max(longest, text_width("bias")), columns),
            self.ink.chart_style.is_textured,
        )

    @property
    def _foot_lines(self) -> int:
        return 1 if self.inner_size[0] >= _LEAST_ROWS_WITH_FOOT else 0

    @property
    def _layer_names(self) -> LayerNames:
        names, column = self._names, self.cursor.column
        return layer_names(names, column)

    @property
    def _shown_part(self) -> str:
        """What is shown: what was chosen, or else the first that there is."""
        parts = parts_of(self._shape, self._room)
        if self._part in parts:
            return self._part
        # The size, or the layer, leaves no other picture.
        return BOTH if self._part is not None and BOTH in parts else parts[0]

    @property
    def _pictures(self) -> Pictures | None:
        """Where the pictures stand; None for the history."""
        part = self._shown_part
        if part == HISTORY:
            return None
        if part == BOTH:
            return both_pictures(self._shape, self._room)
        return one_picture(part, self._shape, self._room)

    def draw(self, canvas: Canvas) -> None:
        """Draw the layer."""
        layer = self._layer
        if layer is None or not self.units:
            canvas.put(canvas.rows // 2, 1, "waiting for the trainer …", self.ink.muted)
            return
        room, pictures = self._room, self._pictures
        if layer.column == self.cursor.column and layer.shape == self._shape:
            if pictures is None and self._spreads is not None:
                self._drawing.draw_history(canvas, self._spreads, room.rows, room.columns, self.ink)
            elif pictures is not None:
                cursor = self.cursor
                row = layer.shape[0] - 1 if cursor.source is None else cursor.source
                self._drawing.draw_numbers(
                    canvas, layer, self._layer_names, (row, cursor.unit), pictures, room, self.ink
                )
        if self._foot_lines:
            self._put_foot(canvas)

    def _put_foot(self, canvas: Canvas) -> None:
        """Say what is under the cursor, as fully as there is room for."""
        cursor, names = self.cursor, self._names
        place = cursor.parameter(self.units)
        value = self.value_of(place) if place is not None else None
        said = number(value) if value is not None else "…"
        found = shown_gradient(self._anatomy, cursor) if self._anatomy is not None else None
        gradient = f" · gradient {number(found)}" if found is not None else ""
        pooled = self._pooled_note
        texts = [
            f"{names.parameter_in_full(cursor)}: {said}{gradient}{pooled}",
            f"{names.parameter(cursor)}: {said}{gradient}{pooled}",
            f"{names.parameter(cursor)}: {said}{pooled}",
            f"{names.parameter(cursor)}: {said}",
            f"{names.parameter(cursor).rpartition(' of ')[0]}: {said}",
        ]
        text = next((text for text in texts if text_width(text) <= canvas.columns), said)
        canvas.put(canvas.rows - 1, 0, text, self.ink.text)

    @property
    def _pooled_note(self) -> str:
        """Say so where a cell stands for several numbers."""
        layer = self._layer
        if layer is None or layer.block == (1, 1) or self._pictures is None:
            return ""
        rows, columns = layer.block
        return f" · each cell: the largest of {rows} × {columns}"

    # What the keys do.

    def action_move(self, right: int, down: int) -> None:
        """Go to the weight beside."""
        if not self.units:
            return
        cursor = self.cursor
        rows, units = self._shape
        row = (rows - 1 if cursor.source is None else cursor.source) + down
        self._go_to(min(max(row, 0), rows - 1), min(max(cursor.unit + right, 0), units - 1))

    def _go_to(self, row: int, unit: int) -> None:
        """Go to a number of the layer; its last row are the biases."""
        is_bias = row >= self._shape[0] - 1
        column = self.cursor.column
        self.place.cursor = NetworkCursor(column, unit, None if is_bias else row)
        self.changed()

    def action_column(self, direction: int) -> None:
        """Go to the layer before or after."""
        if not self.units:
            return
        cursor = self.cursor
        column = min(max(cursor.column + direction, 1), len(self.units) - 1)
        if column != cursor.column:
            source = cursor.source
            moved = NetworkCursor(column, cursor.unit, source)
            self.place.cursor = moved.fitted(self.units)
            self.changed()

    def action_part(self) -> None:
        """Show the next: weights, gradients, or how they came about."""
        if not self.units:
            return
        parts = parts_of(self._shape, self._room)
        self._part = parts[(parts.index(self._shown_part) + 1) % len(parts)]
        # What was known of the run may be old by now.
        self._spreads = None
        self.changed()

    def on_click(self, event: events.Click) -> None:
        """Go to the weight that the mouse points at."""
        pictures, layer = self._pictures, self._layer
        if pictures is None or layer is None:
            return
        for picture in pictures.places:
            if picture.layout is None or layer.block != (1, 1):
                continue
            line, column = event.y - 1 - picture.map.row, event.x - 1 - picture.map.column
            found = place_in_heat_map(line, column, self._shape, picture.layout)
            if found is not None:
                self._go_to(*found)
