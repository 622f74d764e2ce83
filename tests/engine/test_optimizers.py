import numpy as np
import pytest

from nntui.engine import optimizers
from nntui.engine.activations import Step
from nntui.engine.initializers import Zeros
from nntui.engine.layers import Dense
from nntui.engine.losses import PerceptronCriterion
from nntui.engine.network import Network
from nntui.engine.optimizers import SGD, Adagrad, RMSprop, record_clipping
from nntui.engine.parts import OPTIMIZERS
from nntui.engine.regularizers import Penalty
from nntui.engine.tape import Program, Tape
from nntui.engine.training_step import TrainingStep

CONFIGURATIONS = [
    *("sgd", "sgd_momentum", "sgd_nesterov", "sgd_clip_norm"),
    *("adagrad", "adagrad_accumulator", "rmsprop", "rmsprop_momentum"),
    *("adam", "adam_betas", "adamw", "adamw_strong"),
]


def build(settings):
    """Make an optimizer from a reference's settings; return also its learning rate and clip."""
    arguments = dict(settings)
    name, learning_rate = arguments.pop("name"), arguments.pop("learning_rate")
    clip_norm = arguments.pop("clip_norm", 0.0)
    return OPTIMIZERS[name](**arguments), learning_rate, clip_norm


def test_every_reference_trajectory_is_compared(reference):
    assert set(CONFIGURATIONS) == set(reference("optimizers")["optimizers"])


@pytest.mark.parametrize("dtype", ["float64", "float32"])
@pytest.mark.parametrize("name", CONFIGURATIONS)
def test_the_whole_trajectory_agrees_with_pytorch(reference, follow, name, dtype):
    numbers = reference("optimizers")
    expected = numbers["optimizers"][name]
    optimizer, rate, clip_norm = build(expected["settings"])
    path = follow(
        optimizer,
        numbers["initial_parameters"],
        numbers["gradients"],
        rate,
        dtype=dtype,
        clip_norm=clip_norm,
    )
    assert path.dtype == dtype
    # PyTorch adds 0.000001 to the norm that it clips by.
    rtol = 1e-6 if clip_norm else 1e-12
    rtol, atol = (rtol, 1e-14) if dtype == "float64" else (1e-4, 2e-5)
    np.testing.assert_allclose(path, expected["parameters_after_each_step"], rtol, atol)


@pytest.mark.parametrize("name", CONFIGURATIONS)
def test_updating_in_blocks_changes_no_bit(reference, follow, name, monkeypatch):
    numbers = reference("optimizers")
    start, gradients = numbers["initial_parameters"], numbers["gradients"]
    settings = numbers["optimizers"][name]["settings"]
    optimizer, rate, clip_norm = build(settings)
    whole = follow(optimizer, start, gradients, rate, clip_norm=clip_norm)
    monkeypatch.setattr(optimizers, "BLOCK_SIZE", 5)
    in_blocks, rate, clip_norm = build(settings)
    path = follow(in_blocks, start, gradients, rate, clip_norm=clip_norm)
    np.testing.assert_array_equal(path, whole)
    np.testing.assert_array_equal(in_blocks.state, optimizer.state)


@pytest.mark.parametrize("name", CONFIGURATIONS)
def test_an_optimizer_goes_on_from_a_copy_of_its_state(reference, follow, name):
    numbers = reference("optimizers")
    gradients = numbers["gradients"]
    settings = numbers["optimizers"][name]["settings"]
    optimizer, rate, _ = build(settings)
    whole = follow(optimizer, numbers["initial_parameters"], gradients, rate)
    first, rate, _ = build(settings)
    path = follow(first, numbers["initial_parameters"], gradients[:10], rate)
    second, rate, _ = build(settings)
    second.allocate(len(path[-1]), path.dtype)
    second.state[:] = first.state
    rest = follow(second, path[-1], gradients[10:], rate, first_step=10, allocate=False)
    np.testing.assert_array_equal(np.concatenate([path, rest]), whole)


@pytest.mark.parametrize("name", CONFIGURATIONS)
def test_the_state_has_a_vector_for_each_slot(reference, name):
    optimizer, _, _ = build(reference("optimizers")["optimizers"][name]["settings"])
    optimizer.allocate(7, np.dtype("float32"))
    assert optimizer.state.shape == (len(optimizer.slots), 7)
    assert optimizer.state.dtype == np.float32


