"""A value to be typed."""

from collections.abc import Callable, Iterable
from typing import TypeAlias

from textual.widget import Widget
from textual.widgets import Input, Static

from nntui.ui.dialogs.dialog import AskingDialog, Told, printable_lines

Submit: TypeAlias = Callable[[str, Told], None]
"""Takes what was typed, and what is to be told how it went."""


class PromptDialog(AskingDialog[None]):
    """Asks for a line of text; what is refused can be put right where it was typed.

    Args:
        title: What is asked for.
        hint: What may be given.
        text: What stands there at first, selected.
        submit: Given what was typed.
        afterwards: Told why it was refused after the dialog had been closed.
    """

    def __init__(
        self,
        title: str,
        hint: str,
        text: str,
        submit: Submit,
        afterwards: Told | None = None,
    ) -> None:
        super().__init__(title, afterwards=afterwards)
        self._hint = hint
        self._submit = submit
        self._handed_in: str | None = None
        self.input = Input(text, id="answer", compact=True)
        self.input.cursor_blink = False

    def parts(self) -> Iterable[Widget]:
        """The hint, the line, and room for a reason."""
        if self._hint:
            yield Static(printable_lines(self._hint), classes="hint", markup=False)
        yield self.input
        yield self.said

    def refused(self) -> None:
        """Select the text, so that typing replaces it."""
        self.input.select_all()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Hand in what was typed."""
        event.stop()
        self.answered(event.value)

    def on_input_changed(self, event: Input.Changed) -> None:
        """What was said belongs to the text that was handed in."""
        event.stop()
        if event.value != self._handed_in:
            self.say("")

    def answered(self, text: str) -> None:
        """Hand in an answer."""
        self._handed_in = self.input.value
        self.ask(lambda told: self._submit(text, told))
