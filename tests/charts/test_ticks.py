import itertools
import math

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from nntui.charts.ticks import nice_step, nice_ticks, tick_labels

numbers = st.floats(-1e12, 1e12, allow_nan=False)


@pytest.mark.parametrize(
    ("low", "high", "most", "labels"),
    [
        (0, 1, 5, ["0.0", "0.2", "0.4", "0.6", "0.8", "1.0"]),
        (-1.3, 1.4, 3, ["-1", "0", "1"]),
        (0, 10_000, 4, ["0", "5k", "10k"]),
        (0, 3e6, 3, ["0", "1000k", "2000k", "3000k"]),
        (0, 5e7, 5, ["0", "10M", "20M", "30M", "40M", "50M"]),
        (0, 2e-6, 2, ["0", "1e-06", "2e-06"]),
        (2900, 6400, 4, ["3000", "4000", "5000", "6000"]),
    ],
)
def test_round_numbers_are_written_as_short_as_they_can_be(low, high, most, labels):
    assert [tick.label for tick in nice_ticks(low, high, most)] == labels


def test_there_is_no_minus_before_zero():
    assert tick_labels([-0.0], 0.5) == ["0.0"]


@given(numbers, numbers, st.integers(1, 20))
@example(-5e-324, 0.0, 1)
def test_ticks_lie_on_the_axis_at_equal_distances_and_no_more_than_asked(low, high, most):
    ticks = nice_ticks(low, high, most)
    if high <= low:
        assert ticks == ()
        return
    values = [tick.value for tick in ticks]
    assert len(values) <= most + 1
    aside = 1e-5 * (high - low) + 1e-9 * abs(high)
    assert all(low - aside <= value <= high + aside for value in values)
    distances = [b - a for a, b in itertools.pairwise(values)]
    assert all(math.isclose(d, distances[0], rel_tol=1e-3) for d in distances)


@given(st.floats(1e-200, 1e200), st.integers(1, 50))
def test_a_step_is_1_2_or_5_times_a_power_of_ten(span, most):
    step = nice_step(span, most)
    mantissa = step / 10 ** math.floor(math.log10(step) + 1e-9)
    assert min(abs(mantissa - m) for m in (1, 2, 5)) < 1e-6
    assert span / step <= most * (1 + 1e-6)


@pytest.mark.parametrize("low, high", [(0, math.nan), (-math.inf, 1), (1, 1), (3, 2)])
def test_an_axis_that_is_none_has_no_ticks(low, high):
    assert nice_ticks(low, high, 5) == ()
