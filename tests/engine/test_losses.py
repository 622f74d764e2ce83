import numpy as np
import pytest

from nntui.engine.losses import (
    BinaryCrossentropy,
    CategoricalCrossentropy,
    Huber,
    MeanAbsoluteError,
    MeanSquaredError,
    PerceptronCriterion,
)

LOSSES = {
    "cross_entropy_one_hot": CategoricalCrossentropy(),
    "cross_entropy_soft": CategoricalCrossentropy(),
    "binary_cross_entropy": BinaryCrossentropy(),
    "binary_cross_entropy_one_output": BinaryCrossentropy(),
    "binary_cross_entropy_extreme": BinaryCrossentropy(),
    "mean_squared_error": MeanSquaredError(),
    "mean_absolute_error": MeanAbsoluteError(),
    "huber_delta_1": Huber(1.0),
    "huber_delta_0.5": Huber(0.5),
}


@pytest.mark.parametrize("dtype", ["float64", "float32"])
@pytest.mark.parametrize("name", LOSSES)
def test_values_and_gradients_agree_with_pytorch(reference, play_loss, name, dtype):
    numbers = reference("losses")["losses"][name]
    rtol, atol = (1e-12, 1e-15) if dtype == "float64" else (2e-6, 1e-7)
    value, delta = play_loss(LOSSES[name], numbers["outputs"], numbers["targets"], dtype)
    assert value == pytest.approx(numbers["loss"], rel=rtol)
    np.testing.assert_allclose(delta, numbers["gradient"], rtol, atol)


@pytest.mark.parametrize("dtype", ["float64", "float32"])
@pytest.mark.parametrize("name", ["cross_entropy_labels", "cross_entropy_extreme"])
def test_class_numbers_written_as_one_hot_columns_agree_with_pytorch(
    reference, play_loss, name, dtype
):
    numbers = reference("losses")["losses"][name]
    rtol, atol = (1e-12, 1e-15) if dtype == "float64" else (2e-6, 1e-7)
    one_hot = np.eye(4)[numbers["targets"]]
    value, delta = play_loss(CategoricalCrossentropy(), numbers["outputs"], one_hot, dtype)
    assert value == pytest.approx(numbers["loss"], rel=rtol)
    np.testing.assert_allclose(delta, numbers["gradient"], rtol, atol)


def test_categorical_crossentropy_ignores_impossible_classes_that_are_not_the_target(play_loss):
    value, delta = play_loss(CategoricalCrossentropy(), [[0.0, -np.inf]], [[1.0, 0.0]])
    assert value == 0.0
    assert delta.tolist() == [[0.0, 0.0]]


def test_categorical_crossentropy_is_infinite_when_the_target_is_impossible(play_loss):
    value, _ = play_loss(CategoricalCrossentropy(), [[0.0, -np.inf]], [[0.0, 1.0]])
    assert value == np.inf


def test_categorical_crossentropy_is_the_mean_over_points_but_not_over_classes(play_loss):
    value, delta = play_loss(CategoricalCrossentropy(), np.zeros((2, 5)), np.eye(5)[:2])
    assert value == pytest.approx(np.log(5.0))
    np.testing.assert_allclose(delta, (0.2 - np.eye(5)[:2]) / 2.0)


@pytest.mark.parametrize("loss", [CategoricalCrossentropy(), BinaryCrossentropy()])
def test_crossentropy_of_float32_sums_is_computed_with_float64_precision(play_loss, loss):
    sums = np.array([[20.0, 0.0]])
    value, _ = play_loss(loss, sums, [[1.0, 0.0]], "float32")
    both_units = [np.log1p(np.exp(-20.0)), np.log(2.0)]
    expected = both_units[0] if isinstance(loss, CategoricalCrossentropy) else np.mean(both_units)
    assert value == pytest.approx(expected, rel=1e-9)


def test_perceptron_criterion_is_the_distance_on_the_wrong_side(play_loss):
    sums = [[2.0], [-3.0], [0.5], [-0.25]]
    targets = [[1.0], [1.0], [0.0], [0.0]]  # right, wrong, wrong, right
    value, delta = play_loss(PerceptronCriterion(), sums, targets)
    assert value == (3.0 + 0.5) / 4.0
    assert delta.tolist() == [[0.0], [-0.25], [0.25], [0.0]]


def test_perceptron_criterion_is_the_mean_over_units_too(play_loss):
    value, delta = play_loss(PerceptronCriterion(), [[1.0, -4.0]], [[0.0, 1.0]])
    assert value == (1.0 + 4.0) / 2.0
    assert delta.tolist() == [[0.5, -0.5]]


def test_squared_error_by_hand(play_loss):
    value, delta = play_loss(MeanSquaredError(), [[1.0, 2.0]], [[0.0, 4.0]])
    assert value == (1.0 + 4.0) / 2.0
    assert delta.tolist() == [[1.0, -2.0]]


def test_absolute_error_by_hand(play_loss):
    value, delta = play_loss(MeanAbsoluteError(), [[1.0, 2.0, 5.0, 5.0]], [[0.0, 4.0, 5.0, 5.0]])
    assert value == (1.0 + 2.0) / 4.0
    assert delta.tolist() == [[0.25, -0.25, 0.0, 0.0]]


def test_huber_by_hand_on_both_sides_of_delta(play_loss):
    errors = np.array([[1.0, -1.0, 3.0, -3.0]])
    value, delta = play_loss(Huber(2.0), errors, np.zeros((1, 4)))
    # 1²/2 twice, and 2 · (3 − 2/2) twice.
    assert value == (0.5 + 0.5 + 4.0 + 4.0) / 4.0
    assert delta.tolist() == [[0.25, -0.25, 0.5, -0.5]]


@pytest.mark.parametrize("dtype", ["float64", "float32"])
def test_huber_is_half_the_squared_error_when_delta_is_never_reached(play_loss, dtype):
    generator = np.random.default_rng(0)
    outputs, targets = generator.normal(size=(5, 2)), generator.normal(size=(5, 2))
    value, delta = play_loss(Huber(100.0), outputs, targets, dtype)
    squared, squared_delta = play_loss(MeanSquaredError(), outputs, targets, dtype)
    assert value == pytest.approx(squared / 2.0)
    np.testing.assert_allclose(delta, squared_delta / 2.0, rtol=1e-6)
