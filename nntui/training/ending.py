"""Word from outside that a worker is to end."""

import contextlib
import os


class Ending:
    """Asks a worker to end, from another thread or out of a signal's handler.

    The worker looks at it between two portions of training, never in the midst of a step, and is
    woken by it where it waits for a command.

    Attributes:
        is_requested: Whether the worker is to end.
        is_heeded: Whether the worker looks at it already: before, it is still making its data, and
            has nothing to keep.
    """

    def __init__(self) -> None:
        self.is_requested = False
        self.is_heeded = False
        self._read, self._write = os.pipe()
        # A handler must not wait for a pipe that is full: once is enough to be woken.
        os.set_blocking(self._write, False)

    def fileno(self) -> int:
        """Return the file that can be read from as soon as an end is requested."""
        return self._read

    def request(self) -> None:
        """Ask for the end; again does nothing."""
        self.is_requested = True
        with contextlib.suppress(BlockingIOError):
            os.write(self._write, b".")
