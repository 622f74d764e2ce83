"""When the next picture of the run is asked for: pulled by the screen, never pushed at it."""

from collections.abc import Callable

from nntui.ui.terminal.pacing import FramePacer, Question

MOST_PER_SECOND = 21.0
"""Enough to look smooth; more would only cost the trainer its processor, and a link its bytes."""

SLOW_SECONDS = 0.2
"""Text and the loss change at most so often; only the regions follow every frame."""

_SOONER = 0.002


class Frames:
    """Asks the trainer for snapshots as fast as the terminal shows them.

    One round: a snapshot is asked for, it arrives and is drawn, the frame is written, the terminal
    answers that it has shown it.

    Args:
        ask: Asks the trainer for a snapshot; told whether the slow parts are due.
        call_later: Calls a function after so many seconds.
        is_blocked: Tells whether the terminal has not even taken what was written last.
        clock: Seconds that only go forward.
    """

    def __init__(
        self,
        ask: Callable[[bool], None],
        call_later: Callable[[float, Callable[[], None]], object],
        is_blocked: Callable[[], bool],
        clock: Callable[[], float],
    ) -> None:
        self._ask = ask
        self._call_later = call_later
        self._is_blocked = is_blocked
        self._clock = clock
        self._pacer = FramePacer(MOST_PER_SECOND)
        self._is_live = False
        self._is_wanted = False
        self._wants_all = True
        self._is_asked = False
        self._next_call = float("-inf")
        self._slow_at = -SLOW_SECONDS

    @property
    def per_second(self) -> float:
        """How many frames a second the terminal has shown of late."""
        return self._pacer.frames_per_second(self._clock())

    def want(self) -> None:
        """Something has changed: show all of it as soon as the terminal takes a frame."""
        self._is_wanted = self._wants_all = True
        self._ask_if_due()

    def go_on(self, *, live: bool) -> None:
        """Keep showing frames, or from now on only those that are wanted."""
        self._is_live = live
        self._ask_if_due()

    def arrived(self) -> None:
        """Note that the snapshot that was asked for is here."""
        self._is_asked = False

    def sent(self, question: Question | None) -> None:
        """Note that a frame was written, with the question after it; None where none is asked."""
        self._pacer.frame_sent(self._clock(), question)
        self._ask_if_due()

    def shown(self, answered_at: float, question: Question) -> None:
        """Note that the terminal has shown a frame."""
        self._pacer.answered(answered_at, question.number)
        self._ask_if_due()

    def restart(self) -> None:
        """The terminal was handed over and is back: show everything."""
        self._pacer.restart()
        self.want()

    def _ask_if_due(self) -> None:
        if self._is_asked or not (self._is_live or self._is_wanted):
            return
        now = self._clock()
        wait = self._pacer.wait(now)
        if not wait and self._is_blocked():
            wait = 1.0 / MOST_PER_SECOND
        if wait > 0.0:
            self._ask_after(now, wait)
            return
        slow = self._wants_all or now - self._slow_at >= SLOW_SECONDS
        if slow:
            self._slow_at = now
        self._is_asked, self._is_wanted, self._wants_all = True, False, False
        self._pacer.requested(now)
        self._ask(slow)

    def _ask_after(self, now: float, seconds: float) -> None:
        # A call that is due much later does not count: an answer has made it sooner.
        if self._next_call <= now or now + seconds < self._next_call - _SOONER:
            self._next_call = now + seconds
            self._call_later(seconds, self._called)

    def _called(self) -> None:
        # A timer may ring a little early: what it was set for no longer counts.
        self._next_call = float("-inf")
        self._ask_if_due()
