"""Every size of the terminal: all panes can be reached, and nothing is drawn outside."""

import pytest
from driven_app import experiment_of
from rich.cells import cell_len
from textual.geometry import Region

from nntui.ui.layout import TRAIN

SIZES = ((200, 60), (120, 40), (80, 24), (60, 20), (40, 12))
THERE_AND_BACK = (*SIZES, *SIZES[-2::-1])
TINY = ((20, 6), (12, 4), (5, 3), (1, 1), (300, 5), (10, 80))
TITLES = ("1 Layers", "2 Hyperparameters", "3 Loss", "4 Decision regions")


def see_that_all_fits(app, columns, rows):
    """The parts that are shown fill the screen without a gap, and each line is as wide as it."""
    shown = [picture for picture in app.app.playground.pictures if picture.size.area]
    screen = Region(0, 0, columns, rows)
    for picture in shown:
        assert screen.contains_region(picture.region), picture
        for row in range(picture.size.height):
            assert picture.render_line(row).cell_length == picture.size.width
    for one in shown:
        assert not [two for two in shown if two is not one and one.region.overlaps(two.region)]
    assert sum(picture.size.area for picture in shown) == columns * rows
    assert len(app.lines) == rows
    assert {cell_len(line) for line in app.lines} == {columns}


async def see_every_pane(app):
    for number, (pane, title) in enumerate(zip(TRAIN.panes, TITLES, strict=True), 1):
        await app.press(str(number))
        assert app.focused == pane
        assert title in app.text
        # Each has something to say beside its frame.
        inside = "".join(line[1:-1] for line in app.says(pane).splitlines()[1:-1])
        assert inside.strip()
        await app.press("z")
        see_that_all_fits(app, *app.app.size)
        assert app.part(pane).size.width == app.app.size.width
        await app.press("z")


def test_all_panes_at_all_sizes_while_it_trains(in_app):
    async def story(app):
        await app.press("space")
        for columns, rows in THERE_AND_BACK:
            await app.resize(columns, rows)
            await app.go(3)
            see_that_all_fits(app, columns, rows)
            await see_every_pane(app)
        assert app.session.is_playing
        assert app.snapshot.steps == 3 * len(THERE_AND_BACK)

    in_app(story)


@pytest.mark.parametrize("settings", [(), ("data.source=sine",), ("data.source=iris",)], ids=str)
def test_however_small_it_does_not_break(in_app, settings):
    async def story(app):
        await app.press("e", "left")
        for columns, rows in TINY:
            await app.resize(columns, rows)
            for key in ("1", "2", "3", "left", "4", "left", "up", "m", "A", "l"):
                await app.press(key)
                assert {cell_len(line) for line in app.lines} == {columns}
        await app.resize(120, 40)
        see_that_all_fits(app, 120, 40)

    in_app(story, experiment_of(*settings))


@pytest.mark.parametrize("size", [(120, 40), (80, 24), (60, 20), (40, 12), (20, 6)], ids=str)
@pytest.mark.parametrize(
    "keys", ["question_mark", "w", "o", "1 enter", "2 enter", "2 i", "2 down enter"], ids=str
)
def test_dialogs_fit_the_screen(in_app, size, keys):
    async def story(app):
        await app.press(*keys.split())
        dialog = app.app.screen
        assert dialog is not app.app.playground
        screen = Region(0, 0, *size)
        focused = dialog.focused
        assert focused is not None
        assert screen.contains_region(focused.region)
        assert focused.region.area
        # A change of size while it is open does not harm it.
        await app.resize(50, 15)
        await app.resize(*size)
        await app.press("escape")
        assert app.app.screen is app.app.playground

    in_app(story, size=size)


def test_the_picture_follows_the_size(in_app):
    async def story(app):
        fields = []
        for size in SIZES:
            await app.resize(*size)
            await app.press("4")
            fields.append(app.snapshot.field.request)
        assert len({(field.columns, field.rows) for field in fields}) == len(SIZES)

    in_app(story)


def test_a_notice_takes_room_and_the_picture_follows(in_app):
    async def story(app):
        before = app.snapshot.field.request
        app.app.say("word " * 60)
        await app.settle()
        field = app.snapshot.field.request
        assert field.rows < before.rows
        # It covers the whole width, which is now more of the plane.
        assert field.x_high - field.x_low > before.x_high - before.x_low
        app.app.say("")
        await app.settle()
        assert app.snapshot.field.request == before

    in_app(story)


def test_a_pane_out_of_sight_asks_for_nothing(in_app):
    async def story(app):
        await app.press("1", "z", "e")
        request = app.trainer.requests[-1]
        assert request.field is None
        assert request.history_columns == 0
        await app.press("z", "s")
        request = app.trainer.requests[-1]
        assert request.field is not None
        assert request.history_columns > 0

    in_app(story)


def test_a_title_that_is_too_long_is_cut_not_left_out(in_app):
    async def story(app):
        await app.press("7", *["right_square_bracket"] * 2)
        assert "╭─ 7 Weights of t… ╮" in app.text

    in_app(story, size=(20, 18))
