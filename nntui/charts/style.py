"""What the terminal can show, and what the pictures stand on."""

from dataclasses import dataclass
from typing import Literal, TypeAlias

from nntui.charts.cells import NO_COLOR
from nntui.charts.colours import luminance, mix

Mode: TypeAlias = Literal["colour", "sixteen", "plain"]
"""``colour``: true colour or 256 colours. ``sixteen``: the 16 colours of an old terminal, where
shades fall together. ``plain``: no colour at all (NO_COLOR); characters alone tell things apart."""

_DARK_BELOW = 0.18


@dataclass(frozen=True)
class ChartStyle:
    """How pictures are coloured.

    Attributes:
        mode: How many colours there are.
        background: What the pictures stand on, 0xRRGGBB.
        foreground: The colour of text on it, 0xRRGGBB.
        is_indexed: Whether only xterm's 256 colours are there: colours that have to be told apart
            are then among those, rather than what is left of others.
    """

    mode: Mode = "colour"
    background: int = 0x121212
    foreground: int = 0xE0E0E0
    is_indexed: bool = False

    @property
    def is_dark(self) -> bool:
        """Whether the background is dark rather than light."""
        return luminance(self.background) < _DARK_BELOW

    @property
    def is_textured(self) -> bool:
        """Whether areas are told apart by characters, because there are too few colours."""
        return self.mode != "colour"

    @property
    def axis_colour(self) -> int:
        """The colour of axes and their labels: quieter than the text."""
        if self.mode != "colour":
            return NO_COLOR
        return mix(self.background, self.foreground, 0.6)

    @property
    def faint_colour(self) -> int:
        """The colour of what stays behind the rest."""
        if self.mode != "colour":
            return NO_COLOR
        return mix(self.background, self.foreground, 0.3)

    @property
    def strong_colour(self) -> int:
        """The colour of what has to be seen first, such as a cursor."""
        if self.mode != "colour":
            return NO_COLOR
        return 0xFFFFFF if self.is_dark else 0x000000
