"""Asking the terminal whether it has shown a frame, where the driver can."""

from collections.abc import Callable

from textual.driver import Driver

from nntui.ui.terminal.abilities import Abilities
from nntui.ui.terminal.pacing import Question


def ask_after_frame(driver: Driver | None) -> bool:
    """Ask after the next frame that is written.

    Returns:
        Whether the driver can ask; tests and browsers have drivers that cannot.
    """
    ask: Callable[[], bool] | None = getattr(driver, "ask_after_frame", None)
    return ask is not None and ask()


def ask_now(driver: Driver | None) -> None:
    """Ask without a frame: the answer tells how long the way alone takes."""
    ask: Callable[[], object] | None = getattr(driver, "ask", None)
    if ask is not None:
        ask()


def is_blocked(driver: Driver | None) -> bool:
    """Tell whether the terminal has not taken yet what was written to it."""
    unwritten: int = getattr(driver, "unwritten", 0)
    return unwritten > 0


def is_real(driver: Driver | None) -> bool:
    """Tell whether there is a terminal that can be asked, and not a test or a browser."""
    return hasattr(driver, "on_asked")


def when_asked(driver: Driver | None, call: Callable[[Question], object]) -> None:
    """Have a function called with each question that was written after a frame."""
    if is_real(driver):
        setattr(driver, "on_asked", call)  # noqa: B010 - only some drivers have it


def show_what_it_can(driver: Driver | None, abilities: Abilities) -> None:
    """Write for a terminal that can show something else than was thought, from now on."""
    use: Callable[[Abilities], object] | None = getattr(driver, "use", None)
    if use is not None:
        use(abilities)
