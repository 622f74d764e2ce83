"""How a matrix of numbers is laid out on some cells."""

from dataclasses import dataclass

_WIDEST, _HIGHEST = 12, 4
_LEAST_LINES_WITH_HEADER = 6
_BIASES = 1
"""The line of the biases."""

_LINE = 2
"""The half cells of a line."""


@dataclass(frozen=True)
class HeatMapLayout:
    """How a matrix is laid out on some cells.

    Attributes:
        lines: The height of the whole picture, in cells.
        columns: Its width.
        gutter: The cells at the left that the rows' names take; 0 for no names.
        has_header: Whether the neurons' numbers stand above.
        cell_columns: How many cells wide a number is.
        cell_pixels: How many half cells high it is: 1, or an even number.
        gap: How many lines lie between the biases and the other numbers.
    """

    lines: int
    columns: int
    gutter: int
    has_header: bool
    cell_columns: int
    cell_pixels: int
    gap: int

    @property
    def area(self) -> int:
        """How many half cells a number has."""
        return self.cell_columns * self.cell_pixels

    def lines_used(self, rows: int) -> int:
        """Return how many lines so many rows (the biases included) take with all about them."""
        return self.line_of(rows - 1, rows) + _BIASES

    @property
    def first_line(self) -> int:
        """The line in which the first row begins."""
        return int(self.has_header)

    def line_of(self, row: int, rows: int) -> int:
        """Return the line in which a row begins, of so many (the biases included)."""
        last = rows - 1
        if row < last:
            return self.first_line + row * self.cell_pixels // _LINE
        return self.first_line + -(-last * self.cell_pixels // _LINE) + self.gap


def heat_map_room(lines: int, columns: int, gutter: int, *, whole_lines: bool) -> tuple[int, int]:
    """Return how many rows (the biases included) and columns of numbers there is room for.

    Args:
        lines: The height, in cells.
        columns: The width, in cells.
        gutter: How many of them the rows' names take.
        whole_lines: Whether each number takes a line; otherwise two share one.
    """
    lines -= _BIASES + (lines >= _LEAST_LINES_WITH_HEADER)
    rows = lines if whole_lines else _LINE * lines
    return max(rows, 1) + 1, max(columns - gutter, 1)


def heat_map_layout(
    shape: tuple[int, int], lines: int, columns: int, gutter: int, *, whole_lines: bool
) -> HeatMapLayout | None:
    """Make the numbers as large as there is room for; None where they do not fit at all.

    Args:
        shape: How many rows (the biases included) and columns of numbers there are.
        lines: The height, in cells.
        columns: The width, in cells.
        gutter: How many of them the rows' names take.
        whole_lines: As for ``heat_map_room``.
    """
    rows, units = shape[0] - 1, shape[1]
    has_header = lines >= _LEAST_LINES_WITH_HEADER
    room = lines - _BIASES - has_header
    wide = min((columns - gutter) // max(units, 1), _WIDEST)
    high = _LINE * room // max(rows, 1)
    if high >= _LINE:
        high = min(high, _LINE * wide, _HIGHEST) // _LINE * _LINE
    elif whole_lines:
        return None
    else:
        # A flat cell is harder to find than a small one.
        wide = min(wide, _LINE)
    if wide < 1 or high < 1:
        return None
    gap = int(-(-rows * high // _LINE) < room)
    return HeatMapLayout(lines, columns, gutter, has_header, wide, high, gap)


def place_in_heat_map(
    line: int, column: int, shape: tuple[int, int], layout: HeatMapLayout
) -> tuple[int, int] | None:
    """Find the number that is drawn at a cell of the picture.

    Args:
        line: The cell's line.
        column: Its column.
        shape: How many rows (the biases included) and columns of numbers there are.
        layout: From ``heat_map_layout`` for that shape.

    Returns:
        Its row and its column in the matrix; None where there is none.
    """
    rows, units = shape
    unit = (column - layout.gutter) // layout.cell_columns
    if not 0 <= unit < units:
        return None
    if line == layout.line_of(rows - 1, rows):
        return rows - 1, unit
    row = (line - layout.first_line) * _LINE // layout.cell_pixels
    return (row, unit) if 0 <= row < rows - 1 and line >= layout.first_line else None
