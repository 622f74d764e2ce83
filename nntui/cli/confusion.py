"""The confusion matrix as text."""

from typing import Any

from numpy.typing import NDArray
from rich.cells import cell_len, set_cell_size

from nntui.quoting import printable

_WIDTH = 80
_LONGEST_NAME = 16


def confusion_lines(counts: NDArray[Any], class_names: tuple[str, ...], part: str) -> list[str]:
    """Lay out which class was taken for which.

    Args:
        counts: (classes, classes): rows are actual, columns predicted classes.
        class_names: The name of each class.
        part: Which points were counted, such as "test".
    """
    names = [_cut(printable(name)) for name in class_names]
    rows: list[list[int]] = counts.tolist()
    widest_number = max(len(f"{count:,}") for row in rows for count in row)
    headings = names
    if _total_width(names, headings, widest_number) > _WIDTH:
        # Names too wide to stand side by side get numbers, which their rows explain.
        headings = [str(number) for number in range(1, len(names) + 1)]
        names = [f"{number} {name}" for number, name in zip(headings, names, strict=True)]
    first = max(map(cell_len, names)) + 4
    widths = [max(cell_len(heading), widest_number) + 2 for heading in headings]
    lines = [
        f"  {part} points: each row a true class, each column what was predicted",
        " " * first
        + "".join(_right(heading, width) for heading, width in zip(headings, widths, strict=True)),
    ]
    for name, row in zip(names, rows, strict=True):
        numbers = "".join(
            f"{count:>{width},}" if count else f"{'·':>{width}}"
            for count, width in zip(row, widths, strict=True)
        )
        lines.append("  " + set_cell_size(name, first - 2) + numbers)
    return lines


def _total_width(names: list[str], headings: list[str], widest_number: int) -> int:
    columns = sum(max(cell_len(heading), widest_number) + 2 for heading in headings)
    return max(map(cell_len, names)) + 4 + columns


def _cut(name: str) -> str:
    """Shorten a name; characters of two columns count as such."""
    if cell_len(name) <= _LONGEST_NAME:
        return name
    return set_cell_size(name, _LONGEST_NAME - 1).rstrip() + "…"


def _right(text: str, width: int) -> str:
    return " " * (width - cell_len(text)) + text
