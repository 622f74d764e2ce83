"""Where the user is in the walk through one update: what is asked, and what has come."""

from collections.abc import Callable
from dataclasses import replace

from nntui.explain.page import STAGES, Cursor, Page, WalkPage, WalkRequest, WalkStage

_Place = tuple[WalkStage, int]
_Spot = tuple[str, int]

LAYERED: frozenset[WalkStage] = frozenset({"forward", "backward", "update"})
"""The stages that have a page for each layer."""


def clipped(value: int, count: int) -> int:
    """Return the nearest of the numbers from 0 up to a count."""
    return max(min(value, count - 1), 0)


class Walk:
    """A request that keys change, and the last page that has come.

    Keys move on from what was requested last, not from the page on the screen, which may be a
    moment behind: so quick presses add up.

    Attributes:
        request: What is asked.
        page: The last page that came; None before the first, and where there is none.
        refused: Why there is no page, for the user.
        layers: How many dense layers there are, to turn pages by before the first has come.
    """

    def __init__(self) -> None:
        self.request = WalkRequest()
        self.page: Page | None = None
        self.refused = ""
        self.layers = 1
        self._asked: WalkRequest | None = None
        self._kept: dict[_Spot, tuple[int, int]] = {}
        self._last_point = 0

    @property
    def cursor(self) -> Cursor:
        """What is asked to be looked at."""
        return self.request.cursor

    @property
    def place(self) -> _Place:
        """The page that is asked for."""
        stage = self.cursor.stage
        return stage, self.cursor.layer if stage in LAYERED else 0

    @property
    def is_there(self) -> bool:
        """Whether the page that has come is the one that is asked for."""
        page = self.page
        return page is not None and _place_of(page.pages[page.number]) == self.place

    @property
    def has_rows(self) -> bool:
        """Whether the page tells of a neuron's parameters, rather than of several points."""
        return self.cursor.stage in LAYERED

    @property
    def is_at_end(self) -> bool:
        """Whether the last page is asked for."""
        places = self._places
        return bool(places) and self.place == places[-1]

    # What is sent, and what comes.

    def ask(self, first_check: int, checks: int) -> WalkRequest:
        """Return the request, and note that it was sent.

        Args:
            first_check: The first row whose gradient is to be checked.
            checks: How many are.
        """
        self.request = replace(self.request, first_check=first_check, checks=checks)
        self._asked = self.request
        return self.request

    def take(self, page: Page | None, refused: str) -> None:
        """Take in what came of the request that was sent last."""
        self.page, self.refused = page, refused
        if page is None or self.request != self._asked:
            # Keys have been pressed since: the page that they ask for is on its way.
            return
        # From now on it is that point, wherever the plane may be turned.
        point = self.request.point if self.request.place is None else page.point
        request = replace(self.request, cursor=page.cursor, point=point, place=None)
        self.request = self._asked = request
        if page.point is not None:
            self._last_point = page.point

    # What the keys do.

    def turn(self, pages: int) -> bool:
        """Go some pages on or back; tell whether there was anywhere to go."""
        places = self._places
        if not places:
            return False
        now = self._number(places)
        goal = clipped(now + pages, len(places))
        self._go(places[goal])
        return goal != now

    def turn_stage(self, stages: int) -> bool:
        """Go to the first page of a stage further on or back."""
        number = STAGES.index(self.cursor.stage)
        goal = clipped(number + stages, len(STAGES))
        return goal != number and self.go_to_stage(STAGES[goal])

    def go_to_stage(self, stage: WalkStage) -> bool:
        """Go to the first page of a stage."""
        place = next((place for place in self._places if place[0] == stage), None)
        if place is None:
            return False
        self._go(place)
        return True

    def go_to_start(self) -> None:
        """Go to the first page."""
        self._go(("inputs", 0))

    def move_unit(self, by: int) -> None:
        """Look at another neuron."""
        self.look_at_unit(self.cursor.unit + by)

    def look_at_unit(self, unit: int) -> None:
        """Look at a neuron."""
        self._look(replace(self.cursor, unit=self._within(unit, lambda page: page.units)))

    def move_row(self, by: int) -> None:
        """Look at another parameter of the neuron."""
        self.look_at_row(self.cursor.row + by)

    def look_at_row(self, row: int) -> None:
        """Look at a parameter of the neuron."""
        self._look(replace(self.cursor, row=self._within(row, lambda page: page.parameters)))

    def move_point(self, by: int, train_points: int) -> None:
        """Look at another point of the batch, or learn from another training point.

        Args:
            by: How many points further on.
            train_points: How many training points there are.
        """
        point = self._learnt_point
        if point is not None:
            self._learn_from((point + by) % max(train_points, 1))
        else:
            self.look_at_point(self.cursor.point + by)

    def look_at_point(self, point: int) -> None:
        """Look at a point of the batch."""
        self._look(replace(self.cursor, point=self._within(point, lambda page: page.points)))

    def switch_batch(self) -> None:
        """Learn from a batch, or from a training point alone: the one of last time."""
        if self._learnt_point is None:
            self._learn_from(self._last_point)
        else:
            self._learn_from(None)

    def learn_near(self, place: tuple[float, float]) -> None:
        """Learn from the training point nearest to a place of the plane."""
        self.request = replace(self.request, point=None, place=place)
        self._look(replace(self.cursor, point=0))

    @property
    def _learnt_point(self) -> int | None:
        """The training point that is asked to be learnt from alone; None for a batch."""
        return self.request.point if self.request.place is None else self._last_point

    def _learn_from(self, point: int | None) -> None:
        if point is not None:
            self._last_point = point
        self.request = replace(self.request, point=point, place=None)
        self._look(replace(self.cursor, point=0))

    @property
    def _places(self) -> list[_Place]:
        if self.page is not None:
            return [_place_of(page) for page in self.page.pages]
        if self.refused:
            return []
        numbers = range(self.layers)
        return [
            (stage, layer)
            for stage in STAGES
            for layer in (numbers[::-1] if stage == "backward" else numbers)
            if stage in LAYERED or layer == 0
        ]

    def _number(self, places: list[_Place]) -> int:
        if self.place in places or self.page is None:
            return places.index(self.place)
        return self.page.number

    def _go(self, place: _Place) -> None:
        """Look at a page: at the neuron that was looked at there last."""
        stage, layer = place
        self._kept[_spot(self.place)] = self.cursor.unit, self.cursor.row
        unit, row = self._kept.get(_spot(place), (0, 0))
        self._look(replace(self.cursor, stage=stage, layer=layer, unit=unit, row=row))

    def _look(self, cursor: Cursor) -> None:
        self.request = replace(self.request, cursor=cursor)

    def _within(self, value: int, count: Callable[[Page], int]) -> int:
        """Keep a number within what the page has; before it is there, at 0 or above."""
        page = self.page
        if page is None or not self.is_there:
            return max(value, 0)
        return clipped(value, count(page))


def _place_of(page: WalkPage) -> _Place:
    return page.stage, page.layer


def _spot(place: _Place) -> _Spot:
    """Pages that tell of the same neurons: of those of a layer, the same one is looked at."""
    stage, layer = place
    return ("layer", layer) if stage in LAYERED else (stage, 0)
