"""The cells of a terminal and its cursor: what there is to see, and the motions that change it."""

import unicodedata
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from looks import PLAIN, Look


class Cell(NamedTuple):
    """One cell: its character and its look."""

    character: str
    look: Look


@cache
def width_of(character: str) -> int:
    """Tell how many columns a character takes: 0, 1 or 2 (Unicode's Standard Annex 11)."""
    if unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


@cache
def _is_narrow(text: str) -> bool:
    return text.isascii() or all(width_of(character) == 1 for character in text)


class Screen:
    """A grid of cells with a cursor. Rows and columns count from 0.

    Text is put by whole runs into one list of characters and one of looks a row: it has to keep
    up with an app that draws 25 frames a second beside it, on two cores.
    """

    def __init__(self, columns: int, rows: int) -> None:
        self.columns, self.rows = columns, rows
        self.row = self.column = 0
        self.look = PLAIN
        self.wraps = True
        self._saved = (0, 0, PLAIN)
        self._characters = [[" "] * columns for _ in range(rows)]
        self._looks = [[PLAIN] * columns for _ in range(rows)]

    # What there is to see.

    @property
    def lines(self) -> list[str]:
        """The text of each row, as wide as the screen."""
        return ["".join(row) for row in self._characters]

    @property
    def text(self) -> str:
        """The text of all rows, without the blanks at their ends."""
        return "\n".join(line.rstrip() for line in self.lines)

    def cell(self, column: int, row: int) -> Cell:
        """Return one cell."""
        return Cell(self._characters[row][column], self._looks[row][column])

    def cells(self) -> Iterator[Cell]:
        """Iterate over all cells, row by row."""
        for characters, looks in zip(self._characters, self._looks, strict=True):
            yield from map(Cell, characters, looks)

    def rectangle(self, column: int, row: int, columns: int, rows: int) -> "list[object]":
        """Return what a rectangle shows, to be compared with what it showed before."""
        wide = slice(column, column + columns)
        return [
            (self._characters[y][wide], self._looks[y][wide])
            for y in range(row, min(row + rows, self.rows))
        ]

    def find(self, text: str) -> tuple[int, int] | None:
        """Find a text: the column and row of its first character in the first row that has it."""
        for row, line in enumerate(self.lines):
            if (column := line.find(text)) >= 0:
                return column, row
        return None

    # What changes it.

    def put(self, text: str) -> None:
        """Write text at the cursor, onto the next row where it does not fit."""
        if not _is_narrow(text):
            for character in text:
                self._put_character(character)
            return
        while text:
            self._wrap_if_full()
            room = self.columns - self.column
            part, text = text[:room], text[room:]
            if text and not self.wraps:
                part, text = part[:-1] + text[-1], ""
            end = self.column + len(part)
            self._clear_torn_halves(self.column, end)
            self._characters[self.row][self.column : end] = part
            self._looks[self.row][self.column : end] = [self.look] * len(part)
            self.column = end if self.wraps else min(end, self.columns - 1)

    def _put_character(self, character: str) -> None:
        width = width_of(character)
        if width == 0:
            before = min(self.column, self.columns) - 1
            if before >= 0:
                self._characters[self.row][before] += character
            return
        if self.column + width > self.columns:
            self.column = self.columns
        self._wrap_if_full()
        end = min(self.column + width, self.columns)
        self._clear_torn_halves(self.column, end)
        self._characters[self.row][self.column : end] = [character, ""][: end - self.column]
        self._looks[self.row][self.column : end] = [self.look] * (end - self.column)
        self.column = end

    def _clear_torn_halves(self, start: int, end: int) -> None:
        """Blank the other halves of wide characters that are about to be overwritten in part."""
        characters = self._characters[self.row]
        if not characters[start]:
            characters[start - 1] = " "
        if end < self.columns and not characters[end]:
            characters[end] = " "

    def _wrap_if_full(self) -> None:
        if self.column >= self.columns:
            self.column = 0 if self.wraps else self.columns - 1
            if self.wraps:
                self.line_feed()

    def line_feed(self) -> None:
        """Go one row down; at the bottom the screen scrolls."""
        if self.row < self.rows - 1:
            self.row += 1
            return
        del self._characters[0], self._looks[0]
        self._characters.append([" "] * self.columns)
        self._looks.append([PLAIN] * self.columns)

    def move_to(self, column: int, row: int) -> None:
        """Put the cursor on a cell, or on the nearest there is."""
        self.column = min(max(column, 0), self.columns - 1)
        self.row = min(max(row, 0), self.rows - 1)

    def move_by(self, columns: int, rows: int) -> None:
        """Move the cursor."""
        self.move_to(min(self.column, self.columns - 1) + columns, self.row + rows)

    def save(self) -> None:
        """Remember the cursor's place and look."""
        self._saved = (self.column, self.row, self.look)

    def restore(self) -> None:
        """Put the cursor where it was remembered."""
        column, row, self.look = self._saved
        self.move_to(column, row)

    def erase(self, column: int, row: int, count: int) -> None:
        """Blank so many cells from one on, to the end of its row at most."""
        end = min(column + count, self.columns)
        if column >= end:
            return
        blank = PLAIN._replace(background=self.look.background)
        self._characters[row][column:end] = " " * (end - column)
        self._looks[row][column:end] = [blank] * (end - column)

    def erase_in_line(self, how: int) -> None:
        """Blank from the cursor to the end (0), from the start to the cursor (1), or all (2)."""
        column = min(self.column, self.columns - 1)
        start = column if how == 0 else 0
        self.erase(start, self.row, (column + 1 if how == 1 else self.columns) - start)

    def erase_in_display(self, how: int) -> None:
        """Blank from the cursor to the end (0), from the start to the cursor (1), or all (2)."""
        first = self.row + 1 if how == 0 else 0
        last = self.row if how == 1 else self.rows
        for row in range(first, last):
            self.erase(0, row, self.columns)
        if how in (0, 1):
            self.erase_in_line(how)

    def resize(self, columns: int, rows: int) -> None:
        """Cut, or add blank cells, at the right and at the bottom."""
        for grid, blank in ((self._characters, " "), (self._looks, PLAIN)):
            del grid[rows:]
            for line in grid:
                del line[columns:]
                line.extend([blank] * (columns - len(line)))
            grid.extend([blank] * columns for _ in range(rows - len(grid)))
        self.columns, self.rows = columns, rows
        self.move_to(self.column, self.row)
