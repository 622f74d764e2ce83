"""What the graph shows of each column, against the same answers computed neuron by neuron."""

import math

import numpy as np
import pytest

from nntui.anatomy.graph import Answers, TileShape, graph_columns
from nntui.anatomy.look import Look
from nntui.anatomy.tiles import enlarged, tile_levels
from nntui.anatomy.values import TILE_LEVELS, Window
from nntui.engine.activations import Sigmoid, Softmax, Tanh
from nntui.engine.initializers import Zeros
from nntui.engine.layers import Dense, Silence
from nntui.engine.rectifiers import ReLU

NO_TILES = TileShape(0, 0, is_curve=False)


def columns_of(network, points, windows, pixels=None, shape=NO_TILES):
    looks = [Look(network, values) for values in (points, points if pixels is None else pixels)]
    for look in looks:
        look.run()
    to_pixels = None if pixels is None else looks[1].answers
    return graph_columns(network, Answers(looks[0].answers, to_pixels, shape), windows)


WHOLE = (Window(0, 99),)


class TestColumns:
    def test_they_hold_biases_weights_and_how_active_each_neuron_is(
        self, small_network, points, by_loops
    ):
        network = small_network()
        inputs, hidden, output = columns_of(network, points(), WHOLE)
        answers = [by_loops(network, point) for point in points()]
        for number, column in enumerate((inputs, hidden, output)):
            units = len(answers[0][number])
            assert (column.first, column.total) == (0, units)
            means = [
                math.fsum(abs(a[number][unit]) for a in answers) / len(answers)
                for unit in range(units)
            ]
            assert column.activities == pytest.approx(means)
        assert np.isnan(inputs.biases).all()
        assert inputs.weights.shape == (0, 2)
        assert inputs.largest_weight == 0.0
        for column, layer in zip((hidden, output), network.dense_layers, strict=True):
            np.testing.assert_array_equal(column.biases, layer.biases)
            np.testing.assert_array_equal(column.weights, layer.weights)
            assert column.largest_weight == max(abs(float(w)) for w in layer.weights.ravel())

    def test_windows_choose_units_and_the_weights_between_them(self, small_network, points):
        network = small_network()
        windows = (Window(1, 1), Window(1, 2), Window(0, 1))
        whole = columns_of(network, points(), WHOLE)
        inputs, hidden, output = columns_of(network, points(), windows)
        assert [(c.first, c.total) for c in (inputs, hidden, output)] == [(1, 2), (1, 3), (0, 2)]
        first, second = network.dense_layers
        np.testing.assert_array_equal(hidden.weights, first.weights[1:2, 1:3])
        np.testing.assert_array_equal(output.weights, second.weights[1:3, 0:1])
        np.testing.assert_array_equal(hidden.biases, first.biases[1:3])
        np.testing.assert_array_equal(hidden.activities, whole[1].activities[1:3])
        # It is still the largest of the whole layer.
        assert hidden.largest_weight == whole[1].largest_weight

    @pytest.mark.parametrize(
        ("window", "expected"),
        [
            (Window(2, 2), (1, 2)),
            (Window(-3, 2), (0, 2)),
            (Window(7, 9), (0, 3)),
            (Window(1, 0), (1, 0)),
        ],
    )
    def test_a_window_beyond_its_column_is_moved_into_it(
        self, small_network, points, window, expected
    ):
        hidden = columns_of(small_network(), points(), (WHOLE[0], window, WHOLE[0]))[1]
        assert (hidden.first, len(hidden.biases)) == expected
        assert hidden.weights.shape == (2, expected[1])

    def test_columns_beyond_the_last_window_get_one_like_it(self, small_network, points):
        columns = columns_of(small_network(), points(), (Window(0, 1),))
        assert [len(column.scales) for column in columns] == [1, 1, 1]

    def test_what_is_frozen_and_what_is_silenced_is_told(self, small_network, points):
        layers = [
            Dense(3, Tanh(), Zeros(), frozen_units=(0, 2)),
            Silence((1,)),
            Dense(2, Softmax(), Zeros(), trainable=False),
        ]
        inputs, hidden, output = columns_of(small_network(layers), points(), WHOLE)
        assert inputs.frozen.tolist() == inputs.silenced.tolist() == [False, False]
        assert hidden.frozen.tolist() == [True, False, True]
        assert hidden.silenced.tolist() == [False, True, False]
        assert output.frozen.tolist() == [True, True]
        part = columns_of(small_network(layers), points(), (Window(0, 2), Window(1, 2)))[1]
        assert part.frozen.tolist() == [False, True]
        assert part.silenced.tolist() == [True, False]

    def test_dead_and_saturated_neurons_are_told_one_by_one(self, small_network):
        layers = [
            Dense(2, ReLU(), Zeros()),
            Dense(2, Sigmoid(), Zeros()),
            Dense(2, Softmax(), Zeros()),
        ]
        network = small_network(layers, inputs=1)
        relu, sigmoid, _ = network.dense_layers
        relu.weights[:], relu.biases[:] = [[1.0, 1.0]], [0.0, -9.0]
        sigmoid.weights[:], sigmoid.biases[:] = [[10.0, 0.1], [0.0, 0.0]], [0.0, 0.0]
        points = np.array([[-1.0], [0.5], [1.0], [2.0]])
        _, first, second, output = columns_of(network, points, WHOLE)
        assert first.dead.tolist() == [False, True]
        assert np.isnan(first.saturated).all()
        # σ(10 z) is flat at 1 and 2 (z > 5.99), and not at 0 and at 0.5.
        assert second.saturated.tolist() == [0.5, 0.0]
        assert second.dead.tolist() == [False, False]
        assert np.isnan(output.saturated).all()


