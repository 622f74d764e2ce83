import pytest

from nntui.anatomy.values import Neuron
from nntui.training.messages import ParameterPlace
from nntui.ui.network.place import NetworkCursor

UNITS = (2, 4, 3)


def test_a_neuron_stands_for_its_bias_and_a_weight_for_itself():
    assert NetworkCursor(1, 3).parameter(UNITS) == ParameterPlace(layer=0, row=2, unit=3)
    assert NetworkCursor(2, 1, source=3).parameter(UNITS) == ParameterPlace(1, 3, 1)
    assert NetworkCursor(2, 1, 3, is_outgoing=True).parameter(UNITS) == ParameterPlace(1, 3, 1)
    assert NetworkCursor(0, 1).parameter(UNITS) is None


def test_the_neuron_described_is_the_end_that_the_weight_is_looked_at_from():
    assert NetworkCursor(2, 1, source=3).neuron == Neuron(2, 1)
    assert NetworkCursor(2, 1, source=3, is_outgoing=True).neuron == Neuron(1, 3)


@pytest.mark.parametrize(
    ("cursor", "fitting"),
    [
        (NetworkCursor(7, 9), NetworkCursor(2, 2)),
        (NetworkCursor(1, 9, source=9), NetworkCursor(1, 3, source=1)),
        (NetworkCursor(1, 1, source=1), NetworkCursor(1, 1, source=1)),
        (NetworkCursor(2, 9, 9, is_outgoing=True), NetworkCursor(2, 2, 3, is_outgoing=True)),
    ],
)
def test_a_smaller_network_moves_it_to_the_nearest_place(cursor, fitting):
    assert cursor.fitted(UNITS) == fitting
