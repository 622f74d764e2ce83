"""What a chart of the loss shows of its axes: limits that change seldom, and their ticks."""

import math
from dataclasses import dataclass
from typing import Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray

from nntui.charts.axes import Area
from nntui.charts.ticks import Tick, nice_ticks

Kind: TypeAlias = Literal["loss", "accuracy", "r2"]

_ROUND = (1.0, 1.5, 2.0, 3.0, 4.0, 6.0, 8.0, 10.0)
_MANTISSAS = (1.0, 2.0, 5.0, 10.0)
_LEAST_X = 10.0
_LEAST_Y = 1e-12
_LARGEST = 1e100
_TOO_WIDE = 0.3
"""Below this share of an axis in use, its limits are drawn in."""
_TOO_DEEP = 1.5
"""With so many unused decades below, a logarithmic axis is drawn in."""
_LOWEST_SHARES = (90.0, 80.0, 50.0, 0.0)
_LOWEST_R2 = (0.8, 0.5, 0.0, -1.0)
_FEW_DECADES = 1.5


@dataclass(frozen=True)
class Limits:
    """The limits of a chart's axes, in the chart's units: log10 on a logarithmic axis.

    Attributes:
        x_high: Where the horizontal axis ends; it begins at 0.
        y_low: Where the vertical axis begins.
        y_high: Where it ends.
    """

    x_high: float
    y_low: float
    y_high: float

    @property
    def area(self) -> Area:
        """The same as a rectangle."""
        return Area(0.0, self.x_high, self.y_low, self.y_high)


def limits_of(
    x: NDArray[np.float64],
    y: NDArray[np.float64],
    kind: Kind,
    *,
    is_log: bool,
    before: Limits | None,
) -> Limits:
    """Choose limits; those before are kept as long as the samples fill them passably.

    Args:
        x: The places of the samples, (samples,).
        y: All values to be drawn, in the chart's units; NaN is passed over.
        kind: What the values are.
        is_log: Whether they are logarithms.
        before: The limits of the picture before this one.
    """
    x_high = _x_high(float(np.max(x, initial=0.0)), before)
    y = y[np.isfinite(y)]
    lowest, highest = (float(y.min()), float(y.max())) if len(y) else (0.0, 0.0)
    if kind != "loss":
        choices = _LOWEST_SHARES if kind == "accuracy" else _LOWEST_R2
        low = next((choice for choice in choices if choice <= lowest), choices[-1])
        low = min(low, before.y_low) if before else low
        return Limits(x_high, low, 100.0 if kind == "accuracy" else 1.0)
    if is_log:
        return Limits(x_high, *_log_limits(lowest, highest, before))
    return Limits(x_high, 0.0, _y_high(highest, before))


def _x_high(reached: float, before: Limits | None) -> float:
    if before and _TOO_WIDE * before.x_high < reached <= before.x_high:
        return before.x_high
    return round_up(max(reached, _LEAST_X))


def _y_high(reached: float, before: Limits | None) -> float:
    if before and _TOO_WIDE * before.y_high < reached <= before.y_high:
        return before.y_high
    return round_up(min(max(reached, _LEAST_Y), _LARGEST))


def _log_limits(lowest: float, highest: float, before: Limits | None) -> tuple[float, float]:
    low, high = _log_down(lowest), -_log_down(-highest, up=True)
    if high <= low:
        high = low + 1.0
    if before:
        if before.y_low <= low <= before.y_low + _TOO_DEEP:
            low = before.y_low
        if before.y_high - _TOO_DEEP <= high <= before.y_high:
            high = before.y_high
    return low, high


def _log_down(logarithm: float, *, up: bool = False) -> float:
    """Round down to the logarithm of 1, 2 or 5 times a power of ten.

    Args:
        logarithm: What to round.
        up: Whether it has the opposite sign and so is rounded up instead.
    """
    steps = [-math.log10(m) for m in _MANTISSAS] if up else [math.log10(m) for m in _MANTISSAS]
    decade = math.floor(logarithm)
    choices = [decade + step % 1.0 for step in steps]
    return max(choice for choice in choices if choice <= logarithm + 1e-9)


def round_up(value: float) -> float:
    """Return the next round number that is not smaller than a positive one."""
    power = 10.0 ** math.floor(math.log10(value))
    return next((m * power for m in _ROUND if m * power >= value * (1 - 1e-9)), 10 * power)


def value_ticks(limits: Limits, kind: Kind, *, is_log: bool, most: int) -> tuple[Tick, ...]:
    """Choose the labelled places of the vertical axis, in the chart's units."""
    if is_log:
        return _log_ticks(limits.y_low, limits.y_high, most)
    ticks = nice_ticks(limits.y_low, limits.y_high, most)
    if kind != "accuracy":
        return ticks
    return tuple(Tick(tick.value, f"{tick.label}%") for tick in ticks)


def _log_ticks(low: float, high: float, most: int) -> tuple[Tick, ...]:
    """Label powers of ten, or 1, 2 and 5 times them where there are few."""
    decades = range(math.floor(low), math.ceil(high) + 1)
    if high - low <= _FEW_DECADES:
        places = [decade + math.log10(m) for decade in decades for m in _MANTISSAS[:-1]]
    else:
        stride = max(math.ceil((high - low) / max(most, 1)), 1)
        places = [float(decade) for decade in decades if decade % stride == 0]
    shown = [place for place in places if low - 1e-9 <= place <= high + 1e-9]
    return tuple(Tick(place, f"{10.0**place:.3g}") for place in shown)
