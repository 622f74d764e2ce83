"""Every figure of the app's budget: how it is measured, and what it should be."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from figures import Figure, percentiles, spread
from keys import crosshair_keys, key_times, view_keys
from link import LinkQuality
from views import VIEWS
from watched_app import NNTUI, Rates, WatchedApp

ROOT = Path(__file__).parents[3]
WARM_UP = 1.0
"""Seconds of training before anything is counted: the first frames also fill caches."""

LINKS = (
    # round trip in s, bytes a second, budget of p95 in ms (None: none is stated)
    (0.1, 20_000, 600.0),
    (0.1, 60_000, None),
    (0.1, 200_000, 250.0),
    (0.25, 5_000, None),
)


@dataclass(frozen=True)
class Effort:
    """How much time to take.

    Attributes:
        rounds: How often what is compared takes turns, and how often the app is started.
        seconds: How long a round is.
        keys: How many keys are pressed locally; on a slow link a fraction.
    """

    rounds: int
    seconds: float
    keys: int


def measure_start(effort: Effort) -> Iterator[Figure]:
    """From the start of the process to the first complete picture, and the help's time."""
    starts = []
    for _ in range(effort.rounds):
        with WatchedApp() as app:
            starts.append(app.seconds_to_start)
            app.quit()
    yield Figure("start to first full frame", median(starts), "s", most=0.7, note=spread(starts))
    times = [_seconds_of_help() for _ in range(2 * effort.rounds + 1)]
    yield Figure("nntui --help", median(times), "s", most=0.15, note=spread(times))


def measure_frames(effort: Effort) -> Iterator[Figure]:
    """Frames, bytes and the processor's share, at two sizes; and when nothing goes on."""
    for columns, rows, least in ((120, 40, 20.0), (200, 60, 18.0)):
        with WatchedApp(columns, rows) as app:
            yield from _rates_of(app, effort, f"{columns}x{rows}", least)
            app.pause()
            app.spend(0.5)
            if columns == 120:
                idle = app.rates(effort.seconds)
                yield Figure("written while paused", idle.bytes_seen, "bytes/s", most=1000.0)
                note = f"worker {100 * idle.worker:.1f} %"
                yield Figure("processor while paused, app", 100 * idle.app, "%", note=note)
            app.quit()


def _rates_of(app: WatchedApp, effort: Effort, size: str, least: float) -> Iterator[Figure]:
    app.play()
    app.spend(WARM_UP)
    rounds = [app.rates(effort.seconds) for _ in range(effort.rounds)]

    def middle(figure: Callable[[Rates], float]) -> float:
        return median(figure(rates) for rates in rounds)

    small = size == "120x40"
    frames = middle(lambda rates: rates.frames)
    note = spread([rates.frames for rates in rounds])
    yield Figure(f"frames of the regions, {size}", frames, "a second", least=least, note=note)
    per_frame = middle(lambda rates: rates.bytes_seen / max(rates.frames, 1e-9))
    yield Figure(
        f"written, {size}, training",
        middle(lambda rates: rates.bytes_seen) / 1000,
        "kB/s",
        most=100.0 if small else None,
        note=f"{per_frame / 1000:.1f} kB a frame",
    )
    yield Figure(
        f"processor's share, app, {size}",
        100 * middle(lambda rates: rates.app),
        "%",
        most=20.0 if small else None,
        note=f"{1000 * middle(lambda rates: rates.app / max(rates.frames, 1e-9)):.1f} ms a frame; "
        f"worker {100 * middle(lambda rates: rates.worker):.0f} %, "
        f"measuring {100 * middle(lambda rates: rates.own):.0f} %",
    )


