"""Which driver the app runs on."""

import os
import sys

from textual.driver import Driver

from nntui.ui.terminal.abilities import EVERYTHING, Abilities


def driver_class(abilities: Abilities = EVERYTHING) -> type[Driver] | None:
    """Give the driver class to pass to the app; None leaves the choice to Textual.

    It is Textual's own on Windows, where the terminal is driven by other means, and where the
    environment names one, as textual-serve does to show the app in a browser.

    Args:
        abilities: What the terminal can show, as far as that is known.
    """
    if sys.platform == "win32" or os.environ.get("TEXTUAL_DRIVER"):
        return None
    from nntui.ui.terminal.driver import AskingDriver  # noqa: PLC0415 (not on Windows)

    # Textual makes the driver, from its class alone.
    return type("AskingDriver", (AskingDriver,), {"abilities": abilities})
