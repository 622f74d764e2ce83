"""Ctrl+C, a hang-up and the system's request to end, as something that a run can ask about."""

import signal
import sys
import threading
from collections.abc import Callable
from types import FrameType
from typing import Self, TypeAlias

from nntui.cli.messages import EXIT_HUNG_UP, EXIT_INTERRUPTED, EXIT_TERMINATED, say_warning

_Handler: TypeAlias = Callable[[int, FrameType | None], object] | int | None

_SIGNALS_THAT_WARN = 2
_EXIT_CODES = {signal.SIGINT: EXIT_INTERRUPTED, signal.SIGTERM: EXIT_TERMINATED}
if sys.platform != "win32":
    _EXIT_CODES[signal.SIGHUP] = EXIT_HUNG_UP


class Interruption:
    """While it is entered, signals are only noted; the third one ends the program at once.

    A run stops after its present step, which may take a while when the step is large: the second
    signal says so, in case it came from impatience.

    Attributes:
        exit_code: What the program should end with; 0 as long as no signal has come.
    """

    def __init__(self) -> None:
        self.exit_code = 0
        self._signals = 0
        self._before: dict[signal.Signals, _Handler] = {}

    def requested(self) -> bool:
        """Tell whether a signal has come."""
        return self.exit_code != 0

    def __enter__(self) -> Self:
        # Python delivers signals to the main thread, and only it may ask for them.
        if threading.current_thread() is threading.main_thread():
            self._before = {
                number: signal.signal(number, self._note)
                for number in _EXIT_CODES
                if not _is_to_be_survived(number)
            }
        return self

    def __exit__(self, *_: object) -> None:
        self._restore()

    def _note(self, number: int, _: FrameType | None) -> None:
        self.exit_code = _EXIT_CODES[signal.Signals(number)]
        self._signals += 1
        if self._signals == _SIGNALS_THAT_WARN:
            say_warning("stopping after the present step; once more ends it without a result")
            self._restore()

    def _restore(self) -> None:
        for number, handler in self._before.items():
            signal.signal(number, handler)
        self._before = {}


def _is_to_be_survived(number: signal.Signals) -> bool:
    """Tell whether the program was started so that a hang-up does not reach it, as by nohup."""
    if sys.platform == "win32":
        return False
    return number == signal.SIGHUP and signal.getsignal(number) is signal.SIG_IGN
