"""Frames paced over simulated links: how many are shown, and how long a key waits for them.

The link is a queue with a bandwidth and a delay either way; the terminal answers each question as
soon as the last byte before it has arrived.
"""

import heapq
import itertools
import random
from dataclasses import dataclass, field

import pytest

from nntui.ui.terminal.pacing import MOST_IN_FLIGHT, FramePacer, Question

FRAME = 6500
KEY_PAINT = 600
WORKER_SECONDS = 0.005
PAINT_SECONDS = 0.016
QUESTION_BYTES = 16


@dataclass
class Link:
    round_trip: float
    bytes_per_second: float
    stall: tuple[float, float] | None = None
    answers: bool = True
    lost: frozenset[int] = frozenset()
    jitter: float = 0.0
    free_at: float = 0.0

    def deliver(self, now, size):
        """Queue some bytes and tell when the last of them is on the screen."""
        start = max(now, self.free_at)
        self.free_at = self._without_stall(start, size / self.bytes_per_second)
        return self.free_at + self.round_trip / 2

    def _without_stall(self, start, needed):
        if self.stall is None:
            return start + needed
        begin, end = self.stall
        if start >= end or start + needed <= begin:
            return start + needed
        return end + needed - max(0.0, begin - start)


@dataclass
class Seen:
    sent: list[float] = field(default_factory=list)
    shown: list[float] = field(default_factory=list)
    key_to_screen: list[float] = field(default_factory=list)
    pressed: list[float] = field(default_factory=list)
    waiting_ahead: list[float] = field(default_factory=list)
    most_in_flight: int = 0
    rates: list[tuple[float, float]] = field(default_factory=list)

    def rate(self, start, end):
        return sum(start <= time < end for time in self.shown) / (end - start)

    def slowest_key(self, start=0.0, share=1.0):
        times = sorted(
            time
            for press, time in zip(self.pressed, self.key_to_screen, strict=True)
            if press >= start
        )
        return times[min(len(times) - 1, int(share * len(times)))]


class Simulation:
    """An app that draws frames as often as its pacer allows, while keys are typed."""

    def __init__(self, link, *, pacer=None, frame=FRAME, timer_error=0.001):
        self.link, self.frame, self.timer_error = link, frame, timer_error
        self.pacer = pacer or FramePacer(most_per_second=30)
        self.seen = Seen()
        self.events = []
        self.order = itertools.count()
        self.questions = itertools.count()
        self.requested = False
        self.echoed = 0
        self.answer_at = 0.0
        self.random = random.Random(7)

    def run(self, seconds, keys=()):
        self.at(0.0, self.greet)
        for time in keys:
            self.at(time, self.press, time)
        for tick in range(int(seconds * 4)):
            self.at(tick / 4, self.note_rate)
        while self.events and self.events[0][0] < seconds:
            now, _, action, arguments = heapq.heappop(self.events)
            action(now, *arguments)
        return self.seen

    def at(self, time, action, *arguments):
        heapq.heappush(self.events, (time, next(self.order), action, arguments))

    def greet(self, now):
        """Ask once before the first frame."""
        self.send(now, QUESTION_BYTES)
        self.wake(now)

    def wake(self, now):
        if self.requested:
            return
        wait = self.pacer.wait(now)
        if wait > 0:
            self.at(now + wait + self.timer_error, self.wake)
            return
        self.requested = True
        self.pacer.requested(now)
        self.at(now + WORKER_SECONDS, self.arrive)

    def arrive(self, now):
        """The snapshot is here: the next one may be requested while this one is painted."""
        self.requested = False
        self.at(now + PAINT_SECONDS, self.paint)
        self.wake(now)

    def paint(self, now):
        self.seen.sent.append(now)
        self.seen.waiting_ahead.append(max(0.0, self.link.free_at - now))
        size = self.frame if isinstance(self.frame, int) else self.random.randint(*self.frame)
        self.seen.shown.append(self.send(now, size))
        self.seen.most_in_flight = max(self.seen.most_in_flight, self.pacer.in_flight)
        self.wake(now)

    def send(self, now, size):
        arrival = self.link.deliver(now, size + QUESTION_BYTES)
        number = next(self.questions)
        self.pacer.frame_sent(now, Question(number, size + self.echoed))
        self.echoed = 0
        if self.link.answers and number not in self.link.lost:
            late = self.random.uniform(0, self.link.jitter)
            self.answer_at = max(self.answer_at, arrival + self.link.round_trip / 2 + late)
            self.at(self.answer_at, self.answer, number)
        return arrival

    def answer(self, now, number):
        self.pacer.answered(now, number)
        self.wake(now)

    def press(self, now, pressed):
        self.at(now + self.link.round_trip / 2 + 0.005, self.echo, pressed)

    def echo(self, now, pressed):
        self.echoed += KEY_PAINT
        self.seen.pressed.append(pressed)
        self.seen.key_to_screen.append(self.link.deliver(now, KEY_PAINT) - pressed)

    def note_rate(self, now):
        self.seen.rates.append((now, self.pacer.frames_per_second(now)))


