"""A trained network with all that is needed to use it on new points."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nntui.data.dataset import BoolArray, FloatArray, IntArray
from nntui.data.preparation import Preparation
from nntui.engine.inference import PortionedInference
from nntui.engine.network import Network
from nntui.errors import DataError
from nntui.experiment.experiment import Experiment
from nntui.training.assembly import untrained_network
from nntui.training.targets import TargetCoding
from nntui.training.trainer import Trainer


@dataclass(frozen=True, eq=False)
class Predictions:
    """What a model says about points.

    Attributes:
        classes: The number of each point's class, (points,); None for a regression.
        outputs: For classes a column for each, its probability (or what its output is, where
            outputs are not probabilities), (points, classes). For a regression the values in
            the data's own units, (points, 1).
    """

    classes: IntArray | None
    outputs: FloatArray


@dataclass(frozen=True, eq=False)
class Model:
    """A network that answers raw points.

    Attributes:
        experiment: What it was trained by.
        network: The network with its trained weights.
        preparation: How raw columns become the network's inputs.
        coding: What the network's outputs stand for.
        class_names: The name of each class; empty for a regression.
        target_name: What is predicted.
        data_name: What the data it was trained on are called.
        epochs: For how many epochs it was trained.
        steps: For how many updates it was trained.
    """

    experiment: Experiment
    network: Network
    preparation: Preparation
    coding: TargetCoding
    class_names: tuple[str, ...]
    target_name: str
    data_name: str
    epochs: int
    steps: int

    @classmethod
    def of(cls, trainer: Trainer) -> "Model":
        """Copy the model as it is now out of a trainer."""
        dataset = trainer.prepared.dataset
        network = untrained_network(trainer.experiment, trainer.network.inputs, trainer.coding)
        network.parameters[:] = trainer.network.parameters
        return cls(
            experiment=trainer.experiment,
            network=network,
            preparation=trainer.prepared.preparation,
            coding=trainer.coding,
            class_names=dataset.class_names,
            target_name=dataset.target_name,
            data_name=dataset.name,
            epochs=trainer.epochs,
            steps=trainer.steps,
        )

    def predict(self, raw: FloatArray) -> Predictions:
        """Answer points.

        Args:
            raw: The raw columns, in the order of ``preparation.input_names``, (points, columns).
                Where a value is NaN, it is missing: such a point's outputs are NaN.

        Raises:
            DataError: A point's values are too large for the network to compute with.
        """
        numbers = np.flatnonzero(_complete_rows(raw))
        # What overflows is told by its point, not by a warning.
        with np.errstate(all="ignore"):
            inputs = self.preparation.inputs(raw[numbers]).astype(self.network.dtype)
            _refuse_infinite(inputs, numbers, "its values are too large for this network")
            answers = PortionedInference(self.network).run(inputs)
            outputs = answers.outputs.T
            _refuse_infinite(outputs, numbers, "the network's answer is not a finite number")
        if self.coding.classes == 0:
            values = self.preparation.original_targets(outputs.astype(np.float64))
            return Predictions(None, _spread(values, numbers, len(raw)))
        classes = np.zeros(len(raw), np.int64)
        classes[numbers] = self.coding.decide(answers)
        class_outputs = self.coding.class_outputs(outputs)
        return Predictions(classes, _spread(class_outputs, numbers, len(raw)))


def _complete_rows(raw: FloatArray) -> BoolArray:
    return np.asarray(~np.isnan(raw).any(axis=1), np.bool_)


def _spread(rows: FloatArray, numbers: NDArray[np.intp], count: int) -> FloatArray:
    """Put rows at their numbers among NaN."""
    spread = np.full((count, rows.shape[1]), np.nan)
    spread[numbers] = rows
    return spread


def _refuse_infinite(rows: NDArray[Any], numbers: NDArray[np.intp], why: str) -> None:
    """Refuse to go on with the first row that is not finite; rows are points, with numbers."""
    bad = np.flatnonzero(~np.isfinite(rows).all(axis=1))
    if len(bad):
        raise DataError(f"point {int(numbers[bad[0]]) + 1:,}: {why}.")
