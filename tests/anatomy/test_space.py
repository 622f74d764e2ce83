"""Where a layer has moved the points, and what the output layer decides there."""

import numpy as np
import pytest

from nntui.anatomy.directions import aligned, along_outputs
from nntui.anatomy.look import Look
from nntui.anatomy.space import Classes, OutputPlane, SpacePoints, SpaceViewer
from nntui.anatomy.values import SpaceAxes
from nntui.engine.activations import Linear, Sigmoid, Softmax, Tanh
from nntui.engine.initializers import Zeros
from nntui.engine.layers import Dense, Silence
from nntui.engine.losses import BinaryCrossentropy, MeanSquaredError
from nntui.engine.rectifiers import ReLU

NAMES = ("red", "green", "blue", *"defghij")
PIXELS = (40, 40)


def most_likely(answers):
    return answers.outputs.argmax(axis=0)


def above_a_half(answers):
    return (answers.outputs[0] > 0.5).astype(np.int64)


def classes_of(network):
    if network.units == 1:
        return Classes(NAMES[:2], above_a_half)
    return Classes(NAMES[: network.units], most_likely)


def network_of(small_network, units, outputs, silenced=(), **settings):
    layers = [Dense(6, ReLU(), Zeros()), Dense(units, Tanh(), Zeros())]
    if silenced:
        layers.append(Silence(silenced))
    layers.append(Dense(outputs, Softmax() if outputs > 1 else Sigmoid(), Zeros()))
    loss = None if outputs > 1 else BinaryCrossentropy()
    return small_network(layers, loss=loss, **settings)


def viewed(network, points, axes, column=2, viewer=None, classes=True, grid=None):
    """Look at a space; the points are the training points as well as the scene's."""
    look = Look(network, points)
    look.run()
    on_grid = np.zeros((2, 0)) if grid is None else grid
    bent = Look(network, on_grid.T if grid is None else grid)
    if grid is not None:
        bent.run()
    passed_on = look.passed_on[column]
    lines = 0 if grid is None else 2
    space_points = SpacePoints(passed_on, passed_on, bent.passed_on[column], lines)
    return (viewer or SpaceViewer()).view(
        network,
        column,
        axes,
        space_points,
        names=[f"neuron {unit + 1}" for unit in range(len(passed_on))],
        classes=classes_of(network) if classes else None,
        pixels=PIXELS,
    ), look


def pixel_of(space):
    """Return the winner of the pixel that each point lies in."""
    x_low, x_high, y_low, y_high = space.area
    columns = ((space.x - x_low) / (x_high - x_low) * PIXELS[1]).astype(int)
    rows = ((y_high - space.y) / (y_high - y_low) * PIXELS[0]).astype(int)
    return space.winners[np.clip(rows, 0, PIXELS[0] - 1), np.clip(columns, 0, PIXELS[1] - 1)]


def given_classes(network, points):
    look = Look(network, points)
    look.run()
    outputs = look.answers[-1]
    return (outputs[0] > 0.5).astype(int) if network.units == 1 else outputs.argmax(axis=0)


def is_away_from_borders(space):
    """Tell which points' pixels have no neighbour of another class."""
    x_low, x_high, y_low, y_high = space.area
    columns = ((space.x - x_low) / (x_high - x_low) * PIXELS[1]).astype(int)
    rows = ((y_high - space.y) / (y_high - y_low) * PIXELS[0]).astype(int)
    padded = np.pad(space.winners, 1, mode="edge")
    away = []
    for row, column in zip(rows, columns, strict=True):
        away.append(len(np.unique(padded[row : row + 3, column : column + 3])) == 1)
    return np.array(away)


def balance(network, points):
    """Choose the output's biases so that each class is given to some of the points."""
    look = Look(network, points)
    look.run()
    output = network.dense_layers[-1]
    output.biases[:] = -(look.passed_on[-2].T @ output.weights).mean(axis=0)


