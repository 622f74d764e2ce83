"""The Explain view in the app, with the trainer that really trains."""

import re
import unicodedata

import pytest
from driven_app import experiment_of

from nntui.training.messages import Advance, Pause, StepOn
from nntui.ui.explain.pane import ExplainPane
from nntui.ui.layout import EXPLAIN

SMALL = experiment_of("layers=[5, 4]")


def pane_of(app) -> ExplainPane:
    return app.part(EXPLAIN)


def without_hats(text):
    """Leave out what a terminal may not put above a letter."""
    return "".join(c for c in text if not unicodedata.combining(c))


def asked(app):
    """The requests of pages that the trainer got."""
    return [request.walk for request in app.trainer.requests if request.walk is not None]


def test_no_page_is_asked_for_in_another_view(in_app):
    async def story(app):
        await app.press("e", "right")
        assert not asked(app)
        await app.press("9")
        assert asked(app)
        await app.press("4")
        before = len(asked(app))
        await app.press("e", "e")
        assert len(asked(app)) == before

    in_app(story, SMALL)


def test_pages_follow_a_run_that_plays_until_one_is_turned(in_app):
    async def story(app):
        await app.press("9", "space")
        await app.go(10)
        assert "update 11 " in app.says(EXPLAIN)
        await app.press("down")
        await app.go(5)
        assert app.session.is_playing
        assert "update 16 " in app.says(EXPLAIN)
        await app.press("right")
        assert not app.session.is_playing
        assert "Paused, so that the numbers stand still" in app.says("notice")
        assert sum(isinstance(command, Pause) for command in app.trainer.commands) == 1
        await app.press("right")
        assert app.snapshot.steps == 15
        assert "layer 2 of 3" in app.says(EXPLAIN)

    in_app(story, SMALL)


def test_pages_turned_faster_than_they_come_add_up(in_app):
    async def story(app):
        await app.press_at_once("9", *["right"] * 6, *["down"] * 3, "j")
        assert "4 Backward · layer 2 of 3" in app.says(EXPLAIN)
        cursor = pane_of(app).walk.page.cursor
        assert (cursor.unit, cursor.row) == (3, 1)

    in_app(story, SMALL)


@pytest.mark.parametrize("size", [(120, 40), (80, 24), (60, 20), (40, 12)])
def test_every_gradient_in_sight_is_checked_and_agrees(in_app, size):
    async def story(app):
        await app.press("e", "9", *["right_square_bracket"] * 3)
        for _ in range(3):
            for _ in range(6):
                rows = pane_of(app)._drawn.terms.rows
                marks = len(re.findall("✓", app.says(EXPLAIN)))
                assert marks == rows.count > 0
                assert "✗" not in app.says(EXPLAIN)
                await app.press("j")
            await app.press("right")

    in_app(story, experiment_of("layers=[20, 12]"), size=size)


def test_the_update_that_was_told_is_the_one_that_is_made(in_app):
    async def story(app):
        await app.press("9", *["right_square_bracket"] * 4)
        page = pane_of(app).walk.page
        new = page.formulas[0].numbers.rpartition("= ")[2]
        await app.press("right_square_bracket", "enter")
        assert app.trainer.commands[-1] == Advance(1)
        await app.press("right")
        weight = pane_of(app).walk.page.terms
        shown = float(weight.numbers[0][weight.headings.index("weight")])
        assert shown == pytest.approx(float(new.replace("−", "-")), abs=1e-6)

    in_app(story, SMALL)


def test_a_step_on_one_point_is_made_on_that_point(in_app):
    async def story(app):
        await app.press("9", "a", "n", "n", *["right_square_bracket"] * 5, "enter")
        assert app.trainer.commands[-1] == StepOn(2)
        assert app.snapshot.steps == 1
        # Once more: it is still that point, and the walk begins anew.
        assert "training point 3" in app.says(EXPLAIN)
        assert "1 Inputs" in app.says(EXPLAIN)

    in_app(story, SMALL)


def test_it_is_said_that_the_update_was_made_once_it_was(in_app):
    async def story(app):
        await app.press("9", *["right_square_bracket"] * 5, "enter")
        assert app.session.notice == "Taken: the run is at step 1; this is the next update."
        await app.press("right")
        assert app.snapshot.steps == 1

    in_app(story, SMALL)


def test_what_was_said_of_the_last_page_is_gone_when_it_is_reached(in_app):
    async def story(app):
        await app.press("9", "enter")
        assert "from the last page" in app.session.notice
        await app.press("right_square_bracket")
        assert app.session.notice == ""

    in_app(story, SMALL)


