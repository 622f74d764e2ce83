"""Numbers with a sign, in little room."""

import math

from nntui.charts.network.palette import MINUS, PLUS

_DIGITS = 2


def signed(value: float, room: int = 5) -> str:
    """Write a number with its sign in at most so many cells, with two digits after the point.

    Args:
        value: The number.
        room: How many cells there are.

    Returns:
        The text; no text where there is not enough room. What is as good as 0 has no sign.

    Example:
        >>> signed(0.482), signed(-12.34), signed(-0.482, 4), signed(123456.0), signed(-0.001)
        ('+0.48', '−12.3', '−.48', '+1e5', '0.00')
    """
    if math.isnan(value):
        return "?"
    sign, size = (MINUS if value < 0 else PLUS), abs(value)
    if math.isinf(value):
        return f"{sign}∞"
    whole = f"{size:.{_DIGITS}f}"
    tenths = f"{size:.1f}"
    texts = [whole, whole.removeprefix("0"), tenths, tenths.removeprefix("0"), f"{size:.0f}"]
    texts.append(f"{size:.0e}".replace("e+0", "e").replace("e+", "e"))
    for text in texts:
        shown = sign + text if float(text) else text
        if len(shown) <= room:
            return shown
    return ""
