"""The names of the input features: what they are, and the other ways to write them.

This module needs nothing but the standard library, so that an experiment can be read and checked
without loading numpy.
"""

import re
from collections.abc import Iterable

PLANE_FEATURES = (
    "x1",
    "x2",
    "x1^2",
    "x2^2",
    "x1*x2",
    "sin(x1)",
    "sin(x2)",
    "cos(x1)",
    "cos(x2)",
)
"""The features of points in the plane, as TensorFlow Playground offers them and cosine beside
sine. Other columns have theirs in the same way: ``x3``, ``x3^2``, ``x1*x3``, ``sin(x3)``..."""

_NUMBERED = re.compile(r"x\d+")
_COLUMN = re.compile(r"x([1-9]\d{0,6})", re.ASCII)
_SQUARE = re.compile(r"x([1-9]\d{0,6})\s*(?:²|\^\s*2|\*\*\s*2|_squared|\s+squared)", re.ASCII)
_PRODUCT = re.compile(
    r"x([1-9]\d{0,6})\s*(?:\*|·|×|⋅|_times_|\s+times\s+)\s*x([1-9]\d{0,6})", re.ASCII
)
_WAVE = re.compile(r"(sin|cos)[\s_]*(?:\(\s*x([1-9]\d{0,6})\s*\)|x([1-9]\d{0,6}))", re.ASCII)


def are_numbered(columns: Iterable[str]) -> bool:
    """Tell whether some raw columns are themselves called x3 and the like.

    Then x3 is that column; otherwise it is the third one, whatever that is called.
    """
    return any(_NUMBERED.fullmatch(canonical_feature(name)) for name in columns)


def canonical_feature(name: str) -> str:
    """Return the one spelling that is used for a feature.

    ``X1²``, ``x1**2`` and ``x1_squared`` all become ``x1^2``; ``x2·x1`` and ``x1_times_x2``
    become ``x1*x2``; ``sin x1``, ``sinx1`` and ``sin_x1`` become ``sin(x1)``.

    Args:
        name: A feature as the user wrote it.

    Returns:
        The feature's own name; any other name, such as that of a raw column, unchanged.

    Example:
        >>> canonical_feature("X2·X1")
        'x1*x2'
    """
    text = name.strip().lower()
    if match := _COLUMN.fullmatch(text):
        return f"x{match[1]}"
    if match := _SQUARE.fullmatch(text):
        return f"x{match[1]}^2"
    if match := _PRODUCT.fullmatch(text):
        first, second = sorted((int(match[1]), int(match[2])))
        return f"x{first}*x{second}" if first != second else f"x{first}^2"
    if match := _WAVE.fullmatch(text):
        return f"{match[1]}(x{match[2] or match[3]})"
    return name
