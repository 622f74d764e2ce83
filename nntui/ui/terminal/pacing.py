"""When the next live frame may be made, so that no key ever waits behind a queue of frames.

After each frame the terminal is asked a question; its answer means that the frame is on the
user's screen. `FramePacer` learns from these answers what the link can carry and lets a frame go
when the ones before it have left the link: on a good link several are then on their way at once
(a round trip is not waited for), on a slow one there is never more than one frame in the queue.
"""

from collections import deque
from dataclasses import dataclass

from nntui.ui.terminal.frame_rate import FrameRate
from nntui.ui.terminal.link import LinkEstimate

MOST_IN_FLIGHT = 4
"""More frames than these are never without an answer, however good the link seems."""

_HEADROOM = 0.1
"""The share of a frame's own time that the link is left idle, against errors of the estimate."""
_SILENCE = 1.0
"""So long the first answer is waited for, in seconds; then a plain timer sets the pace."""
_SLOWEST_LINK = 4000.0
"""Bytes a second: the first answer is given so much longer as its frame may need on the way."""
_UNANSWERED_PER_SECOND = 10.0
_LATE = 0.1
"""An answer later than expected by so many seconds stops further frames until it comes."""
_PATIENCE = (2.0, 8.0)
"""How long a late answer is waited for before one more frame is sent; the last value repeats."""
_LONGEST_MAKING = 0.05
_LONGEST_COMING = 1.0
"""A frame that was requested and not sent after so many seconds will not come."""
_SHARE_OF_NEW = 0.25


@dataclass(frozen=True, slots=True)
class Question:
    """A question that was written after a frame.

    Attributes:
        number: Counts the questions; an answer to one answers all before it too.
        bytes_written: What was written to the terminal since the question before.
    """

    number: int
    bytes_written: int


@dataclass(slots=True)
class _InFlight:
    question: Question
    sent: float
    expected: float


