"""How training is cut into portions and held to a speed."""

import pytest

from nntui.training.pace import LONGEST_PORTION, Pace, SpeedMeter


class Clock:
    def __init__(self):
        self.now = 100.0

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


def play(pace, clock, seconds, seconds_a_step=0.0):
    """Train as the worker does for a while; return the times at which steps were made."""
    end, times = clock.now + seconds, []
    while clock.now < end:
        wait = pace.seconds_to_wait()
        if wait > 0:
            clock.now += wait
            continue
        steps = pace.portion()
        clock.now += steps * seconds_a_step
        times += [clock.now] * steps
        pace.made(steps, steps * seconds_a_step)
        if not seconds_a_step:
            clock.now += 1e-4
    return times


class TestPortions:
    def test_the_first_is_a_single_step(self, clock):
        assert Pace(clock).portion() == 1

    @pytest.mark.parametrize("seconds_a_step", [2e-5, 1e-4, 7e-4])
    def test_they_grow_to_a_few_milliseconds(self, clock, seconds_a_step):
        pace = Pace(clock)
        play(pace, clock, 1.0, seconds_a_step)
        portion = pace.portion() * seconds_a_step
        assert 0.7 * LONGEST_PORTION <= portion <= LONGEST_PORTION

    def test_one_step_where_a_step_takes_longer(self, clock):
        pace = Pace(clock)
        play(pace, clock, 5.0, 0.5)
        assert pace.portion() == 1

    def test_a_network_that_becomes_slow_makes_them_short_at_once(self, clock):
        pace = Pace(clock)
        play(pace, clock, 1.0, 2e-5)
        pace.made(100, 0.2)
        assert pace.portion() == 1

    def test_another_network_is_begun_carefully(self, clock):
        pace = Pace(clock)
        play(pace, clock, 1.0, 2e-5)
        pace.be_careful()
        assert pace.portion() == 1

    def test_they_have_an_end_even_where_steps_take_no_time(self, clock):
        pace = Pace(clock)
        for _ in range(100):
            pace.made(pace.portion(), 0.0)
        assert pace.portion() <= 1024


class TestSpeed:
    @pytest.mark.parametrize("speed", [1.0, 7.0, 60.0, 1000.0, 20_000.0])
    def test_it_is_kept(self, clock, speed):
        pace = Pace(clock)
        pace.set_speed(speed)
        pace.begin()
        steps = len(play(pace, clock, 20.0))
        assert steps == pytest.approx(20.0 * speed, rel=0.01, abs=1)

    def test_the_first_step_is_made_at_once_and_then_one_a_second(self, clock):
        pace = Pace(clock)
        pace.set_speed(1.0)
        pace.begin()
        began = clock.now
        times = [time - began for time in play(pace, clock, 3.5)]
        assert times == pytest.approx([0.0, 1.0, 2.0, 3.0], abs=0.02)

    def test_a_new_speed_does_not_make_a_step_by_itself(self, clock):
        pace = Pace(clock)
        pace.set_speed(1.0)
        pace.begin()
        play(pace, clock, 0.5)
        for speed in (2.0, 1.0, 2.0, 1.0):
            pace.set_speed(speed)
            assert pace.seconds_to_wait() == pytest.approx(1.0 / speed)

    def test_a_moment_of_waiting_is_made_good_a_long_one_is_not(self, clock):
        pace = Pace(clock)
        pace.set_speed(100.0)
        pace.begin()
        play(pace, clock, 1.0)
        clock.now += 0.1
        assert len(play(pace, clock, 0.9)) == pytest.approx(100, abs=2)
        clock.now += 60.0
        assert len(play(pace, clock, 1.0)) <= 130

    def test_a_machine_that_is_too_slow_does_what_it_can(self, clock):
        pace = Pace(clock)
        pace.set_speed(100.0)
        pace.begin()
        assert len(play(pace, clock, 10.0, seconds_a_step=0.1)) == pytest.approx(100, abs=1)

    def test_waiting_is_not_cut_into_tiny_pieces(self, clock):
        pace = Pace(clock)
        pace.set_speed(10_000.0)
        pace.begin()
        times = play(pace, clock, 2.0)
        assert len(set(times)) <= 220

    def test_commands_that_come_all_the_time_do_not_hold_it_up(self, clock):
        pace = Pace(clock)
        pace.set_speed(50.0)
        pace.begin()
        steps = 0
        for _ in range(1000):  # a command every millisecond interrupts each waiting
            clock.now += 0.001
            if pace.seconds_to_wait() == 0:
                made = pace.portion()
                pace.made(made, 0.0)
                steps += made
        assert steps == pytest.approx(50, abs=1)

    def test_without_a_speed_there_is_no_waiting(self, clock):
        pace = Pace(clock)
        pace.set_speed(1.0)
        pace.set_speed(None)
        assert pace.seconds_to_wait() == 0.0


class TestSpeedMeter:
    def measured(self, clock, steps_per_second, seconds):
        meter = SpeedMeter(clock)
        meter.start_again(1000)
        began = clock.now
        for tick in range(1, round(seconds * steps_per_second) + 1):
            clock.now = began + tick / steps_per_second
            meter.reached(1000 + tick)
        return meter

    @pytest.mark.parametrize("speed", [1.0, 3.0, 500.0])
    def test_it_tells_the_speed(self, clock, speed):
        assert self.measured(clock, speed, 5.0).steps_per_second == pytest.approx(speed)

    def test_it_tells_the_speed_of_the_last_second(self, clock):
        meter = self.measured(clock, 500.0, 5.0)
        began = clock.now
        for tick in range(1, 121):
            clock.now = began + tick / 100
            meter.reached(3500 + tick)
        assert meter.steps_per_second == pytest.approx(100.0, rel=0.01)

    def test_before_any_step_it_is_0(self, clock):
        meter = SpeedMeter(clock)
        meter.start_again(7)
        assert meter.steps_per_second == 0.0
