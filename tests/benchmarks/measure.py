"""Measure how many steps a second every contestant trains, and print the table.

    python tests/benchmarks/measure.py
    python tests/benchmarks/measure.py --workloads W1,W3 --rounds 7 --seconds 0.5

All contestants of a workload take turns in every round, in one process and on one thread, with
the same data and the same initial weights. A ratio is the median over the rounds of nntui's
steps a second over the other's in the same round, so that a slow moment of the machine counts
for both. Making data, networks and compiled code is not measured.
"""

import argparse
import os

# Before numpy is imported: the libraries read these once.
os.environ.update(
    {
        "OPENBLAS_NUM_THREADS": "1",
        "OMP_NUM_THREADS": "1",
        "MKL_NUM_THREADS": "1",
        "VECLIB_MAXIMUM_THREADS": "1",
        "JAX_PLATFORMS": "cpu",
        "NPROC": "1",  # the size of JAX's pool of threads
    }
)

import time
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median

import contestant
import naive
import rivals
from workloads import (
    WORKLOADS,
    Contestant,
    Data,
    Weights,
    Workload,
    make_data,
    make_weights,
    mean_loss,
)

Prepare = Callable[[Workload, Data, Weights], list[Contestant]]

PREPARE: dict[str, Prepare] = {
    "nntui": contestant.prepare,
    "naive": naive.prepare,
    "PyTorch": rivals.prepare_pytorch,
    "JAX": rivals.prepare_jax,
    "scikit-learn": rivals.prepare_sklearn,
}
COLUMNS = ("work", "nntui", "naive", "ratio (goal)", "PyTorch", "ratio (goal)", "form")
OTHERS = ("by-hand PyTorch", "JAX", "scikit-learn")


@dataclass(frozen=True)
class Result:
    """Steps a second of each contestant of one workload, one number a round."""

    workload: Workload
    rates: dict[str, list[float]]

    def best(self, family: str) -> str | None:
        """Name the fastest contestant whose name begins with the family's."""
        names = [name for name in self.rates if name.startswith(family)]
        return max(names, key=lambda name: median(self.rates[name]), default=None)

    def ratio(self, name: str) -> float | None:
        """Compare nntui with another round by round; None without nntui."""
        if "nntui" not in self.rates:
            return None
        rounds = zip(self.rates["nntui"], self.rates[name], strict=True)
        return median(ours / theirs for ours, theirs in rounds)


def missing() -> dict[str, str]:
    """Find the families that cannot take part, each with the reason."""
    smallest = WORKLOADS[0]
    data, weights = make_data(smallest), make_weights(smallest)
    reasons = {}
    for family, prepare in PREPARE.items():
        try:
            prepare(smallest, data, weights)
        except ImportError as error:
            reasons[family] = str(error)
    return reasons


def contestants(workload: Workload, families: list[str]) -> tuple[Data, list[Contestant]]:
    """Make every contestant of these families for one workload."""
    data, weights = make_data(workload), make_weights(workload)
    made = [c for family in families for c in PREPARE[family](workload, data, weights)]
    return data, made


def rate(run: Callable[[int], int], steps: int) -> float:
    start = time.perf_counter()
    done = run(steps)
    return done / (time.perf_counter() - start)


def steps_for(run: Callable[[int], int], seconds: float) -> int:
    """Find how many steps take so many seconds, by trying; this also warms up."""
    steps, found = 4, 0.0
    while steps < found * seconds / 4 or not found:
        steps = max(steps, int(found * seconds / 4))
        found = rate(run, steps)
    return max(1, int(found * seconds))


def measure(workload: Workload, families: list[str], rounds: int, seconds: float) -> Result:
    """Let the contestants take turns: each trains for so many seconds in every round."""
    _, made = contestants(workload, families)
    steps = {c.name: steps_for(c.run, seconds) for c in made}
    rates: dict[str, list[float]] = {c.name: [] for c in made}
    for _ in range(rounds):
        for c in made:
            rates[c.name].append(rate(c.run, steps[c.name]))
    return Result(workload, rates)


def losses_after_the_same_steps(workload: Workload, families: list[str]) -> dict[str, float]:
    """Train each contestant that follows the shared order for the same steps; compute its loss."""
    data, made = contestants(workload, families)
    epochs = -(-rivals.EPOCHS_AT_ONCE_STEPS // workload.steps_per_epoch)
    losses = {}
    for c in made:
        if c.follows_order:
            c.run(epochs * workload.steps_per_epoch)
            losses[c.name] = mean_loss(workload, data, c.weights())
    return losses


def number(value: float | None) -> str:
    if value is None:
        return "-"
    return f"{value:,.0f}" if value >= 100 else f"{value:.1f}"


def row(result: Result) -> list[str]:
    """Write one line of the table: our steps a second, and of each other's both and the ratio."""
    cells = [result.workload.name]
    cells.append(number(median(result.rates["nntui"])) if "nntui" in result.rates else "-")
    goals = {"naive": result.workload.naive_target, "PyTorch": result.workload.pytorch_target}
    for family in ("naive", "PyTorch", *OTHERS):
        best = result.best(family)
        cells.append(number(median(result.rates[best])) if best else "-")
        goal = f" ({goals[family]:g})" if family in goals else ""
        cells.append((number(result.ratio(best)) if best else "-") + goal)
        if family == "PyTorch":
            cells.append(best.removeprefix("PyTorch ") if best else "-")
    return cells


def table(results: list[Result]) -> str:
    """Lay out the results as the table of the README and the notes (Markdown)."""
    heads = [*COLUMNS]
    for name in OTHERS:
        heads += [name, "ratio"]
    rows = [heads, *(row(result) for result in results)]
    widths = [max(len(cells[column]) for cells in rows) for column in range(len(heads))]
    lines = [
        "| " + " | ".join(c.rjust(w) for c, w in zip(cells, widths, strict=True)) + " |"
        for cells in rows
    ]
    lines.insert(1, "|" + "|".join("-" * (width + 1) + ":" for width in widths) + "|")
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(description="Steps a second of nntui and of others.")
    parser.add_argument("--workloads", default=",".join(w.name for w in WORKLOADS))
    parser.add_argument("--families", default=",".join(PREPARE), help="who takes part")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=0.4, help="of a turn in a round")
    arguments = parser.parse_args()
    absent = missing()
    for family, reason in absent.items():
        print(f"{family} is left out: {reason}")
    families = [f for f in arguments.families.split(",") if f not in absent]
    results = []
    for workload in WORKLOADS:
        if workload.name in arguments.workloads.split(","):
            print(workload.title, flush=True)
            results.append(measure(workload, families, arguments.rounds, arguments.seconds))
    print(f"\nSteps a second, medians of {arguments.rounds} rounds; ratio: nntui over the other")
    print(table(results))


if __name__ == "__main__":
    main()
