"""The value that a data set is."""

from dataclasses import FrozenInstanceError

import numpy as np
import pytest

from nntui.data.dataset import Dataset

DATASET = Dataset(
    name="points",
    inputs=np.array([[1.0], [2.0], [3.0]]),
    targets=np.array([0, 1, 1]),
    input_names=("x1",),
    class_names=("a", "b"),
    dropped_rows=4,
)


def test_a_subset_keeps_names_and_order():
    subset = DATASET.subset(np.array([2, 0]))
    assert subset.inputs.tolist() == [[3.0], [1.0]]
    assert subset.targets.tolist() == [1, 0]
    assert subset.class_names == ("a", "b")
    assert subset.dropped_rows == 4
    assert len(subset) == 2


def test_a_subset_is_a_copy():
    subset = DATASET.subset(np.array([0]))
    subset.inputs[0, 0] = 99.0
    assert DATASET.inputs[0, 0] == 1.0


def test_a_dataset_is_frozen():
    with pytest.raises(FrozenInstanceError):
        DATASET.name = "other"
