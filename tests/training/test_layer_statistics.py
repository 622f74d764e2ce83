"""What is said of each layer, against networks whose answers are plain."""

import math

import numpy as np
import pytest

from nntui.engine.activations import Linear, Sigmoid, Tanh
from nntui.engine.initializers import Zeros
from nntui.engine.layers import Dense, Dropout
from nntui.engine.losses import MeanSquaredError
from nntui.engine.network import Network
from nntui.engine.rectifiers import LeakyReLU, ReLU
from nntui.engine.regularizers import Penalty
from nntui.training.layer_statistics import LayerObserver
from nntui.training.observer import Observer
from nntui.training.trainer import Trainer

POINTS = np.array([[-4.0], [-1.0], [1.0], [4.0]])


def observed(activation, weights, biases, points=POINTS):
    """Return the statistics of a hidden layer with these weights."""
    network = Network(
        len(points[0]),
        [Dense(len(biases), activation, Zeros()), Dense(1, Linear(), Zeros())],
        MeanSquaredError(),
        penalty=Penalty(),
        dtype="float64",
        generator=np.random.default_rng(0),
    )
    network.dense_layers[0].weights[:] = weights
    network.dense_layers[0].biases[:] = biases
    return LayerObserver(network, points).observe()[0]


class TestFigures:
    def test_mean_and_spread_are_over_units_and_points(self):
        statistics = observed(Linear(), [[1.0, 2.0]], [0.0, 1.0])
        numbers = [-4, -1, 1, 4, -7, -1, 3, 9]
        mean = sum(numbers) / 8
        assert statistics.mean == pytest.approx(mean)
        assert statistics.spread == pytest.approx(
            math.sqrt(sum((number - mean) ** 2 for number in numbers) / 8)
        )
        assert statistics.parameters == 4
        assert (statistics.dead, statistics.saturated) == (None, None)

    def test_units_that_answer_zero_to_every_point_are_dead(self):
        # The first unit answers to some points, the second and third to none, the last to all.
        statistics = observed(ReLU(), [[1.0, 1.0, 0.0, 0.0]], [0.0, -4.0, -1.0, 1.0])
        assert statistics.dead == 0.5
        assert statistics.saturated is None

    def test_a_leaky_unit_does_not_die(self):
        assert observed(LeakyReLU(0.01), [[0.0]], [-1.0]).dead is None

    @pytest.mark.parametrize(
        ("activation", "edge"),
        [
            # tanh' z = 1 / cosh² z is 0.01 where cosh z = 10.
            (Tanh(), math.acosh(10.0)),
            # σ'(z) = 1 / (2 cosh(z / 2))² is a hundredth of its largest where cosh(z / 2) = 10.
            (Sigmoid(), 2 * math.acosh(10.0)),
        ],
    )
    def test_saturated_is_where_the_slope_is_below_a_hundredth_of_the_largest(
        self, activation, edge
    ):
        points = np.array([[-edge * 1.001], [-edge * 0.999], [0.0], [edge * 0.999], [edge * 1.001]])
        assert observed(activation, [[1.0]], [0.0], points).saturated == pytest.approx(0.4)
        assert observed(activation, [[1.0]], [0.0], points).dead is None


class TestOfATrainer:
    def test_every_dense_layer_is_described_from_its_own_activations(self, small):
        trainer = Trainer(small({"layers.0.dropout": 0.5}))
        trainer.train(20)
        hidden, second, output = Observer(trainer).layers()
        inputs = trainer.prepared.preparation.inputs(trainer.prepared.train.inputs)
        layers = trainer.network.dense_layers
        first = np.tanh(inputs @ layers[0].weights + layers[0].biases)
        relu = (first @ layers[1].weights + layers[1].biases).clip(0.0)
        sums = relu @ layers[2].weights + layers[2].biases
        exponentials = np.exp(sums)
        softmax = exponentials / exponentials.sum(axis=1, keepdims=True)
        for found, expected in ((hidden, first), (second, relu), (output, softmax)):
            assert found.mean == pytest.approx(expected.mean(), abs=1e-6)
            assert found.spread == pytest.approx(expected.std(), abs=1e-6)
        assert [layer.parameters for layer in (hidden, second, output)] == [15, 24, 10]
        assert hidden.saturated == pytest.approx((1 - first**2 < 0.01).mean())
        assert second.dead == (relu.max(axis=0) == 0.0).mean()
        assert (output.dead, output.saturated) == (None, None)

    def test_the_gradient_norm_is_that_of_the_last_step(self, small):
        trainer = Trainer(small())
        observer = Observer(trainer)
        assert [layer.gradient_norm for layer in observer.layers()] == [0.0, 0.0, 0.0]
        trainer.step()
        for found, layer in zip(observer.layers(), trainer.network.dense_layers, strict=True):
            squares = [float(g) ** 2 for g in layer.gradients.ravel()]
            assert found.gradient_norm == pytest.approx(math.sqrt(math.fsum(squares)))
            assert found.gradient_norm > 0.0

    def test_a_long_gradient_does_not_overflow(self, small):
        trainer = Trainer(small())
        trainer.network.gradients[:] = 1e30
        assert math.isfinite(Observer(trainer).layers()[0].gradient_norm)

    def test_of_many_points_some_stand_for_all(self, small):
        trainer = Trainer(small({"data.samples": 4000}))
        hidden = Observer(trainer).layers()[0]
        inputs = trainer.prepared.preparation.inputs(trainer.prepared.train.inputs)
        first = trainer.network.dense_layers[0]
        assert hidden.mean == pytest.approx(np.tanh(inputs @ first.weights).mean(), abs=0.02)


def test_dropout_is_not_a_layer_of_its_own_here():
    generator = np.random.default_rng(0)
    layers = [Dense(2, ReLU(), Zeros()), Dropout(0.5, generator), Dense(1, Linear(), Zeros())]
    network = Network(
        1, layers, MeanSquaredError(), penalty=Penalty(), dtype="float32", generator=generator
    )
    assert len(LayerObserver(network, POINTS).observe()) == 2
