"""Make the pictures in ``screenshots/`` from the real app, which trains as it does for a user.

    python tests/screenshots/make.py            # all of them
    python tests/screenshots/make.py spiral     # those whose names hold a word
    python tests/screenshots/make.py --gallery  # the trained spiral on terminals of every kind

Each moment is waited for, however fast the machine is. The pictures are SVG and refer to nothing
outside themselves. Where chromium is installed, ``--png DIRECTORY`` shows them as pixels, too.
"""

import argparse
import asyncio
import contextlib
import os
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from unittest.mock import patch

from gallery import gallery
from pixels import as_png
from plain_svg import plain_svg
from textual import events
from textual.pilot import Pilot

from nntui.experiment.experiment import Experiment
from nntui.experiment.overrides import experiment_with, parse_setting
from nntui.training.limits import Limits
from nntui.training.messages import Started, WorkerStart
from nntui.training.snapshot import Snapshot
from nntui.training.until import Condition
from nntui.training.worker_process import start_worker
from nntui.ui.app import NntuiApp
from nntui.ui.session import Session

FOLDER = Path(__file__).parents[2] / "screenshots"
LONGEST_WAIT = 120.0
SOLVED = "test_accuracy>=0.95"


class WatchedSession(Session):
    """A session whose run can be waited for."""

    def __init__(self, experiment, send):
        super().__init__(experiment, send)
        self._received = asyncio.Event()

    def receive(self, reply):
        super().receive(reply)
        self._received.set()

    async def until(self, condition: Callable[[Snapshot], bool]) -> None:
        """Wait until the last snapshot is as wanted."""
        while self.snapshot is None or not condition(self.snapshot):
            self._received.clear()
            await asyncio.wait_for(self._received.wait(), LONGEST_WAIT)


@dataclass(frozen=True)
class Stage:
    """The app at a moment, for the story of a picture."""

    session: WatchedSession
    pilot: Pilot[str]

    async def press(self, *keys: str) -> None:
        """Press keys; not with the pilot's own way, which waits until the app is idle."""
        for key in keys:
            character = " " if key == "space" else key if len(key) == 1 else None
            self.pilot.app.post_message(events.Key(key, character))
            await self.pilot.pause(0)

    async def train_until(self, condition: Callable[[Snapshot], bool]) -> None:
        """Let it play, and go on as soon as something is true."""
        await self.press("space")
        await self.session.until(condition)

    async def pause(self) -> None:
        """Pause, and wait until the pane of the loss has followed."""
        await self.press("space")
        await self.session.until(lambda now: not now.is_playing and now.evaluated_at == now.steps)

    async def read(self, column: int, row: int) -> None:
        """Click into the regions, which puts the crosshair there."""
        await self.pilot.click("#regions", offset=(column, row))
        await self.session.until(lambda now: now.reading is not None)


@dataclass(frozen=True)
class Picture:
    """A moment to be shown.

    Attributes:
        name: The name of the file.
        story: Brings the app to the moment.
        settings: What is trained, such as ``data.source=penguins``.
        size: The columns and rows of the terminal.
        theme: One of Textual's.
        coloured: Whether colours are allowed; otherwise NO_COLOR is set.
        until: What pauses training, as for ``nntui --until``.
    """

    name: str
    story: Callable[[Stage], Awaitable[None]]
    settings: tuple[str, ...] = ()
    size: tuple[int, int] = (120, 40)
    theme: str = "textual-dark"
    coloured: bool = True
    until: str = ""


async def training(stage: Stage) -> None:
    await stage.press("1")
    await stage.train_until(lambda now: now.epochs >= 60)


async def solved(stage: Stage) -> None:
    await stage.train_until(lambda now: bool(now.stopped_by) and now.history is not None)


async def edited(stage: Stage) -> None:
    await stage.press("2", *["down"] * 13)
    await stage.train_until(lambda now: now.epochs >= 60)
    await stage.press("right")
    await stage.session.until(lambda now: now.epochs >= 120)


async def penguins(stage: Stage) -> None:
    await stage.train_until(lambda now: now.epochs >= 20)
    await stage.pause()
    await stage.press("m")
    await stage.read(36, 15)


async def regression(stage: Stage) -> None:
    await stage.train_until(lambda now: (now.evaluation.test_r2 or 0) >= 0.9)
    await stage.pause()


async def curve(stage: Stage) -> None:
    await stage.press("l")
    await stage.train_until(lambda now: (now.evaluation.test_r2 or 0) >= 0.95)


