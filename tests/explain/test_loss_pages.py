"""Loss pages against PyTorch's numbers, and against finite differences."""

import json
from pathlib import Path

import numpy as np
import pytest

from nntui.engine.activations import Linear, Sigmoid, Softmax, Step, Tanh
from nntui.engine.losses import (
    BinaryCrossentropy,
    CategoricalCrossentropy,
    Huber,
    MeanAbsoluteError,
    MeanSquaredError,
    PerceptronCriterion,
)
from nntui.engine.parts import LOSSES
from nntui.engine.regularizers import Penalty

REFERENCE = Path(__file__).parent.parent / "engine" / "reference" / "losses.json"

OF_PYTORCH = {
    "cross_entropy_one_hot": (CategoricalCrossentropy(), Softmax()),
    "cross_entropy_soft": (CategoricalCrossentropy(), Softmax()),
    "binary_cross_entropy": (BinaryCrossentropy(), Sigmoid()),
    "binary_cross_entropy_one_output": (BinaryCrossentropy(), Sigmoid()),
    "binary_cross_entropy_extreme": (BinaryCrossentropy(), Sigmoid()),
    "mean_squared_error": (MeanSquaredError(), Linear()),
    "mean_absolute_error": (MeanAbsoluteError(), Linear()),
    "huber_delta_1": (Huber(1.0), Linear()),
    "huber_delta_0.5": (Huber(0.5), Linear()),
}

ENDS = {
    "categorical_crossentropy": (CategoricalCrossentropy(), Softmax()),
    "binary_crossentropy": (BinaryCrossentropy(), Sigmoid()),
    "perceptron": (PerceptronCriterion(), Step()),
    "mean_squared_error": (MeanSquaredError(), Tanh()),
    "mean_absolute_error": (MeanAbsoluteError(), Sigmoid()),
    "huber": (Huber(0.3), Linear()),
}


def test_every_loss_is_tested_here():
    assert set(ENDS) == set(LOSSES)


def given_sums(make_update, end, sums, targets):
    """Record an update whose output layer has the given weighted sums: its weights are a one."""
    loss, activation = end
    sums, targets = np.array(sums), np.array(targets)
    units = sums.shape[1]
    update = make_update((units, units), output=activation, loss=loss, batch=len(sums))
    update.network.dense_layers[0].weights[:] = np.eye(units)
    update.network.dense_layers[0].biases[:] = 0.0
    update.fill(sums, targets)
    return update.record()


@pytest.mark.parametrize("name", OF_PYTORCH)
def test_pages_show_pytorchs_loss_and_gradient(make_update, page_of, column, name):
    numbers = json.loads(REFERENCE.read_text(encoding="utf-8"))["losses"][name]
    end = OF_PYTORCH[name]
    recording = given_sums(make_update, end, numbers["outputs"], numbers["targets"])
    assert recording.before.mean == pytest.approx(numbers["loss"], rel=1e-12)
    heading = "∂L/∂a" if end[0].fused_with is None else "∂L/∂z"
    for point, gradient in enumerate(numbers["gradient"]):
        page = page_of(recording, "backward", point=point)
        np.testing.assert_allclose(column(page.rows, heading), gradient, 1e-12, 1e-15)


@pytest.mark.parametrize("name", OF_PYTORCH)
def test_the_losses_of_the_points_have_pytorchs_mean(make_update, page_of, column, name):
    numbers = json.loads(REFERENCE.read_text(encoding="utf-8"))["losses"][name]
    recording = given_sums(make_update, OF_PYTORCH[name], numbers["outputs"], numbers["targets"])
    each = column(page_of(recording, "loss").terms, "loss")
    assert each.mean() == pytest.approx(numbers["loss"], rel=1e-12)


@pytest.mark.parametrize("name", ENDS)
def test_gradients_at_the_output_are_what_finite_differences_of_the_loss_give(
    make_update, page_of, column, name
):
    generator = np.random.default_rng(2)
    sums = generator.normal(size=(3, 4)) * 2
    targets = np.eye(4)[[0, 2, 3]]
    recording = given_sums(make_update, ENDS[name], sums, targets)
    h = 1e-6
    for point in range(3):
        shown = column(page_of(recording, "backward", point=point).rows, "∂L/∂z")
        for unit in range(4):
            losses = []
            for sign in (1, -1):
                moved = sums.copy()
                moved[point, unit] += sign * h
                losses.append(given_sums(make_update, ENDS[name], moved, targets).before.mean)
            assert shown[unit] == pytest.approx((losses[0] - losses[1]) / (2 * h), abs=1e-8)


@pytest.mark.parametrize("name", ENDS)
@pytest.mark.parametrize("kind", ["one-hot", "mixed", "far out"])
def test_every_formula_of_the_loss_and_of_its_gradient_holds(
    make_update, page_of, holds, name, kind
):
    generator = np.random.default_rng(3)
    sums = generator.normal(size=(5, 3)) * (30 if kind == "far out" else 1)
    targets = np.eye(3)[[0, 1, 2, 0, 1]]
    if kind == "mixed":
        targets = 0.7 * targets + 0.3 * targets[::-1]
    recording = given_sums(make_update, ENDS[name], sums, targets)
    for point in range(5):
        for unit in range(3):
            loss = page_of(recording, "loss", unit=unit, point=point)
            backward = page_of(recording, "backward", unit=unit, point=point)
            for formula in (*loss.formulas, *backward.formulas):
                if " = " in formula.numbers and not _has_log_of_0(formula.numbers):
                    assert holds(formula.numbers), (formula.symbols, formula.numbers)


