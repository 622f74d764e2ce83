"""Arithmetic on colours that are written 0xRRGGBB."""

import numpy as np
from numpy.typing import NDArray

_LINEAR_BELOW = 0.04045
"""Where the straight part of the sRGB curve ends."""


def channels(colour: int) -> tuple[int, int, int]:
    """Return red, green and blue, 0 to 255 each."""
    return colour >> 16 & 255, colour >> 8 & 255, colour & 255


def colour_of(red: float, green: float, blue: float) -> int:
    """Join red, green and blue, 0 to 255 each, into one number."""
    return round(red) << 16 | round(green) << 8 | round(blue)


def mix(start: int, end: int, share: float) -> int:
    """Mix two colours, channel by channel.

    Args:
        start: The colour at a share of 0.
        end: The colour at a share of 1.
        share: How much of ``end`` there is, 0 to 1.
    """
    pairs = zip(channels(start), channels(end), strict=True)
    red, green, blue = (a + (b - a) * share for a, b in pairs)
    return colour_of(red, green, blue)


def luminance(colour: int) -> float:
    """Return the relative luminance, 0 (black) to 1 (white).

    0.2126·R + 0.7152·G + 0.0722·B of the linear channels, as WCAG 2.2 defines it.
    """
    red, green, blue = (linear(channel / 255) for channel in channels(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def linear(channel: float) -> float:
    """Undo the sRGB curve of one channel, 0 to 1: what it gives of light."""
    return channel / 12.92 if channel <= _LINEAR_BELOW else ((channel + 0.055) / 1.055) ** 2.4


def contrast(first: int, second: int) -> float:
    """Return WCAG 2.2's contrast ratio of two colours, 1 (equal) to 21 (black on white)."""
    low, high = sorted((luminance(first), luminance(second)))
    return (high + 0.05) / (low + 0.05)


def ramp(colours: list[int], count: int) -> NDArray[np.int32]:
    """Go through some colours in so many equal steps.

    Args:
        colours: Two or more; the first and the last are the ends of the ramp.
        count: How many colours are wanted, 2 or more.

    Returns:
        0xRRGGBB, (count,).
    """
    last = len(colours) - 1
    places = [last * step / (count - 1) for step in range(count)]
    parts = [min(int(place), last - 1) for place in places]
    return np.array(
        [
            mix(colours[part], colours[part + 1], place - part)
            for part, place in zip(parts, places, strict=True)
        ],
        np.int32,
    )
