"""The naive trainer: the network of *Neural Networks from Scratch* as its reader would write it.

Numpy's float64, one object a layer, a new array for every operation, and the loss computed in
every step as the book does. It is honest work: whole batches go through matrix products, softmax
and cross-entropy share their gradient, and nothing is done twice.

Source: Kinsley and Kukieła, *Neural Networks from Scratch in Python* (2020), chapters 3 to 10.
"""

from collections.abc import Iterator
from itertools import islice

import numpy as np
from numpy.typing import NDArray
from workloads import BETA_1, BETA_2, EPSILON, Contestant, Data, Weights, Workload

Array = NDArray[np.float64]


class Dense:
    """A layer of units, each with a weight for every input and a bias."""

    def __init__(self, weights: Array, biases: Array) -> None:
        self.weights = weights.copy()
        self.biases = biases.reshape(1, -1).copy()

    def forward(self, inputs: Array) -> Array:
        self.inputs = inputs
        return np.dot(inputs, self.weights) + self.biases

    def backward(self, gradient: Array) -> Array:
        self.weights_gradient = np.dot(self.inputs.T, gradient)
        self.biases_gradient = np.sum(gradient, axis=0, keepdims=True)
        return np.dot(gradient, self.weights.T)


class ReLU:
    def forward(self, inputs: Array) -> Array:
        self.inputs = inputs
        return np.maximum(0, inputs)

    def backward(self, gradient: Array) -> Array:
        gradient = gradient.copy()
        gradient[self.inputs <= 0] = 0
        return gradient


class Tanh:
    def forward(self, inputs: Array) -> Array:
        self.outputs = np.tanh(inputs)
        return self.outputs

    def backward(self, gradient: Array) -> Array:
        return gradient * (1 - self.outputs**2)


class SoftmaxCrossEntropy:
    """Softmax and the cross-entropy of class numbers, whose gradients together are simple."""

    def forward(self, logits: Array, labels: NDArray[np.int64]) -> float:
        exponentials = np.exp(logits - np.max(logits, axis=1, keepdims=True))
        self.probabilities = exponentials / np.sum(exponentials, axis=1, keepdims=True)
        correct = np.clip(self.probabilities[np.arange(len(labels)), labels], 1e-7, 1 - 1e-7)
        return float(np.mean(-np.log(correct)))

    def backward(self, labels: NDArray[np.int64]) -> Array:
        gradient = self.probabilities.copy()
        gradient[np.arange(len(labels)), labels] -= 1
        return gradient / len(labels)


class MeanSquaredError:
    def forward(self, outputs: Array, targets: Array) -> float:
        self.outputs = outputs
        return float(np.mean((targets - outputs) ** 2))

    def backward(self, targets: Array) -> Array:
        return -2 * (targets - self.outputs) / targets.size


class SGD:
    """Gradient descent, with momentum if there is any."""

    def __init__(self, learning_rate: float, momentum: float) -> None:
        self.learning_rate = learning_rate
        self.momentum = momentum

    def update(self, layer: Dense) -> None:
        if self.momentum:
            if not hasattr(layer, "weights_velocity"):
                layer.weights_velocity = np.zeros_like(layer.weights)
                layer.biases_velocity = np.zeros_like(layer.biases)
            weights_update = (
                self.momentum * layer.weights_velocity - self.learning_rate * layer.weights_gradient
            )
            layer.weights_velocity = weights_update
            biases_update = (
                self.momentum * layer.biases_velocity - self.learning_rate * layer.biases_gradient
            )
            layer.biases_velocity = biases_update
        else:
            weights_update = -self.learning_rate * layer.weights_gradient
            biases_update = -self.learning_rate * layer.biases_gradient
        layer.weights += weights_update
        layer.biases += biases_update

    def finish_step(self) -> None:
        """Nothing is counted."""


class Adam:
    """Steps by the mean of the gradients over the root of the mean of their squares."""

    def __init__(self, learning_rate: float) -> None:
        self.learning_rate = learning_rate
        self.steps = 0

    def update(self, layer: Dense) -> None:
        if not hasattr(layer, "weights_mean"):
            layer.weights_mean = np.zeros_like(layer.weights)
            layer.weights_square = np.zeros_like(layer.weights)
            layer.biases_mean = np.zeros_like(layer.biases)
            layer.biases_square = np.zeros_like(layer.biases)
        layer.weights_mean = BETA_1 * layer.weights_mean + (1 - BETA_1) * layer.weights_gradient
        layer.biases_mean = BETA_1 * layer.biases_mean + (1 - BETA_1) * layer.biases_gradient
        layer.weights_square = (
            BETA_2 * layer.weights_square + (1 - BETA_2) * layer.weights_gradient**2
        )
        layer.biases_square = BETA_2 * layer.biases_square + (1 - BETA_2) * layer.biases_gradient**2
        mean_correction = 1 - BETA_1 ** (self.steps + 1)
        square_correction = 1 - BETA_2 ** (self.steps + 1)
        layer.weights += (
            -self.learning_rate
            * (layer.weights_mean / mean_correction)
            / (np.sqrt(layer.weights_square / square_correction) + EPSILON)
        )
        layer.biases += (
            -self.learning_rate
            * (layer.biases_mean / mean_correction)
            / (np.sqrt(layer.biases_square / square_correction) + EPSILON)
        )

    def finish_step(self) -> None:
        self.steps += 1


class Model:
    """Layers, a loss and an optimizer."""

    def __init__(self, workload: Workload, weights: Weights) -> None:
        activation = Tanh if workload.activation == "tanh" else ReLU
        self.dense_layers = [Dense(matrix, biases) for matrix, biases in weights]
        self.layers: list[Dense | ReLU | Tanh] = []
        for dense in self.dense_layers:
            self.layers += [dense, activation()]
        self.layers.pop()  # the output layer has no activation of its own
        self.loss = (
            MeanSquaredError() if workload.loss == "mean_squared_error" else SoftmaxCrossEntropy()
        )
        self.optimizer = (
            Adam(workload.learning_rate)
            if workload.optimizer == "adam"
            else SGD(workload.learning_rate, workload.momentum)
        )

    def step(self, points: Array, targets: NDArray) -> float:
        outputs = points
        for layer in self.layers:
            outputs = layer.forward(outputs)
        loss = self.loss.forward(outputs, targets)
        gradient = self.loss.backward(targets)
        for layer in reversed(self.layers):
            gradient = layer.backward(gradient)
        for dense in self.dense_layers:
            self.optimizer.update(dense)
        self.optimizer.finish_step()
        return loss


def batches(workload: Workload, data: Data) -> Iterator[tuple[Array, NDArray]]:
    while workload.steps_per_epoch == 1:
        yield data.points, data.targets
    for order in data.orders():
        points, targets = data.points[order], data.targets[order]
        for start in range(0, workload.samples, workload.batch_size):
            stop = start + workload.batch_size
            yield points[start:stop], targets[start:stop]


def prepare(workload: Workload, data: Data, weights: Weights) -> list[Contestant]:
    """Make the naive trainer of a workload."""
    model = Model(workload, weights)
    endless_batches = batches(workload, data)

    def run(steps: int) -> int:
        for points, targets in islice(endless_batches, steps):
            model.step(points, targets)
        return steps

    def current_weights() -> Weights:
        return [(dense.weights, dense.biases[0]) for dense in model.dense_layers]

    return [Contestant("naive", run, current_weights)]
