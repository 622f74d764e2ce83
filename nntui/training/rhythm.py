"""When to look at a run: often enough to see it move, seldom enough not to slow it down."""

import time
from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass

SECONDS_BETWEEN_LOOKS = 0.05
"""How often a run is looked at, where that is cheap."""

MOST_OF_THE_TIME = 0.05
"""The share of the time that looking may take."""

_LARGEST_SAVING = 0.1


@dataclass(frozen=True)
class Clocks:
    """What tells the time; functions that compute never ask.

    Attributes:
        wall: Seconds that only go forward.
        work: Seconds of computing of the thread that asks: on a busy machine less than ``wall``.
    """

    wall: Callable[[], float] = time.perf_counter
    work: Callable[[], float] = time.thread_time


class Ration:
    """Allows a kind of work only as long as it takes a small share of the time.

    What has not been used is saved up to a tenth of a second, so that a run's beginning, where
    most happens, is looked at closely. A piece of work that takes longer than what is saved is
    done, and paid for afterwards.

    Args:
        clocks: The time, and the time of work.
        share: The share of the time, 0 to 1.
    """

    def __init__(self, clocks: Clocks, share: float) -> None:
        self._clocks = clocks
        self._share = share
        self._saved = _LARGEST_SAVING
        self._counted = clocks.wall()

    def allows(self) -> bool:
        """Tell whether the work may be done now."""
        now = self._clocks.wall()
        self._saved += (now - self._counted) * self._share
        self._saved = min(self._saved, _LARGEST_SAVING)
        self._counted = now
        return self._saved > 0.0

    @contextmanager
    def spend(self) -> Generator[None, None, None]:
        """Pay for the work that is done within."""
        before = self._clocks.work()
        yield
        self._saved -= self._clocks.work() - before


class LookRhythm:
    """Decides when a run that is played is looked at.

    At first at steps that follow from the step number alone, dense where the loss falls; later
    about twenty times a second.

    Args:
        clock: Seconds that only go forward.
        steps: Where the run is.
    """

    def __init__(self, clock: Callable[[], float], steps: int) -> None:
        self._clock = clock
        self._next_step = next_look(steps)
        self._next_time = clock() + SECONDS_BETWEEN_LOOKS

    def steps_to_look(self, steps: int) -> int:
        """Return how many steps there are to the next look, 1 or more."""
        return max(self._next_step - steps, 1)

    def is_due(self, steps: int) -> bool:
        """Tell whether to look at a run that is at this step."""
        return steps >= self._next_step or self._clock() >= self._next_time

    def looked(self, steps: int) -> None:
        """Note that the run has been looked at, or that it cannot be afforded now."""
        self._next_step = next_look(steps, self._next_step)
        self._next_time = self._clock() + SECONDS_BETWEEN_LOOKS


def next_look(steps: int, look: int = 0) -> int:
    """Return the first step after this one at which a run is looked at, however fast it is.

    Args:
        steps: Where the run is.
        look: An earlier look, to begin the search at.

    Example:
        >>> next_look(10), next_look(100), next_look(1000)
        (11, 102, 1017)
    """
    while look <= steps:
        look += max(1, look // 50)
    return look
