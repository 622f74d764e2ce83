"""Numbers as people read them on a narrow screen."""

import math

_TEN, _HUNDRED = 10, 100


def short_count(count: float) -> str:
    """Write a count in at most five characters.

    Example:
        >>> short_count(999), short_count(12_345), short_count(2_500_000)
        ('999', '12.3k', '2.5M')
    """
    for size, letter in ((1e9, "G"), (1e6, "M"), (1e3, "k")):
        if count >= size:
            scaled = count / size
            return f"{scaled:.0f}{letter}" if scaled >= _HUNDRED else f"{scaled:.3g}{letter}"
    return f"{count:.0f}"


def speed_text(steps_per_second: float) -> str:
    """Write a speed so that it does not flicker: two digits, ``41k``."""
    if steps_per_second < _TEN:
        return f"{steps_per_second:.1f}".removesuffix(".0")
    digits = 2 - math.ceil(math.log10(steps_per_second + 1))
    return short_count(round(steps_per_second, digits))


def figure(value: float | None) -> str:
    """Write a loss or the like with three digits that matter.

    Example:
        >>> figure(0.08312), figure(1234.5), figure(None)
        ('0.0831', '1.23e+03', '-')
    """
    if value is None or math.isnan(value):
        return "-"
    if value == 0:
        return "0"
    if abs(value) < 1e-4:  # noqa: PLR2004 - fewer digits than 0.0001 has
        return f"{value:.2e}"
    return f"{value:.3g}"


def percent(share: float | None) -> str:
    """Write a share of 0 to 1 as a percentage.

    Example:
        >>> percent(0.9731)
        '97.3 %'
    """
    return "-" if share is None or math.isnan(share) else f"{_HUNDRED * share:.1f} %"
