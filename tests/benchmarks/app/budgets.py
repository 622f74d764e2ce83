"""Measure the app against its budgets, in a real pseudo-terminal, and print the table.

    python tests/benchmarks/app/budgets.py
    python tests/benchmarks/app/budgets.py --only keys,links --keys 200
    python tests/benchmarks/app/budgets.py --rounds 7 --seconds 5

The terminal is that of the tests (tests/terminal): it takes part in the measuring, so its share of
the processor is told. Nothing else should run on the machine. A figure is the median of some
rounds, and its note tells the least and the most; a frame counts when the picture of the regions
has changed; a key's time ends when the frame that shows its effect is complete.
"""

import argparse
import os
import platform
import sys
import time
from collections.abc import Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2] / "terminal"))

from measurements import MEASUREMENTS, Effort, Figure

HEADS = ("what", "measured", "budget", "kept", "note")


def number(value: float, unit: str) -> str:
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
    rows = [HEADS, *(row(figure) for figure in figures)]
    widths = [max(len(cells[column]) for cells in rows) for column in range(len(HEADS))]
    lines = [
        "| " + " | ".join(cell.ljust(w) for cell, w in zip(cells, widths, strict=True)) + " |"
        for cells in rows
    ]
    lines.insert(1, "|" + "|".join("-" * (width + 2) for width in widths) + "|")
    return "\n".join(lines)


def main() -> int:
    parser = argparse.ArgumentParser(description="The app against its budgets.")
    parser.add_argument("--only", default=",".join(MEASUREMENTS), help="what to measure")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=float, default=1.5, help="of a round")
    parser.add_argument("--keys", type=int, default=60, help="how many are pressed")
    arguments = parser.parse_args()
    names = arguments.only.split(",")
    if unknown := set(names) - set(MEASUREMENTS):
        parser.error(f"found {', '.join(sorted(unknown))}, expected {', '.join(MEASUREMENTS)}")
    effort = Effort(arguments.rounds, arguments.seconds, arguments.keys)
    start, busy, figures = time.perf_counter(), os.getloadavg()[0], []
    for name in names:
        print(f"{name} …", file=sys.stderr, flush=True)
        figures += MEASUREMENTS[name](effort)
    print(table(figures))
    seconds = time.perf_counter() - start
    print(f"\n{platform.platform()}, Python {platform.python_version()}, {os.cpu_count()} cores.")
    print(f"Load before: {busy:.2f} (a figure above 0.5 tells little). Took {seconds:.0f} s.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
