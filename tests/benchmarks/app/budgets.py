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
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2] / "terminal"))

from figures import table
from measurements import MEASUREMENTS, Effort


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
