"""Forward and backward pages against PyTorch's numbers, and against finite differences."""

import json
import math
from pathlib import Path

import numpy as np
import pytest

from nntui.engine.activations import Linear, Softmax
from nntui.engine.initializers import Normal
from nntui.engine.layers import Dense
from nntui.engine.losses import MeanSquaredError
from nntui.engine.parts import ACTIVATIONS
from nntui.explain.activation_formulas import activation_formula, slope_formula

REFERENCE = Path(__file__).parent.parent / "engine" / "reference" / "activations.json"

SETTINGS = {"leaky_relu": {"negative_slope": 0.2}, "elu": {"alpha": 1.5}}

PLAIN = {
    "linear": lambda z: z,
    "relu": lambda z: np.where(z > 0, z, 0.0),
    "leaky_relu": lambda z: np.where(z > 0, z, 0.2 * z),
    "elu": lambda z: np.where(z > 0, z, 1.5 * (np.exp(z) - 1)),
    "gelu": lambda z: 0.5 * z * (1 + np.tanh(math.sqrt(2 / math.pi) * (z + 0.044715 * z**3))),
    "silu": lambda z: z / (1 + np.exp(-z)),
    "softplus": lambda z: np.log(1 + np.exp(z)),
    "sigmoid": lambda z: 1 / (1 + np.exp(-z)),
    "tanh": np.tanh,
    "sine": np.sin,
    "step": lambda z: np.where(z > 0, 1.0, 0.0),
    "softmax": lambda z: np.exp(z) / np.exp(z).sum(axis=0),
}
"""Textbook formulas, (units, batch)."""

NAMES_OF_PYTORCH = {"gelu": "gelu_tanh"}


def make(name):
    return ACTIVATIONS[name](**SETTINGS.get(name, {}))


def test_every_activation_is_tested_here():
    assert set(PLAIN) == set(ACTIVATIONS)


def one_neuron(make_update, name, settings, z):
    """Record an update of a neuron with the given sums, one for each point."""
    activation = ACTIVATIONS[name](**settings)
    layers = [Dense(1, activation, Normal(1.0)), Dense(1, Linear(), Normal(1.0))]
    update = make_update(layers=layers, units=(1,), batch=len(z))
    update.network.parameters[:] = [1.0, 0.0, 1.0, 0.0]
    update.fill(np.array(z)[:, np.newaxis], np.full((len(z), 1), 9.0))
    return update.record()


@pytest.mark.parametrize("name", sorted(set(PLAIN) - {"softmax", "step"}))
def test_pages_show_pytorchs_values_and_slopes(make_update, page_of, column, name):
    numbers = json.loads(REFERENCE.read_text(encoding="utf-8"))
    reference = numbers["activations"][NAMES_OF_PYTORCH.get(name, name)]
    settings = {"leaky_relu": {"negative_slope": 0.01}, "elu": {"alpha": 1.0}}.get(name, {})
    recording = one_neuron(make_update, name, settings, numbers["inputs"])
    for point, z in enumerate(numbers["inputs"]):
        forward = page_of(recording, "forward", point=point).rows
        backward = page_of(recording, "backward", point=point).rows
        assert column(forward, "weighted sum z")[0] == z
        value, slope = reference["values"][point], reference["derivatives"][point]
        np.testing.assert_allclose(column(forward, "activation a")[0], value, 1e-12, 1e-14)
        np.testing.assert_allclose(column(backward, "da/dz")[0], slope, 1e-12, 1e-14)


def loss_of(name, blocks, inputs, targets, nudge):
    """Compute the mean squared error of two layers in textbook form.

    ``nudge`` is (place, unit, point, h): h is added to the hidden layer's "z" or "a".
    """
    place, unit, point, h = nudge
    z = blocks[0][:-1].T @ inputs + blocks[0][-1][:, np.newaxis]
    z[unit, point] += h if place == "z" else 0.0
    a = PLAIN[name](z)
    a[unit, point] += h if place == "a" else 0.0
    answers = blocks[1][:-1].T @ a + blocks[1][-1][:, np.newaxis]
    return float(np.mean((answers - targets) ** 2))


