"""Read a data set from a CSV file, guessing what the user has not said."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from nntui.data.csv_cells import Numbers, complaint, read_numbers
from nntui.data.csv_columns import Columns, name_columns
from nntui.data.csv_rows import read_rows
from nntui.data.dataset import Dataset, FloatArray
from nntui.data.facts import Task
from nntui.data.label import choose_label, read_label
from nntui.errors import DataError, did_you_mean
from nntui.quoting import listed, quoted

_LEAST_ROWS = 2


def read_table(
    path: str | Path,
    *,
    label: str | None = None,
    header: bool | None = None,
    task: Task | None = None,
    columns: Sequence[str] = (),
) -> Dataset:
    """Read a CSV file as a data set.

    The delimiter is a comma, semicolon or tab, whichever fits. Rows in which a used column has no
    value (an empty cell, NA, N/A, ?, null or none) are dropped and counted.

    Args:
        path: A file of UTF-8 text.
        label: The name of the column to predict, or its number from 1 where the file has no
            header. None takes a column with a usual name (label, class, target, species, y...),
            else the only column of text, else the last.
        header: Whether the first row holds the columns' names. None takes it for a header where
            it holds words only.
        task: Whether the label is a class or a number. None takes text and whole numbers for
            classes, unless there are very many different ones; all other numbers are predicted.
        columns: The names of the input columns (``x1``, ``x2``... counted without the label where
            the file has no header). Empty: all but the label.

    Raises:
        DataError: The file cannot be read or used; the message names the file and the line.
    """
    path = Path(path)
    table = name_columns(read_rows(path), header)
    numbers = [read_numbers(cells) for cells in table.cells]
    label_index = choose_label(table, [column.is_text for column in numbers], label)
    names, indices = _choose_inputs(table, label_index, columns)
    keep = _complete_rows(table, numbers, [label_index, *indices])
    inputs = np.empty((len(keep), len(indices)))
    for position, index in enumerate(indices):
        _check_numbers(table, index, names[position], numbers[index])
        inputs[:, position] = numbers[index].values[keep]
    target = read_label(table, label_index, numbers[label_index], keep, task)
    return Dataset(
        name=path.name,
        inputs=inputs,
        targets=target.values,
        input_names=names,
        class_names=target.class_names,
        target_name=target.name,
        dropped_rows=len(table.lines) - len(keep),
    )


def read_points(
    path: str | Path, input_names: Sequence[str], *, header: bool | None = None
) -> FloatArray:
    """Read the points of a CSV file for which something is to be predicted.

    Args:
        path: A file of UTF-8 text. With a header its columns may stand in any order, and others
            are ignored; without one there must be just as many columns as names.
        input_names: The raw columns that are needed, in order.
        header: Whether the first row holds the columns' names; None to guess.

    Returns:
        The raw inputs, float64, shape (points, columns); NaN where a value is missing.

    Raises:
        DataError: The file cannot be read, lacks a column, or a cell is not a number; the message
            names the file and the line.
    """
    table = name_columns(read_rows(Path(path)), header)
    points = np.empty((len(table.lines), len(input_names)))
    for position, index in enumerate(_find_columns(table, tuple(input_names))):
        numbers = read_numbers(table.cells[index])
        name = input_names[position]
        _check_numbers(table, index, name, numbers, may_choose=False)
        points[:, position] = numbers.values
    return points


def _find_columns(table: Columns, input_names: tuple[str, ...]) -> list[int]:
    if not table.names:
        if len(table.cells) != len(input_names):
            raise DataError(
                f"{table.path}: found {len(table.cells)} columns and no header, expected "
                f"{len(input_names)}: {listed(input_names)}."
            )
        return list(range(len(input_names)))
    missing = tuple(name for name in input_names if name not in table.names)
    if missing:
        raise DataError(
            f"{table.path}: columns not found: {listed(missing)}. "
            f"The file has: {listed(table.names)}."
        )
    return [table.names.index(name) for name in input_names]


def _choose_inputs(
    table: Columns, label_index: int, columns: Sequence[str]
) -> tuple[tuple[str, ...], list[int]]:
    """Return the names of the input columns and where they stand in the file."""
    indices = [index for index in range(len(table.cells)) if index != label_index]
    names = tuple(table.names[index] for index in indices) if table.names else ()
    names = names or tuple(f"x{number}" for number in range(1, len(indices) + 1))
    if not indices:
        raise DataError(
            f"{table.path}: found only one column, expected inputs and a label "
            f"(columns apart by commas, semicolons or tabs)."
        )
    if not columns:
        return names, indices
    for position, name in enumerate(columns):
        if table.names and name == table.names[label_index]:
            raise DataError(f"data.columns: {quoted(name)} is the label, it cannot be an input.")
        if name not in names:
            raise DataError(
                f"data.columns: {table.path} has no input column {quoted(name)}."
                f"{did_you_mean(name, names)} Its columns: {listed(names)}."
            )
        if name in columns[:position]:
            raise DataError(f"data.columns: {quoted(name)} is named twice.")
    return tuple(columns), [indices[names.index(name)] for name in columns]


def _complete_rows(table: Columns, numbers: list[Numbers], used: list[int]) -> list[int]:
    """Return the rows without a missing value in any of the used columns."""
    rows = len(table.lines)
    if rows < _LEAST_ROWS:
        raise DataError(f"{table.path}: found only one row, expected at least {_LEAST_ROWS}.")
    incomplete = np.zeros(rows, dtype=np.bool_)
    for index in used:
        incomplete |= numbers[index].missing
    keep: list[int] = np.flatnonzero(~incomplete).tolist()
    if len(keep) < _LEAST_ROWS:
        empty = [index for index in used if numbers[index].missing.all()]
        names = tuple(table.names[index] if table.names else str(index + 1) for index in empty)
        all_missing = f" All values are missing in the column {listed(names)}." if names else ""
        raise DataError(
            f"{table.path}: found {rows} rows, {len(keep)} of them without missing values, "
            f"expected at least {_LEAST_ROWS}.{all_missing} data.columns can leave a column out."
        )
    return keep


def _check_numbers(
    table: Columns, index: int, name: str, numbers: Numbers, *, may_choose: bool = True
) -> None:
    """Refuse a column with a cell that is no number; say how to leave it out, if one may."""
    row = numbers.first_bad
    if row is None:
        return
    cell = table.cells[index][row]
    hint = " data.columns can leave the column out." if numbers.is_text and may_choose else ""
    raise DataError(f"{table.place(row)}: column {quoted(name)}: {complaint(cell)}.{hint}")
