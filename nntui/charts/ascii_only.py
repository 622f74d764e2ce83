"""What stands for a character where the terminal has nothing but ASCII.

Every character is replaced by one of the same width, wherever it stands, so that no drawing has to
know of it. What has to be told apart stays apart: the points of each class, the textures of areas,
the levels of bars.
"""

import re
import unicodedata
from functools import lru_cache

import numpy as np

from nntui.charts.cells import NO_COLOR, Cells
from nntui.charts.picture import HALF_BLOCK
from nntui.charts.text import width_of

_PAIRS = (
    # Points: a capital for training and its small letter for test, or brackets, sharp and round.
    "●O ○o ▲A △a ■B □b ◆D ◇d ★S ☆s ▼V ▽v ►> ▷) ◄< ◁( ✦K ✧k ✚T ✛t ◉@ ◦o "
    # Lines and frames.
    "─- ━= ═= ╌- ╍- │| ┃| ║| ┊: ╎: ┆: ╱/ ╲\\ ╳X ┼+ ┤+ ├+ ┬+ ┴+ ┌+ ┐+ └+ ┘+ ╭+ ╮+ ╯+ ╰+ "
    "╴- ╵' ╶- ╷. ╸= ╹' ╺= ╻. ╞+ ╡+ ╪+ ┏+ ┓+ ┗+ ┛+ ╔+ ╗+ ╚+ ╝+ "
    # Areas, and bars from low to high, from short to long.
    "░: ▒% ▓# █# ▁_ ▂. ▃- ▄= ▅+ ▆* ▇% ▏. ▎: ▍- ▌| ▋+ ▊* ▉% ▐| ▔- ▕| ▖. ▗. ▘' ▝' ▙# ▛# ▜# ▟# "
    # Signs.
    "·. •* ⋅. ∙. …~ –- —- −- ‐- ‑- ±~ ×x ÷/ ≈~ ≃~ ≡E ≠! ≤< ≥> ∞8 √V ∂d ∇D Σ$ ∑$ ∏P ∫S ∈e ⊙@ ⊗x "
    '→> ←< ↑^ ↓v ↔~ ↕| ⇒> ⇐< ↵< ⏎< ↻* ⟳@ ⌫< ⌦> ‖= ∥" ▶> ▸> ▹> ◀< ◂< ▴^ ▾v ▿v △a ⌈[ ⌉] ⌊[ ⌋] '
    "✎* ✓+ ✔+ ✗x ✘x ✕x ☐o ☑x °o ½/ ¼/ ¾/ ⅞/ ‘' ’' “\" ”\" «< »> "
    # Letters of formulas, in the manner of Beta Code, and what Unicode does not take apart.
    "αa βb γg δd εe ζz ηh θq ιi κk λl μm νn ξc οo πp ρr σs ςs τt υu φf χx ψy ωw "
    "ΓG ΔD ΘQ ΛL ΞC ΠP ΦF ΨY ΩW łl ŁL øo ØO đd ĐD ıi ßs æa Æa œo Œo þt Þt ðd ⁻-"
)
"""Each character and, after it, what stands for it."""

_BRAILLE = range(0x2800, 0x2900)
_UPPER_DOTS = 0b00011011
"""The dots of braille in the upper half of a cell: 1, 2, 4 and 5."""
_MANY_DOTS = 6
_LINES = range(0x2500, 0x2580)
"""Of the many kinds of lines only the usual ones are in the table."""
_OTHER = "?"
_FOREIGN = re.compile("[^\x00-\x7f]")


def _braille(dots: int) -> str:
    """Choose by where the dots are: up, down, in both halves, or nearly everywhere."""
    if not dots:
        return " "
    if dots.bit_count() >= _MANY_DOTS:
        return "#"
    if not dots & ~_UPPER_DOTS:
        return "'"
    return ":" if dots & _UPPER_DOTS else "."


@lru_cache(maxsize=1)
def _table() -> dict[str, str]:
    table = {pair[0]: pair[1] for pair in _PAIRS.split()}
    table |= {chr(code): _braille(code - _BRAILLE.start) for code in _BRAILLE}
    return table | {HALF_BLOCK: " ", "\N{NO-BREAK SPACE}": " "}


@lru_cache(maxsize=4096)
def ascii_of(character: str) -> str:
    """Return what stands for a character: as many characters of ASCII as it takes cells.

    Example:
        >>> ascii_of("▶"), ascii_of("é"), ascii_of("語")
        ('>', 'e', '??')
    """
    if character.isascii():
        return character
    if known := _table().get(character):
        return known
    width = width_of(character)
    if width != 1:
        return _OTHER * width
    if ord(character) in _LINES:
        words = set(unicodedata.name(character).split())
        goes_across = bool(words & {"HORIZONTAL", "LEFT", "RIGHT"})
        goes_down = bool(words & {"VERTICAL", "UP", "DOWN"})
        return "+" if goes_across and goes_down else "-" if goes_across else "|"
    plain = unicodedata.normalize("NFKD", character)[:1]
    return plain if plain.isascii() and plain.isprintable() else _table().get(plain, _OTHER)


def ascii_text(text: str) -> str:
    """Return a text in ASCII, in as many cells."""
    return text if text.isascii() else _FOREIGN.sub(lambda found: ascii_of(found[0]), text)


def ascii_only(cells: Cells) -> Cells:
    """Return a picture in ASCII; half blocks become spaces on their lower half's colour.

    Args:
        cells: Any picture.
    """
    kinds, numbers = np.unique(cells.characters, return_inverse=True)
    # A wide character has its second cell, which is empty, for itself: "?" stays in the first.
    replaced = [ascii_of(kind)[:1] if kind else kind for kind in map(str, kinds.tolist())]
    characters = np.array(replaced, "U1")[numbers].reshape(cells.characters.shape)
    is_half = cells.characters == HALF_BLOCK
    return Cells(
        characters=characters,
        foreground=np.where(is_half, np.int32(NO_COLOR), cells.foreground),
        background=cells.background,
        bold=cells.bold,
    )