def test_a_run_of_parameters_uses_its_own_part_of_the_state():
    optimizer = SGD(0.5, nesterov=False)
    optimizer.allocate(6, np.dtype("float64"))
    parameters, gradients = np.zeros(2), np.array([1.0, 2.0])
    tape = Tape(1, np.dtype("float64"), training=True, keep_sums=False)
    optimizer.record(tape, parameters, gradients, 3)
    Program(tape).run()
    assert optimizer.state.tolist() == [[0.0, 0.0, 0.0, 1.0, 2.0, 0.0]]


def test_the_learning_rate_may_change_from_step_to_step(follow):
    path = follow(SGD(0.0, nesterov=False), [0.0], [[1.0]] * 3, lambda step: 10.0**step)
    assert path.tolist() == [[-1.0], [-11.0], [-111.0]]


def test_momentum_keeps_its_speed_when_the_learning_rate_falls(follow):
    path = follow(SGD(0.5, nesterov=False), [0.0], [[1.0], [0.0]], lambda step: [1.0, 0.1][step])
    np.testing.assert_allclose(path, [[-1.0], [-1.05]])


def test_the_first_step_of_adagrad_and_rmsprop_by_hand(follow):
    path = follow(Adagrad(0.75, 0.5), [1.0], [[0.5]], 0.1)
    assert path[0, 0] == pytest.approx(1.0 - 0.1 * 0.5 / (1.0 + 0.5))
    path = follow(RMSprop(0.75, 0.0, 0.5), [1.0], [[2.0]], 0.1)
    assert path[0, 0] == pytest.approx(1.0 - 0.1 * 2.0 / (1.0 + 0.5))


def clipped(gradients, clip_norm, dtype="float64"):
    gradients = np.array(gradients, dtype)
    tape = Tape(1, gradients.dtype, training=True, keep_sums=False)
    record_clipping(tape, gradients, clip_norm)
    with np.errstate(all="ignore"):  # As training runs it.
        Program(tape).run()
    return gradients


@pytest.mark.parametrize("dtype", ["float64", "float32"])
def test_a_long_gradient_is_shortened_to_clip_norm_and_keeps_its_direction(dtype):
    assert clipped([3.0, -4.0], 2.5, dtype).tolist() == [1.5, -2.0]
    long = np.random.default_rng(0).normal(size=1000)
    np.testing.assert_allclose(clipped(long, 1.0), long / np.linalg.norm(long), rtol=1e-13)


@pytest.mark.parametrize("gradients", [[3.0, -4.0], [0.1, 0.2], [0.0, 0.0], [1e-200, 0.0]])
def test_a_gradient_that_is_short_enough_keeps_every_bit(gradients):
    assert clipped(gradients, 5.0).tolist() == gradients


def test_the_perceptron_optimizer_follows_the_perceptron_rule():
    layer = Dense(1, Step(), Zeros())
    network = Network(
        2,
        [layer],
        PerceptronCriterion(),
        penalty=Penalty(),
        dtype="float64",
        generator=np.random.default_rng(0),
    )
    optimizer = OPTIMIZERS["perceptron"]()
    optimizer.allocate(len(network.parameters), network.dtype)
    step = TrainingStep(network, optimizer, 1, clip_norm=0.0)
    # Logical AND, which a perceptron learns; w ← w + rate · (target − answer) · x by hand.
    points, targets = np.array([[0, 0], [0, 1], [1, 0], [1, 1]]), [0, 0, 0, 1]
    weights, bias = np.zeros(2), 0.0
    for _ in range(10):
        for point, target in zip(points, targets, strict=True):
            step.fill(point[np.newaxis], np.array([[target]]))
            optimizer.begin_step(0, 0.5)
            step.run()
            answer = float(weights @ point + bias > 0.0)
            weights = weights + 0.5 * (target - answer) * point
            bias += 0.5 * (target - answer)
            np.testing.assert_array_equal(layer.weights[:, 0], weights)
            assert layer.biases[0] == bias
    answers = points @ layer.weights[:, 0] + layer.biases[0] > 0.0
    assert answers.tolist() == [False, False, False, True]


def test_a_gradient_whose_square_is_infinite_is_clipped_too():
    shortened = clipped([3e20, -4e20], 5.0, "float32")
    np.testing.assert_allclose(shortened, [3.0, -4.0], rtol=1e-6)


def test_clipping_does_not_hide_an_infinite_gradient():
    with np.errstate(all="ignore"):
        assert not np.isfinite(clipped([np.inf, 1.0], 1.0)).all()
