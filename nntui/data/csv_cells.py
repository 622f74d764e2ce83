"""Turn the text cells of a CSV column into numbers, and say which cell is none."""

import math
import re
from dataclasses import dataclass

import numpy as np

from nntui.data.dataset import BoolArray, FloatArray
from nntui.quoting import quoted

_MISSING = frozenset({"", "na", "n/a", "?", "null", "none"})
_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?", re.ASCII)
_NOT_FINITE = re.compile(r"[+-]?(nan|inf|infinity)", re.IGNORECASE)
_DECIMAL_COMMA = re.compile(r"[+-]?\d+,\d+", re.ASCII)


@dataclass(frozen=True, eq=False)
class Numbers:
    """A column of cells read as numbers.

    Attributes:
        values: float64, shape (rows,); NaN where a cell is missing or is no number.
        missing: Where there is no value, bool, shape (rows,).
        first_bad: The first row whose cell is neither missing nor a finite number, if any.
        is_text: Whether some cell is a word rather than a number, NaN or infinity.
    """

    values: FloatArray
    missing: BoolArray
    first_bad: int | None = None
    is_text: bool = False


def is_missing(cell: str) -> bool:
    """Whether a cell says that there is no value: empty, NA, N/A, ?, null or none."""
    return cell.lower() in _MISSING


def is_nan_or_infinite(cell: str) -> bool:
    """Whether a cell spells out NaN or an infinity."""
    return _NOT_FINITE.fullmatch(cell) is not None


def is_text(cell: str) -> bool:
    """Whether a cell holds a word: it is not missing, not a number, not NaN or infinity."""
    return not (is_missing(cell) or _NUMBER.fullmatch(cell) or is_nan_or_infinite(cell))


def read_numbers(cells: list[str]) -> Numbers:
    """Read a column of cells as numbers.

    A number is written as in ``-12``, ``3.5``, ``.5`` or ``1e-3``; Python's other spellings, such
    as ``1_000`` or the digits of other scripts, are text.
    """
    values = _read_clean(cells)
    if values is not None:
        return Numbers(values, np.zeros(len(cells), dtype=np.bool_))
    values = np.full(len(cells), np.nan)
    missing = np.array([is_missing(cell) for cell in cells], dtype=np.bool_)
    first_bad: int | None = None
    found_text = False
    for row, cell in enumerate(cells):
        if missing[row]:
            continue
        number = float(cell) if _NUMBER.fullmatch(cell) else math.nan
        if math.isfinite(number):
            values[row] = number
        else:
            first_bad = row if first_bad is None else first_bad
            found_text = found_text or is_text(cell)
    return Numbers(values, missing, first_bad, found_text)


def _read_clean(cells: list[str]) -> FloatArray | None:
    """Read a column in which every cell is a number, many times faster; None where one is not."""
    everything = ",".join(cells)
    if "_" in everything or not everything.isascii():
        return None
    try:
        values = np.fromiter(map(float, cells), np.float64, len(cells))
    except ValueError:
        return None
    return values if bool(np.isfinite(values).all()) else None


def complaint(cell: str) -> str:
    """Say what is wrong with a cell that should have been a number."""
    if _NUMBER.fullmatch(cell):
        return f"{quoted(cell)} is too large, expected a number below 1.8e308"
    if is_nan_or_infinite(cell):
        return f"found {quoted(cell)}, expected a finite number (or an empty cell: a missing value)"
    if _DECIMAL_COMMA.fullmatch(cell):
        return f"found {quoted(cell)}, expected a number with a decimal point"
    return f"found {quoted(cell)}, expected a number"