class FramePacer:
    """Decides when the next live frame may be asked for. Reads no clock: `now` is passed in.

    All times are seconds of one monotonic clock.

    Args:
        most_per_second: The highest rate of frames, whatever the link could carry.
    """

    def __init__(self, most_per_second: float = 30.0) -> None:
        self._interval = 1.0 / most_per_second
        self._due = float("-inf")
        self._in_flight: deque[_InFlight] = deque(maxlen=MOST_IN_FLIGHT * 4)
        self._link = LinkEstimate()
        self._rate = FrameRate()
        self._timer_from: float | None = None
        self._requests: deque[float] = deque()
        self._making = 0.0
        self._last_sent = float("-inf")
        self._last_answer = float("-inf")
        self._answered_ever = False
        self._late_frames = 0

    @property
    def in_flight(self) -> int:
        """The number of frames that were sent and not answered yet."""
        return len(self._in_flight)

    @property
    def terminal_answers(self) -> bool:
        """Whether the terminal has ever answered; until then a plain timer sets the pace."""
        return self._answered_ever

    @property
    def round_trip(self) -> float:
        """The shortest time seen from a question to its answer, in seconds."""
        return self._link.round_trip

    def wait(self, now: float) -> float:
        """Give the seconds until a frame may be requested; 0 means now.

        Ask again when they are over, and whenever an answer has come: it may be sooner then.
        """
        return max(0.0, self._due - now, self._ready(now) - now)

    def requested(self, now: float) -> None:
        """Take in that a frame was requested: the highest rate counts from here.

        Without it the rate counts from when frames are sent.
        """
        # Keeping to the rhythm makes up for timers that ring a little late.
        late = now - self._due
        self._forget_requests(now)
        self._requests.append(now)
        self._due = (self._due if late < self._interval else now) + self._interval

    def frame_sent(self, now: float, question: Question | None) -> None:
        """Take in that a frame was written, with the question that was asked after it.

        Args:
            now: The time.
            question: None where nobody can be asked (tests without a terminal): the frame
                counts as shown at once.
        """
        if not self._requests:
            self.requested(now)
        making = min(_LONGEST_MAKING, now - self._requests.popleft())
        self._making += _SHARE_OF_NEW * (making - self._making)
        self._last_sent = now
        if question is None:
            self._rate.shown(now)
            return
        if self._timer_from is None:
            self._timer_from = now + _SILENCE + question.bytes_written / _SLOWEST_LINK
        if not self._answered_ever and self._timer_runs(now):
            self._rate.shown(now)
        if self._is_late(now):
            self._late_frames += 1
        before = self._in_flight[-1].expected if self._in_flight else self._last_answer
        expected = self._link.expected(now, question.bytes_written, before)
        self._in_flight.append(_InFlight(question, now, expected))

    def answered(self, now: float, number: int | None = None) -> None:
        """Take in that the terminal has answered.

        Args:
            now: When the answer came.
            number: The question that was answered, and with it all before it; None is the
                oldest that has no answer yet. An unknown number is ignored.
        """
        frames = self._take_answered(number)
        if not frames:
            return
        if not self._answered_ever:
            self._answered_ever = True
            self._rate = FrameRate()
        if len(frames) == 1:
            frame = frames[0]
            size = frame.question.bytes_written
            self._link.learn(frame.sent, size, self._last_answer, now)
        for _ in frames:
            self._rate.shown(now)
        self._late_frames = 0
        self._last_answer = now
        self._expect_again()

    def restart(self) -> None:
        """Forget the frames in flight: the terminal was handed over and has come back."""
        self._in_flight.clear()
        self._requests.clear()
        self._late_frames = 0
        self._timer_from = None

    def frames_per_second(self, now: float) -> float:
        """Give the measured rate of frames that were really shown."""
        return self._rate.per_second(now)

    def _ready(self, now: float) -> float:
        """When the link allows the next frame, by the clock."""
        self._forget_requests(now)
        if not self._requests and not self._in_flight:
            return now
        known = self._link.is_known
        alone = not self._answered_ever or not known or self._is_late(now)
        if self._requests and (alone or self._coming_and_in_flight >= MOST_IN_FLIGHT):
            return self._requests[0] + _LONGEST_COMING
        if not self._answered_ever:
            at_rate = self._last_sent + 1.0 / _UNANSWERED_PER_SECOND - self._making
            return at_rate if self._timer_from is None else max(at_rate, self._timer_from)
        if alone or self._coming_and_in_flight >= MOST_IN_FLIGHT:
            # One frame after a growing while finds out whether answers were lost. If the link
            # stands still instead, these few are all that it has to carry afterwards.
            patience = _PATIENCE[min(self._late_frames, len(_PATIENCE) - 1)]
            return self._in_flight[-1].expected + patience
        expected, size = self._last_expected(now)
        headroom = _HEADROOM * self._link.transfer(size)
        return expected + headroom - self._link.round_trip - self._making

    @property
    def _coming_and_in_flight(self) -> int:
        return len(self._requests) + len(self._in_flight)

    def _last_expected(self, now: float) -> tuple[float, float]:
        """When the last frame should be answered, and its size, the requested ones included."""
        expected, size = self._last_answer, 0.0
        if self._in_flight:
            newest = self._in_flight[-1]
            expected, size = newest.expected, newest.question.bytes_written
        for requested in self._requests:
            size = self._link.typical_bytes
            sent = max(now, requested + self._making)
            expected = self._link.expected(sent, size, expected)
        return expected, size

    def _forget_requests(self, now: float) -> None:
        """Wait no longer for frames that were requested and never sent."""
        while self._requests and now - self._requests[0] >= _LONGEST_COMING:
            self._requests.popleft()

    def _timer_runs(self, now: float) -> bool:
        return self._timer_from is not None and now >= self._timer_from

    def _is_late(self, now: float) -> bool:
        if not self._in_flight:
            return False
        tolerance = max(_LATE, self._link.round_trip / 2)
        return now > self._in_flight[0].expected + tolerance

    def _take_answered(self, number: int | None) -> list[_InFlight]:
        frames: list[_InFlight] = []
        while self._in_flight and (number is None or self._in_flight[0].question.number <= number):
            frames.append(self._in_flight.popleft())
            if number is None:
                break
        return frames

    def _expect_again(self) -> None:
        """Expect the frames still in flight by what the last answer has taught."""
        before = self._last_answer
        for frame in self._in_flight:
            size = frame.question.bytes_written
            frame.expected = self._link.expected(frame.sent, size, before)
            before = frame.expected