def measure_keys(effort: Effort) -> Iterator[Figure]:
    """Key to screen on this machine, while training."""
    with WatchedApp() as app:
        app.play()
        app.spend(WARM_UP)
        times = key_times(app, view_keys(app), effort.keys, (0.03, 0.12))
        yield from percentiles("key to screen", times, p50=20.0, p95=55.0)
        app.send("4")
        times = key_times(app, crosshair_keys(app), effort.keys // 2, (0.03, 0.12))
        yield from percentiles("crosshair key to the figures there", times)
        app.pause()
        app.quit()


def measure_views(effort: Effort) -> Iterator[Figure]:
    """The views take turns in one run that goes on: the processor, the bytes, and the keys."""
    rounds: dict[str, list[Rates]] = {name: [] for name in VIEWS}
    times: dict[str, list[float]] = {name: [] for name in VIEWS}
    with WatchedApp() as app:
        app.play()
        app.spend(2 * WARM_UP)
        for _ in range(effort.rounds):
            for name, view in VIEWS.items():
                view.enter(app)
                app.spend(0.5)
                rounds[name].append(app.rates(effort.seconds))
                count = max(effort.keys // effort.rounds, 2)
                # Explain pauses for whoever turns its pages; all are measured while training.
                times[name] += key_times(app, view.presses(app), count, (0.03, 0.12))
                if "▶" not in app.text.splitlines()[0]:
                    app.play()
        app.quit()
    for name, found in rounds.items():
        shares = [100 * rates.app for rates in found]
        written = median(rates.bytes_seen for rates in found) / 1000
        frames = f"{median(rates.frames for rates in found):.1f} pictures a second"
        yield Figure(f"{name}: written", written, "kB/s", most=100.0, note=frames)
        share = f"{name}: processor's share, app"
        yield Figure(share, median(shares), "%", most=20.0, note=spread(shares))
        yield from percentiles(f"{name}: key to screen", times[name], p50=20.0, p95=55.0)


def measure_links(effort: Effort) -> Iterator[Figure]:
    """Key to screen over simulated links, while training."""
    for round_trip, rate, budget in LINKS:
        with WatchedApp(link=LinkQuality(round_trip, rate)) as app:
            app.play()
            app.spend(2 * WARM_UP)
            count = max(effort.keys // (4 if rate > 5000 else 10), 5)
            before = app.counts()
            times = key_times(app, view_keys(app), count, (0.1, 0.4))
            rates = app.rates_since(before)
            name = f"key to screen, {1000 * round_trip:.0f} ms, {rate // 1000} kB/s"
            note = f"{rates.frames:.1f} frames/s; started in {app.seconds_to_start:.1f} s"
            yield from percentiles(name, times, p95=budget, note=note)


def measure_steps(effort: Effort) -> Iterator[Figure]:
    """Steps a second with the app open, over those of a trainer alone: they take turns."""
    alone, beside = [], []
    with WatchedApp() as app:
        for _ in range(effort.rounds):
            alone.append(_steps_alone(effort.seconds))
            beside.append(_steps_beside(app, effort.seconds))
        app.quit()
    clock, processor = (
        [100 * ours[by] / theirs[by] for ours, theirs in zip(beside, alone, strict=True)]
        for by in (0, 1)
    )
    for name, rates in (("alone", alone), ("with the app", beside)):
        by_clock = [rate for rate, _ in rates]
        yield Figure(f"steps a second {name}", median(by_clock), "", note=spread(by_clock))
    yield Figure("share of the speed alone", median(clock), "%", least=85.0, note=spread(clock))
    note = "low only by the clock: something else took the processor"
    yield Figure("the same by the processor's time", median(processor), "%", note=note)


MEASUREMENTS: dict[str, Callable[[Effort], Iterator[Figure]]] = {
    "start": measure_start,
    "frames": measure_frames,
    "keys": measure_keys,
    "views": measure_views,
    "steps": measure_steps,
    "links": measure_links,
}
"""What can be measured, by the name that the command line takes."""


def _environment() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(ROOT)}


def _seconds_of_help() -> float:
    start = time.perf_counter()
    subprocess.run([*NNTUI, "--help"], check=True, stdout=subprocess.DEVNULL, env=_environment())
    return time.perf_counter() - start


def _steps_beside(app: WatchedApp, seconds: float) -> tuple[float, float]:
    """Let the app train; tell the steps a second, by the clock and by the worker's time."""
    app.send("r")
    used_before = app.counts().worker_seconds
    started = app.play()
    app.spend(seconds)
    ended, steps = app.pause()
    used = app.counts().worker_seconds - used_before
    return steps / (ended - started), steps / max(used, 1e-9)


def _steps_alone(seconds: float) -> tuple[float, float]:
    """Train without the app; tell the steps a second, by the clock and by the process's time."""
    done = subprocess.run(
        [sys.executable, str(Path(__file__).with_name("headless.py")), str(seconds)],
        check=True,
        capture_output=True,
        text=True,
        env=_environment(),
    )
    by_clock, by_processor = map(float, done.stdout.split())
    return by_clock, by_processor
