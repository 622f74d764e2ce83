import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from textual.strip import Strip

from nntui.charts.cells import NO_COLOR, Cells
from nntui.ui.canvas import BOLD, Canvas, Look

RED, BLUE = Look(0xFF0000), Look(0x0000FF, 0x101010, BOLD)


def canvas(rows=3, columns=10):
    return Canvas(rows, columns, Look(0xCCCCCC, 0x111111))


def text(drawn, row=0):
    return drawn.strip(row).text


def test_text_is_put_where_it_is_wanted():
    drawn = canvas()

    assert drawn.put(1, 2, "abc", RED) == 5
    assert [text(drawn, row) for row in range(3)] == [" " * 10, "  abc     ", " " * 10]


@given(row=st.integers(-2, 5), column=st.integers(-9, 15), content=st.text(max_size=12))
def test_nothing_is_drawn_outside(row, column, content):
    drawn = canvas()

    drawn.put(row, column, content, RED)

    for line in range(3):
        assert drawn.strip(line).cell_length == 10


def test_a_wide_character_takes_two_cells():
    drawn = canvas(1, 5)

    assert drawn.put(0, 0, "日x", RED) == 3
    assert text(drawn) == "日x  "


def test_a_wide_character_that_does_not_fit_is_left_out():
    drawn = canvas(1, 4)
    drawn.put(0, 3, "日", RED)

    assert text(drawn) == "    "


def test_what_does_not_print_is_left_out():
    drawn = canvas(1, 6)
    drawn.put(0, 0, "a\x1b[31mb\u0301", RED)

    assert "\x1b" not in text(drawn)


def test_runs_of_equal_style_become_one_segment():
    drawn = canvas(1, 10)
    drawn.put(0, 0, "red", RED)
    drawn.put(0, 3, "blue", BLUE)

    segments = list(drawn.strip(0))

    assert [segment.text for segment in segments] == ["red", "blue", "   "]
    assert segments[0].style.color.triplet.hex == "#ff0000"
    assert segments[1].style.bold
    assert segments[1].style.bgcolor.triplet.hex == "#101010"
    # Where a look has no background, what was there stays.
    assert segments[0].style.bgcolor.triplet.hex == "#111111"


def test_a_chart_without_colours_takes_those_of_the_canvas():
    drawn = canvas(2, 4)
    cells = Cells.blank(1, 2)
    cells.characters[0] = ["o", "x"]
    cells.foreground[0, 1] = 0x00FF00
    cells.bold[0, 1] = True

    drawn.paste(cells, 1, 2)

    assert text(drawn, 1) == "  ox"
    assert drawn.foreground[1].tolist() == [0xCCCCCC, 0xCCCCCC, 0xCCCCCC, 0x00FF00]
    assert drawn.background[1].tolist() == [0x111111] * 4
    assert NO_COLOR not in drawn.foreground
    assert drawn.attributes[1].tolist() == [0, 0, 0, BOLD]


@given(
    changes=st.lists(
        st.tuples(st.integers(0, 5), st.integers(0, 19), st.sampled_from("ab日")), max_size=12
    )
)
def test_redrawing_the_differences_gives_the_new_picture(changes):
    before, after = canvas(6, 20), canvas(6, 20)
    for row, column, character in changes[: len(changes) // 2]:
        before.put(row, column, character, RED)
    for row, column, character in changes:
        after.put(row, column, character, BLUE)

    shown = [before.strip(row) for row in range(6)]
    for row, start, stop in after.differences(before):
        line = shown[row]
        new = after.strip(row).crop(start, stop)
        shown[row] = Strip.join([line.crop(0, start), new, line.crop(stop)])

    assert [line.text for line in shown] == [after.strip(row).text for row in range(6)]


def test_equal_pictures_have_no_differences():
    one, other = canvas(), canvas()
    for drawn in (one, other):
        drawn.put(0, 0, "same", RED)

    assert one.differences(other) == []


def test_a_changed_colour_alone_is_a_difference():
    one, other = canvas(), canvas()
    one.put(1, 4, "x", RED)
    other.put(1, 4, "x", BLUE)

    assert one.differences(other) == [(1, 4, 5)]


def test_a_canvas_without_cells_takes_drawings():
    for rows, columns in ((0, 0), (0, 5), (5, 0)):
        drawn = Canvas(rows, columns, Look())
        drawn.put(0, 0, "text", RED)
        drawn.paste(Cells.blank(2, 2))
        assert drawn.characters.shape == (rows, columns)
        assert np.array_equal(drawn.characters, Canvas(rows, columns, Look()).characters)