SECONDS = 60.0
KEYS = tuple(2.0 + i * 0.937 for i in range(60))
"""Keys at moments that have nothing to do with the rhythm of the frames."""


def test_a_local_terminal_gets_the_highest_rate_one_frame_at_a_time():
    seen = Simulation(Link(round_trip=0.001, bytes_per_second=5e6)).run(SECONDS, KEYS)
    assert seen.rate(1, SECONDS) == pytest.approx(30, rel=0.02)
    assert seen.most_in_flight == 1
    assert seen.slowest_key() < 0.02


@pytest.mark.parametrize(
    ("round_trip", "bytes_per_second", "least_rate", "p95"),
    [
        (0.1, 20e3, 2.6, 0.6),
        (0.1, 60e3, 7.5, 0.25),
        (0.1, 200e3, 24.0, 0.25),
        (0.25, 1e6, 14.0, 0.3),
        (0.25, 5e3, 0.6, 2.1),
    ],
)
def test_a_link_is_filled_but_never_queues(round_trip, bytes_per_second, least_rate, p95):
    """The ideal rate is bytes_per_second / FRAME; on a single frame's wait it would be less."""
    link = Link(round_trip, bytes_per_second)
    seen = Simulation(link).run(SECONDS, KEYS)
    assert seen.rate(5, SECONDS) > least_rate
    assert seen.slowest_key(share=0.95) < p95
    if bytes_per_second >= 20e3:
        transfer = FRAME / bytes_per_second
        assert max(seen.waiting_ahead) < 0.3 * transfer
    assert seen.most_in_flight <= MOST_IN_FLIGHT


def test_a_single_frame_in_flight_is_not_enough_on_a_good_link():
    link = Link(round_trip=0.1, bytes_per_second=200e3)
    one_at_a_time = 1 / (link.round_trip + FRAME / link.bytes_per_second)
    assert Simulation(link).run(SECONDS).rate(5, SECONDS) > 2.5 * one_at_a_time


@pytest.mark.parametrize("jitter", [0.03, 0.1])
@pytest.mark.parametrize("bytes_per_second", [20e3, 200e3])
def test_frames_of_changing_size_and_answers_of_changing_delay(jitter, bytes_per_second):
    link = Link(0.1, bytes_per_second, jitter=jitter)
    seen = Simulation(link, frame=(300, 9000)).run(SECONDS, KEYS)
    ideal = min(30, bytes_per_second / 4650)
    assert seen.rate(5, SECONDS) > 0.5 * ideal
    assert seen.slowest_key(share=0.95) < 0.6
    assert max(seen.waiting_ahead) < 0.1


def test_the_round_trip_is_learnt_though_only_large_frames_follow():
    simulation = Simulation(Link(0.1, 20e3))
    simulation.run(SECONDS)
    assert simulation.pacer.round_trip == pytest.approx(0.1, rel=0.05)


def test_without_a_question_before_the_first_frame_the_queue_stays_short_too():
    simulation = Simulation(Link(0.1, 20e3))
    simulation.greet = simulation.wake
    seen = simulation.run(SECONDS, KEYS)
    assert max(seen.waiting_ahead) < FRAME / 20e3
    assert seen.slowest_key(share=0.95) < 0.7


def test_a_terminal_that_never_answers_gets_a_plain_timer():
    simulation = Simulation(Link(0.001, 5e6, answers=False))
    seen = simulation.run(SECONDS)
    assert seen.rate(0.1, 1) <= 1
    assert seen.rate(2, SECONDS) == pytest.approx(10, rel=0.1)
    assert simulation.pacer.frames_per_second(SECONDS) == pytest.approx(10, rel=0.1)
    assert not simulation.pacer.terminal_answers


