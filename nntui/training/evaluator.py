"""Computes the figures of a network on its training and on its test points."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nntui.data.dataset import Dataset
from nntui.data.preparation import Prepared
from nntui.engine.inference import PortionedInference
from nntui.engine.metrics import accuracy, confusion_matrix, r_squared
from nntui.engine.network import Network
from nntui.training.evaluation import Evaluation
from nntui.training.targets import TargetCoding


@dataclass(frozen=True, eq=False)
class _Part:
    """The points of one part of a split, ready for the network."""

    inputs: NDArray[Any]
    targets: NDArray[Any]
    actual: NDArray[Any]


class Evaluator:
    """Computes the figures of a network.

    Args:
        network: What answers; its present weights count at each call.
        prepared: The data.
        coding: What the network's outputs stand for.
    """

    def __init__(self, network: Network, prepared: Prepared, coding: TargetCoding) -> None:
        self._network = network
        self._coding = coding
        self._inference = PortionedInference(network)
        self._train = self._part(prepared, prepared.train)
        self._test = self._part(prepared, prepared.test) if len(prepared.test) else None

    def _part(self, prepared: Prepared, points: Dataset) -> _Part:
        actual = prepared.preparation.targets(points.targets)
        return _Part(
            inputs=prepared.preparation.inputs(points.inputs).astype(self._network.dtype),
            targets=self._coding.encode(actual).astype(self._network.dtype).T,
            actual=actual,
        )

    def evaluate(self) -> Evaluation:
        """Compute all figures."""
        # A diverged network overflows here too; its figures then say so themselves.
        with np.errstate(all="ignore"):
            train_loss, train_accuracy, train_r2 = self._figures(self._train)
            test = (None, None, None) if self._test is None else self._figures(self._test)
            penalty = self._network.penalty_value()
        test_loss, test_accuracy, test_r2 = test
        return Evaluation(
            train_loss=train_loss,
            test_loss=test_loss,
            penalty=penalty,
            train_accuracy=train_accuracy,
            test_accuracy=test_accuracy,
            train_r2=train_r2,
            test_r2=test_r2,
        )

    def confusion(self) -> NDArray[np.int64] | None:
        """Count which class was taken for which, on the test points or else the training points.

        Returns:
            (classes, classes): rows are actual, columns predicted classes. None for a regression.
        """
        if self._coding.classes == 0:
            return None
        part = self._test or self._train
        with np.errstate(all="ignore"):
            answers = self._inference.run(part.inputs)
        return confusion_matrix(self._coding.decide(answers), part.actual, self._coding.classes)

    def _figures(self, part: _Part) -> tuple[float, float | None, float | None]:
        """Return loss, accuracy and R² of one part."""
        answers = self._inference.run(part.inputs)
        loss = self._network.loss.value(answers.sums, answers.outputs, part.targets)
        if self._coding.classes:
            return loss, accuracy(self._coding.decide(answers), part.actual), None
        return loss, None, r_squared(answers.outputs[0], part.actual)
