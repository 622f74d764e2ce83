"""What the observer tells about the inside of a trainer's network."""

import math
import pickle

import numpy as np
import pytest

from nntui.anatomy.values import Neuron, SpaceAxes, Window
from nntui.experiment.convert import from_plain
from nntui.training.field import field_points
from nntui.training.messages import AnatomyRequest, LayerRequest, SpaceRequest
from nntui.training.neuron_pictures import coarser
from nntui.training.observer import Observer
from nntui.training.plane import plane_map
from nntui.training.snapshot import FieldRequest, Plane
from nntui.training.space_inspection import GRID_LINES, POINTS_OF_A_LINE
from nntui.training.spreads import Spreads
from nntui.training.trainer import Trainer

TILE = FieldRequest(columns=5, rows=4, x_low=-1.5, x_high=2.5, y_low=-1.0, y_high=1.5)
PICTURE = FieldRequest(columns=9, rows=7, x_low=-1.5, x_high=2.5, y_low=-1.0, y_high=1.5)
GRAPH = AnatomyRequest(tiles=TILE, windows=(Window(0, 99),))
SIGMOID = {"activation": "sigmoid", "loss": "binary_crossentropy"}
EVERYTHING = AnatomyRequest(
    tiles=TILE,
    windows=(Window(0, 3), Window(0, 3), Window(0, 3), Window(0, 3)),
    neuron=Neuron(1, 2),
    enlarged=PICTURE,
    layer=LayerRequest(column=2, rows=20, columns=20, moments=9),
    space=SpaceRequest(column=2, axes=SpaceAxes("output"), rows=12, columns=16),
)


def anatomy_of(trainer, request, spreads=None):
    return Observer(trainer).anatomy(Plane(), request, spreads or Spreads())


def asking(**parts):
    return AnatomyRequest(**parts)


class TestWhatIsAsked:
    def test_the_network_is_described_by_the_names_of_its_parts(self, small):
        found = anatomy_of(Trainer(small()), asking())
        assert found.units == (2, 5, 4, 2)
        assert found.activations[:3] == ("", "tanh", "relu")
        assert found.input_names == ("x1", "x2")
        assert (found.columns, found.neuron, found.layer, found.space) == (None,) * 4

    def test_each_output_stands_for_a_class(self):
        trainer = Trainer(from_plain({"data": {"source": "spiral"}}))
        assert anatomy_of(trainer, asking()).output_names == ("0", "1", "2")

    def test_a_single_output_stands_for_the_second_class(self):
        trainer = Trainer(from_plain({"data": {"source": "moons"}, "output": SIGMOID}))
        found = anatomy_of(trainer, asking())
        assert found.units[-1] == 1
        assert found.output_names == trainer.prepared.dataset.class_names[1:]

    def test_a_regression_has_the_target_as_its_output(self):
        trainer = Trainer(from_plain({"data": {"source": "plane"}, "layers": [{"units": 3}]}))
        found = anatomy_of(trainer, asking())
        assert found.output_names == (trainer.prepared.dataset.target_name,)

    def test_everything_can_cross_to_another_process(self, small):
        trainer = Trainer(small())
        found = anatomy_of(trainer, EVERYTHING)
        again = pickle.loads(pickle.dumps(found))
        np.testing.assert_array_equal(again.columns[1].tiles, found.columns[1].tiles)
        np.testing.assert_array_equal(again.space.winners, found.space.winners)


def live_arrays(trainer):
    return [trainer.network.parameters, trainer.network.gradients]


