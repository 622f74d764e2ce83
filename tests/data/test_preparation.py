"""Making data ready to learn, and remembering how."""

import json
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nntui.data.dataset import Dataset
from nntui.data.preparation import Preparation, prepare
from nntui.data.standardize import Standardizer
from nntui.errors import DataError, ModelFileError

finite = st.floats(allow_nan=False, allow_infinity=False)


def classification(points=40):
    generator = np.random.default_rng(5)
    return Dataset(
        name="made up",
        inputs=generator.normal(3.0, 2.0, (points, 2)),
        targets=np.arange(points) % 2,
        input_names=("x1", "x2"),
        class_names=("a", "b"),
    )


def regression(points=40):
    dataset = classification(points)
    return replace(dataset, targets=dataset.inputs.sum(axis=1) * 100.0, class_names=())


def prepared(dataset, seed=0, **settings):
    return prepare(dataset, generator=np.random.default_rng(seed), **settings)


def test_the_parts_share_the_points_out():
    ready = prepared(classification(), test_fraction=0.25)
    assert len(ready.train) == 30
    assert len(ready.test) == 10
    rows = [tuple(row) for part in (ready.train, ready.test) for row in part.inputs]
    assert sorted(rows) == sorted(map(tuple, ready.dataset.inputs))
    assert ready.train.class_names == ("a", "b")


def test_points_keep_their_targets():
    ready = prepared(regression())
    for part in (ready.train, ready.test):
        assert part.targets == pytest.approx(part.inputs.sum(axis=1) * 100.0)


def test_training_inputs_are_standardized():
    ready = prepared(classification(), features=("x1", "x1^2"))
    inputs = ready.preparation.inputs(ready.train.inputs)
    assert inputs.mean(axis=0) == pytest.approx([0.0, 0.0], abs=1e-9)
    assert inputs.std(axis=0) == pytest.approx([1.0, 1.0])
    assert ready.preparation.feature_names == ("x1", "x1^2")


@pytest.mark.parametrize("dataset", [classification(), regression()], ids=["classes", "values"])
def test_nothing_of_the_test_points_is_learnt(dataset):
    ready = prepared(dataset, features=("x1", "x2^2"))
    is_test = np.isin(dataset.inputs[:, 0], ready.test.inputs[:, 0])
    assert is_test.sum() == len(ready.test)
    changed = dataset.inputs.copy()
    changed[is_test] *= 1000.0
    targets = dataset.targets.copy()
    if dataset.task == "regression":
        targets[is_test] += 1e6
    other = prepared(replace(dataset, inputs=changed, targets=targets), features=("x1", "x2^2"))
    assert other.preparation.to_dict() == ready.preparation.to_dict()


def test_regression_targets_are_standardized_and_come_back():
    ready = prepared(regression())
    targets = ready.preparation.targets(ready.train.targets)
    assert targets.shape == ready.train.targets.shape
    assert targets.mean() == pytest.approx(0.0, abs=1e-9)
    assert targets.std() == pytest.approx(1.0)
    assert ready.preparation.original_targets(targets) == pytest.approx(ready.train.targets)
    column = ready.preparation.original_targets(targets[:, np.newaxis])
    assert column[:, 0] == pytest.approx(ready.train.targets)


def test_class_numbers_stay_as_they_are():
    ready = prepared(classification())
    targets = ready.preparation.targets(ready.train.targets)
    assert targets.dtype == np.int64
    assert np.array_equal(targets, ready.train.targets)


def test_without_standardizing_everything_stays_as_it_is():
    ready = prepared(regression(), standardize=False)
    assert np.array_equal(ready.preparation.inputs(ready.train.inputs), ready.train.inputs)
    assert np.array_equal(ready.preparation.targets(ready.train.targets), ready.train.targets)


def test_without_a_test_part():
    ready = prepared(classification(), test_fraction=0.0)
    assert len(ready.test) == 0
    assert ready.preparation.inputs(ready.test.inputs).shape == (0, 2)


def test_the_seed_alone_decides():
    first, same, other = (prepared(regression(), seed) for seed in (1, 1, 2))
    assert np.array_equal(first.train.inputs, same.train.inputs)
    assert not np.array_equal(first.train.inputs, other.train.inputs)