class TestOutputAxes:
    @pytest.mark.parametrize("outputs", [1, 2, 3])
    @pytest.mark.parametrize("units", [2, 3, 8])
    @pytest.mark.parametrize("silenced", [(), (1,)])
    def test_every_point_lies_in_the_region_of_the_class_that_the_network_gives(
        self, small_network, points, outputs, units, silenced
    ):
        network = network_of(small_network, units, outputs, silenced, seed=5)
        balance(network, points(300))
        space, _ = viewed(network, points(300), SpaceAxes("output"))
        assert space.axes.kind == "output"
        truth = given_classes(network, points(300))
        assert len(np.unique(truth)) > 1
        away = is_away_from_borders(space)
        assert len(np.unique(truth[away])) > 1
        np.testing.assert_array_equal(pixel_of(space)[away], truth[away])

    @pytest.mark.parametrize("outputs", [1, 2, 3])
    def test_that_holds_exactly_at_the_points_themselves(self, small_network, points, outputs):
        network = network_of(small_network, 8, outputs, seed=8)
        look = Look(network, points(300))
        look.run()
        activations = look.passed_on[2]
        weights = network.dense_layers[-1].weights
        directions = along_outputs(weights, NAMES[: max(outputs, 2)], activations, None)
        plane = OutputPlane(network, directions, activations.mean(axis=1))
        answers = plane.answers(directions.places(activations))
        decided = classes_of(network).decide(answers)
        np.testing.assert_array_equal(decided, given_classes(network, points(300)))
        # Not only the winner is the same, but every class's probability.
        np.testing.assert_allclose(answers.outputs, look.answers[-1], atol=1e-9)

    @pytest.mark.parametrize("outputs", [1, 2, 3])
    def test_the_borders_are_straight(self, small_network, points, outputs):
        network = network_of(small_network, 8, outputs, seed=8)
        space, _ = viewed(network, points(300), SpaceAxes("output"))
        for row in space.winners:
            # A straight line cuts regions that are convex: each row has each class once at most.
            changes = int(np.count_nonzero(np.diff(row.astype(int))))
            assert changes <= len(np.unique(row)) - 1

    def test_with_two_classes_the_horizontal_axis_decides_alone(self, small_network, points):
        for outputs in (1, 2):
            space, _ = viewed(
                network_of(small_network, 8, outputs, seed=8), points(300), SpaceAxes("output")
            )
            assert (space.winners == space.winners[0]).all()
            # The second class is on the right.
            assert space.winners[0].tolist() == sorted(space.winners[0].tolist())
            assert set(space.winners[0].tolist()) == {0, 1}
            assert space.x_label == "red ↔ green"

    def test_with_three_classes_the_labels_say_where_each_one_is(self, small_network, points):
        network = network_of(small_network, 8, 3, seed=8)
        space, _ = viewed(network, points(300), SpaceAxes("output"))
        assert (space.x_label, space.y_label) == ("towards red", "blue ↔ green")
        plane_x = {number: space.x[pixel_of(space) == number].mean() for number in range(3)}
        plane_y = {number: space.y[pixel_of(space) == number].mean() for number in range(3)}
        assert plane_x[0] == max(plane_x.values())
        assert plane_y[1] > plane_y[2]

    def test_numbers_as_names_are_told_from_numbers_on_the_axis(self, points):
        directions = along_outputs(np.eye(3), ("0", "1", "2"), points(9, 3).T, None)
        assert directions.labels == ("towards class 0", "class 2 ↔ class 1")

    def test_the_strongest_of_many_directions_are_chosen(self, small_network, points):
        network = network_of(small_network, 8, 5)
        weights = np.zeros((8, 5))
        weights[3], weights[6] = [4.0, -4.0, 0.0, 0.0, 0.0], [0.0, 0.0, 2.0, -2.0, 0.0]
        weights[1] = [0.1, 0.1, 0.1, 0.1, -0.4]
        # What all classes have in common decides nothing.
        weights[0] = 100.0
        network.dense_layers[-1].weights[:] = weights
        space, look = viewed(network, points(50), SpaceAxes("output"))
        np.testing.assert_allclose(np.abs(space.x), np.abs(look.passed_on[2][3]), atol=1e-9)
        np.testing.assert_allclose(np.abs(space.y), np.abs(look.passed_on[2][6]), atol=1e-9)
        assert space.x_label == "output direction 1 · 80 %"
        assert "two strongest of 4" in space.note
        assert "at its mean" in space.note

    def test_they_follow_a_learning_network_without_jumping(self, small_network, points):
        for outputs in (1, 3, 5):
            network = network_of(small_network, 8, outputs, seed=8)
            viewer, generator = SpaceViewer(), np.random.default_rng(0)
            before = None
            for _ in range(200):
                space, _ = viewed(network, points(50), SpaceAxes("output"), viewer=viewer)
                places = np.stack([space.x, space.y])
                if before is not None:
                    assert np.linalg.norm(places - before) < 0.5 * np.linalg.norm(before)
                before = places
                weights = network.dense_layers[-1].weights
                weights += generator.normal(0.0, 0.03, weights.shape)

    @pytest.mark.parametrize("column", [0, 1, 3])
    def test_other_layers_than_the_last_hidden_one_have_none(self, small_network, points, column):
        network = network_of(small_network, 8, 3)
        space, _ = viewed(network, points(50), SpaceAxes("output"), column)
        assert space.axes.kind == "components"
        assert space.winners is None

    def test_a_regression_has_none(self, small_network, points):
        layers = [Dense(4, Tanh(), Zeros()), Dense(1, Linear(), Zeros())]
        network = small_network(layers, loss=MeanSquaredError())
        space, _ = viewed(network, points(50), SpaceAxes("output"), 1, classes=False)
        assert space.axes.kind == "components"
        assert space.winners is None

    def test_equal_weights_for_all_classes_do_no_harm(self, small_network, points):
        for outputs in (1, 2, 3, 5):
            network = network_of(small_network, 8, outputs)
            network.dense_layers[-1].parameters[:] = 0.0
            space, _ = viewed(network, points(50), SpaceAxes("output"))
            assert (space.winners == 0).all()
            assert np.isfinite(space.x).all()