class TestNumbers:
    def test_tiles_and_activities_are_what_the_neurons_answer(self, small):
        trainer = Trainer(small())
        trainer.train(40)
        observer = Observer(trainer)
        columns = observer.anatomy(Plane(), GRAPH, Spreads()).columns
        x = [-1.5 + 4.0 * (i + 0.5) / 5 for i in range(5)]
        y = [1.5 - 2.5 * (i + 0.5) / 4 for i in range(4)]
        raw = np.array([[a, b] for b in y for a in x])
        preparation, layer = trainer.prepared.preparation, trainer.network.dense_layers[0]
        pixels, train = (
            np.tanh(preparation.inputs(points) @ layer.weights + layer.biases)
            for points in (raw, trainer.prepared.train.inputs)
        )
        for unit in range(5):
            answers = pixels[:, unit]
            assert columns[1].scales[unit] == pytest.approx(np.abs(answers).max(), abs=1e-6)
            shares = answers / np.abs(answers).max() * 7
            tile = columns[1].tiles[unit].ravel()
            assert np.abs(tile - shares).max() < 0.5 + 1e-4
        assert columns[1].activities == pytest.approx(np.abs(train).mean(axis=0), abs=1e-6)
        assert columns[1].tiles.shape == (5, 4, 5)

    def test_the_picture_of_a_neuron_is_what_it_answers(self, small):
        trainer = Trainer(small())
        trainer.train(40)
        observer = Observer(trainer)
        neuron = observer.anatomy(Plane(), EVERYTHING, Spreads()).neuron
        raw = field_points(PICTURE, plane_map(trainer.prepared, Plane()), is_curve=False)
        layer = trainer.network.dense_layers[0]
        sums = trainer.prepared.preparation.inputs(raw) @ layer.weights + layer.biases
        expected = np.tanh(sums[:, 2]).reshape(7, 9)
        np.testing.assert_allclose(neuron.field, expected, atol=1e-5)
        assert neuron.activation == "tanh"

    def test_gradients_are_those_of_loss_and_penalty_over_the_training_points(self, small):
        keys = {"dtype": "float64", "regularization.l2": 0.01, "layers.*.dropout": 0.4}
        trainer = Trainer(small(keys))
        trainer.train(40)
        found = anatomy_of(trainer, EVERYTHING)
        parameters, h = trainer.network.parameters, 1e-6

        def loss():
            evaluation = trainer.evaluate()
            return evaluation.train_loss + evaluation.penalty

        first = trainer.network.dense_layers[0].parameters.size
        second = trainer.network.dense_layers[1].parameters
        slopes = []
        for index in range(first, first + second.size):
            before = parameters[index]
            parameters[index] = before + h
            above = loss()
            parameters[index] = before - h
            slopes.append((above - loss()) / (2 * h))
            parameters[index] = before
        expected = np.reshape(slopes, second.shape)
        np.testing.assert_allclose(found.layer.gradients, expected, atol=1e-7)
        np.testing.assert_allclose(found.neuron.outgoing_gradients, expected[2], atol=1e-7)
        np.testing.assert_array_equal(found.layer.weights, second)

    def test_points_of_a_space_come_in_the_order_of_the_scene(self, small):
        trainer = Trainer(small())
        trainer.train(40)
        observer = Observer(trainer)
        request = asking(space=SpaceRequest(1, SpaceAxes("units", 3, 1), 0, 0))
        space = observer.anatomy(Plane(), request, Spreads()).space
        train, test = trainer.prepared.train, trainer.prepared.test
        raw = np.concatenate([train.inputs, test.inputs])
        layer = trainer.network.dense_layers[0]
        answers = np.tanh(trainer.prepared.preparation.inputs(raw) @ layer.weights + layer.biases)
        np.testing.assert_allclose(space.x, answers[:, 3], atol=1e-6)
        np.testing.assert_allclose(space.y, answers[:, 1], atol=1e-6)
        assert (space.x_label, space.y_label) == ("neuron 4", "neuron 2")
        assert space.winners is None
        last = len(trainer.network.dense_layers)
        request = asking(space=SpaceRequest(last, SpaceAxes("units", 1, 0), 0, 0))
        outputs = observer.anatomy(Plane(), request, Spreads()).space
        # The classes are called 0 and 1, which could be taken for numbers on the axis.
        assert (outputs.x_label, outputs.y_label) == ("output 1", "output 0")

    def test_the_grid_covers_the_points_of_the_scene(self, small):
        trainer = Trainer(small({"layers": [], "data.standardize": False}))
        observer = Observer(trainer)
        request = asking(space=SpaceRequest(1, SpaceAxes("units"), 6, 8))
        space = observer.anatomy(Plane(), request, Spreads()).space
        scene = observer.scene(Plane())
        assert space.grid.shape == (2 * GRID_LINES, POINTS_OF_A_LINE, 2)
        for axis, places in enumerate((scene.x, scene.y)):
            across = space.grid[axis * GRID_LINES : (axis + 1) * GRID_LINES, :, axis]
            # Without a hidden layer nothing is bent: each line stays at its place.
            expected = np.linspace(places.min(), places.max(), GRID_LINES)
            np.testing.assert_allclose(
                across, np.tile(expected, (POINTS_OF_A_LINE, 1)).T, atol=1e-5
            )
        assert space.column == 0
        assert (space.x_label, space.y_label) == ("x1", "x2")

    def test_spreads_are_sent_with_a_layer(self, small):
        trainer, spreads = Trainer(small()), Spreads()
        for _ in range(4):
            trainer.train(5)
            spreads.record(trainer.steps, trainer.network)
        layer = anatomy_of(trainer, EVERYTHING, spreads=spreads).layer
        assert layer.weight_spread.steps.tolist() == [5, 10, 15, 20]
        assert layer.gradient_spread.steps.tolist() == [5, 10, 15, 20]
        largest = trainer.network.dense_layers[1].parameters.max()
        assert layer.weight_spread.quantiles[-1, -1] == pytest.approx(float(largest))

    def test_later_answers_show_what_has_been_learnt_and_earlier_ones_stay(self, small):
        trainer = Trainer(small())
        observer = Observer(trainer)
        first = observer.anatomy(Plane(), EVERYTHING, Spreads())
        before = pickle.dumps(first)
        trainer.train(60)
        second = observer.anatomy(Plane(), EVERYTHING, Spreads())
        assert pickle.dumps(first) == before
        assert (first.columns[1].weights != second.columns[1].weights).any()
        assert (first.neuron.field != second.neuron.field).any()
        assert (first.space.x != second.space.x).any()
        assert (first.layer.gradients != second.layer.gradients).any()

    def test_edits_and_other_data_are_taken_in(self, small):
        trainer = Trainer(small())
        observer = Observer(trainer)
        observer.anatomy(Plane(), EVERYTHING, Spreads())
        trainer.apply(small({"layers.0.silenced_units": [3], "layers.1.frozen_units": [1]}))
        found = observer.anatomy(Plane(), EVERYTHING, Spreads())
        assert found.columns[1].silenced.tolist() == [False, False, True]
        assert found.neuron.silenced
        assert found.columns[2].frozen.tolist() == [True, False, False]
        assert not found.layer.gradients[:, 0].any()
        # What a silenced neuron would answer is still shown, but nothing comes of it.
        assert found.neuron.field.any()
        observer.trainer = Trainer(small({"data.source": "circle", "layers.0.units": 7}))
        found = observer.anatomy(Plane(), EVERYTHING, Spreads())
        assert found.units[:2] == (2, 7)


