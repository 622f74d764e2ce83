"""A framed part of a view that draws itself and sends only what changed to the terminal."""

from collections.abc import Sequence

from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from nntui.charts.text import cut
from nntui.ui.canvas import Canvas, Look, Span
from nntui.ui.direct import DirectWriter, is_in_plain_sight
from nntui.ui.ink import PLAIN_INK, Ink
from nntui.ui.terms import Topic, terms_of_pane

_CORNERS = 6
"""The cells of a frame's upper edge that no text covers."""


class Picture(Widget):
    """A widget that is drawn cell by cell.

    Subclasses implement ``paint``; ``redraw`` calls it, and refreshes the parts that changed.
    """

    DEFAULT_CSS = """
    Picture { width: 1fr; height: 1fr; }
    """

    ink: Ink = PLAIN_INK
    """The colours of text; the app sets them for all."""

    writer: DirectWriter | None = None
    """The short way to the terminal, where there is one."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id)
        self._canvas: Canvas | None = None
        self._strips: dict[int, Strip] = {}

    def paint(self, canvas: Canvas) -> None:
        """Draw everything, from what the widget knows."""
        raise NotImplementedError

    def redraw(self) -> None:
        """Draw anew, and show what has changed."""
        size = self.size
        if not size.width or not size.height or not self.is_attached:
            return
        canvas = Canvas(size.height, size.width, self.ink.text)
        self.paint(canvas)
        before, self._canvas = self._canvas, canvas
        if before is None or (before.rows, before.columns) != (canvas.rows, canvas.columns):
            self._strips.clear()
            self.refresh()
            return
        if spans := canvas.differences(before):
            for span in spans:
                self._strips.pop(span.row, None)
            self._show(canvas, spans)

    def _show(self, canvas: Canvas, spans: list[Span]) -> None:
        """Bring changed cells to the terminal: the short way, or Textual's."""
        if self.writer is not None and is_in_plain_sight(self):
            self.writer.write(self, canvas, spans)
            return
        rows: dict[int, Region] = {}
        for row, start, stop in spans:
            region = Region(start, row, stop - start, 1)
            # Several parts of one line cost Textual more than the whole.
            rows[row] = rows[row].union(region) if row in rows else region
        self.refresh(*rows.values())

    def on_resize(self) -> None:
        """Draw for the new size."""
        self.redraw()

    def use_ink(self, ink: Ink) -> None:
        """Draw in other colours from now on."""
        self.ink = ink
        self.redraw()

    def render_lines(self, crop: Region) -> list[Strip]:
        """Return the lines that Textual wants to show.

        This passes Textual's own styling by: the cells are styled already, and its filter for
        NO_COLOR would take class colours for greys that fall together.
        """
        return [
            self.render_line(row).crop(crop.x, crop.right) for row in range(crop.y, crop.bottom)
        ]

    def render_line(self, y: int) -> Strip:
        """Return one line."""
        if self._canvas is None or self._canvas.columns != self.size.width:
            self.redraw()
        canvas = self._canvas
        if canvas is None or y >= canvas.rows or not canvas.columns:
            return Strip.blank(self.size.width)
        if y not in self._strips:
            self._strips[y] = canvas.strip(y)
        return self._strips[y]


class Pane(Picture, can_focus=True):
    """A picture with a frame and a title.

    Subclasses implement ``draw`` and the properties of the title.
    """

    number: int = 0
    """The key that goes to the pane."""

    @property
    def name_on_frame(self) -> str:
        """What it is called."""
        raise NotImplementedError

    @property
    def remark(self) -> str:
        """What stands at the right end of the frame."""
        return ""

    @property
    def note(self) -> str:
        """What stands behind the name, where there is room for it."""
        return ""

    @property
    def has_room_for_note(self) -> bool:
        """Whether name, note and remark fit on the frame side by side."""
        texts = f"{self.number} {self.name_on_frame}", self.note, self.remark
        return self.size.width >= sum(len(text) + 2 for text in texts) + _CORNERS

    def terms(self) -> Sequence[str]:
        """List the terms of the glossary that stand here now, the most important first."""
        return terms_of_pane(self.id or "")

    @property
    def topic(self) -> Topic | None:
        """What is under the cursor, where there is more to say of it than the glossary does."""
        return None

    def draw(self, canvas: Canvas) -> None:
        """Draw what is inside the frame.

        Args:
            canvas: Cells of the size of ``inner_size``.
        """
        raise NotImplementedError

    @property
    def is_shown(self) -> bool:
        """Whether the pane has a place on the screen."""
        return bool(self.size.width and self.size.height)

    @property
    def inner_size(self) -> tuple[int, int]:
        """The rows and columns inside the frame."""
        return max(self.size.height - 2, 0), max(self.size.width - 2, 0)

    def paint(self, canvas: Canvas) -> None:
        """Draw the frame and what is inside."""
        focused = self.has_focus
        frame = self.ink.frame_focused if focused else self.ink.frame
        last_row, last_column = canvas.rows - 1, canvas.columns - 1
        canvas.put(0, 0, "╭" + "─" * (last_column - 1) + "╮", frame)
        canvas.put(last_row, 0, "╰" + "─" * (last_column - 1) + "╯", frame)
        for row in range(1, last_row):
            canvas.put(row, 0, "│", frame)
            canvas.put(row, last_column, "│", frame)
        self._paint_title(canvas, frame)
        inner = Canvas(*self.inner_size, self.ink.text)
        self.draw(inner)
        canvas.overlay(inner, 1, 1)

    def _paint_title(self, canvas: Canvas, frame: Look) -> None:
        room = canvas.columns - 5  # The corners, a line before the name and a space on each side.
        name = cut(f"{self.number} {self.name_on_frame}", max(room, 0))
        if not name:
            return
        title = self.ink.frame_focused if self.has_focus else self.ink.title
        column = canvas.put(0, 2, f" {name} ", title)
        if self.note and self.has_room_for_note:
            column = canvas.put(0, column - 1, f" {self.note} ", self.ink.muted)
        remark = self.remark
        if remark and canvas.columns - column - 2 >= len(remark) + 2:
            canvas.put(0, canvas.columns - 2 - len(remark) - 2, f" {remark} ", self.ink.muted)

    def watch_has_focus(self, _has_focus: bool) -> None:
        """Show that the keyboard is here, or went elsewhere."""
        super().watch_has_focus(_has_focus)
        self.redraw()
