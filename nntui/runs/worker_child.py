"""The child process that a worker runs in: what it starts with, and how it ends.

``worker_process`` starts it as ``python -m nntui.runs.worker_child NUMBER``, where the number is
that of the connection's end that it inherits. A follower of somebody else's run is such a worker
until the user makes the run his own. However the app ends, unless the user leaves it, the
run is kept before this process ends too.
"""

import os
import signal
import sys
import threading
from multiprocessing.connection import Connection
from typing import TYPE_CHECKING, Any, TypeAlias

from nntui.training.ending import Ending

if TYPE_CHECKING:  # They import numpy.
    from nntui.training.followed import FollowStart
    from nntui.training.messages import WorkerStart

Line: TypeAlias = "Connection[Any, Any]"

_LONGEST_STEP = 10.0
"""How many seconds a step that is being made may go on when the app has ended."""


def main(connection_number: int) -> None:
    """Be a worker for as long as the parent lives.

    Args:
        connection_number: The file number of this end of the connection. The first thing that
            comes through it is a WorkerStart or a FollowStart.
    """
    ending, is_done = Ending(), threading.Event()
    terminated = _receive_signals(ending)
    threading.Thread(target=_end_with_the_parent, args=(ending, is_done), daemon=True).start()
    # Only now, because it takes a while, in which the parent may go away.
    from nntui.training.followed import FollowStart  # noqa: PLC0415
    from nntui.training.messages import WorkerStart  # noqa: PLC0415

    connection: Line = Connection(connection_number)
    try:
        start = connection.recv()
    except (EOFError, OSError):
        return
    if isinstance(start, WorkerStart | FollowStart):
        serve(connection, start, ending)
    is_done.set()
    if terminated.is_set():
        _end_by_the_signal()


def serve(
    connection: Line, start: "WorkerStart | FollowStart", ending: Ending | None = None
) -> None:
    """Be a worker that keeps its run when it is interrupted.

    Args:
        connection: Commands come in, replies go out.
        start: What to train, or to follow.
        ending: Word from outside; None where none can come.
    """
    from nntui.training.followed import FollowStart  # noqa: PLC0415

    if isinstance(start, FollowStart):
        from nntui.runs.follow_worker import run_follower  # noqa: PLC0415

        run_follower(connection, start, ending=ending)
        return
    from nntui.runs.keeper import RunKeeper  # noqa: PLC0415
    from nntui.training.worker import run_worker  # noqa: PLC0415

    keeper = RunKeeper(start)
    try:
        run_worker(connection, start, keeper=keeper, ending=ending)
    finally:
        keeper.close()


def _receive_signals(ending: Ending) -> threading.Event:
    """Leave Ctrl+C to the app, and keep the run before a request to end is followed.

    Returns:
        What is set when such a request has come.
    """
    terminated = threading.Event()

    def end(*_: object) -> None:
        if not ending.is_heeded:
            # There is no run yet, and nobody who looks.
            _end_by_the_signal()
        terminated.set()
        ending.request()

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, end)
    if sys.platform != "win32":
        # The system sends it to everybody at the terminal; the app's end, a moment later, says the
        # same, and whether the user left on purpose.
        signal.signal(signal.SIGHUP, signal.SIG_IGN)
    return terminated


def _end_by_the_signal() -> None:
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    os.kill(os.getpid(), signal.SIGTERM)


def _end_with_the_parent(ending: Ending, is_done: threading.Event) -> None:
    """End soon when standard input ends: the parent holds it open for as long as it lives.

    The training loop too notices that nobody is there any more, but not while it makes a large
    data set, where there is nothing to keep, or a step of a huge network.
    """
    os.read(sys.stdin.fileno(), 1)
    ending.request()
    if ending.is_heeded:
        is_done.wait(_LONGEST_STEP)
    os._exit(0)


if __name__ == "__main__":
    main(int(sys.argv[1]))
