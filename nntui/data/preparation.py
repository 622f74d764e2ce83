"""Make a data set ready to learn: choose features, split it, standardize it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast

import numpy as np

from nntui.data.dataset import Dataset, FloatArray, IntArray
from nntui.data.features import choose_features, feature_values
from nntui.data.plain import Plain, PlainReader
from nntui.data.split import split
from nntui.data.standardize import Standardizer
from nntui.errors import DataError, ModelFileError


@dataclass(frozen=True, eq=False)
class Preparation:
    """How raw columns become what a network is given, and its answers become what was asked.

    It is learnt from the training points alone and saved with the network.

    Attributes:
        input_names: The names of the raw columns, in order.
        features: The names of the features; empty for every raw column as it is.
        standardizer: The change of scale of the features.
        target_standardizer: The change of scale of the value to predict, one column; None for
            classes.
    """

    input_names: tuple[str, ...]
    features: tuple[str, ...]
    standardizer: Standardizer
    target_standardizer: Standardizer | None = None

    @property
    def feature_names(self) -> tuple[str, ...]:
        """The name of each number that the network is given."""
        return tuple(feature.name for feature in choose_features(self.features, self.input_names))

    def inputs(self, raw: FloatArray) -> FloatArray:
        """Compute what the network is given.

        Args:
            raw: The raw columns, shape (points, columns).

        Returns:
            The standardized features, float64, shape (points, features).
        """
        return self.standardizer.transform(feature_values(raw, self.features, self.input_names))

    def targets(self, raw: FloatArray | IntArray) -> FloatArray | IntArray:
        """Compute what the network should answer, shape (points,).

        Class numbers stay as they are; values are standardized.
        """
        if self.target_standardizer is None:
            return raw
        return self.target_standardizer.transform(raw.astype(np.float64))

    def original_targets(self, standardized: FloatArray) -> FloatArray:
        """Bring predicted values back to the data's own units.

        The shape, (points,) or (points, 1), stays. For classes there is nothing to bring back.
        """
        if self.target_standardizer is None:
            return standardized
        return self.target_standardizer.inverse(standardized)

    def to_dict(self) -> dict[str, Plain]:
        """Return everything as lists, texts and numbers that JSON keeps exactly."""
        target = self.target_standardizer
        return {
            "input_names": list(self.input_names),
            "features": list(self.features),
            "standardizer": _standardizer_to_dict(self.standardizer),
            "target_standardizer": None if target is None else _standardizer_to_dict(target),
        }

    @classmethod
    def from_dict(cls, values: object) -> "Preparation":
        """Rebuild a preparation from what ``to_dict`` returned, trusting nothing in it.

        Raises:
            ModelFileError: Something is missing, of the wrong type or does not fit the rest.
        """
        reader = PlainReader(values, "preparation")
        input_names = reader.texts("input_names")
        features = reader.texts("features")
        if not input_names or len(set(input_names)) < len(input_names):
            raise ModelFileError("preparation.input_names: expected one or more different names.")
        try:
            width = len(choose_features(features, input_names))
        except DataError as error:
            raise ModelFileError(f"preparation.features: {error}") from None
        target: Standardizer | None = None
        if reader.value("target_standardizer") is not None:
            target = _standardizer_from_dict(reader.inner("target_standardizer"), 1)
        standardizer = _standardizer_from_dict(reader.inner("standardizer"), width)
        return cls(input_names, features, standardizer, target)


@dataclass(frozen=True, eq=False)
class Prepared:
    """A data set that is ready to learn.

    Attributes:
        dataset: All points, raw.
        train: The points to learn from, raw.
        test: The points to test on, raw; there may be none.
        preparation: What makes them ready, learnt from ``train`` alone.
    """

    dataset: Dataset
    train: Dataset
    test: Dataset
    preparation: Preparation


def prepare(
    dataset: Dataset,
    *,
    features: Sequence[str] = (),
    standardize: bool = True,
    test_fraction: float = 0.2,
    generator: np.random.Generator,
) -> Prepared:
    """Split a data set and learn from its training part how to make it ready.

    Args:
        dataset: What was made or read.
        features: The names of the features; empty for every raw column as it is.
        standardize: Whether to bring the features, and the target of a regression, to mean 0 and
            standard deviation 1.
        test_fraction: The share of the points to test on, from 0 to below 1.
        generator: Where the random numbers of the split come from.

    Raises:
        DataError: A feature is unknown or the test fraction out of range.
    """
    train_indices, test_indices = split(dataset.targets, dataset.task, test_fraction, generator)
    train = dataset.subset(train_indices)
    values = feature_values(train.inputs, features, dataset.input_names)
    standardizer = (
        Standardizer.fit(values) if standardize else Standardizer.identity(values.shape[1])
    )
    target: Standardizer | None = None
    if dataset.task == "regression":
        column = cast("FloatArray", train.targets)[:, np.newaxis]
        target = Standardizer.fit(column) if standardize else Standardizer.identity(1)
    preparation = Preparation(dataset.input_names, tuple(features), standardizer, target)
    test = dataset.subset(test_indices)
    # A test point may be too large for a feature: better said before training than after.
    feature_values(test.inputs, features, dataset.input_names)
    return Prepared(dataset, train, test, preparation)


def _standardizer_to_dict(standardizer: Standardizer) -> Plain:
    means: list[float] = standardizer.mean.tolist()
    scales: list[float] = standardizer.scale.tolist()
    return {"mean": list(means), "scale": list(scales)}


def _standardizer_from_dict(reader: PlainReader, columns: int) -> Standardizer:
    mean = reader.numbers("mean", columns)
    scale = reader.numbers("scale", columns)
    if min(scale) <= 0.0:
        raise ModelFileError(f"{reader.place('scale')}: found {min(scale)}, expected above 0.")
    return Standardizer(np.array(mean), np.array(scale))
