"""The app without a terminal, driven key by key, and read as a user would."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from itertools import count
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from unittest.mock import patch

from direct_follower import DirectFollower
from direct_trainer import DirectTrainer
from textual import events
from textual.pilot import Pilot

from nntui.experiment.experiment import Experiment
from nntui.experiment.overrides import experiment_with, parse_setting
from nntui.training.limits import Limits
from nntui.training.messages import WorkerStart
from nntui.training.snapshot import Snapshot
from nntui.ui.app import NntuiApp, Trainer
from nntui.ui.followed import FollowedSession
from nntui.ui.pane import Picture
from nntui.ui.session import Session

CHARACTERS = {
    "space": " ",
    "less_than_sign": "<",
    "greater_than_sign": ">",
    "plus": "+",
    "minus": "-",
    "question_mark": "?",
    "full_stop": ".",
    "slash": "/",
    "underscore": "_",
    "left_square_bracket": "[",
    "right_square_bracket": "]",
}
"""The characters of keys that Textual calls by a name."""

NAMES = {character: name for name, character in CHARACTERS.items()}

_SECONDS_BETWEEN_LOOKS = 10.0


def experiment_of(*settings: str) -> Experiment:
    """Make an experiment from settings such as ``data.source=iris``."""
    return experiment_with(Experiment(), [parse_setting(text) for text in settings])


class DrivenApp:
    """The app under a test's hands.

    Attributes:
        app: The app.
        session: Its session.
        trainer: Its trainer, which does at once what it is told.
        pilot: Textual's pilot.
    """

    def __init__(self, app: NntuiApp, trainer: Any, pilot: Pilot[str]) -> None:
        self.app = app
        self.session = app.session
        self.trainer = trainer
        self.pilot = pilot

    async def settle(self) -> None:
        """Wait until everything that was caused has been done."""
        rests = 0
        while rests < 2:
            await self.pilot.pause(0)
            if (error := self.app._exception) is not None:
                # Its message pump has ended, and would never come to rest.
                raise error
            pumps = [self.app, *self.app.screen.walk_children(with_self=True)]
            rests = 0 if any(pump.message_queue_size for pump in pumps) else rests + 1

    async def press(self, *keys: str) -> None:
        """Press keys one after another."""
        for key in keys:
            await self.press_at_once(key)

    async def press_at_once(self, *keys: str) -> None:
        """Press keys faster than the app can follow."""
        for key in keys:
            character = CHARACTERS.get(key, key if len(key) == 1 else None)
            self.app.post_message(events.Key(key, character))
        await self.settle()

    async def type(self, text: str, *, instead: bool = True) -> None:
        """Type a text and enter; in place of what stands in the input line there, or after it."""
        if instead:
            await self.press("end", "ctrl+u")
        await self.press(*(NAMES.get(character, character) for character in text), "enter")

    async def go(self, steps: int) -> None:
        """Let a trainer that plays make so many steps."""
        self.trainer.go(steps)
        await self.settle()

    async def resize(self, columns: int, rows: int) -> None:
        """Give the terminal another size."""
        await self.pilot.resize_terminal(columns, rows)
        await self.settle()

    @property
    def snapshot(self) -> Snapshot:
        """The last one that the session took in."""
        assert self.session.snapshot is not None
        return self.session.snapshot

    @property
    def experiment(self) -> Experiment:
        """The experiment as the user sees it."""
        return self.session.experiment

    @property
    def figures(self) -> tuple[int, float, float | None]:
        """The step and the losses."""
        found = self.snapshot.evaluation
        return self.snapshot.steps, found.train_loss, found.test_loss

    @property
    def focused(self) -> str:
        """The pane that has the keyboard."""
        return self.app.playground.focused_pane

    @property
    def lines(self) -> list[str]:
        """What the screen says, line by line."""
        strips = self.app.screen._compositor.render_strips()
        return ["".join(segment.text for segment in strip) for strip in strips]

    @property
    def text(self) -> str:
        """What the screen says."""
        return "\n".join(self.lines)

    def part(self, name: str) -> Picture:
        """A pane, the header, the notice or the footer."""
        return self.app.playground.query_one(f"#{name}", Picture)

    def says(self, name: str) -> str:
        """What a part of the view says."""
        part = self.part(name)
        return "\n".join(part.render_line(row).text for row in range(part.size.height))

    def looks(self, name: str) -> tuple:
        """How a part of the view looks: equal only where nothing differs, colours included."""
        part = self.part(name)
        return tuple(tuple(part.render_line(row)) for row in range(part.size.height))

    def colours_behind(self, name: str) -> set:
        """The colours behind the characters of a part of the view."""
        return {segment.style.bgcolor for line in self.looks(name) for segment in line}


@asynccontextmanager
async def opened(
    experiment: Experiment,
    *,
    size: tuple[int, int] = (120, 40),
    limits: Limits | None = None,
    experiment_file: str | None = None,
) -> AsyncIterator[DrivenApp]:
    """Open the app with a trainer that does at once what it is told; close it at the end.

    Frames are never held back: between any two looks at the app's clock lies a long while.
    """
    app, trainer = made(experiment, limits=limits, experiment_file=experiment_file)
    async with app.run_test(size=size) as pilot:
        driven = DrivenApp(app, trainer, pilot)
        await driven.settle()
        yield driven


@asynccontextmanager
async def opened_on(
    folder: Path, *, size: tuple[int, int] = (120, 40)
) -> AsyncIterator[tuple[DrivenApp, DirectFollower]]:
    """Open the app on somebody else's run, with a follower that looks when it is told to."""
    follower = DirectFollower(folder)
    session = FollowedSession(follower.started.experiment, follower.send)
    session.receive(follower.started)
    app = _with_clock(session, follower)
    async with app.run_test(size=size) as pilot:
        driven = DrivenApp(app, follower, pilot)
        await driven.settle()
        yield driven, follower


def made(
    experiment: Experiment, *, limits: Limits | None = None, experiment_file: str | None = None
) -> tuple[NntuiApp, DirectTrainer]:
    """Make the app, not opened yet, and its trainer."""
    trainer = DirectTrainer(WorkerStart(experiment, limits or Limits()))
    session = Session(experiment, trainer.send)
    session.receive(trainer.started)
    return _with_clock(session, trainer, experiment_file), trainer


def _with_clock(session: Session, trainer: Trainer, file: str | None = None) -> NntuiApp:
    looks = count()
    clock = SimpleNamespace(monotonic=lambda: _SECONDS_BETWEEN_LOOKS * next(looks))
    with patch("nntui.ui.app.time", clock):
        return NntuiApp(session, trainer, file)
