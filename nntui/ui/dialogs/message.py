"""A text to be read."""

from collections.abc import Iterable, Sequence
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.widget import Widget
from textual.widgets import Static

from nntui.ui.dialogs.dialog import Dialog, printable_lines
from nntui.ui.dialogs.still_scroll import StillScroll


class MessageDialog(Dialog[None]):
    """Shows paragraphs of text until a key closes it.

    Args:
        title: What it is about.
        paragraphs: The text, which may hold anything.
    """

    DEFAULT_CSS = """
    MessageDialog StillScroll { height: auto; max-height: 100%; }
    MessageDialog StillScroll Static { margin-bottom: 1; }
    MessageDialog StillScroll Static:last-of-type { margin-bottom: 0; }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,space,q,i", "cancel", show=False, priority=True)
    ]

    def __init__(self, title: str, paragraphs: Sequence[str]) -> None:
        super().__init__(title, "esc close")
        self._paragraphs = paragraphs

    def parts(self) -> Iterable[Widget]:
        """Put one paragraph below the other."""
        yield StillScroll(
            *(Static(printable_lines(text), markup=False) for text in self._paragraphs)
        )
