"""The short way of changed cells to the terminal.

Textual redraws whole spans of lines: it crops and renders them again, most of which the terminal
shows already. Where a picture lies in plain sight, its changed cells are written as they are,
which costs a third of the processor's time. Everything else goes Textual's way.
"""

import asyncio
from collections.abc import Callable
from functools import lru_cache

import numpy as np
from rich.color import ColorSystem
from rich.console import COLOR_SYSTEMS, Console
from textual._compositor import CompositorUpdate
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
        self._waiting: list[tuple[Canvas, list[Span], int, int]] = []

    def write(self, canvas: Canvas, spans: list[Span], top: int, left: int) -> None:
        """Write cells as soon as the present event has been handled.

        Args:
            canvas: The cells.
            spans: Which of them.
            top: The terminal's row of the canvas's first one.
            left: The same of the columns.
        """
        if not self._waiting:
            asyncio.get_running_loop().call_soon(self._write_all)
        self._waiting.append((canvas, spans, top, left))

    def _write_all(self) -> None:
        waiting, self._waiting = self._waiting, []
        self._show(_ChangedCells(waiting))


class _ChangedCells(CompositorUpdate):
    """Cells, as Textual's way to the terminal takes them."""

    def __init__(self, parts: list[tuple[Canvas, list[Span], int, int]]) -> None:
        self._parts = parts

    def render_segments(self, console: Console) -> str:
        """Turn the cells into text with control sequences."""
        name = console.color_system
        system = None if name is None else COLOR_SYSTEMS[name]
        return "".join(
            styled_text(canvas, spans, top, left, system)
            for canvas, spans, top, left in self._parts
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
    return (
        screen.is_current and region.size == widget.size and screen.region.contains_region(region)
    )
