"""The pane of the graph: the network's neurons as tiles, and the weights between them."""

from dataclasses import replace
from enum import Enum, auto
from typing import ClassVar

from textual import events
from textual.binding import BindingType

from nntui.anatomy.values import Anatomy, Window
from nntui.charts.network.figure import Chosen, GraphFigure
from nntui.charts.network.graph import GraphPicture, draw_graph
from nntui.charts.network.layout import GraphLayout, followed, graph_frame
from nntui.charts.text import cut
from nntui.training.messages import AnatomyRequest, ParameterPlace, SnapshotRequest
from nntui.training.snapshot import Snapshot
from nntui.ui.action_table import NUMBERS_OF_NETWORK
from nntui.ui.actions import bindings
from nntui.ui.canvas import Canvas
from nntui.ui.layout import GRAPH
from nntui.ui.network.edits import NumberKeys
from nntui.ui.network.graph_words import about_cursor, how_to_read
from nntui.ui.network.movement import moved_across, moved_along, moved_column
from nntui.ui.network.place import NetworkCursor, NetworkPlace
from nntui.ui.network.reading import around, shown_parameter, with_tiles
from nntui.ui.panes.regions import RegionsPane
from nntui.ui.session import Session

_LEAST_ROWS_WITH_FOOT, _LEAST_ROWS_WITH_BOTH = 4, 14
_LEFT_BRACKET, _RIGHT_BRACKET = "▐", "▌"


class _Parts(Enum):
    """What a frame brings of the graph while it trains."""

    NEITHER = auto()
    TILES = auto()
    BOTH = auto()


