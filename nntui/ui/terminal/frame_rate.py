"""How many frames a second really reach the screen."""

from collections import deque

_SECONDS_KEPT = 5.0
_FEWEST_KEPT = 2
_SECONDS_TO_STANDSTILL = 30.0
_FRAMES_KEPT = 40


class FrameRate:
    """Counts frames shown over the last seconds, and falls at once when none come."""

    def __init__(self) -> None:
        self._shown: deque[float] = deque(maxlen=_FRAMES_KEPT)

    def shown(self, now: float) -> None:
        """Take in that a frame is on the screen."""
        self._shown.append(now)

    def per_second(self, now: float) -> float:
        """Give the rate of the last frames; 0 when fewer than two were seen of late."""
        while len(self._shown) > _FEWEST_KEPT and now - self._shown[0] > _SECONDS_KEPT:
            self._shown.popleft()
        if self._shown and now - self._shown[-1] > _SECONDS_TO_STANDSTILL:
            self._shown.clear()
        intervals = len(self._shown) - 1
        if intervals < 1:
            return 0.0
        elapsed = self._shown[-1] - self._shown[0]
        # The frame that has not come yet counts as soon as it is later than the others were.
        overdue = now - self._shown[-1] - elapsed / intervals
        elapsed += max(0.0, overdue)
        return intervals / elapsed if elapsed > 0 else 0.0
