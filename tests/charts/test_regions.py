import unicodedata

import numpy as np
import pytest

from nntui.charts.axes import Area
from nntui.charts.cells import NO_COLOR
from nntui.charts.glyphs import GLYPHS, class_glyph
from nntui.charts.palette import LEVELS, class_shades
from nntui.charts.picture import PictureOptions
from nntui.charts.plane import plane_axes
from nntui.charts.points import Points
from nntui.charts.regions import ClassRegions, draw_regions
from nntui.charts.style import ChartStyle

DARK = ChartStyle()
LIGHT = ChartStyle(background=0xFFFFFF, foreground=0x000000)
PLAIN = ChartStyle("plain")
SIXTEEN = ChartStyle("sixteen")
UNIT = Area(-1, 1, -1, 1)


def random_regions(axes, classes=3, seed=0):
    generator = np.random.default_rng(seed)
    shape = (axes.pixel_rows, axes.pixel_columns)
    return ClassRegions(
        axes.area,
        generator.integers(0, classes, shape).astype(np.uint8),
        generator.integers(0, LEVELS, shape).astype(np.uint8),
    )


def even_regions(axes, winner=0, level=LEVELS - 1):
    shape = (axes.pixel_rows, axes.pixel_columns)
    return ClassRegions(
        axes.area, np.full(shape, winner, np.uint8), np.full(shape, level, np.uint8)
    )


def points_of(*rows):
    """Make points of (x, y, class, is_test)."""
    x, y, classes, is_test = zip(*rows, strict=True)
    return Points(
        np.array(x, float), np.array(y, float), np.array(classes, float), np.array(is_test, bool)
    )


def at(axes, cells, x, y):
    row, column = axes.row_of(y), axes.column_of(x)
    return (
        cells.characters[row, column],
        int(cells.foreground[row, column]),
        int(cells.background[row, column]),
    )


@pytest.mark.parametrize("style", [DARK, LIGHT])
def test_every_pixel_has_the_shade_of_its_class_and_confidence(style):
    axes = plane_axes(40, 18, UNIT, "x1", "x2")
    regions = random_regions(axes)
    cells = draw_regions(regions, Points.none(), axes, style)
    shades = class_shades(style)
    for row in range(axes.canvas.rows):
        for column in range(axes.canvas.columns):
            upper, lower = (
                shades[regions.winners[pixel, column], regions.confidence[pixel, column]]
                for pixel in (2 * row, 2 * row + 1)
            )
            cell = row, axes.canvas.left + column
            assert cells.background[cell] == lower
            if cells.characters[cell] == " ":
                assert upper == lower
            else:
                assert cells.characters[cell] == "▀"
                assert cells.foreground[cell] == upper


def test_two_equal_halves_are_a_space_without_a_text_colour():
    axes = plane_axes(10, 5, UNIT)
    cells = draw_regions(even_regions(axes), Points.none(), axes, DARK)
    assert set("".join(cells.text())) == {" "}
    assert (cells.foreground == NO_COLOR).all()


def test_the_regions_stay_inside_the_axes():
    axes = plane_axes(58, 30, UNIT, "x1", "x2")
    cells = draw_regions(random_regions(axes), Points.none(), axes, DARK)
    outside = np.ones((30, 58), bool)
    outside[: axes.canvas.rows, axes.canvas.left :] = False
    assert (cells.background[outside] == NO_COLOR).all()
    assert (cells.background[~outside] != NO_COLOR).all()


def test_hard_regions_have_one_colour_a_class():
    axes = plane_axes(40, 18, UNIT)
    regions = random_regions(axes)
    cells = draw_regions(regions, Points.none(), axes, DARK, PictureOptions(shaded=False))
    canvas = cells.background[: axes.canvas.rows, axes.canvas.left :]
    for number in range(3):
        assert len(set(canvas[regions.winners[1::2] == number].tolist())) == 1
    assert len(set(canvas.ravel().tolist())) == 3


@pytest.mark.parametrize("style", [DARK, LIGHT, PLAIN, SIXTEEN])
def test_points_have_the_glyph_of_their_class_filled_for_training_and_hollow_for_test(style):
    axes = plane_axes(58, 30, UNIT)
    places = [(-0.9 + 0.18 * number, 0.5 - 0.1 * number) for number in range(10)]
    for is_test in (False, True):
        points = points_of(*[(x, y, n, is_test) for n, (x, y) in enumerate(places)])
        cells = draw_regions(random_regions(axes), points, axes, style)
        for number, (x, y) in enumerate(places):
            assert at(axes, cells, x, y)[0] == class_glyph(number, is_test=is_test)


def test_no_two_glyphs_are_equal_and_each_is_one_cell_wide():
    signs = GLYPHS.ravel().tolist()
    assert len(set(signs)) == len(signs)
    assert all(unicodedata.east_asian_width(sign) in ("A", "N", "Na") for sign in signs)
    # These have an emoji form, which some terminals draw two cells wide.
    assert not set(signs) & set("▪▫▶◀◻◼◽◾☀✔✖✳✴♀♂♠♣♥♦")


def test_a_glyph_stands_on_the_colour_of_its_own_pixel():
    axes = plane_axes(40, 18, UNIT)
    shape = (axes.pixel_rows, axes.pixel_columns)
    stripes = np.zeros(shape, np.uint8)
    stripes[1::2] = 1
    regions = ClassRegions(axes.area, stripes, np.full(shape, LEVELS - 1, np.uint8))
    shades = class_shades(DARK)
    quarter = axes.cell_height / 4
    for offset, winner in ((quarter, 0), (-quarter, 1)):
        y = axes.y_at(7) + offset
        cells = draw_regions(regions, points_of((0.0, y, 2, False)), axes, DARK)
        assert at(axes, cells, 0.0, y)[2] == shades[winner, LEVELS - 1]


