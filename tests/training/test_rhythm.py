"""When a run is looked at, and how much of the time that may take."""

import itertools

import pytest

from nntui.training.rhythm import Clocks, LookRhythm, Ration, next_look


class Clock:
    def __init__(self):
        self.now = 50.0

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


class TestLooks:
    def test_every_step_at_first_then_every_fiftieth_part(self):
        looks = [0]
        while looks[-1] < 1_000_000:
            looks.append(next_look(looks[-1]))
        assert looks[:101] == list(range(101))
        assert all(b - a == max(1, a // 50) for a, b in itertools.pairwise(looks))
        assert len(looks) < 700

    @pytest.mark.parametrize("steps", [0, 1, 99, 100, 101, 12_345])
    def test_they_follow_from_the_step_number_alone(self, steps):
        undisturbed = [0]
        while undisturbed[-1] <= steps:
            undisturbed.append(next_look(undisturbed[-1]))
        assert next_look(steps) == undisturbed[-1]

    def test_a_look_because_of_the_time_does_not_move_them(self, clock):
        rhythm = LookRhythm(clock, 1000)
        due = 1000 + rhythm.steps_to_look(1000)
        clock.now += 1.0
        assert rhythm.is_due(1001)
        rhythm.looked(1001)
        assert not rhythm.is_due(1001)
        assert 1001 + rhythm.steps_to_look(1001) == due
        assert rhythm.is_due(due)

    def test_slow_steps_are_looked_at_twenty_times_a_second(self, clock):
        rhythm, looks = LookRhythm(clock, 10**6), 0
        for step in range(1000):
            clock.now += 0.01
            if rhythm.is_due(10**6 + step):
                looks += 1
                rhythm.looked(10**6 + step)
        assert looks == pytest.approx(200, abs=40)


class TestRation:
    def spent(self, clock, share, cost, seconds):
        """Do a piece of work whenever it is allowed; return the share of the time it took."""
        ration, began, spent = Ration(Clocks(clock, clock), share), clock.now, 0.0
        while clock.now - began < seconds:
            if ration.allows():
                with ration.spend():
                    clock.now += cost
                spent += cost
            else:
                clock.now += 0.001
        return spent / (clock.now - began)

    @pytest.mark.parametrize("cost", [1e-4, 0.01, 2.0])
    def test_it_takes_its_share_of_the_time(self, clock, cost):
        assert self.spent(clock, 0.05, cost, 400.0) == pytest.approx(0.05, rel=0.1)

    def test_what_is_saved_is_bounded(self, clock):
        clocks = Clocks(clock, clock)
        ration = Ration(clocks, 0.05)
        clock.now += 3600.0
        pieces = 0
        while ration.allows():
            pieces += 1
            with ration.spend():
                clock.now += 0.01
        assert pieces <= 22

    def test_waiting_for_a_busy_machine_is_not_work(self, clock):
        ration = Ration(Clocks(wall=clock, work=lambda: 0.0), 0.05)
        for _ in range(100):
            assert ration.allows()
            with ration.spend():
                clock.now += 1.0
