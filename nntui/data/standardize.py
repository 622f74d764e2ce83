"""Bring columns to mean 0 and standard deviation 1, and back."""

from dataclasses import dataclass

import numpy as np

from nntui.data.dataset import FloatArray

_LARGE = 1e100


@dataclass(frozen=True, eq=False)
class Standardizer:
    """The change of scale z = (x - mean) / scale, column by column.

    It is learnt from the training points alone: a mean that had seen the test points would carry
    something of them into training.

    Attributes:
        mean: What is subtracted, in the columns' own units, shape (columns,).
        scale: What is divided by, in the columns' own units, above 0, shape (columns,).
    """

    mean: FloatArray
    scale: FloatArray

    @classmethod
    def fit(cls, values: FloatArray) -> "Standardizer":
        """Learn the mean and the standard deviation (that of the points, divided by n).

        A column that does not vary gets the scale 1: it becomes 0 and stays finite.

        Args:
            values: Shape (points, columns), at least one point.
        """
        # Numbers up to 1e308 are read; brought near 1 first, their squares do not overflow.
        # A power of two as the unit changes no digit of a number.
        largest = np.abs(values).max(axis=0)
        unit = np.where(largest > _LARGE, np.exp2(np.frexp(largest)[1] - 1.0), 1.0)
        reduced = values / unit
        mean: FloatArray = reduced.mean(axis=0) * unit
        scale: FloatArray = reduced.std(axis=0) * unit
        constant = (values == values[0]).all(axis=0) | (scale <= 0.0)
        return cls(np.where(constant, values[0], mean), np.where(constant, 1.0, scale))

    @classmethod
    def identity(cls, columns: int) -> "Standardizer":
        """Return the standardizer that changes nothing."""
        return cls(np.zeros(columns), np.ones(columns))

    def transform(self, values: FloatArray) -> FloatArray:
        """Standardize values of shape (points, columns), or (points,) where there is one column."""
        return (values - self.mean) / self.scale

    def inverse(self, values: FloatArray) -> FloatArray:
        """Bring standardized values back to the columns' own units; same shape."""
        return values * self.scale + self.mean
