"""Pictures for terminals and fonts that have nothing but ASCII."""

from functools import lru_cache

import numpy as np

from nntui.charts.cells import NO_COLOR, Cells
from nntui.charts.picture import HALF_BLOCK

_PAIRS = (
    "●O ○o ▲A △a ■B □b ◆D ◇d ★S ☆s ▼V ▽v ►R ▷r ◄L ◁l ✦K ✧k ✚T ✛t ◉@ "
    "─- │| ┼+ ┤+ ├+ ┬+ ┴+ ┌+ ┐+ └+ ┘+ ┊: ━= ╍- ·. ░% ▒& ╱/ ╲\\ •* →> ↑^ …~"
)
"""Each sign and, after it, what stands for it."""
_BRAILLE = range(0x2800, 0x2900)
_DOTS = " ..::**##"
"""For no dots of braille up to all eight."""


@lru_cache(maxsize=1)
def _table() -> dict[str, str]:
    table = {pair[0]: pair[1] for pair in _PAIRS.split()}
    table |= {chr(code): _DOTS[(code - _BRAILLE.start).bit_count()] for code in _BRAILLE}
    return table | {HALF_BLOCK: " "}


def ascii_only(cells: Cells) -> Cells:
    """Replace every character that is not ASCII by one that is.

    Half blocks become spaces on their lower half's colour; points keep a sign of their class:
    a capital for training points and its small letter for test points.

    Args:
        cells: Any picture.
    """
    kinds, numbers = np.unique(cells.characters, return_inverse=True)
    replaced = [
        kind if kind.isascii() else _table().get(kind, "?") for kind in map(str, kinds.tolist())
    ]
    characters = np.array(replaced, "U1")[numbers].reshape(cells.characters.shape)
    is_half = cells.characters == HALF_BLOCK
    return Cells(
        characters=characters,
        foreground=np.where(is_half, np.int32(NO_COLOR), cells.foreground),
        background=cells.background,
        bold=cells.bold,
    )