EXPERIMENTS = {
    "no hidden layers": {"data": {"source": "moons"}, "layers": []},
    "one neuron a layer": {"data": {"source": "spiral"}, "layers": [{"units": 1}, {"units": 1}]},
    "one input": {"data": {"source": "sine"}, "layers": [{"units": 4}]},
    "a regression": {"data": {"source": "plane"}, "layers": [{"units": 4}]},
    "ten classes": {"data": {"source": "digits"}, "layers": [{"units": 12}, {"units": 6}]},
    "two classes, one output": {
        "data": {"source": "moons"},
        "layers": [{"units": 4}],
        "output": SIGMOID,
    },
    "wide": {"data": {"source": "moons", "samples": 40}, "layers": [{"units": 600}]},
    "a perceptron": {
        "data": {"source": "moons"},
        "layers": [],
        "output": {"activation": "step"},
        "optimizer": {"name": "perceptron"},
    },
}


class TestEveryNetwork:
    @pytest.mark.parametrize("name", EXPERIMENTS)
    @pytest.mark.parametrize("kind", ["units", "components", "output"])
    @pytest.mark.parametrize("is_diverged", [False, True])
    def test_everything_is_told_of_every_column(self, name, kind, is_diverged):
        trainer = Trainer(from_plain(EXPERIMENTS[name]))
        trainer.train(10)
        if is_diverged:
            trainer.network.parameters[::3] = np.nan
            trainer.network.parameters[1::3] = 3e38
        observer = Observer(trainer)
        columns = len(trainer.network.dense_layers) + 1
        classes = trainer.coding.classes
        for column in range(columns + 1):
            request = AnatomyRequest(
                tiles=TILE,
                windows=(Window(0, 4),),
                neuron=Neuron(column, 99),
                enlarged=PICTURE,
                layer=LayerRequest(column, 8, 8, 4),
                space=SpaceRequest(column, SpaceAxes(kind, 0, 1), 6, 8),
            )
            found = observer.anatomy(Plane(), request, Spreads())
            assert found.units == tuple(c.total for c in found.columns)
            for shown in found.columns:
                assert shown.tiles.shape == (len(shown.scales), 4, 5)
            assert found.neuron.neuron.column == min(column, columns - 1)
            assert found.neuron.field.shape == (7, 9)
            assert found.layer.column == min(max(column, 1), columns - 1)
            space = found.space
            assert space.x.shape == observer.scene(Plane()).x.shape
            assert np.isfinite(space.area).all()
            shown_column = min(column, columns - 1) if columns > 2 else 0
            assert space.column == shown_column
            has_winners = classes > 0 and shown_column == columns - 2
            assert (space.winners is not None) == has_winners
            if not is_diverged:
                assert np.isfinite(space.x).all()

    @pytest.mark.parametrize("name", ["no hidden layers", "a perceptron"])
    def test_without_hidden_layers_the_inputs_are_divided_by_a_straight_line(self, name):
        trainer = Trainer(from_plain(EXPERIMENTS[name]))
        trainer.train(300)
        request = asking(space=SpaceRequest(1, SpaceAxes("units", 0, 1), 12, 16))
        space = anatomy_of(trainer, request).space
        x_low, x_high, y_low, y_high = space.area
        weights, biases = (
            numbers.astype(float)
            for numbers in (
                trainer.network.dense_layers[0].weights,
                trainer.network.dense_layers[0].biases,
            )
        )
        if weights.shape[1] == 1:
            weights, biases = np.hstack([-weights, weights]), np.hstack([-biases, biases])
        for row, column in np.ndindex(12, 16):
            x = x_low + (column + 0.5) / 16 * (x_high - x_low)
            y = y_high - (row + 0.5) / 12 * (y_high - y_low)
            sums = [x * weights[0, k] + y * weights[1, k] + biases[k] for k in range(2)]
            assert space.winners[row, column] == sums.index(max(sums))
        assert len(np.unique(space.winners)) == 2

    def test_with_one_input_a_tile_shows_the_curve_in_every_row(self):
        trainer = Trainer(from_plain(EXPERIMENTS["one input"]))
        found = anatomy_of(trainer, EVERYTHING)
        for column in found.columns:
            assert (column.tiles == column.tiles[:, :1]).all()
        assert found.columns[0].tiles[0, 0].tolist() == sorted(found.columns[0].tiles[0, 0])
        assert (found.neuron.field == found.neuron.field[:1]).all()
        assert found.space.grid.shape[0] == 0

    def test_pixels_that_are_too_large_for_a_feature_leave_the_pictures_out(self):
        plain = {"data": {"source": "moons", "features": ["x1^2", "x2"]}, "layers": [{"units": 3}]}
        trainer = Trainer(from_plain(plain))
        far = FieldRequest(columns=5, rows=4, x_low=1e200, x_high=1e201, y_low=0.0, y_high=1.0)
        request = AnatomyRequest(
            tiles=far, windows=(Window(0, 9),), neuron=Neuron(1, 0), enlarged=far
        )
        found = anatomy_of(trainer, request)
        assert found.columns[1].tiles.shape[1] == 0
        assert found.columns[1].activities.all()
        assert len(found.neuron.field) == 0

    def test_of_a_large_network_pictures_are_coarser_but_of_the_same_size(self, monkeypatch):
        monkeypatch.setattr("nntui.training.neuron_pictures.MOST_PRODUCTS", 15 * 10)
        trainer = Trainer(from_plain({"data": {"source": "moons"}, "layers": [{"units": 5}]}))
        neuron = anatomy_of(trainer, EVERYTHING).neuron
        assert neuron.field.shape == (7, 9)
        assert len(np.unique(neuron.field)) <= 10

    def test_of_a_large_network_some_points_of_a_space_are_left_out(self, monkeypatch):
        trainer = Trainer(from_plain({"data": {"source": "moons"}, "layers": [{"units": 5}]}))
        request = asking(space=SpaceRequest(1, SpaceAxes("components"), 6, 8))
        whole = anatomy_of(trainer, request).space
        monkeypatch.setattr("nntui.training.space_inspection.MOST_PRODUCTS", 15 * 30)
        space = anatomy_of(trainer, request).space
        known = np.isfinite(space.x)
        assert known.sum() == 30
        assert space.x.shape == whole.x.shape
        np.testing.assert_allclose(space.x[known], whole.x[known], atol=1e-6)
        np.testing.assert_array_equal(np.isfinite(space.y), known)

    def test_pixels_grow_until_there_are_few_enough(self):
        found = coarser(PICTURE, 16, is_curve=False)
        assert (found.rows, found.columns) == (3, 3)
        assert (found.x_low, found.y_high) == (PICTURE.x_low, PICTURE.y_high)
        assert coarser(PICTURE, 63, is_curve=False) == PICTURE
        found = coarser(PICTURE, 5, is_curve=True)
        assert (found.rows, found.columns) == (1, 5)


