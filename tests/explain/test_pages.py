import numpy as np
import pytest

from nntui.engine.activations import Linear, Sigmoid, Softmax, Step, Tanh
from nntui.engine.adam import Adam
from nntui.engine.initializers import Normal
from nntui.engine.layers import Dense, Dropout, Silence
from nntui.engine.losses import (
    BinaryCrossentropy,
    CategoricalCrossentropy,
    PerceptronCriterion,
)
from nntui.engine.optimizers import SGD
from nntui.engine.rectifiers import ReLU
from nntui.explain.page import STAGES

EVERY_PAGE = [(stage, layer) for stage in STAGES for layer in (0, 1)]


def every_page(recording, page_of, **where):
    first = page_of(recording, "inputs")
    return [page_of(recording, page.stage, page.layer, **where) for page in first.pages]


def test_the_walk_goes_forward_through_the_layers_and_back(make_update, page_of):
    pages = page_of(make_update((2, 3, 4, 1)).record(), "inputs").pages
    assert [(page.stage, page.layer) for page in pages] == [
        ("inputs", 0),
        *[("forward", layer) for layer in (0, 1, 2)],
        ("loss", 0),
        *[("backward", layer) for layer in (2, 1, 0)],
        *[("update", layer) for layer in (0, 1, 2)],
        ("again", 0),
    ]
    assert [page.title for page in pages] == [
        "1 Inputs",
        "2 Forward · layer 1 of 3 · tanh",
        "2 Forward · layer 2 of 3 · tanh",
        "2 Forward · layer 3 of 3 · linear",
        "3 Loss",
        "4 Backward · layer 3 of 3 · linear",
        "4 Backward · layer 2 of 3 · tanh",
        "4 Backward · layer 1 of 3 · tanh",
        "5 Update · layer 1 of 3 · sgd",
        "5 Update · layer 2 of 3 · sgd",
        "5 Update · layer 3 of 3 · sgd",
        "6 Forward again",
    ]


def test_each_page_knows_its_number(make_update, page_of):
    found = every_page(make_update().record(), page_of)
    assert [page.number for page in found] == list(range(len(found)))


@pytest.mark.parametrize(("stage", "layer"), EVERY_PAGE)
def test_what_does_not_exist_is_replaced_by_the_nearest_that_does(
    make_update, page_of, stage, layer
):
    recording = make_update((2, 3, 5)).record()
    for far, end in ((-9, 0), (99, -1)):
        page = page_of(recording, stage, far if layer else layer, unit=far, row=far, point=far)
        cursor = page.cursor
        assert cursor.unit == range(page.units)[end]
        assert cursor.row == range(page.parameters)[end]
        assert cursor.point == range(page.points)[end]
        assert 0 <= cursor.layer < 2
        assert page.rows.cursor == cursor.unit
        assert len(page.rows.labels) == page.units == len(page.rows.numbers)


def test_neurons_inputs_and_parameters_are_counted(make_update, page_of):
    recording = make_update((2, 3, 5), batch=7).record()
    sizes = [(page.units, page.parameters, page.points) for page in every_page(recording, page_of)]
    assert sizes == [
        (2, 1, 7),
        (3, 3, 7),
        (5, 4, 7),
        (5, 1, 7),
        (5, 4, 7),
        (3, 3, 7),
        (3, 3, 7),
        (5, 4, 7),
        (5, 1, 7),
    ]


def test_tables_have_a_number_or_nan_for_every_row_and_column(make_update, page_of):
    for page in every_page(make_update().record(), page_of):
        for table in (page.rows, page.terms):
            assert table.numbers.shape == (len(table.labels), len(table.headings))
            assert table.numbers.dtype == np.float64
            assert not np.signbit(table.numbers[table.numbers == 0]).any()


def test_inputs_and_targets_of_every_point_can_be_seen(make_update, page_of, column):
    update = make_update((2, 3, 1), batch=3)
    update.fill([[1, 2], [3, 4], [5, 6]], [[7], [8], [9]])
    page = page_of(update.record(), "inputs", unit=1, point=2)
    assert column(page.rows, "value").tolist() == [5, 6]
    assert page.terms.numbers.tolist() == [[1, 2, 7], [3, 4, 8], [5, 6, 9]]
    assert page.terms.cursor == 2
    assert page.formulas[0].numbers == "x = (5, 6), t = 9"


def test_a_lone_output_between_two_classes_says_which_is_1(make_update, page_of):
    targets = [[0.0], [1.0], [1.0], [0.0]]
    classes = make_update((2, 1), output=Sigmoid(), loss=BinaryCrossentropy(), targets=targets)
    page = page_of(classes.record(), "inputs")
    assert "1 for output 1, 0 for the other class" in page.about
    assert "one number" in page_of(make_update((2, 1)).record(), "inputs").about


