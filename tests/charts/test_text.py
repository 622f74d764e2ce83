import pytest

from nntui.charts.cells import Cells
from nntui.charts.text import cut, text_width, write


@pytest.mark.parametrize(
    "text, width", [("abc", 3), ("日本", 4), ("é", 1), ("e\u0301", 1), ("\x1b[", 1)]
)
def test_width_is_counted_in_cells(text, width):
    assert text_width(text) == width


@pytest.mark.parametrize(
    "text, room, expected",
    [
        ("length", 6, "length"),
        ("length", 4, "len…"),
        ("日本語", 4, "日…"),
        ("abc", 0, ""),
        ("ab", 1, "…"),
    ],
)
def test_long_texts_are_cut(text, room, expected):
    assert cut(text, room) == expected
    assert text_width(cut(text, room)) <= room


def test_a_wide_character_takes_two_cells():
    cells = Cells.blank(1, 5)
    write(cells, 0, 1, "日b", 0xFF)
    assert cells.characters[0].tolist() == [" ", "日", "", "b", " "]


def test_escape_sequences_do_not_get_through():
    cells = Cells.blank(1, 6)
    write(cells, 0, 0, "a\x1b\x07\nb", 0xFF)
    assert cells.text() == ["ab    "]


@pytest.mark.parametrize("row, column", [(-1, 0), (3, 0), (0, -2), (0, 4), (0, 99)])
def test_what_does_not_fit_is_left_out(row, column):
    cells = Cells.blank(3, 5)
    write(cells, row, column, "日本", 0xFF)
    assert cells.characters.shape == (3, 5)
    assert all(text_width(line) <= 5 for line in cells.text())
