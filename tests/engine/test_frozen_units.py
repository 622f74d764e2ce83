"""Neurons that are not trained, in layers that are."""

import numpy as np
import pytest

from nntui.engine.activations import Linear, Tanh
from nntui.engine.initializers import Normal
from nntui.engine.layers import Dense
from nntui.engine.losses import MeanSquaredError
from nntui.engine.network import Network
from nntui.engine.parts import OPTIMIZERS
from nntui.engine.regularizers import Penalty
from nntui.engine.training_step import TrainingStep

ARGUMENTS = {
    "sgd": {"momentum": 0.9, "nesterov": True},
    "adagrad": {"initial_accumulator_value": 0.1, "epsilon": 1e-7},
    "rmsprop": {"rho": 0.9, "momentum": 0.9, "epsilon": 1e-7},
    "adam": {"beta_1": 0.9, "beta_2": 0.999, "epsilon": 1e-7},
    "adamw": {"beta_1": 0.9, "beta_2": 0.999, "epsilon": 1e-7, "weight_decay": 0.01},
}
PENALTY = Penalty(l1=0.1, l2=0.3, bias_l1=0.2, bias_l2=0.4)
FROZEN = (0, 3)


def network_with(frozen_units, *, penalty=PENALTY, dtype="float32", trainable=True):
    generator = np.random.default_rng(3)
    layers = [
        Dense(4, Tanh(), Normal(1.0), trainable=trainable, frozen_units=frozen_units),
        Dense(3, Tanh(), Normal(1.0)),
        Dense(2, Linear(), Normal(1.0), frozen_units=[1]),
    ]
    network = Network(
        2, layers, MeanSquaredError(), penalty=penalty, dtype=dtype, generator=generator
    )
    network.parameters[:] = generator.normal(size=len(network.parameters))
    return network


def step_of(network, optimizer=None, clip_norm=0.0):
    generator = np.random.default_rng(4)
    step = TrainingStep(network, optimizer, 6, clip_norm)
    step.fill(generator.normal(size=(6, 2)), generator.normal(size=(6, 2)))
    return step


def is_frozen(network):
    """Tell which parameters belong to the neurons that ``network_with`` freezes."""
    masks = []
    for layer, frozen in zip(network.dense_layers, (FROZEN, (), (1,)), strict=True):
        mask = np.zeros(layer.parameters.shape, bool)
        mask[:, list(frozen)] = True
        masks.append(mask.ravel())
    return np.concatenate(masks)


@pytest.mark.parametrize("clip_norm", [0.0, 0.5])
@pytest.mark.parametrize("name", OPTIMIZERS)
def test_no_optimizer_moves_them_by_a_bit_and_every_one_moves_the_others(name, clip_norm):
    network = network_with(FROZEN)
    frozen, start = is_frozen(network), network.parameters.copy()
    optimizer = OPTIMIZERS[name](**ARGUMENTS.get(name, {}))
    optimizer.allocate(len(start), network.dtype)
    # Speed and squares are left over from when they were trained.
    optimizer.state[:] = np.random.default_rng(5).uniform(0.5, 1.0, optimizer.state.shape)
    step = step_of(network, optimizer, clip_norm)
    for number in range(5):
        optimizer.begin_step(number, 0.1)
        step.run()
        assert network.parameters[frozen].tobytes() == start[frozen].tobytes()
        assert not network.gradients[frozen].any()
    assert (network.parameters[~frozen] != start[~frozen]).all()


def test_the_others_learn_as_if_all_were_trained():
    partly, wholly = network_with(FROZEN), network_with(())
    partly_step, wholly_step = step_of(partly), step_of(wholly)
    partly_step.run()
    wholly_step.run()
    others = ~is_frozen(partly)
    assert partly.gradients[others].tobytes() == wholly.gradients[others].tobytes()


def test_clipping_does_not_count_them():
    network = network_with(FROZEN, dtype="float64")
    step_of(network).run()
    others = ~is_frozen(network)
    expected = network.gradients * 0.5 / np.linalg.norm(network.gradients[others])
    step_of(network, clip_norm=0.5).run()
    np.testing.assert_allclose(network.gradients[others], expected[others], 1e-12)
    assert np.linalg.norm(network.gradients) == pytest.approx(0.5)


def test_their_gradient_is_0_even_where_it_is_no_number():
    network = network_with(FROZEN)
    step = step_of(network)
    step.batch[0, 0] = np.inf
    with np.errstate(all="ignore"):
        step.run()
    assert np.isnan(network.gradients).any()
    assert not network.gradients[is_frozen(network)].any()


def test_there_is_no_penalty_on_them():
    network = network_with(FROZEN, dtype="float64")
    weights = [network.dense_layers[0].weights[:, [1, 2]], network.dense_layers[1].weights]
    biases = [network.dense_layers[0].biases[[1, 2]], network.dense_layers[1].biases]
    weights.append(network.dense_layers[2].weights[:, :1])
    biases.append(network.dense_layers[2].biases[:1])
    expected = sum(0.1 * np.abs(w).sum() + 0.3 * np.square(w).sum() for w in weights)
    expected += sum(0.2 * np.abs(b).sum() + 0.4 * np.square(b).sum() for b in biases)
    assert network.penalty_value() == pytest.approx(expected)


def test_a_number_put_into_a_frozen_neuron_stays_there():
    network = network_with(FROZEN)
    optimizer = OPTIMIZERS["adamw"](**ARGUMENTS["adamw"])
    optimizer.allocate(len(network.parameters), network.dtype)
    step = step_of(network, optimizer)
    for number, value in enumerate((0.25, -7.0)):
        network.dense_layers[0].weights[1, 3] = value
        optimizer.begin_step(number, 0.1)
        step.run()
        assert network.dense_layers[0].weights[1, 3] == value


def meanings(network):
    optimizer = OPTIMIZERS["adam"](**ARGUMENTS["adam"])
    optimizer.allocate(len(network.parameters), network.dtype)
    calls = step_of(network, optimizer).program.calls
    return [call.meaning for call in calls]


def plain_network(**first_layer):
    layers = [Dense(4, Tanh(), Normal(1.0), **first_layer), Dense(2, Linear(), Normal(1.0))]
    return Network(
        2,
        layers,
        MeanSquaredError(),
        penalty=Penalty(),
        dtype="float32",
        generator=np.random.default_rng(0),
    )


def test_only_a_layer_with_frozen_neurons_costs_calls():
    plain, frozen = meanings(plain_network()), meanings(plain_network(frozen_units=(2,)))
    assert not [meaning for meaning in plain if "frozen" in meaning]
    assert [meaning for meaning in frozen if "frozen" not in meaning] == plain
    assert len(frozen) == len(plain) + 3


def test_a_layer_with_every_neuron_frozen_is_a_layer_that_is_not_trained():
    all_frozen = plain_network(frozen_units=range(4))
    assert meanings(all_frozen) == meanings(plain_network(trainable=False))
    assert not all_frozen.dense_layers[0].trained_units.any()
