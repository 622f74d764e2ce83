import re
from dataclasses import replace

import numpy as np
import pytest

from nntui.explain.page import CallLine, Check, Formula, Source
from nntui.ui.canvas import Canvas
from nntui.ui.explain.chosen import Chosen
from nntui.ui.explain.numbers import terms_of
from nntui.ui.explain.picture import draw_page
from nntui.ui.explain.source_text import source_lines
from nntui.ui.explain.table import HEADER_ROWS
from nntui.ui.ink import PLAIN_INK

LARGE, MEDIUM, SMALL, LOW = (118, 36), (78, 20), (58, 16), (38, 8)
SIZES = [LARGE, MEDIUM, SMALL, LOW]


def drawn(page, size, part="numbers", **chosen):
    columns, rows = size
    canvas = Canvas(rows, columns, PLAIN_INK.text)
    places = draw_page(canvas, page, Chosen(part, **chosen), PLAIN_INK)
    return places, ["".join(row) for row in canvas.characters.tolist()]


def text_of_all_parts(page, size):
    """Read every part, and every line of it, as somebody would who presses the keys."""
    parts = drawn(page, size)[0].parts
    texts = []
    for part in parts:
        last = drawn(page, size, part)[0].hidden_lines
        texts += ["\n".join(drawn(page, size, part, scroll=at)[1]) for at in range(last + 1)]
    return "\n".join(texts)


@pytest.mark.parametrize("size", [LARGE, MEDIUM])
def test_the_stages_stand_above_and_can_be_clicked(make_page, size):
    places, lines = drawn(make_page("loss"), size)

    names = [lines[0][span.start : span.stop].strip() for span, _ in places.stages]
    assert names == [
        "1 inputs",
        "2 forward",
        "3 loss",
        "4 backward",
        "5 update",
        "6 forward again",
    ]


@pytest.mark.parametrize("size", SIZES)
def test_title_and_the_first_formula_are_seen_with_symbols_and_numbers(make_page, size):
    _, lines = drawn(make_page(), size)
    text = "\n".join(lines)

    assert "2 Forward · layer 1 of 2 · relu" in text
    assert "z = w · x + b" in text
    assert "0.5 · 2 + 1 = 2" in text


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("stage", ["inputs", "forward", "loss", "backward", "update", "again"])
def test_everything_can_be_reached_at_every_size(make_page, size, stage):
    formulas = tuple(Formula(f"f{n} = a + b", f"{n} + 1 = {n + 1}") for n in range(7))
    page = make_page(stage, 1 if stage == "backward" else 0, formulas=formulas)
    text = text_of_all_parts(page, size)

    for formula in formulas:
        assert formula.symbols in text
        assert formula.numbers in text
    words = " ".join(text.split())
    assert "multiplies every input" in words
    assert "(4, 2) @ (2, 3)" in words
    assert page.verdict in words
    assert "a sum" in text
    assert "np.add" in text


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("units", [1, 4, 64, 512])
def test_the_neuron_under_the_cursor_is_seen_however_many_there_are(make_page, size, units):
    for unit in {0, units // 2, units - 1}:
        page = make_page(units=units, unit=unit)
        places, lines = drawn(page, size)
        part = "neurons" if "neurons" in places.parts else "numbers"
        places, lines = drawn(page, size, part)
        marked = [line for line in lines if line.startswith("▸neuron")]
        assert [line.split()[1] for line in marked] == [str(unit + 1)]
        hidden = units - places.neurons.rows.count
        told = re.findall(r"(\d+) more [↑↓]", "\n".join(lines[places.neurons.place.row - 2 :]))
        assert sum(map(int, told[:2])) == hidden


def test_a_click_finds_the_row_that_stands_there(make_page):
    page = make_page(units=64, unit=40)
    places, lines = drawn(page, LARGE)
    row = next(row for row, line in enumerate(lines) if "neuron 42 " in line)

    assert places.neurons.at(5, row) == 41
    assert places.neurons.at(5, 2) is None
    column = lines[row].index("│") if "│" in lines[row] else 0
    assert places.neurons.at(column, row) == 41
    bias = next(row for row, line in enumerate(lines) if "bias" in line)
    assert places.terms.at(lines[bias].index("bias"), bias) == 2
    call = next(row for row, line in enumerate(lines) if "a sum" in line)
    assert places.calls.at(4, call) == 0


@pytest.mark.parametrize("size", SIZES)
def test_each_gradient_stands_beside_its_finite_difference(with_checks, size):
    text = (
        text_of_all_parts(with_checks, size)
        if size == LOW
        else "\n".join(drawn(with_checks, size)[1])
    )
    line = next(line for line in text.splitlines() if "✓" in line)
    assert "0.2500 ✓" in line
    if size != LOW:
        assert "0.1250 ✗" in text


def test_numbers_that_are_none_are_no_trouble(make_page):
    page = make_page("update")
    table = replace(page.rows, numbers=np.full_like(page.rows.numbers, np.nan))
    for size in SIZES:
        _, lines = drawn(replace(page, rows=table, terms=None, calls=()), size)
        assert any("–" in line for line in lines)


def test_many_calls_scroll_and_their_code_can_be_read_to_the_end(make_page):
    source = Source("ui/explain/picture.py", "picture", 1, 120, 1, 120)
    calls = tuple(CallLine(f"call {n}", "np.add", "", source) for n in range(30))
    page = make_page(calls=calls)
    for number in (0, 15, 29):
        _, lines = drawn(page, MEDIUM, "code", call=number)
        assert any(line.startswith(f"▸ call {number} ") for line in lines)
    reach = drawn(page, MEDIUM, "code")[0].code_reach
    seen = "\n".join("\n".join(drawn(page, MEDIUM, "code", code_scroll=by)[1]) for by in reach)
    code = [line.number for line in source_lines(source) if not line.is_docstring]
    assert all(f" {number}▌" in seen for number in code)
    assert len(code) > 3 * MEDIUM[1]
    assert reach[0] == 0


def test_nothing_breaks_on_the_smallest_panes(make_page):
    for columns in range(1, 40, 3):
        for rows in range(1, 12):
            for part in ("numbers", "neurons", "code", "words"):
                drawn(make_page("backward"), (columns, rows), part)


def test_checks_are_marked_right_wrong_or_at_a_corner(make_page):
    checks = (
        Check(0, 1.0, 1.0, agrees=True),
        Check(1, 1.0, 2.0, agrees=False),
        Check(2, 1.0, 0.5, agrees=False, has_corner=True),
    )
    text = "\n".join(drawn(make_page("backward", 1, checks=checks), LARGE)[1])
    assert [re.search(f"{name}.* ([✓✗~]) ", text)[1] for name in ("x1", "x2", "bias")] == list(
        "✓✗~"
    )
    assert "~ at a corner: no one slope" in text


def test_a_table_that_just_fits_keeps_the_remark_behind_its_title(make_page):
    checks = (Check(0, 1.0, 1.0, agrees=True),)
    view = terms_of(make_page("backward", 1, checks=checks))
    rows = HEADER_ROWS + len(view.table.labels)
    canvas = Canvas(rows, 80, PLAIN_INK.text)
    view.draw(canvas, PLAIN_INK)
    assert "checked by finite differences" in "".join(canvas.characters[0].tolist())
