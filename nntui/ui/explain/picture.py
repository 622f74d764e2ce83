"""One page as it is drawn: what stands where, on a screen of any size."""

from nntui.explain.page import Page
from nntui.ui.canvas import Canvas
from nntui.ui.explain.chosen import Chosen, Drawn, Part, Shown
from nntui.ui.explain.code import calls_shown, draw_code
from nntui.ui.explain.numbers import neurons_of, row_lines, terms_of, unit_name
from nntui.ui.explain.stages import draw_stages
from nntui.ui.explain.table import HEADER_ROWS, TableView, rows_shown
from nntui.ui.explain.words import all_words, draw_lines, prose, words
from nntui.ui.ink import Ink
from nntui.ui.layout import Place

_LARGE_COLUMNS, _LARGE_ROWS = 100, 30
"""From here on numbers and code are seen together."""

_ROWS_WITH_STAGES, _ROWS_WITH_RULE = 10, 14
"""In lower panes only the title tells the stage, and no line stands above the numbers."""

_LEAST_TABLE_ROWS, _LEAST_CODE_ROWS = 6, 11
_WIDEST_PAIR = 130
_LEAST_LOWER, _LOWER_SHARE, _LARGE_LOWER_SHARE, _CODE_SHARE = 3, 0.4, 0.6, 0.75


def draw_page(canvas: Canvas, page: Page, chosen: Chosen, ink: Ink) -> Drawn:
    """Draw a page on the whole canvas."""
    return _PageDrawing(canvas, page, chosen, ink).draw()


