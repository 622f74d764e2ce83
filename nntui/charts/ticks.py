"""Round numbers for axes: 1, 2 or 5 times a power of ten."""

import math
from typing import NamedTuple

_MANTISSAS = (1.0, 2.0, 5.0, 10.0)
_UNITS = ((1e10, 1e9, "G"), (1e7, 1e6, "M"), (1e4, 1e3, "k"))
_SCIENTIFIC_FROM = 1e13
_SMALLEST_FIXED_STEP = 1e-4
_MOST_TICKS = 100


class Tick(NamedTuple):
    """A labelled place of an axis.

    Attributes:
        value: The place.
        label: What is written there.
    """

    value: float
    label: str


def nice_step(span: float, most: int) -> float:
    """Return the smallest round step that divides a span into at most so many parts.

    Args:
        span: The length of the axis, above 0.
        most: How many parts there may be, 1 or more.

    Example:
        >>> nice_step(3.7, 5)
        1.0
    """
    least = span / max(most, 1)
    power = 10.0 ** math.floor(math.log10(least))
    return next((m * power for m in _MANTISSAS if m * power >= least * (1 - 1e-9)), 10 * power)


def nice_ticks(low: float, high: float, most: int) -> tuple[Tick, ...]:
    """Choose round places of an axis and write them down.

    Args:
        low: Where the axis begins.
        high: Where it ends.
        most: How many parts there may be between the places.

    Returns:
        The places from low to high; none if there is no sensible choice.

    Example:
        >>> [tick.label for tick in nice_ticks(-1.3, 1.4, 5)]
        ['-1', '0', '1']
    """
    span = high - low
    if most < 1 or not math.isfinite(span) or span <= 0:
        return ()
    step = nice_step(span, most)
    if step <= 0:  # Shorter than the smallest number of full precision.
        return ()
    first, last = low / step, high / step
    if not (math.isfinite(first) and math.isfinite(last)) or last - first > _MOST_TICKS:
        return ()
    margin = 1e-6
    numbers = range(math.ceil(first - margin), math.floor(last + margin) + 1)
    # A step below the float's own resolution would repeat the same number for ever.
    values = [number * step for number in numbers]
    return tuple(Tick(v, t) for v, t in zip(values, tick_labels(values, step), strict=True))


def tick_labels(values: list[float], step: float) -> list[str]:
    """Write numbers with as many digits as their distance asks for.

    Args:
        values: The numbers.
        step: Their distance.

    Returns:
        Such as "0.5", "20k" or "1e-06".
    """
    largest = max(map(abs, values), default=0.0)
    if largest >= _SCIENTIFIC_FROM or step < _SMALLEST_FIXED_STEP:
        return [f"{value:.3g}" for value in values]
    for least, unit, sign in _UNITS:
        if largest >= least:
            return [_fixed(value / unit, step / unit) + (sign if value else "") for value in values]
    return [_fixed(value, step) for value in values]


def _fixed(value: float, step: float) -> str:
    """Write a number with the decimals that a step of its size needs."""
    decimals = max(0, -math.floor(math.log10(step) + 1e-9))
    text = f"{value:.{decimals}f}"
    return text.removeprefix("-") if float(text) == 0 else text
