"""Somebody else's run in the app: it can be looked at, and becomes the user's own by a key."""

import asyncio

import numpy as np
import pytest
from direct_follower import Writer
from driven_app import experiment_of, opened_on

from nntui.training.followed import Fork
from nntui.ui.layout import REGIONS, VIEWS

EXPERIMENT = experiment_of("data.source=moons", "data.samples=80", "layers=4,3")
ALL_OTHER_KEYS_OF_THE_RUN = (*"serRgbuU", "space", "less_than_sign", "greater_than_sign")


@pytest.fixture
def writer(tmp_path):
    return Writer(EXPERIMENT, tmp_path / "run")


@pytest.fixture
def followed(writer):
    """Return a function that opens the app on the writer's run, and tells a story with it."""

    def run(story, **options):
        async def whole():
            async with opened_on(writer.folder, **options) as (app, follower):
                await story(app, follower)

        asyncio.run(whole())

    return run


async def look(app, follower):
    follower.look()
    await app.settle()


def test_each_save_comes_onto_the_screen(followed, writer):
    async def story(app, follower):
        assert "following · live" in app.says("header")
        assert "following the lesson" in app.says("notice")
        before = app.looks(REGIONS)
        writer.train(300)
        await look(app, follower)
        assert "epoch 150" in app.says("header")
        assert app.looks(REGIONS) != before
        assert app.session.history.steps[-1] == 300

    followed(story)


def test_whether_the_writer_lives_and_how_old_its_save_is_stand_in_the_title(followed, writer):
    async def story(app, follower):
        follower.now += 10
        await look(app, follower)
        assert "following · live, saved 10 s ago" in app.says("header")
        follower.now += 110
        await look(app, follower)
        assert "following · silent for 2 min" in app.says("header")
        assert "not been saved for 2 min" in app.says("notice")
        writer.train(3, stopped_by="epochs 1 reached")
        await look(app, follower)
        assert "following · ended" in app.says("header")
        assert "epochs 1 reached" in app.says("header")
        assert "has ended: epochs 1 reached" in app.says("notice")

    followed(story)


@pytest.mark.parametrize("view", VIEWS, ids=[view.title for view in VIEWS])
def test_every_view_shows_it_and_no_key_changes_it(followed, writer, view):
    async def story(app, follower):
        await app.press(*(str(number) for number in range(1, 10)))
        app.app.playground.show_view(view)
        await app.settle()
        keys = (
            "plus",
            "minus",
            "x",
            "f",
            "F",
            "a",
            "d",
            "K",
            "J",
            "enter",
            "escape",
            "left",
            "right",
        )
        before = app.figures
        for pane in view.panes:
            app.app.playground.action_pane(pane)
            await app.press(*keys, *ALL_OTHER_KEYS_OF_THE_RUN)
        assert follower.commands == []
        assert app.experiment == EXPERIMENT
        assert app.figures == before
        assert "Y makes it yours" in app.says("notice")

    followed(story)


def test_the_footer_offers_nothing_that_would_be_refused(followed):
    async def story(app, follower):
        assert "Y make it yours" in app.says("footer")
        assert "play" not in app.says("footer")
        await app.press("Y")
        assert "make it yours" not in app.says("footer")
        assert "space play" in app.says("footer")

    followed(story)


def test_forked_it_goes_on_from_there_as_ones_own(followed, writer):
    writer.train(30)

    async def story(app, follower):
        await app.press("Y")
        assert follower.commands == [Fork()]
        assert "yours now" in app.says("notice")
        assert "following" not in app.text
        await app.press("s", "s")
        assert app.figures[0] == 32
        # What it learns is what the writer would have learnt.
        writer.run.trainer.train(2)
        np.testing.assert_array_equal(
            follower.trainer._player.run.trainer.network.parameters,
            writer.run.trainer.network.parameters,
        )
        await app.press("1", "down", "plus")
        assert app.experiment != EXPERIMENT
        await app.press("u")
        assert app.experiment == EXPERIMENT
        assert app.figures[0] == 32
        await app.press("Y")
        assert "yours already" in app.says("notice")

    followed(story)


def test_while_an_update_is_explained_it_stands_still(followed, writer):
    async def story(app, follower):
        await app.press("9")
        writer.train(30)
        await look(app, follower)
        assert "held while you read" in app.says("header")
        assert app.figures[0] == 0
        await app.press("4")
        await look(app, follower)
        assert app.figures[0] == 30
        assert "following · live" in app.says("header")

    followed(story)


def test_a_run_that_comes_to_harm_stays_in_sight_until_it_is_whole(followed, writer):
    async def story(app, follower):
        run_file = writer.folder / "nntui-run.safetensors"
        run_file.write_bytes(b"\x1b[31mharm")
        await look(app, follower)
        assert "following · unreadable" in app.says("header")
        assert "run" in app.says("notice")
        assert "\x1b" not in app.says("notice")
        assert app.snapshot.steps == 0
        writer.train(3)
        await look(app, follower)
        assert "following · live" in app.says("header")
        assert app.says("notice").strip() == ""
        assert app.figures[0] == 3

    followed(story)


def test_another_experiment_in_the_folder_is_shown_from_then_on(followed, writer):
    async def story(app, follower):
        other = experiment_of("data.source=penguins", "layers=5")
        Writer(other, writer.folder)
        await look(app, follower)
        assert app.experiment == other
        assert "4-5-3" in app.says("header")
        await app.press("1", "5", "9", "4")
        assert "penguins" in app.says("header")

    followed(story)


def test_on_a_small_screen_the_title_still_says_that_it_follows(followed):
    async def story(app, follower):
        assert "following · live" in app.says("header")

    followed(story, size=(40, 12))
