"""What stands on one page, before it is put into the order of the walk."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nntui.explain.page import CallLine, Formula, Table


@dataclass(frozen=True, eq=False)
class Body:
    """What a stage tells; see ``Page`` for each.

    Attributes:
        about: One or two plain sentences.
        shapes: What goes in and comes out.
        formulas: The formulas.
        rows: The neurons, inputs or points.
        terms: The parts of the number under the cursor.
        calls: The calls.
        verdict: What came of it.
    """

    about: str
    shapes: tuple[str, ...]
    formulas: tuple[Formula, ...]
    rows: Table
    terms: Table | None
    calls: tuple[CallLine, ...]
    verdict: str = ""


def table(
    title: str,
    labels: Sequence[str],
    columns: Sequence[tuple[str, NDArray[Any] | None]],
    cursor: int,
) -> Table:
    """Make a table of columns; one that is None has no numbers.

    Args:
        title: What the rows are.
        labels: Of the rows.
        columns: The heading and the numbers, (rows,), of each.
        cursor: The row under the cursor.
    """
    numbers = np.full((len(labels), len(columns)), np.nan)
    for place, (_, column) in enumerate(columns):
        if column is not None:
            numbers[: len(column), place] = column
    numbers += 0.0  # −0 reads as 0.
    return Table(title, tuple(heading for heading, _ in columns), tuple(labels), numbers, cursor)
