"""A rectangle of styled cells that panes draw on, and its way to what Textual shows."""

from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from rich.cells import cell_len
from rich.color import Color
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from nntui.charts.cells import NO_COLOR, Cells

BOLD, REVERSE, UNDERLINE, DIM = 1, 2, 4, 8
"""Attributes of a cell; they can be added together."""

_ATTRIBUTE_BITS = 8
_BACKGROUND_BITS = _ATTRIBUTE_BITS + 25

_MOST_BETWEEN = 3
"""So many cells between two that differ are cheaper to write again than to jump over."""


@dataclass(frozen=True)
class Look:
    """How a piece of text looks.

    Attributes:
        foreground: 0xRRGGBB, or NO_COLOR for what is there.
        background: 0xRRGGBB, or NO_COLOR for what is there.
        attributes: A sum of BOLD, REVERSE, UNDERLINE and DIM.
    """

    foreground: int = NO_COLOR
    background: int = NO_COLOR
    attributes: int = 0


class Span(NamedTuple):
    """Cells side by side.

    Attributes:
        row: Their row.
        start: The first one's column.
        stop: The column after the last one.
    """

    row: int
    start: int
    stop: int


class Canvas:
    """Cells to draw on.

    Whatever lies outside is left out, so that no drawing has to fear a small terminal.

    Args:
        rows: The height, in cells.
        columns: The width, in cells.
        look: How empty cells look.
    """

    def __init__(self, rows: int, columns: int, look: Look) -> None:
        shape = (max(rows, 0), max(columns, 0))
        self.look = look
        self.characters: NDArray[np.str_] = np.full(shape, " ")
        self.foreground: NDArray[np.int32] = np.full(shape, look.foreground, np.int32)
        self.background: NDArray[np.int32] = np.full(shape, look.background, np.int32)
        self.attributes: NDArray[np.uint8] = np.full(shape, look.attributes, np.uint8)

    @property
    def rows(self) -> int:
        """The height, in cells."""
        return self.characters.shape[0]

    @property
    def columns(self) -> int:
        """The width, in cells."""
        return self.characters.shape[1]

    def put(self, row: int, column: int, text: str, look: Look | None = None) -> int:
        """Write a text in one line.

        Args:
            row: The line, counted from 0.
            column: Where it begins, counted from 0.
            text: What to write. Characters without width are left out.
            look: How it looks; None for the canvas's own look.

        Returns:
            The column after the text.
        """
        look = look or self.look
        narrow = _narrow(text)
        if narrow is not None:
            self._put_narrow(row, column, narrow, look)
            return column + len(narrow)
        for character, width in _measured(text):
            if 0 <= row < self.rows and column >= 0 and column + width <= self.columns:
                self._free(row, column, width)
                self.characters[row, column] = character
                if width > 1:
                    # The second half of a wide character: nothing of its own.
                    self.characters[row, column + 1] = ""
                self.tint(row, column, width, look)
            column += width
        return column

    def _put_narrow(self, row: int, column: int, text: str, look: Look) -> None:
        """Write characters of one cell each, all at once: most text is such."""
        start, stop = max(column, 0), min(column + len(text), self.columns)
        if 0 <= row < self.rows and start < stop:
            self._free(row, start, stop - start)
            self.characters[row, start:stop] = list(text[start - column : stop - column])
            self.tint(row, start, stop - start, look)

    def _free(self, row: int, column: int, width: int) -> None:
        """Remove wide characters of which only a half will be written over."""
        line = self.characters[row]
        if line[column] == "":
            line[column - 1] = " "
        if column + width < self.columns and line[column + width] == "":
            line[column + width] = " "

    def tint(self, row: int, column: int, width: int, look: Look) -> None:
        """Change how cells of one line look, and leave what they say."""
        if not 0 <= row < self.rows:
            return
        part = slice(max(column, 0), max(column + width, 0))
        if look.foreground != NO_COLOR:
            self.foreground[row, part] = look.foreground
        if look.background != NO_COLOR:
            self.background[row, part] = look.background
        self.attributes[row, part] = look.attributes

    def paste(self, cells: Cells, row: int = 0, column: int = 0) -> None:
        """Draw a chart; its cells without colours take those of the canvas.

        Args:
            cells: The chart.
            row: Where its first line goes, at least 0.
            column: Where its first column goes, at least 0.
        """
        rows, columns = min(cells.rows, self.rows - row), min(cells.columns, self.columns - column)
        if rows <= 0 or columns <= 0:
            return
        here, there = _block(row, column, rows, columns), _block(0, 0, rows, columns)
        self.characters[here] = cells.characters[there]
        for own, drawn in (
            (self.foreground, cells.foreground),
            (self.background, cells.background),
        ):
            own[here] = np.where(drawn[there] == NO_COLOR, own[here], drawn[there])
        self.attributes[here] = cells.bold[there] * np.uint8(BOLD)

    def overlay(self, canvas: "Canvas", row: int, column: int) -> None:
        """Draw another canvas on this one, with all its looks.

        Args:
            canvas: What to draw.
            row: Where its first line goes, at least 0.
            column: Where its first column goes, at least 0.
        """
        rows = min(canvas.rows, self.rows - row)
        columns = min(canvas.columns, self.columns - column)
        if rows <= 0 or columns <= 0:
            return
        here, there = _block(row, column, rows, columns), _block(0, 0, rows, columns)
        self.characters[here] = canvas.characters[there]
        self.foreground[here] = canvas.foreground[there]
        self.background[here] = canvas.background[there]
        self.attributes[here] = canvas.attributes[there]

    @cached_property
    def styles(self) -> NDArray[np.int64]:
        """A number for how each cell looks; to be asked for when all is drawn."""
        foreground = self.foreground.astype(np.int64) + 1
        background = self.background.astype(np.int64) + 1
        return foreground << _BACKGROUND_BITS | background << _ATTRIBUTE_BITS | self.attributes

    def strip(self, row: int) -> Strip:
        """Turn one line into what Textual shows."""
        styles = self.styles[row]
        starts = [0, *(np.flatnonzero(styles[1:] != styles[:-1]) + 1).tolist()]
        stops = [*starts[1:], self.columns]
        characters: list[str] = self.characters[row].tolist()
        numbers: list[int] = styles[starts].tolist()
        segments = [
            _segment("".join(characters[start:stop]), number)
            for start, stop, number in zip(starts, stops, numbers, strict=True)
        ]
        return Strip(segments, self.columns)

    def differences(self, before: "Canvas") -> list[Span]:
        """List the cells that differ from an earlier canvas of the same size.

        Returns:
            Line by line; cells that are nearly neighbours are taken together.
        """
        different = (self.characters != before.characters) | (self.styles != before.styles)
        spans: list[Span] = []
        for row in np.flatnonzero(different.any(axis=1)).tolist():
            columns = np.flatnonzero(different[row])
            gaps = np.flatnonzero(np.diff(columns) > _MOST_BETWEEN)
            starts: list[int] = columns[np.append(0, gaps + 1)].tolist()
            stops: list[int] = (columns[np.append(gaps, -1)] + 1).tolist()
            spans += [
                self._whole(row, start, stop) for start, stop in zip(starts, stops, strict=True)
            ]
        return spans

    def _whole(self, row: int, start: int, stop: int) -> Span:
        """Widen a span by what would be half of a wide character at its ends."""
        if start and self.characters[row, start] == "":
            start -= 1
        if stop < self.columns and self.characters[row, stop] == "":
            stop += 1
        return Span(row, start, stop)


