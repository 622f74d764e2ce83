"""A rectangle of styled terminal cells: what every chart is drawn into."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

NO_COLOR = -1
"""The terminal's own foreground or background."""


@dataclass(frozen=True, eq=False)
class Cells:
    """Styled cells, one character each.

    Attributes:
        characters: One character a cell, dtype ``U1``, (rows, columns).
        foreground: 0xRRGGBB, or NO_COLOR, (rows, columns).
        background: 0xRRGGBB, or NO_COLOR, (rows, columns).
        bold: (rows, columns).
    """

    characters: NDArray[np.str_]
    foreground: NDArray[np.int32]
    background: NDArray[np.int32]
    bold: NDArray[np.bool_]

    @property
    def rows(self) -> int:
        """The height, in cells."""
        return self.characters.shape[0]

    @property
    def columns(self) -> int:
        """The width, in cells."""
        return self.characters.shape[1]

    @classmethod
    def blank(cls, rows: int, columns: int) -> "Cells":
        """Make a rectangle of spaces in the terminal's own colours."""
        shape = (rows, columns)
        return cls(
            characters=np.full(shape, " "),
            foreground=np.full(shape, NO_COLOR, np.int32),
            background=np.full(shape, NO_COLOR, np.int32),
            bold=np.zeros(shape, np.bool_),
        )

    def text(self) -> list[str]:
        """Return the lines without their styles."""
        return ["".join(row) for row in self.characters.tolist()]
