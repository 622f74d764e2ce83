"""The gradients of this moment, against differences of a loss that is computed by plain loops."""

import math

import numpy as np
import pytest

from nntui.anatomy.gradients import MomentaryGradients
from nntui.engine.activations import Softmax, Tanh
from nntui.engine.initializers import Zeros
from nntui.engine.layers import Dense, Dropout, Silence
from nntui.engine.rectifiers import ReLU
from nntui.engine.regularizers import Penalty

L2 = 0.05


def targets_of(points, classes=2):
    return np.eye(classes)[np.arange(len(points)) % classes]


def loss_by_loops(network, points, targets, by_loops):
    """Return the mean crossentropy and the penalty on the weights of trainable layers."""
    losses = []
    for point, target in zip(points, targets, strict=True):
        outputs = by_loops(network, point)[-1]
        losses.append(-math.log(outputs[int(target.argmax())]))
    weights = [
        float(w) for layer in network.dense_layers if layer.trainable for w in layer.weights.ravel()
    ]
    return math.fsum(losses) / len(losses) + L2 * math.fsum(w * w for w in weights)


def differences(network, points, targets, by_loops, h=1e-6):
    """Return (loss(w + h) − loss(w − h)) / 2h for each parameter, layer by layer."""
    found = []
    for layer in network.dense_layers:
        slopes = np.zeros(layer.parameters.shape)
        for place in np.ndindex(slopes.shape):
            before = layer.parameters[place]
            layer.parameters[place] = before + h
            above = loss_by_loops(network, points, targets, by_loops)
            layer.parameters[place] = before - h
            below = loss_by_loops(network, points, targets, by_loops)
            layer.parameters[place] = before
            slopes[place] = (above - below) / (2 * h)
        found.append(slopes)
    return found


@pytest.fixture
def layers():
    """Return layers of every kind, with dropout that training would draw from."""
    return [
        Dense(3, ReLU(), Zeros()),
        Dropout(0.5, np.random.default_rng(0)),
        Dense(3, Tanh(), Zeros(), frozen_units=(1,)),
        Silence((2,)),
        Dense(2, Softmax(), Zeros()),
    ]


def test_they_are_the_slopes_of_loss_and_penalty(small_network, points, by_loops, layers):
    network = small_network(layers, penalty=Penalty(l2=L2))
    targets = targets_of(points())
    found = MomentaryGradients(network, points(), targets).compute()
    expected = differences(network, points(), targets, by_loops)
    # What is not trained has no gradient, however steep the loss is there.
    expected[1][:, 1] = 0.0
    for gradients, slopes in zip(found, expected, strict=True):
        np.testing.assert_allclose(gradients, slopes, atol=1e-7)
    # A silenced neuron changes the loss by its penalty alone.
    np.testing.assert_allclose(found[1][:-1, 2], 2 * L2 * network.dense_layers[1].weights[:, 2])


def test_a_frozen_layer_has_none(small_network, points, by_loops):
    layers = [Dense(3, Tanh(), Zeros(), trainable=False), Dense(2, Softmax(), Zeros())]
    network = small_network(layers, penalty=Penalty(l2=L2))
    first, second = MomentaryGradients(network, points(), targets_of(points())).compute()
    assert not first.any()
    expected = differences(network, points(), targets_of(points()), by_loops)[1]
    np.testing.assert_allclose(second, expected, atol=1e-7)


def test_a_network_of_which_nothing_is_trained_has_none(small_network, points):
    layers = [Dense(2, Softmax(), Zeros(), trainable=False)]
    gradients = MomentaryGradients(small_network(layers), points(), targets_of(points()))
    assert not gradients.compute()[0].any()


def test_the_network_and_its_generators_stay_as_they_are(small_network, points, layers):
    network = small_network(layers)
    network.gradients[:] = np.arange(len(network.gradients))
    memory = [layer.gradients for layer in network.dense_layers]
    before = network.parameters.copy(), network.gradients.copy()
    state = repr(layers[1].generator.bit_generator.state)
    MomentaryGradients(network, points(), targets_of(points())).compute()
    np.testing.assert_array_equal(network.parameters, before[0])
    np.testing.assert_array_equal(network.gradients, before[1])
    assert all(
        layer.gradients is kept for layer, kept in zip(network.dense_layers, memory, strict=True)
    )
    assert repr(layers[1].generator.bit_generator.state) == state


def test_the_present_weights_count(small_network, points, by_loops):
    network = small_network(penalty=Penalty(l2=L2))
    gradients = MomentaryGradients(network, points(), targets_of(points()))
    gradients.compute()
    network.parameters[:] *= -0.5
    expected = differences(network, points(), targets_of(points()), by_loops)
    for found, slopes in zip(gradients.compute(), expected, strict=True):
        np.testing.assert_allclose(found, slopes, atol=1e-7)
