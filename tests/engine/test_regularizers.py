import numpy as np
import pytest

from nntui.engine.regularizers import Penalty
from nntui.engine.tape import Program, Tape

WEIGHTS = [np.array([[1.0, -2.0], [0.0, 3.0]]), np.array([[-0.5], [4.0]])]
BIASES = [np.array([2.0, -1.0]), np.array([0.5])]


@pytest.mark.parametrize(
    ("penalty", "expected"),
    [
        (Penalty(), 0.0),
        (Penalty(l1=2.0), 2.0 * (1.0 + 2.0 + 3.0 + 0.5 + 4.0)),
        (Penalty(l2=2.0), 2.0 * (1.0 + 4.0 + 9.0 + 0.25 + 16.0)),
        (Penalty(bias_l1=2.0), 2.0 * (2.0 + 1.0 + 0.5)),
        (Penalty(bias_l2=2.0), 2.0 * (4.0 + 1.0 + 0.25)),
        (Penalty(1.0, 10.0, 100.0, 1000.0), 10.5 + 302.5 + 350.0 + 5250.0),
    ],
)
def test_the_value_by_hand(penalty, expected):
    assert penalty.value(WEIGHTS, BIASES) == expected


def penalty_gradient(penalty, dtype="float64"):
    parameters = np.array([1.0, -2.0, 0.0, 2.0, -1.0, 0.0], dtype)
    is_weight = np.array([1.0, 1.0, 1.0, 0.0, 0.0, 0.0], dtype)
    gradients = np.full(6, 100.0, dtype)
    tape = Tape(1, np.dtype(dtype), training=True, keep_sums=False)
    penalty.record(tape, parameters, gradients, is_weight)
    Program(tape).run()
    return (gradients - 100.0).tolist()


@pytest.mark.parametrize("dtype", ["float64", "float32"])
@pytest.mark.parametrize(
    ("penalty", "expected"),
    [
        (Penalty(), [0.0] * 6),
        (Penalty(l1=0.5), [0.5, -0.5, 0.0, 0.0, 0.0, 0.0]),
        (Penalty(l2=0.5), [1.0, -2.0, 0.0, 0.0, 0.0, 0.0]),
        (Penalty(bias_l1=0.5), [0.0, 0.0, 0.0, 0.5, -0.5, 0.0]),
        (Penalty(bias_l2=0.5), [0.0, 0.0, 0.0, 2.0, -1.0, 0.0]),
        (Penalty(0.5, 0.25, 1.0, 2.0), [1.0, -1.5, 0.0, 9.0, -5.0, 0.0]),
    ],
)
def test_the_gradient_is_added_to_the_loss_s(penalty, expected, dtype):
    assert penalty_gradient(penalty, dtype) == expected


def test_float32_weights_are_summed_in_float64():
    weights = np.full(1_000_000, 0.1, np.float32)
    expected = 1_000_000 * float(np.float32(0.1))
    assert Penalty(l1=1.0).value([weights], []) == pytest.approx(expected, rel=1e-12)


def test_no_penalty_writes_no_calls():
    tape = Tape(1, np.dtype("float64"), training=True, keep_sums=False)
    Penalty().record(tape, np.ones(3), np.ones(3), np.ones(3))
    assert tape.calls == []