class _PageDrawing:
    """One picture of a page."""

    def __init__(self, canvas: Canvas, page: Page, chosen: Chosen, ink: Ink) -> None:
        self.canvas, self.page, self.chosen, self.ink = canvas, page, chosen, ink
        self.drawn = Drawn()
        self.rows_view = neurons_of(page)
        self.terms_view = terms_of(page)
        self.is_large = canvas.columns >= _LARGE_COLUMNS and canvas.rows >= _LARGE_ROWS

    @property
    def top(self) -> int:
        """How many rows the stages and the title take."""
        return 2 if self.canvas.rows >= _ROWS_WITH_STAGES else 1

    def draw(self) -> Drawn:
        """Draw everything; return what stands where."""
        canvas, page = self.canvas, self.page
        if self.top > 1:
            self.drawn.stages = draw_stages(canvas, page, self.ink)
        self._draw_title()
        columns = canvas.columns
        _, is_whole = words(page, columns, self._word_rows("numbers"), self.ink)
        self.drawn.parts = self._parts(is_whole=is_whole)
        part = self.part
        if part == "words":
            self._draw_all_words()
            return self.drawn
        lines, _ = words(page, columns, self._word_rows(part), self.ink)
        row = draw_lines(canvas, self.top, lines)
        if canvas.rows >= _ROWS_WITH_RULE:
            self._draw_rule(row)
            row += 1
        self._draw_lower(part, row)
        return self.drawn

    @property
    def part(self) -> Part:
        """The part that is shown."""
        return self.chosen.part if self.chosen.part in self.drawn.parts else "numbers"

    def _parts(self, *, is_whole: bool) -> tuple[Part, ...]:
        parts: list[Part] = ["numbers"]
        if not self._fit_side_by_side:
            parts.append("neurons")
        parts.append("code")
        if not is_whole or not self._all_columns_fit:
            parts.append("words")
        return tuple(parts)

    @property
    def _fit_side_by_side(self) -> bool:
        terms = self.terms_view
        return terms is None or self.rows_view.width() + terms.width() < self.canvas.columns

    @property
    def _all_columns_fit(self) -> bool:
        views = [self.rows_view, *([self.terms_view] if self.terms_view else [])]
        return all(view.width() <= self.canvas.columns for view in views)

    def _word_rows(self, part: Part) -> int:
        """Return how many rows the words may take above a part."""
        rows = self.canvas.rows - self.top - (self.canvas.rows >= _ROWS_WITH_RULE)
        share, needed = _LOWER_SHARE, self._table_rows(part)
        if self.is_large:
            share, needed = _LARGE_LOWER_SHARE, needed + 1 + _LEAST_CODE_ROWS
        elif part == "code":
            share, needed = _CODE_SHARE, rows
        lower = min(max(round(rows * share), _LEAST_LOWER), needed)
        return max(rows - lower, 1)

    def _table_rows(self, part: Part) -> int:
        """Return how many rows the tables would fill."""
        views = [self.rows_view, *([self.terms_view] if self.terms_view else [])]
        if not self._fit_side_by_side and not self.is_large:
            views = views[:1] if part == "neurons" else views[1:]
        return max(len(view.table.labels) for view in views) + HEADER_ROWS

    # The upper part.

    def _draw_title(self) -> None:
        page, canvas = self.page, self.canvas
        title = page.pages[page.number].title
        column = canvas.put(self.top - 1, 1, title, self.ink.title)
        right = [f"page {page.number + 1} of {len(page.pages)}"]
        if page.points > 1:
            right.insert(0, f"point {page.cursor.point + 1} of {page.points}")
        right.insert(0, unit_name(page))
        while right and len(" · ".join(right)) > canvas.columns - column - 3:
            right.pop()
        text = " · ".join(right)
        canvas.put(self.top - 1, canvas.columns - 1 - len(text), text, self.ink.muted)

    def _draw_rule(self, row: int) -> None:
        canvas, ink = self.canvas, self.ink
        canvas.put(row, 0, "─" * canvas.columns, ink.frame)
        texts = [" v: ", *(f" {part} " for part in self.drawn.parts)]
        column = canvas.columns - sum(map(len, texts)) - 2
        for place, text in enumerate(texts):
            is_chosen = place > 0 and self.drawn.parts[place - 1] == self.part
            column = canvas.put(row, column, text, ink.cursor_away if is_chosen else ink.muted)

    def _draw_all_words(self) -> None:
        canvas = self.canvas
        lines = [
            *all_words(self.page, canvas.columns, self.ink),
            *prose(_occasion(self.page), canvas.columns, self.ink.text),
            *row_lines(self.page.rows, canvas.columns, self.ink),
            *row_lines(self.terms_view and self.terms_view.table, canvas.columns, self.ink),
        ]
        room = canvas.rows - self.top - 1
        self.drawn.hidden_lines = max(len(lines) - room, 0)
        first = min(self.chosen.scroll, self.drawn.hidden_lines)
        draw_lines(canvas, self.top, lines[first : first + room])
        below = len(lines) - first - room
        text = f"j k: {max(below, 0)} more lines ↓" if below > 0 else "k: back up" if first else ""
        canvas.put(canvas.rows - 1, 1, text, self.ink.muted)

    # The lower part.

    def _draw_lower(self, part: Part, top: int) -> None:
        rows, columns = self.canvas.rows - top, self.canvas.columns
        if part == "code" and not self.is_large:
            self._draw_code(Place(0, top, columns, rows))
            return
        table_rows = rows
        if self.is_large and self.page.calls:
            most = max(rows - 1 - _LEAST_CODE_ROWS, _LEAST_TABLE_ROWS)
            most = _LEAST_TABLE_ROWS if part == "code" else most
            table_rows = min(self._table_rows(part), most)
            self._draw_code(Place(0, top + table_rows + 1, columns, rows - table_rows - 1))
        self._draw_tables(part, top, table_rows)

    def _draw_code(self, place: Place) -> None:
        calls, call = self.page.calls, self.chosen.call
        part = Canvas(place.rows, place.columns, self.ink.text)
        self.drawn.code_reach = draw_code(
            part, calls, call, self.chosen.code_scroll, self.ink, is_active=self.part == "code"
        )
        self.canvas.overlay(part, place.row, place.column)
        shown = calls_shown(len(calls), call, place.rows, place.columns)
        self.drawn.calls = Shown(
            Place(place.column, place.row + 1, place.columns, shown.count), shown
        )

    def _draw_tables(self, part: Part, top: int, rows: int) -> None:
        columns, terms = self.canvas.columns, self.terms_view
        if terms is None or (part == "neurons" and not self._fit_side_by_side):
            self.drawn.neurons = self._draw_table(self.rows_view, Place(0, top, columns, rows))
            return
        if not self._fit_side_by_side:
            self.drawn.terms = self._draw_table(terms, Place(0, top, columns, rows))
            return
        left = self._left_columns(terms)
        self.drawn.neurons = self._draw_table(self.rows_view, Place(0, top, left, rows))
        self.drawn.terms = self._draw_table(terms, Place(left, top, columns - left, rows))

    def _left_columns(self, terms: TableView) -> int:
        """Share the width between the two tables."""
        columns = min(self.canvas.columns, _WIDEST_PAIR)
        spare = columns - self.rows_view.wide - terms.wide
        if spare < 0:
            return (
                self.rows_view.width()
                + max(columns - self.rows_view.width() - terms.width(), 0) // 2
            )
        return self.rows_view.wide + spare // 2

    def _draw_table(self, view: TableView, place: Place) -> Shown:
        part = Canvas(place.rows, place.columns, self.ink.text)
        view.draw(part, self.ink)
        self.canvas.overlay(part, place.row, place.column)
        table = view.table
        shown = rows_shown(len(table.labels), table.cursor, place.rows - HEADER_ROWS)
        below = Place(place.column, place.row + HEADER_ROWS, place.columns, shown.count)
        return Shown(below, shown)


def _occasion(page: Page) -> str:
    point = f", point {page.cursor.point + 1} of {page.points}" if page.points > 1 else ""
    return f"This is update {page.steps + 1:,}, learning from {page.batch}{point}."
