"""The points on a plane: which plane, and the way there and back."""

import numpy as np
import pytest

from nntui.data.dataset import Dataset
from nntui.data.preparation import prepare
from nntui.training.assembly import prepare_data
from nntui.training.components import principal_components
from nntui.training.plane import fitting_plane, plane_map
from nntui.training.scene import make_scene, scene_raw_points
from nntui.training.snapshot import Plane
from nntui.training.thinning import evenly_chosen


def prepared_of(inputs, targets, **facts):
    names = tuple(f"column {number}" for number in range(1, inputs.shape[1] + 1))
    dataset = Dataset("a table", inputs, targets, names, **facts)
    return prepare(dataset, test_fraction=0.25, generator=np.random.default_rng(0))


def cloud(columns, points=40, classes=("no", "yes")):
    """Return random points of two classes, with a different scale for each column."""
    generator = np.random.default_rng(columns)
    inputs = generator.normal(size=(points, columns)) * 10.0 ** np.arange(columns) + 5.0
    return prepared_of(inputs, np.arange(points) % 2, class_names=classes)


class TestTwoInputs:
    def test_the_points_are_where_their_columns_say(self):
        prepared = cloud(2)
        scene = make_scene(prepared, plane_map(prepared, Plane()), 1)
        raw = np.concatenate([prepared.train.inputs, prepared.test.inputs])
        assert np.array_equal(np.stack([scene.x, scene.y], axis=1), raw)
        assert (scene.x_label, scene.y_label, scene.note) == ("column 1", "column 2", "")
        assert scene.is_test.tolist() == [False] * 30 + [True] * 10
        assert scene.targets.tolist() == [*prepared.train.targets, *prepared.test.targets]
        assert not scene.is_curve

    @pytest.mark.parametrize("wanted", [Plane("components"), Plane("axes", 1, 0), Plane("axes", 7)])
    def test_there_is_only_one_plane(self, wanted):
        assert fitting_plane(wanted, 2) == Plane()

    def test_the_way_back(self):
        raw = plane_map(cloud(2), Plane()).raw_points(np.array([0.5, 2.0]), np.array([-1.0, 3.0]))
        assert raw.tolist() == [[0.5, -1.0], [2.0, 3.0]]


class TestMoreInputs:
    def test_a_pair_of_axes_holds_the_others_at_their_mean(self):
        prepared = cloud(4)
        plane = plane_map(prepared, Plane("axes", 3, 1))
        raw = plane.raw_points(np.array([7.0]), np.array([-2.0]))[0]
        means = [sum(column) / 30 for column in prepared.train.inputs.T.tolist()]
        assert raw == pytest.approx([means[0], -2.0, means[2], 7.0])
        assert plane.labels == ("column 4", "column 2")
        assert plane.note == "2 others at the mean"
        scene = make_scene(prepared, plane, 1)
        assert scene.x[:30].tolist() == prepared.train.inputs[:, 3].tolist()
        assert scene.y[:30].tolist() == prepared.train.inputs[:, 1].tolist()

    def test_columns_that_do_not_exist_are_replaced(self):
        assert fitting_plane(Plane("axes", 9, -1), 4) == Plane("axes", 3, 0)
        assert fitting_plane(Plane("axes", 2, 2), 4) == Plane("axes", 2, 0)
        assert fitting_plane(Plane("axes", 0, 0), 4) == Plane("axes", 0, 1)
        assert fitting_plane(Plane("components", 2, 2), 4) == Plane("components")

    def test_three_inputs_leave_one_other(self):
        assert plane_map(cloud(3), Plane()).note == "1 other at the mean"

    def test_components_there_and_back(self):
        plane = plane_map(cloud(4), Plane("components"))
        places = np.array([[0.0, 0.0], [1.5, -0.5], [-2.0, 3.0]])
        raw = plane.raw_points(places[:, 0], places[:, 1])
        assert plane.places(raw) == pytest.approx(places)
        assert raw[0] == pytest.approx(cloud(4).train.inputs.mean(axis=0))
        assert plane.note == "principal components"

    def test_components_of_iris(self, small):
        # The eigenvalues of the correlation matrix of all 150 flowers are known:
        # 2.9185, 0.9140, 0.1468, 0.0207, that is 73.0 %, 22.9 %, ... (R's prcomp(scale. = TRUE)).
        experiment = small({"data.source": "iris", "data.test_fraction": 0.0})
        plane = plane_map(prepare_data(experiment.data), Plane("components"))
        assert plane.labels == ("PC 1 (73 %)", "PC 2 (23 %)")


