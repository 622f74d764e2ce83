"""The two tables of a page, named for what is under the cursor."""

from nntui.explain.page import Check, Page, Table, WalkStage
from nntui.ui.explain.columns import column_texts
from nntui.ui.explain.table import Mark, TableView, with_checks
from nntui.ui.explain.walk import LAYERED
from nntui.ui.explain.words import Line
from nntui.ui.explain.wrapping import wrapped_formula
from nntui.ui.ink import Ink

_NUMBER = 9

_CHECKED = "checked by finite differences"
_CORNER = "~ at a corner: no one slope"


def neurons_of(page: Page) -> TableView:
    """Return the table of the page's neurons, inputs or outputs."""
    return TableView(page.rows, {}, _bar_column(page.cursor.stage, page.rows))


def terms_of(page: Page) -> TableView | None:
    """Return the table of the parts of the number under the cursor, with what was checked."""
    if page.terms is None:
        return None
    table = page.terms
    marks: dict[int, Mark] = {check.row: _mark(check) for check in page.checks}
    if page.cursor.stage in LAYERED:
        title = f"{table.title} of {page.rows.labels[page.cursor.unit]}"
        table = Table(title, table.headings, table.labels, table.numbers, table.cursor)
    if page.checks:
        table = with_checks(table, page.checks)
    bar_column = _bar_column(page.cursor.stage, page.terms)
    remark = _CORNER if "~" in marks.values() else _CHECKED
    return TableView(table, marks, bar_column, remark if marks else "")


def _mark(check: Check) -> Mark:
    if check.agrees:
        return "✓"
    return "~" if check.has_corner else "✗"


def _bar_column(stage: WalkStage, table: Table) -> int:
    """Choose the column of numbers that bars show; −1 for none."""
    if stage == "inputs":
        return -1
    wanted = ("change", "product", "gradient", "gradient g", "∂L/∂z", "loss", "activation a")
    found = [table.headings.index(heading) for heading in wanted if heading in table.headings]
    return found[0] if found else -1


def unit_name(page: Page) -> str:
    """Name the neuron, or the input, under the cursor."""
    table, stage = page.rows, page.cursor.stage
    if not 0 <= page.cursor.unit < len(table.labels):
        return ""
    label = table.labels[page.cursor.unit]
    if stage == "inputs" or (stage in LAYERED and label.startswith("neuron ")):
        return label
    return f"output {label}"


def row_lines(table: Table | None, columns: int, ink: Ink) -> list[Line]:
    """Write the row under the cursor with all its numbers, for tables that are too wide."""
    if table is None or not 0 <= table.cursor < len(table.labels):
        return []
    numbers = table.numbers[table.cursor].tolist()
    parts = [
        f"{heading} {column_texts([value], _NUMBER)[0]}"
        for heading, value in zip(table.headings, numbers, strict=True)
    ]
    text = f"{table.labels[table.cursor]}: {', '.join(parts)}"
    return [((line, ink.text),) for line in wrapped_formula(text, max(columns - 2, 1))]
