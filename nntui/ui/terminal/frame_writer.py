r"""Makes a frame small: only cells that changed are written, and only what changed of their style.

Textual writes a frame as cursor positions (``ESC [ row ; column H``), each followed by segments
``ESC [ parameters m text ESC [ 0 m``, whether the cells show them already or not. The writer reads
that, remembers what every cell of the terminal shows, and writes what makes the same screen.

Nothing is taken for known that is not: text whose width terminals do not agree about, links and
all else that is not such a segment are passed on as they are, and the cells that they may have
changed are forgotten.
"""

import re
from itertools import pairwise

from nntui.ui.terminal.abilities import EVERYTHING, Abilities
from nntui.ui.terminal.known_rows import KnownRow, Run
from nntui.ui.terminal.motion import shortest_motion
from nntui.ui.terminal.painting import Painting
from nntui.ui.terminal.pen import Pen
from nntui.ui.terminal.segments import SegmentReader
from nntui.ui.terminal.style_table import StyleTable

_POSITION = re.compile("\x1b\\[(\\d*)(?:;(\\d*))?H")

_WITHIN_A_ROW = re.compile(
    "(?:\x1b\\[[\\d;:]*m|\x1b\\]8;[^\x00-\x1f\x7f-\x9f]*(?:\x1b\\\\|\x07)|[^\x00-\x1f\x7f-\x9f])*"
)
"""Text of any width, styles and links: what cannot leave its row while lines do not wrap."""

_NO_CELL_CHANGES = re.compile(
    "(?:\x1b\\[\\?(?:9|25|100\\d|101[56]|2004|2026|2031|2048)[hl]"  # cursor, mouse, paste, updates
    "|\x1b\\[\\?\\d+\\$p|\x1b\\[[56]n|\x1b\\[[<>=][\\d;]*u"  # questions, the keyboard's mode
    "|\x1b\\](?:22|52);[^\x00-\x1f\x7f-\x9f]*(?:\x07|\x1b\\\\)|\x07)*"  # pointer, clipboard, bell
)
_STYLE_OR_LINK = re.compile("\x1b\\[([\\d;:]*)m|\x1b\\]8;([^\x00-\x1f]*)")
_MOST_STYLES = 20_000
_FEWEST_TO_SORT = 12
_BYTES_OF_A_STYLE, _BYTES_OF_A_MOTION = 20, 7


def _leaves_style(data: str, *, before: bool) -> bool:
    """Whether text after some data would have a style or a link, given whether it had before."""
    styled, linked = before, before
    for parameters, link in _STYLE_OR_LINK.findall(data):
        if link:
            linked = link != ";"
        else:
            styled = parameters not in ("", "0")
    return styled or linked


def _sorting_pays(runs: list[Run]) -> bool:
    """Whether writing style by style saves more changes of style than it costs motions."""
    if len(runs) < _FEWEST_TO_SORT:
        return False
    changes = motions = 1
    for old, new in pairwise(runs):
        changes += old.style != new.style
        motions += old.row != new.row or old.column + len(old.text) != new.column
    saved_changes = changes - len({run.style for run in runs})
    added_motions = len(runs) - motions
    return _BYTES_OF_A_STYLE * saved_changes > _BYTES_OF_A_MOTION * added_motions