def test_unknown_features_are_refused():
    with pytest.raises(DataError, match=r"data\.features"):
        prepared(classification(), features=("x7",))


def test_a_test_point_too_large_for_a_feature_is_refused():
    dataset = classification()
    test_point = prepared(dataset).test.inputs[0, 0]
    inputs = np.where(dataset.inputs == test_point, 1e200, dataset.inputs)
    with pytest.raises(DataError, match="too large"):
        prepared(replace(dataset, inputs=inputs), features=("x1^2",))


@given(
    mean=st.lists(finite, min_size=2, max_size=2),
    scale=st.lists(st.floats(5e-324, 1e308), min_size=2, max_size=2),
    target=finite,
)
def test_the_round_trip_through_json_is_exact(mean, scale, target):
    preparation = Preparation(
        ("sepal length", "x\u0301"),
        ("x1", "x1*x2"),
        Standardizer(np.array(mean), np.array(scale)),
        Standardizer(np.array([target]), np.array([1.0])),
    )
    back = Preparation.from_dict(json.loads(json.dumps(preparation.to_dict())))
    assert back.to_dict() == preparation.to_dict()
    assert back.input_names == preparation.input_names
    assert back.features == preparation.features
    assert np.array_equal(back.standardizer.mean, preparation.standardizer.mean)
    assert np.array_equal(back.standardizer.scale, preparation.standardizer.scale)
    assert back.target_standardizer is not None
    assert back.target_standardizer.mean[0] == target


def test_a_preparation_from_a_file_works_like_the_first():
    ready = prepared(classification(), features=("x1", "sin(x2)"))
    back = Preparation.from_dict(json.loads(json.dumps(ready.preparation.to_dict())))
    raw = ready.test.inputs
    assert np.array_equal(back.inputs(raw), ready.preparation.inputs(raw))
    assert back.target_standardizer is None


def damaged(path, value):
    values = prepared(regression()).preparation.to_dict()
    inner = values
    for key in path[:-1]:
        inner = inner[key]
    if value is None:
        del inner[path[-1]]
    else:
        inner[path[-1]] = value
    return values


@pytest.mark.parametrize(
    ("path", "value", "words"),
    [
        (("input_names",), None, "preparation.input_names"),
        (("input_names",), "x1", "preparation.input_names"),
        (("input_names",), [1, 2], "preparation.input_names"),
        (("input_names",), [], "preparation.input_names"),
        (("input_names",), ["x1", "x1"], "preparation.input_names"),
        (("features",), ["x9"], "preparation.features"),
        (("features",), ["x1"], "preparation.standardizer.mean"),
        (("features",), None, "preparation.features"),
        (("standardizer",), None, "preparation.standardizer"),
        (("standardizer",), [1.0], "preparation.standardizer"),
        (("standardizer", "mean"), [1.0], "preparation.standardizer.mean"),
        (("standardizer", "mean"), [1.0, "2"], "preparation.standardizer.mean"),
        (("standardizer", "mean"), [1.0, True], "preparation.standardizer.mean"),
        (("standardizer", "mean"), [1.0, float("nan")], "preparation.standardizer.mean"),
        (("standardizer", "mean"), [1.0, 10**400], "preparation.standardizer.mean"),
        (("standardizer", "mean"), [1.0, {}], "preparation.standardizer.mean"),
        (("standardizer", "scale"), [1.0, 0.0], "preparation.standardizer.scale"),
        (("standardizer", "scale"), [1.0, -1.0], "preparation.standardizer.scale"),
        (("target_standardizer",), None, "preparation.target_standardizer"),
        (("target_standardizer", "scale"), [1.0, 1.0], "preparation.target_standardizer.scale"),
    ],
)
def test_damaged_model_files_are_refused(path, value, words):
    with pytest.raises(ModelFileError) as error:
        Preparation.from_dict(damaged(path, value))
    assert words in str(error.value)


@pytest.mark.parametrize("values", [None, [], "text", 3, {}])
def test_what_is_no_preparation_at_all_is_refused(values):
    with pytest.raises(ModelFileError, match="preparation"):
        Preparation.from_dict(values)
