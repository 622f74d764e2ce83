import numpy as np
import pytest

from nntui.engine.activations import Linear, Tanh
from nntui.engine.inference import Inference
from nntui.engine.initializers import Constant, Normal
from nntui.engine.layers import Dense, Dropout, Silence
from nntui.engine.losses import MeanSquaredError
from nntui.engine.network import Network
from nntui.engine.regularizers import Penalty
from nntui.engine.tape import Program, Tape
from nntui.engine.training_step import TrainingStep


def network_of(inputs, layers, dtype="float64"):
    generator = np.random.default_rng(5)
    return Network(
        inputs, layers, MeanSquaredError(), penalty=Penalty(), dtype=dtype, generator=generator
    )


def run_once(network, inputs, targets):
    step = TrainingStep(network, None, len(inputs), clip_norm=0.0)
    step.fill(inputs, targets)
    step.run()
    return step.outputs.T.copy()


def test_dense_answers_activation_of_inputs_times_weights_plus_biases():
    layer = Dense(3, Tanh(), Normal(1.0))
    network = network_of(2, [layer])
    layer.biases[:] = [0.1, -0.2, 0.3]
    inputs = np.random.default_rng(0).normal(size=(5, 2))
    outputs = run_once(network, inputs, np.zeros((5, 3)))
    np.testing.assert_allclose(outputs, np.tanh(inputs @ layer.weights + layer.biases), 1e-14)


def test_the_way_back_through_two_layers_is_the_chain_rule():
    first, second = Dense(4, Tanh(), Normal(1.0)), Dense(3, Linear(), Normal(1.0))
    network = network_of(2, [first, second])
    network.parameters[:] = np.random.default_rng(1).normal(size=len(network.parameters))
    generator = np.random.default_rng(2)
    inputs, targets = generator.normal(size=(5, 2)), generator.normal(size=(5, 3))
    outputs = run_once(network, inputs, targets)
    hidden = np.tanh(inputs @ first.weights + first.biases)
    delta = 2.0 * (outputs - targets) / targets.size
    np.testing.assert_allclose(second.weight_gradients, hidden.T @ delta, 1e-13)
    np.testing.assert_allclose(second.bias_gradients, delta.sum(axis=0), 1e-13)
    delta = (delta @ second.weights.T) * (1.0 - hidden**2)
    np.testing.assert_allclose(first.weight_gradients, inputs.T @ delta, 1e-12)
    np.testing.assert_allclose(first.bias_gradients, delta.sum(axis=0), 1e-12)


def test_initializing_draws_weights_and_sets_biases_to_0():
    layer = Dense(3, Linear(), Constant(0.5))
    network_of(2, [layer])
    layer.weights[:] = 9.0
    layer.biases[:] = 9.0
    layer.initialize(np.random.default_rng(0))
    assert layer.weights.tolist() == [[0.5] * 3] * 2
    assert layer.biases.tolist() == [0.0] * 3


def play_dropout(rate, *, dtype="float64", generator=None, training=True, runs=1):
    """Send ones through a Dropout layer; return the outputs and deltas of each run."""
    tape = Tape(500, np.dtype(dtype), training=training, keep_sums=False)
    inputs = tape.signal(200, needs_delta=True)
    inputs.values[:] = 1.0
    layer = Dropout(rate, generator or np.random.default_rng(0))
    outputs, backward = layer.record(tape, inputs)
    backward()
    program, results = Program(tape), []
    for _ in range(runs):
        outputs.delta[:] = 1.0
        program.run()
        results.append((outputs.values.copy(), inputs.delta.copy()))
    return results


@pytest.mark.parametrize("dtype", ["float64", "float32"])
@pytest.mark.parametrize("rate", [0.1, 0.5, 0.8])
def test_dropout_silences_the_given_share_and_scales_up_the_rest(rate, dtype):
    ((values, delta),) = play_dropout(rate, dtype=dtype)
    is_kept = values != 0.0
    deviation = np.sqrt(rate * (1.0 - rate) / values.size)
    assert abs(is_kept.mean() - (1.0 - rate)) < 4.0 * deviation
    np.testing.assert_allclose(values[is_kept], 1.0 / (1.0 - rate), rtol=1e-6)
    np.testing.assert_array_equal(delta, values)  # The way back goes through the same mask.


def test_dropout_silences_each_number_of_each_point_on_its_own():
    ((values, _),) = play_dropout(0.5)
    is_kept = values != 0.0
    for axis in (0, 1):
        shares = is_kept.mean(axis=axis)
        assert shares.min() > 0.3
        assert shares.max() < 0.7


def test_dropout_draws_another_mask_each_time_from_its_generator():
    (first, _), (second, _) = play_dropout(0.5, runs=2)
    differ = (first != second).mean()
    assert abs(differ - 0.5) < 0.02
    repeated = play_dropout(0.5, runs=2)
    np.testing.assert_array_equal(repeated[0][0], first)
    np.testing.assert_array_equal(repeated[1][0], second)


