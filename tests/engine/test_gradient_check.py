import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nntui.engine.activations import Linear, Sigmoid, Softmax, Tanh
from nntui.engine.gradient_check import TOLERANCE, largest_relative_error
from nntui.engine.initializers import Normal
from nntui.engine.layers import Dense, Dropout, Silence
from nntui.engine.losses import CategoricalCrossentropy, MeanAbsoluteError, MeanSquaredError
from nntui.engine.network import Network
from nntui.engine.parts import ACTIVATIONS, LOSSES
from nntui.engine.rectifiers import GELU, ReLU
from nntui.engine.regularizers import Penalty

ARGUMENTS = {"leaky_relu": (0.2,), "elu": (1.5,), "huber": (0.7,)}
FUSED = {
    "categorical_crossentropy": "softmax",
    "binary_crossentropy": "sigmoid",
    "perceptron": "step",
}
HIDDEN = [name for name in ACTIVATIONS if name != "step"]
PAIRS = [
    *FUSED.items(),
    *((loss, output) for loss in LOSSES if loss not in FUSED for output in HIDDEN),
]


@st.composite
def networks(draw):
    """Draw a network with inputs and targets that suit its loss."""
    generator = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    inputs, batch, units = (draw(st.integers(1, most)) for most in (4, 6, 5))
    loss, output = draw(st.sampled_from(PAIRS))
    layers = []
    for _ in range(draw(st.integers(0, 3))):
        name = draw(st.sampled_from(HIDDEN))
        activation = ACTIVATIONS[name](*ARGUMENTS.get(name, ()))
        trainable = draw(st.sampled_from([True, True, True, False]))
        size = draw(st.integers(1, 5))
        frozen, silenced = (draw(st.sets(st.integers(0, size - 1), max_size=2)) for _ in range(2))
        layers.append(
            Dense(size, activation, Normal(1.0), trainable=trainable, frozen_units=list(frozen))
        )
        if silenced:
            layers.append(Silence(list(silenced)))
        if draw(st.booleans()):
            layers.append(Dropout(draw(st.floats(0.0, 0.6)), generator))
    activation = ACTIVATIONS[output](*ARGUMENTS.get(output, ()))
    factors = st.sampled_from([0.0, 0.01, 0.3])
    network = Network(
        inputs,
        [*layers, Dense(units, activation, Normal(1.0))],
        LOSSES[loss](*ARGUMENTS.get(loss, ())),
        penalty=Penalty(*(draw(factors) for _ in range(4))),
        dtype="float64",
        generator=generator,
    )
    network.parameters[:] = generator.normal(0.0, 0.7, len(network.parameters))
    if loss in FUSED:
        targets = generator.dirichlet(np.ones(units), batch)
    else:
        targets = generator.normal(size=(batch, units))
    return network, generator.normal(size=(batch, inputs)), targets


@settings(max_examples=60, derandomize=True, deadline=None)
@given(networks())
def test_the_gradients_of_random_networks_are_right(case):
    network, inputs, targets = case
    before = network.parameters.copy()
    assert largest_relative_error(network, inputs, targets) < TOLERANCE
    np.testing.assert_array_equal(network.parameters, before)


def error_of(layers, loss=None, penalty=None, seed=0):
    """Check a network of two inputs at random parameters, points and targets."""
    generator = np.random.default_rng(seed)
    network = Network(
        2,
        layers,
        loss or MeanSquaredError(),
        penalty=penalty or Penalty(),
        dtype="float64",
        generator=generator,
    )
    network.parameters[:] = generator.normal(0.0, 0.7, len(network.parameters))
    targets = generator.dirichlet(np.ones(network.units), 6)
    return largest_relative_error(network, generator.normal(size=(6, 2)), targets)


class SumInBiasGradient(Dense):
    """Forgets that the loss is a mean: each point counts as much as the whole batch."""

    def record_with_sums(self, tape, inputs, *, differentiate_activation):
        sums, outputs, backward = super().record_with_sums(
            tape, inputs, differentiate_activation=differentiate_activation
        )

        def wrong():
            backward()
            size = np.array(float(tape.batch_size))
            tape.call("wrong", np.multiply, self.bias_gradients, size, out=self.bias_gradients)

        return sums, outputs, wrong


class NoDeltaOfInputs(Dense):
    """Trains itself rightly and tells the layer before nothing."""

    def record_with_sums(self, tape, inputs, *, differentiate_activation):
        sums, outputs, backward = super().record_with_sums(
            tape, inputs, differentiate_activation=differentiate_activation
        )

        def wrong():
            backward()
            tape.call("wrong", np.multiply, inputs.delta, np.array(0.0), out=inputs.delta)

        return sums, outputs, wrong


def scaled_way_back(activation_class, factor):
    """Return the class with its derivative multiplied by a factor."""

    class Wrong(activation_class):
        def record(self, tape, sums, outputs):
            backward = super().record(tape, sums, outputs)

            def wrong():
                backward()
                tape.call("wrong", np.multiply, outputs.delta, np.array(factor), out=outputs.delta)

            return wrong

    return Wrong


class TanhWithSlopeOne(Tanh):
    def record(self, tape, sums, outputs):
        super().record(tape, sums, outputs)
        return lambda: None


