"""Read a CSV file into rows of text cells, with a bound on what is held in memory.

A file that is no CSV at all (a picture, a device, a line of 200 MB) is refused early and by name.
"""

import contextlib
import csv
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import IO

from nntui.errors import DataError
from nntui.files import reason_of, why_unreadable
from nntui.quoting import CONTROL, printable, quoted

_LONGEST_LINE = 1_000_000
_LINES_TO_GUESS_FROM = 20
_UTF8_BOM = b"\xef\xbb\xbf"
# The comma comes last: with "1,5;2,5" it would do as well as the semicolon, and be wrong.
_DELIMITERS = ("\t", ";", ",")


@dataclass(frozen=True, eq=False)
class Rows:
    """The rows of a CSV file that are not blank, as text.

    Attributes:
        path: The file, as messages name it.
        cells: One list of stripped cells for each row; all of the same length.
        lines: The line on which each row starts, counted from 1.
    """

    path: str
    cells: list[list[str]]
    lines: list[int]

    def place(self, row: int) -> str:
        """Return the file and line of a row, for the start of a message."""
        return place(self.path, self.lines[row])


def place(path: str, line: int) -> str:
    """Return a file and line, for the start of a message."""
    return f"{path}, line {line}"


def read_rows(path: Path) -> Rows:
    """Read a CSV file; the delimiter (comma, semicolon or tab) is guessed.

    Args:
        path: A regular file of UTF-8 text, with or without byte order mark.

    Raises:
        DataError: The file cannot be read, is not text, has no rows, or has rows of different
            lengths; the message names the line.
    """
    shown = printable(str(path))
    if why := why_unreadable(path, "a CSV file"):
        raise DataError(f"{shown}: {why}.")
    try:
        with path.open("rb") as file:
            return _parse(file, shown)
    except OSError as error:
        raise DataError(f"{shown}: cannot be read: {reason_of(error)}.") from None


def _parse(file: IO[bytes], path: str) -> Rows:
    first_lines = list(islice(_text_lines(file, path), _LINES_TO_GUESS_FROM))
    delimiter = _guess_delimiter(first_lines)
    file.seek(0)
    reader = csv.reader(
        _text_lines(file, path), delimiter=delimiter, skipinitialspace=True, strict=True
    )
    rows = Rows(path, [], [])
    start = 1
    try:
        for cells in reader:
            stripped = [cell.strip() for cell in cells]
            if len(stripped) > 1 or any(stripped):  # else the line is blank
                rows.cells.append(stripped)
                rows.lines.append(start)
                _check_length(rows)
            start = reader.line_num + 1
    except csv.Error as error:
        raise DataError(
            f"{place(path, start)}: the row that starts here is not CSV: {printable(str(error))}. "
            f"Is a quotation mark missing?"
        ) from None
    if not rows.cells:
        raise DataError(f"{path}: the file is empty, expected rows of numbers.")
    return rows


def _check_length(rows: Rows) -> None:
    found, expected = len(rows.cells[-1]), len(rows.cells[0])
    if found != expected:
        raise DataError(
            f"{rows.place(-1)}: found {found} cell{'s' if found != 1 else ''}, expected {expected} "
            f"as in line {rows.lines[0]}."
        )


def _text_lines(file: IO[bytes], path: str) -> Iterator[str]:
    """Yield the lines of a file as text, each checked, never more than one megabyte at once."""
    number = 0
    while line := file.readline(_LONGEST_LINE + 1):
        if number == 0:
            line = line.removeprefix(_UTF8_BOM)
        # Only a file with the line ends of old Macs has more than one line here.
        for part in line.splitlines(keepends=True):
            number += 1
            text = _decoded(part, place(path, number))
            if len(line) > _LONGEST_LINE:
                raise DataError(
                    f"{place(path, number)}: the line is longer than "
                    f"{_LONGEST_LINE:,} bytes, expected rows of a CSV file."
                )
            yield text


def _decoded(line: bytes, where: str) -> str:
    """Return a line as text, or say which byte of it is not."""
    # A cut at the bound may fall inside a character: that line is too long, not badly encoded.
    errors = "ignore" if len(line) > _LONGEST_LINE else "strict"
    try:
        text = line.decode("utf-8", errors)
    except UnicodeDecodeError as error:
        raise DataError(
            f"{where}: found the byte 0x{line[error.start]:02x}, expected UTF-8 text. "
            f"Save the table as CSV in UTF-8."
        ) from None
    if text.rstrip("\r\n").isprintable():  # nearly every line, and quick to see
        return text
    if found := CONTROL.search(text):
        raise DataError(
            f"{where}: found the control character {quoted(found.group())}, expected text. "
            f"Is this a CSV file?"
        )
    return text


def _guess_delimiter(lines: list[str]) -> str:
    """Choose the delimiter that cuts the first lines into equally many cells, two or more."""
    widths = {delimiter: _widths(lines, delimiter) for delimiter in _DELIMITERS}
    for delimiter, found in widths.items():
        if len(found) > 0 and min(found) > 1 and len(set(found)) == 1:
            return delimiter
    return max(reversed(_DELIMITERS), key=lambda delimiter: sum(widths[delimiter]))


def _widths(lines: list[str], delimiter: str) -> list[int]:
    """Count the cells of each row; stop where quotes are left open by the last line."""
    reader = csv.reader(lines, delimiter=delimiter, skipinitialspace=True)
    widths: list[int] = []
    with contextlib.suppress(csv.Error):
        widths.extend(len(row) for row in reader if row)
    return widths
