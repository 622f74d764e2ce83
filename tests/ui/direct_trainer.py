"""A trainer for tests: it does at once what it is told, on a clock of its own."""

from collections.abc import Callable

import numpy as np

from nntui.training.data_warnings import data_warnings
from nntui.training.messages import (
    Advance,
    Apply,
    BackToFinite,
    Command,
    Pause,
    Play,
    Reply,
    Reset,
    SetSpeed,
    SnapshotRequest,
    Started,
    StepOn,
    Stop,
    WorkerStart,
)
from nntui.training.pace import LONGEST_PORTION
from nntui.training.player import Player
from nntui.training.recorded_run import RecordedRun
from nntui.training.rhythm import Clocks


class _TickingClock:
    """Every look at it takes as long as a portion of training may: so portions are one step."""

    def __init__(self) -> None:
        self._seconds = 0.0

    def __call__(self) -> float:
        self._seconds += LONGEST_PORTION
        return self._seconds


class DirectTrainer:
    """What the worker does, without a thread, a process or a real clock.

    While it plays it makes no step by itself: ``go`` lets it. A snapshot that is asked for while
    it plays comes when there is something new to see, so that everything comes to rest.

    Args:
        start: What to train, and what pauses it.
        run: The run to go on with; None to begin a new one.

    Attributes:
        started: Its first answer.
        commands: Everything it was told but for the requests of snapshots, in order.
        requests: The requests of snapshots, in order.
    """

    def __init__(self, start: WorkerStart, run: RecordedRun | None = None) -> None:
        self._player = Player(start, Clocks(wall=_TickingClock(), work=lambda: 0.0), run)
        run = self._player.run
        self.started = Started(run.number, data_warnings(run.trainer))
        self.commands: list[Command] = []
        self.requests: list[SnapshotRequest] = []
        self._held: list[SnapshotRequest] = []
        self._is_news = True
        self._unheard: list[Reply] = []
        self._reply: Callable[[Reply], object] = self._unheard.append

    def listen(self, on_reply: Callable[[Reply], object]) -> None:
        self._reply = on_reply
        for reply in self._unheard:
            on_reply(reply)

    def send(self, command: Command) -> None:
        with np.errstate(all="ignore"):
            if isinstance(command, SnapshotRequest):
                self.requests.append(command)
                self._held.append(command)
            else:
                self.commands.append(command)
                self._do(command)
                self._is_news = True
            self._answer()

    def go(self, steps: int) -> None:
        """While it plays: make so many steps, or as many as it does before it pauses itself."""
        with np.errstate(all="ignore"):
            for _ in range(steps):
                if self._player.is_playing:
                    self._player.train()
            self._is_news = True
            self._answer()

    def _do(self, command: Command) -> None:
        player = self._player
        match command:
            case Apply():
                self._reply(player.apply(command))
            case Advance():
                player.advance(command)
                while player.is_playing:
                    player.train()
            case StepOn():
                player.step_on(command)
            case SetSpeed():
                player.set_speed(command.steps_per_second)
            case Play():
                player.play()
            case Pause():
                player.pause()
            case Reset():
                player.reset()
            case BackToFinite():
                player.back_to_finite()
            case SnapshotRequest() | Stop():
                raise AssertionError(command)

    def _answer(self) -> None:
        while self._held and (self._is_news or not self._player.is_playing):
            self._is_news = False
            self._reply(self._player.snapshot(self._held.pop(0)))
