"""The simulated link, by a clock that the test moves."""

import pytest
from link import Direction


def arrivals(direction, until, step=0.001):
    """Return how many bytes have arrived by each moment."""
    total, found = 0, []
    for tick in range(int(until / step) + 1):
        total += len(direction.arrived(tick * step))
        found.append(total)
    return found


def test_without_a_limit_bytes_arrive_after_the_delay_and_not_before():
    direction = Direction(0.05, None, 65_536)
    direction.push(b"abc", 1.0)
    assert direction.next_change() == pytest.approx(1.05)
    assert direction.arrived(1.049) == b""
    assert not direction.is_empty()
    assert direction.arrived(1.0501) == b"abc"
    assert direction.is_empty()
    assert direction.next_change() is None


def test_a_rate_spreads_bytes_over_time_in_their_order():
    direction = Direction(0.1, 20_000, 65_536)
    data = bytes(range(250)) * 80  # one second's worth
    direction.push(data, 0.0)
    got = arrivals(direction, 1.2)
    assert got[100] == 0
    assert got[600] == pytest.approx(10_000, abs=400)
    assert got[1098] < 20_000
    assert got[-1] == 20_000


def test_bytes_arrive_as_they_were_sent():
    direction = Direction(0.1, 20_000, 65_536)
    data = bytes(range(250)) * 20
    direction.push(data[:3000], 0.0)
    direction.push(data[3000:], 0.01)
    assert b"".join(direction.arrived(tick / 10) for tick in range(10)) == data


def test_a_full_queue_lets_the_program_wait():
    direction = Direction(0.0, 1000, 5000)
    direction.push(b"x" * 5064, 0.0)  # a packet of 64 sets out at once
    assert direction.room() == 0
    direction.arrived(1.0)
    assert direction.room() == pytest.approx(1000, abs=64)


def test_an_idle_link_saves_nothing_up():
    direction = Direction(0.0, 1000, 65_536)
    direction.push(b"x" * 2000, 10.0)
    assert len(direction.arrived(11.0)) == pytest.approx(1000, abs=64)
