"""The name of a file to be typed, with the files there are below."""

from collections.abc import Iterable
from pathlib import Path
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.widget import Widget
from textual.widgets import Input, OptionList
from textual.widgets.option_list import Option

from nntui.quoting import quoted
from nntui.ui.dialogs.dialog import Told
from nntui.ui.dialogs.paths import FoundPath, common_beginning, completions
from nntui.ui.dialogs.prompt import PromptDialog, Submit


class FilePrompt(PromptDialog):
    """Asks for a file to open or to save; tab completes, arrows go through the files there are.

    Args:
        title: What the file is for.
        text: What stands there at first.
        submit: Given the path, with the home directory written out.
        suffixes: How the names of the files to list end; the first is added to a name to be saved
            that has no ending.
        saves: Whether the file will be written: one that is there already is only overwritten
            when enter is pressed once more.
        afterwards: Told why it was refused after the dialog had been closed.
    """

    DEFAULT_CSS = """
    FilePrompt OptionList { text-wrap: nowrap; text-overflow: ellipsis; }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("tab", "complete", show=False, priority=True),
        Binding("up", "go(-1)", show=False, priority=True),
        Binding("down", "go(1)", show=False, priority=True),
    ]

    def __init__(
        self,
        title: str,
        text: str,
        submit: Submit,
        *,
        suffixes: tuple[str, ...] = (".toml",),
        saves: bool = False,
        afterwards: Told | None = None,
    ) -> None:
        kinds = " or ".join(suffixes)
        hint = f"{kinds} file; tab completes" + ("" if saves else ", ↑↓ choose")
        super().__init__(title, hint, text, submit, afterwards)
        self._suffixes = suffixes
        self._saves = saves
        self._confirmed = ""
        self._found: tuple[FoundPath, ...] = ()
        self.list = OptionList(compact=True, markup=False)
        self.list.can_focus = False

    def parts(self) -> Iterable[Widget]:
        """The hint, the line, what to know, and the files there are."""
        yield from super().parts()
        yield self.list

    def on_mount(self) -> None:
        """List the files that there are."""
        super().on_mount()
        self._look(self.input.value)

    def on_input_changed(self, event: Input.Changed) -> None:
        """List what begins so."""
        super().on_input_changed(event)
        self._look(event.value)

    def action_complete(self) -> None:
        """Type as much as all files have in common, or the one that is highlighted."""
        chosen = self._highlighted()
        text = chosen.text if chosen else common_beginning(self._found, self.input.value)
        self._type(text)

    def action_go(self, direction: int) -> None:
        """Go through the files."""
        if not self._found:
            return
        position = self.list.highlighted
        if position is None:
            position = -1 if direction > 0 else len(self._found)
        position += direction
        # Beyond the ends is what was typed.
        self.list.highlighted = position if 0 <= position < len(self._found) else None

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Take the file that was clicked."""
        event.stop()
        self._take(self._found[event.option_index])

    def answered(self, text: str) -> None:
        """Go into a directory, ask before overwriting, and hand in everything else."""
        chosen = self._highlighted()
        if chosen is not None:
            self._take(chosen)
            return
        if not text.strip():
            self.say("expected the name of a file", is_bad=True)
            return
        name = _expanded(text.strip())
        if self._saves:
            name = name if Path(name).suffix else name + self._suffixes[0]
            if not self._may_write(name):
                return
        super().answered(name)

    def _may_write(self, name: str) -> bool:
        """Ask before a file that is there already is overwritten."""
        if not _is_there(Path(name)) or self._confirmed == name:
            return True
        self._confirmed = name
        shown = quoted(Path(name).name)
        self.say(f"{shown} is there already: enter once more overwrites it.", is_bad=True)
        self.refused()
        return False

    def _take(self, found: FoundPath) -> None:
        self._type(found.text)
        if not found.text.endswith("/") and not self._saves:
            super().answered(_expanded(found.text))

    def _type(self, text: str) -> None:
        self.input.value = text
        self.input.cursor_position = len(text)
        self._look(text)

    def _look(self, typed: str) -> None:
        self._found = completions(typed, self._suffixes)
        self.list.set_options(Option(one.name) for one in self._found)
        self.list.highlighted = None
        self.list.display = bool(self._found)

    def _highlighted(self) -> FoundPath | None:
        position = self.list.highlighted
        return None if position is None else self._found[position]


def _expanded(text: str) -> str:
    """Write the home directory out; all else stays as typed: ``./spiral`` is not ``spiral``."""
    try:
        return str(Path(text).expanduser()) if text.startswith("~") else text
    except RuntimeError:
        # The home directory is not known: opening it will say so.
        return text


def _is_there(path: Path) -> bool:
    try:
        return path.exists()
    except (OSError, ValueError):
        return False
