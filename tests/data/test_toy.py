"""The toy data sets: their shapes, sizes and geometry."""

import numpy as np
import pytest

from nntui.data.toy import TOYS, ToyClassification, make_toy, share_out
from nntui.errors import DataError

CLASSIFICATION = [name for name, toy in TOYS.items() if toy.task == "classification"]
REGRESSION = [name for name, toy in TOYS.items() if toy.task == "regression"]
ANY_CLASSES = [
    name for name, toy in TOYS.items() if isinstance(toy, ToyClassification) and toy.any_classes
]


def make(name, samples=200, seed=0, **settings):
    generator = np.random.default_rng(seed)
    return make_toy(TOYS[name], samples=samples, generator=generator, **settings)


def radius(dataset):
    return np.hypot(dataset.inputs[:, 0], dataset.inputs[:, 1])


def test_the_sets_the_readme_promises_are_there():
    assert set(TOYS) == {
        *("spiral", "circle", "xor", "two_gaussians", "two_arm_spiral", "moons", "rings"),
        *("checkerboard", "blobs", "plane", "six_gaussians", "sine"),
    }


@pytest.mark.parametrize("name", CLASSIFICATION)
@pytest.mark.parametrize("samples", [60, 61])
def test_classes_share_the_points_evenly(name, samples):
    dataset = make(name, samples)
    counts = np.bincount(dataset.targets)
    assert dataset.inputs.shape == (samples, 2)
    assert dataset.inputs.dtype == np.float64
    assert dataset.targets.dtype == np.int64
    assert counts.sum() == samples
    assert counts.max() - counts.min() <= 1
    assert list(counts) == sorted(counts, reverse=True)
    assert len(dataset.class_names) == len(counts) == TOYS[name].default_classes
    assert np.isfinite(dataset.inputs).all()


@pytest.mark.parametrize("name", REGRESSION)
def test_fields_have_a_value_for_each_point(name):
    dataset = make(name, 50)
    assert dataset.task == "regression"
    assert dataset.inputs.shape == (50, 1 if name == "sine" else 2)
    assert dataset.targets.shape == (50,)
    assert dataset.targets.dtype == np.float64
    assert len(dataset.input_names) == dataset.inputs.shape[1]
    assert np.ptp(dataset.targets) > 0.5


@pytest.mark.parametrize("name", TOYS)
def test_the_seed_alone_decides(name):
    first, same, other = make(name, seed=3), make(name, seed=3), make(name, seed=4)
    assert np.array_equal(first.inputs, same.inputs)
    assert np.array_equal(first.targets, same.targets)
    assert not (
        np.array_equal(first.inputs, other.inputs) and np.array_equal(first.targets, other.targets)
    )


@pytest.mark.parametrize("name", TOYS)
def test_noise_changes_the_points(name):
    quiet, loud = make(name, noise=0.0), make(name, noise=0.5)
    assert not (
        np.array_equal(quiet.inputs, loud.inputs) and np.array_equal(quiet.targets, loud.targets)
    )


@pytest.mark.parametrize("name", ANY_CLASSES)
@pytest.mark.parametrize("classes", [2, 5, 7])
def test_any_number_of_classes(name, classes):
    dataset = make(name, 100, classes=classes)
    assert set(dataset.targets) == set(range(classes))
    assert len(dataset.class_names) == classes


def test_share_out_gives_the_rest_to_the_first():
    assert share_out(11, 3) == (4, 4, 3)
    assert share_out(6, 3) == (2, 2, 2)


def test_spiral_follows_the_book():
    # Neural Networks from Scratch, three classes of five points: r = i/4, t = 4c + i.
    dataset = make("spiral", 15, classes=3, noise=0.0)
    for number in range(3):
        for i in range(5):
            x1, x2 = dataset.inputs[5 * number + i]
            t = 4 * number + i
            assert x1 == pytest.approx(i / 4 * np.sin(2.5 * t), abs=1e-12)
            assert x2 == pytest.approx(i / 4 * np.cos(2.5 * t), abs=1e-12)


def test_spiral_noise_turns_and_keeps_the_radius():
    quiet, loud = make("spiral", noise=0.0), make("spiral", noise=0.3)
    assert radius(loud) == pytest.approx(radius(quiet), abs=1e-12)


def test_spiral_noise_is_the_deviation_of_the_angle():
    quiet, loud = make("spiral", 30_000, noise=0.0), make("spiral", 30_000, noise=0.1)
    away = radius(quiet) > 0.1
    angle = [np.arctan2(d.inputs[away, 0], d.inputs[away, 1]) for d in (quiet, loud)]
    turned = (angle[1] - angle[0] + np.pi) % (2 * np.pi) - np.pi
    assert np.std(turned) == pytest.approx(2.5 * 0.1, rel=0.03)


def test_circle_is_a_disc_in_a_ring():
    dataset = make("circle", 2000, noise=0.0)
    inner, outer = radius(dataset)[dataset.targets == 0], radius(dataset)[dataset.targets == 1]
    assert 2.4 < inner.max() <= 2.5
    assert 3.5 <= outer.min() < 3.6
    assert 4.9 < outer.max() <= 5.0


def test_circle_noise_moves_within_five_times_noise():
    dataset = make("circle", 5000, noise=0.1)
    assert np.abs(dataset.inputs).max() <= 5.5
    assert radius(dataset)[dataset.targets == 0].max() > 2.5


def test_xor_classes_are_told_by_the_signs():
    dataset = make("xor", 2000, noise=0.0)
    assert np.array_equal(dataset.inputs.prod(axis=1) < 0, dataset.targets == 1)
    assert np.abs(dataset.inputs).min() >= 0.3
    assert 5.2 < np.abs(dataset.inputs).max() <= 5.3
    quadrants = {tuple(signs) for signs in np.sign(dataset.inputs)}
    assert len(quadrants) == 4


