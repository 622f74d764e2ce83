"""The few colours that text is drawn in, taken from the theme."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from textual.color import Color

from nntui.charts.colours import contrast
from nntui.charts.style import ChartStyle, Mode
from nntui.ui.canvas import BOLD, DIM, REVERSE, Look

_LEAST_CONTRAST = 4.5
"""What WCAG asks of text."""


@dataclass(frozen=True)
class Ink:
    """The looks of text, in one theme.

    Attributes:
        text: Ordinary text on the background.
        muted: What matters less.
        title: A pane's title.
        accent: What can be acted on, and keys.
        frame: The border of a pane.
        frame_focused: The border of the pane that has the keyboard.
        cursor: The row under the cursor of the pane that has the keyboard.
        cursor_away: The row under the cursor of another pane.
        good: What went well.
        warning: What to take care of.
        bad: What went wrong.
        is_dark: Whether the background is dark.
        mode: How many colours there are for charts.
        is_indexed: Whether they are xterm's 256, rather than 24 bits each.
    """

    text: Look
    muted: Look
    title: Look
    accent: Look
    frame: Look
    frame_focused: Look
    cursor: Look
    cursor_away: Look
    good: Look
    warning: Look
    bad: Look
    is_dark: bool
    mode: Mode = "colour"
    is_indexed: bool = False

    @property
    def chart_style(self) -> ChartStyle:
        """How charts look beside such text."""
        if self.mode == "plain":
            return ChartStyle("plain")
        if self.mode == "sixteen":
            return _SIXTEEN_STYLES[self.is_dark]
        return ChartStyle(
            "colour", self.text.background, self.text.foreground, is_indexed=self.is_indexed
        )


_SIXTEEN_STYLES = {
    True: ChartStyle("sixteen", 0x000000, 0xAAAAAA),
    False: ChartStyle("sixteen", 0xFFFFFF, 0x000000),
}
"""The backgrounds only tell light from dark: they are never painted."""


PLAIN_INK = Ink(
    text=Look(),
    muted=Look(attributes=DIM),
    title=Look(attributes=BOLD),
    accent=Look(attributes=BOLD),
    frame=Look(attributes=DIM),
    frame_focused=Look(attributes=BOLD),
    cursor=Look(attributes=REVERSE),
    cursor_away=Look(attributes=BOLD),
    good=Look(attributes=BOLD),
    warning=Look(attributes=BOLD),
    bad=Look(attributes=REVERSE),
    is_dark=True,
    mode="plain",
)
"""Text without colours, for NO_COLOR."""


def sixteen_ink(*, is_dark: bool) -> Ink:
    """Choose the looks of text among the 16 colours of a terminal, which it may call its own.

    They are written as the numbers that they have there; the ground is the terminal's.

    Args:
        is_dark: Whether that is dark.
    """
    blue, green, brown, red = 0x0000AA, 0x00AA00, 0xAA5500, 0xAA0000
    black, white, cyan, grey = 0x000000, 0xFFFFFF, 0x00AAAA, 0xAAAAAA
    if is_dark:
        accent, good, warning, bad = 0x55FFFF, 0x55FF55, 0xFFFF55, 0xFF5555
    else:
        accent, good, warning, bad = blue, green, brown, red
    return replace(
        PLAIN_INK,
        muted=Look(grey if is_dark else 0x555555),
        title=Look(white if is_dark else black, attributes=BOLD),
        accent=Look(accent),
        frame=Look(cyan if is_dark else blue),
        frame_focused=Look(accent, attributes=BOLD),
        cursor=Look(black, cyan) if is_dark else Look(white, blue),
        cursor_away=Look(white, blue) if is_dark else Look(black, grey),
        good=Look(good),
        warning=Look(warning),
        bad=Look(bad, attributes=BOLD),
        is_dark=is_dark,
        mode="sixteen",
    )


def ink_of(variables: Mapping[str, str], *, is_dark: bool, is_indexed: bool = False) -> Ink:
    """Choose the looks of text from a theme's variables.

    Args:
        variables: Textual's colours by name, as ``App.get_css_variables`` gives them.
        is_dark: Whether the theme is a dark one.
        is_indexed: Whether the terminal has xterm's 256 colours and no others.
    """
    background = _number(Color.parse(variables["background"]))
    ground = Color.parse(variables["background"])
    foreground = Color.parse(variables["foreground"])

    def look(color: Color, attributes: int = 0, *, behind: Color | None = None) -> Look:
        return Look(_number(color), _number(behind) if behind else background, attributes)

    accent = Color.parse(variables["accent"])
    primary = Color.parse(variables["primary"])
    selected = ground.blend(primary, 0.55)
    away = ground.blend(foreground, 0.12)
    return Ink(
        text=look(ground.blend(foreground, 0.92)),
        muted=look(ground.blend(foreground, 0.58)),
        title=look(foreground, BOLD),
        accent=look(_readable(accent, ground, foreground)),
        frame=look(ground.blend(foreground, 0.30)),
        frame_focused=look(_readable(accent, ground, foreground), BOLD),
        cursor=look(selected.get_contrast_text(1.0), behind=selected),
        cursor_away=look(foreground, behind=away),
        good=look(_readable(Color.parse(variables["success"]), ground, foreground)),
        warning=look(_readable(Color.parse(variables["warning"]), ground, foreground)),
        bad=look(_readable(Color.parse(variables["error"]), ground, foreground), BOLD),
        is_dark=is_dark,
        is_indexed=is_indexed,
    )


def _readable(color: Color, ground: Color, foreground: Color) -> Color:
    """Mix a colour with the text's until it stands out from the background (WCAG's 4.5)."""
    for share in (0.0, 0.2, 0.4, 0.6, 0.8):
        mixed = color.blend(foreground, share)
        if contrast(_number(mixed), _number(ground)) >= _LEAST_CONTRAST:
            return mixed
    return foreground


def _number(color: Color) -> int:
    red, green, blue = color.rgb
    return red << 16 | green << 8 | blue
