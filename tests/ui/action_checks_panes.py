"""The checks of the actions of the panes."""

import pytest
from action_checks import checks

from nntui.training.snapshot import Plane
from nntui.ui.dialogs.choice import ChoiceDialog
from nntui.ui.dialogs.prompt import PromptDialog
from nntui.ui.dialogs.settings import LayerDialog
from nntui.ui.layout import LAYERS, LOSS, PARAMETERS, REGIONS

TEST_POINTS = set("○□△")
TRAIN_POINTS = set("●■▲")
TWO_LAYERS = ("layers=[8, 4]",)
RATE = "optimizer.learning_rate"


async def go_to_setting(app, key):
    """Go to a setting in the pane of the hyperparameters."""
    form = app.app.playground.parameters_pane.form
    place = [row.key for row in form.rows].index(key)
    await app.press_at_once("2", *["up"] * form.cursor, *["down"] * place)
    assert form.row.key == key


def units(app):
    return [layer.units for layer in app.experiment.layers]


@checks(LAYERS, "cursor(-1)")
async def _(app, key):
    pane = app.app.playground.layers_pane
    await app.press("1", "down")
    before = app.looks(LAYERS)
    await app.press(key)
    assert pane.cursor == 1
    assert app.looks(LAYERS) != before
    await app.press(key, key, key)
    assert pane.cursor == 0


@checks(LAYERS, "cursor(1)")
async def _(app, key):
    pane = app.app.playground.layers_pane
    await app.press("1")
    before = app.looks(LAYERS)
    await app.press(key)
    assert pane.cursor == 2
    assert app.looks(LAYERS) != before
    await app.press(key, key, key)
    assert pane.cursor == 3


@checks(LAYERS, "add", *TWO_LAYERS)
async def _(app, key):
    await app.press("1", key)
    assert len(units(app)) == 3
    assert (units(app)[0], units(app)[2]) == (8, 4)
    assert "layer 3" in app.says(LAYERS)
    assert app.snapshot.units == (2, *units(app), 3)
    await app.press("down", "down", "down", key)
    assert units(app)[2] == 4
    assert len(units(app)) == 4


@checks(LAYERS, "remove", *TWO_LAYERS)
async def _(app, key):
    await app.press("1", key)
    assert units(app) == [4]
    assert "layer 2" not in app.says(LAYERS)
    assert "2-4-3" in app.says("header")
    await app.press(key)
    assert app.snapshot.units == (2, 3)
    await app.press(key)
    assert "no layer to delete" in app.says("notice")


@checks(LAYERS, "units(1)", *TWO_LAYERS)
async def _(app, key):
    await app.press("1", key)
    assert units(app)[0] > 8
    assert units(app)[1] == 4
    assert app.snapshot.units == (2, *units(app), 3)
    assert f"layer 1{units(app)[0]:6}" in app.says(LAYERS)
    await app.press("down", "down", key)
    assert "output layer follows from the data" in app.says("notice")


@checks(LAYERS, "units(-1)", *TWO_LAYERS)
async def _(app, key):
    await app.press("1", key)
    assert units(app)[0] < 8
    assert app.snapshot.units == (2, *units(app), 3)
    await app.press(*[key] * 10)
    assert units(app)[0] == 1
    assert "cannot have fewer" in app.says("notice")


@checks(LAYERS, "edit", *TWO_LAYERS)
async def _(app, key):
    await app.press("1", "down", key)
    assert isinstance(app.app.screen, LayerDialog)
    assert "activation" in app.text
    await app.press("right", "escape")
    assert units(app)[0] == 8
    assert units(app)[1] > 4


def _moves(direction, begin):
    @checks(LAYERS, f"move({direction})", *TWO_LAYERS)
    async def _(app, key):
        await app.press("1", *["down"] * begin, key)
        assert units(app) == [4, 8]
        assert app.snapshot.units == (2, 4, 8, 3)
        assert app.app.playground.layers_pane.cursor == 1 + (direction > 0)
        await app.press(key)
        assert units(app) == [4, 8]
        assert f"is the {'last' if direction > 0 else 'first'} one" in app.says("notice")


_moves(-1, begin=1)
_moves(1, begin=0)


@checks(PARAMETERS, "cursor(-1)")
async def _(app, key):
    form = app.app.playground.parameters_pane.form
    await app.press("2", "down", "down")
    before = app.looks(PARAMETERS)
    await app.press(key)
    assert form.cursor == 1
    assert app.looks(PARAMETERS) != before
    await app.press(key, key)
    assert form.cursor == 0


@checks(PARAMETERS, "cursor(1)")
async def _(app, key):
    form = app.app.playground.parameters_pane.form
    await app.press("2")
    for place in range(1, len(form.rows)):
        await app.press(key)
        assert form.cursor == place
        # However long the form is, the setting under the cursor is seen.
        assert form.row.label in app.says(PARAMETERS)
    await app.press(key)
    assert form.cursor == len(form.rows) - 1


def _steps(key_of_setting, direction, expected):
    async def check(app, key):
        await go_to_setting(app, key_of_setting)
        await app.press("e", key)
        assert app.experiment.optimizer.learning_rate == pytest.approx(expected)
        assert f"{expected:g}" in app.says(PARAMETERS)
        # It changes live: the run goes on.
        assert app.snapshot.steps == 8

    checks(PARAMETERS, f"change({direction})")(check)


