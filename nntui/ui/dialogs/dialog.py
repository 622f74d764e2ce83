"""What all dialogs have in common: a frame in the middle of the screen, and esc closes it."""

from collections.abc import Callable, Iterable
from typing import Any, ClassVar, Generic, TypeAlias, TypeVar, cast

from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen, Screen
from textual.widget import Widget
from textual.widgets import OptionList, Static

from nntui.quoting import printable

Result = TypeVar("Result")

Told: TypeAlias = Callable[[str], None]
"""Told how it went: an empty text for well, otherwise why not."""


LOW = 20
"""Screens with fewer lines than these are low: there dialogs say less."""

_AROUND_LIST, _AROUND_LIST_LOW = 11, 6
"""The lines of a dialog around a list: the frame, a hint, an input, a sentence."""


class Dialog(ModalScreen[Result], Generic[Result]):
    """A framed box in front of the view, as small as its contents and never cut.

    Subclasses implement ``parts``.

    Args:
        title: What stands on the frame; may come from the user.
        keys: The keys that matter here, for the lower edge of the frame.
    """

    DEFAULT_CSS = """
    Dialog { align: center middle; overflow: hidden; }
    Dialog #frame {
        width: 72; max-width: 100%; height: auto; max-height: 100%;
        padding: 0 1; overflow-y: auto; scrollbar-size-vertical: 1;
        border: round $accent;
        background: $background;
        border-title-color: $foreground;
        border-title-style: bold;
        border-subtitle-color: $foreground 60%;
    }
    Dialog .hint { color: $foreground 70%; height: auto; max-height: 6; }
    Dialog.-low .hint { max-height: 3; }
    Dialog .said { height: auto; max-height: 6; color: $foreground 60%; }
    Dialog .said.-bad { color: $text-error; text-style: bold; }
    Dialog Input, Dialog Input:focus {
        border: none; height: 1; padding: 0; background: $foreground 10%;
    }
    Dialog OptionList, Dialog OptionList:focus {
        border: none; padding: 0; height: auto; scrollbar-size-vertical: 1;
        background: $background; background-tint: $background 0%;
    }
    Dialog OptionList > .option-list--option-highlighted {
        color: $block-cursor-foreground; background: $block-cursor-background; text-style: bold;
    }
    """

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "cancel", show=False)]

    def __init__(self, title: str, keys: str = "esc close") -> None:
        super().__init__()
        self._title = title
        self._keys = keys

    def parts(self) -> Iterable[Widget]:
        """Make what is inside the frame."""
        raise NotImplementedError

    def compose(self) -> ComposeResult:
        """Put the parts into the frame."""
        with Vertical(id="frame") as frame:
            frame.border_title = Content(printable(self._title))
            frame.border_subtitle = Content(self._keys)
            yield from self.parts()

    def on_resize(self) -> None:
        """Leave room for what matters on a low screen."""
        height = self.size.height
        self.set_class(height < LOW, "-low")
        for options in self.query(OptionList):
            options.styles.max_height = max(
                height - (_AROUND_LIST_LOW if height < LOW else _AROUND_LIST), 3
            )

    def action_cancel(self) -> None:
        """Close, and change nothing."""
        self.dismiss()


class AskingDialog(Dialog[Result], Generic[Result]):
    """A dialog whose answer may be refused: it stays open then, with the reason.

    Args:
        title: As for ``Dialog``.
        keys: As for ``Dialog``.
        afterwards: Told why an answer was refused after the dialog had been closed.
    """

    def __init__(
        self, title: str, keys: str = "enter accept · esc cancel", afterwards: Told | None = None
    ) -> None:
        super().__init__(title, keys)
        self._afterwards = afterwards
        self._attempts = 0
        self._is_open = True
        self.said = Static("", classes="said", markup=False)

    def ask(self, submit: Callable[[Told], None]) -> None:
        """Hand an answer in, and close as soon as it is taken.

        Args:
            submit: Given what is to be told how it went, at once or later.
        """
        self._attempts += 1
        attempt = self._attempts
        self.say("checking…")
        submit(lambda reason: self._told(attempt, reason))

    def say(self, text: str, *, is_bad: bool = False) -> None:
        """Show a line under the question."""
        self.said.update(printable_lines(text))
        self.said.set_class(is_bad, "-bad")
        self.said.display = bool(text)

    def refused(self) -> None:
        """Make it easy to try again."""

    def on_mount(self) -> None:
        """Begin without a line under the question."""
        self.say("")

    def on_unmount(self) -> None:
        """Answers that come from now on come too late."""
        self._is_open = False

    def dismiss_with(self, result: Result | None) -> None:
        """Close, unless that has happened already."""
        if self._is_open and self.is_current:
            self._is_open = False
            self.dismiss(result)

    def action_cancel(self) -> None:
        """Close, and change nothing."""
        self.dismiss_with(None)

    def _told(self, attempt: int, reason: str) -> None:
        if not self._is_open:
            if reason and self._afterwards is not None:
                self._afterwards(reason)
        elif attempt == self._attempts:
            if reason:
                self.say(reason, is_bad=True)
                self.refused()
            else:
                self.dismiss_with(None)


def app_of(widget: Widget) -> App[object]:
    """Return the app that a widget belongs to."""
    return cast("App[object]", widget.app)


def open_dialog(widget: Widget, dialog: Screen[Any]) -> None:
    """Open a dialog in front of a widget's app."""
    app_of(widget).push_screen(dialog)


def printable_lines(text: str) -> str:
    """Make a text printable, and leave its line ends."""
    return "\n".join(printable(line) for line in text.splitlines())
