import numpy as np

from nntui.charts.braille import dashed, overlaid, thickened, woven
from nntui.charts.cells import NO_COLOR, Cells


def picture(*lines, colour=1):
    cells = Cells.blank(len(lines), len(lines[0]))
    cells.characters[:] = [list(line) for line in lines]
    cells.foreground[cells.characters != " "] = colour
    return cells


def test_dots_of_both_pictures_stay_and_shared_cells_take_turns_in_colour():
    cells = woven(picture("⠁⠁⠁⠁ ", colour=1), picture("⡀⡀⡀ ⡀", colour=2))
    assert cells.text() == ["⡁⡁⡁⠁⡀"]
    assert cells.foreground.tolist() == [[1, 2, 1, 1, 2]]


def test_other_characters_are_replaced_not_merged():
    assert woven(picture("a⠁"), picture("⠁b")).text() == ["⠁b"]


def test_an_upper_picture_hides_the_lower_one_where_it_is_drawn():
    cells = overlaid(picture("⠁⠁ ", colour=1), picture("⡀ ⡀", colour=2))
    assert cells.text() == ["⡀⠁⡀"]
    assert cells.foreground.tolist() == [[2, 1, 2]]


def test_a_dashed_line_lacks_every_third_column():
    assert dashed(picture("⠁⠁⠁⠁⠁⠁⠁")).text() == ["⠁⠁ ⠁⠁ ⠁"]


def test_a_thick_line_has_each_dot_and_the_one_below():
    assert thickened(picture("⠁⠈⠂⠄ ")).text() == ["⠃⠘⠆⡄ "]


def test_a_thick_line_goes_on_in_the_cell_below_in_its_colour():
    cells = thickened(picture("⡀⢀", "  ", colour=7))
    assert cells.text() == ["⡀⢀", "⠁⠈"]
    assert cells.foreground.tolist() == [[7, 7], [7, 7]]


def test_a_picture_without_dots_stays_so():
    cells = thickened(picture("  ", "  "))
    assert cells.text() == ["  ", "  "]
    assert np.all(cells.foreground == NO_COLOR)
