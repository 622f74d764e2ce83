"""Find the label column of a table and read it: as classes, or as numbers to predict."""

import math
from dataclasses import dataclass

import numpy as np

from nntui.data.csv_cells import Numbers, complaint, is_nan_or_infinite
from nntui.data.csv_columns import Columns, tidy
from nntui.data.dataset import FloatArray, IntArray
from nntui.data.facts import Task
from nntui.errors import DataError, did_you_mean
from nntui.quoting import listed, quoted

_USUAL_NAMES = (
    "label",
    "labels",
    "class",
    "target",
    "species",
    "category",
    "outcome",
    "diagnosis",
)
_FEW_CLASSES = 20
_VERY_FEW_CLASSES = 5
_LEAST_CLASSES = 2
_LAST_EXACT = 2.0**53


@dataclass(frozen=True, eq=False)
class Label:
    """What a table wants predicted.

    Attributes:
        name: What the label is called.
        values: Class numbers, int64, or values, float64; shape (kept rows,).
        class_names: The names of the classes; empty for numbers.
    """

    name: str
    values: FloatArray | IntArray
    class_names: tuple[str, ...] = ()


def choose_label(table: Columns, text_columns: list[bool], label: str | None) -> int:
    """Return the position of the label column, counted from 0.

    Args:
        table: The file.
        text_columns: Of each column, whether it holds words.
        label: What the user has said, a name or a number from 1; None to guess.

    Raises:
        DataError: There is no such column.
    """
    if label is not None:
        return _named_label(table, label)
    for usual in _USUAL_NAMES:
        for index, name in enumerate(table.names):
            if name.lower() == usual:
                return index
    if text_columns.count(True) == 1:
        return text_columns.index(True)
    names = [name.lower() for name in table.names]
    if "y" in names and "x" not in names:  # Beside an x it is a coordinate.
        return names.index("y")
    return len(table.cells) - 1


def _named_label(table: Columns, label: str) -> int:
    if table.names:
        if label in table.names:
            return table.names.index(label)
        by_number = (
            " Only a file without a header has columns by number." if _is_number(label) else ""
        )
        raise DataError(
            f"data.label: {table.path} has no column {quoted(label)}."
            f"{did_you_mean(label, table.names)} Its columns: {listed(table.names)}.{by_number}"
        )
    count = len(table.cells)
    if _is_number(label) and len(label) < len(str(count)) + 1:
        number = int(label)
        if 1 <= number <= count:
            return number - 1
    raise DataError(
        f"data.label: found {quoted(label)}, but {table.path} has no header: expected the column's "
        f"number, from 1 to {count} (or data.header = true)."
    )


def _is_number(label: str) -> bool:
    return label.isascii() and label.isdigit()


def read_label(
    table: Columns, index: int, numbers: Numbers, keep: list[int], task: Task | None
) -> Label:
    """Read the label column of the rows that are kept.

    Args:
        table: The file.
        index: Where the label stands, counted from 0.
        numbers: The label column read as numbers.
        keep: The rows that are kept.
        task: What the user has said; None to guess.

    Raises:
        DataError: There is only one class, or a cell does not fit the task.
    """
    kept = numbers.values[keep]
    if task is None:
        task = "classification" if numbers.is_text or _are_classes(kept) else "regression"
    default_name = "label" if task == "classification" else "target"
    name = table.names[index] if table.names else default_name
    bad = numbers.first_bad
    if bad is not None and (task == "regression" or not numbers.is_text):
        hint = ' It is the label: data.task = "classification" makes classes of words.'
        raise DataError(
            f"{table.place(bad)}: column {quoted(name)}: {complaint(table.cells[index][bad])}."
            f"{hint if numbers.is_text else ''}"
        )
    if task == "regression":
        return Label(name, kept)
    # Floating-point numbers this large run into each other; as texts they stay apart.
    as_texts = numbers.is_text or bool((np.abs(kept) >= _LAST_EXACT).any())
    class_names, classes = _text_classes(table, index, keep) if as_texts else _number_classes(kept)
    if len(class_names) < _LEAST_CLASSES:
        raise DataError(
            f"{table.path}: the label column {quoted(name)} has only one class, "
            f"{listed(class_names)}, expected at least two."
        )
    return Label(name, classes, class_names)


def _are_classes(values: FloatArray) -> bool:
    """Whether numbers look like classes: whole, and few different ones for so many rows."""
    if bool((values != np.floor(values)).any()):
        return False
    different = len(np.unique(values))
    many = different > max(_FEW_CLASSES, math.sqrt(len(values)))
    nearly_all_different = different > _VERY_FEW_CLASSES and different > len(values) / 2
    return not (many or nearly_all_different)


def _number_classes(values: FloatArray) -> tuple[tuple[str, ...], IntArray]:
    different, classes = np.unique(values, return_inverse=True)
    return tuple(_number_name(float(value)) for value in different), classes.astype(np.int64)


def _number_name(value: float) -> str:
    return str(int(value)) if value.is_integer() else str(value)


def _text_classes(table: Columns, index: int, keep: list[int]) -> tuple[tuple[str, ...], IntArray]:
    kept = [tidy(table.cells[index][row]) for row in keep]
    names = tuple(sorted(set(kept)))
    for name in names:
        if is_nan_or_infinite(name):
            row = keep[kept.index(name)]
            raise DataError(f"{table.place(row)}: the label: {complaint(name)}.")
    number = {name: position for position, name in enumerate(names)}
    return names, np.array([number[name] for name in kept], dtype=np.int64)
