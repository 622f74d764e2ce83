"""The six stages, side by side."""

from nntui.explain.page import STAGES, Page, WalkStage
from nntui.ui.canvas import Canvas
from nntui.ui.ink import Ink

STAGE_NAMES: dict[WalkStage, str] = {
    "inputs": "inputs",
    "forward": "forward",
    "loss": "loss",
    "backward": "backward",
    "update": "update",
    "again": "forward again",
}


def draw_stages(canvas: Canvas, page: Page, ink: Ink) -> list[tuple[range, WalkStage]]:
    """Draw the six stages in the first row, the present one apart; return where each stands."""
    present = page.cursor.stage
    names = [f" {number} {STAGE_NAMES[stage]} " for number, stage in enumerate(STAGES, 1)]
    if sum(map(len, names)) > canvas.columns - 2:
        # Where there is little room, the others keep their numbers.
        names = [
            name if stage == present else f" {number} "
            for number, (name, stage) in enumerate(zip(names, STAGES, strict=True), 1)
        ]
    places: list[tuple[range, WalkStage]] = []
    column = 0
    for stage, name in zip(STAGES, names, strict=True):
        look = ink.cursor if stage == present else ink.muted
        end = canvas.put(0, column, name, look)
        places.append((range(column, end), stage))
        column = end
    return places
