import numpy as np

from nntui.anatomy.values import Anatomy, Column, NeuronDetail
from nntui.anatomy.values import Neuron as At
from nntui.training.messages import ParameterPlace
from nntui.ui.network.graph_words import about_cursor, fitting, how_to_read
from nntui.ui.network.place import NetworkCursor
from nntui.ui.network.reading import around, shown_gradient, shown_parameter, with_tiles
from nntui.ui.network.words import Names

WEIGHTS = np.array([[0.5, -0.25, 1.5], [2.0, 0.125, -0.75]])


def column(total, *, first=0, count=None, weights=None, **changes):
    count = total if count is None else count
    nothing = np.zeros(count, np.bool_)
    values = {
        "first": first,
        "total": total,
        "tiles": np.zeros((count, 0, 0), np.int8),
        "scales": np.zeros(count),
        "biases": np.arange(count) / 10 if weights is not None else np.full(count, np.nan),
        "activities": np.linspace(0.1, 0.9, count),
        "dead": nothing,
        "saturated": np.full(count, np.nan),
        "frozen": nothing,
        "silenced": nothing,
        "weights": np.zeros((0, count)) if weights is None else weights,
        "largest_weight": 0.0 if weights is None else float(np.abs(weights).max()),
    }
    return Column(**(values | changes))


def detail(column_number, unit, incoming=(), outgoing=()):
    incoming, outgoing = np.array(incoming, float), np.array(outgoing, float)
    return NeuronDetail(
        neuron=At(column_number, unit),
        activation="relu",
        bias=0.13,
        bias_gradient=0.002,
        incoming=incoming,
        incoming_gradients=incoming / 100,
        outgoing=outgoing,
        outgoing_gradients=outgoing / 100,
        counts=np.zeros(24, np.int64),
        low=0.0,
        high=1.0,
        mean=0.4,
        spread=0.1,
        dead=False,
        saturated=None,
        frozen=False,
        silenced=False,
        field=np.zeros((0, 0), np.float32),
    )


def anatomy(neuron=None, columns=None, **changes):
    columns = columns or (column(2), column(3, weights=WEIGHTS, **changes))
    return Anatomy(
        units=tuple(c.total for c in columns),
        activations=("", "relu", "softmax")[: len(columns)],
        input_names=("x1", "x2"),
        output_names=("red", "green", "blue"),
        columns=columns,
        neuron=neuron,
        layer=None,
        space=None,
    )


def hidden(neuron=None, **changes):
    after = column(3, weights=np.ones((3, 3)))
    return anatomy(neuron, (column(2), column(3, weights=WEIGHTS, **changes), after))


def test_a_weight_is_named_by_both_ends_and_told_with_its_gradient():
    told = hidden(detail(1, 2, incoming=[1.5, -0.75]))
    text = about_cursor(told, NetworkCursor(1, 2, source=0), -0.4821, 100)
    assert text == "weight from x1 to neuron 3 of layer 1: −0.482 · gradient 0.015"


def test_little_room_leaves_out_what_matters_least():
    told = hidden(detail(1, 2, incoming=[1.5, -0.75]))
    cursor = NetworkCursor(1, 2, source=0)
    assert about_cursor(told, cursor, -0.4821, 45) == "weight x1 → 3: −0.482 · gradient 0.015"
    assert about_cursor(told, cursor, -0.4821, 25) == "weight x1 → 3: −0.482"


def test_however_little_room_there_is_the_bias_is_told():
    frozen = hidden(frozen=np.array([False, False, True]))
    cursor = NetworkCursor(1, 2)
    assert about_cursor(frozen, cursor, 0.13, 30) == "neuron 3: bias 0.13 · frozen"
    assert about_cursor(frozen, cursor, 0.13, 20) == "bias 0.13 · frozen"
    assert about_cursor(frozen, cursor, 0.13, 10) == "bias 0.13"


def test_a_neuron_is_told_with_its_bias_its_activity_and_what_is_special_about_it():
    told = hidden(detail(1, 2, incoming=[1.5, -0.75]))
    text = about_cursor(told, NetworkCursor(1, 2), 0.13, 100)
    assert text == "neuron 3 of layer 1 (relu): bias 0.13 · gradient 0.002 · active 0.9"
    special = hidden(
        dead=np.array([False, False, True]),
        frozen=np.array([False, False, True]),
        saturated=np.array([0.0, 0.0, 0.75]),
    )
    text = about_cursor(special, NetworkCursor(1, 2), 0.13, 100)
    assert text.endswith("active 0.9 · dead · frozen · saturated 75 %")


