import pytest

from nntui.ui.frames import MOST_PER_SECOND, SLOW_SECONDS, Frames
from nntui.ui.terminal.pacing import Question


class Link:
    """A trainer that answers at once and a terminal that shows a frame after a while."""

    def __init__(self, seconds_to_show):
        self.now = 100.0
        self.asked = []
        self.timers = []
        self.is_blocked = False
        self.frames = Frames(self._ask, self._call_later, lambda: self.is_blocked, lambda: self.now)
        self._seconds_to_show = seconds_to_show
        self._number = 0

    def _ask(self, slow):
        self.asked.append((self.now, slow))
        self._call_later(0.001, self._arrive)

    def _arrive(self):
        self.frames.arrived()
        question = Question(self._number, 4000)
        self._number += 1
        self.frames.sent(question)
        if self._seconds_to_show is not None:
            self._call_later(self._seconds_to_show, lambda: self.frames.shown(self.now, question))

    def _call_later(self, seconds, call):
        self.timers.append((self.now + seconds, call))

    def run(self, seconds):
        end = self.now + seconds
        while due := [timer for timer in self.timers if timer[0] <= end]:
            timer = min(due, key=lambda timer: timer[0])
            self.timers.remove(timer)
            self.now = timer[0]
            timer[1]()
        self.now = end


def test_nothing_is_asked_for_while_nothing_changes():
    link = Link(0.001)
    link.frames.want()
    link.run(1.0)
    link.run(10.0)

    assert len(link.asked) == 1
    assert link.asked[0][1]


def test_a_live_run_is_shown_at_the_highest_rate_on_a_fast_terminal():
    link = Link(0.001)
    link.frames.go_on(live=True)
    link.run(4.0)

    assert len(link.asked) / 4.0 == pytest.approx(MOST_PER_SECOND, rel=0.1)


def test_the_slow_parts_come_five_times_a_second():
    link = Link(0.001)
    link.frames.go_on(live=True)
    link.run(10.0)

    slow = [at for at, is_slow in link.asked if is_slow]
    assert len(slow) / 10.0 <= 1 / SLOW_SECONDS + 0.1
    assert len(slow) / 10.0 > 0.8 / SLOW_SECONDS


def test_a_slow_terminal_is_never_asked_for_more_than_it_shows():
    link = Link(0.5)
    link.frames.go_on(live=True)
    link.run(10.0)

    assert len(link.asked) <= 10.0 / 0.5 * 2


def test_a_timer_that_rings_a_little_early_does_not_stop_the_frames():
    link = Link(0.001)
    call_later = link._call_later
    early = 0.0005
    link.frames._call_later = lambda seconds, call: call_later(max(seconds - early, 1e-6), call)
    link.frames.go_on(live=True)
    link.run(4.0)

    assert len(link.asked) / 4.0 == pytest.approx(MOST_PER_SECOND, rel=0.1)


def test_nothing_is_asked_for_while_the_terminal_takes_nothing():
    link = Link(None)
    link.is_blocked = True
    link.frames.go_on(live=True)
    link.run(5.0)
    assert link.asked == []

    link.is_blocked = False
    link.run(1.0)
    assert link.asked


def test_a_change_is_shown_whole_as_soon_as_the_terminal_takes_it():
    link = Link(0.001)
    link.frames.go_on(live=True)
    link.run(2.05)
    link.frames.want()
    asked_before = len(link.asked)
    link.run(2 / MOST_PER_SECOND)

    assert link.asked[asked_before][1]


def test_a_paused_run_stops_asking():
    link = Link(0.001)
    link.frames.go_on(live=True)
    link.run(1.0)
    link.frames.go_on(live=False)
    link.run(0.2)
    asked = len(link.asked)
    link.run(10.0)

    assert len(link.asked) == asked


def test_changes_while_a_snapshot_is_on_its_way_are_shown_afterwards():
    link = Link(0.001)
    link.frames.want()
    link.frames.want()
    link.frames.want()
    link.run(1.0)

    assert len(link.asked) == 2