def test_an_update_that_diverges_is_not_said_to_have_been_made(in_app):
    async def story(app):
        await app.press("9", *["right_square_bracket"] * 5)
        assert "The loss is no number any more" in app.says(EXPLAIN)
        await app.press("enter")
        assert app.snapshot.steps == 0
        assert app.session.has_diverged
        assert "Taken" not in app.session.notice

    in_app(story, experiment_of("layers=[4]", "optimizer=sgd", "optimizer.learning_rate=1e30"))


def test_enter_while_it_plays_pauses_and_takes_nothing(in_app):
    async def story(app):
        await app.press("9", *["right_square_bracket"] * 5, "space")
        await app.go(3)
        await app.press("enter")
        assert not app.session.is_playing
        assert not any(isinstance(command, Advance) for command in app.trainer.commands)
        await app.press("enter")
        assert app.snapshot.steps == 4

    in_app(story, SMALL)


def test_an_edit_of_the_layers_leads_to_the_nearest_page_that_exists(in_app):
    async def story(app):
        await app.press("9", "right_square_bracket", "right", "down", "down", "down")
        assert "layer 2 of 3" in app.says(EXPLAIN)
        await app.press("1", "d", "d", "9")
        assert "2 Forward · layer 1 of 1" in app.says(EXPLAIN)
        assert pane_of(app).walk.cursor.unit == 2
        await app.press("u", "right")
        assert "2 Forward · layer 2 of 2" in app.says(EXPLAIN)

    in_app(story, SMALL)


def test_clicks_go_to_stages_neurons_weights_and_calls(in_app):
    async def click(app, text, *, line_with):
        row = next(n for n, line in enumerate(app.lines) if line_with in line)
        await app.pilot.click(offset=(app.lines[row].index(text), row))
        await app.settle()

    async def story(app):
        await app.press("9")
        await click(app, "2 forward", line_with="2 forward")
        assert "2 Forward" in app.says(EXPLAIN)
        await click(app, "neuron 4", line_with="neuron 4")
        assert pane_of(app).walk.page.cursor.unit == 3
        await click(app, "bias", line_with=" 1.0000 ")
        assert pane_of(app).walk.page.cursor.row == 2
        last = pane_of(app).walk.page.calls[-1]
        await click(app, last.meaning[:12], line_with=last.meaning[:12])
        assert last.call in app.says(EXPLAIN)
        await click(app, "3 loss", line_with="3 loss")
        await click(app, "point 3", line_with="point 3 ")
        assert pane_of(app).walk.page.cursor.point == 2

    in_app(story, SMALL)


def test_why_there_is_no_page_is_said(in_app, monkeypatch):
    monkeypatch.setattr("nntui.training.rehearsal.MOST_PARAMETERS", 10)

    async def story(app):
        await app.press("9")
        assert "can be explained" in " ".join(app.says(EXPLAIN).split())
        await app.press("right", "down", "j", "n", "c", "v", "enter", "pagedown", "a")
        assert "can be explained" in " ".join(app.says(EXPLAIN).split())

    in_app(story, SMALL)


def test_everything_can_be_said_in_words_where_there_is_little_room(in_app):
    async def story(app):
        await app.press("9", *["right_square_bracket"] * 4)
        await app.press("v", "v", "v")
        seen = []
        for _ in range(80):
            seen.append(app.says(EXPLAIN))
            await app.press("j")
        text = " ".join(" ".join(seen).replace("│", " ").split())
        for formula in pane_of(app).walk.page.formulas:
            assert without_hats(formula.symbols.split("=")[0].strip()) in text
            assert formula.numbers.rpartition("= ")[2] in text
        assert "This is update 1" in text

    in_app(story, SMALL, size=(40, 12))


@pytest.mark.parametrize(
    "experiment",
    [
        experiment_of("layers=[]"),
        experiment_of("data.source=sine"),
        experiment_of("layers=[{units=1}]"),
        experiment_of("data.source=digits"),
        experiment_of("layers=[{units=64}, {units=512}]"),
    ],
)
def test_every_page_of_other_networks_can_be_looked_at(in_app, experiment):
    async def story(app):
        await app.press("9")
        last = ""
        while pane_of(app).walk.turn(1):
            pane_of(app)._want()
            await app.settle()
            page = pane_of(app).walk.page
            assert page.pages[page.number].title[:20] in app.says(EXPLAIN)
            last = app.says(EXPLAIN)
        assert "6 Forward again" in last

    in_app(story, experiment, size=(80, 24))
