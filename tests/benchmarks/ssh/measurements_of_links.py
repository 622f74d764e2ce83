"""What is measured of the app at the end of an ssh connection, and what it should be."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from statistics import median

from figures import Figure, percentiles, spread
from keys import key_times
from link import LinkQuality
from server import SshServer
from ssh_app import Connection, SshApp
from views import VIEWS, View
from watched_app import Counts

WARM_UP = 3.0
"""Seconds of training before anything is counted: the app learns what the link carries."""

LINKS = (
    # round trip in s, bytes a second, budget of a key's p95 in ms
    (0.1, 20_000, 600.0),
    (0.1, 200_000, 250.0),
    (0.25, 5_000, 2000.0),
)
STALLED_LINK = LinkQuality(0.1, 20_000)
STALL = 10.0
AFTER_STALL = 2.0
USUAL_LINK = LinkQuality(0.05, 1_000_000)
"""A good line to a server in the same country: it carries every frame."""

FLOOD = 2.0
"""So many times what the app usually writes may come after a stall, at most."""
MOST_WAITING = 1.0
"""Seconds that the link may need, when it works again, for what was written during the stall."""


@dataclass(frozen=True)
class Effort:
    """How much is measured, and how.

    Attributes:
        rounds: How often the app is started for each figure.
        keys: How many keys are pressed in a round.
        seconds: How long rates are counted in a round.
        views: The names of the views.
        connection: How the user connects, without the link.
    """

    rounds: int
    keys: int
    seconds: float
    views: tuple[str, ...]
    connection: Connection

    def over(self, link: LinkQuality) -> Connection:
        """Tell how the user connects over a link."""
        return replace(self.connection, link=link)


@dataclass(frozen=True)
class Traffic:
    """What a second has brought.

    Attributes:
        frames: How often the picture has changed.
        text: Bytes that the terminal got.
        down: Bytes of the ssh connection towards the user.
        up: Bytes of it towards the server.
        app: The app's share of a core, 1 for all of it.
        worker: Its worker's.
    """

    frames: float
    text: float
    down: float
    up: float
    app: float
    worker: float


def measure_links(server: SshServer, effort: Effort) -> Iterator[Figure]:
    """Key to screen while training, over long and narrow links."""
    for name in effort.views:
        for round_trip, rate, budget in LINKS:
            times: list[float] = []
            traffic: list[Traffic] = []
            link = LinkQuality(round_trip, rate)
            for _ in range(effort.rounds):
                with SshApp(server, effort.over(link)) as app:
                    _train(app, VIEWS[name])
                    before = _Counted(app)
                    times += key_times(app, VIEWS[name].presses(app), effort.keys, (0.1, 0.4))
                    traffic.append(before.until_now())
                    started = app.seconds_to_start
            frames, text, down = (
                median(getattr(one, what) for one in traffic) for what in ("frames", "text", "down")
            )
            note = (
                f"{len(times)} keys; {frames:.1f} frames/s, {text / 1000:.1f} kB/s of text, "
                f"{down / 1000:.1f} of ssh; started in {started:.1f} s"
            )
            what = f"{name}: key to screen, {1000 * round_trip:.0f} ms, {rate // 1000} kB/s"
            yield from percentiles(what, times, p95=budget, note=note)


def measure_stall(server: SshServer, effort: Effort) -> Iterator[Figure]:
    """A link that stands still for a while: what comes after, and whether keys work again."""
    for name in effort.views:
        rounds = [_stall(server, effort, VIEWS[name]) for _ in range(effort.rounds)]
        usual, waiting, flood, frames, first, later = map(list, zip(*rounds, strict=True))
        what = f"{name}: {STALL:.0f} s stall"
        seconds = median(waiting) / (STALLED_LINK.bytes_per_second or 1.0)
        note = f"{median(waiting) / 1000:.1f} kB that a key has to wait for"
        yield Figure(f"{what}, to clear what waits", seconds, "s", most=MOST_WAITING, note=note)
        share = [f / u for f, u in zip(flood, usual, strict=True)]
        yield Figure(
            f"{what}, text in the {AFTER_STALL:.0f} s after it, of what is usual",
            median(share),
            "times",
            most=FLOOD,
            note=f"{median(flood) / 1000:.1f} kB, {median(frames):.0f} frames",
        )
        yield Figure(f"{what}, a key pressed at its end", 1000 * median(first), "ms")
        keys = [time for times in later for time in times]
        yield from percentiles(f"{what}, keys after it", keys, p95=600.0)


def _stall(
    server: SshServer, effort: Effort, view: View
) -> tuple[float, float, float, float, float, list[float]]:
    """Stall once.

    Returns:
        The bytes of text in as many seconds as are looked at afterwards, but before; those that
        waited at the end of the stall; those that came after it, and the frames; the time of a key
        pressed when it ended; the times of keys later.
    """
    with SshApp(server, effort.over(STALLED_LINK)) as app:
        _train(app, view)
        before = _Counted(app)
        app.spend(2 * AFTER_STALL)
        usual = AFTER_STALL * before.until_now().text
        app.proxy.stall()
        app.spend(STALL)
        counts = app.counts()
        presses = view.presses(app)
        with app.lock:
            key, condition = next(presses)
            watch = app.watch(condition)
        waiting = app.proxy.resume()
        sent = app.send(key)
        app.spend(AFTER_STALL)
        after = app.counts()
        first = app.seen(watch) - sent
        later = key_times(app, presses, effort.keys, (0.1, 0.4))
        app.pause()
        app.quit()
    came = after.bytes_seen - counts.bytes_seen
    return usual, waiting, came, after.frames - counts.frames, first, later


def measure_rates(server: SshServer, effort: Effort) -> Iterator[Figure]:
    """Bytes, frames and the processor's share: training, paused, and never started."""
    for name in effort.views:
        found: dict[str, list[Traffic]] = {"idle": [], "training": [], "paused": []}
        for _ in range(effort.rounds):
            with SshApp(server, effort.over(USUAL_LINK)) as app:
                VIEWS[name].enter(app)
                app.spend(1.0)
                found["idle"].append(_traffic(app, effort.seconds))
                app.play()
                app.spend(WARM_UP)
                found["training"].append(_traffic(app, effort.seconds))
                app.pause()
                app.spend(1.0)
                found["paused"].append(_traffic(app, effort.seconds))
                app.quit()
        for state, rounds in found.items():
            yield from _rates(f"{name}, {state}", rounds, is_live=state == "training")