def test_with_many_inputs_only_the_one_under_the_cursor_is_listed(make_update, page_of):
    page = page_of(make_update((300, 2)).record(), "inputs", unit=123)
    assert page.terms.headings == ("x124", "t output 1", "t output 2")
    assert "… 294 more" in page.formulas[0].numbers


@pytest.mark.parametrize("units", [64, 512])
def test_the_formulas_of_a_large_layer_are_as_short_as_those_of_a_small_one(
    make_update, page_of, holds, units
):
    update = make_update((units, units, units, 3), batch=32, optimizer=Adam(0.9, 0.999, 1e-7))
    recording = update.record()
    for page in every_page(recording, page_of, unit=units - 1, row=units, point=31):
        for formula in page.formulas:
            assert len(formula.numbers) < 120, formula.numbers
            if " = " in formula.numbers and "x = " not in formula.numbers:
                assert holds(formula.numbers), formula
    forward = page_of(recording, "forward", 1)
    assert f"… {units - 3} more terms" in forward.formulas[0].numbers


def test_dropout_and_silence_stand_on_the_pages_of_the_layer_before_them(
    make_update, page_of, column, holds
):
    dropout = Dropout(0.5, np.random.default_rng(5))
    layers = [Dense(6, ReLU(), Normal(1.0)), Silence([0]), dropout, Dense(2, Linear(), Normal(1.0))]
    recording = make_update(layers=layers).record()
    meanings = [line.meaning for line in page_of(recording, "forward").calls]
    assert meanings[-2:] == ["mask / (1 − rate)", "inputs · mask"]
    assert "inputs · silence" in meanings
    assert [line.meaning for line in page_of(recording, "backward").calls][:2] == [
        "delta · mask",
        "delta · silence",
    ]
    for unit in range(6):
        forward, backward = (page_of(recording, s, unit=unit) for s in ("forward", "backward"))
        assert "mask of silence · mask of dropout" in forward.formulas[-1].symbols
        for formula in (*forward.formulas, *backward.formulas):
            assert "because" in formula.numbers or holds(formula.numbers), formula.numbers
        passed = column(forward.rows, "passed on")
        following = column(page_of(recording, "forward", 1).terms, "input")[:-1]
        np.testing.assert_array_equal(passed, following)
    assert "This neuron has been silenced" in page_of(recording, "forward", unit=0).about
    assert "This neuron" not in page_of(recording, "forward", unit=1).about
    assert "Dropout" in page_of(recording, "forward", unit=1).about
    assert "same dropout masks" in page_of(recording, "again").about


def test_a_frozen_layer_is_said_to_be_frozen(make_update, page_of, column):
    layers = [
        Dense(3, Tanh(), Normal(1.0)),
        Dense(3, Tanh(), Normal(1.0), trainable=False),
        Dense(2, Linear(), Normal(1.0)),
    ]
    recording = make_update(layers=layers).record()
    backward, update = page_of(recording, "backward", 1), page_of(recording, "update", 1)
    assert "This layer is frozen" in backward.about
    assert np.isnan(column(backward.terms, "gradient")).all()
    assert not np.isnan(column(backward.rows, "∂L/∂z")).any()
    assert "This layer is frozen" in update.about
    assert column(update.terms, "w").tolist() == column(update.terms, "new w").tolist()
    assert update.calls == ()
    assert page_of(recording, "update", 0).calls


def test_where_nothing_is_trained_before_nothing_is_computed(make_update, page_of):
    layers = [Dense(3, Tanh(), Normal(1.0), trainable=False), Dense(2, Linear(), Normal(1.0))]
    page = page_of(make_update(layers=layers).record(), "backward", 0)
    assert "Nothing is computed here" in page.about
    assert (page.formulas, page.calls, page.checks) == ((), (), ())


def test_a_frozen_neuron_is_said_to_be_frozen_and_keeps_its_weights(make_update, page_of, column):
    layers = [Dense(3, Tanh(), Normal(1.0), frozen_units=[1]), Dense(2, Linear(), Normal(1.0))]
    update = make_update(layers=layers, optimizer=Adam(0.9, 0.999, 1e-7))
    update.record()
    recording = update.record()
    frozen, other = (page_of(recording, "update", unit=unit) for unit in (1, 0))
    assert "This neuron is frozen" in frozen.about
    assert "This neuron is frozen" in page_of(recording, "backward", unit=1).about
    assert "frozen" not in other.about
    assert column(frozen.terms, "w").tolist() == column(frozen.terms, "new w").tolist()
    assert column(frozen.terms, "gradient g").tolist() == [0, 0, 0]
    assert column(frozen.terms, "of the loss").all()
    assert [f.symbols for f in frozen.formulas] == ["w ← w"]
    of_frozen = [line.meaning for line in frozen.calls]
    of_other = [line.meaning for line in other.calls]
    assert [m for m in of_frozen if m not in of_other] == [
        "gradient 0 for frozen neurons",
        "w of frozen neurons",
        "w of frozen neurons, put back",
    ]
    assert frozen.calls[-1].numbers == f"→ {frozen.formulas[0].numbers.split(' = ')[0]}"