_steps(RATE, -1, 0.003)
_steps(RATE, 1, 0.03)


@checks(PARAMETERS, "edit")
async def _(app, key):
    await go_to_setting(app, RATE)
    await app.press(key)
    assert isinstance(app.app.screen, PromptDialog)
    await app.type("0.07")
    assert app.experiment.optimizer.learning_rate == 0.07
    assert "0.07" in app.says(PARAMETERS)


@checks(PARAMETERS, "default", "optimizer.learning_rate=0.5")
async def _(app, key):
    await go_to_setting(app, RATE)
    await app.press(key)
    assert app.experiment.optimizer.learning_rate == 0.01
    assert "0.5" not in app.says(PARAMETERS).replace("0.50", "")


def _moves_crosshair(right, up):
    @checks(REGIONS, f"crosshair({right}, {up})")
    async def _(app, key):
        await app.press(key)
        first = app.snapshot.reading
        assert f"x1 {first.x:.3g}" in app.says(REGIONS)
        assert sum(first.outputs) == pytest.approx(1)
        assert all(0 <= output <= 1 for output in first.outputs)
        await app.press(key)
        second = app.snapshot.reading
        assert ((second.x - first.x > 1e-9) - (first.x - second.x > 1e-9)) == right
        assert ((second.y - first.y > 1e-9) - (first.y - second.y > 1e-9)) == up
        # It stays inside.
        await app.press(*[key] * 80)
        last = app.snapshot.reading
        await app.press(key)
        assert app.snapshot.reading == last


for _right, _up in ((-1, 0), (1, 0), (0, 1), (0, -1)):
    _moves_crosshair(_right, _up)


@checks(REGIONS, "hide")
async def _(app, key):
    picture = app.looks(REGIONS)
    await app.press("left")
    assert app.looks(REGIONS) != picture
    await app.press(key)
    assert app.looks(REGIONS) == picture


@checks(REGIONS, "test_points")
async def _(app, key):
    assert set(app.says(REGIONS)) >= TEST_POINTS
    # Also where another pane has the keyboard.
    await app.press("1", key)
    assert not TEST_POINTS & set(app.says(REGIONS))
    assert set(app.says(REGIONS)) >= TRAIN_POINTS
    await app.press(key)
    assert set(app.says(REGIONS)) >= TEST_POINTS


@checks(REGIONS, "hard")
async def _(app, key):
    await app.press("e")
    shades = app.colours_behind(REGIONS)
    await app.press(key)
    classes = app.colours_behind(REGIONS)
    assert len(classes) < len(shades)
    # A colour for each class, that of the pane, and that of the mixed pixels below points.
    assert len(classes) <= 5
    await app.press(key)
    assert app.colours_behind(REGIONS) == shades


@checks(REGIONS, "mistakes")
async def _(app, key):
    await app.press("e")
    picture = app.looks(REGIONS)
    assert app.snapshot.mistakes is None
    await app.press(key)
    assert app.snapshot.mistakes.any()
    assert app.looks(REGIONS) != picture
    await app.press(key)
    assert app.looks(REGIONS) == picture


@checks(REGIONS, "plane", "data.source=penguins")
async def _(app, key):
    names = app.session.scene.input_names
    assert len(names) == 4
    await app.press(key)
    assert isinstance(app.app.screen, ChoiceDialog)
    await app.type(f"{names[2]} ", instead=False)
    assert app.session.scene.plane == Plane("axes", 2, 3)
    assert names[2] in app.says(REGIONS)
    assert "mean" in app.says(REGIONS)


async def _train_two_epochs(app):
    for _ in range(2):
        await app.press("e")
    await app.press("3")


@checks(LOSS, "cursor(-1)")
async def _(app, key):
    await _train_two_epochs(app)
    await app.press(key)
    assert "step 16 " in app.says(LOSS)
    assert "epoch 2 " in app.says(LOSS)
    assert f"train {app.figures[1]:.3g}" in app.says(LOSS)
    await app.press(key)
    assert "step 15 " in app.says(LOSS)
    await app.press(*[key] * 40)
    assert "step 0 " in app.says(LOSS)


@checks(LOSS, "cursor(1)")
async def _(app, key):
    await _train_two_epochs(app)
    await app.press(*["left"] * 40, key)
    assert "step 1 " in app.says(LOSS)
    await app.press(*[key] * 40)
    assert "step 16 " in app.says(LOSS)
    assert "epoch 2 " in app.says(LOSS)


@checks(LOSS, "hide")
async def _(app, key):
    await _train_two_epochs(app)
    picture = app.looks(LOSS)
    await app.press("left")
    assert app.looks(LOSS) != picture
    await app.press(key)
    assert app.looks(LOSS) == picture


def _switches(name, of_loss):
    @checks(LOSS, name)
    async def _(app, key):
        await _train_two_epochs(app)
        # Also where another pane has the keyboard.
        await app.press("1")
        picture = app.looks(LOSS)
        await app.press(key)
        assert app.looks(LOSS) != picture
        assert of_loss(app.says(LOSS))
        await app.press(key)
        assert app.looks(LOSS) == picture


_switches("log", lambda text: "0.0┤" not in text)
_switches("smooth", lambda text: "3 Loss" in text)
_switches("accuracy", lambda text: "3 Accuracy" in text and "%" in text)
