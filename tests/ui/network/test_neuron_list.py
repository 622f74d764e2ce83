"""The parts of the neuron's pane, without an app."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nntui.ui.canvas import Canvas, Look
from nntui.ui.ink import PLAIN_INK
from nntui.ui.layout import Place
from nntui.ui.network.neuron_layout import neuron_layout
from nntui.ui.network.neuron_list import WeightList, WeightListDrawing, sorted_by_size, window

CURSOR = Look(attributes=4)


def listed(weights, position=None, gradients=None):
    weights = np.array(weights, float)
    return WeightList(
        heading="in",
        names=[f"n{n}" for n in range(len(weights))],
        weights=weights,
        gradients=np.zeros(len(weights)) if gradients is None else np.array(gradients, float),
        order=sorted_by_size(weights),
        position=position,
        size=1.0,
    )


def drawn(weights, rows, columns, position=None, drawing=None):
    canvas = Canvas(rows, columns, Look())
    place = Place(0, 0, columns, rows)
    drawing = drawing or WeightListDrawing()
    drawing.draw(canvas, listed(weights, position), place, PLAIN_INK, CURSOR)
    return ["".join(line) for line in canvas.characters.tolist()]


def test_the_largest_comes_first_whatever_its_sign():
    assert sorted_by_size(np.array([0.1, -0.9, 0.5, np.nan, -0.5])).tolist() == [1, 2, 4, 0, 3]


def test_a_row_says_the_weight_and_where_it_leads():
    lines = drawn([0.25, -0.75], 3, 40)
    assert lines[1].startswith("n1")
    assert "−0.75" in lines[1]
    assert "+0.25" in lines[2]
    # To the left of the line, and to the right.
    assert lines[1].index("▒") < lines[1].index("│")
    assert lines[2].index("│") < lines[2].index("█")


@given(
    total=st.integers(0, 60),
    room=st.integers(1, 20),
    first=st.integers(0, 70),
    place=st.integers(0, 59),
)
def test_the_row_under_the_cursor_is_always_seen(total, room, first, place):
    position = place if place < total else None
    shown = window(total, room, first, position)
    lines = shown.count + bool(shown.above) + bool(shown.below)
    assert lines == min(total, room)
    assert 0 <= shown.first <= shown.first + shown.count <= total
    if position is not None:
        assert shown.first <= position < shown.first + shown.count
    if room >= 4:
        assert (shown.above, shown.below) == (shown.first, total - shown.first - shown.count)


def test_the_list_scrolls_no_further_than_it_must():
    drawing = WeightListDrawing()
    weights = np.linspace(1.0, 0.1, 20)
    at_top = drawn(weights, 9, 40, 0, drawing)
    assert at_top[-1].strip() == "↓ 13 more"
    assert drawn(weights, 9, 40, 5, drawing)[1].startswith("n0")
    scrolled = drawn(weights, 9, 40, 10, drawing)
    assert scrolled[1].startswith("↑")
    assert scrolled[-1].startswith("↓")
    # Back by one: it is in sight still.
    assert drawn(weights, 9, 40, 9, drawing)[1:3] == scrolled[1:3]
    drawing.forget()
    assert drawn(weights, 9, 40, 0, drawing) == at_top


def test_a_line_leads_to_its_row():
    drawing = WeightListDrawing()
    lines = drawn(np.linspace(1.0, 0.1, 20), 9, 40, 12, drawing)
    for line, text in enumerate(lines):
        row = drawing.row_at(line)
        assert (row is not None) == text.startswith("n")
        if row is not None:
            assert text.split()[0] == f"n{row}"


@pytest.mark.parametrize("columns", [5, 12, 20, 28, 60])
def test_little_room_leaves_names_and_numbers(columns):
    lines = drawn([0.25, -0.75], 3, columns)
    assert all(len(line) == columns for line in lines)
    if columns >= 12:
        assert "−0.75" in lines[1]


@given(rows=st.integers(0, 60), columns=st.integers(0, 160))
def test_the_parts_of_the_pane_do_not_overlap(rows, columns):
    layout = neuron_layout(rows, columns)
    taken = np.zeros((rows + 1, columns + 1), int)
    for place in (layout.picture, layout.words, layout.histogram, layout.weights):
        assert place.row + place.rows <= rows or not place.rows
        assert place.column + place.columns <= columns or not place.rows
        taken[place.row : place.row + place.rows, place.column : place.column + place.columns] += 1
    assert taken.max() <= 1


@pytest.mark.parametrize(("rows", "columns"), [(19, 40), (20, 28), (8, 38), (18, 78), (36, 118)])
def test_there_is_a_picture_where_there_is_room(rows, columns):
    layout = neuron_layout(rows, columns)
    assert layout.picture.rows >= 3
    assert layout.picture.columns == 2 * layout.picture.rows
    assert layout.weights.rows >= 5
