"""A data set: points, what is to be learnt about them, and what everything is called."""

from dataclasses import dataclass, replace
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from nntui.data.facts import Task

FloatArray: TypeAlias = NDArray[np.float64]
IntArray: TypeAlias = NDArray[np.int64]
BoolArray: TypeAlias = NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Dataset:
    """Points with their targets, as they were made or read: not yet standardized or split.

    Attributes:
        name: What the data set is called, such as ``spiral`` or ``flowers.csv``.
        inputs: The raw columns, float64, shape (points, columns).
        targets: For classification the number of each point's class, int64, shape (points,),
            counted from 0 in the order of ``class_names``; for regression the value to predict,
            float64, shape (points,), in the data's own units.
        input_names: The name of each raw column.
        class_names: The name of each class; empty for regression.
        target_name: What is predicted: the name of the label column.
        dropped_rows: How many rows of the file were left out because a value was missing.
    """

    name: str
    inputs: FloatArray
    targets: FloatArray | IntArray
    input_names: tuple[str, ...]
    class_names: tuple[str, ...] = ()
    target_name: str = "target"
    dropped_rows: int = 0

    @property
    def task(self) -> Task:
        """Whether a class or a number is to be predicted."""
        return "classification" if self.class_names else "regression"

    def __len__(self) -> int:
        return len(self.inputs)

    def subset(self, indices: IntArray) -> "Dataset":
        """Return a copy that holds only some of the points.

        Args:
            indices: Which points, counted from 0, shape (kept points,); their order is kept.
        """
        return replace(self, inputs=self.inputs[indices], targets=self.targets[indices])
