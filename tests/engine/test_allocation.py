"""A step runs in the memory that was made for it."""

import tracemalloc

import numpy as np
import pytest

from nntui.engine.initializers import Normal
from nntui.engine.layers import Dense, Dropout, Silence
from nntui.engine.network import Network
from nntui.engine.parts import ACTIVATIONS, LOSSES, OPTIMIZERS
from nntui.engine.regularizers import Penalty
from nntui.engine.training_step import TrainingStep

ARGUMENTS = {
    "leaky_relu": {"negative_slope": 0.1},
    "elu": {"alpha": 1.0},
    "huber": {"delta": 1.0},
    "sgd": {"momentum": 0.9, "nesterov": True},
    "adagrad": {"initial_accumulator_value": 0.1, "epsilon": 1e-7},
    "rmsprop": {"rho": 0.9, "momentum": 0.9, "epsilon": 1e-7},
    "adam": {"beta_1": 0.9, "beta_2": 0.999, "epsilon": 1e-7},
    "adamw": {"beta_1": 0.9, "beta_2": 0.999, "epsilon": 1e-7, "weight_decay": 0.01},
}


def make(parts, name):
    return parts[name](**ARGUMENTS.get(name, {}))


def memory_taken_by_a_step(
    activation="relu",
    output="linear",
    loss="mean_squared_error",
    optimizer="adam",
    inputs=8,
    frozen_units=(),
):
    """Return how many bytes steps take at most beyond what there was before them."""
    generator = np.random.default_rng(0)
    hidden = [
        Dense(64, make(ACTIVATIONS, activation), Normal(0.1), frozen_units=frozen_units)
        for _ in range(2)
    ]
    network = Network(
        inputs,
        [
            hidden[0],
            Dropout(0.1, generator),
            hidden[1],
            Silence([3, 5]),
            Dense(3, make(ACTIVATIONS, output), Normal(0.1)),
        ],
        make(LOSSES, loss),
        penalty=Penalty(0.01, 0.01, 0.01, 0.01),
        dtype="float32",
        generator=generator,
    )
    update = make(OPTIMIZERS, optimizer)
    update.allocate(len(network.parameters), network.dtype)
    step = TrainingStep(network, update, 256, clip_norm=1.0)
    step.fill(generator.normal(size=(256, inputs)), generator.random((256, 3)))
    with np.errstate(all="ignore"):
        for number in range(3):
            update.begin_step(number, 0.01)
            step.run()
        tracemalloc.start()
        step.run()
        before, _ = tracemalloc.get_traced_memory()
        tracemalloc.reset_peak()
        for _ in range(3):
            step.run()
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
    return peak - before


SMALL = 16_384
"""Bytes: a quarter of the 65,536 that a hidden layer's numbers take. numpy's own buffer for
turning true and false into numbers takes 8,192."""


@pytest.mark.parametrize("inputs", [8, 64])
# Softmax makes probabilities of classes: it is for the output layer.
@pytest.mark.parametrize("activation", [name for name in ACTIVATIONS if name != "softmax"])
def test_a_step_allocates_no_arrays_whatever_the_activation(activation, inputs):
    assert memory_taken_by_a_step(activation=activation, inputs=inputs) < SMALL


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_a_step_allocates_no_arrays_whatever_the_optimizer(optimizer):
    assert memory_taken_by_a_step(optimizer=optimizer) < SMALL


@pytest.mark.parametrize("inputs", [8, 1000])
def test_a_step_allocates_no_arrays_where_most_neurons_are_frozen(inputs):
    # Of 1000 inputs the frozen weights alone take 256,000 bytes.
    assert memory_taken_by_a_step(frozen_units=range(1, 64), inputs=inputs) < SMALL


@pytest.mark.parametrize(
    ("loss", "output"),
    [
        ("categorical_crossentropy", "softmax"),
        ("binary_crossentropy", "sigmoid"),
        ("mean_absolute_error", "tanh"),
        ("huber", "softmax"),
        ("perceptron", "step"),
    ],
)
def test_a_step_allocates_no_arrays_whatever_the_loss(loss, output):
    assert memory_taken_by_a_step(loss=loss, output=output) < SMALL
