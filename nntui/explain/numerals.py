"""Numbers and sums as they stand in a formula."""

import math
from collections.abc import Sequence
from typing import SupportsFloat

import numpy as np

DIGITS = 4
"""How many digits of a number are written."""

MANY_DIGITS = 6
"""Enough to see a small change of a number."""

_SETTING_DIGITS, _EVERY_DIGIT = 12, 17

_SMALLEST, _LARGEST = 1e-4, 1e6
"""Sizes between these are written without an exponent."""

MOST_TERMS = 4
"""How many terms of a sum are written out; of more, the largest ones but one."""


def numeral(value: SupportsFloat, digits: int = DIGITS) -> str:
    """Write a number with a few digits that matter, without an exponent if its size is ordinary.

    Args:
        value: The number.
        digits: How many digits.

    Example:
        >>> numeral(-0.31416), numeral(123456.7), numeral(2.5e-7), numeral(0.5)
        ('−0.3142', '123457', '2.5e−7', '0.5')
    """
    number = float(value)
    if math.isnan(number):
        return "NaN"
    if math.isinf(number):
        return "∞" if number > 0 else "−∞"
    size = abs(number)
    if size == 0.0:
        return "0"
    if _SMALLEST <= size < _LARGEST:
        decimals = max(digits - 1 - math.floor(math.log10(size)), 0)
        text = f"{size:.{decimals}f}"
        text = text.rstrip("0").rstrip(".") if "." in text else text
    else:
        mantissa, exponent = f"{size:.{digits - 1}e}".split("e")
        power = str(int(exponent)).replace("-", "−")
        text = f"{mantissa.rstrip('0').rstrip('.')}e{power}"
    return f"−{text}" if number < 0 else text


def setting(value: SupportsFloat) -> str:
    """Write a setting, such as 0.99999, with all its digits.

    Example:
        >>> setting(0.99999), setting(1e-07)
        ('0.99999', '1e−7')
    """
    return numeral(value, digits=_SETTING_DIGITS)


def told_apart(first: float, second: float) -> tuple[str, str]:
    """Write two different numbers with enough digits to see which one is larger.

    Example:
        >>> told_apart(1.07112, 1.07119), told_apart(1.5, 2.0)
        (('1.0711', '1.0712'), ('1.5', '2'))
    """
    pairs = [(numeral(first, n), numeral(second, n)) for n in range(DIGITS, _EVERY_DIGIT + 1)]
    return next((pair for pair in pairs if pair[0] != pair[1]), pairs[-1])


def factor(value: SupportsFloat, digits: int = DIGITS) -> str:
    """Write a number so that an operator may stand before it: a negative one in brackets.

    Example:
        >>> factor(0.5), factor(-0.5)
        ('0.5', '(−0.5)')
    """
    text = numeral(value, digits)
    return f"({text})" if text.startswith("−") else text


def difference(first: SupportsFloat, second: SupportsFloat) -> str:
    """Write first − second, with so many digits that the result can be computed from them.

    Example:
        >>> difference(0.2, -1.0), difference(0.99991234, 1.0)
        ('0.2 − (−1)', '0.99991234 − 1')
    """
    size = abs(float(first) - float(second))
    digits = [digits_to_see(number, size) for number in (first, second)]
    return f"{numeral(first, digits[0])} − {factor(second, digits[1])}"


def near(value: SupportsFloat, goal: float) -> str:
    """Write a number, also how far it is from another one if it is close to that.

    Example:
        >>> near(0.25, 1.0), near(0.999998107, 1.0)
        ('0.25', '0.999998107')
    """
    return numeral(value, digits_to_see(value, abs(float(value) - goal)))


def exponent(value: SupportsFloat) -> str:
    """Write a number that stands in an exponent, where rounding would be multiplied.

    Example:
        >>> exponent(0.123456), exponent(-18.9943)
        ('0.1235', '(−18.994)')
    """
    return factor(value, digits_to_see(value, 1.0))


def digits_to_see(value: SupportsFloat, size: float) -> int:
    """Return how many digits of a number are needed to see a change of some size well.

    Example:
        >>> digits_to_see(123.4, 0.01), digits_to_see(0.5, 7.0)
        (8, 4)
    """
    number = abs(float(value))
    if not (0.0 < size < number < math.inf):
        return DIGITS
    places = math.floor(math.log10(number)) - math.floor(math.log10(size))
    return min(DIGITS + places, _EVERY_DIGIT)


def product(first: SupportsFloat, *others: SupportsFloat) -> str:
    """Write a product.

    Example:
        >>> product(-0.2, 0.9, -3)
        '−0.2 · 0.9 · (−3)'
    """
    return " · ".join([numeral(first), *(factor(other) for other in others)])


def sum_of(terms: Sequence[str], values: Sequence[float]) -> str:
    """Write a sum, the largest terms of a long one only.

    Args:
        terms: Each term as it is to be written.
        values: What each term is.

    Example:
        >>> sum_of(["1 · 2", "−0.5"], [2.0, -0.5])
        '1 · 2 + (−0.5)'
        >>> sum_of([str(n) for n in range(9)], [float(n) for n in range(9)])
        '6 + 7 + 8 + … 6 more terms (15)'
    """
    shown, rest = _largest(values)
    parts = [_term(terms[index]) if place else terms[index] for place, index in enumerate(shown)]
    if rest:
        others = numeral(math.fsum(values[index] for index in rest) if _finite(values) else np.nan)
        parts.append(f"… {len(rest)} more terms ({others})")
    return " + ".join(parts)


def sum_of_products(first: Sequence[float], second: Sequence[float]) -> str:
    """Write Σ first · second, the largest terms of a long sum only.

    Example:
        >>> sum_of_products([0.31, 0.5], [1.2, -0.3])
        '0.31 · 1.2 + 0.5 · (−0.3)'
    """
    pairs = list(zip(first, second, strict=True))
    values = [x * y for x, y in pairs]
    shown, _ = _largest(values)
    written = set(shown)
    # Only what is shown is worth writing: there may be thousands of terms.
    terms = [product(x, y) if index in written else "" for index, (x, y) in enumerate(pairs)]
    return sum_of(terms, values)


def sum_of_numbers(values: Sequence[float]) -> str:
    """Write a sum of plain numbers, the largest ones of a long sum only."""
    return sum_of([numeral(value) for value in values], values)


def _term(text: str) -> str:
    """Put the number that a term begins with in brackets if it is negative."""
    first, *others = text.split(" ")
    return " ".join([f"({first})", *others]) if first.startswith("−") else text


def _largest(values: Sequence[float]) -> tuple[list[int], list[int]]:
    """Tell which terms to write, in their order, and which to fold into one."""
    if len(values) <= MOST_TERMS:
        return list(range(len(values))), []
    sizes = np.nan_to_num(np.abs(np.asarray(values, np.float64)), nan=np.inf)
    order: list[int] = np.argsort(-sizes, kind="stable").tolist()
    shown = min(MOST_TERMS - 1, max(int(np.count_nonzero(sizes)), 1))
    return sorted(order[:shown]), sorted(order[shown:])


def _finite(values: Sequence[float]) -> bool:
    return all(math.isfinite(value) for value in values)
