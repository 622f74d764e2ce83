"""The five pieces of work that every contestant of the benchmark does, and what they share.

A contestant gets a workload, its data and its initial weights, and runs training steps. A step
is one parameter update: forward, gradients, update. Points are shuffled once an epoch, except
where all points are one batch; the last batch of an epoch may be smaller; and every contestant
that can do so follows the same orders, so that their weights can be compared after the same
steps.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

Weights = list[tuple[NDArray[np.floating], NDArray[np.floating]]]
"""Of each layer the weights (inputs, units) and the biases (units,)."""


@dataclass(frozen=True)
class Workload:
    """A network, its data and how to train it.

    ``naive_target`` and ``pytorch_target`` are how many times the steps per second of the naive
    trainer and of PyTorch nntui is meant to reach.
    """

    name: str
    units: tuple[int, ...]
    activation: Literal["tanh", "relu"]
    loss: Literal["mean_squared_error", "cross_entropy"]
    samples: int
    batch_size: int
    optimizer: Literal["sgd", "adam"]
    learning_rate: float
    momentum: float
    naive_target: float
    pytorch_target: float

    @property
    def steps_per_epoch(self) -> int:
        return -(-self.samples // self.batch_size)

    @property
    def title(self) -> str:
        sizes = "-".join(str(units) for units in self.units)
        momentum = f" momentum {self.momentum:g}" if self.momentum else ""
        return (
            f"{self.name}: {sizes} {self.activation}, batch {self.batch_size} of "
            f"{self.samples:,}, {self.optimizer}{momentum} {self.learning_rate:g}"
        )


MSE, CROSS_ENTROPY = "mean_squared_error", "cross_entropy"
WORKLOADS = (
    Workload("W1", (2, 4, 2, 1), "tanh", MSE, 250, 10, "sgd", 0.03, 0.0, 6, 30),
    Workload("W2", (2, 64, 3), "relu", CROSS_ENTROPY, 300, 300, "adam", 0.02, 0.0, 7, 10),
    Workload("W3", (2, 64, 64, 3), "relu", CROSS_ENTROPY, 3000, 32, "adam", 0.002, 0.0, 5, 9),
    Workload(
        "W4", (2, 256, 256, 5), "relu", CROSS_ENTROPY, 10_000, 256, "adam", 0.002, 0.0, 2.8, 1.2
    ),
    Workload(
        "W5", (784, 512, 512, 10), "relu", CROSS_ENTROPY, 10_240, 512, "sgd", 0.01, 0.9, 2.2, 1.1
    ),
)
BETA_1, BETA_2, EPSILON = 0.9, 0.999, 1e-8  # of every contestant's Adam


@dataclass(frozen=True, eq=False)
class Data:
    """Training points (samples, inputs) in float64, and what the network shall answer.

    ``targets`` are class numbers (samples,) for cross-entropy and values (samples, outputs) for
    the mean squared error.
    """

    points: NDArray[np.float64]
    targets: NDArray[np.int64] | NDArray[np.float64]
    shuffle_seed: int

    def orders(self) -> Iterator[NDArray[np.int64]]:
        """Draw the order of each epoch; every call starts again with the same orders."""
        generator = np.random.default_rng(self.shuffle_seed)
        while True:
            yield generator.permutation(len(self.points))


@dataclass(frozen=True, eq=False)
class Contestant:
    """One way to train a workload, ready to run.

    ``run(steps)`` does at least so many steps and returns how many it did; ``weights()`` tells
    the weights as they are now. ``follows_order`` is whether it trains in ``Data.orders()``:
    without it, its weights after some steps are its own.
    """

    name: str
    run: Callable[[int], int]
    weights: Callable[[], Weights]
    follows_order: bool = True


def spiral(samples: int, classes: int, generator: np.random.Generator) -> Data:
    """Draw the spiral of *Neural Networks from Scratch*, one arm a class."""
    arm = samples // classes
    radius = np.linspace(0.0, 1.0, arm)
    points, labels = [], []
    for label in range(classes):
        angle = np.linspace(4.0 * label, 4.0 * (label + 1), arm)
        angle = (angle + generator.normal(0.0, 0.2, arm)) * 2.5
        points.append(np.column_stack([radius * np.sin(angle), radius * np.cos(angle)]))
        labels.append(np.full(arm, label, dtype=np.int64))
    return Data(np.concatenate(points), np.concatenate(labels), shuffle_seed=1)


def saddle(samples: int, generator: np.random.Generator) -> Data:
    """Draw points of the square [-1, 1]² with the value x1·x2."""
    points = generator.uniform(-1.0, 1.0, (samples, 2))
    return Data(points, points.prod(axis=1, keepdims=True), shuffle_seed=1)


def pictures(samples: int, inputs: int, classes: int, generator: np.random.Generator) -> Data:
    """Draw rows around one centre a class that overlap, as pictures of digits do."""
    centres = generator.uniform(0.0, 0.3, (classes, inputs))
    labels = generator.integers(0, classes, samples)
    points = np.clip(centres[labels] + generator.normal(0.0, 0.5, (samples, inputs)), 0.0, 1.0)
    return Data(points, labels, shuffle_seed=1)


def make_data(workload: Workload, seed: int = 0) -> Data:
    """Draw a workload's data: values float32 can hold, so that all contestants get the same."""
    generator = np.random.default_rng(seed)
    inputs, outputs = workload.units[0], workload.units[-1]
    if workload.loss == MSE:
        data = saddle(workload.samples, generator)
    elif inputs == 2:
        data = spiral(workload.samples, outputs, generator)
    else:
        data = pictures(workload.samples, inputs, outputs, generator)
    return Data(
        data.points.astype(np.float32).astype(np.float64),
        data.targets
        if workload.loss == CROSS_ENTROPY
        else data.targets.astype(np.float32).astype(np.float64),
        data.shuffle_seed,
    )


def make_weights(workload: Workload, seed: int = 0) -> Weights:
    """Draw initial weights by He (ReLU) or Glorot (tanh), in values that float32 can hold."""
    generator = np.random.default_rng(seed)
    weights: Weights = []
    for inputs, units in zip(workload.units, workload.units[1:], strict=False):
        variance = 2.0 / inputs if workload.activation == "relu" else 2.0 / (inputs + units)
        drawn = generator.normal(0.0, variance**0.5, (inputs, units))
        weights.append((drawn.astype(np.float32).astype(np.float64), np.zeros(units)))
    return weights


def mean_loss(workload: Workload, data: Data, weights: Weights) -> float:
    """Compute the loss over all points in float64, whoever trained the weights."""
    outputs = data.points
    for layer, (matrix, biases) in enumerate(weights):
        outputs = outputs @ matrix.astype(np.float64) + biases
        if layer < len(weights) - 1:
            outputs = np.tanh(outputs) if workload.activation == "tanh" else outputs.clip(0.0)
    if workload.loss == MSE:
        return float(np.mean((outputs - data.targets) ** 2))
    outputs = outputs - outputs.max(axis=1, keepdims=True)
    log_probabilities = outputs - np.log(np.exp(outputs).sum(axis=1, keepdims=True))
    return float(-log_probabilities[np.arange(len(outputs)), data.targets].mean())
