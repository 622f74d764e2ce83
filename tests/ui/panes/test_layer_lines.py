import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nntui.experiment.experiment import Experiment
from nntui.experiment.overrides import experiment_with
from nntui.training.data_facts import facts_of
from nntui.training.snapshot import LayerStatistics
from nntui.ui.panes.layer_lines import gradient_bars, layer_lines, notes_of

SPIRAL = facts_of("spiral")


def statistics(norm=0.1, dead=None, saturated=None):
    return LayerStatistics(0, 0.5, 0.25, dead, saturated, norm)


def lines(*settings, facts=SPIRAL, classes=3, live=None):
    return layer_lines(experiment_with(Experiment(), settings), facts, classes, live)


def test_from_input_to_output():
    found = lines(("layers", [16, 8]))

    assert [line.name for line in found] == ["input", "layer 1", "layer 2", "output"]
    assert [line.units for line in found] == [2, 16, 8, 3]
    assert [line.parameters for line in found[1:]] == [2 * 16 + 16, 16 * 8 + 8, 8 * 3 + 3]
    assert [line.function for line in found] == ["x1 x2", "relu", "relu", "softmax"]


def test_features_are_the_inputs():
    found = lines(("data.features", ["x1", "x1^2", "sin(x2)"]))

    assert (found[0].units, found[0].function) == (3, "x1 x1² sin x2")


@pytest.mark.parametrize(
    ("settings", "facts", "classes", "units", "function"),
    [
        ([("output.activation", "sigmoid")], SPIRAL, 2, 1, "sigmoid"),
        ([("output.activation", "sigmoid")], SPIRAL, 3, 3, "sigmoid"),
        ([], SPIRAL, 2, 2, "softmax"),
        ([("data.source", "plane")], facts_of("plane"), 0, 1, "linear"),
        ([("data.source", "mine.csv")], facts_of("mine.csv"), None, None, "?"),
    ],
)
def test_the_output_follows_from_the_data(settings, facts, classes, units, function):
    output = lines(*settings, facts=facts, classes=classes)[-1]

    assert (output.units, output.function) == (units, function)


def test_without_hidden_layers_the_input_feeds_the_output():
    found = lines(("layers", []))

    assert [line.name for line in found] == ["input", "output"]
    assert found[1].parameters == 2 * 3 + 3


def test_what_is_special_is_noted():
    found = lines(("layers.0.dropout", 0.2), ("layers.0.trainable", False))

    assert notes_of(found[1]) == ["drop 0.2", "frozen"]
    assert notes_of(found[2]) == []


def test_statistics_go_to_their_layers():
    live = [statistics(dead=0.5), statistics(), statistics()]

    found = lines(live=live)

    assert found[0].statistics is None
    assert [line.statistics for line in found[1:]] == live
    assert [line.has_dead_units for line in found] == [False, True, False, False]


def test_statistics_of_another_network_are_left_out():
    assert all(line.statistics is None for line in lines(live=[statistics()]))


def test_bars_are_logarithmic():
    assert gradient_bars([1.0, 0.1, 0.01]) == ("█", "▆", "▄")
    assert gradient_bars([1e3, 1e2, 1e1]) == gradient_bars([1.0, 0.1, 0.01])


def test_vanished_gradients_have_the_lowest_bar_and_none_has_no_bar():
    assert gradient_bars([1.0, 1e-30, 0.0, math.nan, math.inf]) == ("█", "▁", "", "", "")
    assert gradient_bars([0.0, 0.0]) == ("", "")


@given(st.lists(st.floats(1e-30, 1e30), min_size=1, max_size=9))
def test_a_longer_gradient_never_has_a_lower_bar(norms):
    bars = dict(zip(norms, gradient_bars(norms), strict=True))

    heights = [bars[norm] for norm in sorted(bars)]
    assert heights == sorted(heights)
    assert heights[-1] == "█"
