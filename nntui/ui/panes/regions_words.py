"""What stands below the picture of the regions: a legend, or what the crosshair reads."""

from collections.abc import Sequence
from dataclasses import dataclass

from rich.cells import cell_len

from nntui.charts.glyphs import class_glyph
from nntui.charts.palette import class_colour
from nntui.training.snapshot import Reading, Scene
from nntui.ui.canvas import BOLD, Canvas, Look
from nntui.ui.figures import figure, percent
from nntui.ui.ink import Ink

MOST_LINES = 3
"""Words may take no more of the picture's room."""

_BETWEEN = 2
_SURE = 1.0


@dataclass(frozen=True)
class Piece:
    """A few words that stay together.

    Attributes:
        text: What they say.
        look: How they look.
        glyph: A class's glyph before them; empty for none.
        glyph_look: How it looks.
    """

    text: str
    look: Look
    glyph: str = ""
    glyph_look: Look | None = None

    @property
    def columns(self) -> int:
        """How much room they take, in cells."""
        return cell_len(self.text) + (2 if self.glyph else 0)


def legend(scene: Scene, remarks: Sequence[str], ink: Ink) -> list[Piece]:
    """Say which glyph stands for which class, and what is special about the picture."""
    pieces = [
        _of_class(number, name, ink, ink.muted) for number, name in enumerate(scene.class_names)
    ]
    return pieces + [Piece(f"· {remark}" if pieces else remark, ink.muted) for remark in remarks]


def readout(scene: Scene, reading: Reading, ink: Ink, *, with_names: bool = True) -> list[Piece]:
    """Say what the network answers at the crosshair: the likeliest class first."""
    pieces = [Piece(f"{scene.x_label} {figure(reading.x)}", ink.accent)]
    if not scene.is_curve:
        pieces.append(Piece(f"{scene.y_label} {figure(reading.y)}", ink.accent))
    if scene.task == "regression":
        answer = f"{scene.target_name} {figure(reading.outputs[0])}"
        return [*pieces, Piece(answer, ink.title)]
    ranked = sorted(enumerate(reading.outputs), key=lambda pair: -pair[1])
    for place, (number, output) in enumerate(ranked):
        value = percent(output) if reading.are_probabilities else figure(output)
        name = f"{scene.class_names[number]} " if with_names else ""
        pieces.append(_of_class(number, name + value, ink, ink.text if place else ink.title))
    return pieces


def lines_needed(scene: Scene, remarks: Sequence[str], columns: int, ink: Ink) -> int:
    """Return how many lines the words take at most, so that the picture keeps its size."""
    longest = Reading(-_SURE / 3, -_SURE / 3, (_SURE,) * max(len(scene.class_names), 1), True)
    needed = max(
        len(wrapped(legend(scene, remarks, ink), columns)),
        len(wrapped(readout(scene, longest, ink), columns)),
    )
    return min(needed, MOST_LINES)


def draw_words(
    canvas: Canvas,
    row: int,
    scene: Scene,
    reading: Reading | None,
    remarks: Sequence[str],
    ink: Ink,
) -> None:
    """Write the legend, or the readout, into the lines from a row on.

    Args:
        canvas: Where to.
        row: The first line.
        scene: What is shown.
        reading: What the crosshair reads; None for no crosshair.
        remarks: What is special about the picture.
        ink: The colours of text.
    """
    room = canvas.rows - row
    if reading is None:
        lines = wrapped(legend(scene, remarks, ink), canvas.columns)
    else:
        lines = wrapped(readout(scene, reading, ink), canvas.columns)
        if len(lines) > room:
            lines = wrapped(readout(scene, reading, ink, with_names=False), canvas.columns)
    for line, pieces in enumerate(lines[:room]):
        column = 1
        for piece in pieces:
            if piece.glyph:
                column = canvas.put(row + line, column, f"{piece.glyph} ", piece.glyph_look)
            column = canvas.put(row + line, column, piece.text, piece.look) + _BETWEEN
    if len(lines) > room > 0:
        hidden = sum(len(pieces) for pieces in lines[room:])
        more = f" +{hidden} more "
        canvas.put(canvas.rows - 1, canvas.columns - len(more), more, ink.muted)


def wrapped(pieces: Sequence[Piece], columns: int) -> list[list[Piece]]:
    """Break pieces into lines."""
    lines: list[list[Piece]] = []
    used = columns
    for piece in pieces:
        if not lines or used + piece.columns > columns:
            lines.append([])
            used = 1
        lines[-1].append(piece)
        used += piece.columns + _BETWEEN
    return lines


def _of_class(number: int, text: str, ink: Ink, look: Look) -> Piece:
    colour = class_colour(number, ink.chart_style)
    return Piece(text, look, class_glyph(number), Look(colour, ink.text.background, BOLD))
