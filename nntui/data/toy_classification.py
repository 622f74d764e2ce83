"""Made-up points in the plane that belong to classes: one function for each shape.

Every function takes the number of points of each class, the amount of noise and a random
generator, and returns the inputs, float64 of shape (points, 2). The points of class 0 come
first, then those of class 1, and so on. Without noise a shape is at its cleanest; what one unit
of noise means is said in each docstring.

Circle, xor, two gaussians and the two-arm spiral are those of TensorFlow Playground
(``src/dataset.ts``), in its coordinates, about -6 to 6. The Playground moves a point by the noise
to find its class and draws it where it was; here it gets its class where it was and is drawn
where it has moved. Borders blur in the same way, and the classes keep their sizes.
"""

from collections.abc import Sequence

import numpy as np

from nntui.data.dataset import FloatArray

_PLAYGROUND_RADIUS = 5.0
_SQUARES_ACROSS = 4


def spiral(counts: Sequence[int], noise: float, generator: np.random.Generator) -> FloatArray:
    """Any number of arms that wind out from the origin, to radius 1.

    Point i of n of class c lies at radius r = i / (n - 1) and angle t = 4 c + 4 i / (n - 1),
    at x = (r sin(2.5 t), r cos(2.5 t)).

    ``noise`` is the standard deviation of the normal noise added to t.

    Source: H. Kinsley and D. Kukieła, *Neural Networks from Scratch in Python* (2020),
    chapter 3, after the CS231n notes of Stanford University.
    """
    arms: list[FloatArray] = []
    for number, count in enumerate(counts):
        radius = np.linspace(0.0, 1.0, count)
        turn = np.linspace(4.0 * number, 4.0 * (number + 1), count)
        turn = turn + noise * generator.standard_normal(count)
        arms.append(_on_circles(radius, 2.5 * turn))
    return np.concatenate(arms)


def circle(counts: Sequence[int], noise: float, generator: np.random.Generator) -> FloatArray:
    """A disc (class 0, radius up to 2.5) inside a ring (class 1, radius from 3.5 to 5).

    ``noise`` moves each coordinate evenly within ±5 noise.

    Source: TensorFlow Playground, ``classifyCircleData``.
    """
    inner = generator.uniform(0.0, 0.5 * _PLAYGROUND_RADIUS, counts[0])
    outer = generator.uniform(0.7 * _PLAYGROUND_RADIUS, _PLAYGROUND_RADIUS, counts[1])
    radius = np.concatenate([inner, outer])
    points = _on_circles(radius, generator.uniform(0.0, 2.0 * np.pi, len(radius)))
    return points + _shift(len(points), _PLAYGROUND_RADIUS * noise, generator)


def xor(counts: Sequence[int], noise: float, generator: np.random.Generator) -> FloatArray:
    """Four squares: class 1 where the signs of x1 and x2 differ, class 0 where they agree.

    Both coordinates lie between 0.3 and 5.3, or -5.3 and -0.3.

    ``noise`` moves each coordinate evenly within ±5 noise.

    Source: TensorFlow Playground, ``classifyXORData`` (which numbers the classes the other way).
    """
    total = sum(counts)
    padding = 0.3
    size = generator.uniform(padding, _PLAYGROUND_RADIUS + padding, (total, 2))
    sign = generator.choice(np.array([-1.0, 1.0]), total)
    agreement = np.repeat([1.0, -1.0], counts)
    points = size * np.stack([sign, sign * agreement], axis=1)
    return points + _shift(total, _PLAYGROUND_RADIUS * noise, generator)


def two_gaussians(
    counts: Sequence[int], noise: float, generator: np.random.Generator
) -> FloatArray:
    """Two round clouds, class 0 about (2, 2) and class 1 about (-2, -2).

    ``noise`` widens the clouds: the variance of each coordinate is 0.5 + 7 noise.

    Source: TensorFlow Playground, ``classifyTwoGaussData``.
    """
    centers = np.repeat([[2.0, 2.0], [-2.0, -2.0]], counts, axis=0)
    deviation = np.sqrt(0.5 + 7.0 * noise)
    return centers + deviation * generator.standard_normal(centers.shape)


