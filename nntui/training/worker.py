"""The training loop in the background: commands in, snapshots out, training in between."""

import contextlib
import traceback
from collections import deque
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np

from nntui.errors import NntuiError
from nntui.training.data_warnings import data_warnings
from nntui.training.messages import (
    Advance,
    Apply,
    BackToFinite,
    Command,
    Failed,
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
from nntui.training.player import NOT_ENOUGH_MEMORY, Player
from nntui.training.recorded_run import RecordedRun
from nntui.training.rhythm import Clocks, Ration

MOST_OF_THE_TIME_ANSWERING = 0.15
"""The share of the time that answers may take while training goes on: large networks take longer
for a picture, and are asked again as soon as it has been shown."""

Line: TypeAlias = "Connection[Any, Any]"


_CLOCKS = Clocks()


class _HungUpError(Exception):
    """Nobody is at the other end any more."""


def run_worker(
    connection: Line,
    start: WorkerStart,
    clocks: Clocks = _CLOCKS,
    run: RecordedRun | None = None,
) -> None:
    """Train as told through a connection, until told to stop or nobody is there any more.

    The first answer is Started or Failed. A worker that answers Failed has ended. It never writes
    to the terminal.

    Args:
        connection: Commands come in, replies go out.
        start: What to train.
        clocks: What tells the time.
        run: The run to go on with; None to begin a new one.
    """
    # What overflows is told by the figures, not by a warning.
    with connection, np.errstate(all="ignore"), contextlib.suppress(_HungUpError):
        try:
            _Worker(connection, start, clocks, run).run()
        except _HungUpError:
            raise
        except NntuiError as error:
            _send(connection, Failed(str(error)))
        except MemoryError:
            _send(connection, Failed(NOT_ENOUGH_MEMORY))
        except Exception as error:
            _send(connection, Failed(_unexpected(error)))


class _Worker:
    """The loop of ``run_worker``."""

    def __init__(
        self, connection: Line, start: WorkerStart, clocks: Clocks, run: RecordedRun | None
    ) -> None:
        self._connection = connection
        self._player = Player(start, clocks, run)
        self._answering = Ration(clocks, MOST_OF_THE_TIME_ANSWERING)
        self._requests: deque[SnapshotRequest] = deque()
        run = self._player.run
        _send(connection, Started(run.number, data_warnings(run.trainer)))

    def run(self) -> None:
        """Go on until told to stop."""
        while True:
            if self._has_command(self._seconds_to_wait()):
                command = self._receive()
                if isinstance(command, Stop):
                    return
                self._do(command)
                continue
            self._answer_requests()
            if self._player.is_playing and self._player.seconds_to_wait() == 0:
                self._player.train()

    def _seconds_to_wait(self) -> float | None:
        """Return how long there is nothing to do; None until a command comes."""
        if self._requests and self._is_idle:
            return 0.0
        return self._player.seconds_to_wait() if self._player.is_playing else None

    def _has_command(self, seconds: float | None) -> bool:
        try:
            return self._connection.poll(seconds)
        except OSError as error:
            raise _HungUpError from error

    def _receive(self) -> Command:
        try:
            return self._connection.recv()
        except (EOFError, OSError) as error:
            raise _HungUpError from error

    def _do(self, command: Command) -> None:
        player = self._player
        match command:
            case SnapshotRequest():
                self._requests.append(command)
                self._answer_requests()
            case Apply():
                _send(self._connection, player.apply(command))
            case Advance():
                player.advance(command)
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
            case _:
                raise TypeError(f"{type(command).__name__} is no command")

    @property
    def _is_idle(self) -> bool:
        """Whether an answer takes no time from training."""
        return not self._player.is_playing or self._player.seconds_to_wait() > 0.0

    def _answer_requests(self) -> None:
        """Answer what was asked, in order; while training no more than the time allows."""
        while self._requests and (self._is_idle or self._answering.allows()):
            with self._answering.spend():
                _send(self._connection, self._player.snapshot(self._requests.popleft()))


def _send(connection: Line, reply: Reply) -> None:
    try:
        connection.send(reply)
    except OSError as error:
        raise _HungUpError from error


def _unexpected(error: Exception) -> str:
    """Describe an error that nobody thought of in one line."""
    place = ""
    frames = traceback.extract_tb(error.__traceback__)
    if frames:
        place = f" at {Path(frames[-1].filename).name}:{frames[-1].lineno}"
    text = " ".join(str(error).split())[:200]
    return f"the trainer has met an error of its own: {type(error).__name__}{place}: {text}"
