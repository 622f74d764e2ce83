import numpy as np
import pytest

from nntui.engine.activations import Linear, Sigmoid, Sine, Softmax, Softplus, Step, Tanh
from nntui.engine.rectifiers import ELU, GELU, LeakyReLU, ReLU, SiLU

ACTIVATIONS = {
    "linear": Linear,
    "softplus": Softplus,
    "sigmoid": Sigmoid,
    "tanh": Tanh,
    "sine": Sine,
}
EVERY_ACTIVATION = [
    *(make() for make in ACTIVATIONS.values()),
    *(Step(), Softmax(), ReLU(), LeakyReLU(0.2), ELU(0.7), GELU(), SiLU()),
]


@pytest.mark.parametrize("dtype", ["float64", "float32"])
@pytest.mark.parametrize("name", ACTIVATIONS)
def test_values_and_derivatives_agree_with_pytorch(check_against_reference, name, dtype):
    check_against_reference(ACTIVATIONS[name](), name, dtype)


@pytest.mark.parametrize("activation", EVERY_ACTIVATION, ids=lambda a: type(a).__name__)
def test_the_way_back_multiplies_what_comes_from_behind(play_activation, activation):
    generator = np.random.default_rng(1)
    sums, delta = generator.normal(size=(3, 5)), generator.normal(size=(3, 5))
    _, once = play_activation(activation, sums, delta)
    _, thrice = play_activation(activation, sums, 3.0 * delta)
    np.testing.assert_allclose(thrice, 3.0 * once, rtol=1e-13)


@pytest.mark.parametrize(
    "activation",
    [activation for activation in EVERY_ACTIVATION if not activation.reads_sums],
    ids=lambda a: type(a).__name__,
)
def test_an_activation_that_reads_no_sums_may_overwrite_them(play_activation, activation):
    generator = np.random.default_rng(2)
    sums, delta = generator.normal(size=(3, 5)), generator.normal(size=(3, 5))
    separate = play_activation(activation, sums, delta)
    overwritten = play_activation(activation, sums, delta, in_place=True)
    np.testing.assert_array_equal(separate[0], overwritten[0])
    np.testing.assert_array_equal(separate[1], overwritten[1])


@pytest.mark.parametrize("dtype", ["float64", "float32"])
@pytest.mark.parametrize("activation", EVERY_ACTIVATION, ids=lambda a: type(a).__name__)
def test_no_finite_sum_gives_a_nan(play_activation, activation, dtype):
    sums = np.array([[-1e4, -800.0, -100.0, -0.0, 0.0, 100.0, 800.0, 1e4]] * 3)
    sums[1] *= 0.5
    values, delta = play_activation(activation, sums, 1.0, dtype)
    assert np.isfinite(values).all()
    assert np.isfinite(delta).all()


@pytest.mark.parametrize("dtype", ["float64", "float32"])
def test_softmax_agrees_with_pytorch(reference, play_activation, dtype):
    numbers = reference("activations")["softmax"]
    rtol, atol = (1e-12, 1e-16) if dtype == "float64" else (2e-5, 1e-7)
    sums, upstream = np.transpose(numbers["inputs"]), np.transpose(numbers["upstream_gradient"])
    values, delta = play_activation(Softmax(), sums, upstream, dtype)
    np.testing.assert_allclose(values.T, numbers["values"], rtol, atol)
    np.testing.assert_allclose(delta.T, numbers["input_gradient"], rtol, atol)


def test_softmax_gives_probabilities_however_large_the_sums(play_activation):
    sums = [[1e30, 5.0, -1e30], [1e30, 5.0, 1e30], [-1e30, 5.0, 0.0]]
    values, _ = play_activation(Softmax(), sums, 0.0, "float32")
    third = 1.0 / 3.0
    np.testing.assert_allclose(values.T, [[0.5, 0.5, 0.0], [third] * 3, [0.0, 1.0, 0.0]], 1e-6)


def test_softmax_does_not_change_when_all_sums_of_a_point_grow_alike(play_activation):
    sums = np.array([[0.5, -1.0], [2.0, 0.25]])
    values, _ = play_activation(Softmax(), sums, 0.0)
    shifted, _ = play_activation(Softmax(), sums + np.array([3.0, -400.0]), 0.0)
    np.testing.assert_allclose(shifted, values, rtol=1e-13)
    np.testing.assert_allclose(values.sum(axis=0), 1.0, rtol=1e-15)


def test_step_answers_1_above_0_only_and_lets_no_gradient_through(play_activation):
    sums = [[-1e-300, -0.0, 0.0, 1e-300, np.inf, -np.inf]]
    values, delta = play_activation(Step(), sums, 5.0)
    assert values.tolist() == [[0.0, 0.0, 0.0, 1.0, 1.0, 0.0]]
    assert not delta.any()


@pytest.mark.parametrize(
    ("activation", "at_minus_infinity", "at_infinity"),
    [(Sigmoid(), 0.0, 1.0), (Tanh(), -1.0, 1.0), (Softplus(), 0.0, np.inf)],
    ids=["sigmoid", "tanh", "softplus"],
)
def test_infinite_sums_give_the_limit(play_activation, activation, at_minus_infinity, at_infinity):
    values, _ = play_activation(activation, [[-np.inf, np.inf]], 0.0)
    assert values.tolist() == [[at_minus_infinity, at_infinity]]
