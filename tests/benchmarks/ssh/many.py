"""Measure many sessions on one machine, some of them training, and print the table.

    python tests/benchmarks/ssh/many.py
    python tests/benchmarks/ssh/many.py --sessions 10 --training 1 --seconds 5

Each session is the app in a pseudo-terminal of its own, complete on its screen. Its memory is the
proportional set size of all its processes: memory that n processes share counts 1/n in each. An
ssh connection costs a process of the server's more, which is measured too where sshd is installed.
"""

import argparse
import os
import platform
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from statistics import median

sys.path.insert(0, str(Path(__file__).parents[2] / "terminal"))
sys.path.insert(0, str(Path(__file__).parents[1] / "app"))

import memory
import processes
from figures import Figure, percentiles, spread, table
from keys import key_times, view_keys
from link import LinkQuality
from server import PROGRAM, SshServer
from ssh_app import Connection, SshApp
from watched_app import Rates, WatchedApp

WARM_UP = 2.0
MOST_IDLE = 2.0
"""Per cent of a core that a session may use in which nothing happens."""
MOST_CORES = 1.2
"""One for the worker, and the app's share."""


@dataclass(frozen=True)
class Session:
    """The memory of one session, in MB.

    Attributes:
        app: The app's proportional set size.
        others: That of its other processes.
        own: What nobody shares with any of them.
    """

    app: float
    others: float
    own: float

    @property
    def all(self) -> float:
        return self.app + self.others


def session(app: WatchedApp) -> Session:
    """Read the memory of a session."""
    found = {one.number: memory.proportional(one.number) for one in processes.marked(app.mark)}
    of_app = found[app.app_number][0]
    shared, own = (sum(column) for column in zip(*found.values(), strict=True))
    return Session(of_app, shared - of_app, own)


def alone(seconds: float) -> Iterator[Figure]:
    """Measure one session with nothing beside it."""
    with WatchedApp() as app:
        app.play()
        app.spend(WARM_UP)
        rates = app.rates(seconds)
        app.pause()
        app.quit()
    note = f"app {rates.app:.2f}, worker {rates.worker:.2f}; {rates.frames:.1f} frames/s"
    cores = rates.app + rates.worker
    yield Figure("cores of one training session alone", cores, "", most=MOST_CORES, note=note)


def together(sessions: int, training: int, seconds: float) -> Iterator[Figure]:
    """Measure many sessions at the same time."""
    with ExitStack() as opened:
        apps = []
        for index in range(sessions):
            apps.append(opened.enter_context(WatchedApp()))
            print(f"{index + 1} of {sessions} sessions", file=sys.stderr, end="\r")
        print(file=sys.stderr)
        quiet = _rates(apps, seconds)
        yield _idle(f"processor of each of {sessions} idle sessions", quiet)
        busy, idle = apps[:training], apps[training:]
        for app in busy:
            app.play()
        time.sleep(WARM_UP)
        rates = _rates(apps, seconds)
        times = key_times(idle[0], view_keys(idle[0]), 15, (0.1, 0.2))
        memories = [session(app) for app in apps]
    yield _idle(f"the same while {training} others train", rates[training:])
    cores = [one.app + one.worker for one in rates[:training]]
    note = f"{spread(cores)}; {spread([one.frames for one in rates[:training]])} frames/s"
    what = f"cores of each of {training} training sessions"
    yield Figure(what, median(cores), "", most=MOST_CORES, note=note)
    yield from percentiles("key to screen in an idle session meanwhile", times)
    for name, some in (("an idle", memories[training:]), ("a training", memories[:training])):
        note = (
            f"{spread([one.all for one in some])}; app {median(m.app for m in some):.1f}, worker "
            f"{median(m.others for m in some):.1f}; {median(m.own for m in some):.1f} unshared"
        )
        yield Figure(f"memory of {name} session", median(m.all for m in some), "MB", note=note)
    yield Figure(f"memory of all {sessions}", sum(one.all for one in memories), "MB")


def over_ssh() -> Iterator[Figure]:
    """Measure what a connection costs beside the session itself."""
    with SshServer() as server, SshApp(server, Connection(LinkQuality())) as app:
        parent = processes.process(app.app_number)
        found, number = [], parent.parent if parent else 0
        while number not in (0, server.process.pid) and (one := processes.process(number)):
            found.append(memory.proportional(number)[0])
            number = one.parent
        app.quit()
    note = f"{len(found)} processes of sshd's"
    yield Figure("memory of an ssh connection to it", sum(found), "MB", note=note)


def _rates(apps: list[WatchedApp], seconds: float) -> list[Rates]:
    before = [app.counts() for app in apps]
    time.sleep(seconds)
    return [app.rates_since(counts) for app, counts in zip(apps, before, strict=True)]


def _idle(what: str, rates: list[Rates]) -> Figure:
    shares = [100 * (one.app + one.worker) for one in rates]
    written = sum(one.bytes_seen for one in rates)
    note = f"{spread(shares)}; {sum(shares):.1f} % in all, {written:.0f} bytes/s in all"
    return Figure(what, sum(shares) / len(shares), "%", most=MOST_IDLE, note=note)


def main() -> int:
    parser = argparse.ArgumentParser(description="Many sessions on one machine.")
    parser.add_argument("--sessions", type=int, default=30)
    parser.add_argument("--training", type=int, default=3)
    parser.add_argument("--seconds", type=float, default=8.0, help="how long is counted")
    arguments = parser.parse_args()
    if not 0 < arguments.training < arguments.sessions:
        parser.error("expected more sessions than training ones, and one of each at least")
    busy, figures = os.getloadavg()[0], [*alone(arguments.seconds)]
    figures += together(arguments.sessions, arguments.training, arguments.seconds)
    if PROGRAM is not None:
        figures += over_ssh()
    print(table(figures))
    print(f"\n120x40. {platform.platform()}, {os.cpu_count()} cores. Load before: {busy:.2f}.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
