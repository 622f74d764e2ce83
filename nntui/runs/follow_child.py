"""The child process that a follower runs in; see ``worker_process``, which starts it."""

import os
import signal
import sys
import threading
from multiprocessing.connection import Connection
from typing import Any


def main(connection_number: int) -> None:
    """Follow a run for as long as the parent lives.

    Args:
        connection_number: The file number of this end of the connection. The first thing that
            comes through it is a FollowStart.
    """
    _receive_signals()
    threading.Thread(target=_end_with_the_parent, daemon=True).start()
    # Only now, because it takes a while, in which the parent may go away.
    from nntui.runs.follow_worker import run_follower  # noqa: PLC0415

    connection: Connection[Any, Any] = Connection(connection_number)
    try:
        start = connection.recv()
    except (EOFError, OSError):
        return
    run_follower(connection, start)


def _receive_signals() -> None:
    """Leave Ctrl+C to the app; let all that ends a process end this one, however it was started."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    if sys.platform != "win32":
        signal.signal(signal.SIGHUP, signal.SIG_DFL)


def _end_with_the_parent() -> None:
    """End at once when standard input ends: the parent holds it open for as long as it lives."""
    os.read(sys.stdin.fileno(), 1)
    os._exit(0)


if __name__ == "__main__":
    main(int(sys.argv[1]))
