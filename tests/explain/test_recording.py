import copy

import numpy as np
import pytest

from nntui.engine.activations import Linear, Softmax, Tanh
from nntui.engine.adam import Adam
from nntui.engine.initializers import Normal
from nntui.engine.layers import Dense, Dropout, Silence
from nntui.engine.losses import CategoricalCrossentropy
from nntui.engine.optimizers import RMSprop
from nntui.engine.rectifiers import ReLU
from nntui.engine.regularizers import Penalty
from nntui.explain.tracing import size_of


def everything(dtype="float64"):
    """Return what builds a network with all that can be on a tape, twice alike."""
    generator = np.random.default_rng(3)
    return {
        "layers": [
            Dense(5, ReLU(), Normal(1.0), frozen_units=[2]),
            Silence([1]),
            Dropout(0.3, generator),
            Dense(4, Tanh(), Normal(1.0)),
            Dropout(0.2, generator),
            Dense(3, Softmax(), Normal(1.0)),
        ],
        "loss": CategoricalCrossentropy(),
        "optimizer": RMSprop(0.9, 0.8, 1e-7),
        "penalty": Penalty(0.01, 0.02, 0.03, 0.04),
        "clip_norm": 0.1,
        "dtype": dtype,
        "batch": 6,
        "targets": np.eye(3)[[0, 1, 2, 0, 1, 2]],
    }


@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_recorded_updates_give_the_same_numbers_bit_for_bit(make_update, dtype):
    plain, recorded = make_update(**everything(dtype)), make_update(**everything(dtype))
    for number in range(4):
        plain.optimizer.begin_step(number, 0.1)
        plain.step.run()
        recorded.record()
        assert recorded.network.parameters.tobytes() == plain.network.parameters.tobytes()
        assert recorded.network.gradients.tobytes() == plain.network.gradients.tobytes()
        assert recorded.optimizer.state.tobytes() == plain.optimizer.state.tobytes()


def test_random_numbers_go_on_as_if_nothing_had_been_repeated(make_update):
    plain, recorded = make_update(**everything()), make_update(**everything())
    plain.optimizer.begin_step(0, 0.1)
    plain.step.run()
    recorded.record()
    states = [
        update.network.layers[2].generator.bit_generator.state for update in (plain, recorded)
    ]
    assert states[0] == states[1]


def test_the_forward_pass_after_the_update_repeats_the_masks(make_update):
    recording = make_update(**everything()).record()
    for before, after in zip(recording.layers, recording.again, strict=True):
        for (name, mask), (other_name, other_mask) in zip(
            before.forward.masks, after.masks, strict=True
        ):
            assert name == other_name
            np.testing.assert_array_equal(mask, other_mask)


def test_what_was_recorded_does_not_change_with_the_next_updates(make_update):
    update = make_update(**everything())
    recording = update.record()
    arrays = [
        *(ran.out for ran in recording.ran),
        *(array for ran in recording.ran for array in ran.inputs),
        recording.parameters,
        recording.states,
        recording.gradients,
        recording.targets,
        recording.inputs,
    ]
    copies = copy.deepcopy(arrays)
    live = [update.network.parameters, update.optimizer.state, update.step.batch]
    assert not any(np.may_share_memory(a, b) for a in arrays for b in live)
    update.fill(np.zeros((6, 2)), np.zeros((6, 3)))
    update.record()
    for array, kept in zip(arrays, copies, strict=True):
        np.testing.assert_array_equal(array, kept)


def test_each_call_has_what_it_read_and_what_it_wrote(make_update):
    recording = make_update(**everything()).record()
    checked = 0
    for ran in recording.ran:
        function = ran.call.function
        if isinstance(function, np.ufunc) and ran.out.dtype.kind == "f":
            if any(array.dtype.kind == "i" for array in ran.inputs):
                continue
            np.testing.assert_array_equal(function(*ran.inputs), ran.out)
            checked += 1
    assert checked > 40


def test_sums_are_found_although_the_activations_took_their_place(make_update):
    update = make_update((2, 3, 1), hidden=Tanh())
    block = update.network.dense_layers[0].parameters.copy()
    inputs = update.step.batch[:3].copy()
    forward = update.record().layers[0].forward
    np.testing.assert_allclose(forward.sums, block.T @ inputs, rtol=1e-12)
    np.testing.assert_allclose(forward.activations, np.tanh(block.T @ inputs), rtol=1e-12)


def test_what_is_passed_on_has_gone_through_silence_and_dropout(make_update):
    first, second, _ = (record.forward for record in make_update(**everything()).record().layers)
    assert [name for name, _ in first.masks] == ["silence", "dropout"]
    assert [name for name, _ in second.masks] == ["dropout"]
    assert not first.passed_on[1].any()
    np.testing.assert_allclose(
        first.passed_on, first.activations * first.masks[0][1] * first.masks[1][1], rtol=1e-12
    )
    np.testing.assert_array_equal(second.inputs, first.passed_on)
    assert set(np.unique(second.masks[0][1])) <= {0.0, 1.25}


def test_losses_are_those_before_and_after_the_update_for_the_same_points(make_update):
    update = make_update((2, 3, 1), hidden=Tanh(), penalty=Penalty(l2=0.1))
    network = update.network

    def mean_squared_error():
        first, second = network.dense_layers
        answers = np.tanh(inputs.T @ first.weights + first.biases) @ second.weights + second.biases
        return float(np.mean((answers - targets.T) ** 2))

    inputs, targets = update.step.batch[:2].copy(), update.step.targets.copy()
    before, penalty = mean_squared_error(), network.penalty_value()
    recording = update.record()
    assert recording.before.mean == pytest.approx(before)
    assert recording.before.penalty == pytest.approx(penalty)
    assert recording.before.each.mean() == pytest.approx(before)
    assert recording.after.mean == pytest.approx(mean_squared_error())
    assert recording.after.penalty == pytest.approx(network.penalty_value())
    assert recording.after.mean != recording.before.mean


def test_nothing_comes_back_through_layers_that_nobody_trains(make_update):
    layers = [
        Dense(3, Tanh(), Normal(1.0), trainable=False),
        Dense(2, Tanh(), Normal(1.0)),
        Dense(2, Linear(), Normal(1.0), trainable=False),
    ]
    first, second, third = make_update(layers=layers).record().layers
    assert first.backward.sum_delta is None
    assert first.backward.gradients is None
    assert second.backward.gradients is not None
    assert second.backward.input_delta is None
    assert third.backward.gradients is None
    assert third.backward.input_delta is not None


def test_a_network_without_anything_to_train_is_recorded_too(make_update):
    layers = [Dense(2, Tanh(), Normal(1.0), trainable=False)]
    recording = make_update(layers=layers).record()
    np.testing.assert_array_equal(*recording.parameters)
    assert recording.after.mean == recording.before.mean
    assert recording.layers[0].backward.sum_delta is None


def test_the_memory_it_takes_can_be_told_before(make_update):
    update = make_update((20, 30, 2), batch=50, optimizer=Adam(0.9, 0.999, 1e-7))
    told = size_of(update.step.program.calls)
    arrays = {
        id(array): array.nbytes for ran in update.record().ran for array in (*ran.inputs, ran.out)
    }
    taken = sum(arrays.values())
    assert taken <= told <= 2 * taken
