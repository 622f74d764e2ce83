import asyncio

import pytest
from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.widgets import OptionList

from nntui.ui.coloured_app import ColouredApp
from nntui.ui.ink import PLAIN_INK
from nntui.ui.terminal.abilities import Abilities
from nntui.ui.terminal.messages import TerminalAnswered
from nntui.ui.without_colours import WithoutColours


class Shown(ColouredApp):
    """Keeps the inks that it is told to use."""

    def __init__(self, abilities=None):
        super().__init__(abilities)
        self.inks = []

    def compose(self):
        yield OptionList("one", "two")

    def use_ink(self, ink):
        self.inks.append(ink)


def in_shown(story, abilities=None):
    async def whole():
        app = Shown(abilities)
        async with app.run_test() as pilot:
            await story(app, pilot)

    asyncio.run(whole())


@pytest.fixture(autouse=True)
def _colours_allowed(monkeypatch):
    monkeypatch.delenv("NO_COLOR", raising=False)


@pytest.mark.parametrize(
    ("depth", "mode", "is_indexed"),
    [
        ("truecolor", "colour", False),
        ("256", "colour", True),
        ("16", "sixteen", False),
        ("none", "plain", False),
    ],
)
def test_ink_and_charts_are_made_for_the_colours_that_there_are(depth, mode, is_indexed):
    app = Shown(Abilities(depth))
    style = app.ink.chart_style
    assert (style.mode, style.is_indexed) == (mode, is_indexed)
    assert app.no_color is (depth == "none")


def test_the_environment_may_ask_for_no_colours(monkeypatch):
    monkeypatch.setenv("NO_COLOR", "1")
    assert Shown().ink is PLAIN_INK
    assert Shown(Abilities("256")).ink is not PLAIN_INK


@pytest.mark.parametrize("depth", ["16", "none"])
def test_where_there_are_few_colours_a_theme_is_only_dark_or_light(depth):
    app = Shown(Abilities(depth))
    assert app.theme == "ansi-dark"
    app.theme = "textual-light"
    assert app.theme == "ansi-light"
    assert app.ink.is_dark is (depth == "none")
    app.theme = "dracula"
    assert app.theme == "ansi-dark"


def test_a_theme_of_the_terminals_own_colours_can_be_chosen_anywhere():
    app = Shown(Abilities("truecolor"))
    app.theme = "ansi-light"
    assert app.ink.mode == "sixteen"
    assert not app.ink.is_dark


@pytest.mark.parametrize(("has_true_colour", "is_utf8"), [(True, True), (False, False)])
def test_it_draws_anew_when_the_terminal_shows_something_else(has_true_colour, is_utf8):
    async def story(app, pilot):
        app.post_message(TerminalAnswered(has_true_colour=has_true_colour, is_utf8=is_utf8))
        await pilot.pause()
        assert len(app.inks) == 1
        assert app.inks[0].is_indexed is not has_true_colour
        assert app.abilities == Abilities(
            "truecolor" if has_true_colour else "256", is_ascii=not is_utf8
        )

    in_shown(story, Abilities("256", asks_depth=True, asks_encoding=True))


def test_it_does_not_where_all_is_as_was_thought():
    async def story(app, pilot):
        app.post_message(TerminalAnswered(has_true_colour=False, is_utf8=True))
        await pilot.pause()
        assert app.inks == []

    in_shown(story, Abilities("256", asks_depth=True, asks_encoding=True))


def test_without_colours_the_chosen_option_is_reversed_and_nothing_has_a_colour():
    async def story(app, _pilot):
        rows = app.screen._compositor.render_strips()
        looks = {s.text.strip(): s.style for row in rows for s in row if s.text.strip()}
        assert looks["one"].reverse
        assert not looks["two"].reverse
        styles = [segment.style for row in rows for segment in row if segment.style]
        colours = [colour for style in styles for colour in (style.color, style.bgcolor)]
        assert all(colour is None or colour.is_default for colour in colours)

    in_shown(story, Abilities("none"))


def test_a_segment_without_a_style_is_left_alone():
    plain, linked = Segment("a"), Segment("b", Style(color="red", bold=True, meta={"@click": "x"}))
    first, second = WithoutColours().apply([plain, linked], Color(0, 0, 0))
    assert first == plain
    assert second.style.bold
    assert second.style.color is None
    assert not second.style.reverse
    assert second.style.meta == {"@click": "x"}
