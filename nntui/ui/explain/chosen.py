"""What the user has chosen to see of a page, and where it then stands."""

from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from nntui.explain.page import WalkStage
from nntui.ui.explain.table import Rows
from nntui.ui.layout import Place

Part: TypeAlias = Literal["numbers", "neurons", "code", "words"]
"""What ``v`` chooses between: the parts that are not all in sight, or that j and k move in."""


@dataclass(frozen=True)
class Chosen:
    """What the user has chosen to see of a page.

    Attributes:
        part: Which part.
        call: Which call of the tape.
        scroll: Which line of the words comes first, where they fill the page.
        code_scroll: By how many rows the code is scrolled.
    """

    part: Part = "numbers"
    call: int = 0
    scroll: int = 0
    code_scroll: int = 0


@dataclass(frozen=True)
class Shown:
    """Where rows stand, and which they are.

    Attributes:
        place: Where.
        rows: Which.
    """

    place: Place
    rows: Rows

    def at(self, column: int, row: int) -> int | None:
        """Return which row stands at a cell; None where none does."""
        place = self.place
        if not place.column <= column < place.column + place.columns:
            return None
        if not place.row <= row < place.row + self.rows.count:
            return None
        return self.rows.first + row - place.row


@dataclass
class Drawn:
    """What stands where on a page, for the mouse and the keys.

    Attributes:
        parts: The parts to choose between.
        stages: Where each stage stands in the first row.
        neurons: Where the rows of the table of neurons stand, and which they are.
        terms: The same of the table of terms.
        calls: The same of the calls.
        code_reach: How far the code can be scrolled.
        hidden_lines: How many lines of the words are not seen, where they fill the page.
    """

    parts: tuple[Part, ...] = ("numbers",)
    stages: list[tuple[range, WalkStage]] = field(default_factory=lambda: [])
    neurons: Shown | None = None
    terms: Shown | None = None
    calls: Shown | None = None
    code_reach: range = range(1)
    hidden_lines: int = 0