class TestComponents:
    def test_a_cloud_whose_axes_are_known(self):
        # Points at ±3 along (3, 4) / 5 and ±1 across: variances 9 and 1 in these directions.
        along, across = np.array([0.6, 0.8]), np.array([0.8, -0.6])
        points = np.array([3 * along, -3 * along, across, -across])
        found = principal_components(points, 2)
        assert found.directions == pytest.approx(np.array([along, across]))
        assert found.shares == pytest.approx([0.9, 0.1])

    def test_they_are_at_right_angles_and_of_length_one(self):
        values = np.random.default_rng(0).normal(size=(30, 7))
        directions = principal_components(values, 2).directions
        assert directions @ directions.T == pytest.approx(np.eye(2))

    @pytest.mark.parametrize("points", [0, 1])
    def test_fewer_points_than_components(self, points):
        found = principal_components(np.ones((points, 5)), 2)
        assert np.isfinite(found.directions).all()
        assert found.shares.tolist() == pytest.approx([float(points), 0.0])

    def test_points_that_are_all_the_same(self):
        assert principal_components(np.zeros((9, 3)), 2).shares.tolist() == [0.0, 0.0]


class TestOneInput:
    def test_a_regression_stands_over_its_input(self):
        inputs = np.linspace(-1, 1, 20)[:, np.newaxis]
        prepared = prepared_of(inputs, inputs[:, 0] ** 2 * 100.0, target_name="height")
        plane = plane_map(prepared, Plane("components"))
        scene = make_scene(prepared, plane, 3)
        assert scene.is_curve
        assert scene.y.tolist() == scene.targets.tolist()
        assert (scene.x_label, scene.y_label) == ("column 1", "height")
        assert (scene.target_low, scene.target_high) == (
            min(prepared.train.targets),
            max(prepared.train.targets),
        )
        assert plane.raw_points(np.array([0.25]), np.array([9.0])).tolist() == [[0.25]]

    def test_classes_lie_along_the_edge(self):
        scene_data = cloud(1)
        scene = make_scene(scene_data, plane_map(scene_data, Plane()), 3)
        assert scene.is_curve
        assert not scene.y.any()


class TestThinning:
    def test_few_points_are_all_shown(self):
        assert evenly_chosen(5, 10).tolist() == [0, 1, 2, 3, 4]

    @pytest.mark.parametrize(("count", "most"), [(10, 9), (1000, 7), (12_345, 2000)])
    def test_many_are_chosen_evenly(self, count, most):
        chosen = evenly_chosen(count, most)
        assert len(chosen) == len(set(chosen.tolist())) == most
        gaps = np.diff(chosen)
        assert gaps.max() - gaps.min() <= 1
        assert 0 <= chosen[0] <= chosen[-1] < count

    def test_a_large_data_set_shows_its_share_of_test_points(self):
        prepared = cloud(2, points=10_000)
        scene = make_scene(prepared, plane_map(prepared, Plane()), 1)
        assert len(scene.x) == 2000
        assert scene.is_test.sum() == 500
        assert scene.hidden_points == 8000
        raw = scene_raw_points(prepared)
        assert np.array_equal(raw, np.stack([scene.x, scene.y], axis=1))


class TestNames:
    def test_what_a_terminal_would_act_on_is_made_visible(self):
        prepared = cloud(2, classes=("a\x1b[31m", "b"))
        scene = make_scene(prepared, plane_map(prepared, Plane()), 1)
        assert scene.class_names == ("a\\x1b[31m", "b")
