"""The checks of the actions of the run, of the screen and of the program."""

import math

import msgspec
from action_checks import checks
from textual.command import CommandPalette

from nntui.experiment.experiment import Experiment
from nntui.experiment.toml_file import read_experiment, write_experiment
from nntui.training.messages import SetSpeed
from nntui.ui.dialogs.help import HelpScreen
from nntui.ui.dialogs.terms import TermsDialog
from nntui.ui.layout import LAYERS, LOSS, PARAMETERS, REGIONS, TRAIN

RUN, VIEW, APP = "run", "view", "app"
DIVERGES = ("optimizer=sgd", "optimizer.learning_rate=1e30")
WHOLE_HEIGHT = 40


@checks(RUN, "play")
async def _(app, key):
    await app.press(key)
    assert "▶" in app.says("header")
    assert "pause" in app.says("footer")
    await app.go(10)
    await app.press(key)
    assert "▶" not in app.says("header")
    assert "step 10" in app.says("header")
    await app.go(10)
    assert "step 10" in app.says("header")


@checks(RUN, "step")
async def _(app, key):
    await app.press(key, key)
    assert "step 2" in app.says("header")
    assert not app.session.is_playing


@checks(RUN, "epoch")
async def _(app, key):
    await app.press(key)
    assert "epoch 1   step 8" in app.says("header")
    await app.press("s", key)
    assert "epoch 2   step 16" in app.says("header")


@checks(RUN, "reset")
async def _(app, key):
    begin, picture = app.figures, app.looks(REGIONS)
    await app.press("e")
    assert app.figures[1:] != begin[1:]
    assert app.looks(REGIONS) != picture
    await app.press(key)
    assert app.figures == begin
    assert app.looks(REGIONS) == picture


@checks(RUN, "new_seed")
async def _(app, key):
    begin, points = app.figures, app.session.scene.x
    await app.press("e", key)
    assert app.experiment.seed == Experiment().seed + 1
    assert app.figures[0] == 0
    assert app.figures[1] != begin[1]
    assert (app.session.scene.x == points).all()


@checks(RUN, "new_data")
async def _(app, key):
    points = app.session.scene.x
    await app.press("e", key)
    assert app.experiment.data.seed == Experiment().data.seed + 1
    assert (app.session.scene.x != points).any()
    assert app.figures[0] == 0


@checks(RUN, "own")
async def _(app, key):
    # What it does while a run is followed is told in test_app_followed.py.
    await app.press(key)
    assert "yours already" in app.says("notice")
    assert app.trainer.commands == []


@checks(RUN, "slower")
async def _(app, key):
    await app.press(key)
    assert "held to 10k steps/s" in app.says("header")
    await app.press(*[key] * 12)
    assert "held to 1 step/s" in app.says("header")
    assert app.trainer.commands[-1] == SetSpeed(1.0)


@checks(RUN, "faster")
async def _(app, key):
    await app.press("less_than_sign", "less_than_sign", key)
    assert "held to 10k steps/s" in app.says("header")
    await app.press(key, key)
    assert "held to" not in app.says("header")
    assert app.trainer.commands[-1] == SetSpeed(None)


@checks(RUN, "back", *DIVERGES)
async def _(app, key):
    await app.press("space")
    await app.go(50)
    assert "▶" not in app.says("header")
    assert "Key b" in app.says("notice")
    assert app.snapshot.divergence is not None
    await app.press(key)
    assert app.snapshot.divergence is None
    assert math.isfinite(app.snapshot.evaluation.train_loss)
    assert app.says("notice") == ""


@checks(RUN, "undo")
async def _(app, key):
    await app.press("R", "R", key)
    assert app.experiment.seed == Experiment().seed + 1
    await app.press(key)
    assert app.experiment == Experiment()
    await app.press(key)
    assert "There is nothing to undo." in app.says("notice")


@checks(RUN, "redo")
async def _(app, key):
    await app.press("R", "g")
    edited = app.experiment
    await app.press("u", "u", key, key)
    assert app.experiment == edited
    await app.press(key)
    assert "There is nothing to redo." in app.says("notice")


@checks(VIEW, "next_pane")
async def _(app, key):
    visited = [app.focused]
    for _ in TRAIN.panes:
        await app.press(key)
        visited.append(app.focused)
    assert visited == [REGIONS, LAYERS, PARAMETERS, LOSS, REGIONS]


@checks(VIEW, "previous_pane")
async def _(app, key):
    visited = [app.focused]
    for _ in TRAIN.panes:
        await app.press(key)
        visited.append(app.focused)
    assert visited == [REGIONS, LOSS, PARAMETERS, LAYERS, REGIONS]