class TestUnitAxes:
    def test_points_are_where_the_two_neurons_put_them(self, small_network, points):
        network = network_of(small_network, 8, 3, silenced=(5,))
        space, look = viewed(network, points(50), SpaceAxes("units", 2, 6))
        np.testing.assert_allclose(space.x, look.passed_on[2][2])
        np.testing.assert_allclose(space.y, look.passed_on[2][6])
        assert (space.x_label, space.y_label) == ("neuron 3", "neuron 7")
        assert space.axes == SpaceAxes("units", 2, 6)
        silent, _ = viewed(network, points(50), SpaceAxes("units", 5, 6))
        assert not silent.x.any()

    @pytest.mark.parametrize(
        ("first", "second", "expected"),
        [(9, 1, (7, 1)), (3, 3, (3, 0)), (0, 0, (0, 1)), (-5, 99, (0, 7))],
    )
    def test_neurons_that_do_not_exist_are_replaced(
        self, small_network, points, first, second, expected
    ):
        network = network_of(small_network, 8, 3)
        space, _ = viewed(network, points(50), SpaceAxes("units", first, second))
        assert (space.axes.first, space.axes.second) == expected

    def test_the_whole_range_of_a_bounded_activation_is_shown(self, small_network, points):
        network = network_of(small_network, 8, 3)
        space, _ = viewed(network, points(5), SpaceAxes("units"))
        assert space.area == pytest.approx((-1.08, 1.08, -1.08, 1.08))

    def test_with_two_neurons_the_regions_are_those_of_the_network(self, small_network, points):
        network = network_of(small_network, 2, 3, seed=8)
        space, _ = viewed(network, points(300), SpaceAxes("units", 1, 0))
        away = is_away_from_borders(space)
        truth = given_classes(network, points(300))
        np.testing.assert_array_equal(pixel_of(space)[away], truth[away])
        assert space.note == ""

    def test_with_more_the_others_stand_at_their_mean(self, small_network, points):
        network = network_of(small_network, 4, 3, seed=8)
        space, look = viewed(network, points(300), SpaceAxes("units", 0, 2))
        assert "at its mean" in space.note
        x_low, x_high, y_low, y_high = space.area
        activations = look.passed_on[2].mean(axis=1)
        layer = network.dense_layers[-1]
        for row, column in ((0, 0), (7, 31), (39, 12)):
            activations[0] = x_low + (column + 0.5) / 40 * (x_high - x_low)
            activations[2] = y_high - (row + 0.5) / 40 * (y_high - y_low)
            sums = [
                sum(a * w for a, w in zip(activations, layer.weights[:, output], strict=True))
                + layer.biases[output]
                for output in range(3)
            ]
            assert space.winners[row, column] == sums.index(max(sums))

    def test_a_single_neuron_has_no_second_direction(self, small_network, points):
        network = network_of(small_network, 1, 3)
        for kind in ("units", "components", "output"):
            space, look = viewed(network, points(50), SpaceAxes(kind))
            np.testing.assert_allclose(space.x, look.passed_on[2][0])
            assert not space.y.any()
            assert space.y_label == ""
            assert space.axes.kind == "units"
            assert (space.winners == space.winners[0]).all()


