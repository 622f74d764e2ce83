import numpy as np
import pytest

from nntui.engine.activations import Linear, Tanh
from nntui.engine.initializers import Normal
from nntui.engine.layers import Dense
from nntui.engine.tape import Tape
from nntui.explain.call_lines import call_line, function_line
from nntui.explain.numerals import numeral
from nntui.explain.tracing import Tracer


@pytest.fixture
def line_of():
    """Return a function that runs one call on arrays and describes it."""

    def describe(function, *inputs, index, out=None):
        arrays = [np.asarray(array, np.float64) for array in inputs]
        tape = Tape(1, np.dtype("float64"), training=True, keep_sums=False)
        if out is None:
            out = np.zeros(np.broadcast_shapes(*(array.shape for array in arrays)))
        tape.call("something", function, *arrays, out=out)
        return call_line(Tracer().run(tape.calls)[0], index)

    return describe


@pytest.mark.parametrize(
    ("function", "inputs", "numbers"),
    [
        (np.multiply, (-0.5, -3), "−0.5 · (−3) → 1.5"),
        (np.add, (1, -3), "1 + (−3) → −2"),
        (np.subtract, (1, -3), "1 − (−3) → 4"),
        (np.subtract, (0.99999857, 1), "0.99999857 − 1 → −1.43e−6"),
        (np.add, (0.123456, -0.1234), "0.123456 + (−0.1234) → 5.6e−5"),
        (np.divide, (1, -4), "1 / (−4) → −0.25"),
        (np.negative, (-3,), "−(−3) → 3"),
        (np.positive, (-3,), "−3 → −3"),
        (np.absolute, (-3,), "|−3| → 3"),
        (np.reciprocal, (-4,), "1 / (−4) → −0.25"),
        (np.sqrt, (9,), "√9 → 3"),
        (np.exp, (0,), "e^0 → 1"),
        (np.expm1, (0,), "e^0 − 1 → 0"),
        (np.logaddexp, (0, -1000), "log(e^0 + e^(−1000)) → 0"),
        (np.greater, (1, -3), "1 > −3 → 1"),
        (np.maximum, (1, -3), "max(1, −3) → 1"),
        (np.minimum, (1, -3), "min(1, −3) → −3"),
        (np.ceil, (0.2,), "⌈0.2⌉ → 1"),
        (np.sign, (-0.2,), "sign(−0.2) → −1"),
        (np.tanh, (0,), "tanh(0) → 0"),
        (np.sin, (0,), "sin(0) → 0"),
        (np.cos, (0,), "cos(0) → 1"),
        (np.hypot, (3, -4), "hypot(3, −4) → 5"),
    ],
)
def test_operations_are_written_as_in_a_book(line_of, function, inputs, numbers):
    assert line_of(function, *([[x]] for x in inputs), index=(0, 0)).numbers == numbers


def test_each_number_meets_the_one_that_numpy_puts_beside_it(line_of):
    columns, row, alone = [[1.0], [2.0]], [10.0, 20.0, 30.0], 5.0
    line = line_of(np.multiply, columns, row, index=(1, 2))
    assert line.numbers == "2 · 30 → 60"
    assert line.call == "np.multiply((2, 1), (3,), out=(2, 3))"
    line = line_of(np.add, row, alone, index=(1,))
    assert line.numbers == "20 + 5 → 25"
    assert line.call == "np.add((3,), 5, out=(3,))"


def test_a_product_of_matrices_tells_its_result_alone(line_of):
    out = np.zeros((2, 2))
    line = line_of(np.dot, [[1.0, 2.0], [3.0, 4.0]], np.eye(2), index=(1, 0), out=out)
    assert line.numbers == "→ 3"


def test_without_a_number_to_look_at_there_are_no_numbers(line_of):
    assert line_of(np.add, [1.0], [2.0], index=None).numbers == ""


def test_the_numbers_that_went_in_are_told_although_the_result_replaced_them(line_of):
    array = np.array([3.0])
    assert line_of(np.add, array, array, index=(0,), out=array).numbers == "3 + 3 → 6"


def test_a_block_at_the_beginning_is_not_taken_for_the_whole_vector(make_update, page_of):
    # Clipping, and freezing neurons, work on all gradients; updates begin with some of them.
    layers = [
        Dense(2, Tanh(), Normal(1.0)),
        Dense(3, Tanh(), Normal(1.0), trainable=False),
        Dense(4, Linear(), Normal(1.0), frozen_units=[1]),
    ]
    recording = make_update(layers=layers, clip_norm=0.01).record()
    last = page_of(recording, "update", 2, unit=3, row=2)
    meanings = [line.meaning for line in last.calls]
    assert meanings.count("the shortened gradient") == 1
    assert meanings.count("w − learning_rate · g") == 1
    column = last.terms.numbers[2].tolist()
    before, after = (column[last.terms.headings.index(h)] for h in ("w", "new w"))
    line = last.calls[meanings.index("w − learning_rate · g")]
    assert line.numbers.startswith(f"{numeral(before)} ")
    assert line.numbers.endswith(f"→ {numeral(after)}")


def test_a_function_beside_the_tape_is_named_with_its_class():
    line = function_line("a tape", Tape.scalar, ("2",), "→ 2")
    assert line.call == "Tape.scalar(2)"
    assert line.source.function == "Tape.scalar"