def _rates(what: str, rounds: list[Traffic], *, is_live: bool) -> Iterator[Figure]:
    def middle(name: str) -> float:
        return median(getattr(one, name) for one in rounds)

    text = middle("text")
    app = Figure(
        f"{what}: processor, app",
        100 * middle("app"),
        "%",
        most=None if is_live else 2.0,
        note=f"{spread([100 * one.app for one in rounds])}; worker {100 * middle('worker'):.1f} %",
    )
    if not is_live:
        note = f"ssh {middle('down'):,.0f} bytes/s there, {middle('up'):,.0f} back"
        yield Figure(f"{what}: written", text, "bytes/s", most=1000.0, note=note)
        yield app
        return
    frames = middle("frames")
    note = f"ssh {middle('down') / 1000:.1f} kB/s there, {middle('up') / 1000:.1f} back"
    yield Figure(f"{what}: written", text / 1000, "kB/s", most=100.0, note=note)
    per_frame = text / max(frames, 1e-9) / 1000
    yield Figure(f"{what}: frames", frames, "a second", note=f"{per_frame:.2f} kB a frame")
    yield app


class _Counted:
    """What was counted when it was made."""

    def __init__(self, app: SshApp) -> None:
        self._app = app
        self._counts: Counts = app.counts()
        self._down, self._up = app.proxy.to_client, app.proxy.to_server

    def until_now(self) -> Traffic:
        """Compare with now."""
        rates = self._app.rates_since(self._counts)
        took = self._app.counts().at - self._counts.at
        down = (self._app.proxy.to_client - self._down) / took
        up = (self._app.proxy.to_server - self._up) / took
        return Traffic(rates.frames, rates.bytes_seen, down, up, rates.app, rates.worker)


def _traffic(app: SshApp, seconds: float) -> Traffic:
    before = _Counted(app)
    app.spend(seconds)
    return before.until_now()


def _train(app: SshApp, view: View) -> None:
    app.play()
    view.enter(app)
    app.spend(WARM_UP)


MEASUREMENTS: dict[str, Callable[[SshServer, Effort], Iterator[Figure]]] = {
    "links": measure_links,
    "stall": measure_stall,
    "rates": measure_rates,
}
"""What can be measured, by the name that the command line takes."""
