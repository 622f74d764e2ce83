"""What is known of the terminal's cells, and which of them a frame changes."""

from itertools import compress, count
from operator import ne
from typing import NamedTuple

NOTHING = "\0"
"""Stands for a cell that is not known: its text and its style equal those of no other."""


class Run(NamedTuple):
    """Neighbouring cells of one style."""

    row: int
    column: int
    text: str
    style: int


class KnownRow:
    """A row of the terminal: the text and the style of each cell, a character each.

    Attributes:
        text: The characters of the cells, as far as any is known.
        styles: For each cell the character whose code is the number of its style.
        drawn: What was last drawn from a column on, as it came, while it stands there unchanged.
    """

    __slots__ = ("drawn", "row", "styles", "text")

    def __init__(self, row: int) -> None:
        self.row = row
        self.text = ""
        self.styles = ""
        self.drawn: dict[int, str] = {}

    def draw(self, column: int, text: str, styles: str) -> list[Run]:
        """Note what some cells show from now on, and give the runs of those that change."""
        end = column + len(text)
        old_text, old_styles = self.text[column:end], self.styles[column:end]
        if old_text == text and old_styles == styles:
            return []
        if len(old_text) < len(text):
            self._know_up_to(end)
            old_text, old_styles = self.text[column:end], self.styles[column:end]
        self.text = self.text[:column] + text + self.text[end:]
        self.styles = self.styles[:column] + styles + self.styles[end:]
        self.drawn.clear()
        text_changes, style_changes = map(ne, old_text, text), map(ne, old_styles, styles)
        changed = list(compress(count(), map(bool.__or__, text_changes, style_changes)))
        return self._runs(column, text, styles, changed)

    def uniform_text(self, begin: int, end: int) -> str:
        """Give the text of some cells if all are known and of one style, else nothing."""
        text, styles = self.text[begin:end], self.styles[begin:end]
        known = len(text) == end - begin and styles == styles[:1] * len(styles)
        return text if known and NOTHING not in text else ""

    def forget_from(self, column: int) -> None:
        """Note that nothing is known of the cells from a column to the end."""
        self.text = self.text[:column]
        self.styles = self.styles[:column]
        self.drawn.clear()

    def _know_up_to(self, end: int) -> None:
        missing = end - len(self.text)
        self.text += NOTHING * missing
        self.styles += NOTHING * missing

    def _runs(self, column: int, text: str, styles: str, changed: list[int]) -> list[Run]:
        runs: list[Run] = []
        begin = last = changed[0]
        for index in [*changed[1:], len(text)]:
            if index == last + 1 < len(text) and styles[index] == styles[begin]:
                last = index
                continue
            piece = text[begin : last + 1]
            runs.append(Run(self.row, column + begin, piece, ord(styles[begin])))
            begin = last = index
        return runs
