"""Varying the training points."""

import numpy as np
import pytest

from nntui.data.augment import Augmentation, augment_points, mixup
from nntui.errors import DataError

POINTS = np.random.default_rng(1).normal(size=(2000, 2))


def augmented(seed=0, points=POINTS, **settings):
    return augment_points(points, Augmentation(**settings), np.random.default_rng(seed))


def batch(dtype=np.float64, size=400):
    generator = np.random.default_rng(2)
    targets = np.eye(3, dtype=dtype)[generator.integers(0, 3, size)]
    return generator.normal(size=(size, 4)).astype(dtype), targets


def test_jitter_is_the_standard_deviation_in_raw_units():
    moves = augmented(jitter=0.3) - POINTS
    assert moves.std(axis=0) == pytest.approx([0.3, 0.3], rel=0.06)
    assert moves.mean(axis=0) == pytest.approx([0.0, 0.0], abs=0.03)


def test_rotation_keeps_the_distance_from_the_origin():
    turned = augmented(rotation_degrees=180.0)
    assert np.hypot(*turned.T) == pytest.approx(np.hypot(*POINTS.T))
    assert not np.allclose(turned, POINTS)


def test_each_point_turns_by_its_own_angle_within_the_limit():
    turned = augmented(rotation_degrees=30.0)
    cross = POINTS[:, 0] * turned[:, 1] - POINTS[:, 1] * turned[:, 0]
    angle = np.degrees(np.arctan2(cross, (POINTS * turned).sum(axis=1)))
    assert np.abs(angle).max() <= 30.0 + 1e-9
    assert angle.min() < -29.0
    assert angle.max() > 29.0
    assert angle.std() == pytest.approx(60 / np.sqrt(12), rel=0.05)


def test_the_seed_alone_decides():
    settings = {"jitter": 0.1, "rotation_degrees": 10.0}
    assert np.array_equal(augmented(3, **settings), augmented(3, **settings))
    assert not np.array_equal(augmented(3, **settings), augmented(4, **settings))


def test_arguments_are_left_as_they_are():
    points = POINTS.copy()
    augmented(points=points, jitter=1.0, rotation_degrees=90.0)
    inputs, targets = batch()
    before = inputs.copy(), targets.copy()
    mixup(inputs, targets, 0.4, np.random.default_rng(0))
    assert np.array_equal(points, POINTS)
    assert np.array_equal(inputs, before[0])
    assert np.array_equal(targets, before[1])


def test_zero_changes_nothing_and_draws_nothing():
    generator = np.random.default_rng(0)
    state = generator.bit_generator.state
    inputs, targets = batch()
    assert augment_points(POINTS, Augmentation(mixup=0.5), generator) is POINTS
    assert mixup(inputs, targets, 0.0, generator) == (inputs, targets)
    assert generator.bit_generator.state == state


def test_only_points_in_the_plane_can_be_turned():
    with pytest.raises(DataError, match=r"augmentation\.rotation_degrees.*3"):
        augmented(points=np.zeros((5, 3)), rotation_degrees=1.0)
    assert augmented(points=np.zeros((5, 3)), jitter=1.0).shape == (5, 3)


@pytest.mark.parametrize("key", ["jitter", "rotation_degrees", "mixup"])
@pytest.mark.parametrize("value", [-1.0, float("nan"), float("inf")])
def test_settings_out_of_range_are_refused(key, value):
    with pytest.raises(DataError, match=rf"augmentation\.{key}"):
        Augmentation(**{key: value})


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_mixup_keeps_shapes_and_dtypes(dtype):
    inputs, targets = batch(dtype)
    mixed_inputs, mixed_targets = mixup(inputs, targets, 0.3, np.random.default_rng(0))
    assert mixed_inputs.shape == inputs.shape
    assert mixed_targets.shape == targets.shape
    assert mixed_inputs.dtype == mixed_targets.dtype == dtype


def test_mixup_mixes_inputs_and_targets_alike():
    # Targets that are a linear function of the inputs stay so only if both use the same weights
    # and partners.
    inputs, _ = batch()
    matrix = np.random.default_rng(3).normal(size=(4, 2))
    mixed_inputs, mixed_targets = mixup(inputs, inputs @ matrix, 1.0, np.random.default_rng(0))
    assert mixed_targets == pytest.approx(mixed_inputs @ matrix)
    assert not np.allclose(mixed_inputs, inputs)


def test_mixed_targets_still_sum_to_one_and_favour_their_own_class():
    inputs, targets = batch()
    _, mixed = mixup(inputs, targets, 1.0, np.random.default_rng(0))
    assert mixed.sum(axis=1) == pytest.approx(1.0)
    assert (mixed[targets == 1.0] >= 0.5).all()
    assert (mixed[targets == 1.0] < 0.99).any()


def test_mixing_weights_follow_the_beta_distribution():
    # A point mixed with others, all at the origin but itself: its own coordinate is its weight.
    size = 1000
    inputs = np.eye(size)
    weights = np.diag(mixup(inputs, inputs, 1.0, np.random.default_rng(0))[0])
    # Beta(1, 1) is uniform; the larger of w and 1 - w is uniform from 0.5 to 1.
    assert weights.min() >= 0.5
    assert weights.mean() == pytest.approx(0.75, abs=0.02)
    assert weights.std() == pytest.approx(0.5 / np.sqrt(12), rel=0.08)


def test_a_tiny_alpha_hardly_mixes():
    inputs, targets = batch()
    mixed, _ = mixup(inputs, targets, 1e-6, np.random.default_rng(0))
    assert mixed == pytest.approx(inputs, abs=1e-6)
