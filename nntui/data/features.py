"""Compute the input features of a network from the raw columns: x1², x1·x2, sin x1 and the like."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from nntui.data.dataset import FloatArray
from nntui.data.feature_names import PLANE_FEATURES, are_numbered, canonical_feature
from nntui.errors import DataError, did_you_mean
from nntui.quoting import listed, quoted


@dataclass(frozen=True)
class Feature:
    """A kind of feature, one row of the table.

    Attributes:
        pattern: What its canonical names look like; each group is the number of a raw column.
        function: Takes the raw columns, each of shape (points,), and returns the feature.
    """

    pattern: re.Pattern[str]
    function: Callable[..., FloatArray]


def _same(column: FloatArray) -> FloatArray:
    return column


FEATURES: tuple[Feature, ...] = (
    Feature(re.compile(r"x(\d+)"), _same),
    Feature(re.compile(r"x(\d+)\^2"), np.square),
    Feature(re.compile(r"x(\d+)\*x(\d+)"), np.multiply),
    Feature(re.compile(r"sin\(x(\d+)\)"), np.sin),
    Feature(re.compile(r"cos\(x(\d+)\)"), np.cos),
)
"""Every kind of feature; angles are in radians."""


@dataclass(frozen=True)
class ChosenFeature:
    """A feature found for certain raw columns.

    Attributes:
        name: What it is called.
        function: Takes the raw columns, each of shape (points,), and returns the feature.
        columns: The places of the raw columns it is computed from, counted from 0.
    """

    name: str
    function: Callable[..., FloatArray]
    columns: tuple[int, ...]


def choose_features(names: Sequence[str], input_names: Sequence[str]) -> tuple[ChosenFeature, ...]:
    """Find the features that are named.

    A name is first looked for among the raw columns; then ``x2`` means the second of them. Where
    the raw columns are themselves called ``x1``, ``x3``..., a number always means that name.

    Args:
        names: Features or raw columns; empty for every raw column as it is.
        input_names: The names of the raw columns.

    Raises:
        DataError: There is no such feature or column, or one is named twice.
    """
    if not names:
        return tuple(
            ChosenFeature(name, _same, (position,)) for position, name in enumerate(input_names)
        )
    chosen = tuple(_choose(name, tuple(input_names)) for name in names)
    seen: set[tuple[object, tuple[int, ...]]] = set()
    for feature in chosen:
        if (feature.function, feature.columns) in seen:
            raise DataError(f"data.features: {quoted(feature.name)} is there twice.")
        seen.add((feature.function, feature.columns))
    return chosen


def feature_values(
    inputs: FloatArray, names: Sequence[str], input_names: Sequence[str]
) -> FloatArray:
    """Compute features from raw columns.

    Args:
        inputs: The raw columns, shape (points, columns).
        names: Features or raw columns; empty for every raw column as it is.
        input_names: The names of the raw columns.

    Returns:
        float64, shape (points, features).

    Raises:
        DataError: There is no such feature or column, or a value is too large for its feature.
    """
    chosen = choose_features(names, input_names)
    values = np.empty((len(inputs), len(chosen)))
    with np.errstate(over="ignore"):
        for position, feature in enumerate(chosen):
            columns = [inputs[:, column] for column in feature.columns]
            values[:, position] = feature.function(*columns)
            if not np.isfinite(values[:, position]).all():
                raise DataError(
                    f"data.features: {quoted(feature.name)} is not a finite number for some "
                    f"points: their values are too large for it."
                )
    return values


def _choose(name: str, input_names: tuple[str, ...]) -> ChosenFeature:
    if name in input_names:
        return ChosenFeature(name, _same, (input_names.index(name),))
    canonical = canonical_feature(name)
    for feature in FEATURES:
        match = feature.pattern.fullmatch(canonical)
        if match:
            numbers = [int(number) for number in match.groups()]
            columns = tuple(_column(number, name, input_names) for number in numbers)
            return ChosenFeature(canonical, feature.function, columns)
    known = (*input_names, *PLANE_FEATURES)
    raise DataError(
        f"data.features: found {quoted(name)}.{did_you_mean(name, known)} "
        f"Expected a column ({listed(input_names)}) or a feature ({listed(PLANE_FEATURES)})."
    )


def _column(number: int, feature: str, input_names: tuple[str, ...]) -> int:
    """Return the place of raw column x<number>: by its name, else by counting."""
    canonical = [canonical_feature(name) for name in input_names]
    if f"x{number}" in canonical:
        return canonical.index(f"x{number}")
    if are_numbered(input_names) or number > len(input_names):
        raise DataError(
            f"data.features: {quoted(feature)} needs a column x{number}, but the data has "
            f"{len(input_names)}: {listed(input_names)}."
        )
    return number - 1
