"""How a cell looks: colours and attributes, as SGR sequences set them (ECMA-48, 8.3.117)."""

from collections.abc import Iterator
from functools import cache
from typing import NamedTuple, TypeAlias

Colour: TypeAlias = int | tuple[int, int, int] | None
"""A number of the terminal's palette, red, green and blue, or None for the terminal's default."""


class Look(NamedTuple):
    """The colours and attributes of a cell."""

    foreground: Colour = None
    background: Colour = None
    bold: bool = False
    dim: bool = False
    italic: bool = False
    underline: bool = False
    blink: bool = False
    reverse: bool = False
    conceal: bool = False
    strike: bool = False

    @property
    def has_colour(self) -> bool:
        return self.foreground is not None or self.background is not None


PLAIN = Look()

_SWITCHES: dict[int, dict[str, bool]] = {
    1: {"bold": True},
    2: {"dim": True},
    3: {"italic": True},
    4: {"underline": True},
    5: {"blink": True},
    6: {"blink": True},
    7: {"reverse": True},
    8: {"conceal": True},
    9: {"strike": True},
    21: {"underline": True},
    22: {"bold": False, "dim": False},
    23: {"italic": False},
    24: {"underline": False},
    25: {"blink": False},
    27: {"reverse": False},
    28: {"conceal": False},
    29: {"strike": False},
}
_PALETTES = (
    ("foreground", 30, 0),
    ("background", 40, 0),
    ("foreground", 90, 8),
    ("background", 100, 8),
)
_SELECTED = {38: "foreground", 48: "background", 58: None}
_DEFAULTS = {39: "foreground", 49: "background", 59: None}
_TRUECOLOR, _INDEXED = 2, 5


@cache
def look_after(look: Look, parameters: str) -> Look:
    """Return the look after an SGR sequence.

    Args:
        look: The look before.
        parameters: What stands between ``ESC [`` and ``m``.

    Raises:
        ValueError: The sequence has a parameter that is unknown here.
    """
    numbers = iter([int(n) if n else 0 for n in parameters.replace(":", ";").split(";")])
    for number in numbers:
        look = _after_one(look, number, numbers)
    return look


def _after_one(look: Look, number: int, following: Iterator[int]) -> Look:
    if number == 0:
        return PLAIN
    if number in _SWITCHES:
        return look._replace(**_SWITCHES[number])
    if number in _DEFAULTS:
        name = _DEFAULTS[number]
        return look._replace(**{name: None}) if name else look
    if number in _SELECTED:
        name, colour = _SELECTED[number], _selected_colour(following)
        return look._replace(**{name: colour}) if name else look
    for name, first, brightness in _PALETTES:
        if first <= number < first + 8:
            return look._replace(**{name: number - first + brightness})
    raise ValueError(f"unknown SGR parameter {number}")


def _selected_colour(following: Iterator[int]) -> Colour:
    kind = next(following, None)
    if kind == _INDEXED:
        return next(following)
    if kind == _TRUECOLOR:
        return next(following), next(following), next(following)
    raise ValueError(f"unknown kind of colour {kind}")
