"""The follower in the background: looks at a run's folder, and answers the screen in between.

Once the user makes the run his own, it becomes an ordinary worker.
"""

import contextlib
import time
from multiprocessing.connection import Connection
from typing import Any, TypeAlias

import numpy as np

from nntui.errors import NntuiError
from nntui.runs.follower import Follower
from nntui.runs.keeper import RunKeeper
from nntui.runs.recorder import SaveClocks
from nntui.training.ending import Ending
from nntui.training.followed import FollowStart, Fork
from nntui.training.limits import Limits
from nntui.training.messages import (
    Apply,
    Command,
    Failed,
    Refused,
    Reply,
    SnapshotRequest,
    Started,
    Stop,
    WorkerStart,
)
from nntui.training.player import NOT_ENOUGH_MEMORY
from nntui.training.recorded_run import RecordedRun
from nntui.training.worker import run_worker

SECONDS_BETWEEN_LOOKS = 0.25
"""How often it is seen whether there is a newer save."""

FOLLOWED = "This run is somebody else's; it can only be watched."

Line: TypeAlias = "Connection[Any, Any]"

_CLOCKS = SaveClocks(time.monotonic, time.time)


class _HungUpError(Exception):
    """Nobody is at the other end any more."""


def run_follower(
    connection: Line,
    start: FollowStart,
    clocks: SaveClocks = _CLOCKS,
    ending: Ending | None = None,
) -> None:
    """Follow a run until told to stop, or to make it the user's own, which is then trained.

    The first answer is Started, with the run's experiment, or Failed.

    Args:
        connection: Commands come in, replies go out.
        start: What to follow.
        clocks: What tells the time.
        ending: Word from outside, once the run is the user's own; None where none can come.
    """
    with connection:
        forked = _followed(connection, start, clocks)
        if forked is None:
            return
        own = WorkerStart(forked.trainer.experiment, Limits())
        with contextlib.closing(RunKeeper(own, own=forked)) as keeper:
            run_worker(connection, own, keeper=keeper, ending=ending)


def _followed(connection: Line, start: FollowStart, clocks: SaveClocks) -> RecordedRun | None:
    """Follow a run; return it where the user makes it his own."""
    # What overflows is told by the figures, not by a warning.
    with np.errstate(all="ignore"), contextlib.suppress(_HungUpError):
        try:
            follower = Follower(start.folder, clocks)
        except NntuiError as error:
            _send(connection, Failed(str(error)))
        except MemoryError:
            _send(connection, Failed(NOT_ENOUGH_MEMORY))
        else:
            return _FollowWorker(connection, follower, clocks).run()
    return None


class _FollowWorker:
    """The loop of ``run_follower``."""

    def __init__(self, connection: Line, follower: Follower, clocks: SaveClocks) -> None:
        self._connection = connection
        self._follower = follower
        self._clock = clocks.passing
        self._look_at = 0.0
        # Whoever walks through an update wants to come to its end before the next one.
        self._is_walking = False

    def run(self) -> RecordedRun | None:
        """Go on until told to stop, or to give the run away."""
        follower = self._follower
        warnings = (follower.warning,) if follower.warning else ()
        experiment = follower.news.experiment
        _send(self._connection, Started(follower.run.number, warnings, experiment))
        _send(self._connection, follower.news)
        while True:
            if self._has_command():
                command = self._receive()
                if isinstance(command, Stop):
                    return None
                if isinstance(command, Fork):
                    return follower.run
                self._answer(command)
            if self._clock() >= self._look_at:
                if follower.look(hold=self._is_walking):
                    _send(self._connection, follower.news)
                self._look_at = self._clock() + SECONDS_BETWEEN_LOOKS

    def _answer(self, command: Command) -> None:
        if isinstance(command, SnapshotRequest):
            self._is_walking = command.walk is not None
            _send(self._connection, self._follower.snapshot(command))
        elif isinstance(command, Apply):
            _send(self._connection, Refused(command.revision, FOLLOWED))

    def _has_command(self) -> bool:
        try:
            return self._connection.poll(max(self._look_at - self._clock(), 0.0))
        except OSError as error:
            raise _HungUpError from error

    def _receive(self) -> Command:
        try:
            return self._connection.recv()
        except (EOFError, OSError) as error:
            raise _HungUpError from error


def _send(connection: Line, reply: Reply) -> None:
    try:
        connection.send(reply)
    except OSError as error:
        raise _HungUpError from error
