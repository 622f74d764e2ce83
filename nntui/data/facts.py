"""Facts about data that also those need who do without numpy, such as the experiment's settings."""

from typing import Literal, TypeAlias

Task: TypeAlias = Literal["classification", "regression"]
"""Whether a class or a number is to be predicted."""

MOST_SAMPLES = 10_000_000
"""How many points a toy data set makes at most: a slip of the finger must not fill the memory."""
