"""Starts a worker in the background, listens to it, and sees to it that it ends.

A child process is the default: beside a drawing app it trains at nearly the speed it has alone,
where a thread has to share Python's interpreter lock (``tests/benchmarks/worker_speed.py``).

Nothing is imported here that takes long, so that a child can be launched before anything else.
"""

import contextlib
import importlib
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from multiprocessing.connection import Connection, Pipe
from typing import TYPE_CHECKING, Any, Literal, Protocol, TypeAlias, cast

if TYPE_CHECKING:  # These import numpy, which takes longer than launching a child.
    from nntui.training.followed import FollowStart
    from nntui.training.messages import Command, Failed, Kept, Reply, Started, WorkerStart

Kind: TypeAlias = Literal["process", "thread"]
Line: TypeAlias = "Connection[Any, Any]"
Start: TypeAlias = "WorkerStart | FollowStart"

_CHILD = "nntui.runs.worker_child"
"""The module that a worker runs in. It is only named here, because it belongs to a layer above: it
has a function ``serve``, and as a program it is given the file number of a connection."""

_PATIENCE = 1.0
"""How many seconds an end may take before something stronger is tried."""

_PATIENCE_WITH_A_SAVE = 3.0
"""How many seconds an end may take in which the run is kept."""


class Host(Protocol):
    """What a worker runs in.

    Attributes:
        process_id: The number of its process.
    """

    process_id: int

    def begin(self, start: "Start") -> None:
        """Let the worker begin; called once."""
        ...

    def end(self, *, keep: bool) -> None:
        """Wait for the end within a bounded time, then force it.

        Args:
            keep: Whether the run is being kept, for which a step that takes long is waited for
                beyond that time, by the worker alone.
        """
        ...

    def how_it_ended(self) -> str:
        """Say why the worker is no longer there."""
        ...


class WorkerHandle:
    """The app's end of a worker.

    Args:
        connection: Commands go out, replies come in.
        host: What the worker runs in.
    """

    def __init__(self, connection: Line, host: Host) -> None:
        self._connection = connection
        self._host = host
        self._sending = threading.Lock()
        self._reader: threading.Thread | None = None
        self._is_closing = False
        self._kept: Kept | None = None

    @property
    def kept(self) -> "Kept | None":
        """Where an interrupted run is kept, or why it is not; None where there was nothing."""
        return self._kept

    @property
    def process_id(self) -> int:
        """The number of the process that the worker runs in."""
        return self._host.process_id

    def begin(self, start: "Start") -> None:
        """Tell a worker that has been launched what to train."""
        self._host.begin(start)

    def send(self, command: "Command") -> None:
        """Send a command, from any thread; nothing happens where the worker has ended."""
        with self._sending, contextlib.suppress(OSError):
            self._connection.send(command)

    def first_reply(self, timeout: float | None = None) -> "Started | Failed":
        """Wait for the first answer; to be asked before ``listen``.

        Args:
            timeout: How many seconds to wait at most; None for as long as it takes.

        Returns:
            Started or Failed; Failed too where the worker ends, or takes too long.
        """
        from nntui.training.messages import Failed  # noqa: PLC0415

        try:
            if self._connection.poll(timeout):
                return self._connection.recv()
        except (EOFError, OSError):
            return Failed(self._unexpected_end())
        return Failed(f"the trainer did not start within {timeout:g} seconds")

    def listen(self, on_reply: "Callable[[Reply], object]") -> None:
        """Hand over every reply from now on.

        Args:
            on_reply: Called with each reply, one at a time, in a thread of its own; with Failed
                where the worker ends without having been told to.
        """
        self._reader = threading.Thread(
            target=self._read, args=(on_reply,), name="nntui-worker-replies", daemon=True
        )
        self._reader.start()

    def _read(self, on_reply: "Callable[[Reply], object]") -> None:
        from nntui.training.messages import Failed, Kept  # noqa: PLC0415

        try:
            while True:
                reply = self._connection.recv()
                if isinstance(reply, Kept):
                    self._kept = reply
                    continue
                on_reply(reply)
                if isinstance(reply, Failed):
                    return
        except (EOFError, OSError):
            if not self._is_closing:
                on_reply(Failed(self._unexpected_end()))

    def _unexpected_end(self) -> str:
        return f"the trainer has ended unexpectedly ({self._host.how_it_ended()})"

    def close(self, *, keep: bool = False) -> None:
        """End the worker and wait for it, at most a few seconds; again does nothing.

        Args:
            keep: Whether the run is interrupted, and to be kept: ``kept`` tells how that went.
        """
        if self._is_closing:
            return
        from nntui.training.messages import Stop  # noqa: PLC0415

        self._is_closing = True
        self.send(Stop(keep))
        if self._reader is None:
            self._connection.close()
        self._host.end(keep=keep)
        if self._reader is not None:
            if self._reader is not threading.current_thread():
                self._reader.join(_PATIENCE)
            # A file number that somebody still reads from must not become another file's.
            if not self._reader.is_alive():
                self._connection.close()


