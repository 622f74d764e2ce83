"""What a network answers all over a plane: the picture of its decision regions."""

from typing import Any, cast

import numpy as np
from numpy.typing import NDArray

from nntui.data.dataset import FloatArray
from nntui.data.preparation import Preparation
from nntui.engine.inference import Answers
from nntui.training.plane import PlaneMap
from nntui.training.snapshot import (
    CONFIDENCE_LEVELS,
    ClassField,
    CurveField,
    Field,
    FieldRequest,
    ValueField,
)
from nntui.training.targets import TargetCoding

_LARGEST_FLOAT32 = float(np.finfo(np.float32).max)


def field_points(request: FieldRequest, plane: PlaneMap, *, is_curve: bool) -> FloatArray:
    """Find the inputs at the centre of every pixel.

    Args:
        request: The pixels.
        plane: The plane that they are on.
        is_curve: Whether there is one input only, and so one row of pixels.

    Returns:
        The raw columns, (pixels, columns), row by row, the highest row first.
    """
    x = _centres(request.x_low, request.x_high, request.columns)
    if is_curve:
        return plane.raw_points(x, np.zeros_like(x))
    y = _centres(request.y_low, request.y_high, request.rows)[::-1]
    return plane.raw_points(np.tile(x, request.rows), np.repeat(y, request.columns))


def _centres(low: float, high: float, count: int) -> FloatArray:
    # Halves first: the difference of the ends may be too large for a number.
    shares = (np.arange(count) + 0.5) / count
    return low * (1.0 - shares) + high * shares


def field_of(
    request: FieldRequest,
    answers: Answers,
    coding: TargetCoding,
    preparation: Preparation,
    *,
    is_curve: bool,
) -> Field:
    """Make the picture out of the network's answers at every pixel.

    Args:
        request: The pixels.
        answers: The network's answers to ``field_points``, in their order.
        coding: What they stand for.
        preparation: Brings values back to the data's own units.
        is_curve: Whether there is one input only.
    """
    if is_curve:
        return CurveField(request, _float32(class_or_value_outputs(answers, coding, preparation).T))
    shape = (request.rows, request.columns)
    if coding.classes == 0:
        values = class_or_value_outputs(answers, coding, preparation)
        return ValueField(request, _float32(values.reshape(shape)))
    winners, confidence = winners_and_confidence(answers, coding)
    return ClassField(request, winners.reshape(shape), confidence.reshape(shape))


def class_or_value_outputs(
    answers: Answers, coding: TargetCoding, preparation: Preparation
) -> FloatArray:
    """Give each class a column, or the predicted value one in the data's own units.

    Returns:
        (points, classes), or (points, 1) for a value.
    """
    outputs = answers.outputs.T.astype(np.float64)
    if coding.classes:
        return coding.class_outputs(outputs)
    return preparation.original_targets(outputs)


def winners_and_confidence(
    answers: Answers, coding: TargetCoding
) -> tuple[NDArray[np.uint16], NDArray[np.uint8]]:
    """Tell which class each point is given, and how sure that is.

    A class is as sure as its probability lies between 1 / classes, where all are equal, and 1.
    Where outputs are no probabilities, the winner's distance to the second best counts, against
    the distance that training aims at. A step output knows no doubt. The whole way is cut into
    CONFIDENCE_LEVELS equal parts; what is not a number has the lowest.

    Returns:
        Class numbers as ``TargetCoding.decide`` gives them, (points,), and confidences, (points,).
    """
    scores = answers.sums if coding.by_sums else answers.outputs
    if coding.units == 1:
        winners = coding.decide(answers).astype(np.uint16)
        share = _sureness_of_one_unit(scores[0], coding)
    else:
        winners, best = _winners(scores)
        share = _sureness(scores, winners, best, coding)
    if coding.by_sums:
        share = np.ones_like(share)
    # A comparison with NaN is false, so that NaN becomes 0 here.
    levels = np.where(share > 0.0, share, 0.0) * CONFIDENCE_LEVELS
    return winners, np.minimum(levels, CONFIDENCE_LEVELS - 1).astype(np.uint8)


def _winners(scores: NDArray[Any]) -> tuple[NDArray[np.uint16], NDArray[Any]]:
    """Find each column's largest number and its row; twice as fast as ``argmax`` for few rows."""
    best, winners = scores[0].copy(), np.zeros(scores.shape[1], np.uint16)
    for number in range(1, len(scores)):
        winners[scores[number] > best] = number
        np.maximum(best, scores[number], out=best)
    return winners, best


def _sureness_of_one_unit(outputs: NDArray[Any], coding: TargetCoding) -> NDArray[Any]:
    """Return how far an output is from the middle, 0, towards what it aims at, 1."""
    half_way = (1.0 - coding.low) / 2.0
    return np.abs(outputs - (1.0 + coding.low) / 2.0) / half_way


def _sureness(
    scores: NDArray[Any], winners: NDArray[np.uint16], best: NDArray[Any], coding: TargetCoding
) -> NDArray[Any]:
    """Return how far the best output is ahead, from 0 to what training aims at, 1."""
    if coding.are_probabilities:
        undecided = 1.0 / coding.classes
        return (best - undecided) / (1.0 - undecided)
    others = scores.copy()
    others[winners, np.arange(len(winners))] = -np.inf
    second = cast("NDArray[Any]", others.max(axis=0))
    return (best - second) / (1.0 - coding.low)


def _float32(values: FloatArray) -> NDArray[np.float32]:
    """Round to float32; what is too large for it becomes its largest number."""
    return np.clip(values, -_LARGEST_FLOAT32, _LARGEST_FLOAT32).astype(np.float32)
