"""The values that tell one page of an update: what the screen draws, and nothing else.

A *walk* goes through one update of the network in six stages, page by page. Points, neurons and
rows are counted from 0 here; the screen counts them from 1.
"""

from dataclasses import dataclass
from typing import Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray

WalkStage: TypeAlias = Literal["inputs", "forward", "loss", "backward", "update", "again"]

STAGES: tuple[WalkStage, ...] = ("inputs", "forward", "loss", "backward", "update", "again")
"""The stages in order; ``forward``, ``backward`` and ``update`` have a page for each layer."""


@dataclass(frozen=True)
class Cursor:
    """What of an update is looked at.

    Attributes:
        stage: The stage.
        layer: The dense layer, counted from 0; only where the stage has a page for each.
        unit: The neuron whose numbers are put into the formulas; an input on the first page.
        row: Which of its parameters: a weight by the number of its input, then the bias.
        point: Which point of the batch.
    """

    stage: WalkStage = "inputs"
    layer: int = 0
    unit: int = 0
    row: int = 0
    point: int = 0


@dataclass(frozen=True)
class WalkRequest:
    """Ask for a page.

    Attributes:
        cursor: Where; what does not exist is replaced by the nearest that does.
        point: Learn from this training point alone; None for the batch that comes next.
        place: Learn from the training point nearest to this place of the plane alone; None for
            none. It goes before ``point``.
        first_check: The first row whose gradient is compared with a finite difference.
        checks: How many are compared.
    """

    cursor: Cursor = Cursor()
    point: int | None = None
    place: tuple[float, float] | None = None
    first_check: int = 0
    checks: int = 0


@dataclass(frozen=True)
class Source:
    """Lines of nntui's own code, by where they stand in the installed files.

    Attributes:
        file: The file's path below the package, such as ``engine/layers.py``.
        function: The function they stand in, such as ``Dense.record_with_sums``.
        first: The first line of that function, counted from 1.
        last: Its last line.
        start: The first line to be pointed at.
        stop: The last line to be pointed at.
    """

    file: str
    function: str
    first: int
    last: int
    start: int
    stop: int


@dataclass(frozen=True)
class Formula:
    """A formula twice: with symbols, and with the numbers of what is under the cursor.

    Attributes:
        symbols: Such as ``z = Σ inputs · weights + bias``.
        numbers: The same with numbers, such as ``0.31 · 1.2 + 0.5 · (−0.3) + 0.1 = 0.322``.
    """

    symbols: str
    numbers: str


@dataclass(frozen=True)
class CallLine:
    """One call of the tape, or of a function beside it, with the numbers under the cursor.

    Attributes:
        meaning: What it computes, as the tape says.
        call: The call as it would be written, such as ``np.multiply(g, g, out=work)``, with shapes
            for names: ``np.dot((10, 3), (3, 32), out=(10, 32))``. On the tape a column is a point.
        numbers: The numbers that go in and the one that comes out, such as ``−0.2 · 0.9 → −0.18``;
            the one that comes out alone (``→ −0.18``) where it does not go number by number;
            empty where there is none for what is under the cursor.
        source: The lines that wrote it on the tape.
    """

    meaning: str
    call: str
    numbers: str
    source: Source


@dataclass(frozen=True, eq=False)
class Table:
    """Named numbers in rows, of which a screen shows those around the cursor.

    Attributes:
        title: What the rows are.
        headings: Of the columns of numbers.
        labels: Of the rows.
        numbers: NaN where there is none, (rows, columns).
        cursor: The row under the cursor; −1 for none.
    """

    title: str
    headings: tuple[str, ...]
    labels: tuple[str, ...]
    numbers: NDArray[np.float64]
    cursor: int


@dataclass(frozen=True)
class Check:
    """A gradient beside its definition.

    Attributes:
        row: Which parameter of the neuron under the cursor.
        gradient: What the way back has computed (before penalty and clipping).
        difference: (loss(w + h) − loss(w − h)) / 2h, in double precision.
        agrees: Whether they agree as well as the precision of the gradient allows.
        has_corner: Whether the loss has a corner here, as ReLU has at 0: it then has no one slope
            that could be compared, and they need not agree.
    """

    row: int
    gradient: float
    difference: float
    agrees: bool
    has_corner: bool = False


@dataclass(frozen=True)
class WalkPage:
    """A page, by where it is.

    Attributes:
        stage: The stage.
        layer: The layer; 0 where the stage has one page.
        title: Such as ``2 Forward · layer 1 of 3 · relu``.
    """

    stage: WalkStage
    layer: int
    title: str


@dataclass(frozen=True, eq=False)
class Page:
    """One page of a walk, with everything that stands on it.

    Attributes:
        steps: How many updates had been made: the walk tells the next one.
        cursor: What is looked at, all of it existing.
        point: The training point that is learnt from alone; None for a batch.
        pages: All pages of the walk, in order.
        number: Which of them this one is, counted from 0.
        batch: What is learnt from, in words, such as ``a batch of 32 points`` or
            ``training point 17 of 240``.
        about: One or two plain sentences: what happens on this page.
        shapes: What goes in and comes out, such as ``(32, 2) @ (2, 16) + (16,) → (32, 16)``.
        formulas: The formulas, in the order in which they are to be read.
        rows: The neurons of the page (or the inputs), the cursor on ``cursor.unit``.
        terms: The parts of the number under the cursor: input · weight for each parameter, its
            cursor on ``cursor.row``; or the points of the batch on the pages of inputs, loss and
            forward again, its cursor on ``cursor.point``.
        calls: The calls of the tape behind this page, in order.
        checks: Of the neuron's gradients, on the pages of the way back.
        verdict: What came of it, such as ``The loss fell from 0.412 to 0.398``; empty elsewhere.
        units: How many neurons ``cursor.unit`` can be.
        parameters: How many parameters ``cursor.row`` can be.
        points: How many points ``cursor.point`` can be.
        can_be_taken: Whether the update can be made for real from here.
    """

    steps: int
    cursor: Cursor
    point: int | None
    pages: tuple[WalkPage, ...]
    number: int
    batch: str
    about: str
    shapes: tuple[str, ...]
    formulas: tuple[Formula, ...]
    rows: Table
    terms: Table | None
    calls: tuple[CallLine, ...]
    checks: tuple[Check, ...]
    verdict: str
    units: int
    parameters: int
    points: int
    can_be_taken: bool
