"""The short way of changed cells to the terminal.

Textual redraws whole spans of lines: it crops and renders them again, most of which the terminal
shows already. Where a picture lies in plain sight, its changed cells are written as they are,
which costs a third of the processor's time. Everything else goes Textual's way.
"""

import asyncio
from collections.abc import Callable
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from rich.color import ColorSystem
from rich.console import COLOR_SYSTEMS, Console
from textual._compositor import CompositorUpdate
from textual.geometry import Region
from textual.widget import Widget

from nntui.ui.canvas import Canvas, Span, style_of

Show = Callable[[CompositorUpdate], None]
"""Has Textual write an update to the terminal, as a frame of its own."""

_PLAIN = "\x1b[0m"


class DirectWriter:
    """Collects the changed cells of all pictures, and writes them as one frame.

    Args:
        show: What writes it.
    """

    def __init__(self, show: Show) -> None:
        self._show = show
        self._waiting: list[Changed] = []

    def write(self, widget: Widget, canvas: Canvas, spans: list[Span]) -> None:
        """Write cells of a widget as soon as the present event has been handled.

        Args:
            widget: What the canvas fills; it is in plain sight.
            canvas: The cells.
            spans: Which of them.
        """
        if not self._waiting:
            asyncio.get_running_loop().call_soon(self._write_all)
        self._waiting.append(Changed(widget, widget.region, canvas, spans))

    def _write_all(self) -> None:
        waiting, self._waiting = self._waiting, []
        still: list[Changed] = []
        for changed in waiting:
            # Meanwhile a dialog may have been opened, or the terminal have got another size.
            if is_in_plain_sight(changed.widget) and changed.widget.region == changed.region:
                still.append(changed)
            else:
                changed.widget.refresh()
        if still:
            self._show(_ChangedCells(still))


class Changed(NamedTuple):
    """Cells of a widget that wait to be written.

    Attributes:
        widget: The widget.
        region: Where it was when they changed.
        canvas: Its cells.
        spans: Which of them.
    """

    widget: Widget
    region: Region
    canvas: Canvas
    spans: list[Span]


class _ChangedCells(CompositorUpdate):
    """Cells, as Textual's way to the terminal takes them."""

    def __init__(self, parts: list[Changed]) -> None:
        self._parts = parts

    def render_segments(self, console: Console) -> str:
        """Turn the cells into text with control sequences."""
        name = console.color_system
        system = None if name is None else COLOR_SYSTEMS[name]
        return "".join(
            styled_text(part.canvas, part.spans, part.region.y, part.region.x, system)
            for part in self._parts
        )


def styled_text(
    canvas: Canvas, spans: list[Span], top: int, left: int, system: ColorSystem | None
) -> str:
    """Write cells as text with control sequences.

    Args:
        canvas: The cells.
        spans: Which of them.
        top: The terminal's row of the canvas's first one, counted from 0.
        left: The same of the columns.
        system: Which colours the terminal has; None for none.
    """
    pieces: list[str] = []
    for row, start, stop in spans:
        pieces.append(f"\x1b[{top + row + 1};{left + start + 1}H")
        styles = canvas.styles[row, start:stop]
        begins = [0, *(np.flatnonzero(styles[1:] != styles[:-1]) + 1).tolist()]
        ends = [*begins[1:], stop - start]
        characters: list[str] = canvas.characters[row, start:stop].tolist()
        numbers: list[int] = styles[begins].tolist()
        for begin, end, number in zip(begins, ends, numbers, strict=True):
            code = _code(number, system)
            text = "".join(characters[begin:end])
            pieces.append(f"{code}{text}{_PLAIN}" if code else text)
    return "".join(pieces)


@lru_cache(maxsize=8192)
def _code(number: int, system: ColorSystem | None) -> str:
    """Return what sets a style."""
    return style_of(number).render("x", color_system=system).partition("x")[0]


def is_in_plain_sight(widget: Widget) -> bool:
    """Tell whether nothing lies before a widget, and it lies where it should."""
    region, screen = widget.region, widget.screen
    return screen.is_active and region.size == widget.size and screen.region.contains_region(region)
