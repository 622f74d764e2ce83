"""Give the columns of a CSV file their names: from its header, or by number."""

from dataclasses import dataclass

from nntui.data.csv_cells import is_text
from nntui.data.csv_rows import Rows, place
from nntui.errors import DataError
from nntui.quoting import quoted


@dataclass(frozen=True, eq=False)
class Columns:
    """A CSV file column by column.

    Attributes:
        path: The file, as messages name it.
        names: One name for each column, or none where the file has no header.
        cells: The text of each column, without the header; lists of equal length.
        lines: The line of each row, counted from 1.
    """

    path: str
    names: tuple[str, ...]
    cells: tuple[list[str], ...]
    lines: list[int]

    def place(self, row: int) -> str:
        """Return the file and line of a row, for the start of a message."""
        return place(self.path, self.lines[row])


def name_columns(rows: Rows, header: bool | None) -> Columns:
    """Take the header off the rows, if there is one, and turn rows into columns.

    Args:
        rows: What was read.
        header: Whether the first row holds the columns' names; None to guess.

    Raises:
        DataError: There is nothing below the header, or two columns have one name.
    """
    if header is None:
        header = _looks_like_header(rows.cells[0])
    names = _header_names(rows) if header else ()
    cells, lines = rows.cells[int(header) :], rows.lines[int(header) :]
    if not cells:
        raise DataError(f"{rows.path}: found a header but no rows below it, expected rows.")
    return Columns(
        rows.path, names, tuple(list(column) for column in zip(*cells, strict=True)), lines
    )


def _looks_like_header(cells: list[str]) -> bool:
    """A header is made of words; one cell may be empty, as above the row numbers of a table."""
    words = sum(is_text(cell) for cell in cells)
    empty = cells.count("")
    return words > 0 and words + empty == len(cells) and empty <= 1


def _header_names(rows: Rows) -> tuple[str, ...]:
    names: list[str] = []
    seen: set[str] = set()
    for number, cell in enumerate(rows.cells[0], start=1):
        name = tidy(cell) or f"column_{number}"
        if name in seen:
            raise DataError(
                f"{rows.place(0)}: found two columns named {quoted(name)}, "
                "expected different names."
            )
        seen.add(name)
        names.append(name)
    return tuple(names)


def tidy(cell: str) -> str:
    """Return a cell as a name on one line: runs of spaces and line ends become one space."""
    return " ".join(cell.split())