def test_the_perceptron_rule_moves_weights_by_the_error_times_the_input(make_update, page_of):
    update = make_update(
        (2, 1),
        output=Step(),
        loss=PerceptronCriterion(),
        optimizer=SGD(0.0, nesterov=False),
        batch=1,
        learning_rate=0.5,
    )
    update.network.parameters[:] = [1.0, -1.0, 0.0]
    update.fill([[3.0, 1.0]], [[0.0]])  # z = 2: answered 1, wrongly
    recording = update.record()
    rows = [page_of(recording, "update", row=row).formulas[0].numbers for row in range(3)]
    assert rows == ["1 − 0.5 · 3 = −0.5", "−1 − 0.5 · 1 = −1.5", "0 − 0.5 · 1 = −0.5"]
    assert page_of(recording, "update").pages[-2].title == "5 Update · layer 1 of 1 · perceptron"
    assert page_of(recording, "loss").formulas[0].numbers == "(1 − 0) · 2 = 2"
    assert page_of(recording, "again").verdict == "The loss fell from 2 to 0."


def test_nothing_moves_where_every_answer_is_right(make_update, page_of):
    update = make_update((1, 1), output=Step(), loss=PerceptronCriterion(), batch=1)
    update.network.parameters[:] = [1.0, 0.0]
    update.fill([[3.0]], [[1.0]])
    verdict = page_of(update.record(), "again").verdict
    assert verdict.startswith("The loss stayed at 0. No weight has moved")


def test_where_the_loss_rose_because_of_old_gradients_it_says_so(make_update, page_of):
    update = make_update((1, 1), optimizer=SGD(0.9, nesterov=False), batch=1, learning_rate=0.01)
    update.network.parameters[:] = [0.0, 0.0]
    for target in (5.0, 5.0, -0.05):
        update.fill([[1.0]], [[target]])
        recording = update.record()
    verdict = page_of(recording, "again").verdict
    assert verdict.startswith("The loss rose")
    assert "sgd remembers of earlier gradients" in verdict


@pytest.mark.parametrize("bad", [np.nan, np.inf, 1e200])
@pytest.mark.parametrize("output", [Softmax(), Linear()])
def test_a_diverged_network_has_pages_all_the_same(make_update, page_of, bad, output):
    loss = CategoricalCrossentropy() if isinstance(output, Softmax) else None
    update = make_update((2, 9, 3), output=output, loss=loss, optimizer=Adam(0.9, 0.999, 1e-7))
    update.network.parameters[::2] = bad
    recording = update.record()
    for page in every_page(recording, page_of, unit=1, row=1, checks=2):
        assert page.formulas
        assert page.about
    if bad != 1e200:  # which softmax answers with a certainty
        assert "no number any more" in page.verdict


def test_every_call_of_the_step_stands_on_a_page(make_update, page_of):
    dropout = Dropout(0.5, np.random.default_rng(5))
    layers = [
        Dense(3, ReLU(), Normal(1.0), frozen_units=[1]),
        dropout,
        Dense(2, Softmax(), Normal(1.0)),
    ]
    update = make_update(
        layers=layers,
        loss=CategoricalCrossentropy(),
        optimizer=Adam(0.9, 0.999, 1e-7),
        clip_norm=1.0,
    )
    recording = update.record()
    shown = {
        (line.source, line.meaning)
        for unit in (0, 1)
        for page in every_page(recording, page_of, unit=unit)
        for line in page.calls
    }
    meanings = {meaning for _, meaning in shown}
    assert {ran.call.meaning for ran in recording.ran} <= meanings


def test_calls_are_written_with_shapes_and_numbers(make_update, page_of):
    update = make_update((2, 3, 1), hidden=Tanh(), batch=4)
    line = page_of(update.record(), "forward").calls[0]
    assert line.call == "np.dot((3, 3), (3, 4), out=(3, 4))"
    slope = page_of(update.record(), "backward").calls[1]
    assert slope.call == "np.subtract(1, (3, 4), out=(3, 4))"
    assert slope.numbers.startswith("1 − 0.")
    assert slope.source.file == "engine/activations.py"
    assert slope.source.function == "Tanh.record.backward"


def test_bits_are_called_bits(make_update, page_of):
    update = make_update((1, 1, 1), hidden=ReLU(), batch=2)
    update.network.parameters[:] = [1.0, 0.0, 1.0, 0.0]
    update.fill([[1.5], [-1.5]], [[0.0], [0.0]])
    recording = update.record()
    lines = [[c.numbers for c in page_of(recording, "forward", point=p).calls] for p in (0, 1)]
    assert lines[0][1:] == [
        "−(1.5) → bits c008000000000000",
        "bits c008000000000000 >> 63 → bits 11…1",
        "1.5 & bits 11…1 → 1.5",
    ]
    assert lines[1][-1] == "−1.5 & bits 00…0 → 0"
