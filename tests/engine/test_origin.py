import numpy as np

from nntui.engine.tape import Tape


def written_by(tape, out):
    tape.call("twice", np.add, out, out, out=out)


def test_a_call_remembers_the_function_and_the_lines_that_wrote_it():
    tape = Tape(2, np.dtype("float64"), training=True, keep_sums=False)
    array = tape.array(1)
    written_by(tape, array)
    tape.call(
        "minus",
        np.negative,
        array,
        out=array,
    )
    first, second = (call.origin for call in tape.calls)
    assert first.code is written_by.__code__
    assert second.code.co_name == "test_a_call_remembers_the_function_and_the_lines_that_wrote_it"
    lines = [list(o.code.co_positions())[o.instruction // 2][:2] for o in (first, second)]
    begin = second.code.co_firstlineno
    assert lines[0] == (first.code.co_firstlineno + 1,) * 2
    assert lines[1] == (begin + 4, begin + 9)
