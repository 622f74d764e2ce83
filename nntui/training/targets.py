"""What a network's outputs stand for: classes as numbers to aim at, outputs as classes."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nntui.data.facts import Task
from nntui.engine.inference import Answers
from nntui.engine.losses import one_hot


@dataclass(frozen=True)
class TargetCoding:
    """How classes, or a value, are written as the outputs of a network.

    Two classes need one unit, which aims at ``low`` for the first class and 1 for the second;
    with softmax, and for three classes or more, each class has a unit of its own. A value to
    predict has one unit that aims at it.

    Attributes:
        classes: The number of classes; 0 for a value.
        units: The number of outputs.
        low: What a unit aims at for "no": −1 for tanh, otherwise 0.
        are_probabilities: Whether the outputs are probabilities.
        by_sums: Whether the weighted sums decide for a class, because the outputs are only 0 or 1.
    """

    classes: int
    units: int
    low: float
    are_probabilities: bool
    by_sums: bool

    @classmethod
    def of(cls, activation: str, classes: int) -> "TargetCoding":
        """Choose the coding that suits an output activation.

        Args:
            activation: The name of the output activation.
            classes: The number of classes; 0 for a value.

        Example:
            >>> TargetCoding.of("tanh", 2)
            TargetCoding(classes=2, units=1, low=-1.0, are_probabilities=False, by_sums=False)
        """
        one_unit = classes == 0 or (classes == 2 and activation != "softmax")  # noqa: PLR2004
        return cls(
            classes=classes,
            units=1 if one_unit else classes,
            low=-1.0 if activation == "tanh" else 0.0,
            are_probabilities=classes > 0 and activation in {"softmax", "sigmoid"},
            by_sums=activation == "step",
        )

    def encode(self, targets: NDArray[Any]) -> NDArray[np.float64]:
        """Write targets as outputs to aim at.

        Args:
            targets: Class numbers or values, (points,).

        Returns:
            (points, units).
        """
        if self.classes == 0:
            return targets.astype(np.float64)[:, np.newaxis]
        if self.units == 1:
            return np.where(targets == 1, 1.0, self.low)[:, np.newaxis]
        return np.where(one_hot(targets, self.classes) == 1.0, 1.0, self.low)

    @property
    def task(self) -> Task:
        """Whether a class or a number is predicted."""
        return "classification" if self.classes else "regression"

    def decide(self, answers: Answers) -> NDArray[np.int64]:
        """Read classes from a network's answers.

        Returns:
            Class numbers, (points,).
        """
        scores = answers.sums if self.by_sums else answers.outputs
        if self.units == 1:
            middle = 0.0 if self.by_sums else (1.0 + self.low) / 2.0
            return (scores[0] > middle).astype(np.int64)
        return scores.argmax(axis=0)

    def class_outputs(self, outputs: NDArray[np.floating[Any]]) -> NDArray[np.float64]:
        """Give each class a column: its probability, or its own output where there is none.

        Args:
            outputs: (points, units).

        Returns:
            (points, classes). With one unit, the first class gets what the second one lacks.
        """
        values = outputs.astype(np.float64)
        if self.units == 1:
            return np.concatenate([1.0 + self.low - values, values], axis=1)
        return values