@pytest.mark.parametrize("name", sorted(PLAIN))
def test_gradients_on_the_pages_are_what_finite_differences_give(
    make_update, page_of, column, name
):
    update = make_update((2, 3, 2), hidden=make(name))
    blocks = [layer.parameters.copy() for layer in update.network.dense_layers]
    inputs, targets = update.step.batch[:2].copy(), update.step.targets.copy()
    recording, h = update.record(), 1e-6

    def slope(place, unit, point, changed=blocks):
        above = loss_of(name, changed, inputs, targets, (place, unit, point, h))
        below = loss_of(name, changed, inputs, targets, (place, unit, point, -h))
        return (above - below) / (2 * h)

    for point in range(4):
        rows = page_of(recording, "backward", point=point).rows
        for unit in range(3):
            expected = slope("a", unit, point)
            assert column(rows, "∂L/∂a")[unit] == pytest.approx(expected, abs=1e-8)
            expected = slope("z", unit, point)
            assert column(rows, "∂L/∂z")[unit] == pytest.approx(expected, abs=1e-8)
    for unit in range(3):
        terms = page_of(recording, "backward", unit=unit).terms
        for row in range(3):
            with_it = [[block.copy() for block in blocks] for _ in range(2)]
            with_it[0][0][row, unit] += h
            with_it[1][0][row, unit] -= h
            above, below = (
                loss_of(name, changed, inputs, targets, ("a", 0, 0, 0.0)) for changed in with_it
            )
            expected = (above - below) / (2 * h)
            assert column(terms, "gradient")[row] == pytest.approx(expected, abs=1e-8)


@pytest.mark.parametrize("name", sorted(PLAIN))
@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_every_formula_of_forward_and_backward_holds(make_update, page_of, holds, name, dtype):
    update = make_update((2, 3, 2), hidden=make(name), dtype=dtype)
    recording = update.record()
    checked = 0
    for stage in ("forward", "backward"):
        for layer, units in ((0, 3), (1, 2)):
            for unit in range(units):
                for row in range(3):
                    page = page_of(recording, stage, layer, unit=unit, row=row, point=unit)
                    for formula in page.formulas:
                        if " = " in formula.numbers:
                            assert holds(formula.numbers), (formula.symbols, formula.numbers)
                            checked += 1
    assert checked > 70


@pytest.mark.parametrize("name", sorted(set(PLAIN) - {"softmax"}))
@pytest.mark.parametrize("z", [-30.0, -1.5, -1e-5, 0.0, 1e-5, 0.4, 30.0])
def test_formulas_of_activations_hold_far_out_and_at_0(make_update, holds, name, z):
    recording = one_neuron(make_update, name, SETTINGS.get(name, {}), [z])
    record = recording.layers[0]
    a, slope = record.forward.activations[0, 0], record.backward.slopes[0, 0]
    value = activation_formula(record.layer.activation, np.array([z]), np.array([a]), 0)
    assert holds(value.numbers), value.numbers
    derivative = slope_formula(record.layer.activation, z, a, slope).numbers
    if "because" in derivative:
        expected = {True: "1, because ", False: "0"}[z > 0 and name != "step"]
        assert derivative.startswith(expected)
        assert ("> 0" in derivative) == (z > 0)
    elif " = " in derivative:
        assert holds(derivative), derivative


@pytest.mark.parametrize(
    ("name", "z", "numbers"),
    [
        ("sigmoid", 9.0, "0.9998766 · (1 − 0.9998766) = 0.0001234"),
        ("tanh", 6.0, "1 − 0.99998771² = 2.458e−5"),
        ("tanh", -6.0, "1 − (−0.99998771)² = 2.458e−5"),
        ("softplus", 12.0, "1 − e^(−12) = 1"),
    ],
)
def test_a_saturated_slope_can_be_computed_from_its_numbers(name, z, numbers):
    a = float(PLAIN[name](np.array(z)))
    slope = {"sigmoid": a * (1 - a), "tanh": 1 - a * a, "softplus": 1 - math.exp(-a)}[name]
    assert slope_formula(make(name), z, a, slope).numbers == numbers


def test_exponents_and_angles_are_written_more_exactly_the_larger_they_are():
    sums = np.array([-18.99432])
    for name, numbers in (
        ("sigmoid", "1 / (1 + e^18.994) = 5.635e−9"),
        ("softplus", "log(1 + e^(−18.994)) = 5.635e−9"),
        ("sine", "sin(−18.994) = −0.1443"),
    ):
        formula = activation_formula(make(name), sums, PLAIN[name](sums), 0)
        assert formula.numbers == numbers


def test_softmax_in_a_hidden_layer_has_no_slope_of_its_own(make_update, page_of):
    recording = make_update((2, 3, 2), hidden=Softmax()).record()
    page = page_of(recording, "backward")
    assert page.rows.headings == ("∂L/∂a", "∂L/∂z")
    assert any("Σₖ" in formula.symbols for formula in page.formulas)


def test_softmax_as_output_of_an_unfused_loss_is_differentiated_alone(make_update, page_of):
    update = make_update((2, 3), output=Softmax(), loss=MeanSquaredError())
    page = page_of(update.record(), "backward")
    assert page.rows.headings == ("∂L/∂a", "∂L/∂z")
    assert "∂L/∂a" in page.about