def start_worker(
    start: "WorkerStart", kind: Kind | None = None, child: str = _CHILD
) -> WorkerHandle:
    """Start a worker.

    Args:
        start: What to train.
        kind: Where it runs; None for the better one of those that are possible here.
        child: The module that it runs in.
    """
    handle = launch_worker(kind, child)
    handle.begin(start)
    return handle


def launch_worker(kind: Kind | None = None, child: str = _CHILD) -> WorkerHandle:
    """Start a worker that is still to be told what to train, by ``WorkerHandle.begin``.

    A child process meanwhile imports what it needs.

    Args:
        kind: Where it runs; None for the better one of those that are possible here.
        child: The module that it runs in.
    """
    kind = kind or default_kind()
    ours, theirs = cast("tuple[Line, Line]", Pipe())
    host = _Process(ours, theirs, child) if kind == "process" else _Thread(theirs, child)
    return WorkerHandle(ours, host)


def default_kind() -> Kind:
    """Return "process" where a connection can be inherited by file number, else "thread"."""
    return "process" if os.name == "posix" and sys.executable else "thread"


class _Thread:
    """A worker in a thread of this process."""

    def __init__(self, theirs: Line, child: str) -> None:
        self.process_id = os.getpid()
        self._theirs = theirs
        self._child = child
        self._thread: threading.Thread | None = None

    def begin(self, start: "Start") -> None:
        serve = importlib.import_module(self._child).serve
        self._thread = threading.Thread(
            target=serve, args=(self._theirs, start), name="nntui-worker", daemon=True
        )
        self._thread.start()

    def end(self, *, keep: bool) -> None:
        if self._thread is None:
            self._theirs.close()
        else:
            self._thread.join(_PATIENCE_WITH_A_SAVE if keep else _PATIENCE)

    def how_it_ended(self) -> str:
        return "its thread has ended"


class _Process:
    """A worker in a child process.

    It is not started by ``multiprocessing``, whose ``spawn`` would import the parent's main module
    once more, needs one more process, and lets the child write to the terminal.
    """

    def __init__(self, ours: Line, theirs: Line, child: str) -> None:
        self._ours = ours
        with theirs:
            number = theirs.fileno()
            self._process = subprocess.Popen(
                # -P: a file of the user's that is called like a module must not be imported.
                [sys.executable, "-P", "-m", child, str(number)],
                stdin=subprocess.PIPE,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                pass_fds=(number,),
                env=_child_environment(),
            )
        self.process_id = self._process.pid

    def begin(self, start: "Start") -> None:
        # A child that has ended already is told about by the first reply.
        with contextlib.suppress(OSError):
            self._ours.send(start)

    def end(self, *, keep: bool) -> None:
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(_PATIENCE_WITH_A_SAVE if keep else _PATIENCE)
        # The end of its standard input ends the child as soon as its run is kept.
        if self._process.stdin is not None:
            self._process.stdin.close()
        if not keep and self._process.poll() is None:
            self._process.kill()
            self._process.wait()

    def how_it_ended(self) -> str:
        try:
            code = self._process.wait(_PATIENCE)
        except subprocess.TimeoutExpired:
            return "it no longer answers"
        if code >= 0:
            return f"exit code {code}"
        with contextlib.suppress(ValueError):
            return f"signal {signal.Signals(-code).name}"
        return f"signal {-code}"


def _child_environment() -> dict[str, str]:
    """Return what a child's environment has to hold before Python starts in it."""
    # The child finds modules where this process does, and numpy computes with one thread.
    paths = [path or os.getcwd() for path in sys.path]  # noqa: PTH109 - a text is wanted
    threads = {f"{library}_NUM_THREADS": "1" for library in ("OPENBLAS", "MKL", "OMP")}
    return {**threads, **os.environ, "PYTHONPATH": os.pathsep.join(paths)}
