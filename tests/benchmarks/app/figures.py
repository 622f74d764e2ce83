"""A measured figure, its budget, and the table that tells both."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import quantiles

HEADS = ("what", "measured", "budget", "kept", "note")


@dataclass(frozen=True)
class Figure:
    """One line of the table.

    Attributes:
        what: What was measured.
        value: The result.
        unit: Its unit.
        most: What it may be at most; None where the least counts, or nothing is stated.
        least: What it has to be at least.
        note: More about it.
    """

    what: str
    value: float
    unit: str
    most: float | None = None
    least: float | None = None
    note: str = ""

    @property
    def is_met(self) -> bool | None:
        """Whether the budget is kept; None where there is none."""
        if self.most is not None:
            return self.value <= self.most
        return None if self.least is None else self.value >= self.least


def percentiles(
    what: str,
    times: list[float],
    *,
    p50: float | None = None,
    p95: float | None = None,
    note: str = "",
) -> Iterator[Figure]:
    """Give the middle and the slow end of times, in ms."""
    cuts = quantiles([1000 * t for t in times], n=100, method="inclusive")
    yield Figure(f"{what}, p50", cuts[49], "ms", most=p50, note=note or f"{len(times)} keys")
    yield Figure(f"{what}, p95", cuts[94], "ms", most=p95)
    if len(times) >= 50:
        yield Figure(f"{what}, p99", cuts[98], "ms")


def spread(values: list[float]) -> str:
    """Tell the least and the most of several rounds."""
    low, high = (f"{v:,.0f}" if v >= 100 else f"{v:.3g}" for v in (min(values), max(values)))
    return f"{low} to {high}"


def number(value: float, unit: str) -> str:
    """Write a value with as many digits as it deserves."""
    digits = 0 if value >= 1000 else 1 if value >= 10 else 2
    return f"{value:,.{digits}f} {unit}".strip()


def row(figure: Figure) -> tuple[str, ...]:
    """Write one line of the table."""
    budget = ""
    if figure.most is not None:
        budget = f"≤ {number(figure.most, figure.unit)}"
    elif figure.least is not None:
        budget = f"≥ {number(figure.least, figure.unit)}"
    kept = {True: "yes", False: "NO", None: ""}[figure.is_met]
    return figure.what, number(figure.value, figure.unit), budget, kept, figure.note


def table(figures: Sequence[Figure]) -> str:
    """Lay out the figures (Markdown)."""
    return laid_out([HEADS, *(row(figure) for figure in figures)])


def laid_out(rows: Sequence[Sequence[str]]) -> str:
    """Lay out rows of text, the heads first (Markdown)."""
    widths = [max(len(cells[column]) for cells in rows) for column in range(len(rows[0]))]
    lines = [
        "| " + " | ".join(cell.ljust(w) for cell, w in zip(cells, widths, strict=True)) + " |"
        for cells in rows
    ]
    lines.insert(1, "|" + "|".join("-" * (width + 2) for width in widths) + "|")
    return "\n".join(lines)
