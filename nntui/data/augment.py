"""Vary the training points a little, anew each epoch, so that a network learns less by heart."""

import math
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from nntui.data.dataset import FloatArray
from nntui.data.facts import COLUMNS_TO_ROTATE
from nntui.errors import DataError

FloatingArray: TypeAlias = NDArray[np.floating[Any]]


@dataclass(frozen=True)
class Augmentation:
    """How much the training points vary; 0 switches a way off.

    Attributes:
        jitter: The standard deviation of the normal noise added to every raw column, in the
            column's own units.
        rotation_degrees: The largest angle by which a point is turned about the origin.
        mixup: The parameter alpha of the distribution Beta(alpha, alpha) of the mixing weights.

    Raises:
        DataError: A setting is negative or not finite.
    """

    jitter: float = 0.0
    rotation_degrees: float = 0.0
    mixup: float = 0.0

    def __post_init__(self) -> None:
        settings = {
            "jitter": self.jitter,
            "rotation_degrees": self.rotation_degrees,
            "mixup": self.mixup,
        }
        for key, value in settings.items():
            if not (math.isfinite(value) and value >= 0.0):
                raise DataError(
                    f"augmentation.{key}: found {value}, expected a finite number of 0 or more."
                )


def augment_points(
    raw_inputs: FloatArray, augmentation: Augmentation, generator: np.random.Generator
) -> FloatArray:
    """Turn each point about the origin by its own angle, then add noise to it.

    Args:
        raw_inputs: The raw columns, shape (points, columns); left as they are.
        augmentation: How much to vary; ``mixup`` is not done here.
        generator: Where the random numbers come from; none is drawn for a setting of 0.

    Returns:
        New raw inputs of the same shape (the very same where nothing varies).

    Raises:
        DataError: A rotation is asked for points that do not lie in a plane.
    """
    varied = raw_inputs
    if augmentation.rotation_degrees > 0.0:
        if raw_inputs.shape[1] != COLUMNS_TO_ROTATE:
            raise DataError(
                f"augmentation.rotation_degrees: found {augmentation.rotation_degrees}, but only "
                f"points of two columns can be turned; the data has {raw_inputs.shape[1]}. "
                f"Expected 0."
            )
        varied = _rotated(varied, augmentation.rotation_degrees, generator)
    if augmentation.jitter > 0.0:
        varied = varied + augmentation.jitter * generator.standard_normal(varied.shape)
    return varied


def _rotated(
    points: FloatArray, largest_degrees: float, generator: np.random.Generator
) -> FloatArray:
    angle = np.radians(generator.uniform(-largest_degrees, largest_degrees, len(points)))
    cosine, sine = np.cos(angle), np.sin(angle)
    x1, x2 = points[:, 0], points[:, 1]
    return np.stack([cosine * x1 - sine * x2, sine * x1 + cosine * x2], axis=1)


def mixup(
    inputs: FloatingArray, targets: FloatingArray, alpha: float, generator: np.random.Generator
) -> tuple[FloatingArray, FloatingArray]:
    """Mix each point of a batch, and its target, with a random other.

    x = w x_i + (1 - w) x_j and y = w y_i + (1 - w) y_j, where j is a random order of the batch
    and w is drawn for each point from Beta(alpha, alpha). Of w and 1 - w the larger is taken, so
    that a point stays nearest to itself; over all pairs that changes nothing.

    Source: H. Zhang, M. Cisse, Y. N. Dauphin and D. Lopez-Paz, "mixup: Beyond Empirical Risk
    Minimization", ICLR 2018, <https://arxiv.org/abs/1710.09412>.

    Args:
        inputs: What the network is given, shape (batch, features); left as it is.
        targets: What it should answer, classes as one-hot rows, shape (batch, units).
        alpha: The larger, the more even the mixing; 0 mixes nothing and draws no random numbers.
        generator: Where the random numbers come from.

    Returns:
        New inputs and targets of the same shapes and dtypes.
    """
    if alpha <= 0.0:
        return inputs, targets
    drawn = generator.beta(alpha, alpha, (len(inputs), 1))
    weight = np.maximum(drawn, 1.0 - drawn)
    partner = generator.permutation(len(inputs))
    own, other = weight.astype(inputs.dtype), (1.0 - weight).astype(inputs.dtype)
    mixed_inputs = own * inputs + other * inputs[partner]
    mixed_targets = own * targets + other * targets[partner]
    return mixed_inputs, mixed_targets
