"""How numbers are shown to a reader."""

import math


def short(value: float | None) -> str:
    """Write a loss or a score in six characters or a few more, with about four digits."""
    if value is None:
        return "-"
    if not math.isfinite(value):
        return str(value)
    size = abs(value)
    if size and not 0.001 <= size < 1000:  # noqa: PLR2004 - beyond, exponents are shorter
        return f"{value:.2e}"
    digits = 4 if size < 10 else 3 if size < 100 else 2  # noqa: PLR2004
    return f"{value:.{digits}f}"


def percent(share: float | None) -> str:
    """Write a share of 0 to 1 in percent."""
    return "-" if share is None else f"{100 * share:.1f} %"


def speed(steps_per_second: float) -> str:
    """Write a speed so that it takes no more room as it grows."""
    if steps_per_second >= 10_000:  # noqa: PLR2004
        return f"{steps_per_second / 1000:.0f}k steps/s"
    return f"{steps_per_second:.0f} steps/s"


def counted(number: int, singular: str) -> str:
    """Write a number with its noun: 1 epoch, 2 epochs, 1,234 classes."""
    plural = f"{singular}es" if singular.endswith("s") else f"{singular}s"
    return f"{number:,} {singular if number == 1 else plural}"


def clock_time(seconds: float) -> str:
    """Write a duration as 0:07, 12:30 or 1:02:03."""
    whole = math.ceil(seconds)
    minutes, hours = whole // 60 % 60, whole // 3600
    return f"{hours}:{minutes:02}:{whole % 60:02}" if hours else f"{minutes}:{whole % 60:02}"