def test_inputs_and_outputs_are_told_by_their_names():
    assert about_cursor(hidden(), NetworkCursor(0, 1), None, 80) == "input x2: active 0.9"
    assert about_cursor(hidden(), NetworkCursor(2, 1), 0.2, 80).startswith("output green (softmax)")
    names = Names.of(hidden())
    assert names.parameter(NetworkCursor(2, 1, source=2)) == "weight 3 → green of the output layer"
    assert names.parameter(NetworkCursor(1, 0)) == "bias of neuron 1 of layer 1"


def test_the_threshold_is_told_where_not_all_weights_are_drawn():
    assert "weights above 0.31 are drawn" in how_to_read(hidden(), (0.31, 0.0), 80)
    assert "weights above 0.31 / 0.4 are drawn" in how_to_read(hidden(), (0.31, 0.4), 80)
    assert "above" not in how_to_read(hidden(), (0.0,), 80)


def test_marks_are_explained_where_there_are_any():
    frozen = hidden(frozen=np.array([True, False, False]))
    assert "f frozen" in how_to_read(frozen, (), 80)
    assert "frozen" not in how_to_read(hidden(), (), 80)


def test_the_last_choice_is_shortened_where_nothing_fits():
    assert fitting([["weight", "gradient"]], 8) == "weight"
    assert fitting([], 8) == ""


def test_a_parameter_is_found_wherever_it_was_told():
    place = ParameterPlace(layer=0, row=1, unit=2)
    assert shown_parameter(anatomy(), place) == -0.75
    assert shown_parameter(anatomy(), ParameterPlace(0, 2, 1)) == 0.1
    from_target = anatomy(detail(1, 2, incoming=[7.0, 8.0]))
    assert shown_parameter(from_target, place) == 8.0
    assert shown_parameter(from_target, ParameterPlace(0, 2, 2)) == 0.13
    from_source = anatomy(detail(0, 1, outgoing=[4.0, 5.0, 6.0]))
    assert shown_parameter(from_source, place) == 6.0


def test_a_parameter_out_of_sight_is_not_known():
    part = column(9, first=3, count=2, weights=np.ones((2, 2)))
    told = anatomy(columns=(column(2), part))
    assert shown_parameter(told, ParameterPlace(0, 0, 4)) == 1.0
    assert shown_parameter(told, ParameterPlace(0, 0, 2)) is None
    assert shown_parameter(told, ParameterPlace(0, 0, 5)) is None
    assert shown_parameter(told, ParameterPlace(3, 0, 0)) is None


def test_a_gradient_belongs_to_the_weight_under_the_cursor():
    told = hidden(detail(1, 2, incoming=[1.5, -0.75], outgoing=[3.0, 4.0, 5.0]))
    assert shown_gradient(told, NetworkCursor(1, 2, source=1)) == -0.0075
    assert shown_gradient(told, NetworkCursor(2, 0, source=2, is_outgoing=True)) == 0.03
    assert shown_gradient(told, NetworkCursor(1, 2)) == 0.002
    assert shown_gradient(told, NetworkCursor(1, 1)) is None
    # The same weight, looked at from its other end.
    assert shown_gradient(told, NetworkCursor(2, 0, source=2)) == 0.03


def test_the_weights_about_a_neuron_are_taken_from_what_is_in_sight_until_all_are_told():
    after = column(9, first=4, count=2, weights=np.array([[1.0, -3.0]] * 3))
    told = anatomy(columns=(column(2), column(3, weights=WEIGHTS), after))
    about = around(told, NetworkCursor(1, 2))
    assert about.incoming == [1.5, -0.75]
    assert about.outgoing == [0, 0, 0, 0, 1.0, -3.0, 0, 0, 0]


def test_while_it_trains_tiles_change_and_numbers_stay_for_a_while():
    tiles = np.ones((3, 2, 2), np.int8)
    one, other = 7.0 * np.ones(3), 8.0 * np.ones(3)
    before = hidden(detail(1, 2), tiles=tiles, biases=one)
    told = hidden(detail(1, 2), tiles=2 * tiles, biases=other)
    shown = with_tiles(before, told)
    assert shown.columns[1].tiles is told.columns[1].tiles
    assert shown.columns[1].biases is one


def test_of_other_neurons_everything_is_taken():
    before = hidden(detail(1, 2))
    for told in (hidden(detail(1, 1)), anatomy(detail(1, 2)), hidden(detail(1, 2), first=1)):
        assert with_tiles(before, told) is told
