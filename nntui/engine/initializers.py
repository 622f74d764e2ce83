"""Initializers: the numbers that weights start from.

Training starts well when the signal keeps its size from layer to layer, so most initializers
choose the spread of the weights from the number of inputs (fan_in) and units (fan_out).
"""

import math
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray


class Initializer(Protocol):
    """Draws the first weights of a layer."""

    def __call__(
        self, fan_in: int, fan_out: int, generator: np.random.Generator
    ) -> NDArray[np.float64]:
        """Return weights of shape (fan_in, fan_out).

        Args:
            fan_in: The number of inputs of each unit.
            fan_out: The number of units.
            generator: Where random numbers come from.
        """
        ...


@dataclass(frozen=True)
class GlorotUniform:
    """Uniform in ±√(6 / (fan_in + fan_out)): variance 2 / (fan_in + fan_out). For tanh, sigmoid.

    Source: Glorot and Bengio, "Understanding the difficulty of training deep feedforward neural
    networks", 2010, equation 16.
    """

    def __call__(
        self, fan_in: int, fan_out: int, generator: np.random.Generator
    ) -> NDArray[np.float64]:
        """Return weights of shape (fan_in, fan_out)."""
        limit = math.sqrt(6.0 / (fan_in + fan_out))
        return generator.uniform(-limit, limit, (fan_in, fan_out))


@dataclass(frozen=True)
class GlorotNormal:
    """Normal with mean 0 and variance 2 / (fan_in + fan_out). For tanh and sigmoid.

    Keras cuts the tails off at two standard deviations; this is the plain normal distribution.

    Source: Glorot and Bengio, 2010, equation 12.
    """

    def __call__(
        self, fan_in: int, fan_out: int, generator: np.random.Generator
    ) -> NDArray[np.float64]:
        """Return weights of shape (fan_in, fan_out)."""
        return generator.normal(0.0, math.sqrt(2.0 / (fan_in + fan_out)), (fan_in, fan_out))


@dataclass(frozen=True)
class HeUniform:
    """Uniform in ±√(6 / fan_in): variance 2 / fan_in. For ReLU and its relatives.

    Source: He et al., "Delving deep into rectifiers", 2015.
    """

    def __call__(
        self, fan_in: int, fan_out: int, generator: np.random.Generator
    ) -> NDArray[np.float64]:
        """Return weights of shape (fan_in, fan_out)."""
        limit = math.sqrt(6.0 / fan_in)
        return generator.uniform(-limit, limit, (fan_in, fan_out))


@dataclass(frozen=True)
class HeNormal:
    """Normal with mean 0 and variance 2 / fan_in. For ReLU and its relatives.

    Half of a ReLU layer's outputs are zero; the 2 makes up for it. Keras cuts the tails off at
    two standard deviations; this is the plain normal distribution.

    Source: He et al., "Delving deep into rectifiers", 2015, equation 10.
    """

    def __call__(
        self, fan_in: int, fan_out: int, generator: np.random.Generator
    ) -> NDArray[np.float64]:
        """Return weights of shape (fan_in, fan_out)."""
        return generator.normal(0.0, math.sqrt(2.0 / fan_in), (fan_in, fan_out))


@dataclass(frozen=True)
class Normal:
    """Normal with mean 0.

    Args:
        scale: The standard deviation.
    """

    scale: float

    def __call__(
        self, fan_in: int, fan_out: int, generator: np.random.Generator
    ) -> NDArray[np.float64]:
        """Return weights of shape (fan_in, fan_out)."""
        return generator.normal(0.0, self.scale, (fan_in, fan_out))


@dataclass(frozen=True)
class Uniform:
    """Uniform from low up to high.

    Args:
        low: The smallest weight.
        high: No weight reaches it.
    """

    low: float
    high: float

    def __call__(
        self, fan_in: int, fan_out: int, generator: np.random.Generator
    ) -> NDArray[np.float64]:
        """Return weights of shape (fan_in, fan_out)."""
        return generator.uniform(self.low, self.high, (fan_in, fan_out))


@dataclass(frozen=True)
class Constant:
    """The same number everywhere.

    Units that start equal get equal gradients and stay equal: this is for showing why random
    weights are needed.

    Args:
        value: The number.
    """

    value: float

    def __call__(
        self, fan_in: int, fan_out: int, generator: np.random.Generator
    ) -> NDArray[np.float64]:
        """Return weights of shape (fan_in, fan_out)."""
        return np.full((fan_in, fan_out), self.value)


@dataclass(frozen=True)
class Zeros:
    """Zero everywhere (see ``Constant``)."""

    def __call__(
        self, fan_in: int, fan_out: int, generator: np.random.Generator
    ) -> NDArray[np.float64]:
        """Return weights of shape (fan_in, fan_out)."""
        return np.zeros((fan_in, fan_out))
