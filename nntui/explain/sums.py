"""Sums of products of two vectors, written with numbers."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from nntui.explain.numerals import sum_of_products


def products_text(first: NDArray[Any], second: NDArray[Any]) -> str:
    """Write Σ first · second, in double precision; see ``numerals.sum_of_products``."""
    return sum_of_products(first.astype(np.float64).tolist(), second.astype(np.float64).tolist())
