"""Where the rows of a form stand: in as many columns of text as fit. Pure functions."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

LEAST_COLUMN_WIDTH = 20
"""A label, a space and a short value."""

MOST_COLUMN_WIDTH = 40
"""Beyond it the eye loses the way from a label to its value."""

_LIKED_COLUMN_WIDTH = 34
"""A label and a long value."""

_GAP = 1
_HEADING_AND_LINE = 2
_LEAST_ROWS_FOR_HEADINGS = 8


@dataclass(frozen=True)
class Spot:
    """Where one line of a form stands.

    Attributes:
        row: The line on the screen, counted from 0.
        column: The first column on the screen.
        width: How many columns it has.
        index: The number of the setting; for a heading, of the setting below it.
        heading: The heading; empty for a setting.
    """

    row: int
    column: int
    width: int
    index: int
    heading: str = ""


@dataclass(frozen=True)
class Flow:
    """The lines that are to be seen.

    Attributes:
        spots: Where they stand.
        hidden_before: How many settings come before them.
        hidden_after: How many settings come after them.
    """

    spots: tuple[Spot, ...]
    hidden_before: int
    hidden_after: int

    def index_at(self, row: int, column: int) -> int | None:
        """Tell which setting stands at a place, if any does."""
        for spot in self.spots:
            inside = spot.row == row and spot.column <= column < spot.column + spot.width
            if inside and not spot.heading:
                return spot.index
        return None


@dataclass(frozen=True)
class _Line:
    index: int
    heading: str = ""


def flow(groups: Sequence[str], columns: int, rows: int, cursor: int) -> Flow:
    """Lay settings out, one below the other and column after column.

    With one column of text the lines scroll by one; with more, whole columns move, so that
    each setting keeps its neighbours. The setting under the cursor is always to be seen.

    Args:
        groups: The group of each setting, equal ones beside each other.
        columns: The width there is.
        rows: The height there is.
        cursor: The number of the setting under the cursor.

    Example:
        >>> [spot.row for spot in flow(["A", "A"], columns=20, rows=2, cursor=0).spots]
        [0, 1]
    """
    if not groups or rows <= 0 or columns <= 0:
        return Flow((), 0, len(groups))
    most = max((columns + _GAP) // (LEAST_COLUMN_WIDTH + _GAP), 1)
    liked = max((columns + _GAP) // (_LIKED_COLUMN_WIDTH + _GAP), 1)
    blocks = _blocks(tuple(groups), rows, liked, most)
    count = min(max(len(blocks), 1), most)
    width = min((columns + _GAP) // count - _GAP, MOST_COLUMN_WIDTH)
    first = _first_block(blocks, count, cursor)
    shown = blocks[first : first + count]
    if len(shown) == 1:
        shown = [_window(shown[0], rows, cursor)]
    spots = tuple(
        Spot(row, place * (width + _GAP), width, line.index, line.heading)
        for place, block in enumerate(shown)
        for row, line in enumerate(block)
    )
    seen = [spot.index for spot in spots if not spot.heading]
    return Flow(spots, seen[0], len(groups) - 1 - seen[-1])


def single_column(count: int, columns: int, rows: int, cursor: int) -> Flow:
    """Lay settings without headings out, one below the other, as ``flow`` does."""
    if not count or rows <= 0 or columns <= 0:
        return Flow((), 0, count)
    shown = _window([_Line(index) for index in range(count)], rows, cursor)
    spots = tuple(Spot(row, 0, columns, line.index) for row, line in enumerate(shown))
    return Flow(spots, shown[0].index, count - 1 - shown[-1].index)


@lru_cache(maxsize=32)
def _blocks(groups: tuple[str, ...], rows: int, liked: int, most: int) -> list[list[_Line]]:
    """Cut the lines into columns; with headings where there is room for them.

    Args:
        groups: The group of each setting.
        rows: The height there is.
        liked: How many columns leave room for long values.
        most: How many columns fit at all.
    """
    plain, headed = [_Line(index) for index in range(len(groups))], _headed(groups)
    if most == 1:
        return [headed if rows >= _LEAST_ROWS_FOR_HEADINGS else plain]
    for count in range(liked, most + 1):
        if blocks := _balanced(headed, rows, count):
            return blocks
    cut, bare = _cut(headed, rows), _cut(plain, rows)
    is_high = rows >= 2 * _LEAST_ROWS_FOR_HEADINGS
    return cut if is_high or len(cut) == len(bare) else bare


def _balanced(lines: list[_Line], rows: int, count: int) -> list[list[_Line]] | None:
    """Cut the lines into columns of about the same height, each group in one piece if possible.

    Returns:
        The columns; None where so many do not hold the lines.
    """
    largest = max(_sizes(lines).values())
    for least in (largest, _HEADING_AND_LINE):
        for height in range(least, rows + 1):
            blocks = _cut(lines, height, are_whole=least == largest)
            if len(blocks) <= count:
                return blocks
    return None


def _headed(groups: Sequence[str]) -> list[_Line]:
    lines: list[_Line] = []
    for index, group in enumerate(groups):
        if not index or groups[index - 1] != group:
            lines.append(_Line(index, group))
        lines.append(_Line(index))
    return lines


def _cut(lines: list[_Line], rows: int, *, are_whole: bool = False) -> list[list[_Line]]:
    blocks: list[list[_Line]] = [[]]
    sizes = _sizes(lines) if are_whole else {}
    for place, line in enumerate(lines):
        # A heading at the foot of a column would stand above nothing.
        needed = sizes.get(place, _HEADING_AND_LINE if line.heading else 1)
        if blocks[-1] and min(needed, rows) > rows - len(blocks[-1]):
            blocks.append([])
        blocks[-1].append(line)
    return blocks


def _sizes(lines: list[_Line]) -> dict[int, int]:
    """Tell how many lines each group has, by the place of its heading."""
    places = [place for place, line in enumerate(lines) if line.heading]
    return {place: end - place for place, end in pairwise([*places, len(lines)])}


def _first_block(blocks: list[list[_Line]], count: int, cursor: int) -> int:
    place = next(
        (
            number
            for number, block in enumerate(blocks)
            if any(line.index == cursor and not line.heading for line in block)
        ),
        0,
    )
    return max(place - count + 1, 0)


def _window(block: list[_Line], rows: int, cursor: int) -> list[_Line]:
    """Cut the visible part out of a single column, with some lines around the cursor."""
    place = next(
        (n for n, line in enumerate(block) if line.index == cursor and not line.heading), 0
    )
    first = min(max(place - rows // 2, 0), max(len(block) - rows, 0))
    return block[first : first + rows]
