"""Where the tiles of a network's graph stand: pure geometry, in cells."""

from dataclasses import dataclass
from functools import cached_property, lru_cache

_LARGEST_PICTURE, _SMALLEST_PICTURE = 9, 2
_ROWS_WITH_TWO_LINES = 5
"""Pictures of so many rows have the name and the bias on lines of their own."""

_WIDE, _GUTTER_WIDE, _GUTTER_NARROW = 64, 10, 6
_WIDEST_GUTTER = 34
_TEXT_WIDE, _TEXT_NARROW = 8, 7
_LINE_WIDE, _LINE_NARROW = 11, 8
_HIGH, _MIDDLE = 28, 16
_LEAST_ROWS_OF_FOLDS = 24
_LEAST_ROWS_WITH_HEADING = 3
_WIDEST_GAP = 3


@dataclass(frozen=True)
class TileSize:
    """The parts of a neuron's tile.

    Attributes:
        picture_rows: The height of its picture; 0 for a tile that is a line of text.
        picture_columns: The picture's width.
        text_rows: The lines below the picture.
        columns: The width of all.
    """

    picture_rows: int
    picture_columns: int
    text_rows: int
    columns: int

    @property
    def rows(self) -> int:
        """The height of all."""
        return self.picture_rows + self.text_rows


@dataclass(frozen=True)
class ColumnPlace:
    """A column of the graph that is in sight.

    Attributes:
        number: Which column, 0 for the inputs.
        left: The first cell of its tiles.
        first: The first unit that is in sight.
        total: How many units it has.
        tops: The upper row of each tile that is in sight.
        folds: The rows that tell how many more there are above and below; None where the heading
            tells it.
    """

    number: int
    left: int
    first: int
    total: int
    tops: tuple[int, ...]
    folds: tuple[int, int] | None

    @property
    def count(self) -> int:
        """How many units are in sight."""
        return len(self.tops)

    @property
    def above(self) -> int:
        """How many are folded above."""
        return self.first

    @property
    def below(self) -> int:
        """How many are folded below."""
        return self.total - self.first - self.count

    def top_of(self, unit: int) -> int | None:
        """Return the upper row of a unit's tile; None where it is out of sight."""
        place = unit - self.first
        return self.tops[place] if 0 <= place < self.count else None


