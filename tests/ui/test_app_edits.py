"""Edits of the experiment from the keyboard: taken in, refused, taken back, made while it plays."""

import pytest
from action_checks_panes import go_to_setting
from driven_app import experiment_of

from nntui.errors import did_you_mean
from nntui.experiment.experiment import Experiment
from nntui.training.limits import Limits
from nntui.ui.dialogs.file_prompt import FilePrompt
from nntui.ui.dialogs.prompt import PromptDialog
from nntui.ui.edits import MOST_EDITS
from nntui.ui.layout import PARAMETERS, REGIONS

RATE = "optimizer.learning_rate"


def test_as_many_edits_can_be_undone_as_are_promised(in_app):
    async def story(app):
        await app.press_at_once(*["R"] * (MOST_EDITS + 1))
        assert app.experiment.seed == Experiment().seed + MOST_EDITS + 1
        await app.press_at_once(*["u"] * MOST_EDITS)
        assert app.experiment.seed == Experiment().seed + 1
        await app.press("u")
        assert "There is nothing to undo." in app.says("notice")
        await app.press_at_once(*["U"] * MOST_EDITS)
        assert app.experiment.seed == Experiment().seed + MOST_EDITS + 1
        # The trainer has followed all the way.
        await app.press("e")
        assert app.snapshot.steps == app.snapshot.steps_per_epoch

    assert MOST_EDITS == 200
    in_app(story, size=(40, 12))


@pytest.mark.parametrize("key", ["R", "g"])
def test_undo_brings_the_trained_run_back(in_app, key):
    async def story(app):
        await app.press("e", "e", "s")
        trained, picture = app.figures, app.looks(REGIONS)
        await app.press(key)
        assert app.figures[0] == 0
        await app.press("e", "u")
        assert app.figures == trained
        assert app.looks(REGIONS) == picture
        # It can be trained on, and the other run is not lost either.
        await app.press("e", "U")
        assert app.figures[0] == 8

    in_app(story)


def test_undo_of_a_live_edit_keeps_the_run_and_is_marked(in_app):
    async def story(app):
        await app.press("e")
        await go_to_setting(app, RATE)
        await app.press("right", "e", "u", "e")
        assert app.figures[0] == 24
        assert app.experiment == Experiment()
        steps, labels = zip(*app.session.history.marks, strict=True)
        assert steps == (8, 16)
        assert "learning rate 0.03" in labels[0]
        assert "undo" in labels[1]

    in_app(story)


@pytest.mark.parametrize(
    ("key", "typed", "reason", "mended"),
    [
        (RATE, "-1", "learning_rate", "0.02"),
        (RATE, "quick", '"quick"', "0.02"),
        ("training.batch_size", "0", "1", "16"),
        ("training.batch_size", "", "expected", "16"),
        ("regularization.l1", "nan", "nan", "0.001"),
    ],
)
def test_a_bad_value_is_refused_where_it_was_typed(in_app, key, typed, reason, mended):
    async def story(app):
        await go_to_setting(app, key)
        await app.press("enter")
        dialog = app.app.screen
        await app.type(typed)
        assert app.app.screen is dialog
        assert isinstance(dialog, PromptDialog)
        assert reason in app.text
        assert str(dialog.said.content).strip()
        assert app.experiment == Experiment()
        # Typing takes the place of what was wrong.
        await app.type(mended, instead=False)
        assert app.app.screen is app.app.playground
        assert app.experiment != Experiment()
        assert mended in app.says(PARAMETERS)

    in_app(story)


def test_a_file_that_cannot_be_read_is_refused_where_it_was_named(in_app):
    async def story(app):
        await app.press("e")
        trained = app.figures
        await go_to_setting(app, "data.source")
        await app.press("enter")
        await app.type("file", instead=False)
        dialog = app.app.screen
        assert isinstance(dialog, FilePrompt)
        await app.type("missing.csv")
        # The trainer finds out, not the form.
        assert app.app.screen is dialog
        assert "missing.csv" in str(dialog.said.content)
        assert "no such file" in str(dialog.said.content).lower()
        await app.press("escape")
        assert app.app.screen is app.app.playground
        assert (app.experiment, app.figures) == (Experiment(), trained)
        await app.press("u")
        assert "There is nothing to undo." in app.says("notice")

    in_app(story)


def test_a_broken_experiment_file_is_refused_where_it_was_named(in_app, tmp_path):
    (tmp_path / "broken.toml").write_text("[optimizer]\nname = 'adm'\n")

    async def story(app):
        await app.press("o")
        await app.type("broken.toml")
        assert isinstance(app.app.screen, FilePrompt)
        assert "broken.toml" in str(app.app.screen.said.content)
        assert did_you_mean("adm", ["adam"]).strip() in str(app.app.screen.said.content)
        assert app.experiment == Experiment()

    in_app(story)


def test_live_edits_do_not_stop_a_run_that_plays(in_app):
    async def story(app):
        await go_to_setting(app, RATE)
        await app.press("space")
        await app.go(5)
        await app.press("right")
        await app.go(5)
        assert app.session.is_playing
        assert app.snapshot.steps == 10
        assert app.snapshot.learning_rate == pytest.approx(0.03)

    in_app(story)


def test_an_edit_that_begins_anew_goes_on_playing(in_app):
    async def story(app):
        await app.press("space", "1")
        await app.go(5)
        await app.press("a", "plus", "d", "R", "g", "u")
        await app.go(5)
        assert app.session.is_playing
        assert "▶" in app.says("header")
        # Undo has brought the seed's run back, which had not begun.
        assert app.snapshot.steps == 5

    in_app(story)


def test_what_begins_anew_says_so_before_the_first_press(in_app):
    async def story(app):
        await go_to_setting(app, "data.noise")
        assert "begins the run anew" in app.says(PARAMETERS)
        before = app.snapshot.run
        await app.press("right")
        assert app.snapshot.run != before

        await go_to_setting(app, RATE)
        assert "begins the run anew" not in app.says(PARAMETERS)
        before = app.snapshot.run
        await app.press("right")
        assert app.snapshot.run == before

    in_app(story)


def test_momentum_is_offered_for_sgd_alone(in_app):
    async def story(app):
        assert "momentum" not in app.says(PARAMETERS)
        await go_to_setting(app, "optimizer")
        await app.press("enter")
        await app.type("sgd", instead=False)
        assert app.experiment.optimizer.name == "sgd"
        assert "momentum" in app.says(PARAMETERS)
        assert "beta_1" not in app.says(PARAMETERS)

    in_app(story)


def test_after_a_divergence_a_smaller_rate_goes_on(in_app):
    async def story(app):
        await app.press("space")
        await app.go(50)
        assert "learning rate" in app.says("notice")
        await go_to_setting(app, RATE)
        await app.press("enter")
        await app.type("0.01")
        assert app.says("notice") == ""
        step = app.snapshot.steps
        await app.press("e")
        assert app.snapshot.steps > step
        assert app.snapshot.divergence is None

    in_app(story, experiment_of("optimizer=sgd", "optimizer.learning_rate=1e30"))


def test_limits_pause_the_run_and_say_so(in_app):
    async def story(app):
        await app.press("space")
        await app.go(50)
        assert app.snapshot.steps == 12
        assert "Paused: steps 12 reached." in app.says("notice")
        assert "▶" not in app.says("header")
        await app.press("space")
        await app.go(8)
        assert app.snapshot.steps == 20
        assert app.says("notice") == ""

    in_app(story, limits=Limits(steps=12))
