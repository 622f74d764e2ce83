"""How signed numbers look: orange below 0, blue above, and textures where there are no colours.

Orange and blue are told apart by colour-blind eyes of any kind; still every sign is told in
another way as well, by a line's dashes, a glyph or a texture.
"""

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from nntui.anatomy.values import TILE_LEVELS
from nntui.charts.cells import NO_COLOR
from nntui.charts.colours import mix, ramp
from nntui.charts.palette import readable
from nntui.charts.palette_256 import diverging_of_256
from nntui.charts.style import ChartStyle

NEGATIVE_TEXTURES, POSITIVE_TEXTURES = "-=≡", "░▒▓"
"""From small to large size: lines for negative numbers, filled areas for positive ones."""

ZERO_TEXTURE = "·"
"""For what is as good as 0; it is seen, so that a picture has an end."""

PLUS, MINUS = "+", "−"

_HUES_ON_DARK, _HUES_ON_LIGHT = (0xFF9A2E, 0x5AA9FF), (0xB05000, 0x0B57B8)
_SIXTEEN_ON_DARK, _SIXTEEN_ON_LIGHT = (0xFFFF55, 0x55FFFF), (0xAA0000, 0x0000AA)


@lru_cache(maxsize=8)
def signed_colours(style: ChartStyle) -> NDArray[np.int32]:
    """Return the colours of the levels −TILE_LEVELS to TILE_LEVELS: orange, the ground, blue."""
    count = 2 * TILE_LEVELS + 1
    if style.mode == "plain":
        return np.full(count, NO_COLOR, np.int32)
    if style.is_indexed:
        return diverging_of_256(count, is_dark=style.is_dark)[::-1]
    if style.is_dark:
        middle = mix(style.background, 0x8890A0, 0.16)
        return ramp([0xFFB04A, 0xB95A08, middle, 0x1C5FC4, 0x6FB4FF], count)
    middle = mix(style.background, 0xFFFFFF, 0.55)
    return ramp([0xA34A00, 0xF7AC5C, middle, 0x7DB4EE, 0x0B4FA8], count)


@lru_cache(maxsize=16)
def sign_colour(is_positive: bool, style: ChartStyle) -> int:
    """Return the colour of lines and text of one sign on the background."""
    if style.mode == "plain":
        return NO_COLOR
    if style.mode == "sixteen":
        return (_SIXTEEN_ON_DARK if style.is_dark else _SIXTEEN_ON_LIGHT)[is_positive]
    return readable((_HUES_ON_DARK if style.is_dark else _HUES_ON_LIGHT)[is_positive], style)


_TEXTURE_OF_LEVEL = np.array(
    [
        *(NEGATIVE_TEXTURES[min((size - 1) * 3 // TILE_LEVELS, 2)] for size in range(7, 0, -1)),
        ZERO_TEXTURE,
        *(POSITIVE_TEXTURES[min((size - 1) * 3 // TILE_LEVELS, 2)] for size in range(1, 8)),
    ],
    "U1",
)


def texture(levels: NDArray[np.signedinteger]) -> NDArray[np.str_]:
    """Return a character for each of some levels, −TILE_LEVELS to TILE_LEVELS."""
    return _TEXTURE_OF_LEVEL[levels.astype(np.intp) + TILE_LEVELS]
