import numpy as np
import pytest

from nntui.engine.activations import Linear
from nntui.engine.initializers import Constant, Normal
from nntui.engine.layers import Dense, Dropout
from nntui.engine.losses import BinaryCrossentropy, CategoricalCrossentropy, MeanSquaredError
from nntui.engine.network import Network
from nntui.engine.regularizers import Penalty
from nntui.engine.training_step import TrainingStep


def test_parameters_lie_layer_by_layer_weights_before_biases(make_network):
    network = make_network((2, 3, 1))
    network.parameters[:] = np.arange(13)
    first, second = network.dense_layers
    assert first.weights.tolist() == [[0.0, 1.0, 2.0], [3.0, 4.0, 5.0]]
    assert first.biases.tolist() == [6.0, 7.0, 8.0]
    assert second.weights.tolist() == [[9.0], [10.0], [11.0]]
    assert second.biases.tolist() == [12.0]


def test_layers_see_and_change_the_network_s_own_memory(make_network):
    network = make_network((2, 3, 1))
    second = network.dense_layers[1]
    second.biases[:] = 42.0
    second.bias_gradients[:] = 43.0
    assert network.parameters[-1] == 42.0
    assert network.gradients[-1] == 43.0
    assert np.shares_memory(second.weights, network.parameters)
    assert np.shares_memory(second.weight_gradients, network.gradients)


@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_every_number_has_the_network_s_type(make_network, dtype):
    network = make_network(dtype=dtype)
    arrays = [network.parameters, network.gradients]
    arrays += [layer.weights for layer in network.dense_layers]
    assert {array.dtype for array in arrays} == {np.dtype(dtype)}


def test_the_first_weights_come_from_the_initializers_and_the_generator():
    def weights(seed):
        layers = [Dense(3, Linear(), Normal(1.0)), Dense(2, Linear(), Constant(0.5))]
        generator = np.random.default_rng(seed)
        return Network(
            4,
            layers,
            MeanSquaredError(),
            penalty=Penalty(),
            dtype="float64",
            generator=generator,
        ).parameters

    np.testing.assert_array_equal(weights(0), weights(0))
    assert (weights(0)[:12] != weights(1)[:12]).all()
    np.testing.assert_array_equal(weights(0)[:12], np.random.default_rng(0).normal(size=12))
    assert weights(0)[12:].tolist() == [0.0] * 3 + [0.5] * 6 + [0.0] * 2


@pytest.mark.parametrize(
    "layers",
    [
        [],
        [Dropout(0.5, np.random.default_rng(0))],
        [Dense(2, Linear(), Normal(1.0)), Dropout(0.5, np.random.default_rng(0))],
    ],
    ids=["none", "only dropout", "dropout at the end"],
)
def test_the_last_layer_has_to_be_dense(layers):
    with pytest.raises(ValueError, match="last layer"):
        Network(
            2,
            layers,
            MeanSquaredError(),
            penalty=Penalty(),
            dtype="float64",
            generator=np.random.default_rng(0),
        )


def test_the_number_of_outputs_is_that_of_the_last_layer_s_units(make_network):
    assert make_network((2, 5, 7)).units == 7


def test_the_penalty_is_on_the_weights_and_biases_of_trained_layers_only(make_network):
    penalty = Penalty(l1=1.0, l2=0.5, bias_l1=0.25, bias_l2=0.125)
    network = make_network((2, 4, 3), penalty=penalty)
    first, second = network.dense_layers
    both = network.penalty_value()
    assert both == pytest.approx(
        sum(
            np.abs(layer.weights).sum()
            + 0.5 * np.square(layer.weights).sum()
            + 0.25 * np.abs(layer.biases).sum()
            + 0.125 * np.square(layer.biases).sum()
            for layer in (first, second)
        )
    )
    first.trainable = False
    assert network.penalty_value() == pytest.approx(
        penalty.value([second.weights], [second.biases])
    )


def test_a_loss_includes_the_derivative_of_the_activation_that_it_is_fused_with(make_network):
    def backward_calls(loss):
        network = make_network((2, 3), output="softmax", loss=loss)
        calls = TrainingStep(network, None, 4, clip_norm=0.0).program.calls
        return [call for call in calls if call.stage == "backward"]

    # Only the product that gives the gradients of weights and biases is left.
    assert len(backward_calls(CategoricalCrossentropy())) == 1
    assert len(backward_calls(MeanSquaredError())) > 1


@pytest.mark.parametrize("loss", [CategoricalCrossentropy(), BinaryCrossentropy()])
def test_a_loss_for_another_output_is_refused(loss):
    with pytest.raises(ValueError, match=r"needs a \w+ output, found Linear"):
        Network(
            2,
            [Dense(3, Linear(), Normal(1.0))],
            loss,
            penalty=Penalty(),
            dtype="float64",
            generator=np.random.default_rng(0),
        )
