"""A rectangle of styled cells that panes draw on, and its way to what Textual shows."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from rich.cells import cell_len
from rich.color import Color
from rich.segment import Segment
from rich.style import Style
from textual.geometry import Region
from textual.strip import Strip

from nntui.charts.cells import NO_COLOR, Cells

BOLD, REVERSE, UNDERLINE, DIM = 1, 2, 4, 8
"""Attributes of a cell; they can be added together."""


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

    def strip(self, row: int) -> Strip:
        """Turn one line into what Textual shows."""
        changes = (
            (self.foreground[row, 1:] != self.foreground[row, :-1])
            | (self.background[row, 1:] != self.background[row, :-1])
            | (self.attributes[row, 1:] != self.attributes[row, :-1])
        )
        starts = [0, *(np.flatnonzero(changes) + 1).tolist()]
        stops = [*starts[1:], self.columns]
        characters: list[str] = self.characters[row].tolist()
        foreground: list[int] = self.foreground[row, starts].tolist()
        background: list[int] = self.background[row, starts].tolist()
        attributes: list[int] = self.attributes[row, starts].tolist()
        segments = [
            _segment("".join(characters[start:stop]), *style)
            for start, stop, *style in zip(
                starts, stops, foreground, background, attributes, strict=True
            )
        ]
        return Strip(segments, self.columns)

    def differences(self, before: "Canvas") -> list[Region]:
        """List the parts that differ from an earlier canvas of the same size.

        Returns:
            One region of one line for each line with a difference.
        """
        different = (
            (self.characters != before.characters)
            | (self.foreground != before.foreground)
            | (self.background != before.background)
            | (self.attributes != before.attributes)
        )
        regions: list[Region] = []
        for row in np.flatnonzero(different.any(axis=1)).tolist():
            columns = np.flatnonzero(different[row])
            # Half of a wide character cannot be drawn alone.
            first = max(int(columns[0]) - 1, 0)
            last = min(int(columns[-1]) + 1, self.columns - 1)
            if self.characters[row, first] != "" and first < columns[0]:
                first = int(columns[0])
            regions.append(Region(first, row, last - first + 1, 1))
        return regions


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
def _segment(text: str, foreground: int, background: int, attributes: int) -> Segment:
    return Segment(text, _style(foreground, background, attributes))


@lru_cache(maxsize=4096)
def _style(foreground: int, background: int, attributes: int) -> Style:
    return Style(
        color=_color(foreground),
        bgcolor=_color(background),
        bold=bool(attributes & BOLD) or None,
        reverse=bool(attributes & REVERSE) or None,
        underline=bool(attributes & UNDERLINE) or None,
        dim=bool(attributes & DIM) or None,
    )


def _color(value: int) -> Color | None:
    if value == NO_COLOR:
        return None
    return Color.from_rgb(value >> 16, value >> 8 & 0xFF, value & 0xFF)