async def help_opened(stage: Stage) -> None:
    await stage.train_until(lambda now: now.epochs >= 60)
    await stage.pause()
    await stage.press("question_mark", *"learning")


async def network(stage: Stage) -> None:
    await stage.train_until(lambda now: bool(now.stopped_by))
    await stage.press("5", "right_square_bracket", "left")
    await stage.session.until(
        lambda now: now.anatomy is not None and now.anatomy.neuron is not None
    )


async def space(stage: Stage) -> None:
    await stage.train_until(lambda now: bool(now.stopped_by))
    await stage.press("8")
    await stage.session.until(lambda now: now.anatomy is not None and now.anatomy.space is not None)


async def weights(stage: Stage) -> None:
    await stage.train_until(lambda now: bool(now.stopped_by))
    await stage.press("5", "right_square_bracket", "7")
    await stage.session.until(lambda now: now.anatomy is not None and now.anatomy.layer is not None)


async def explain(stage: Stage) -> None:
    await stage.train_until(lambda now: bool(now.stopped_by))
    await stage.press("9", *["right_square_bracket"] * 3, "right")
    await stage.session.until(
        lambda now: now.page is not None and now.page.cursor.stage == "backward"
    )


TANH = ("layers=[8, 8]", "layers.0.activation=tanh", "layers.1.activation=tanh")

PICTURES = (
    Picture("training", training, size=(110, 34)),
    Picture("spiral-solved", solved, size=(110, 34), until=SOLVED),
    Picture("small-terminal", edited, size=(80, 24)),
    Picture("penguins", penguins, ("data.source=penguins", "layers=[16, 8]"), size=(110, 34)),
    Picture("regression", regression, ("data.source=plane",), size=(100, 32)),
    Picture("curve", curve, ("data.source=sine",), size=(100, 32)),
    Picture("light-theme", solved, theme="textual-light", size=(100, 32), until=SOLVED),
    Picture("no-color", solved, size=(100, 32), coloured=False, until=SOLVED),
    Picture("network", network, TANH, until="test_accuracy>=0.8"),
    Picture("network-small", network, size=(80, 24), until=SOLVED),
    Picture("space", space, size=(110, 34), until=SOLVED),
    Picture("weights", weights, size=(110, 34), until=SOLVED),
    Picture("explain", explain, until=SOLVED),
    Picture("explain-small", explain, size=(80, 24), until=SOLVED),
    Picture("help", help_opened, size=(100, 32)),
)


async def make(picture: Picture) -> str:
    """Open the app, bring it to the moment, and return the picture."""
    experiment = experiment_with(
        Experiment(), [parse_setting(setting) for setting in picture.settings]
    )
    limits = Limits(until=(Condition.parse(picture.until),) if picture.until else ())
    with contextlib.closing(start_worker(WorkerStart(experiment, limits))) as worker:
        session = WatchedSession(experiment, worker.send)
        started = worker.first_reply()
        if not isinstance(started, Started):
            raise SystemExit(started.reason)
        session.receive(started)
        app = NntuiApp(session, worker)
        app.theme = picture.theme
        async with app.run_test(size=picture.size) as pilot:
            await session.until(lambda now: now.field is not None)
            await picture.story(Stage(session, pilot))
            await pilot.pause(0)
            return plain_svg(app.export_screenshot(title="nntui"))


def keep(name: str, svg: str, pixels: Path | None) -> None:
    """Write a picture, and show it as pixels if a directory is given for them."""
    path = FOLDER / f"{name}.svg"
    path.write_text(svg, encoding="utf-8")
    print(f"{path}  {len(svg) // 1000} kB")
    if pixels:
        as_png(path, pixels / f"{name}.png")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("words", nargs="*", help="make the pictures whose names hold one of these")
    parser.add_argument("--png", type=Path, metavar="DIRECTORY", help="show them as pixels there")
    parser.add_argument("--gallery", action="store_true", help="make those of other terminals")
    given = parser.parse_args()
    FOLDER.mkdir(exist_ok=True)
    if given.gallery:
        for name, svg in gallery():
            keep(name, svg, given.png)
        return
    for picture in PICTURES:
        if given.words and not any(word in picture.name for word in given.words):
            continue
        colours = {} if picture.coloured else {"NO_COLOR": "1"}
        surroundings = {k: v for k, v in os.environ.items() if k != "NO_COLOR"} | colours
        with patch.dict(os.environ, surroundings, clear=True):
            svg = asyncio.run(make(picture))
        keep(picture.name, svg, given.png)


if __name__ == "__main__":
    main()