def _has_log_of_0(numbers):
    return any(text in numbers for text in ("log(0)", "log(1 − 1)"))


@pytest.mark.parametrize(
    ("output", "target", "numbers"),
    [
        (1e-6, 0.0, "−log(1 − 1e−6) = 1e−6"),
        (1e-6, 1.0, "−log(1e−6) = 13.82"),
        (1 - 1e-6, 1.0, "−log(0.999999) = 1e−6"),
        (1 - 1e-6, 0.0, "−log(1 − 0.999999) = 13.82"),
    ],
)
def test_an_output_close_to_1_is_written_so_that_its_loss_can_be_seen(
    make_update, page_of, holds, output, target, numbers
):
    z = np.log(output / (1.0 - output))
    recording = given_sums(make_update, ENDS["binary_crossentropy"], [[z]], [[target]])
    assert page_of(recording, "loss").formulas[0].numbers == numbers


def test_an_error_much_smaller_than_the_output_can_be_computed_from_its_numbers(
    make_update, page_of, holds
):
    end = (MeanSquaredError(), Linear())
    recording = given_sums(make_update, end, [[0.87654321]], [[0.8765]])
    loss, backward = (page_of(recording, stage).formulas[0] for stage in ("loss", "backward"))
    assert loss.numbers == "(0.87654321 − 0.8765)² = 1.867e−9"
    assert backward.numbers == "2 · (0.87654321 − 0.8765) / (1 · 1) = 8.642e−5"


def test_a_loss_that_rounded_outputs_do_not_give_is_not_called_equal(make_update, page_of):
    targets = [[1.0, 0.0]]
    update = make_update((2, 2), output=Softmax(), loss=CategoricalCrossentropy(), batch=1,
                         targets=targets, dtype="float32")  # fmt: skip
    update.network.parameters[:] = [1, 0, 0, 1, 0, 0]
    update.fill([[17.0, 0.0]], targets)
    with_outputs, from_sums, *_ = page_of(update.record(), "loss").formulas
    assert with_outputs.numbers == "−log(1) ≈ 4.14e−8"
    assert from_sums.numbers == "17 − 17 − log(1.0000000414) = −4.14e−8"


def test_an_output_of_0_has_a_finite_loss_from_its_sum(make_update, page_of, holds):
    recording = given_sums(make_update, ENDS["binary_crossentropy"], [[800.0]], [[0.0]])
    assert recording.before.mean == 800.0
    with_outputs, from_sums = page_of(recording, "loss").formulas
    assert with_outputs.numbers == (
        "−log(1 − 1) = ∞, because the output is rounded; from z it is 800"
    )
    assert from_sums.numbers.endswith("= 800")


def test_a_fused_loss_says_that_two_derivatives_are_one(make_update, page_of):
    recording = given_sums(
        make_update, ENDS["categorical_crossentropy"], [[1.0, 2.0]], [[1.0, 0.0]]
    )
    page = page_of(recording, "backward")
    assert "together" in page.about
    assert "output − target" in page.about
    assert page.rows.headings == ("output a", "target t", "∂L/∂z")
    assert page.formulas[0].symbols == "∂L/∂z = (a − t) / batch"


def test_a_perceptron_says_that_its_error_is_the_gradient(make_update, page_of):
    recording = given_sums(make_update, ENDS["perceptron"], [[1.0]], [[0.0]])
    assert "perceptron rule" in page_of(recording, "backward").about


def test_the_loss_of_a_point_is_the_mean_over_its_outputs(make_update, page_of):
    sums, targets = [[3.0, 5.0]], [[1.0, 1.0]]
    recording = given_sums(make_update, (MeanSquaredError(), Linear()), sums, targets)
    page = page_of(recording, "loss", unit=1)
    assert [formula.numbers for formula in page.formulas] == ["(5 − 1)² = 16", "(4 + 16) / 2 = 10"]


def test_the_penalty_is_added_on_the_page_of_the_loss(make_update, page_of, holds):
    recording = make_update(penalty=Penalty(l2=0.1)).record()
    page = page_of(recording, "loss")
    assert "penalty" in page.formulas[-1].symbols
    assert holds(page.formulas[-1].numbers)
    assert [line.source.function for line in page.calls] == [
        "MeanSquaredError.value",
        "Network.penalty_value",
    ]


def test_the_mean_over_a_large_batch_holds_although_not_all_losses_are_told(
    make_update, page_of, holds
):
    recording = make_update(batch=700).record()
    page = page_of(recording, "loss", point=699)
    assert len(page.terms.labels) < 700
    assert page.cursor.point == 699
    assert holds(page.formulas[-1].numbers)
    assert "/ 700 = " in page.formulas[-1].numbers