@dataclass(frozen=True)
class GraphFrame:
    """How much of a network fits on a rectangle of cells, whatever part of it is in sight.

    Attributes:
        rows: The height of the rectangle.
        columns: Its width.
        units: How many units each column of the network has, the inputs first.
        tile: The size of the tiles.
        heading: The row of the headings; None without them.
        beyond: The row that tells of columns out of sight; None where all fit.
        top: The first row of the tiles.
        lefts: The first cell of each column that is in sight.
        gutter: How many cells there are between two columns.
        counts: How many units of each column of the network are in sight at a time.
    """

    rows: int
    columns: int
    units: tuple[int, ...]
    tile: TileSize
    heading: int | None
    beyond: int | None
    top: int
    lefts: tuple[int, ...]
    gutter: int
    counts: tuple[int, ...]

    @property
    def body_rows(self) -> int:
        """The rows for tiles."""
        return max(self.rows - self.top, 0)

    @property
    def has_fold_rows(self) -> bool:
        """Whether folded units are told in rows of their own."""
        return _has_fold_rows(self.body_rows)

    def column_place(self, number: int, left: int, first: int) -> ColumnPlace:
        """Place the tiles of a column below each other, in the middle."""
        total, count = self.units[number], self.counts[number]
        first = min(max(first, 0), total - count)
        has_rows = count < total and self.has_fold_rows
        top, room = self.top + has_rows, self.body_rows - 2 * has_rows
        free = room - count * self.tile.rows
        gap = min(free // max(count, 1), max(self.tile.rows // 2, _WIDEST_GAP))
        top += (free - gap * (count - 1)) // 2
        tops = tuple(top + place * (self.tile.rows + gap) for place in range(count))
        folds = (self.top, self.rows - 1) if has_rows else None
        return ColumnPlace(number, left, first, total, tops, folds)


@lru_cache(maxsize=16)
def graph_frame(rows: int, columns: int, units: tuple[int, ...]) -> GraphFrame:
    """Choose the largest tiles with which enough of a network is in sight.

    All columns are, if that is possible with the smallest tiles; and so many neurons of the
    largest column that one sees them as a layer.

    Args:
        rows: The height, in cells.
        columns: The width, in cells.
        units: How many units each column of the network has, the inputs first.
    """
    has_heading = rows >= _LEAST_ROWS_WITH_HEADING
    # A column at each side is kept free: what marks the tile under the cursor stands there.
    inner = columns - 2
    most = max(_fitting(inner, tile, len(units)) for tile in _tile_sizes(inner))
    has_beyond = most < len(units) and rows > _LEAST_ROWS_WITH_HEADING
    top = has_heading + has_beyond
    tile = _chosen_tile(rows - top, inner, units, most)
    count = _fitting(inner, tile, len(units))
    gutter = min((inner - count * tile.columns) // max(count - 1, 1), _WIDEST_GUTTER)
    left = max(columns - count * tile.columns - (count - 1) * gutter, 0) // 2
    return GraphFrame(
        rows=rows,
        columns=columns,
        units=units,
        tile=tile,
        heading=int(has_beyond) if has_heading else None,
        beyond=0 if has_beyond else None,
        top=top,
        lefts=tuple(left + place * (tile.columns + gutter) for place in range(count)),
        gutter=gutter if count > 1 else 0,
        counts=tuple(_shown(rows - top, tile, total) for total in units),
    )


def _chosen_tile(rows: int, columns: int, units: tuple[int, ...], most: int) -> TileSize:
    """Choose the largest tile that leaves enough in sight."""
    largest = max(units)
    enough = 7 if rows >= _HIGH else 4 if rows >= _MIDDLE else 3
    sizes = _tile_sizes(columns)
    for tile in sizes:
        has_columns = _fitting(columns, tile, len(units)) >= most
        if has_columns and _shown(rows, tile, largest) >= min(enough, largest):
            return tile
    return sizes[-1]


def _tile_sizes(columns: int) -> list[TileSize]:
    """List the sizes of tiles, the largest first; the last one has no picture."""
    is_wide = columns >= _WIDE
    text = _TEXT_WIDE if is_wide else _TEXT_NARROW
    sizes = [
        # A cell is twice as high as wide; the bar stands beside the picture.
        TileSize(
            rows, 2 * rows, 1 + (rows >= _ROWS_WITH_TWO_LINES), max(2 * rows + 1 + is_wide, text)
        )
        for rows in range(_LARGEST_PICTURE, _SMALLEST_PICTURE - 1, -1)
    ]
    return [*sizes, TileSize(0, 0, 1, _LINE_WIDE if is_wide else _LINE_NARROW)]


def _fitting(columns: int, tile: TileSize, count: int) -> int:
    """Return how many columns of tiles fit beside each other, at most ``count``."""
    gutter = _GUTTER_WIDE if columns >= _WIDE else _GUTTER_NARROW
    return max(min(count, (columns + gutter) // (tile.columns + gutter)), 0)


def _shown(rows: int, tile: TileSize, total: int) -> int:
    """Return how many of a column's units fit below each other."""
    fitting = max(rows, 0) // tile.rows
    if total <= fitting:
        return total
    if _has_fold_rows(rows):
        fitting = (rows - 2) // tile.rows
    return max(fitting, 0)


def _has_fold_rows(rows: int) -> bool:
    return rows >= _LEAST_ROWS_OF_FOLDS


@dataclass(frozen=True)
class GraphLayout:
    """The part of a network that is in sight.

    Attributes:
        frame: How much fits.
        first_column: The leftmost column in sight.
        firsts: The first unit in sight of each column of the network.
    """

    frame: GraphFrame
    first_column: int
    firsts: tuple[int, ...]

    @cached_property
    def places(self) -> tuple[ColumnPlace, ...]:
        """The columns in sight, from left to right."""
        return tuple(
            self.frame.column_place(number, left, self.firsts[number])
            for number, left in enumerate(self.frame.lefts, self.first_column)
        )

    @property
    def columns_after(self) -> int:
        """How many columns there are further right."""
        return len(self.frame.units) - self.first_column - len(self.frame.lefts)

    def place_of(self, column: int) -> ColumnPlace | None:
        """Return where a column is; None where it is out of sight."""
        index = column - self.first_column
        return self.places[index] if 0 <= index < len(self.places) else None

    def unit_at(self, row: int, column: int) -> tuple[int, int] | None:
        """Return the column and the unit at a cell; None between the tiles.

        A row that tells of folded units stands for the nearest of them.
        """
        tile = self.frame.tile
        for place in self.places:
            if not place.left <= column < place.left + tile.columns:
                continue
            for unit, top in enumerate(place.tops, place.first):
                if top <= row < top + tile.rows:
                    return place.number, unit
            if place.folds and row == place.folds[0] and place.above:
                return place.number, place.first - 1
            if place.folds and row == place.folds[1] and place.below:
                return place.number, place.first + place.count
        return None


def followed(layout: GraphLayout, wanted: tuple[tuple[int, int], ...]) -> GraphLayout:
    """Scroll as little as is needed to have some neurons in sight.

    Args:
        layout: What is in sight.
        wanted: The column and the unit of each neuron; the first one is the most important.
    """
    frame = layout.frame
    firsts, first_column = list(layout.firsts), layout.first_column
    for column, unit in reversed(wanted):
        firsts[column] = scrolled(firsts[column], unit, frame.counts[column], frame.units[column])
        first_column = scrolled(first_column, column, len(frame.lefts), len(frame.units))
    return GraphLayout(frame, first_column, tuple(firsts))


def scrolled(first: int, wanted: int, count: int, total: int) -> int:
    """Return where a window has to begin that shows a place, moved as little as possible.

    Args:
        first: Where it begins now.
        wanted: The place to be seen.
        count: How many places it shows.
        total: How many there are.

    Example:
        >>> scrolled(0, 12, 5, 64), scrolled(30, 12, 5, 64), scrolled(10, 12, 5, 64)
        (8, 12, 10)
    """
    first = min(max(first, 0), max(total - count, 0))
    return min(max(first, wanted - count + 1), wanted)
