"""The fixed colours of terminals: xterm's 256, and the 16 that every colour terminal has.

Numbers 16 to 255 of the 256 look alike everywhere: a cube of 6 x 6 x 6 colours and 24 greys
(xterm's ``256colres.pl``). Numbers 0 to 15 are the terminal's own, and follow its theme.
"""

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from nntui.charts.colours import channels, linear

CUBE_START = 16
"""The first number of the cube and of the greys."""

_STEPS = (0, 95, 135, 175, 215, 255)
"""What each channel of the cube can be."""

SIXTEEN = (
    *(0x000000, 0xAA0000, 0x00AA00, 0xAA5500, 0x0000AA, 0xAA00AA, 0x00AAAA, 0xAAAAAA),
    *(0x555555, 0xFF5555, 0x55FF55, 0xFFFF55, 0x5555FF, 0xFF55FF, 0x55FFFF, 0xFFFFFF),
)
"""What the numbers 0 to 15 look like on the console of Linux, as on the VGA before it."""


def _fixed_colours() -> NDArray[np.int32]:
    """Return the colours of the numbers 16 to 255, (240,)."""
    cube = [r << 16 | g << 8 | b for r in _STEPS for g in _STEPS for b in _STEPS]
    greys = [0x010101 * (8 + 10 * step) for step in range(24)]
    return np.array(cube + greys, np.int32)


FIXED_COLOURS = _fixed_colours()
"""0xRRGGBB of the numbers 16 to 255, (240,)."""


def perceived(colour: int) -> NDArray[np.float64]:
    """Return a colour in Oklab, where equal distances look equally large, (3,).

    Björn Ottosson, "A perceptual color space for image processing", 2020.
    """
    light = np.array([linear(channel / 255) for channel in channels(colour)])
    return _OF_CONES @ np.cbrt(_OF_LIGHT @ light)


_OF_LIGHT = np.array(
    [
        [0.4122214708, 0.5363325363, 0.0514459929],
        [0.2119034982, 0.6806995451, 0.1073969566],
        [0.0883024619, 0.2817188376, 0.6299787005],
    ]
)
_OF_CONES = np.array(
    [
        [0.2104542553, 0.7936177850, -0.0040720468],
        [1.9779984951, -2.4285922050, 0.4505937099],
        [0.0259040371, 0.7827717662, -0.8086757660],
    ]
)


@lru_cache(maxsize=16384)
def number_of_256(colour: int) -> int:
    """Return the number, 16 to 255, of the colour that looks most like another one."""
    distances = ((_perceived_fixed() - perceived(colour)) ** 2).sum(axis=1)
    return CUBE_START + int(np.argmin(distances))


@lru_cache(maxsize=4096)
def number_of_16(colour: int) -> int:
    """Return the number, 0 to 15, of the colour that looks most like another one."""
    if colour in SIXTEEN:
        return SIXTEEN.index(colour)
    distances = ((_perceived_sixteen() - perceived(colour)) ** 2).sum(axis=1)
    return int(np.argmin(distances))


def nearest_of_256(colour: int) -> int:
    """Return the one of the 240 fixed colours that looks most like another one, 0xRRGGBB."""
    return int(FIXED_COLOURS[number_of_256(colour) - CUBE_START])


@lru_cache(maxsize=1)
def _perceived_fixed() -> NDArray[np.float64]:
    return np.stack([perceived(colour) for colour in FIXED_COLOURS.tolist()])


@lru_cache(maxsize=1)
def _perceived_sixteen() -> NDArray[np.float64]:
    return np.stack([perceived(colour) for colour in SIXTEEN])
