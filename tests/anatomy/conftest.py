"""What the tests of the anatomy share: networks with plain weights, computed by plain loops."""

import math

import numpy as np
import pytest

from nntui.engine.activations import Softmax, Tanh
from nntui.engine.initializers import Zeros
from nntui.engine.layers import Dense, Silence
from nntui.engine.losses import CategoricalCrossentropy
from nntui.engine.network import Network
from nntui.engine.regularizers import Penalty


@pytest.fixture(scope="session")
def small_network():
    """Return a function that makes a network with drawn weights, 2-3-2 unless told otherwise."""

    def make(
        layers=None,
        *,
        inputs=2,
        loss=None,
        penalty=None,
        dtype="float64",
        seed=3,
    ):
        network = Network(
            inputs,
            layers or [Dense(3, Tanh(), Zeros()), Dense(2, Softmax(), Zeros())],
            loss or CategoricalCrossentropy(),
            penalty=penalty or Penalty(),
            dtype=dtype,
            generator=np.random.default_rng(0),
        )
        generator = np.random.default_rng(seed)
        network.parameters[:] = generator.normal(0.0, 1.0, network.parameters.shape)
        return network

    return make


@pytest.fixture(scope="session")
def points():
    """Return a function that draws points, (points, inputs)."""

    def draw(count=20, inputs=2, seed=5):
        return np.random.default_rng(seed).normal(0.0, 1.0, (count, inputs))

    return draw


@pytest.fixture(scope="session")
def by_loops():
    """Return a function that answers one point neuron by neuron, with Python's own numbers.

    It takes the network and the point, knows tanh, ReLU and softmax, and returns what the units of
    each column answer, before any is silenced.
    """

    def answer(network, point):
        columns = [[float(value) for value in point]]
        passed_on = columns[0]
        for layer in network.layers:
            if isinstance(layer, Silence):
                passed_on = [
                    0.0 if unit in layer.units else value for unit, value in enumerate(passed_on)
                ]
            elif isinstance(layer, Dense):
                passed_on = _dense(layer, passed_on)
                columns.append(passed_on)
        return columns

    return answer


def _dense(layer, values):
    sums = []
    for unit in range(layer.units):
        terms = [value * float(layer.weights[row, unit]) for row, value in enumerate(values)]
        sums.append(math.fsum([*terms, float(layer.biases[unit])]))
    kind = type(layer.activation).__name__
    if kind == "Softmax":
        whole = math.fsum(math.exp(z) for z in sums)
        return [math.exp(z) / whole for z in sums]
    return [{"Tanh": math.tanh, "ReLU": lambda z: max(0.0, z)}[kind](z) for z in sums]