def test_of_points_in_one_cell_a_mistake_wins_then_a_test_point():
    axes = plane_axes(40, 18, UNIT)
    points = points_of((0, 0, 0, True), (0, 0, 1, False), (0, 0, 2, False))
    regions = even_regions(axes)
    assert at(axes, draw_regions(regions, points, axes, DARK), 0, 0)[0] == class_glyph(
        0, is_test=True
    )
    options = PictureOptions(mistakes=np.array([False, True, False]))
    assert at(axes, draw_regions(regions, points, axes, DARK, options), 0, 0)[0] == class_glyph(1)


def test_test_points_can_be_left_out():
    axes = plane_axes(40, 18, UNIT)
    points = points_of((0, 0, 0, True), (0, 0, 1, False), (0.5, 0.5, 2, True))
    mistakes = np.array([False, False, True])
    options = PictureOptions(show_test=False, mistakes=mistakes)
    cells = draw_regions(even_regions(axes), points, axes, DARK, options)
    assert at(axes, cells, 0, 0)[0] == class_glyph(1)
    assert at(axes, cells, 0.5, 0.5)[0] == " "


@pytest.mark.parametrize("style", [DARK, LIGHT, PLAIN, SIXTEEN])
def test_a_mistake_is_seen_in_every_mode(style):
    axes = plane_axes(40, 18, UNIT)
    points = points_of((-0.5, 0, 0, False), (0.5, 0, 0, False))
    options = PictureOptions(mistakes=np.array([True, False]))
    cells = draw_regions(even_regions(axes), points, axes, style, options)
    wrong, right = at(axes, cells, -0.5, 0), at(axes, cells, 0.5, 0)
    if style.mode == "plain":
        assert wrong[0] != right[0]
    else:
        assert wrong[1:] != right[1:]


def test_without_colour_there_is_none_at_all_and_classes_have_textures():
    axes = plane_axes(40, 18, UNIT)
    textures = set()
    for winner in range(10):
        cells = draw_regions(even_regions(axes, winner), Points.none(), axes, PLAIN)
        assert (cells.foreground == NO_COLOR).all()
        assert (cells.background == NO_COLOR).all()
        inside = cells.characters[: axes.canvas.rows, axes.canvas.left :]
        textures.add(tuple(np.unique(inside).tolist()))
    assert len(textures) == 10


def test_a_texture_is_denser_where_the_network_is_surer():
    axes = plane_axes(40, 18, UNIT)
    filled = []
    for level in range(LEVELS):
        cells = draw_regions(even_regions(axes, 1, level), Points.none(), axes, PLAIN)
        filled.append((cells.characters == "░").sum())
    assert filled == sorted(filled)
    assert 0 < filled[0] < filled[-1]


def test_a_crosshair_marks_its_place_and_leaves_most_of_the_picture():
    axes = plane_axes(58, 30, UNIT)
    regions = random_regions(axes)
    before = draw_regions(regions, Points.none(), axes, DARK)
    after = draw_regions(regions, Points.none(), axes, DARK, PictureOptions(crosshair=(0.3, -0.4)))
    assert at(axes, after, 0.3, -0.4)[0] == "┼"
    changed = before.characters != after.characters
    assert 1 <= changed.sum() < 15
    assert (before.background == after.background).all()


def test_before_the_first_answer_there_are_points_and_no_regions():
    axes = plane_axes(58, 30, UNIT)
    cells = draw_regions(None, points_of((0, 0, 1, False)), axes, DARK)
    assert at(axes, cells, 0, 0)[0] == class_glyph(1)
    assert (cells.background == NO_COLOR).all()


def test_an_answer_for_another_size_is_shown_at_its_own_places():
    before = plane_axes(120, 24, UNIT)
    left_half = np.zeros((before.pixel_rows, before.pixel_columns), np.uint8)
    left_half[:, before.pixel_columns // 2 :] = 1
    confidence = np.full(left_half.shape, LEVELS - 1, np.uint8)
    axes = plane_axes(30, 40, UNIT)
    cells = draw_regions(
        ClassRegions(before.area, left_half, confidence), Points.none(), axes, DARK
    )
    shades = class_shades(DARK)
    assert at(axes, cells, -0.5, 0.2)[2] == shades[0, LEVELS - 1]
    assert at(axes, cells, 0.5, 0.2)[2] == shades[1, LEVELS - 1]
    # What was not asked about stays empty.
    assert cells.background[0, axes.canvas.left] == NO_COLOR


def test_mistakes_of_other_points_are_passed_over():
    axes = plane_axes(58, 30, UNIT)
    points = points_of((0, 0, 1, False))
    options = PictureOptions(mistakes=np.ones(7, bool))
    cells = draw_regions(even_regions(axes), points, axes, DARK, options)
    expected = draw_regions(even_regions(axes), points, axes, DARK)
    assert cells.text() == expected.text()


def test_points_are_placed_anew_for_another_size():
    points = points_of((0.9, 0.9, 0, False))
    for columns, rows in ((58, 30), (30, 12), (58, 30)):
        axes = plane_axes(columns, rows, UNIT)
        cells = draw_regions(even_regions(axes), points, axes, DARK)
        assert at(axes, cells, 0.9, 0.9)[0] == class_glyph(0)
        assert "".join(cells.text()).count(class_glyph(0)) == 1