def test_an_answer_that_comes_late_ends_the_plain_timer():
    simulation = Simulation(Link(0.001, 5e6, lost=frozenset(range(40))))
    seen = simulation.run(SECONDS)
    assert simulation.pacer.terminal_answers
    assert seen.rate(10, SECONDS) == pytest.approx(30, rel=0.02)


@pytest.mark.parametrize("bytes_per_second", [20e3, 200e3, 5e6])
def test_no_flood_follows_when_the_link_stood_still(bytes_per_second):
    link = Link(0.1, bytes_per_second, stall=(20.0, 30.0))
    seen = Simulation(link).run(SECONDS, KEYS)
    sent_into_the_stall = sum(20.2 < time < 30 for time in seen.sent)
    assert sent_into_the_stall <= 2
    assert seen.slowest_key(start=31) < 0.6
    assert seen.rate(35, SECONDS) > 0.9 * seen.rate(5, 20)


def test_the_rate_falls_to_nothing_while_the_link_stands_still():
    seen = Simulation(Link(0.1, 200e3, stall=(20.0, 30.0))).run(SECONDS)
    rates = dict(seen.rates)
    assert rates[19.0] == pytest.approx(seen.rate(14, 19), rel=0.1)
    assert rates[25.0] < 6
    assert rates[29.75] < 3
    assert rates[45.0] == pytest.approx(seen.rate(40, 45), rel=0.1)


@pytest.mark.parametrize("bytes_per_second", [20e3, 200e3])
def test_lost_answers_cost_little(bytes_per_second):
    lost = frozenset(range(7, 4000, 9))
    seen = Simulation(Link(0.1, bytes_per_second, lost=lost)).run(SECONDS, KEYS)
    whole = Simulation(Link(0.1, bytes_per_second)).run(SECONDS, KEYS)
    assert seen.rate(5, SECONDS) > 0.85 * whole.rate(5, SECONDS)
    assert seen.slowest_key(share=0.95) < 0.6


def test_frames_that_are_requested_but_never_sent_hold_up_the_others_for_a_second():
    pacer = FramePacer()
    pacer.frame_sent(0.0, Question(0, 16))
    pacer.requested(0.1)
    pacer.answered(0.2, 0)
    assert pacer.wait(0.2) == pytest.approx(0.9)
    assert pacer.wait(1.1) == 0


def test_a_frame_that_is_being_made_counts_as_one_in_the_queue():
    """On a slow link the next one is not requested while the last is still being painted."""
    simulation = Simulation(Link(0.1, 20e3))
    simulation.run(10.0)
    pacer = simulation.pacer
    number = next(simulation.questions)
    pacer.answered(10.5, number)
    assert pacer.wait(11.0) == 0
    pacer.requested(11.0)
    assert pacer.wait(11.01) > 0.7 * FRAME / 20e3


def test_frames_start_again_after_the_only_answer_was_lost():
    pacer = FramePacer()
    pacer.frame_sent(0.0, Question(0, 16))
    pacer.answered(0.1, 0)
    pacer.frame_sent(1.0, Question(1, FRAME))
    assert pacer.wait(1.05) > 1
    late = 1.05 + pacer.wait(1.05)
    assert late < 4
    assert pacer.wait(late) == pytest.approx(0, abs=1e-9)


def test_an_answer_counts_for_all_frames_before_it_and_an_unknown_one_for_none():
    pacer = FramePacer()
    for number in range(3):
        pacer.frame_sent(number / 10, Question(number, 100))
    pacer.answered(0.4, number=-1)
    assert pacer.in_flight == 3
    pacer.answered(0.5, number=1)
    assert pacer.in_flight == 1
    pacer.answered(0.6)
    pacer.answered(0.7)
    assert pacer.in_flight == 0


def test_frames_that_nobody_can_be_asked_about_keep_to_the_highest_rate():
    pacer = FramePacer(most_per_second=20)
    assert pacer.wait(10.0) == 0
    pacer.requested(10.0)
    pacer.frame_sent(10.01, None)
    assert pacer.wait(10.01) == pytest.approx(0.04)
    assert pacer.wait(10.05) == pytest.approx(0)
    assert pacer.in_flight == 0


def test_a_pacer_started_again_waits_for_no_old_answer():
    pacer = FramePacer()
    pacer.frame_sent(0.0, Question(0, 16))
    pacer.answered(0.1, 0)
    pacer.frame_sent(1.0, Question(1, FRAME))
    pacer.restart()
    assert pacer.wait(1.1) == 0
