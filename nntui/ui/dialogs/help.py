"""The help: every key, those of the pane with the keyboard first, and the glossary."""

from collections.abc import Iterable
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, Static

from nntui.ui.dialogs.dialog import Dialog
from nntui.ui.dialogs.help_text import KEY_WIDTH, HelpLine, help_lines
from nntui.ui.dialogs.still_scroll import StillScroll

_STYLES = {"heading": "bold underline", "key": "", "term": "bold", "text": "$foreground 80%"}


class HelpScreen(Dialog[None]):
    """Lists keys and terms; typing leaves those that hold what was typed.

    Args:
        focus_scope: The scope whose keys come first, such as a pane.
        term: The term of the glossary to open at; None for the beginning.
    """

    DEFAULT_CSS = """
    HelpScreen #frame { width: 90; height: 100%; }
    HelpScreen StillScroll { height: 1fr; }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(key, f"to_text('{action}')", show=False, priority=True)
        for key, action in (
            ("up", "scroll_up"),
            ("down", "scroll_down"),
            ("pageup", "page_up"),
            ("pagedown", "page_down"),
            ("ctrl+home", "scroll_home"),
            ("ctrl+end", "scroll_end"),
        )
    ]

    def __init__(self, focus_scope: str, term: str | None = None) -> None:
        super().__init__("Help", "type to find · ↑↓ scroll · esc close")
        self._focus_scope = focus_scope
        self._term = term
        self._lines: list[HelpLine] = []
        self.input = Input(placeholder="type to find a key or a term", compact=True)
        self.input.cursor_blink = False
        self._text = Static("", markup=False)
        self._scroll = StillScroll(self._text)
        self._scroll.can_focus = False

    def parts(self) -> Iterable[Widget]:
        """The line to type in, and the text."""
        yield self.input
        yield self._scroll

    @property
    def lines(self) -> list[HelpLine]:
        """What it says now."""
        return self._lines

    def on_resize(self) -> None:
        """Break the lines anew."""
        super().on_resize()
        self.call_after_refresh(self._write)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Leave what matches."""
        event.stop()
        self._term = None
        self._write()
        self._scroll.scroll_home(animate=False)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter closes the help, as it does other dialogs."""
        event.stop()
        self.dismiss()

    def action_to_text(self, action: str) -> None:
        """Scroll while the keyboard stays in the line."""
        self._term = None
        getattr(self._scroll, f"action_{action}")()

    def _write(self) -> None:
        width = self._scroll.scrollable_content_region.width - 1
        if width <= 0:
            return
        self._lines = help_lines(width, self._focus_scope, self.input.value)
        self._text.update(Content("\n").join(_content(line) for line in self._lines))
        # It stays in sight while the first sizes come, until the first key.
        wanted = self._term
        places = [n for n, line in enumerate(self._lines) if wanted and line.term == wanted]
        if places:
            self.call_after_refresh(self._scroll.scroll_to, y=places[0], animate=False)


def _content(line: HelpLine) -> Content:
    lead = line.lead.ljust(KEY_WIDTH) if line.kind == "key" else line.lead
    return Content.assemble((lead, "$accent"), (line.text, _STYLES[line.kind]))
