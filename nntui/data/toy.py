"""The toy data sets by name: what each is called, its defaults, and how to make one."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np

from nntui.data import toy_classification, toy_regression
from nntui.data.dataset import Dataset, FloatArray
from nntui.data.facts import MOST_SAMPLES, Task
from nntui.errors import DataError

_LEAST_PER_CLASS = 2

_ClassificationFunction: TypeAlias = Callable[
    [Sequence[int], float, np.random.Generator], FloatArray
]
_RegressionFunction: TypeAlias = Callable[
    [int, float, np.random.Generator], tuple[FloatArray, FloatArray]
]


@dataclass(frozen=True)
class ToyClassification:
    """A toy data set of classes, one row of the table.

    Attributes:
        name: Its name in ``data.source``.
        description: One line about it.
        default_noise: The noise where none is asked for.
        function: Takes the points of each class, the noise and a random generator; returns the
            inputs, shape (points, 2), class after class.
        default_classes: The number of classes where none is asked for.
        any_classes: Whether another number of classes may be asked for.
    """

    name: str
    description: str
    default_noise: float
    function: _ClassificationFunction
    default_classes: int = 2
    any_classes: bool = False

    @property
    def task(self) -> Task:
        """A class is to be predicted."""
        return "classification"


@dataclass(frozen=True)
class ToyRegression:
    """A toy data set with a number to predict, one row of the table.

    Attributes:
        name: Its name in ``data.source``.
        description: One line about it.
        default_noise: The noise where none is asked for.
        function: Takes the number of points, the noise and a random generator; returns the
            inputs, shape (points, columns), and the targets, shape (points,).
        columns: How many raw columns it has.
    """

    name: str
    description: str
    default_noise: float
    function: _RegressionFunction
    columns: int = 2

    @property
    def task(self) -> Task:
        """A number is to be predicted."""
        return "regression"


Toy: TypeAlias = ToyClassification | ToyRegression

_TOYS: tuple[Toy, ...] = (
    ToyClassification(
        "spiral", "arms winding out from the origin", 0.1, toy_classification.spiral, 3, True
    ),
    ToyClassification("circle", "a disc inside a ring", 0.1, toy_classification.circle),
    ToyClassification(
        "xor", "four squares, neighbours in different classes", 0.05, toy_classification.xor
    ),
    ToyClassification("two_gaussians", "two round clouds", 0.1, toy_classification.two_gaussians),
    ToyClassification(
        "two_arm_spiral",
        "two arms winding about each other",
        0.2,
        toy_classification.two_arm_spiral,
    ),
    ToyClassification(
        "moons", "two half circles reaching into each other", 0.1, toy_classification.moons
    ),
    ToyClassification("rings", "circles about the origin", 0.1, toy_classification.rings, 3, True),
    ToyClassification(
        "checkerboard", "a board of 4 x 4 squares", 0.05, toy_classification.checkerboard
    ),
    ToyClassification("blobs", "round clouds in a circle", 0.2, toy_classification.blobs, 3, True),
    ToyRegression("plane", "a tilted plane over the square", 0.05, toy_regression.plane),
    ToyRegression(
        "six_gaussians", "three hills and three hollows", 0.02, toy_regression.six_gaussians
    ),
    ToyRegression("sine", "one period of a sine, one column", 0.1, toy_regression.sine, 1),
)

TOYS: dict[str, Toy] = {toy.name: toy for toy in _TOYS}
"""Every toy data set, by its name in ``data.source``."""


def make_toy(
    toy: Toy,
    *,
    samples: int,
    classes: int | None = None,
    noise: float | None = None,
    generator: np.random.Generator,
) -> Dataset:
    """Make the points of a toy data set.

    Args:
        toy: Which one, a row of ``TOYS``.
        samples: How many points, all classes together; where they cannot be shared out evenly
            the first classes get one more.
        classes: How many classes, or None for the data set's own number.
        noise: How much noise, 0 or more, in the units of the toy's function; None for its own.
        generator: Where the random numbers come from.

    Raises:
        DataError: A number is out of range, there are more classes than points, or the data set
            has another number of classes.
    """
    noise = toy.default_noise if noise is None else noise
    if not (math.isfinite(noise) and noise >= 0.0):
        raise DataError(f"data.noise: found {noise}, expected a finite number of 0 or more.")
    if not _LEAST_PER_CLASS <= samples <= MOST_SAMPLES:
        raise DataError(
            f"data.samples: found {samples}, expected from {_LEAST_PER_CLASS} to {MOST_SAMPLES:,}."
        )
    if isinstance(toy, ToyRegression):
        return _make_regression(toy, samples, classes, noise, generator)
    class_count = _checked_classes(toy, samples, classes)
    counts = share_out(samples, class_count)
    return Dataset(
        name=toy.name,
        inputs=toy.function(counts, noise, generator),
        targets=np.repeat(np.arange(class_count, dtype=np.int64), counts),
        input_names=("x1", "x2"),
        class_names=tuple(str(number) for number in range(class_count)),
        target_name="class",
    )


def share_out(samples: int, classes: int) -> tuple[int, ...]:
    """Share points out over classes, as evenly as whole numbers allow; the first get the rest."""
    each, rest = divmod(samples, classes)
    return tuple(each + (number < rest) for number in range(classes))


def _make_regression(
    toy: ToyRegression,
    samples: int,
    classes: int | None,
    noise: float,
    generator: np.random.Generator,
) -> Dataset:
    if classes is not None:
        raise DataError(
            f"data.classes: found {classes}, but {toy.name} predicts a number and has no classes. "
            f"Leave data.classes out."
        )
    inputs, targets = toy.function(samples, noise, generator)
    names = tuple(f"x{number}" for number in range(1, toy.columns + 1))
    return Dataset(toy.name, inputs, targets, names, target_name="y")


def _checked_classes(toy: ToyClassification, samples: int, classes: int | None) -> int:
    """Return the number of classes to make, or say why it cannot be."""
    if classes is None:
        classes = toy.default_classes
    if not toy.any_classes and classes != toy.default_classes:
        free = ", ".join(
            other.name
            for other in TOYS.values()
            if isinstance(other, ToyClassification) and other.any_classes
        )
        raise DataError(
            f"data.classes: found {classes}, but {toy.name} always has {toy.default_classes} "
            f"classes. Any number of classes: {free}."
        )
    if classes < _LEAST_PER_CLASS:
        raise DataError(f"data.classes: found {classes}, expected 2 or more.")
    if classes > samples:
        raise DataError(
            f"data.classes: more classes than points: {classes} classes, but data.samples is "
            f"{samples}."
        )
    if samples < _LEAST_PER_CLASS * classes:
        raise DataError(
            f"data.samples: {samples} points are too few for {classes} classes, expected at least "
            f"{_LEAST_PER_CLASS * classes} ({_LEAST_PER_CLASS} for each class)."
        )
    return classes
