"""An app that draws in the colours and the characters that its terminal has."""

import os

from rich.color import ColorSystem
from textual.app import App
from textual.filter import ANSIToTruecolor

from nntui.ui.ink import PLAIN_INK, Ink, ink_of, sixteen_ink
from nntui.ui.terminal.abilities import Abilities, Depth
from nntui.ui.terminal.answers import told
from nntui.ui.terminal.choice import driver_class
from nntui.ui.terminal.messages import TerminalAnswered
from nntui.ui.terminal.shown import show_what_it_can
from nntui.ui.without_colours import WithoutColours

_FEW: frozenset[Depth] = frozenset({"16", "none"})
_THEMES_OF_FEW = {True: "ansi-dark", False: "ansi-light"}
"""What is shown in place of dark and light themes where their colours are not there."""

_SYSTEMS: dict[Depth, ColorSystem] = {
    "truecolor": ColorSystem.TRUECOLOR,
    "256": ColorSystem.EIGHT_BIT,
    "16": ColorSystem.STANDARD,
    "none": ColorSystem.TRUECOLOR,
}
"""How rich turns colours where the driver, such as that of Windows, does not."""


class ColouredApp(App[str]):
    """Draws in what a terminal can show, and draws anew when it says that it can show more.

    Args:
        abilities: What the terminal can show; None for everything, or all but colours where the
            environment asks for none.
    """

    def __init__(self, abilities: Abilities | None = None) -> None:
        if abilities is None:
            abilities = Abilities("none" if os.environ.get("NO_COLOR") else "truecolor")
        self.abilities = abilities
        own_driver = driver_class(abilities)
        super().__init__(driver_class=own_driver)
        system = _SYSTEMS["truecolor" if own_driver else abilities.depth]
        self.console._color_system = system  # pyright: ignore[reportPrivateUsage] - it is guessed
        self._use_depth()

    def _use_depth(self) -> None:
        self.no_color = self.abilities.depth == "none"
        # Textual would take colours for greys, which are colours too.
        self._filters = [one for one in self._filters if isinstance(one, ANSIToTruecolor)]
        if self.no_color:
            self._filters.append(WithoutColours())
        self.theme = self.validate_theme(self.theme)

    def validate_theme(self, name: str) -> str:
        """Take another theme where the colours of the wanted one are not there."""
        theme = self.get_theme(name)
        if theme is None or theme.ansi or self.abilities.depth not in _FEW:
            return name
        return _THEMES_OF_FEW[theme.dark]

    @property
    def ink(self) -> Ink:
        """The colours of text, in the present theme."""
        theme = self.current_theme
        if self.abilities.depth == "none":
            return PLAIN_INK
        if theme.ansi:
            return sixteen_ink(is_dark=theme.dark)
        return ink_of(
            self.get_css_variables(),
            is_dark=theme.dark,
            is_indexed=self.abilities.depth == "256",
        )

    def use_ink(self, ink: Ink) -> None:
        """Draw in other colours; for the app to implement."""
        raise NotImplementedError

    def on_terminal_answered(self, answer: TerminalAnswered) -> None:
        """Draw anew if the terminal can show something else than was thought."""
        abilities = told(self.abilities, answer)
        changed = (abilities.depth, abilities.is_ascii) != (
            self.abilities.depth,
            self.abilities.is_ascii,
        )
        self.abilities = abilities
        if changed:
            show_what_it_can(self._driver, abilities)
            self._use_depth()
            self.use_ink(self.ink)
            self.refresh()
