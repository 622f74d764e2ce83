import numpy as np
import pytest

from nntui.engine import training_step
from nntui.engine.adam import Adam
from nntui.engine.losses import CategoricalCrossentropy
from nntui.engine.optimizers import SGD
from nntui.engine.regularizers import Penalty
from nntui.engine.training_step import TrainingStep, keeps_points_together


def points(network, size, seed=1):
    generator = np.random.default_rng(seed)
    return generator.normal(size=(size, network.inputs)), generator.random((size, network.units))


def run_steps(network, optimizer=None, *, steps=1, size=5, clip_norm=0.0, learning_rate=0.1):
    if optimizer is not None:
        optimizer.allocate(len(network.parameters), network.dtype)
    step = TrainingStep(network, optimizer, size, clip_norm)
    for number in range(steps):
        step.fill(*points(network, size, seed=number))
        if optimizer is not None:
            optimizer.begin_step(number, learning_rate)
        step.run()
    return step


def test_many_inputs_are_kept_point_by_point_in_memory(make_network):
    few, many = make_network((63, 2)), make_network((64, 2))
    assert not keeps_points_together(few)
    assert keeps_points_together(many)
    assert TrainingStep(few, None, 5, 0.0).batch.flags.c_contiguous
    assert TrainingStep(many, None, 5, 0.0).batch.flags.f_contiguous


def test_the_batch_has_rows_of_inputs_a_row_of_ones_and_rows_of_targets(make_network):
    step = TrainingStep(make_network((2, 4, 1)), None, 3, 0.0)
    step.fill(np.array([[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]]), np.array([[7.0], [8.0], [9.0]]))
    assert step.batch.tolist() == [
        [1.0, 3.0, 5.0],
        [2.0, 4.0, 6.0],
        [1.0, 1.0, 1.0],
        [7.0, 8.0, 9.0],
    ]
    assert np.shares_memory(step.targets, step.batch)


def test_without_an_optimizer_a_step_stops_at_the_gradients(make_network):
    network = make_network()
    before = network.parameters.copy()
    run_steps(network)
    assert network.gradients.all()
    np.testing.assert_array_equal(network.parameters, before)


def test_a_step_begins_from_nothing_that_an_earlier_one_left(make_network):
    fresh, used = make_network(), make_network()
    step = TrainingStep(used, None, 5, 0.0)
    for seed in (7, 1):
        step.fill(*points(used, 5, seed))
        step.run()
    step = TrainingStep(fresh, None, 5, 0.0)
    step.fill(*points(fresh, 5, 1))
    step.run()
    np.testing.assert_array_equal(used.gradients, fresh.gradients)


def test_the_gradient_of_a_batch_is_the_mean_of_its_points(make_network):
    network = make_network()
    inputs, targets = points(network, 6)
    whole = TrainingStep(network, None, 6, 0.0)
    whole.fill(inputs, targets)
    whole.run()
    gradients, each = network.gradients.copy(), []
    single = TrainingStep(network, None, 1, 0.0)
    for number in range(6):
        single.fill(inputs[number : number + 1], targets[number : number + 1])
        single.run()
        each.append(network.gradients.copy())
    np.testing.assert_allclose(gradients, np.mean(each, axis=0), 1e-12, 1e-16)


def test_clipping_measures_the_gradients_of_all_layers_together_penalty_included(make_network):
    penalty = Penalty(l1=0.1, l2=0.2)
    network = make_network(penalty=penalty)
    run_steps(network)
    gradients = network.gradients.copy()
    length = np.linalg.norm(gradients)
    clipped = make_network(penalty=penalty)
    run_steps(clipped, clip_norm=0.25 * length)
    np.testing.assert_allclose(clipped.gradients, 0.25 * gradients, rtol=1e-12)


def test_plain_descent_follows_the_gradient_and_the_penalty_together(make_network):
    penalty = Penalty(l1=0.1, l2=0.2, bias_l1=0.3, bias_l2=0.4)
    plain, priced = make_network(), make_network(penalty=penalty)
    start = plain.parameters.copy()
    run_steps(plain)
    run_steps(priced, SGD(0.0, nesterov=False), learning_rate=0.5)
    is_weight = np.concatenate(
        [
            np.concatenate([np.ones(layer.weights.size), np.zeros(layer.units)])
            for layer in plain.dense_layers
        ]
    )
    l1, l2 = np.where(is_weight, 0.1, 0.3), np.where(is_weight, 0.2, 0.4)
    gradients = plain.gradients + l1 * np.sign(start) + 2.0 * l2 * start
    np.testing.assert_allclose(priced.parameters, start - 0.5 * gradients, rtol=1e-12)


