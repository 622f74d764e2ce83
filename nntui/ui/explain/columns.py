"""Numbers one below the other, with their decimal points in line."""

import math
from collections.abc import Sequence

from nntui.explain.numerals import numeral

_DIGITS, _DECIMALS, _MOST_DECIMALS = 4, 4, 6
_LEAST_DIGITS = 2
_SMALLEST, _LARGEST = 1e-3, 1e6
_TEN, _HUNDRED = 10, 100

NONE = "–"
"""Stands where there is no number."""


def column_texts(values: Sequence[float], width: int) -> list[str]:
    """Write the numbers of a column.

    All have the same decimals: four, or more where all numbers are small. One that would lose its
    digits so is written with an exponent, and all where all are tiny.

    Args:
        values: The numbers; NaN for none.
        width: How many characters there is room for, at least 8; decimals are left out for it.

    Example:
        >>> column_texts([-0.31416, 0.5, 0.0, 1.2e-7], 9)
        ['−0.3142', '0.5000', '0', '1.2e−7']
    """
    largest = max((abs(value) for value in values if math.isfinite(value)), default=0.0)
    if 0 < largest < _SMALLEST:
        texts = [numeral(value) if math.isfinite(value) else _special(value) for value in values]
        return [
            text if len(text) <= width else _short(value)
            for text, value in zip(texts, values, strict=True)
        ]
    decimals = _decimals(largest)
    texts = [_text(value, decimals) for value in values]
    while decimals and max(map(len, texts), default=0) > width:
        decimals -= 1
        texts = [_text(value, decimals) for value in values]
    return [
        text if len(text) <= width else _short(value)
        for text, value in zip(texts, values, strict=True)
    ]


def _decimals(largest: float) -> int:
    if largest == 0:
        return 0
    return min(max(_DIGITS - 1 - math.floor(math.log10(largest)), _DECIMALS), _MOST_DECIMALS)


def _text(value: float, decimals: int) -> str:
    if not math.isfinite(value) or value == 0:
        return _special(value)
    size = abs(value)
    if size >= _LARGEST or round(size * _TEN**decimals) < _TEN ** (_LEAST_DIGITS - 1):
        return _short(value)
    return _signed(value, f"{size:.{decimals}f}")


def _short(value: float) -> str:
    """Write a number with an exponent, in at most eight characters."""
    if not math.isfinite(value) or value == 0:
        return _special(value)
    digits = 1 if abs(int(f"{value:e}".split("e")[1])) < _HUNDRED else 0
    mantissa, exponent = f"{abs(value):.{digits}e}".split("e")
    return _signed(value, f"{mantissa.removesuffix('.0')}e{int(exponent)}")


def _special(value: float) -> str:
    if math.isnan(value):
        return NONE
    return "0" if value == 0 else _signed(value, "∞")


def _signed(value: float, size: str) -> str:
    text = size.replace("-", "−")
    return f"−{text}" if value < 0 else text
