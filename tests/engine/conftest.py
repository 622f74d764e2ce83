"""What the tests of the engine share."""

import json
from pathlib import Path

import numpy as np
import pytest

from nntui.engine.activations import Linear, Sigmoid, Softmax, Step, Tanh
from nntui.engine.initializers import Normal
from nntui.engine.layers import Dense
from nntui.engine.losses import MeanSquaredError
from nntui.engine.network import Network
from nntui.engine.optimizers import record_clipping
from nntui.engine.regularizers import Penalty
from nntui.engine.tape import Program, Tape


@pytest.fixture(scope="session")
def reference():
    """Return a function that reads the numbers that PyTorch computed (see ``reference``)."""

    def read(name):
        path = Path(__file__).parent / "reference" / f"{name}.json"
        return json.loads(path.read_text(encoding="utf-8"))

    return read


@pytest.fixture
def play_activation():
    """Return a function that runs an activation forward and, from a given delta, backward.

    Arrays are (units, batch) as on the tape; ``in_place`` gives a the memory of z.
    """

    def play(activation, sums, delta, dtype="float64", *, in_place=False):
        sums = np.asarray(sums, dtype)
        tape = Tape(sums.shape[1], np.dtype(dtype), training=True, keep_sums=not in_place)
        outputs = tape.signal(len(sums), needs_delta=True)
        memory = outputs.values if in_place else tape.array(len(sums))
        activation.record(tape, memory, outputs)()
        memory[:] = sums
        outputs.delta[:] = delta
        with np.errstate(all="ignore"):  # As training runs it.
            Program(tape).run()
        return outputs.values, outputs.delta

    return play


@pytest.fixture
def check_against_reference(reference, play_activation):
    """Return a function that compares an activation with PyTorch's, near zero and far out."""

    def check(activation, name, dtype):
        numbers = reference("activations")
        rtol, atol = (1e-12, 1e-14) if dtype == "float64" else (1e-5, 2e-6)
        for points, part in (("inputs", "activations"), ("extreme_inputs", "extreme")):
            if name not in numbers[part]:
                continue
            expected = numbers[part][name]
            values, slopes = play_activation(activation, [numbers[points]], 1.0, dtype)
            assert values.dtype == dtype
            np.testing.assert_allclose(values[0], expected["values"], rtol, atol)
            np.testing.assert_allclose(slopes[0], expected["derivatives"], rtol, atol)

    return check


@pytest.fixture
def play_loss():
    """Return a function that gives a loss's value and its delta.

    Numbers are (batch, units): weighted sums for a loss that is fused with an activation,
    outputs for any other. The activation is applied, its way back is not.
    """

    def play(loss, sums, targets, dtype="float64"):
        sums, targets = np.asarray(sums, dtype).T, np.asarray(targets, dtype).T
        tape = Tape(sums.shape[1], np.dtype(dtype), training=True, keep_sums=True)
        outputs = tape.signal(len(sums), needs_delta=True)
        activation = (loss.fused_with or Linear)()
        memory = tape.array(len(sums))
        memory[:] = sums
        activation.record(tape, memory, outputs)
        loss.record(tape, outputs, targets)
        with np.errstate(all="ignore"):
            Program(tape).run()
            value = loss.value(memory, outputs.values, targets)
        return value, outputs.delta.T

    return play


OUTPUTS = {"linear": Linear, "sigmoid": Sigmoid, "softmax": Softmax, "step": Step, "tanh": Tanh}


@pytest.fixture
def make_network():
    """Return a function that builds a network of tanh layers, all parameters drawn."""

    def make(
        units=(2, 4, 3),
        *,
        hidden=Tanh,
        output="linear",
        loss=None,
        penalty=None,
        dtype="float64",
        trainable=None,
        seed=0,
    ):
        generator = np.random.default_rng(seed)
        trainable = trainable or [True] * (len(units) - 1)
        activations = [*(hidden for _ in units[2:]), OUTPUTS[output]]
        network = Network(
            units[0],
            [
                Dense(number, activation(), Normal(0.7), trainable=is_trainable)
                for number, activation, is_trainable in zip(
                    units[1:], activations, trainable, strict=True
                )
            ],
            loss or MeanSquaredError(),
            penalty=penalty or Penalty(),
            dtype=dtype,
            generator=generator,
        )
        network.parameters[:] = generator.normal(0.0, 0.7, len(network.parameters))
        return network

    return make


@pytest.fixture
def follow():
    """Return a function that makes an update with each of some gradients.

    It returns the parameters after each update, (updates, parameters). ``first_step`` and
    ``allocate`` let an optimizer go on where it stopped.
    """

    def run(
        optimizer,
        start,
        gradients,
        learning_rate,
        *,
        dtype="float64",
        clip_norm=0.0,
        first_step=0,
        allocate=True,
    ):
        parameters, gradient = np.array(start, dtype), np.zeros(len(start), dtype)
        if allocate:
            optimizer.allocate(len(start), parameters.dtype)
        tape = Tape(1, parameters.dtype, training=True, keep_sums=False)
        if clip_norm:
            record_clipping(tape, gradient, clip_norm)
        optimizer.record(tape, parameters, gradient, 0)
        program, path = Program(tape), []
        for step, numbers in enumerate(gradients, first_step):
            gradient[:] = numbers
            rate = learning_rate(step) if callable(learning_rate) else learning_rate
            optimizer.begin_step(step, rate)
            program.run()
            path.append(parameters.copy())
        return np.array(path)

    return run