class GraphPane(NumberKeys):
    """Draws the network around the cursor; the keys lead from neuron to weight to neuron.

    Args:
        session: The experiment and its run.
        place: Where the user is in the network.
        regions: Knows the plane that the tiles show.
    """

    number = 5

    BINDINGS: ClassVar[list[BindingType]] = [*bindings(GRAPH, NUMBERS_OF_NETWORK, everywhere=False)]

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
        self._scrolled: GraphLayout | None = None
        self._asked = _Parts.BOTH

    @property
    def name_on_frame(self) -> str:
        """What the pane is called."""
        return "Network graph"

    @property
    def remark(self) -> str:
        """The shape of the network."""
        return "-".join(map(str, self.units))

    def extend(self, request: SnapshotRequest, *, slow: bool) -> SnapshotRequest:
        """Ask for the tiles in sight, and for the weights of the neuron under the cursor."""
        layout = self._layout()
        self._asked = self._next_parts(slow=slow)
        if layout is None:
            return request
        tile, frame = layout.frame.tile, layout.frame
        in_sight = {place.number for place in layout.places}
        windows = tuple(
            Window(first, frame.counts[column] if column in in_sight else 0)
            for column, first in enumerate(layout.firsts)
        )
        tiles = None
        if self._asked is not _Parts.NEITHER:
            tiles = self._regions.tile_request(tile.picture_rows, tile.picture_columns)
        anatomy = request.anatomy or AnatomyRequest()
        anatomy = replace(
            anatomy, tiles=tiles, windows=windows, neuron=anatomy.neuron or self.cursor.neuron
        )
        return replace(request, anatomy=anatomy)

    def _next_parts(self, *, slow: bool) -> _Parts:
        """Choose what the next frame brings: all parts of all frames would overfill a slow link."""
        if slow or not self.session.is_playing:
            return _Parts.BOTH
        return _Parts.TILES if self._asked is _Parts.NEITHER else _Parts.NEITHER

    def show(self, snapshot: Snapshot) -> None:
        """Draw what a snapshot has brought: while it trains, numbers only now and then."""
        told, before = snapshot.anatomy, self._anatomy
        if told is None or told.columns is None:
            return
        if before is None or self._asked is _Parts.BOTH:
            self._anatomy = told
        elif self._asked is _Parts.TILES:
            self._anatomy = with_tiles(before, told)
        else:
            return
        self.redraw()

    def draw(self, canvas: Canvas) -> None:
        """Draw the graph, and below it what is under the cursor."""
        layout, anatomy = self._layout(), self._anatomy
        if layout is None or anatomy is None or anatomy.units != layout.frame.units:
            canvas.put(canvas.rows // 2, 2, "waiting for the trainer …", self.ink.muted)
            return
        figure = self._figure(anatomy)
        if figure is None:
            return
        picture = draw_graph(figure, layout, self.ink.chart_style)
        canvas.paste(picture.cells)
        self._mark_cursor(canvas, layout, picture)
        self._draw_foot(canvas, layout, anatomy, picture)

    def _figure(self, anatomy: Anatomy) -> GraphFigure | None:
        if anatomy.columns is None:
            return None
        cursor, names = self.cursor, ("input", *anatomy.activations[1:])
        source = cursor.source
        weight = None if source is None else (cursor.column, cursor.unit, source)
        return GraphFigure(
            columns=anatomy.columns,
            headings=tuple(
                f"{name} {count}" for name, count in zip(names, anatomy.units, strict=True)
            ),
            input_names=anatomy.input_names,
            output_names=anatomy.output_names,
            chosen=Chosen(cursor.neuron.column, cursor.neuron.unit, weight),
        )

    def _layout(self) -> GraphLayout | None:
        """Lay out what is in sight: the cursor is, and as little as possible has moved for it."""
        units, (rows, columns) = self.units, self.inner_size
        if not units or not rows or not columns:
            return None
        frame = graph_frame(max(rows - _foot_rows(rows), 0), columns, units)
        before = self._scrolled
        if before is None or len(before.firsts) != len(units):
            before = GraphLayout(frame, 0, (0,) * len(units))
        cursor = self.cursor
        neuron, wanted = cursor.neuron, [(cursor.column, cursor.unit)]
        if cursor.source is not None:
            wanted.append((cursor.column - 1, cursor.source))
        wanted.sort(key=lambda place: place != (neuron.column, neuron.unit))
        firsts = tuple(
            min(first, total - count)
            for first, total, count in zip(before.firsts, units, frame.counts, strict=True)
        )
        first_column = min(before.first_column, len(units) - len(frame.lefts))
        self._scrolled = followed(GraphLayout(frame, first_column, firsts), tuple(wanted))
        return self._scrolled

    def _mark_cursor(self, canvas: Canvas, layout: GraphLayout, picture: GraphPicture) -> None:
        """Make the neuron under the cursor stand out, and the weight if it is on one."""
        cursor, tile = self.cursor, layout.frame.tile
        look = self.ink.cursor if self.has_focus else self.ink.cursor_away
        place = layout.place_of(cursor.neuron.column)
        top = place.top_of(cursor.neuron.unit) if place else None
        if place is not None and top is not None:
            for row in range(top, top + tile.rows):
                canvas.put(row, place.left - 1, _LEFT_BRACKET, self.ink.accent)
                canvas.put(row, place.left + tile.columns, _RIGHT_BRACKET, self.ink.accent)
            text = look if cursor.source is None else self.ink.cursor_away
            for row in range(top + tile.picture_rows, top + tile.rows):
                canvas.tint(row, place.left, tile.columns, text)
        if picture.weight is not None:
            spot = picture.weight
            canvas.tint(spot.row, spot.column, spot.columns, look)

    def _draw_foot(
        self, canvas: Canvas, layout: GraphLayout, anatomy: Anatomy, picture: GraphPicture
    ) -> None:
        rows, room = _foot_rows(canvas.rows), canvas.columns - 2
        if not rows:
            return
        cursor, row = self.cursor, canvas.rows - rows
        place = cursor.parameter(anatomy.units)
        value = None if place is None else self._shown_value(place, anatomy)
        text = about_cursor(anatomy, cursor, value, room)
        canvas.put(row, 1, cut(text, room), self.ink.text)
        if rows > 1:
            thresholds = _thresholds_at(cursor, layout, picture)
            canvas.put(row + 1, 1, how_to_read(anatomy, thresholds, room), self.ink.muted)

    def _shown_value(self, place: ParameterPlace, anatomy: Anatomy) -> float | None:
        pending = self.session.pending_value(place)
        return shown_parameter(anatomy, place) if pending is None else pending

    # What the keys do.

    def action_move(self, right: int, down: int) -> None:
        """Go along the network (left, right), or along a column or a neuron's weights."""
        anatomy = self._anatomy
        if anatomy is None or anatomy.units != self.units:
            return
        about = around(anatomy, self.cursor)
        if right:
            self._go_to(moved_across(self.cursor, right, about))
        else:
            self._go_to(moved_along(self.cursor, down, about))

    def action_units(self, direction: int) -> None:
        """Go a screenful up or down."""
        layout, anatomy = self._layout(), self._anatomy
        if layout is None or anatomy is None or anatomy.units != self.units:
            return
        cursor = self.cursor
        is_incoming = cursor.source is not None and not cursor.is_outgoing
        count = layout.frame.counts[cursor.column - is_incoming]
        steps = direction * max(count - 1, 1)
        self._go_to(moved_along(cursor, steps, around(anatomy, cursor)))

    def action_column(self, direction: int) -> None:
        """Go a whole column to the left or to the right."""
        if self.units:
            self._go_to(moved_column(self.cursor, direction, self.units))

    def _go_to(self, cursor: NetworkCursor) -> None:
        self.place.cursor = cursor
        self.changed()

    # What the mouse does.

    def on_click(self, event: events.Click) -> None:
        """Go to the neuron that was clicked."""
        layout = self._layout()
        found = layout.unit_at(event.y - 1, event.x - 1) if layout else None
        if found is not None:
            self._go_to(NetworkCursor(*found))

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Go down."""
        event.stop()
        self.action_move(0, 1)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Go up."""
        event.stop()
        self.action_move(0, -1)


def _foot_rows(rows: int) -> int:
    """Return how many lines of words a pane of so many rows has."""
    return (rows >= _LEAST_ROWS_WITH_FOOT) + (rows >= _LEAST_ROWS_WITH_BOTH)


def _thresholds_at(
    cursor: NetworkCursor, layout: GraphLayout, picture: GraphPicture
) -> tuple[float, ...]:
    """Return the sizes from which on the weights beside the cursor's neuron are drawn."""
    into = cursor.neuron.column - layout.first_column - 1
    beside = [into, into + 1] if cursor.source is None else [into + cursor.is_outgoing]
    return tuple(
        picture.thresholds[place] for place in beside if 0 <= place < len(picture.thresholds)
    )
