"""A look into a network, against the same answers computed neuron by neuron."""

import numpy as np
import pytest

from nntui.anatomy.look import Look, affordable_points, silenced_units
from nntui.engine.activations import Softmax, Tanh
from nntui.engine.initializers import Zeros
from nntui.engine.layers import Dense, Dropout, Silence
from nntui.engine.rectifiers import ReLU


def layers_with_everything(generator):
    return [
        Dense(3, Tanh(), Zeros()),
        Silence((1,)),
        Dropout(0.5, generator),
        Dense(4, ReLU(), Zeros()),
        Dense(2, Softmax(), Zeros()),
    ]


def test_every_neuron_answers_as_computed_by_hand(small_network, points, by_loops):
    network = small_network(layers_with_everything(np.random.default_rng(0)))
    look = Look(network, points())
    look.run()
    for number, point in enumerate(points()):
        for column, answers in enumerate(by_loops(network, point)):
            assert look.answers[column][:, number] == pytest.approx(answers, abs=1e-12)


def test_a_silenced_neuron_answers_but_passes_on_nothing(small_network, points):
    network = small_network(layers_with_everything(np.random.default_rng(0)))
    look = Look(network, points())
    look.run()
    assert look.answers[1][1].all()
    assert not look.passed_on[1][1].any()
    np.testing.assert_array_equal(look.passed_on[1][[0, 2]], look.answers[1][[0, 2]])
    assert silenced_units(network) == [(), (1,), (), ()]


def test_nothing_is_drawn_from_the_generators_of_dropout(small_network, points):
    generator = np.random.default_rng(0)
    network = small_network(layers_with_everything(generator))
    before = repr(generator.bit_generator.state)
    Look(network, points()).run()
    assert repr(generator.bit_generator.state) == before


def test_the_present_weights_count(small_network, points, by_loops):
    network = small_network()
    look = Look(network, points())
    look.run()
    network.parameters[:] *= -0.5
    look.run()
    assert look.answers[2][:, 0] == pytest.approx(by_loops(network, points()[0])[2])


def test_it_ends_at_the_last_column_that_is_needed(small_network, points, by_loops):
    network = small_network(layers_with_everything(np.random.default_rng(0)))
    for last in range(4):
        look = Look(network, points(), last)
        look.run()
        assert len(look.answers) == len(look.passed_on) == last + 1
        assert look.answers[last][:, 0] == pytest.approx(by_loops(network, points()[0])[last])
    look = Look(network, points(), 1)
    look.run()
    assert not look.passed_on[1][1].any()


def test_a_larger_network_affords_fewer_points(small_network):
    network = small_network()
    assert affordable_points(network, 0, 1000) == 1000
    assert affordable_points(network, 1, 1000) == 1000 // 9
    assert affordable_points(network, 2, 1000) == 1000 // 17
    assert affordable_points(network, 2, 0.5) == 1
