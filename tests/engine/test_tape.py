import numpy as np
import pytest

from nntui.engine.tape import Program, Signal, Tape


@pytest.fixture
def tape():
    return Tape(4, np.dtype("float32"), training=True, keep_sums=False)


def test_a_program_runs_the_calls_in_the_order_they_were_written(tape):
    numbers, result = np.array([1.0, 2.0]), np.zeros(2)
    tape.call("plus 1", np.add, numbers, np.array(1.0), out=result)
    tape.call("times 10", np.multiply, result, np.array(10.0), out=result)
    program = Program(tape)
    assert result.tolist() == [0.0, 0.0]  # Writing computes nothing.
    program.run()
    assert result.tolist() == [20.0, 30.0]


def test_a_program_reads_its_inputs_anew_each_time(tape):
    numbers, result = np.array([1.0, 2.0]), np.zeros(2)
    tape.call("square", np.multiply, numbers, numbers, out=result)
    program = Program(tape)
    program.run()
    numbers[:] = [3.0, 4.0]
    program.run()
    assert result.tolist() == [9.0, 16.0]


def test_calls_written_after_the_program_was_made_are_not_part_of_it(tape):
    result = np.zeros(2)
    program = Program(tape)
    tape.call("1", np.add, result, np.array(1.0), out=result)
    program.run()
    assert result.tolist() == [0.0, 0.0]
    assert program.calls == ()


def test_a_product_of_matrices_gives_what_numpy_dot_gives(tape):
    generator = np.random.default_rng(0)
    first, second = generator.normal(size=(3, 5)), generator.normal(size=(5, 2))
    result = np.zeros((3, 2))
    tape.call("product", np.dot, first, second, out=result)
    Program(tape).run()
    np.testing.assert_array_equal(result, np.dot(first, second))


def test_a_call_tells_which_stage_and_layer_it_belongs_to(tape):
    result = np.zeros(2)
    tape.stage, tape.layer = "backward", 3
    tape.call("nothing yet", np.positive, result, out=result)
    (call,) = tape.calls
    assert (call.meaning, call.stage, call.layer) == ("nothing yet", "backward", 3)
    assert call.out is result


def test_a_constant_is_one_array_of_the_tape_s_type(tape):
    half = tape.scalar(0.5)
    assert (half.shape, half.dtype, float(half)) == ((), np.float32, 0.5)
    assert tape.scalar(0.5) is half
    assert float(tape.scalar(0.25)) == 0.25


def test_working_memory_has_a_column_for_each_point(tape):
    memory = tape.array(3)
    assert (memory.shape, memory.dtype) == ((3, 4), np.float32)


def test_a_signal_stands_on_a_row_of_ones(tape):
    signal = tape.signal(3, needs_delta=True)
    assert signal.values.shape == signal.delta.shape == (3, 4)
    assert signal.with_ones.shape == signal.delta_with_spare_row.shape == (4, 4)
    signal.values[:] = 7.0
    assert signal.with_ones[:3].tolist() == [[7.0] * 4] * 3
    assert signal.with_ones[3].tolist() == [1.0] * 4


def test_a_signal_behind_which_nothing_is_trained_spends_no_memory_on_a_delta(tape):
    assert tape.signal(3, needs_delta=False).delta.size == 0


def test_a_signal_puts_the_ones_into_memory_that_it_is_given():
    memory = np.zeros((3, 2))
    signal = Signal(memory, needs_delta=False)
    signal.values[:] = [[1.0, 2.0], [3.0, 4.0]]
    assert memory.tolist() == [[1.0, 2.0], [3.0, 4.0], [1.0, 1.0]]
