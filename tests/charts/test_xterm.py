import pytest

from nntui.charts.xterm import (
    FIXED_COLOURS,
    SIXTEEN,
    nearest_of_256,
    number_of_16,
    number_of_256,
    perceived,
)


def test_numbers_are_those_of_xterm():
    # From the table that xterm is distributed with, 256colres.h.
    known = {16: 0x000000, 21: 0x0000FF, 46: 0x00FF00, 67: 0x5F87AF, 202: 0xFF5F00,
             231: 0xFFFFFF, 232: 0x080808, 244: 0x808080, 255: 0xEEEEEE}  # fmt: skip
    for number, colour in known.items():
        assert FIXED_COLOURS[number - 16] == colour
        assert FIXED_COLOURS[number_of_256(colour) - 16] == colour
    assert len(FIXED_COLOURS) == 240


def test_colours_of_the_palette_stay_what_they_are():
    assert [nearest_of_256(c) for c in FIXED_COLOURS.tolist()] == FIXED_COLOURS.tolist()
    assert [number_of_16(colour) for colour in SIXTEEN] == list(range(16))


@pytest.mark.parametrize(
    ("colour", "number"),
    [(0xFF0101, 196), (0x0000F8, 21), (0x111213, 233), (0xFFFFFE, 231), (0x5F86B0, 67)],
)
def test_other_colours_become_what_looks_most_alike(colour, number):
    assert number_of_256(colour) == number


@pytest.mark.parametrize(
    ("colour", "number"), [(0xB00000, 1), (0x101010, 0), (0xF0F0F0, 15), (0x5050F8, 12)]
)
def test_of_sixteen_too(colour, number):
    assert number_of_16(colour) == number


def test_colours_are_perceived_as_their_author_says():
    # Björn Ottosson's own test values: white, and red with its hue of 29.2 degrees.
    assert perceived(0xFFFFFF) == pytest.approx([1, 0, 0], abs=1e-3)
    assert perceived(0xFF0000) == pytest.approx([0.628, 0.225, 0.126], abs=1e-3)
    assert perceived(0x000000) == pytest.approx([0, 0, 0])