def _goes_to(pane, title):
    @checks(VIEW, f"pane('{pane}')")
    async def _(app, key):
        await app.press("1" if pane == REGIONS else "4")
        before = app.looks(pane)
        await app.press(key)
        assert app.focused == pane
        assert app.looks(pane) != before
        assert title in app.text
        await app.press(*"z")
        assert title in app.lines[1]


_goes_to(LAYERS, "1 Layers")
_goes_to(PARAMETERS, "2 Hyperparameters")
_goes_to(LOSS, "3 Loss")
_goes_to(REGIONS, "4 Decision regions")


@checks(VIEW, "zoom")
async def _(app, key):
    for number, title in enumerate(("Layers", "Hyperparameters", "Loss", "Decision regions"), 1):
        await app.press(str(number), key)
        assert f"{number} {title}" in app.text
        assert app.part(app.focused).size == (120, WHOLE_HEIGHT - 2)
        assert [p for p in TRAIN.panes if app.part(p).size.width] == [app.focused]
        await app.press(key)
        assert all(app.part(pane).size.width for pane in TRAIN.panes)


@checks(VIEW, "terms")
async def _(app, key):
    # What comes first is what is under the cursor.
    for pane, found in (("1", "z above zero, 0 below"), ("2", "↻ begins the run anew")):
        await app.press(pane, key)
        assert isinstance(app.app.screen, TermsDialog)
        assert found in app.text
        # The same key closes what it has opened.
        await app.press(key)
        assert app.app.screen is app.app.playground
    await app.press("down", "down", "down", key, "escape")
    assert app.app.screen is app.app.playground


@checks(APP, "help")
async def _(app, key):
    await app.press("1", key)
    assert isinstance(app.app.screen, HelpScreen)
    # The keys of the pane with the keyboard come first.
    assert app.text.index("Add a layer after the cursor.") < app.text.index("Train on, or pause.")
    await app.press(*"momentum")
    assert "momentum" in app.text
    assert "Add a layer" not in app.text
    await app.press("escape")
    assert app.app.screen is app.app.playground


@checks(APP, "command_palette")
async def _(app, key):
    await app.press(key)
    assert isinstance(app.app.screen, CommandPalette)
    await app.type("make one update", instead=False)
    assert app.app.screen is app.app.playground
    assert "step 1" in app.says("header")


@checks(APP, "themes")
async def _(app, key):
    dark = app.looks(REGIONS)
    await app.press(key)
    assert isinstance(app.app.screen, CommandPalette)
    await app.type("textual-light", instead=False)
    assert app.app.theme == "textual-light"
    light = app.looks(REGIONS)
    assert light != dark
    assert app.colours_behind("header").isdisjoint({s.style.bgcolor for line in dark for s in line})


@checks(APP, "save")
async def _(app, key):
    await app.press("R", key)
    assert "Save the experiment" in app.text
    await app.type("mine")
    assert "Saved: mine.toml" in app.says("notice")
    assert read_experiment("mine.toml") == app.experiment
    # What is there already is not overwritten at the first enter.
    await app.press("R", key)
    assert "mine.toml" in app.text
    await app.press("enter")
    assert "overwrites" in app.text
    assert read_experiment("mine.toml") != app.experiment
    await app.press("enter")
    assert read_experiment("mine.toml") == app.experiment


@checks(APP, "open")
async def _(app, key):
    other = msgspec.structs.replace(Experiment(), seed=1234)
    write_experiment(other, "other.toml")
    await app.press(key)
    assert "other.toml" in app.text
    await app.type("other.toml")
    assert app.experiment == other
    assert app.app.screen is app.app.playground
    await app.press("u")
    assert app.experiment == Experiment()


@checks(APP, "picture")
async def _(app, key):
    from pathlib import Path  # noqa: PLC0415 - of the test's own directory

    await app.press(key, key)
    assert "nntui-2.svg" in app.says("notice")
    for name in ("nntui-1.svg", "nntui-2.svg"):
        picture = Path(name).read_text(encoding="utf-8")
        assert picture.startswith("<svg")
        assert "spiral" in picture
        assert "\x1b" not in picture


@checks(APP, "quit")
async def _(app, key):
    await app.press("space", key)
    assert app.app._exit
    assert not app.app.return_code


@checks(APP, "suspend_process")
async def _(app, key):
    await app.press("space")
    assert "▶" in app.says("header")
    # There is no shell to go back to in a test, but nothing trains on unseen.
    await app.press(key)
    assert "▶" not in app.says("header")
