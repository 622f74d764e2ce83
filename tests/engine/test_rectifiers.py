import numpy as np
import pytest

from nntui.engine.rectifiers import ELU, GELU, LeakyReLU, ReLU, SiLU

ACTIVATIONS = {
    "relu": ReLU(),
    "leaky_relu": LeakyReLU(0.01),
    "elu": ELU(1.0),
    "gelu_tanh": GELU(),
    "silu": SiLU(),
}


@pytest.mark.parametrize("dtype", ["float64", "float32"])
@pytest.mark.parametrize("name", ACTIVATIONS)
def test_values_and_derivatives_agree_with_pytorch(check_against_reference, name, dtype):
    check_against_reference(ACTIVATIONS[name], name, dtype)


@pytest.mark.parametrize("dtype", ["float64", "float32"])
def test_relu_is_0_at_both_zeros_and_has_no_slope_at_0(play_activation, dtype):
    values, _ = play_activation(ReLU(), [[0.0, -0.0]], 1.0, dtype)
    assert values.tolist() == [[0.0, 0.0]]
    _, delta = play_activation(ReLU(), [[0.0]], 1.0, dtype)
    assert delta.tolist() == [[0.0]]


@pytest.mark.parametrize("dtype", ["float64", "float32"])
def test_relu_tells_the_smallest_numbers_from_0(play_activation, dtype):
    tiny = float(np.finfo(dtype).smallest_subnormal)
    values, delta = play_activation(ReLU(), [[tiny, -tiny]], 2.0, dtype)
    assert values.tolist() == [[tiny, 0.0]]
    assert delta.tolist() == [[2.0, 0.0]]


@pytest.mark.parametrize("dtype", ["float64", "float32"])
def test_relu_of_infinity_is_infinity_and_of_minus_infinity_0(play_activation, dtype):
    values, delta = play_activation(ReLU(), [[np.inf, -np.inf]], 1.0, dtype)
    assert values.tolist() == [[np.inf, 0.0]]
    assert delta.tolist() == [[1.0, 0.0]]


@pytest.mark.parametrize("dtype", ["float64", "float32"])
def test_relu_keeps_a_nan_unless_its_sign_bit_is_set(play_activation, dtype):
    nan = np.array(np.nan, dtype)
    values, _ = play_activation(ReLU(), [[np.copysign(nan, 1.0), np.copysign(nan, -1.0)]], 1.0)
    assert np.isnan(values[0, 0])
    assert values[0, 1] == 0.0


@pytest.mark.parametrize("negative_slope", [0.0, 0.25, 1.0])
def test_leaky_relu_has_the_slope_it_is_given(play_activation, negative_slope):
    values, delta = play_activation(LeakyReLU(negative_slope), [[-8.0, 8.0]], 1.0)
    assert values.tolist() == [[-8.0 * negative_slope, 8.0]]
    assert delta.tolist() == [[negative_slope, 1.0]]


@pytest.mark.parametrize("alpha", [0.5, 2.0])
def test_elu_approaches_minus_alpha(play_activation, alpha):
    values, delta = play_activation(ELU(alpha), [[-100.0, -1.0, 3.0]], 1.0)
    np.testing.assert_allclose(values, [[-alpha, alpha * (np.exp(-1.0) - 1.0), 3.0]], 1e-14)
    np.testing.assert_allclose(delta, [[0.0, alpha * np.exp(-1.0), 1.0]], 1e-14, 1e-40)


def test_gelu_stays_within_0_0005_of_the_exact_form(reference, play_activation):
    numbers = reference("activations")
    values, _ = play_activation(GELU(), [numbers["inputs"]], 1.0)
    exact = np.array(numbers["activations"]["gelu_exact"]["values"])
    difference = np.abs(values[0] - exact).max()
    assert 0.0001 < difference < 0.0005
