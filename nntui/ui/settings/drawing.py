"""How one setting looks in a form."""

from dataclasses import dataclass

from rich.cells import cell_len, set_cell_size

from nntui.experiment.form import FormRow
from nntui.ui.canvas import BOLD, Canvas, Look
from nntui.ui.ink import Ink
from nntui.ui.settings.flow import Spot

REBUILDS = "↻"
"""The sign of what begins the run anew."""

LABEL_WIDTH = 13
"""The longest label."""

_ROOMY = 26
_LEAST_VALUE = 5


@dataclass(frozen=True)
class Mark:
    """What to show about a row beside its text.

    Attributes:
        rebuilds: Whether changing it begins the run anew.
        is_cursor: Whether the cursor is there.
        is_focused: Whether the keyboard goes to this form.
    """

    rebuilds: bool = False
    is_cursor: bool = False
    is_focused: bool = False


def draw_setting(canvas: Canvas, spot: Spot, row: FormRow, mark: Mark, ink: Ink) -> None:
    """Draw a label, its value and the sign for what begins the run anew."""
    if mark.is_cursor:
        look = ink.cursor if mark.is_focused else ink.cursor_away
        canvas.put(spot.row, spot.column, " " * spot.width, look)
        label_look = value_look = sign_look = look
    else:
        label_look, sign_look = ink.muted, ink.muted
        value_look = ink.text if row.is_default else _emphasised(ink)
    canvas.put(spot.row, spot.column, REBUILDS if mark.rebuilds else " ", sign_look)
    label, start, value = placed(row.label, row.value_text, spot.width - 1)
    canvas.put(spot.row, spot.column + 1, label, label_look)
    canvas.put(spot.row, spot.column + 1 + start, value, value_look)


def placed(label: str, value: str, width: int) -> tuple[str, int, str]:
    """Share a width between a label and its value.

    Values begin below each other where there is room, and end below each other where it is
    narrow. A long value takes the place that a short label leaves.

    Returns:
        The label, where the value begins, and the value.

    Example:
        >>> placed("schedule", "constant", 19)
        ('schedule', 11, 'constant')
    """
    label = fitted(label, max(width - _LEAST_VALUE - 1, 0))
    label_end = cell_len(label) + 1
    value = fitted(value, width - label_end)
    flush_right = width - cell_len(value)
    if width < _ROOMY:
        return label, flush_right, value
    return label, max(min(LABEL_WIDTH + 1, flush_right), label_end), value


def draw_heading(canvas: Canvas, spot: Spot, ink: Ink) -> None:
    """Draw the heading of a group."""
    canvas.put(spot.row, spot.column, fitted(spot.heading, spot.width), ink.title)


def fitted(text: str, width: int) -> str:
    """Cut a text to a width in cells, with an ellipsis where something is missing.

    Example:
        >>> fitted("categorical", 8), fitted("adam", 8)
        ('categor…', 'adam')
    """
    if cell_len(text) <= width:
        return text
    return set_cell_size(text, max(width - 1, 0)).rstrip() + "…" if width > 0 else ""


def _emphasised(ink: Ink) -> Look:
    return Look(ink.accent.foreground, ink.accent.background, BOLD)
