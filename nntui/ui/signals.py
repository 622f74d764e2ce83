"""Signals that end the program: it leaves as on a key, and gives the terminal back as it was."""

import asyncio
import contextlib
import signal
from collections.abc import Callable

_SIGNAL_EXIT = 128
"""By convention, a program that a signal has ended returns this and the signal's number."""


def end_on_signals(end: Callable[[int], None]) -> None:
    """Have a function called with the exit code when a signal asks the program to end.

    A hang-up is left to itself: there is no terminal any more that could be given back.
    """
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        # Windows' event loop knows no signals.
        with contextlib.suppress(NotImplementedError):
            loop.add_signal_handler(number, end, _SIGNAL_EXIT + number)
