"""The points of a data set as they are drawn: thinned out, on one plane."""

import numpy as np

from nntui.data.dataset import Dataset, FloatArray
from nntui.data.preparation import Prepared
from nntui.quoting import printable
from nntui.training.plane import PlaneMap
from nntui.training.snapshot import Scene
from nntui.training.thinning import evenly_chosen

MOST_POINTS = 2000
"""How many points a scene shows at most."""


def shown_points(prepared: Prepared) -> tuple[Dataset, Dataset]:
    """Choose the training and the test points that a scene shows, each in its share."""
    train, test = len(prepared.train), len(prepared.test)
    of_train = -(-MOST_POINTS * train // (train + test))
    return (
        prepared.train.subset(evenly_chosen(train, of_train)),
        prepared.test.subset(evenly_chosen(test, MOST_POINTS - of_train)),
    )


def make_scene(prepared: Prepared, plane: PlaneMap, identity: int) -> Scene:
    """Make the scene of a data set.

    Args:
        prepared: The data.
        plane: The plane that it is seen on.
        identity: The scene's number.
    """
    dataset = prepared.dataset
    train, test = shown_points(prepared)
    raw = np.concatenate([train.inputs, test.inputs])
    targets = np.concatenate([train.targets, test.targets]).astype(np.float64)
    is_curve = len(dataset.input_names) == 1
    is_regression = dataset.task == "regression"
    places = plane.places(raw)
    return Scene(
        identity=identity,
        plane=plane.plane,
        task=dataset.task,
        title=printable(dataset.name),
        input_names=tuple(printable(name) for name in dataset.input_names),
        class_names=tuple(printable(name) for name in dataset.class_names),
        target_name=printable(dataset.target_name),
        x_label=plane.labels[0],
        y_label=_curve_label(dataset) if is_curve else plane.labels[1],
        note=plane.note,
        is_curve=is_curve,
        x=places[:, 0],
        y=targets if is_curve and is_regression else places[:, 1],
        targets=targets,
        is_test=np.arange(len(raw)) >= len(train),
        hidden_points=len(prepared.train) + len(prepared.test) - len(raw),
        target_low=_end(prepared.train.targets.min()) if is_regression else 0.0,
        target_high=_end(prepared.train.targets.max()) if is_regression else 0.0,
    )


def scene_raw_points(prepared: Prepared) -> FloatArray:
    """Return the raw columns of a scene's points, in its order, (points, columns)."""
    return np.concatenate([part.inputs for part in shown_points(prepared)])


def _curve_label(dataset: Dataset) -> str:
    if dataset.task == "regression":
        return printable(dataset.target_name)
    return "output of each class"


def _end(value: np.generic) -> float:
    return float(value.item())
