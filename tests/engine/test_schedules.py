import numpy as np
import pytest

from nntui.engine.schedules import (
    ConstantRate,
    CosineDecay,
    ExponentialDecay,
    InverseTimeDecay,
    StepDecay,
    WarmUp,
)

NAMES = ["constant", "inverse_time", "step", "exponential", "cosine", "cosine_minimum"]
NAMES += [f"{name}_warmup" for name in NAMES]


def build(settings, learning_rate):
    """Make a schedule from a reference's settings, which speak of rates instead of factors."""
    schedule = {
        "constant": ConstantRate,
        "inverse_time": lambda: InverseTimeDecay(settings["decay_rate"]),
        "step": lambda: StepDecay(settings["step_size"], settings["decay_rate"]),
        "exponential": lambda: ExponentialDecay(1, settings["decay_rate"]),
        "cosine": lambda: CosineDecay(settings["steps"], settings["minimum"] / learning_rate),
    }[settings["schedule"]]()
    return WarmUp(settings["warmup_steps"], schedule)


def test_every_reference_schedule_is_compared(reference):
    assert set(NAMES) == set(reference("schedules")["schedules"])


@pytest.mark.parametrize("name", NAMES)
def test_the_learning_rate_of_every_step_agrees_with_pytorch(reference, name):
    numbers = reference("schedules")
    settings, initial = numbers["schedules"][name], numbers["learning_rate"]
    schedule, expected = build(settings, initial), settings["learning_rates"]
    found = [initial * schedule.factor(step) for step in range(len(expected))]
    np.testing.assert_allclose(found, expected, rtol=1e-12, atol=1e-17)


def test_inverse_time_has_halved_the_rate_after_1_over_k_steps():
    assert InverseTimeDecay(0.125).factor(0) == 1.0
    assert InverseTimeDecay(0.125).factor(8) == 0.5


def test_steps_fall_exactly_at_multiples_of_decay_steps():
    factors = [StepDecay(3, 0.5).factor(step) for step in range(8)]
    assert factors == [1.0, 1.0, 1.0, 0.5, 0.5, 0.5, 0.25, 0.25]


def test_exponential_decay_meets_the_stairs_where_they_begin():
    curve, stairs = ExponentialDecay(4, 0.5), StepDecay(4, 0.5)
    for step in (0, 4, 8, 12):
        assert curve.factor(step) == pytest.approx(stairs.factor(step), rel=1e-14)
    assert curve.factor(2) == pytest.approx(0.5**0.5)


@pytest.mark.parametrize("alpha", [0.0, 0.25])
def test_cosine_goes_from_1_over_the_middle_to_alpha_and_stays_there(alpha):
    schedule = CosineDecay(10, alpha)
    assert schedule.factor(0) == 1.0
    assert schedule.factor(5) == pytest.approx((1.0 + alpha) / 2.0)
    for step in (10, 11, 19, 1000):
        assert schedule.factor(step) == pytest.approx(alpha, abs=1e-15)


def test_warm_up_reaches_the_full_rate_at_its_last_step_and_then_the_schedule_begins():
    schedule = WarmUp(4, StepDecay(2, 0.1))
    factors = [schedule.factor(step) for step in range(8)]
    assert factors == pytest.approx([0.25, 0.5, 0.75, 1.0, 1.0, 1.0, 0.1, 0.1])


def test_no_warm_up_changes_nothing():
    assert WarmUp(0, InverseTimeDecay(1.0)).factor(3) == 0.25
