"""Classes become outputs to aim at, and outputs classes again."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nntui.engine.inference import Answers
from nntui.training.targets import TargetCoding

CLASSES = np.array([0, 1, 1, 0])


def answers(outputs, sums=None):
    """Put outputs (points, units) as a network answers them; without sums of their own."""
    columns = np.asarray(outputs, np.float64).T
    return Answers(sums=columns if sums is None else np.asarray(sums).T, outputs=columns)


@pytest.mark.parametrize(
    ("activation", "classes", "units", "low", "are_probabilities"),
    [
        ("softmax", 2, 2, 0.0, True),
        ("softmax", 5, 5, 0.0, True),
        ("sigmoid", 2, 1, 0.0, True),
        ("sigmoid", 3, 3, 0.0, True),
        ("tanh", 2, 1, -1.0, False),
        ("tanh", 4, 4, -1.0, False),
        ("step", 2, 1, 0.0, False),
        ("linear", 2, 1, 0.0, False),
        ("linear", 0, 1, 0.0, False),
        ("sigmoid", 0, 1, 0.0, False),
    ],
)
def test_what_the_outputs_of_an_activation_stand_for(
    activation, classes, units, low, are_probabilities
):
    coding = TargetCoding.of(activation, classes)
    by_sums = activation == "step"
    assert coding == TargetCoding(classes, units, low, are_probabilities, by_sums)
    assert coding.task == ("classification" if classes else "regression")


@pytest.mark.parametrize(
    ("activation", "expected"),
    [
        ("softmax", [[1, 0], [0, 1], [0, 1], [1, 0]]),
        ("sigmoid", [[0], [1], [1], [0]]),
        ("tanh", [[-1], [1], [1], [-1]]),
    ],
)
def test_two_classes_as_targets(activation, expected):
    encoded = TargetCoding.of(activation, 2).encode(CLASSES)
    assert encoded.dtype == np.float64
    np.testing.assert_array_equal(encoded, expected)


def test_several_classes_with_tanh_aim_at_minus_one_for_no():
    encoded = TargetCoding.of("tanh", 3).encode(np.array([2, 0]))
    np.testing.assert_array_equal(encoded, [[-1, -1, 1], [1, -1, -1]])


def test_values_are_aimed_at_as_they_are():
    encoded = TargetCoding.of("linear", 0).encode(np.array([0.5, -3.0]))
    np.testing.assert_array_equal(encoded, [[0.5], [-3.0]])


@given(
    activation=st.sampled_from(["softmax", "sigmoid", "tanh", "linear", "step"]),
    classes=st.integers(2, 6),
    data=st.data(),
)
def test_what_was_encoded_is_decided_for(activation, classes, data):
    numbers = np.array(data.draw(st.lists(st.integers(0, classes - 1), min_size=1, max_size=9)))
    coding = TargetCoding.of(activation, classes)
    encoded = coding.encode(numbers)
    assert encoded.shape == (len(numbers), coding.units)
    np.testing.assert_array_equal(coding.decide(answers(encoded)), numbers)
    np.testing.assert_array_equal(coding.class_outputs(encoded).argmax(axis=1), numbers)


@pytest.mark.parametrize(
    ("activation", "below", "above"), [("sigmoid", 0.49, 0.51), ("tanh", -0.01, 0.01)]
)
def test_one_unit_decides_in_the_middle(activation, below, above):
    decided = TargetCoding.of(activation, 2).decide(answers([[below], [above]]))
    np.testing.assert_array_equal(decided, [0, 1])


def test_with_one_unit_the_first_class_gets_what_the_second_lacks():
    outputs = np.array([[0.25], [1.0]], np.float32)
    columns = TargetCoding.of("sigmoid", 2).class_outputs(outputs)
    np.testing.assert_array_equal(columns, [[0.75, 0.25], [0.0, 1.0]])
    columns = TargetCoding.of("tanh", 2).class_outputs(outputs)
    np.testing.assert_array_equal(columns, [[-0.25, 0.25], [-1.0, 1.0]])


def test_where_steps_are_equal_the_sums_decide():
    sums = [[0.5, 2.0, -1.0], [-3.0, -1.0, -2.0]]
    coding = TargetCoding.of("step", 3)
    np.testing.assert_array_equal(coding.decide(answers([[1, 1, 0], [0, 0, 0]], sums)), [1, 1])