class TestTiles:
    def test_they_show_what_a_neuron_answers_in_levels_of_its_largest(
        self, small_network, points, by_loops
    ):
        network = small_network()
        pixels = np.array([[x, y] for y in (2.0, 0.0, -2.0) for x in (-1.0, 1.0)])
        shape = TileShape(3, 2, is_curve=False)
        for number, column in enumerate(columns_of(network, points(), WHOLE, pixels, shape)):
            for unit, (tile, scale) in enumerate(zip(column.tiles, column.scales, strict=True)):
                answers = [by_loops(network, pixel)[number][unit] for pixel in pixels]
                assert scale == pytest.approx(max(map(abs, answers)))
                expected = [round(7 * answer / scale) for answer in answers]
                assert tile.ravel().tolist() == expected
            assert column.tiles.shape[1:] == (3, 2)

    def test_a_silenced_neuron_shows_what_it_would_pass_on(self, small_network, points):
        layers = [Dense(3, Tanh(), Zeros()), Silence((1,)), Dense(2, Softmax(), Zeros())]
        shape = TileShape(1, 20, is_curve=False)
        column = columns_of(small_network(layers), points(), WHOLE, points(), shape)[1]
        assert column.scales[1] > 0.0
        assert column.tiles[1].any()

    def test_with_one_input_all_rows_of_a_tile_are_the_same(self, small_network, by_loops):
        network = small_network(inputs=1)
        pixels = np.linspace(-2.0, 2.0, 5)[:, np.newaxis]
        shape = TileShape(3, 5, is_curve=True)
        inputs, hidden, _ = columns_of(network, pixels, WHOLE, pixels, shape)
        assert inputs.tiles[0].tolist() == [[-7, -4, 0, 4, 7]] * 3
        answers = [by_loops(network, pixel)[1][2] for pixel in pixels]
        largest = max(map(abs, answers))
        assert hidden.tiles[2].tolist() == [[round(7 * a / largest) for a in answers]] * 3

    def test_there_are_none_where_none_are_asked_for(self, small_network, points):
        column = columns_of(small_network(), points(), WHOLE)[1]
        assert column.tiles.shape[:2] == (3, 0)
        assert column.scales.tolist() == [0.0, 0.0, 0.0]

    def test_a_neuron_that_answers_nothing_is_level(self):
        levels, scales = tile_levels(np.zeros((1, 4)))
        assert levels.tolist() == [[0, 0, 0, 0]]
        assert scales.tolist() == [0.0]

    def test_what_is_no_number_is_level_and_infinities_are_outermost(self):
        answers = np.array([[np.nan, 1.0, -2.0, np.inf], [np.nan] * 4, [0.0, -np.inf, 0.0, 0.0]])
        levels, scales = tile_levels(answers)
        assert levels[0].tolist() == [0, 4, -TILE_LEVELS, TILE_LEVELS]
        assert levels[1].tolist() == [0, 0, 0, 0]
        assert levels[2].tolist() == [0, -TILE_LEVELS, 0, 0]
        assert scales.tolist() == [2.0, 0.0, 0.0]


class TestEnlarged:
    def test_pixels_are_repeated_up_to_the_size(self):
        picture = enlarged(np.array([[1.0, 2.0], [3.0, 4.0]]), 3, 5)
        assert picture.tolist() == [[1, 1, 1, 2, 2], [1, 1, 1, 2, 2], [3, 3, 3, 4, 4]]

    def test_a_picture_of_the_right_size_stays(self):
        pixels = np.arange(6.0).reshape(2, 3)
        np.testing.assert_array_equal(enlarged(pixels, 2, 3), pixels)

    def test_too_large_numbers_become_the_largest(self):
        picture = enlarged(np.array([[1e300, -np.inf, np.nan]]), 1, 3)
        largest = np.finfo(np.float32).max
        assert picture[0, :2].tolist() == [largest, -largest]
        assert np.isnan(picture[0, 2])
