"""Which driver the app runs on."""

import os
import sys

from textual.driver import Driver


def driver_class() -> type[Driver] | None:
    """Give the driver class to pass to the app; None leaves the choice to Textual.

    It is Textual's own on Windows, where the terminal is driven by other means, and where the
    environment names one, as textual-serve does to show the app in a browser.
    """
    if sys.platform == "win32" or os.environ.get("TEXTUAL_DRIVER"):
        return None
    from nntui.ui.terminal.driver import AskingDriver  # noqa: PLC0415 (not on Windows)

    return AskingDriver