@lru_cache(maxsize=4096)
def _measured(text: str) -> tuple[tuple[str, int], ...]:
    """Split a text into printable characters and their widths, 1 or 2."""
    widths = ((c, 1 if c.isascii() else cell_len(c)) for c in text if c.isprintable())
    return tuple((character, width) for character, width in widths if width)


@lru_cache(maxsize=4096)
def _narrow(text: str) -> str | None:
    """Return a text without what has no width; None where a character takes two cells."""
    measured = _measured(text)
    if any(width > 1 for _, width in measured):
        return None
    return "".join(character for character, _ in measured)


def _block(row: int, column: int, rows: int, columns: int) -> tuple[slice, slice]:
    return slice(row, row + rows), slice(column, column + columns)


@lru_cache(maxsize=16384)
def _segment(text: str, number: int) -> Segment:
    return Segment(text, style_of(number))


@lru_cache(maxsize=8192)
def style_of(number: int) -> Style:
    """Return the style that a number of ``Canvas.styles`` stands for."""
    attributes = number & (1 << _ATTRIBUTE_BITS) - 1
    background = (number >> _ATTRIBUTE_BITS) & (1 << _BACKGROUND_BITS - _ATTRIBUTE_BITS) - 1
    return Style(
        color=_color((number >> _BACKGROUND_BITS) - 1),
        bgcolor=_color(background - 1),
        bold=bool(attributes & BOLD) or None,
        reverse=bool(attributes & REVERSE) or None,
        underline=bool(attributes & UNDERLINE) or None,
        dim=bool(attributes & DIM) or None,
    )


def _color(value: int) -> Color | None:
    if value == NO_COLOR:
        return None
    return Color.from_rgb(value >> 16, value >> 8 & 0xFF, value & 0xFF)