class WrongSignedAbsoluteError(MeanAbsoluteError):
    def record(self, tape, outputs, targets):
        super().record(tape, outputs, targets)
        tape.call("wrong", np.negative, outputs.delta, out=outputs.delta)


class HalvedSquaredError(MeanSquaredError):
    def record(self, tape, outputs, targets):
        super().record(tape, outputs, targets)
        tape.call("wrong", np.multiply, outputs.delta, np.array(0.5), out=outputs.delta)


class PenaltyWithoutTwo(Penalty):
    def value(self, weights, biases):
        return 0.5 * super().value(weights, biases)


class DropoutWithoutMaskOnTheWayBack(Dropout):
    def record(self, tape, inputs):
        outputs, _ = super().record(tape, inputs)

        def wrong():
            tape.call("wrong", np.positive, outputs.delta, out=inputs.delta)

        return outputs, wrong


def dense(units, activation=Tanh, kind=Dense, **options):
    return kind(units, activation(), Normal(1.0), **options)


BREAKS = {
    "a sum for a mean in a bias gradient": lambda: error_of(
        [dense(3, kind=SumInBiasGradient), dense(2)]
    ),
    "no delta for the layer before": lambda: error_of([dense(3), dense(2, kind=NoDeltaOfInputs)]),
    "a slope of one": lambda: error_of([dense(3, TanhWithSlopeOne), dense(2)]),
    "a slope wrong by a thousandth": lambda: error_of(
        [dense(3, scaled_way_back(GELU, 1.001)), dense(2)]
    ),
    "a slope wrong by a ten thousandth": lambda: error_of(
        [dense(3, scaled_way_back(Sigmoid, 1.0001)), dense(2)]
    ),
    "a slope that is not a number": lambda: error_of(
        [dense(3, scaled_way_back(ReLU, math.nan)), dense(2)]
    ),
    "softmax with half its slope": lambda: error_of([dense(3, scaled_way_back(Softmax, 0.5))]),
    "a wrong sign in the absolute error": lambda: error_of([dense(2)], WrongSignedAbsoluteError()),
    "a squared error without its two": lambda: error_of([dense(2)], HalvedSquaredError()),
    "a penalty without its two": lambda: error_of([dense(2)], penalty=PenaltyWithoutTwo(l2=0.1)),
    "dropout without a mask on the way back": lambda: error_of(
        [dense(4), DropoutWithoutMaskOnTheWayBack(0.5, np.random.default_rng(0)), dense(2)]
    ),
}


@pytest.mark.parametrize("name", BREAKS)
def test_a_mistake_put_in_on_purpose_is_found(name):
    assert BREAKS[name]() > TOLERANCE


def test_the_same_networks_without_the_mistakes_pass():
    dropout = Dropout(0.5, np.random.default_rng(0))
    assert error_of([dense(3, GELU), dropout, dense(2, Softmax)]) < TOLERANCE
    assert error_of([dense(3), dense(2)], MeanAbsoluteError(), Penalty(l2=0.1)) < TOLERANCE
    assert error_of([dense(3, Softmax)], CategoricalCrossentropy()) < TOLERANCE


def test_a_frozen_layer_is_not_compared_with_differences():
    layers = [dense(3), dense(4, trainable=False), dense(2)]
    assert error_of(layers, penalty=Penalty(l2=0.1)) < TOLERANCE


def test_a_frozen_layer_with_a_gradient_is_infinitely_wrong():
    class NotReallyFrozen(Dense):
        def record_with_sums(self, tape, inputs, *, differentiate_activation):
            tape.call("wrong", np.add, self.gradients, np.array(1e-9), out=self.gradients)
            return super().record_with_sums(
                tape, inputs, differentiate_activation=differentiate_activation
            )

    layers = [dense(3), dense(4, kind=NotReallyFrozen, trainable=False), dense(2)]
    assert error_of(layers) == math.inf


def test_where_nothing_is_trained_nothing_is_wrong():
    assert error_of([dense(3, trainable=False), dense(2, trainable=False)]) == 0.0


def test_kinks_are_stepped_around(make_network):
    # A sum of exactly 0.000002: with h = 0.00001 ReLU's kink lies between w − h and w + h.
    network = make_network((1, 1, 1), hidden=ReLU)
    hidden, output = network.dense_layers
    hidden.weights[:], hidden.biases[:] = 1.0, 2e-6
    output.weights[:], output.biases[:] = 1.0, 0.0
    error = largest_relative_error(network, np.zeros((1, 1)), np.ones((1, 1)))
    assert error < TOLERANCE


def test_float32_is_refused_since_rounding_would_hide_everything(make_network):
    network = make_network(dtype="float32")
    with pytest.raises(ValueError, match="float64"):
        largest_relative_error(network, np.zeros((1, 2)), np.zeros((1, 3)))


def test_dropout_draws_on_as_if_there_had_been_no_check():
    generator = np.random.default_rng(0)
    layers = [Dense(3, Linear(), Normal(1.0)), Dropout(0.5, generator), dense(2)]
    state = generator.bit_generator.state
    error_of(layers)
    assert generator.bit_generator.state == state
