"""The weights of the neuron under the cursor: a trunk beside it, and a branch to each other end.

All of them begin at one neuron, so they can be led like the branches of a tree, along rows of
cells: none crosses another, and at the end of each there is room for its number.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from nntui.charts.cells import Cells
from nntui.charts.network.lettering import letter
from nntui.charts.network.palette import sign_colour
from nntui.charts.style import ChartStyle

_LINES = {True: ("──", "━━", "■■"), False: ("╌╌", "╍╍", "■ ")}
"""By the sign: two cells of a branch for each size."""

# By the arms: 1 up, 2 down, 4 to the left, 8 to the right.
_JOINTS = " ╹╻┃╸┛┓┫╺┗┏┣━┻┳╋"
_UP, _DOWN, _LEFT, _RIGHT = 1, 2, 4, 8


@dataclass(frozen=True)
class Branch:
    """A weight of the neuron under the cursor.

    Attributes:
        row: The row that it is led along.
        level: Its size, 0 to 2.
        is_positive: Its sign.
        label: What stands at its end.
        is_selected: Whether the cursor is on it.
    """

    row: int
    level: int
    is_positive: bool
    label: str
    is_selected: bool


@dataclass(frozen=True)
class Fan:
    """The weights at one side of the neuron under the cursor.

    Attributes:
        root: The row at which the neuron is joined.
        left: The first cell between the neuron and the other ends.
        columns: How many cells there are.
        is_incoming: Whether the neuron is at the right.
        branches: One for each weight.
    """

    root: int
    left: int
    columns: int
    is_incoming: bool
    branches: Sequence[Branch]

    @property
    def trunk(self) -> int:
        """The column of the trunk: the cell beside the neuron is kept for the cursor's mark."""
        return self.left + (max(self.columns - 2, 0) if self.is_incoming else min(1, self.columns))

    def label_start(self, branch: Branch) -> int:
        """The first cell of a branch's label, which stands at its far end."""
        return self.left if self.is_incoming else self.left + self.columns - len(branch.label)


def draw_fan(cells: Cells, fan: Fan, style: ChartStyle) -> None:
    """Draw the weights at one side of the neuron under the cursor.

    Args:
        cells: Where to.
        fan: The weights.
        style: How they are coloured.
    """
    if not fan.branches:
        return
    for branch in fan.branches:
        colour = sign_colour(branch.is_positive, style)
        start = fan.label_start(branch)
        first, last = fan.trunk + 1, start
        if fan.is_incoming:
            first, last = start + len(branch.label), fan.trunk
        room = max(last - first, 0)
        line = (_LINES[branch.is_positive][branch.level] * room)[:room]
        letter(cells, branch.row, first, line, colour)
        letter(cells, branch.row, start, branch.label, colour)
        cells.bold[branch.row, start : start + len(branch.label)] = True
    _draw_trunk(cells, fan, style)


def _draw_trunk(cells: Cells, fan: Fan, style: ChartStyle) -> None:
    """Join the branches with each other and with the neuron."""
    ends = {branch.row for branch in fan.branches}
    top, bottom = min(*ends, fan.root), max(*ends, fan.root)
    near, far = (_RIGHT, _LEFT) if fan.is_incoming else (_LEFT, _RIGHT)
    arms = [
        _UP * (row > top) + _DOWN * (row < bottom) + near * (row == fan.root) + far * (row in ends)
        for row in range(top, bottom + 1)
    ]
    cells.characters[top : bottom + 1, fan.trunk] = [_JOINTS[kind] for kind in arms]
    cells.foreground[top : bottom + 1, fan.trunk] = style.axis_colour