@pytest.mark.parametrize(
    "trainable",
    [
        [True, False, True, True],
        [False, True, True, False],
        [True, False, False, True],
        [False, False, False, True],
        [True, False, False, False],
    ],
)
def test_frozen_layers_keep_every_bit_and_the_others_learn_as_if_all_did(make_network, trainable):
    units, penalty = (2, 3, 4, 3, 2), Penalty(l1=0.01, l2=0.02)
    frozen = make_network(units, trainable=trainable, penalty=penalty)
    start = frozen.parameters.copy()
    everything = make_network(units, penalty=penalty)
    run_steps(frozen, Adam(0.9, 0.999, 1e-8))
    run_steps(everything, Adam(0.9, 0.999, 1e-8))
    is_trainable = np.concatenate(
        [np.full(layer.parameters.size, layer.trainable) for layer in frozen.dense_layers]
    )
    np.testing.assert_array_equal(frozen.parameters[~is_trainable], start[~is_trainable])
    assert not frozen.gradients[~is_trainable].any()
    assert (frozen.parameters != start)[is_trainable].all()
    np.testing.assert_allclose(
        frozen.parameters[is_trainable], everything.parameters[is_trainable], rtol=1e-13
    )


def test_neighbouring_trained_layers_are_updated_together(make_network):
    def updates(trainable):
        network = make_network((2, 3, 4, 3, 2), trainable=trainable)
        optimizer = SGD(0.0, nesterov=False)
        optimizer.allocate(len(network.parameters), network.dtype)
        step = TrainingStep(network, optimizer, 5, 0.0)
        return [
            call.out.size
            for call in step.program.calls
            if np.shares_memory(call.out, network.parameters)
        ]

    assert updates([True, True, True, True]) == [9 + 16 + 15 + 8]
    assert updates([True, True, False, True]) == [9 + 16, 8]
    assert updates([False, True, True, False]) == [16 + 15]


def test_the_way_back_ends_at_the_first_trained_layer(make_network):
    def layers_on_the_way_back(trainable):
        network = make_network((2, 3, 4, 2), trainable=trainable)
        calls = TrainingStep(network, None, 5, 0.0).program.calls
        return {call.layer for call in calls if call.stage == "backward"}

    assert layers_on_the_way_back([True, True, True]) == {0, 1, 2}
    assert layers_on_the_way_back([False, True, False]) == {1, 2}
    assert layers_on_the_way_back([False, False, True]) == {2}


def test_where_nothing_is_trained_a_step_only_goes_forward(make_network):
    network = make_network((2, 3, 2), trainable=[False, False], penalty=Penalty(l2=1.0))
    start = network.parameters.copy()
    step = run_steps(network, Adam(0.9, 0.999, 1e-8), steps=3)
    np.testing.assert_array_equal(network.parameters, start)
    assert {call.stage for call in step.program.calls} == {"forward"}


@pytest.mark.parametrize("dtype", ["float64", "float32"])
def test_both_layouts_of_memory_give_the_same_numbers(make_network, dtype, monkeypatch):
    together, apart = make_network((70, 8, 3), dtype=dtype), make_network((70, 8, 3), dtype=dtype)
    run_steps(together, SGD(0.9, nesterov=True), steps=5)
    monkeypatch.setattr(training_step, "ROWS_FROM", 1000)
    run_steps(apart, SGD(0.9, nesterov=True), steps=5)
    rtol = 1e-11 if dtype == "float64" else 2e-4
    np.testing.assert_allclose(together.parameters, apart.parameters, rtol, rtol)
    np.testing.assert_allclose(together.gradients, apart.gradients, rtol, rtol)


def test_an_epoch_after_a_restart_repeats_every_bit(make_network):
    first, second = make_network(dtype="float32"), make_network(dtype="float32")
    run_steps(first, Adam(0.9, 0.999, 1e-8), steps=20)
    run_steps(second, Adam(0.9, 0.999, 1e-8), steps=20)
    np.testing.assert_array_equal(first.parameters, second.parameters)


def test_class_numbers_are_learnt_like_one_hot_rows(make_network):
    inputs = np.random.default_rng(0).normal(size=(4, 2))
    gradients = []
    for targets in (np.array([2, 0, 1, 2]), np.eye(3)[[2, 0, 1, 2]]):
        network = make_network((2, 4, 3), output="softmax", loss=CategoricalCrossentropy())
        step = TrainingStep(network, None, 4, clip_norm=0.0)
        step.fill(inputs, targets)
        step.run()
        gradients.append(network.gradients.tolist())
    assert gradients[0] == gradients[1]


def test_values_of_one_unit_may_come_without_a_second_dimension(make_network):
    step = TrainingStep(make_network((2, 3, 1)), None, 3, clip_norm=0.0)
    step.fill(np.zeros((3, 2)), np.array([0.5, -2.0, 7.0]))
    assert step.targets.tolist() == [[0.5, -2.0, 7.0]]
