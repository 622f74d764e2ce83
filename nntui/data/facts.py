"""Facts about data that also those need who do without numpy, such as the experiment's settings."""

from typing import Literal, TypeAlias

Task: TypeAlias = Literal["classification", "regression"]
"""Whether a class or a number is to be predicted."""

MOST_SAMPLES = 10_000_000
"""How many points a toy data set makes at most: a slip of the finger must not fill the memory."""

COLUMNS_TO_ROTATE = 2
"""Augmentation turns points in a plane: data of another number of raw columns have no rotation."""


def plain_name(name: str) -> str:
    """Write the name of a data set as the tables of data sets have it.

    Example:
        >>> plain_name(" Breast-Cancer ")
        'breast_cancer'
    """
    return name.strip().lower().replace("-", "_")
