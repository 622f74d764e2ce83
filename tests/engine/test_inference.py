import numpy as np
import pytest

from nntui.engine.activations import Linear, Tanh
from nntui.engine.inference import MOST_POINTS_AT_ONCE, Inference, PortionedInference
from nntui.engine.initializers import Constant, Normal
from nntui.engine.layers import Dense, Dropout
from nntui.engine.losses import CategoricalCrossentropy, MeanSquaredError
from nntui.engine.network import Network
from nntui.engine.rectifiers import ReLU
from nntui.engine.regularizers import Penalty


def test_the_answers_are_the_outputs_and_the_sums_behind_them(make_network):
    network = make_network((2, 4, 3), output="softmax", loss=CategoricalCrossentropy())
    inputs = np.random.default_rng(1).normal(size=(6, 2))
    answers = Inference(network, 6).run(inputs)
    first, second = network.dense_layers
    sums = np.tanh(inputs @ first.weights + first.biases) @ second.weights + second.biases
    outputs = np.exp(sums) / np.exp(sums).sum(axis=1, keepdims=True)
    np.testing.assert_allclose(answers.sums, sums.T, rtol=1e-13)
    np.testing.assert_allclose(answers.outputs, outputs.T, rtol=1e-13)


@pytest.mark.parametrize("output", ["linear", "sigmoid", "softmax", "step", "tanh"])
def test_the_sums_are_kept_apart_from_the_outputs(make_network, output):
    network = make_network((2, 3), output=output)
    inputs = np.random.default_rng(1).normal(size=(6, 2))
    answers = Inference(network, 6).run(inputs)
    (layer,) = network.dense_layers
    np.testing.assert_allclose(answers.sums.T, inputs @ layer.weights + layer.biases, rtol=1e-13)


def test_dropout_does_nothing_and_draws_nothing():
    generator = np.random.default_rng(0)
    layers = [Dense(4, Tanh(), Normal(1.0)), Dense(3, Linear(), Normal(1.0))]
    plain, dropping = (
        Network(
            2,
            part,
            MeanSquaredError(),
            penalty=Penalty(),
            dtype="float64",
            generator=np.random.default_rng(1),
        )
        for part in (
            layers,
            [
                Dense(4, Tanh(), Normal(1.0)),
                Dropout(0.5, generator),
                Dense(3, Linear(), Normal(1.0)),
            ],
        )
    )
    state = generator.bit_generator.state
    inputs = np.random.default_rng(2).normal(size=(5, 2))
    expected = Inference(plain, 5).run(inputs).outputs
    np.testing.assert_array_equal(Inference(dropping, 5).run(inputs).outputs, expected)
    assert generator.bit_generator.state == state


def test_asking_changes_neither_parameters_nor_gradients(make_network):
    network = make_network()
    network.gradients[:] = 5.0
    before = network.parameters.copy()
    Inference(network, 4).run(np.ones((4, 2)))
    np.testing.assert_array_equal(network.parameters, before)
    assert (network.gradients == 5.0).all()


def test_the_network_s_present_parameters_answer(make_network):
    network = make_network()
    inference = Inference(network, 1)
    before = inference.run(np.ones((1, 2))).outputs.copy()
    network.dense_layers[-1].biases += 1.0
    np.testing.assert_allclose(inference.run(np.ones((1, 2))).outputs, before + 1.0, rtol=1e-14)


def test_each_point_is_answered_on_its_own(make_network):
    network = make_network()
    inputs = np.random.default_rng(1).normal(size=(4, 2))
    together = Inference(network, 4).run(inputs).outputs
    one = Inference(network, 1)
    for number in range(4):
        alone = one.run(inputs[number : number + 1]).outputs[:, 0]
        np.testing.assert_allclose(together[:, number], alone, rtol=1e-13)


def test_a_nan_inside_the_network_is_not_answered_with_a_number():
    layers = [Dense(1, ReLU(), Constant(1.0)), Dense(1, Linear(), Constant(1.0))]
    network = Network(
        2,
        layers,
        MeanSquaredError(),
        penalty=Penalty(),
        dtype="float32",
        generator=np.random.default_rng(0),
    )
    with np.errstate(all="ignore"):  # Infinity minus infinity has its sign bit set.
        answers = Inference(network, 1).run(np.array([[np.inf, -np.inf]], np.float32))
    assert np.isnan(answers.outputs).all()


@pytest.mark.parametrize("points", [0, 1, MOST_POINTS_AT_ONCE, 2 * MOST_POINTS_AT_ONCE + 3])
def test_any_number_of_points_is_answered_in_portions(make_network, points):
    network = make_network((2, 3, 1), dtype="float64")
    inputs = np.random.default_rng(0).normal(size=(points, 2))
    answers = PortionedInference(network).run(inputs)
    assert answers.outputs.shape == answers.sums.shape == (1, points)
    for index in range(0, points, 1000):
        alone = Inference(network, 1).run(inputs[index : index + 1])
        np.testing.assert_allclose(answers.outputs[:, index], alone.outputs[:, 0], rtol=1e-12)