class TestTheLiveRun:
    def test_it_goes_on_bit_for_bit_as_if_it_had_not_been_observed(
        self, small, random_keys, fingerprint
    ):
        keys = {**random_keys, "layers.0.silenced_units": [2], "layers.1.frozen_units": [1]}
        alone, watched = Trainer(small(keys)), Trainer(small(keys))
        observer, spreads = Observer(watched), Spreads()
        for _ in range(12):
            alone.train(3)
            watched.train(3)
            gradients = watched.network.gradients.copy()
            spreads.record(watched.steps, watched.network)
            for kind in ("units", "components", "output"):
                request = AnatomyRequest(
                    tiles=TILE,
                    windows=(Window(0, 9),),
                    neuron=Neuron(1, 0),
                    enlarged=PICTURE,
                    layer=EVERYTHING.layer,
                    space=SpaceRequest(2, SpaceAxes(kind), 12, 16),
                )
                found = observer.anatomy(Plane(), request, spreads)
            np.testing.assert_array_equal(watched.network.gradients, gradients)
            assert fingerprint(watched) == fingerprint(alone)
        assert not math.isnan(found.neuron.mean)

    def test_no_array_of_the_trainer_is_handed_out(self, small):
        trainer = Trainer(small())
        found = anatomy_of(trainer, EVERYTHING)
        seen = [found.columns[1].weights, found.columns[1].biases, found.neuron.incoming]
        seen += [found.neuron.outgoing, found.layer.weights, found.layer.gradients]
        assert not any(np.shares_memory(a, b) for a in seen for b in live_arrays(trainer))
