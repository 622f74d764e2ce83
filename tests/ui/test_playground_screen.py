"""The Train view: frames are pulled, what is slow follows seldom, and the last frame is whole."""

from dataclasses import replace

import pytest

from nntui.experiment.experiment import Experiment
from nntui.training.messages import Failed, Pause
from nntui.ui.layout import LAYERS, LOSS, PARAMETERS, REGIONS
from nntui.ui.messages import TrainerSaid


async def hear(app, reply):
    """Let the app hear something that its trainer has not said."""
    app.app.post_message(TrainerSaid(reply))
    await app.settle()


def test_a_fast_frame_changes_the_regions_alone(in_app):
    async def story(app):
        await app.press("space")
        await app.go(3)
        header, layers, picture = app.says("header"), app.looks(LAYERS), app.looks(REGIONS)
        before = app.snapshot
        await app.go(30)
        fast, whole = replace(app.snapshot, history=None, layers=None), app.looks(LAYERS)
        assert whole != layers
        await hear(app, before)
        assert (app.says("header"), app.looks(REGIONS)) == (header, picture)
        await hear(app, fast)
        assert app.looks(REGIONS) != picture
        assert (app.says("header"), app.looks(LAYERS)) == (header, layers)

    in_app(story)


def test_a_run_that_pauses_itself_is_shown_as_a_whole(in_app):
    async def story(app):
        await app.press("space")
        await app.go(10)
        assert "▶" in app.says("header")
        requests = len(app.trainer.requests)
        # The last frame of a run may be one without the slow parts.
        last = replace(
            app.snapshot, is_playing=False, stopped_by="it", history=None, layers=None, scene=None
        )
        app.trainer.send(Pause())
        await hear(app, last)
        assert "▶" not in app.says("header")
        assert "play" in app.says("footer")
        assert app.trainer.requests[-1].layers
        assert app.trainer.requests[-1].history_columns
        assert len(app.trainer.requests) > requests

    in_app(story)


def test_nothing_is_asked_while_nothing_changes(in_app):
    async def story(app):
        requests = len(app.trainer.requests)
        for _ in range(5):
            await app.settle()
        assert len(app.trainer.requests) == requests
        await app.press("space")
        await app.settle()
        # One is on its way, and no other is asked for before it has come.
        waiting = len(app.trainer.requests)
        await app.press("t", "c", "l")
        assert len(app.trainer.requests) == waiting

    in_app(story)


def test_points_are_sent_once(in_app):
    async def story(app):
        first = app.session.scene
        await app.press("e", "s", "left")
        assert app.session.scene is first
        assert {request.scene_identity for request in app.trainer.requests[2:]} == {first.identity}

    in_app(story)


@pytest.mark.parametrize("pane", [LAYERS, PARAMETERS, LOSS, REGIONS])
def test_a_click_goes_to_a_pane(in_app, pane):
    async def story(app):
        await app.press("1" if pane != LAYERS else "2")
        await app.pilot.click(f"#{pane}", offset=(6, 2))
        await app.settle()
        assert app.focused == pane

    in_app(story)


def test_a_click_reads_the_regions_there(in_app):
    async def story(app):
        await app.pilot.click(f"#{REGIONS}", offset=(30, 10))
        await app.settle()
        first = app.snapshot.reading
        await app.pilot.click(f"#{REGIONS}", offset=(40, 10))
        await app.settle()
        second = app.snapshot.reading
        assert second.x > first.x
        assert second.y == pytest.approx(first.y, abs=0.05)

    in_app(story)


def test_a_trainer_that_ends_ends_the_app_with_its_reason(in_app):
    async def story(app):
        await hear(app, Failed("it has been killed"))
        assert app.app.return_value == "it has been killed"
        assert app.app.return_code == 1

    in_app(story)


def test_a_snapshot_of_before_an_edit_is_not_shown(in_app):
    async def story(app):
        old = app.snapshot
        await app.press("R")
        new = app.snapshot
        await hear(app, replace(old, steps=777))
        assert app.snapshot.steps == new.steps
        assert "777" not in app.says("header")

    in_app(story)


def test_a_chart_out_of_sight_comes_when_its_key_is_pressed(in_app):
    async def story(app):
        assert not app.part(LOSS).size.area
        await app.press("3")
        assert app.part(LOSS).size.area
        assert not app.part(REGIONS).size.area
        await app.press("1")
        assert app.part(LOSS).size.area

    in_app(story, Experiment(), size=(80, 24))
