"""Some of several to be chosen."""

from collections.abc import Callable, Collection, Iterable, Sequence
from typing import ClassVar, TypeAlias

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widget import Widget
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from nntui.quoting import printable
from nntui.ui.dialogs.dialog import AskingDialog, Told, printable_lines

SubmitChecked: TypeAlias = Callable[[tuple[str, ...], Told], None]
"""Takes the values that are checked, in the order of the list, and what is to be told."""


class ChecklistDialog(AskingDialog[None]):
    """Asks for any number of values.

    Args:
        title: What is asked for.
        hint: What the choice does.
        options: Each value, and what it is called.
        checked: The values that are chosen now.
        submit: Given the chosen values.
        afterwards: Told why they were refused after the dialog had been closed.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "accept", show=False, priority=True),
        Binding("space,x", "check", show=False, priority=True),
    ]

    def __init__(
        self,
        title: str,
        hint: str,
        options: Sequence[tuple[str, str]],
        checked: Collection[str],
        submit: SubmitChecked,
        afterwards: Told | None = None,
    ) -> None:
        super().__init__(title, "space check · enter accept · esc cancel", afterwards)
        self._hint = hint
        self._options = options
        self._checked = set(checked)
        self._submit = submit
        self.list = OptionList(
            *(Option(self._line(value, name)) for value, name in options),
            compact=True,
            markup=False,
        )

    def parts(self) -> Iterable[Widget]:
        """The hint, the list, and room for a reason."""
        yield Static(printable_lines(self._hint), classes="hint", markup=False)
        yield self.list
        yield self.said

    def on_mount(self) -> None:
        """Begin at the first option."""
        super().on_mount()
        self.list.focus()
        self.list.highlighted = 0

    def action_check(self) -> None:
        """Check the option under the cursor, or uncheck it."""
        position = self.list.highlighted
        if position is None:
            return
        value, name = self._options[position]
        self._checked ^= {value}
        self.say("")
        self.list.replace_option_prompt_at_index(position, self._line(value, name))

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Check or uncheck the option that was clicked."""
        event.stop()
        self.action_check()

    def action_accept(self) -> None:
        """Hand in the values that are checked."""
        chosen = tuple(value for value, _ in self._options if value in self._checked)
        self.ask(lambda told: self._submit(chosen, told))

    def _line(self, value: str, name: str) -> Content:
        # Signs rather than colours: they are read without any.
        mark = ("[x] ", "bold") if value in self._checked else ("[ ] ", "")
        return Content.assemble(mark, printable(name))
