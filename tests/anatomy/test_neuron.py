"""Everything about one neuron, from weights that are plain."""

import math
import statistics

import numpy as np
import pytest

from nntui.anatomy.histogram import BINS, histogram_of
from nntui.anatomy.look import Look
from nntui.anatomy.neuron import fitting_neuron, neuron_detail
from nntui.anatomy.values import Neuron
from nntui.engine.activations import Sigmoid, Sine, Softmax, Step, Tanh
from nntui.engine.initializers import Zeros
from nntui.engine.layers import Dense, Silence
from nntui.engine.rectifiers import GELU, ReLU

PICTURE = np.zeros((2, 3), np.float32)


def detail_of(network, points, column, unit, gradients=None, before=None):
    look = Look(network, points)
    look.run()
    if gradients is None:
        gradients = [
            10.0 * number + np.arange(layer.parameters.size).reshape(layer.parameters.shape)
            for number, layer in enumerate(network.dense_layers, start=1)
        ]
    return neuron_detail(
        network,
        Neuron(column, unit),
        gradients,
        look.answers[column],
        activation_name="tanh",
        field=PICTURE,
        limits_before=before,
    )


class TestDetail:
    def test_a_hidden_neuron_stands_between_two_layers(self, small_network, points, by_loops):
        network = small_network()
        first, second = network.dense_layers
        detail = detail_of(network, points(), 1, 2)
        assert detail.neuron == Neuron(1, 2)
        assert detail.activation == "tanh"
        assert detail.bias == first.parameters[2, 2]
        assert detail.incoming.tolist() == [first.parameters[0, 2], first.parameters[1, 2]]
        assert detail.outgoing.tolist() == [second.parameters[2, 0], second.parameters[2, 1]]
        # The gradients of layer 1 are 10, 11, 12 / 13, 14, 15 / 16, 17, 18, of layer 2 from 20 on.
        assert detail.incoming_gradients.tolist() == [12.0, 15.0]
        assert detail.bias_gradient == 18.0
        assert detail.outgoing_gradients.tolist() == [24.0, 25.0]
        answers = [by_loops(network, point)[1][2] for point in points()]
        assert detail.mean == pytest.approx(statistics.fmean(answers))
        assert detail.spread == pytest.approx(statistics.pstdev(answers))
        assert (detail.dead, detail.frozen, detail.silenced) == (False, False, False)
        assert detail.field is PICTURE

    def test_an_input_has_neither_a_bias_nor_weights_to_it(self, small_network, points):
        network = small_network()
        detail = detail_of(network, points(), 0, 1)
        assert math.isnan(detail.bias)
        assert math.isnan(detail.bias_gradient)
        assert len(detail.incoming) == len(detail.incoming_gradients) == 0
        np.testing.assert_array_equal(detail.outgoing, network.dense_layers[0].weights[1])
        assert detail.outgoing_gradients.tolist() == [13.0, 14.0, 15.0]
        assert detail.mean == pytest.approx(points()[:, 1].mean())
        assert (detail.dead, detail.saturated, detail.frozen) == (False, None, False)

    def test_an_output_has_no_weights_from_it(self, small_network, points):
        network = small_network()
        detail = detail_of(network, points(), 2, 0)
        assert len(detail.outgoing) == len(detail.outgoing_gradients) == 0
        np.testing.assert_array_equal(detail.incoming, network.dense_layers[1].weights[:, 0])

    def test_it_holds_copies(self, small_network, points):
        network = small_network()
        gradients = [np.ones(layer.parameters.shape) for layer in network.dense_layers]
        detail = detail_of(network, points(), 1, 0, gradients)
        live = [network.parameters, *gradients]
        for copy in (
            detail.incoming,
            detail.outgoing,
            detail.incoming_gradients,
            detail.outgoing_gradients,
        ):
            assert not any(np.shares_memory(copy, array) for array in live)

    def test_frozen_silenced_and_saturated_neurons_are_told(self, small_network):
        layers = [
            Dense(2, Tanh(), Zeros(), frozen_units=(1,)),
            Silence((0,)),
            Dense(2, Softmax(), Zeros()),
        ]
        network = small_network(layers, inputs=1)
        network.dense_layers[0].weights[:], network.dense_layers[0].biases[:] = [[1.0, 0.1]], 0.0
        points = np.array([[-9.0], [0.0], [2.0], [9.0]])
        first, second = (detail_of(network, points, 1, unit) for unit in (0, 1))
        assert (first.frozen, first.silenced, first.saturated) == (False, True, 0.5)
        assert (second.frozen, second.silenced, second.saturated) == (True, False, 0.0)
        # Its picture and its histogram are those before it is silenced.
        assert first.spread > 0.5
        assert first.counts.sum() == 4

    def test_a_dead_neuron_is_told(self, small_network, points):
        layers = [Dense(2, ReLU(), Zeros()), Dense(2, Softmax(), Zeros())]
        network = small_network(layers)
        network.dense_layers[0].biases[:] = [-100.0, 0.0]
        assert detail_of(network, points(), 1, 0).dead
        assert not detail_of(network, points(), 1, 1).dead

    @pytest.mark.parametrize(
        ("wanted", "expected"),
        [
            (Neuron(1, 2), Neuron(1, 2)),
            (Neuron(1, 3), Neuron(1, 2)),
            (Neuron(9, 9), Neuron(2, 1)),
            (Neuron(-1, -1), Neuron(0, 0)),
        ],
    )
    def test_a_neuron_that_does_not_exist_is_replaced_by_the_nearest(
        self, small_network, wanted, expected
    ):
        assert fitting_neuron(wanted, small_network()) == expected


