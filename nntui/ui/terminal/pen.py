"""The terminal's cursor and present style, and how cells are written from there."""

from collections.abc import Iterable, Mapping

from nntui.ui.terminal.known_rows import KnownRow, Run
from nntui.ui.terminal.motion import shortest_motion
from nntui.ui.terminal.style_table import UNKNOWN, StyleTable

_LONGEST_MOTION = 8


class Pen:
    """Where the next text would appear in the terminal, and how it would look.

    Attributes:
        style: The number of the style that text would have.
        cursor: The cursor's row and column, from 0; None when they are not known.
    """

    __slots__ = ("cursor", "style")

    def __init__(self, style: int = UNKNOWN, cursor: tuple[int, int] | None = None) -> None:
        self.style = style
        self.cursor = cursor

    def draw(
        self, runs: Iterable[Run], rows: Mapping[int, KnownRow], styles: StyleTable, width: int
    ) -> tuple[str, "Pen"]:
        """Write runs of cells, one after the other.

        Args:
            runs: The runs.
            rows: What the terminal shows when all is written.
            styles: The styles by their numbers.
            width: The terminal's columns.

        Returns:
            What to write, and the pen after it.
        """
        output: list[str] = []
        style, cursor = self.style, self.cursor
        for row, column, text, run_style in runs:
            if cursor != (row, column):
                motion = shortest_motion(cursor, (row, column))
                if cursor and cursor[0] == row and 0 < column - cursor[1] <= _LONGEST_MOTION:
                    between = rows[row].uniform_text(cursor[1], column)
                    if between and len(between.encode()) <= len(motion):
                        new_style = ord(rows[row].styles[cursor[1]])
                        if not styles.change(style, new_style, blank=between.isspace())[0]:
                            # What is there already is shorter than the way over it.
                            motion = between
                output.append(motion)
            code, style = styles.change(style, run_style, blank=text.isspace())
            output += code, text
            end = column + len(text)
            # Beside the last column terminals differ about where the cursor is.
            cursor = (row, end) if end < width else None
        return "".join(output), Pen(style, cursor)
