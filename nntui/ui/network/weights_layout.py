"""How the pictures of a layer's weights share their pane."""

from dataclasses import dataclass
from functools import lru_cache

from nntui.charts.heat_map_layout import HeatMapLayout, heat_map_layout, heat_map_room
from nntui.ui.layout import Place

WEIGHTS, GRADIENTS, BOTH, HISTORY = "weights", "gradients", "both", "history"
"""What the pane can show: one picture, two, or how the numbers came about."""

_GAP = 2
_LEAST_COLUMNS_WITH_GUTTER = 20
_LEAST_LINES_WITH_WORDS = 4
_LEAST_LINES_OF_CHART = 8


@dataclass(frozen=True)
class Picture:
    """Where a picture stands.

    Attributes:
        title: The line of its title.
        map: The place below.
        layout: How its numbers are laid out; None where they find room only in blocks.
    """

    title: Place
    map: Place
    layout: HeatMapLayout | None


@dataclass(frozen=True)
class Pictures:
    """A way to show a layer.

    Attributes:
        parts: WEIGHTS or GRADIENTS, or both.
        places: Where each of them stands.
    """

    parts: tuple[str, ...]
    places: tuple[Picture, ...]


@dataclass(frozen=True)
class Room:
    """What there is room for.

    Attributes:
        rows: The lines for pictures.
        columns: Their width.
        gutter: How many columns the rows' names take.
        whole_lines: Whether each number takes a line.
    """

    rows: int
    columns: int
    gutter: int
    whole_lines: bool


def gutter_width(longest: int, columns: int) -> int:
    """Return how many columns the rows' names take, with a blank behind them; 0 for no names."""
    if columns < _LEAST_COLUMNS_WITH_GUTTER:
        return 0
    return min(longest, max(columns // 5, 4)) + 1


@lru_cache(maxsize=32)
def one_picture(part: str, shape: tuple[int, int], room: Room) -> Pictures:
    """Show one matrix on the whole pane."""
    return Pictures((part,), (_picture(Place(0, 0, room.columns, room.rows), shape, room),))


@lru_cache(maxsize=32)
def both_pictures(shape: tuple[int, int], room: Room) -> Pictures | None:
    """Show weights and gradients, side by side or one below the other; None without room."""
    half = (room.columns - _GAP) // 2
    height = room.rows // 2
    upper = _picture(Place(0, 0, room.columns, height), shape, room)
    below = min(_lines_used(upper, shape[0]) + 1, height)
    found = [
        (
            _picture(Place(0, 0, half, room.rows), shape, room),
            _picture(Place(half + _GAP, 0, half, room.rows), shape, room),
        ),
        (upper, _picture(Place(0, below, room.columns, height), shape, room)),
    ]
    fitting = [pictures for pictures in found if pictures[0].layout is not None]
    if not fitting:
        return None
    best = max(fitting, key=lambda pictures: pictures[0].layout.area if pictures[0].layout else 0)
    return Pictures((WEIGHTS, GRADIENTS), best)


def _picture(place: Place, shape: tuple[int, int], room: Room) -> Picture:
    has_title = place.rows >= _LEAST_LINES_WITH_WORDS
    below = Place(place.column, place.row + has_title, place.columns, place.rows - has_title)
    layout = heat_map_layout(
        shape, below.rows, below.columns, room.gutter, whole_lines=room.whole_lines
    )
    title = Place(place.column, place.row, place.columns, int(has_title))
    return Picture(title, below, layout)


def _lines_used(picture: Picture, rows: int) -> int:
    """Return how high a picture is, its title included."""
    used = picture.layout.lines_used(rows) if picture.layout is not None else picture.map.rows
    return picture.title.rows + used


def numbers_room(pictures: Pictures, room: Room) -> tuple[int, int]:
    """Return how many rows and columns of numbers to ask for."""
    place = pictures.places[0].map
    return heat_map_room(place.rows, place.columns, room.gutter, whole_lines=room.whole_lines)


def parts_of(shape: tuple[int, int], room: Room) -> tuple[str, ...]:
    """Return what there is to go through with the key: the large pictures only if they are larger.

    Args:
        shape: How many rows (the biases included) and columns of numbers the layer has.
        room: What there is room for.
    """
    both = both_pictures(shape, room)
    if both is None:
        return WEIGHTS, GRADIENTS, HISTORY
    alone = one_picture(WEIGHTS, shape, room).places[0].layout
    together = both.places[0].layout
    if alone is not None and together is not None and alone.area > together.area:
        return BOTH, WEIGHTS, GRADIENTS, HISTORY
    return BOTH, HISTORY


def history_places(rows: int, columns: int) -> tuple[Place, Place]:
    """Divide a pane between the weights' and the gradients' history."""
    if rows // 2 >= _LEAST_LINES_OF_CHART or columns < 2 * _LEAST_COLUMNS_WITH_GUTTER:
        half = rows // 2
        return Place(0, 0, columns, half), Place(0, half, columns, rows - half)
    half = (columns - _GAP) // 2
    return Place(0, 0, half, rows), Place(half + _GAP, 0, half, rows)
