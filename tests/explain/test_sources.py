from pathlib import Path

import numpy as np
import pytest

import nntui
from nntui.engine.activations import Softmax
from nntui.engine.adam import AdamW
from nntui.engine.initializers import Normal
from nntui.engine.layers import Dense, Dropout, Silence
from nntui.engine.losses import CategoricalCrossentropy
from nntui.engine.parts import ACTIVATIONS
from nntui.engine.regularizers import Penalty
from nntui.engine.tape import Tape
from nntui.explain.sources import source_of_call, source_of_function

PACKAGE = Path(nntui.__file__).parent


def lines(source, first, last):
    text = (PACKAGE / source.file).read_text(encoding="utf-8").splitlines()
    return "\n".join(text[first - 1 : last])


@pytest.fixture(scope="module")
def calls(make_update):
    """Return the calls of tapes with every kind of layer, loss part and update."""
    found = []
    for name, kind in ACTIVATIONS.items():
        if name == "softmax":
            continue
        arguments = {"leaky_relu": [0.1], "elu": [1.0]}.get(name, [])
        hidden = Dense(3, kind(*arguments), Normal(1.0), frozen_units=[1])
        dropout = Dropout(0.5, np.random.default_rng(0))
        layers = [hidden, Silence([0]), dropout, Dense(2, Softmax(), Normal(1.0))]
        update = make_update(
            layers=layers,
            loss=CategoricalCrossentropy(),
            optimizer=AdamW(0.9, 0.999, 1e-7, 0.1),
            penalty=Penalty(0.1, 0.1, 0.1, 0.1),
            clip_norm=1.0,
        )
        found.extend(update.step.program.calls)
    return found


def test_the_lines_pointed_at_are_those_that_write_the_call(calls):
    assert len(calls) > 200
    for call in calls:
        source = source_of_call(call.origin)
        text = lines(source, source.start, source.stop)
        assert text.lstrip().startswith("tape.call("), text
        assert text.rstrip().endswith(")"), text
        name = call.function.__name__
        assert name in text, text


def test_the_lines_lie_within_a_function_of_the_engine_that_begins_with_def(calls):
    for call in calls:
        source = source_of_call(call.origin)
        assert source.file.startswith("engine/")
        assert source.first <= source.start <= source.stop <= source.last
        name = source.function.split(".")[-1]
        assert f"def {name}(" in lines(source, source.first, source.first)


def test_a_function_within_a_function_is_named_with_both(calls):
    names = {source_of_call(call.origin).function for call in calls}
    assert "Dense.record_with_sums" in names
    assert "Dense.record_with_sums.backward" in names
    assert "record_sigmoid" in names


def test_a_function_that_is_not_on_the_tape_is_shown_whole():
    source = source_of_function(CategoricalCrossentropy().value)
    assert source.file == "engine/losses.py"
    assert source.function == "CategoricalCrossentropy.value"
    text = lines(source, source.start, source.stop)
    assert text.lstrip().startswith("def value(self, sums")
    assert text.rstrip().endswith("return float(-terms.sum(axis=0).mean())")


def test_a_call_written_outside_the_package_is_found_by_its_file_alone():
    tape = Tape(1, np.dtype("float64"), training=True, keep_sums=False)
    array = tape.array(1)
    tape.call("−x", np.negative, array, out=array)
    assert source_of_call(tape.calls[0].origin).file == Path(__file__).name


def test_a_call_of_many_lines_is_pointed_at_from_its_first_to_its_last(calls):
    several = {
        (s.start, s.stop) for s in (source_of_call(c.origin) for c in calls) if s.stop > s.start
    }
    assert several
