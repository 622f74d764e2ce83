import math

import numpy as np
import pytest

from nntui.engine.initializers import (
    Constant,
    GlorotNormal,
    GlorotUniform,
    HeNormal,
    HeUniform,
    Normal,
    Uniform,
    Zeros,
)
from nntui.engine.parts import INITIALIZERS

FAN_IN, FAN_OUT = 400, 100
NUMBERS = FAN_IN * FAN_OUT

UNIFORM = {  # initializer, lower and upper bound
    "glorot_uniform": (GlorotUniform(), -math.sqrt(6 / 500), math.sqrt(6 / 500)),
    "he_uniform": (HeUniform(), -math.sqrt(6 / 400), math.sqrt(6 / 400)),
    "uniform": (Uniform(-0.5, 2.0), -0.5, 2.0),
}
NORMAL = {  # initializer, standard deviation
    "glorot_normal": (GlorotNormal(), math.sqrt(2 / 500)),
    "he_normal": (HeNormal(), math.sqrt(2 / 400)),
    "normal": (Normal(0.3), 0.3),
}
ARGUMENTS = {"normal": (0.3,), "uniform": (-0.5, 2.0), "constant": (0.25,)}


def draw(initializer, seed=0):
    return initializer(FAN_IN, FAN_OUT, np.random.default_rng(seed))


@pytest.mark.parametrize("name", UNIFORM)
def test_uniform_weights_fill_their_bounds_evenly(name):
    initializer, low, high = UNIFORM[name]
    weights = draw(initializer)
    width = high - low
    assert weights.min() >= low
    assert weights.max() < high
    # Of 40,000 numbers the nearest to a bound is 1/40,000 of the width away from it on average.
    assert weights.min() < low + 0.001 * width
    assert weights.max() > high - 0.001 * width
    shares, _ = np.histogram(weights, bins=10, range=(low, high))
    # Four standard deviations of a count of which 4,000 are expected.
    assert np.abs(shares - NUMBERS / 10).max() < 4.0 * math.sqrt(NUMBERS * 0.1 * 0.9)


@pytest.mark.parametrize("name", NORMAL)
def test_normal_weights_have_the_mean_variance_and_tails_of_the_normal_distribution(name):
    initializer, deviation = NORMAL[name]
    weights = draw(initializer)
    assert abs(weights.mean()) < 4.0 * deviation / math.sqrt(NUMBERS)
    # The relative standard error of a variance is √(2/n).
    assert weights.var() == pytest.approx(deviation**2, rel=4.0 * math.sqrt(2.0 / NUMBERS))
    for limit in (1.0, 2.0, 3.0):
        share = (np.abs(weights) > limit * deviation).mean()
        expected = math.erfc(limit / math.sqrt(2.0))
        assert abs(share - expected) < 4.0 * math.sqrt(expected / NUMBERS)


def test_constant_weights_are_all_the_same():
    assert (draw(Constant(0.25)) == 0.25).all()
    assert (draw(Zeros()) == 0.0).all()


@pytest.mark.parametrize("name", INITIALIZERS)
def test_the_shape_is_inputs_by_units_and_the_generator_decides_all(name):
    initializer = INITIALIZERS[name](*ARGUMENTS.get(name, ()))
    weights = draw(initializer)
    assert weights.shape == (FAN_IN, FAN_OUT)
    assert weights.dtype == np.float64
    np.testing.assert_array_equal(draw(initializer), weights)
    if name not in {"zeros", "constant"}:
        assert (draw(initializer, seed=1) != weights).all()