@pytest.mark.parametrize(("noise", "variance"), [(0.0, 0.5), (0.5, 4.0)])
def test_two_gaussians_have_the_playground_variance(noise, variance):
    dataset = make("two_gaussians", 40_000, noise=noise)
    for number, center in enumerate((2.0, -2.0)):
        points = dataset.inputs[dataset.targets == number]
        assert points.mean(axis=0) == pytest.approx([center, center], abs=0.05)
        assert points.var(axis=0) == pytest.approx([variance, variance], rel=0.05)


def test_two_arm_spiral_arms_mirror_each_other():
    dataset = make("two_arm_spiral", 200, noise=0.0)
    assert dataset.inputs[:100] == pytest.approx(-dataset.inputs[100:], abs=1e-9)
    assert radius(dataset)[:100] == pytest.approx(np.arange(100) / 20)
    # One seventh of the way along, half a turn in all: straight down the x2 axis.
    halfway = make("two_arm_spiral", 14, noise=0.0).inputs[2]
    assert halfway == pytest.approx([0.0, -10 / 7], abs=1e-9)


def test_moons_are_half_circles():
    dataset = make("moons", 100, noise=0.0)
    upper, lower = dataset.inputs[:50], dataset.inputs[50:]
    assert np.hypot(*upper.T) == pytest.approx(1.0)
    assert np.hypot(lower[:, 0] - 1.0, lower[:, 1] - 0.5) == pytest.approx(1.0)
    assert (upper[:, 1] > -1e-9).all()
    assert (lower[:, 1] < 0.5 + 1e-9).all()


def test_rings_are_circles_of_growing_radius():
    dataset = make("rings", 200, classes=4, noise=0.0)
    assert radius(dataset) == pytest.approx((dataset.targets + 1) / 4)


def test_checkerboard_classes_alternate():
    dataset = make("checkerboard", 2000, noise=0.0)
    squares = np.floor((dataset.inputs + 1.0) / 0.5).astype(int)
    assert squares.min() == 0
    assert squares.max() == 3
    assert np.array_equal(squares.sum(axis=1) % 2, dataset.targets)
    assert len({tuple(square) for square in squares}) == 16


def test_blobs_lie_about_the_corners_of_a_polygon():
    dataset = make("blobs", 40, classes=4, noise=0.0)
    corners = [[0, 1], [1, 0], [0, -1], [-1, 0]]
    found = {tuple(np.round(point, 9) + 0.0) for point in dataset.inputs}
    assert found == {tuple(map(float, corner)) for corner in corners}
    noisy = make("blobs", 40_000, classes=4, noise=0.3)
    assert noisy.inputs[noisy.targets == 0].std(axis=0) == pytest.approx([0.3, 0.3], rel=0.05)


def test_plane_is_the_sum_over_ten():
    dataset = make("plane", 500, noise=0.0)
    assert dataset.targets == pytest.approx(dataset.inputs.sum(axis=1) / 10)
    assert np.abs(dataset.inputs).max() <= 6.0


def test_six_gaussians_are_cones_of_radius_two():
    dataset = make("six_gaussians", 3000, noise=0.0)
    hills = {(-4, 2.5): 1, (0, 2.5): -1, (4, 2.5): 1, (-4, -2.5): -1, (0, -2.5): 1, (4, -2.5): -1}
    for point, target in zip(dataset.inputs, dataset.targets, strict=True):
        heights = [
            sign * max(0.0, 1.0 - np.hypot(point[0] - x1, point[1] - x2) / 2.0)
            for (x1, x2), sign in hills.items()
        ]
        assert target == pytest.approx(max(heights, key=abs))


def test_sine_is_one_period():
    dataset = make("sine", 4, noise=0.0)
    assert dataset.inputs[:, 0] == pytest.approx([0.0, 0.25, 0.5, 0.75])
    assert dataset.targets == pytest.approx([0.0, 1.0, 0.0, -1.0], abs=1e-12)
    noisy = make("sine", 20_000, noise=0.2)
    residual = noisy.targets - np.sin(2 * np.pi * noisy.inputs[:, 0])
    assert residual.std() == pytest.approx(0.2, rel=0.05)


@pytest.mark.parametrize(
    ("name", "settings", "words"),
    [
        ("spiral", {"samples": 5, "classes": 10}, ["data.classes", "more classes", "10", "5"]),
        ("spiral", {"samples": 5, "classes": 3}, ["data.samples", "5", "3", "6"]),
        ("spiral", {"samples": 1}, ["data.samples", "1"]),
        ("spiral", {"samples": 10**12}, ["data.samples", "10,000,000"]),
        ("spiral", {"classes": 1}, ["data.classes", "1", "2 or more"]),
        ("spiral", {"classes": -3}, ["data.classes", "-3"]),
        ("moons", {"classes": 3}, ["data.classes", "3", "moons", "spiral"]),
        ("plane", {"classes": 2}, ["data.classes", "plane"]),
        ("xor", {"noise": -0.1}, ["data.noise", "-0.1"]),
        ("xor", {"noise": float("nan")}, ["data.noise", "nan"]),
        ("xor", {"noise": float("inf")}, ["data.noise", "inf"]),
    ],
)
def test_what_cannot_be_made_is_refused(name, settings, words):
    with pytest.raises(DataError) as error:
        make(name, **settings)
    for word in words:
        assert word in str(error.value)


def test_a_fixed_set_accepts_its_own_number_of_classes():
    assert len(make("moons", classes=2).class_names) == 2
