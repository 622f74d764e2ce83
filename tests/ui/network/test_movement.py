import pytest
from hypothesis import given
from hypothesis import strategies as st

from nntui.anatomy.values import Neuron
from nntui.ui.network.movement import (
    Around,
    moved_across,
    moved_along,
    moved_column,
    strongest,
)
from nntui.ui.network.place import NetworkCursor

UNITS = (2, 4, 3)
AROUND = Around(UNITS, incoming=[0.1, -0.9], outgoing=[0.2, 0.3, -0.5])


def test_left_leads_from_a_neuron_to_its_strongest_incoming_weight_and_on_to_its_source():
    weight = moved_across(NetworkCursor(1, 2), -1, AROUND)
    assert weight == NetworkCursor(1, 2, source=1)
    # It is looked at from where it leads to.
    assert weight.neuron == Neuron(1, 2)
    assert moved_across(weight, -1, AROUND) == NetworkCursor(0, 1)


def test_right_leads_from_a_neuron_to_its_strongest_outgoing_weight_and_on_to_its_target():
    weight = moved_across(NetworkCursor(1, 2), 1, AROUND)
    assert weight == NetworkCursor(2, 2, source=2, is_outgoing=True)
    assert weight.neuron == Neuron(1, 2)
    assert moved_across(weight, 1, AROUND) == NetworkCursor(2, 2)


def test_the_other_way_leads_back_from_a_weight_to_its_neuron():
    neuron = NetworkCursor(1, 2)
    assert moved_across(moved_across(neuron, -1, AROUND), 1, AROUND) == neuron
    assert moved_across(moved_across(neuron, 1, AROUND), -1, AROUND) == neuron


@pytest.mark.parametrize(("column", "direction"), [(0, -1), (2, 1)])
def test_there_is_nothing_beyond_the_inputs_and_the_outputs(column, direction):
    cursor = NetworkCursor(column, 0)
    assert moved_across(cursor, direction, AROUND) == cursor


def test_up_and_down_go_along_the_column():
    assert moved_along(NetworkCursor(1, 2), 1, AROUND) == NetworkCursor(1, 3)
    assert moved_along(NetworkCursor(1, 2), -1, AROUND) == NetworkCursor(1, 1)
    assert moved_along(NetworkCursor(1, 3), 1, AROUND) == NetworkCursor(1, 3)
    assert moved_along(NetworkCursor(1, 2), -100, AROUND) == NetworkCursor(1, 0)


def test_up_and_down_go_along_the_weights_of_the_neuron_they_are_looked_at_from():
    incoming = NetworkCursor(1, 2, source=0)
    assert moved_along(incoming, 1, AROUND) == NetworkCursor(1, 2, source=1)
    assert moved_along(incoming, 9, AROUND) == NetworkCursor(1, 2, source=1)
    outgoing = NetworkCursor(2, 1, source=2, is_outgoing=True)
    assert moved_along(outgoing, 1, AROUND) == NetworkCursor(2, 2, source=2, is_outgoing=True)
    assert moved_along(outgoing, 1, AROUND).neuron == Neuron(1, 2)


def test_a_column_on_is_the_neuron_beside_or_the_last_one():
    assert moved_column(NetworkCursor(1, 3), 1, UNITS) == NetworkCursor(2, 2)
    assert moved_column(NetworkCursor(1, 3), -1, UNITS) == NetworkCursor(0, 1)
    assert moved_column(NetworkCursor(2, 1), 1, UNITS) == NetworkCursor(2, 1)
    # From an outgoing weight: beside the neuron that it comes from.
    outgoing = NetworkCursor(2, 1, source=0, is_outgoing=True)
    assert moved_column(outgoing, 1, UNITS) == NetworkCursor(2, 0)


def test_the_strongest_weight_is_the_largest_whatever_its_sign():
    assert strongest([0.5, -0.7, 0.6]) == 1
    assert strongest([]) == 0
    # A network that has left the finite numbers can still be walked through.
    assert strongest([float("nan"), 0.1]) == 1
    assert strongest([0.1, float("-inf")]) == 1


@given(
    units=st.lists(st.integers(1, 6), min_size=2, max_size=5).map(tuple),
    keys=st.lists(st.sampled_from(["left", "right", "up", "down", "[", "]"]), max_size=30),
)
def test_every_way_leads_to_a_place_that_exists(units, keys):
    cursor = NetworkCursor(0, 0)
    for key in keys:
        about = Around(units)
        if key in "[]":
            cursor = moved_column(cursor, 1 if key == "]" else -1, units)
        elif key in ("left", "right"):
            cursor = moved_across(cursor, 1 if key == "right" else -1, about)
        else:
            cursor = moved_along(cursor, 1 if key == "down" else -1, about)
        assert cursor.fitted(units) == cursor