class TestComponentAxes:
    def test_they_show_the_widest_directions_around_the_mean(self, small_network, points):
        network = network_of(small_network, 8, 3)
        space, look = viewed(network, points(200), SpaceAxes("components"))
        centred = look.passed_on[2] - look.passed_on[2].mean(axis=1, keepdims=True)
        lengths = np.linalg.svd(centred, compute_uv=False)
        assert np.square(space.x).sum() == pytest.approx(lengths[0] ** 2)
        assert np.square(space.y).sum() == pytest.approx(lengths[1] ** 2)
        assert float(space.x @ space.y) == pytest.approx(0.0, abs=1e-9)
        share = lengths[0] ** 2 / np.square(lengths).sum()
        assert space.x_label == f"component 1 · {100 * share:.0f} %"
        assert "of the variance" in space.note

    def test_a_picture_does_not_flip_from_one_moment_to_the_next(self, small_network, points):
        network = network_of(small_network, 8, 3)
        viewer, generator = SpaceViewer(), np.random.default_rng(0)
        before = None
        for _ in range(300):
            space, _ = viewed(network, points(50), SpaceAxes("components"), viewer=viewer)
            places = np.stack([space.x, space.y])
            if before is not None:
                assert (places * before).sum(axis=1).min() > 0.0
            before = places
            network.parameters += generator.normal(0.0, 0.02, network.parameters.shape)

    def test_order_and_signs_are_those_of_the_directions_before(self):
        before = np.array([[1.0, 0.1, 0.0], [0.0, 1.0, 0.1]])
        found, order = aligned(np.array([[0.0, -1.0, 0.0], [-1.0, 0.0, 0.0]]), before)
        assert order == (1, 0)
        assert found.tolist() == [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0]]
        # Those of another layer are no guide.
        given = np.array([[0.0, 1.0], [1.0, 0.0]])
        assert aligned(given, before)[0] is given


class TestGridAndArea:
    def test_lines_are_bent_as_the_layer_bends_them(self, small_network, points, by_loops):
        network = network_of(small_network, 8, 3)
        line = np.linspace(-1.0, 1.0, 5)
        grid = np.array([*([x, 0.0] for x in line), *([0.0, y] for y in line)])
        space, _ = viewed(network, points(20), SpaceAxes("units", 4, 5), grid=grid)
        assert space.grid.shape == (2, 5, 2)
        for number, x in enumerate(line):
            expected = by_loops(network, [x, 0.0])[2]
            assert space.grid[0, number] == pytest.approx([expected[4], expected[5]])
        # At its middle, the second line crosses the first.
        assert space.grid[1, 2] == pytest.approx(space.grid[0, 2])

    def test_the_area_holds_all_points_and_changes_seldom(self, small_network, points):
        network = network_of(small_network, 8, 3)
        viewer, generator = SpaceViewer(), np.random.default_rng(0)
        areas = []
        for _ in range(100):
            space, _ = viewed(network, points(50), SpaceAxes("components"), viewer=viewer)
            x_low, x_high, y_low, y_high = space.area
            assert x_low <= space.x.min() <= space.x.max() <= x_high
            assert y_low <= space.y.min() <= space.y.max() <= y_high
            areas.append(space.area)
            network.parameters += generator.normal(0.0, 0.01, network.parameters.shape)
        assert len(set(areas)) < 20

    @pytest.mark.parametrize("kind", ["units", "components", "output"])
    @pytest.mark.parametrize("value", [np.nan, np.inf, 1e300])
    @pytest.mark.parametrize("layer", [0, 2])
    def test_a_diverged_network_gives_a_picture_too(
        self, small_network, points, kind, value, layer
    ):
        layers = [
            Dense(6, ReLU(), Zeros()),
            Dense(5, ReLU(), Zeros()),
            Dense(3, Softmax(), Zeros()),
        ]
        network = small_network(layers)
        network.dense_layers[layer].weights[:] = value
        with np.errstate(all="ignore"):
            space, _ = viewed(network, points(20), SpaceAxes(kind))
        assert np.isfinite(space.area).all()
        assert space.winners.shape == PIXELS
        assert space.x.shape == (20,)
