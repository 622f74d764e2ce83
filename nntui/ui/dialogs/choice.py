"""One of several to be chosen."""

from collections.abc import Callable, Iterable, Sequence
from typing import ClassVar, TypeAlias

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from nntui.quoting import printable
from nntui.ui.dialogs.dialog import AskingDialog, Told

Choice: TypeAlias = tuple[object, str, str]
"""A value, what it is called, and a sentence about it."""

Choose: TypeAlias = Callable[[object, Told], None]
"""Takes the value that was chosen, and what is to be told how it went."""


class ChoiceDialog(AskingDialog[object]):
    """Asks for one of several; typing leaves those whose names hold what was typed.

    Its result is the chosen value; None where it was closed, or where ``submit`` took the value.

    Args:
        title: What is asked for.
        options: What there is to choose.
        current: The value that is chosen now.
        submit: Given the value; without it, it becomes the result.
        afterwards: Told why it was refused after the dialog had been closed.
    """

    DEFAULT_CSS = """
    ChoiceDialog OptionList { text-wrap: nowrap; text-overflow: ellipsis; }
    ChoiceDialog #about { color: $foreground 70%; height: auto; max-height: 5; margin-top: 1; }
    ChoiceDialog.-low #about { max-height: 2; margin-top: 0; }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(key, f"to_list('{action}')", show=False, priority=True)
        for key, action in (
            ("up", "cursor_up"),
            ("down", "cursor_down"),
            ("pageup", "page_up"),
            ("pagedown", "page_down"),
        )
    ]

    def __init__(
        self,
        title: str,
        options: Sequence[Choice],
        current: object,
        submit: Choose | None = None,
        afterwards: Told | None = None,
    ) -> None:
        super().__init__(title, "enter choose · esc cancel", afterwards)
        self._choices = options
        self._current = current
        self._submit = submit
        self._found: list[Choice] = []
        self.input = Input(placeholder="type to find", compact=True)
        self.input.cursor_blink = False
        self.list = OptionList(compact=True, markup=False)
        self.list.can_focus = False
        self._about = Static("", id="about", markup=False)

    def parts(self) -> Iterable[Widget]:
        """The line to type in, the list, and more about the option under the cursor."""
        yield self.input
        yield self.list
        yield self._about
        yield self.said

    def on_mount(self) -> None:
        """Begin at what is chosen now."""
        super().on_mount()
        self._list("")
        values = [value for value, _, _ in self._found]
        self.list.highlighted = values.index(self._current) if self._current in values else 0

    def on_input_changed(self, event: Input.Changed) -> None:
        """Leave what matches."""
        event.stop()
        self.say("")
        self._list(event.value)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Choose the option under the cursor."""
        event.stop()
        self._choose()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Choose the option that was clicked."""
        event.stop()
        self._choose()

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """Say more about the option under the cursor."""
        event.stop()
        position = event.option_index
        if position < len(self._found):
            self._about.update(printable(self._found[position][2]))

    def action_to_list(self, action: str) -> None:
        """Move in the list while the keyboard stays in the line."""
        getattr(self.list, f"action_{action}")()

    def _list(self, text: str) -> None:
        self._found = matching(self._choices, text)
        width = max((len(printable(name)) for _, name, _ in self._choices), default=0)
        self.list.set_options(
            Option(
                Content.assemble(
                    "● " if value == self._current else "  ",
                    printable(name).ljust(width + 2),
                    (printable(about), "dim"),
                )
            )
            for value, name, about in self._found
        )
        self.list.highlighted = 0 if self._found else None
        if not self._found:
            self._about.update("Nothing matches.")

    def _choose(self) -> None:
        position = self.list.highlighted
        if position is None or position >= len(self._found):
            return
        value = self._found[position][0]
        submit = self._submit
        if submit is None:
            self.dismiss_with(value)
        else:
            self.ask(lambda told: submit(value, told))


def matching(options: Sequence[Choice], text: str) -> list[Choice]:
    """Find the options whose names hold a text: those that begin with it come first."""
    wanted = text.strip().casefold()
    found = [option for option in options if wanted in option[1].casefold()]
    return sorted(found, key=lambda option: not option[1].casefold().startswith(wanted))