class TestHistogram:
    def test_every_answer_is_counted_in_its_range(self):
        answers = np.array([-1.0, -0.99, -0.01, 0.0, 0.01, 0.5, 1.0])
        found = histogram_of(answers, Tanh(), None)
        assert found.limits == (-1.0, 1.0)
        expected = [0] * BINS
        for answer in answers:
            expected[min(int((answer + 1.0) / 2.0 * BINS), BINS - 1)] += 1
        assert found.counts.tolist() == expected
        assert found.counts[[0, 11, 12, 18, 23]].tolist() == [2, 1, 2, 1, 1]

    @pytest.mark.parametrize(
        ("activation", "limits"),
        [
            (Tanh(), (-1.0, 1.0)),
            (Sine(), (-1.0, 1.0)),
            (Sigmoid(), (0.0, 1.0)),
            (Step(), (0.0, 1.0)),
            (Softmax(), (0.0, 1.0)),
        ],
    )
    def test_bounded_activations_show_their_whole_range(self, activation, limits):
        assert histogram_of(np.array([0.5]), activation, (3.0, 4.0)).limits == limits

    def test_others_keep_their_limits_while_they_are_well_used(self):
        first = histogram_of(np.linspace(0.0, 5.3, 9), ReLU(), None).limits
        assert first[0] == 0.0
        assert first[1] >= 5.3
        assert histogram_of(np.linspace(0.0, 4.0, 9), ReLU(), first).limits == first
        assert histogram_of(np.linspace(0.0, 1.0, 9), ReLU(), first).limits != first
        assert histogram_of(np.linspace(0.0, 9.0, 9), ReLU(), first).limits[1] >= 9.0

    @pytest.mark.parametrize("activation", [None, GELU(), Tanh()])
    @pytest.mark.parametrize(
        ("answers", "counted"),
        [
            ([np.nan] * 3, 0),
            ([np.inf, -np.inf, 1.0], 1),
            ([0.0, 0.0, 0.0], 3),
            ([1e300, -1e300, 0.5], 3),
            ([5e-324, 0.0, 0.0], 3),
        ],
    )
    def test_strange_answers_do_no_harm(self, activation, answers, counted):
        found = histogram_of(np.array(answers), activation, None)
        assert len(found.counts) == BINS
        assert found.counts.sum() == counted
        assert found.limits[0] < found.limits[1]
