"""Made-up points with a number to predict: one function for each field.

Every function takes the number of points, the amount of noise and a random generator, and
returns the inputs, float64 of shape (points, columns), and the targets, float64 of shape
(points,).
"""

import numpy as np

from nntui.data.dataset import FloatArray

_PLAYGROUND_RADIUS = 6.0

# Center x1, center x2 and height of each hill, from TensorFlow Playground.
_HILLS = np.array(
    [
        [-4.0, 2.5, 1.0],
        [0.0, 2.5, -1.0],
        [4.0, 2.5, 1.0],
        [-4.0, -2.5, -1.0],
        [0.0, -2.5, 1.0],
        [4.0, -2.5, -1.0],
    ]
)
_HILL_RADIUS = 2.0


def plane(
    samples: int, noise: float, generator: np.random.Generator
) -> tuple[FloatArray, FloatArray]:
    """A tilted plane: (x1 + x2) / 10 over the square from -6 to 6.

    ``noise`` moves the place where the plane is measured evenly within ±6 noise on both axes.

    Source: TensorFlow Playground, ``regressPlane``.
    """
    inputs, measured = _square(samples, noise, generator)
    return inputs, measured.sum(axis=1) / 10.0


def six_gaussians(
    samples: int, noise: float, generator: np.random.Generator
) -> tuple[FloatArray, FloatArray]:
    """Three hills and three hollows in two rows over the square from -6 to 6.

    A hill is 1 (a hollow -1) at its center and falls evenly to 0 at distance 2; the target is that
    of the nearest one. The Playground calls these cones gaussians, and the name has stayed.

    ``noise`` moves the place where the field is measured evenly within ±6 noise on both axes.

    Source: TensorFlow Playground, ``regressGaussian``.
    """
    inputs, measured = _square(samples, noise, generator)
    offsets = measured[:, np.newaxis, :] - _HILLS[:, :2]
    distance = np.sqrt((offsets**2).sum(axis=2))
    height = _HILLS[:, 2] * np.clip(1.0 - distance / _HILL_RADIUS, 0.0, 1.0)
    return inputs, height[np.arange(samples), distance.argmin(axis=1)]


def sine(
    samples: int, noise: float, generator: np.random.Generator
) -> tuple[FloatArray, FloatArray]:
    """One period of a sine over one column: sin(2 π x1), x1 evenly spaced from 0 to 1.

    ``noise`` is the standard deviation of the normal noise added to the target.

    Source: H. Kinsley and D. Kukieła, *Neural Networks from Scratch in Python* (2020),
    chapter 17.
    """
    x1 = np.arange(samples) / samples
    targets = np.sin(2.0 * np.pi * x1) + noise * generator.standard_normal(samples)
    return x1[:, np.newaxis], targets


def _square(
    samples: int, noise: float, generator: np.random.Generator
) -> tuple[FloatArray, FloatArray]:
    """Draw places in the Playground's square and the moved places where they are measured."""
    inputs = generator.uniform(-_PLAYGROUND_RADIUS, _PLAYGROUND_RADIUS, (samples, 2))
    moves = generator.uniform(-_PLAYGROUND_RADIUS, _PLAYGROUND_RADIUS, (samples, 2))
    return inputs, inputs + noise * moves
