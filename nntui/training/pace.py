"""How many steps to make at once, when to hold back, and how fast it goes."""

import math
from collections import deque
from collections.abc import Callable

LONGEST_PORTION = 0.003
"""About how many seconds of training go by before somebody may speak again."""

_MOST_STEPS = 1024
_SHORTEST_WAIT = 0.01
_LONGEST_DEBT = 0.25
_SPEED_WINDOW = 1.0
_SECONDS_BETWEEN_MARKS = 0.05


class Pace:
    """Cuts training into portions, short enough to react at once, and holds it to a speed.

    A speed is kept by a schedule: after so many seconds so many steps are due. So a slow moment
    is made good, unless it lasted too long.

    Args:
        clock: Seconds that only go forward.
    """

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._steps_per_second: float | None = None
        self._portion = 1
        self.begin()

    def begin(self) -> None:
        """Start the schedule: the first step is due now."""
        self.be_careful()
        self._began = self._not_before = self._clock()
        self._made = 0

    def be_careful(self) -> None:
        """Forget how long a step takes, because what is trained is another."""
        self._portion = 1

    def set_speed(self, steps_per_second: float | None) -> None:
        """Choose the most steps a second, above 0; None for no such limit."""
        self._steps_per_second = steps_per_second
        # The next step is due one step of the new speed from now.
        self._began = self._not_before = self._clock()
        self._made = 1

    def seconds_to_wait(self) -> float:
        """Return how long to wait before the next portion; 0 where it is due."""
        if self._steps_per_second is None:
            return 0.0
        due = self._began + self._made / self._steps_per_second
        return max(due, self._not_before, now := self._clock()) - now

    def portion(self) -> int:
        """Return how many steps to make now, 1 or more."""
        if self._steps_per_second is None:
            return self._portion
        now = self._clock()
        on_schedule = now - self._made / self._steps_per_second
        self._began = max(self._began, on_schedule - _LONGEST_DEBT)
        due = math.floor((now - self._began) * self._steps_per_second) + 1
        return max(min(self._portion, due - self._made), 1)

    def made(self, steps: int, seconds: float) -> None:
        """Learn from a portion that has been made.

        Args:
            steps: How many steps it had.
            seconds: How long they took.
        """
        fitting = int(LONGEST_PORTION * steps / seconds) if seconds > 0 else _MOST_STEPS
        self._portion = max(1, min(fitting, 2 * self._portion, _MOST_STEPS))
        self._made += steps
        if self.seconds_to_wait() > 0:
            # Waking up for every step of a fast schedule would take longer than the steps.
            self._not_before = self._clock() + _SHORTEST_WAIT


class SpeedMeter:
    """Measures the speed of the last second or so.

    Args:
        clock: Seconds that only go forward.
    """

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._marks: deque[tuple[float, int]] = deque()
        self._last = (0.0, 0)

    def start_again(self, steps: int) -> None:
        """Forget what was: training begins at this step."""
        self._last = (self._clock(), steps)
        self._marks.clear()
        self._marks.append(self._last)

    def reached(self, steps: int) -> None:
        """Note that a step has been reached."""
        now = self._clock()
        self._last = (now, steps)
        if now - self._marks[-1][0] >= _SECONDS_BETWEEN_MARKS:
            self._marks.append(self._last)
        # The first mark is the latest one that is a window old.
        while len(self._marks) > 1 and now - self._marks[1][0] >= _SPEED_WINDOW:
            self._marks.popleft()

    @property
    def steps_per_second(self) -> float:
        """The speed; 0 where no time has gone by."""
        (began, first), (now, last) = self._marks[0], self._last
        return (last - first) / (now - began) if now > began else 0.0
