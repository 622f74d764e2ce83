"""Whole training runs: network, loss, penalty and optimizer together."""

import numpy as np
import pytest

from nntui.engine import training_step
from nntui.engine.activations import Linear, Sigmoid, Softmax, Tanh
from nntui.engine.initializers import Normal
from nntui.engine.layers import Dense
from nntui.engine.losses import (
    BinaryCrossentropy,
    CategoricalCrossentropy,
    Huber,
    MeanSquaredError,
)
from nntui.engine.network import Network
from nntui.engine.parts import OPTIMIZERS
from nntui.engine.rectifiers import ELU, GELU, ReLU, SiLU
from nntui.engine.regularizers import Penalty
from nntui.engine.training_step import TrainingStep, keeps_points_together

HIDDEN = {"tanh": Tanh(), "relu": ReLU(), "gelu_tanh": GELU(), "elu": ELU(1.0), "silu": SiLU()}
LOSS_AND_OUTPUT = {
    "cross_entropy": (CategoricalCrossentropy(), Softmax()),
    "binary_cross_entropy": (BinaryCrossentropy(), Sigmoid()),
    "mean_squared_error": (MeanSquaredError(), Linear()),
    "huber": (Huber(1.0), Linear()),
}
RUNS = [
    "tanh_cross_entropy_adam",
    "relu_binary_cross_entropy_nesterov",
    "gelu_tanh_mean_squared_error_rmsprop",
    "elu_huber_adamw",
    "silu_cross_entropy_penalty",
]


def put_parameters(network, numbers):
    for index, layer in enumerate(network.dense_layers):
        layer.weights[:] = np.transpose(numbers[f"layers.{index}.weight"])
        layer.biases[:] = numbers[f"layers.{index}.bias"]


def all_parameters(numbers):
    """Write PyTorch's parameters in the order of ``Network.parameters``."""
    parts = []
    for index in range(len(numbers) // 2):
        parts.append(np.transpose(numbers[f"layers.{index}.weight"]).ravel())
        parts.append(np.ravel(numbers[f"layers.{index}.bias"]))
    return np.concatenate(parts)


def build_run(run, dtype):
    loss, output = LOSS_AND_OUTPUT[run["loss"]]
    *hidden_units, output_units = run["units"][1:]
    layers = [Dense(units, HIDDEN[run["activation"]], Normal(1.0)) for units in hidden_units]
    network = Network(
        run["units"][0],
        [*layers, Dense(output_units, output, Normal(1.0))],
        loss,
        penalty=Penalty(**run["regularization"]),
        dtype=dtype,
        generator=np.random.default_rng(0),
    )
    put_parameters(network, run["initial_parameters"])
    settings = dict(run["optimizer"])
    name, learning_rate = settings.pop("name"), settings.pop("learning_rate")
    optimizer = OPTIMIZERS[name](**settings)
    optimizer.allocate(len(network.parameters), network.dtype)
    return network, optimizer, learning_rate


def test_every_reference_run_is_compared(reference):
    assert set(RUNS) == set(reference("training")["runs"])


@pytest.mark.parametrize("layout", ["inputs together", "points together"])
@pytest.mark.parametrize("name", RUNS)
def test_whole_training_runs_agree_with_pytorch(reference, name, layout, monkeypatch):
    if layout == "points together":
        monkeypatch.setattr(training_step, "ROWS_FROM", 1)
    run = reference("training")["runs"][name]
    network, optimizer, learning_rate = build_run(run, "float64")
    assert keeps_points_together(network) == (layout == "points together")
    inputs, targets = np.array(run["points"]), np.array(run["targets"])
    if targets.ndim == 1:
        targets = np.eye(network.units)[targets]
    # Batches of 4 and a last one of 2: each size has a tape of its own, as in training.
    steps = {size: TrainingStep(network, optimizer, size, clip_norm=0.0) for size in (4, 2)}
    assert {len(batch) for batch in run["batches"]} == set(steps)
    for number, (batch, expected) in enumerate(zip(run["batches"], run["steps"], strict=True)):
        assert network.penalty_value() == pytest.approx(
            expected["regularization_loss"], rel=1e-10, abs=1e-15
        )
        step = steps[len(batch)]
        step.fill(inputs[batch], targets[batch])
        optimizer.begin_step(number, learning_rate)
        step.run()
        np.testing.assert_allclose(
            network.parameters, all_parameters(expected["parameters"]), 1e-10, 1e-13
        )


@pytest.mark.parametrize("name", RUNS)
def test_float32_training_stays_near_pytorch_s_float64(reference, name):
    run = reference("training")["runs"][name]
    network, optimizer, learning_rate = build_run(run, "float32")
    inputs, targets = np.array(run["points"]), np.array(run["targets"])
    if targets.ndim == 1:
        targets = np.eye(network.units)[targets]
    for number, batch in enumerate(run["batches"]):
        step = TrainingStep(network, optimizer, len(batch), clip_norm=0.0)
        step.fill(inputs[batch], targets[batch])
        optimizer.begin_step(number, learning_rate)
        step.run()
    expected = all_parameters(run["steps"][-1]["parameters"])
    np.testing.assert_allclose(network.parameters, expected, rtol=1e-4, atol=1e-5)
