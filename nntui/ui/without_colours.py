"""What Textual's own widgets look like where there are no colours."""

from functools import lru_cache

from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.filter import LineFilter


class WithoutColours(LineFilter):
    """Takes the colours away from Textual's widgets; what stood on one is reversed.

    A theme whose ground is the terminal's own has a colour behind little else than what is
    chosen: the row under the cursor, the cursor itself, the handle of a scrollbar.
    """

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """Return segments without colours."""
        return [
            Segment(text, None if style is None else _plain(style), control)
            for text, style, control in segments
        ]


@lru_cache(maxsize=1024)
def _plain(style: Style) -> Style:
    behind = style.bgcolor
    is_marked = behind is not None and not behind.is_default
    plain = style.without_color
    if is_marked:
        plain += Style(reverse=True)
    # What can be clicked is remembered in the style.
    return plain + Style(meta=style.meta) if style.meta else plain