def two_arm_spiral(
    counts: Sequence[int], noise: float, generator: np.random.Generator
) -> FloatArray:
    """Two arms that wind 1.75 times about each other, out to radius 5.

    Point i of n lies at radius 5 i / n and angle 3.5 π i / n, the second arm half a turn on.

    ``noise`` moves each coordinate evenly within ±noise.

    Source: TensorFlow Playground, ``classifySpiralData``.
    """
    arms: list[FloatArray] = []
    for start, count in zip((0.0, np.pi), counts, strict=True):
        share = np.arange(count) / count
        arms.append(_on_circles(_PLAYGROUND_RADIUS * share, 3.5 * np.pi * share + start))
    points = np.concatenate(arms)
    return points + _shift(len(points), noise, generator)


def moons(counts: Sequence[int], noise: float, generator: np.random.Generator) -> FloatArray:
    """Two half circles of radius 1 that reach into each other.

    ``noise`` is the standard deviation of the normal noise added to each coordinate.

    Source: scikit-learn, ``sklearn.datasets.make_moons``.
    """
    upper = np.linspace(0.0, np.pi, counts[0])
    lower = np.linspace(0.0, np.pi, counts[1])
    points = np.concatenate(
        [
            np.stack([np.cos(upper), np.sin(upper)], axis=1),
            np.stack([1.0 - np.cos(lower), 0.5 - np.sin(lower)], axis=1),
        ]
    )
    return points + noise * generator.standard_normal(points.shape)


def rings(counts: Sequence[int], noise: float, generator: np.random.Generator) -> FloatArray:
    """Any number of circles about the origin, class 0 the smallest, the last of radius 1.

    ``noise`` is the standard deviation of the normal noise added to each coordinate, measured in
    distances between one ring and the next, so that more rings do not overlap more.

    Source: the concentric circles of scikit-learn's ``make_circles``, for any number of classes.
    """
    gap = 1.0 / len(counts)
    radius = np.repeat(gap * np.arange(1, len(counts) + 1, dtype=np.float64), counts)
    points = _on_circles(radius, generator.uniform(0.0, 2.0 * np.pi, len(radius)))
    return points + noise * gap * generator.standard_normal(points.shape)


def checkerboard(counts: Sequence[int], noise: float, generator: np.random.Generator) -> FloatArray:
    """A board of 4 × 4 squares from -1 to 1, the two classes in turn; class 0 in the lower left.

    ``noise`` is the standard deviation of the normal noise added to each coordinate, measured in
    sides of a square.

    Source: a classic test of non-linear classifiers, as in T. K. Ho and E. M. Kleinberg,
    "Building projectable classifiers of arbitrary complexity", ICPR 1996.
    """
    side = 2.0 / _SQUARES_ACROSS
    columns, rows = np.divmod(np.arange(_SQUARES_ACROSS**2), _SQUARES_ACROSS)
    parity = (columns + rows) % 2
    squares = np.concatenate(
        [generator.choice(np.flatnonzero(parity == c), n) for c, n in enumerate(counts)]
    )
    corners = np.stack([columns[squares], rows[squares]], axis=1)
    within = generator.uniform(0.0, 1.0, corners.shape)
    within += noise * generator.standard_normal(corners.shape)
    return side * (corners + within) - 1.0


def blobs(counts: Sequence[int], noise: float, generator: np.random.Generator) -> FloatArray:
    """Any number of round clouds, their centers evenly spaced on the circle of radius 1.

    ``noise`` is the standard deviation of each coordinate within a cloud.

    Source: after scikit-learn's ``make_blobs``, with centers that do not move with the seed.
    """
    angles = 2.0 * np.pi * np.arange(len(counts)) / len(counts)
    centers = np.repeat(np.stack([np.cos(angles), np.sin(angles)], axis=1), counts, axis=0)
    return centers + noise * generator.standard_normal(centers.shape)


def _on_circles(radius: FloatArray, angle: FloatArray) -> FloatArray:
    """Place points by radius and by angle in radians, measured from the x2 axis towards x1."""
    return np.stack([radius * np.sin(angle), radius * np.cos(angle)], axis=1)


def _shift(points: int, reach: float, generator: np.random.Generator) -> FloatArray:
    """Draw moves, even within ±reach on both axes, shape (points, 2)."""
    return generator.uniform(-1.0, 1.0, (points, 2)) * reach
