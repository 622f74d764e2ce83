"""Signals that end the program: it leaves as on a key, and gives the terminal back as it was."""

import asyncio
import contextlib
import os
import select
import signal
import sys
import threading
from collections.abc import Callable
from typing import NoReturn

_SIGNAL_EXIT = 128
"""By convention, a program that a signal has ended returns this and the signal's number."""


def end_on_signals(end: Callable[[int], None]) -> None:
    """Have a function called with the exit code when a signal asks the program to end.

    Where a hang-up has taken the terminal away, the program ends at once, because there is nothing
    any more that could be given back; the trainer in the background keeps the run.
    """
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        # Windows' event loop knows no signals.
        with contextlib.suppress(NotImplementedError):
            loop.add_signal_handler(number, end, _SIGNAL_EXIT + number)
    if sys.platform != "win32":
        terminal = sys.__stdin__.fileno() if sys.__stdin__ is not None else 0
        if signal.getsignal(signal.SIGHUP) is not signal.SIG_IGN:
            loop.add_signal_handler(signal.SIGHUP, _hang_up, terminal, end)
        threading.Thread(target=_end_with_the_terminal, args=(terminal,), daemon=True).start()


def _hang_up(terminal: int, end: Callable[[int], None]) -> None:
    if _is_gone(terminal, milliseconds=0):
        _end_at_once()
    end(_SIGNAL_EXIT + signal.SIGHUP)


def _end_with_the_terminal(terminal: int) -> None:
    """End the program as soon as its terminal is gone, whether or not a signal tells so.

    Whoever goes on reading from such a terminal is told again and again that nothing has come.
    """
    if _is_gone(terminal, milliseconds=None):
        _end_at_once()


def _is_gone(terminal: int, *, milliseconds: int | None) -> bool:
    """Wait at most so long, None for ever, until a terminal is gone; tell whether it is."""
    poll = select.poll()
    # Asked for nothing, it tells only of the terminal's end.
    poll.register(terminal, 0)
    return any(events & (select.POLLHUP | select.POLLERR) for _, events in poll.poll(milliseconds))


def _end_at_once() -> NoReturn:
    os._exit(_SIGNAL_EXIT + signal.SIGHUP)