def test_dropout_repeats_its_masks_from_the_same_state_of_the_generator():
    generator = np.random.default_rng(3)
    play_dropout(0.5, generator=generator)
    state = generator.bit_generator.state
    ((values, _),) = play_dropout(0.5, generator=generator)
    generator.bit_generator.state = state
    ((again, _),) = play_dropout(0.5, generator=generator)
    np.testing.assert_array_equal(again, values)


@pytest.mark.parametrize(("rate", "training"), [(0.5, False), (0.0, True)])
def test_dropout_does_nothing_outside_training_or_at_rate_0(rate, training):
    generator = np.random.default_rng(3)
    state = generator.bit_generator.state
    tape = Tape(4, np.dtype("float64"), training=training, keep_sums=False)
    inputs = tape.signal(3, needs_delta=True)
    outputs, backward = Dropout(rate, generator).record(tape, inputs)
    backward()
    assert outputs is inputs
    assert tape.calls == []
    assert generator.bit_generator.state == state


def test_dropout_between_layers_takes_what_it_silences_out_of_the_gradients():
    # Each point goes through a mask of its own, so one point shows which units were silenced.
    first, second = Dense(50, Linear(), Normal(1.0)), Dense(1, Linear(), Normal(1.0))
    network = network_of(2, [first, Dropout(0.4, np.random.default_rng(0)), second])
    run_once(network, np.ones((1, 2)), np.zeros((1, 1)))
    is_silenced = second.weight_gradients[:, 0] == 0.0
    assert 5 < is_silenced.sum() < 35
    np.testing.assert_array_equal(first.bias_gradients == 0.0, is_silenced)


def test_dropout_may_be_the_first_layer():
    layer = Dense(1, Linear(), Constant(1.0))
    network = network_of(400, [Dropout(0.25, np.random.default_rng(0)), layer])
    outputs = run_once(network, np.ones((6, 400)), np.zeros((6, 1)))
    assert len(np.unique(outputs)) > 1
    np.testing.assert_allclose(outputs, 400.0, rtol=0.15)


class LargestNumbers:
    """A generator that draws the largest number below 1, always."""

    def random(self, *, dtype, out):
        out[:] = np.nextafter(dtype.type(1.0), dtype.type(0.0))


@pytest.mark.parametrize("rate", [1e-9, 1e-7, 0.5, 0.9999])
def test_dropout_keeps_a_number_once_however_large_the_draw(rate):
    ((values, _),) = play_dropout(rate, dtype="float32", generator=LargestNumbers())
    np.testing.assert_allclose(values, 1.0 / (1.0 - rate), rtol=1e-6)


@pytest.mark.parametrize("units", [(-1,), (0, 3), (7,)])
def test_a_neuron_that_does_not_exist_cannot_be_frozen(units):
    with pytest.raises(ValueError, match="expected 0 to 2"):
        Dense(3, Linear(), Normal(1.0), frozen_units=units)


def silenced_and_cut(silenced):
    """Build a network with silenced neurons, and the same with their outgoing weights at 0."""
    networks = []
    for between in ([Silence(silenced)], []):
        layers = [Dense(5, Tanh(), Normal(1.0)), *between, Dense(3, Linear(), Normal(1.0))]
        network = network_of(2, layers)
        network.parameters[:] = np.random.default_rng(1).normal(size=len(network.parameters))
        networks.append(network)
    networks[1].dense_layers[1].weights[list(silenced)] = 0.0
    return networks


def test_a_silenced_neuron_counts_as_if_nothing_led_on_from_it():
    silenced, cut = silenced_and_cut((1, 4))
    inputs = np.random.default_rng(2).normal(size=(6, 2))
    targets = np.ones((6, 3))
    expected = run_once(cut, inputs, targets)
    np.testing.assert_array_equal(run_once(silenced, inputs, targets), expected)
    answers = Inference(silenced, 6).run(inputs)
    np.testing.assert_allclose(answers.outputs.T, expected, 1e-14)


def test_what_makes_a_silenced_neuron_gets_no_gradient_and_what_it_leads_to_none_from_it():
    silenced, cut = silenced_and_cut((1, 4))
    inputs = np.random.default_rng(2).normal(size=(6, 2))
    for network in (silenced, cut):
        run_once(network, inputs, np.ones((6, 3)))
    first, second = silenced.dense_layers
    assert not first.gradients[:, [1, 4]].any()
    assert not second.weight_gradients[[1, 4]].any()
    others = [0, 2, 3]
    expected = [layer.gradients for layer in cut.dense_layers]
    np.testing.assert_allclose(first.gradients[:, others], expected[0][:, others], 1e-14)
    np.testing.assert_allclose(second.gradients[[*others, 5]], expected[1][[*others, 5]], 1e-14)


def test_silence_behind_a_layer_that_is_not_trained_has_no_way_back():
    frozen = Dense(4, Tanh(), Normal(1.0), trainable=False)
    network = network_of(2, [frozen, Silence([0]), Dense(3, Linear(), Normal(1.0))])
    calls = TrainingStep(network, None, 5, clip_norm=0.0).program.calls
    assert not [call for call in calls if call.stage == "backward" and call.layer == 1]
