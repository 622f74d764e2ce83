"""The header, the notice and the footer say what fits, the most important first."""

import pytest
from rich.cells import cell_len

from nntui.ui.layout import LAYERS, LOSS, PARAMETERS, REGIONS, TRAIN

WIDTHS = (200, 120, 80, 60, 40, 20)


@pytest.mark.parametrize("width", WIDTHS)
def test_the_footer_always_names_help_and_quit(in_app, width):
    async def story(app):
        for number in "1234":
            await app.press(number)
            footer = app.says("footer")
            assert "? help" in footer
            assert "q quit" in footer
            assert cell_len(footer) == width
            assert not footer.strip().endswith(("…", "·"))

    in_app(story, size=(width, 24))


def test_the_footer_names_the_keys_of_the_pane(in_app):
    async def story(app):
        said = {}
        for pane, number in zip(TRAIN.panes, "1234", strict=True):
            await app.press(number)
            said[pane] = app.says("footer")
        assert "add" in said[LAYERS]
        assert "type" in said[PARAMETERS]
        assert "read" in said[LOSS]
        assert "crosshair" in said[REGIONS]
        assert len(set(said.values())) == len(TRAIN.panes)
        for footer in said.values():
            assert footer.strip().startswith("space play")

    in_app(story)


def test_a_hint_in_the_footer_can_be_clicked(in_app):
    async def story(app):
        column = app.says("footer").index("s step")
        await app.pilot.click("#footer", offset=(column, 0))
        await app.settle()
        assert app.snapshot.steps == 1
        column = app.says("footer").index("? help")
        await app.pilot.click("#footer", offset=(column, 0))
        await app.settle()
        assert "Help" in app.text

    in_app(story)


@pytest.mark.parametrize("width", WIDTHS)
def test_the_header_says_first_whether_it_plays_and_the_epoch(in_app, width):
    async def story(app):
        await app.press("e")
        assert "epoch 1" in app.says("header")
        if width >= 40:
            assert "step 8" in app.says("header")
        if width >= 80:
            assert "spiral · 2-32-32-3" in app.says("header")
        await app.press("space")
        await app.go(8)
        assert "▶ epoch 2" in app.says("header")
        assert cell_len(app.says("header")) == width

    in_app(story, size=(width, 24))


@pytest.mark.parametrize("width", WIDTHS)
def test_a_long_notice_is_broken_into_a_few_lines(in_app, width):
    async def story(app):
        app.app.say("word " * 300)
        await app.settle()
        notice = app.part("notice")
        assert 1 < notice.size.height <= notice.MOST_LINES
        assert app.says("notice").startswith("! word word")
        assert app.says("notice").rstrip().endswith("…")
        app.app.say("")
        await app.settle()
        assert notice.size.height == 0

    in_app(story, size=(width, 24))