class FrameWriter:
    """Rewrites what the app writes to a terminal whose lines do not wrap.

    Args:
        abilities: What the terminal can show.
    """

    def __init__(self, abilities: Abilities = EVERYTHING) -> None:
        self._painting = Painting(abilities)
        self._styles = StyleTable()
        self._segments = SegmentReader(self._styles, self._painting)
        self._pen = Pen()
        self._width = self._height = 0
        self._rows: dict[int, KnownRow] = {}
        self._trusts_rows = False
        self._app_style_left = False
        self._runs: list[Run] = []
        self._waits_to: dict[int, int] = {}
        """For each row, where the runs end that are still to be written."""
        self._drawn_to: dict[int, int] = {}
        """For each row, up to where this frame has drawn it from the first column on."""
        self._output: list[str] = []

    def resize(self, width: int, height: int) -> None:
        """Take in the terminal's size, at the start and when the terminal says so.

        What it did with its cells is not known. Nor is it known which frame is the first that
        was made for the new size: cells count as known again after a frame that fills all.
        """
        self._width, self._height = width, height
        self.forget()

    def use(self, abilities: Abilities) -> None:
        """Write for a terminal that can show something else, from the next frame on."""
        self._painting = Painting(abilities)
        self._segments = SegmentReader(self._styles, self._painting)
        self.forget()

    def forget(self) -> None:
        """Know nothing of the terminal: somebody else may have written to it."""
        self._rows.clear()
        self._drawn_to.clear()
        self._trusts_rows = False
        self._pen = Pen()

    def write(self, data: str) -> str:
        """Give what to write in place of some data that the app writes."""
        if len(self._styles) > _MOST_STYLES:
            self._styles = StyleTable()
            self._segments = SegmentReader(self._styles, self._painting)
            self.forget()
        before, *frame = _POSITION.split(data)
        self._pass_on(before)
        if self._app_style_left:
            self._pass_on(data[len(before) :])
        elif frame:
            if not self._trusts_rows:
                self._rows.clear()
            self._drawn_to.clear()
            self._draw_frame(frame)
            self._trusts_rows = self._trusts_rows or self._frame_is_whole()
        output = "".join(self._output)
        self._output.clear()
        return output

    def _frame_is_whole(self) -> bool:
        """Whether the frame has drawn every cell of the terminal."""
        rows = range(self._height)
        return all(self._drawn_to.get(row, 0) >= self._width for row in rows) and bool(rows)

    def _draw_frame(self, frame: list[str]) -> None:
        """Draw the parts of a frame: row, column, what is drawn there, and so on."""
        last = len(frame) - 3
        for index in range(0, len(frame), 3):
            row, column, content = frame[index : index + 3]
            place = int(row or 1) - 1, int(column or 1) - 1
            if self._app_style_left:
                self._pass_on(f"\x1b[{row};{column or ''}H{content}")
            elif index == last:
                # The cursor is to stay where the content leaves it.
                self._draw_unknown(place, content)
            elif content:
                if content.endswith("\n") and place[0] < self._height - 1:
                    # A line feed, whose effect the next position undoes.
                    content = content[:-1]
                self._draw(place, content)

    def _draw(self, place: tuple[int, int], content: str) -> None:
        """Draw what comes after one position, when another position follows."""
        row, column = place
        known = self._rows.setdefault(row, KnownRow(row))
        if known.drawn.get(column) == content:
            return
        text, styles = self._segments.cells(content)
        end = column + len(text)
        if text and row < self._height and end <= self._width:
            if column < self._waits_to.get(row, 0):
                self._write_runs()
            self._runs += known.draw(column, text, styles)
            self._waits_to[row] = end
            known.drawn[column] = content
        else:
            end = self._width if self._draw_unknown(place, content) else 0
        if column <= self._drawn_to.get(row, 0) < end:
            self._drawn_to[row] = end

    def _draw_unknown(self, place: tuple[int, int], content: str) -> bool:
        """Pass on what is drawn at a position, and forget what it may have changed.

        Returns:
            Whether that is all in one row.
        """
        self._write_runs()
        self._move(place)
        if not content:
            return True
        if not _WITHIN_A_ROW.fullmatch(content) or _leaves_style(content, before=False):
            self._pass_on(content)
            return False
        self._put_plain()
        self._output.append(self._painting.passed(content))
        self._pen = Pen()
        row, column = place
        if row >= self._height or column >= self._width:
            # Made for a larger terminal: it was drawn somewhere else.
            self.forget()
            return False
        # A combining character changes the cell before it.
        self._rows.setdefault(row, KnownRow(row)).forget_from(max(0, column - 1))
        return True

    def _pass_on(self, data: str) -> None:
        """Pass on what stands at the cursor."""
        if not _NO_CELL_CHANGES.fullmatch(data):
            if not self._app_style_left:
                self._put_plain()
            self._app_style_left = _leaves_style(data, before=self._app_style_left)
            self.forget()
        self._output.append(self._painting.passed(data))

    def _write_runs(self) -> None:
        """Write the cells that have changed up to here."""
        runs = self._runs
        if not runs:
            return
        if _sorting_pays(runs):
            runs.sort(key=lambda run: self._styles.order(run.style))
        output, pen = self._pen.draw(runs, self._rows, self._styles, self._width)
        self._output.append(output)
        self._pen = pen
        runs.clear()
        self._waits_to.clear()

    def _put_plain(self) -> None:
        """Reset the style, as it always is after a segment of the app's."""
        plain = self._styles.plain
        self._output.append(self._styles.change(self._pen.style, plain, blank=False)[0])
        self._pen = Pen(plain, self._pen.cursor)

    def _move(self, place: tuple[int, int]) -> None:
        inside = place[0] < self._height and place[1] < self._width
        # A frame made for a larger terminal: the cursor stops at the edge of this one.
        self._output.append(shortest_motion(self._pen.cursor if inside else None, place))
        self._pen = Pen(self._pen.style, place if inside else None)
