"""The checks of the actions of the graph, and of the numbers under its cursor."""

import numpy as np
import pytest
from action_checks import checks

from nntui.training.messages import ParameterPlace
from nntui.ui.action_table import NUMBERS_OF_NETWORK
from nntui.ui.dialogs.prompt import PromptDialog
from nntui.ui.layout import GRAPH
from nntui.ui.network.place import NetworkCursor
from nntui.ui.network.reading import shown_parameter

SMALL = ("layers=[4, 3]",)
LARGE = ("layers=[64]",)


def place_of(app):
    return app.part(GRAPH).place


def parameter(app, layer, row, unit):
    """What the trainer says a weight or bias is."""
    return shown_parameter(app.snapshot.anatomy, ParameterPlace(layer, row, unit))


def start(app, cursor):
    place_of(app).cursor = cursor


def weights(app, column):
    return app.snapshot.anatomy.columns[column].weights


@checks(GRAPH, "move(-1, 0)", *SMALL)
async def _(app, key):
    await app.press("5", "right_square_bracket")
    before = app.looks(GRAPH)
    strongest = int(np.abs(weights(app, 2)[:, 0]).argmax())
    await app.press(key)
    assert place_of(app).cursor == NetworkCursor(2, 0, source=strongest)
    assert app.looks(GRAPH) != before
    value = parameter(app, 1, strongest, 0)
    assert f"weight {strongest + 1} → 1 of layer 2: " in app.says(GRAPH)
    assert f"{abs(value):.3g}" in app.says(GRAPH)
    await app.press(key)
    assert place_of(app).cursor == NetworkCursor(1, strongest)


@checks(GRAPH, "move(1, 0)", *SMALL)
async def _(app, key):
    await app.press("5")
    strongest = int(np.abs(weights(app, 2)[0]).argmax())
    await app.press(key)
    assert place_of(app).cursor == NetworkCursor(2, strongest, source=0, is_outgoing=True)
    assert f"weight 1 → {strongest + 1} of layer 2: " in app.says(GRAPH)
    await app.press(key)
    assert place_of(app).cursor == NetworkCursor(2, strongest)


@checks(GRAPH, "move(0, -1)", *SMALL)
async def _(app, key):
    await app.press("5")
    start(app, NetworkCursor(1, 3))
    await app.press(key)
    assert place_of(app).cursor == NetworkCursor(1, 2)
    assert "neuron 3 of layer 1 (relu): bias" in app.says(GRAPH)
    await app.press(key, key, key)
    assert place_of(app).cursor == NetworkCursor(1, 0)


@checks(GRAPH, "move(0, 1)", *SMALL)
async def _(app, key):
    await app.press("5", key)
    assert place_of(app).cursor == NetworkCursor(1, 1)
    # On a weight: the next one of the same neuron.
    start(app, NetworkCursor(2, 1, source=0))
    await app.press(key)
    assert place_of(app).cursor == NetworkCursor(2, 1, source=1)
    assert "weight 2 → 2 of layer 2: " in app.says(GRAPH)


@checks(GRAPH, "units(-1)", *LARGE)
async def _(app, key):
    await app.press("5")
    start(app, NetworkCursor(1, 63))
    await app.press(key)
    assert 50 < place_of(app).cursor.unit < 60
    await app.press(*[key] * 12)
    assert place_of(app).cursor == NetworkCursor(1, 0)
    assert "more ↓" in app.says(GRAPH)


@checks(GRAPH, "units(1)", *LARGE)
async def _(app, key):
    await app.press("5", key)
    assert 4 < place_of(app).cursor.unit < 10
    await app.press(*[key] * 12)
    assert place_of(app).cursor == NetworkCursor(1, 63)
    assert "57 more ↑" in app.says(GRAPH)
    assert "64 " in app.says(GRAPH)


@checks(GRAPH, "column(-1)", *SMALL)
async def _(app, key):
    await app.press("5", key)
    assert place_of(app).cursor == NetworkCursor(0, 0)
    assert "input x1: active" in app.says(GRAPH)
    await app.press(key)
    assert place_of(app).cursor == NetworkCursor(0, 0)


@checks(GRAPH, "column(1)", *SMALL)
async def _(app, key):
    await app.press("5", "down", "down", "down", key)
    assert place_of(app).cursor == NetworkCursor(2, 2)
    await app.press(key, key)
    assert place_of(app).cursor == NetworkCursor(3, 2)
    assert "output 2 (softmax)" in app.says(GRAPH)


def _changes_the_value(direction):
    @checks(NUMBERS_OF_NETWORK, f"value({direction})", *SMALL)
    async def _(app, key):
        await app.press("e", "5", "left")
        cursor = place_of(app).cursor
        at = (cursor.column - 1, cursor.source, cursor.unit)
        before, loss = parameter(app, *at), app.figures[1]
        # Faster than the trainer answers.
        await app.press_at_once(key, key, key)
        assert parameter(app, *at) == pytest.approx(before + direction * 0.3, abs=1e-6)
        assert app.figures[0] == 8
        assert app.figures[1] != loss
        await app.press("u", "u", "u")
        assert parameter(app, *at) == before
        assert app.figures[1] == loss
        # The bias of the neuron.
        await app.press("right", key)
        assert parameter(app, 0, 2, 0) != 0
        assert f"bias {'−' if parameter(app, 0, 2, 0) < 0 else ''}" in app.says(GRAPH)
        await app.press("left_square_bracket", key)
        assert "An input has no bias" in app.says("notice")


_changes_the_value(1)
_changes_the_value(-1)


@checks(NUMBERS_OF_NETWORK, "edit", *SMALL)
async def _(app, key):
    await app.press("5", "left", key)
    assert isinstance(app.app.screen, PromptDialog)
    assert "of layer 1" in app.text
    await app.type("much")
    assert "expected a number" in app.text
    await app.type("1e99")
    assert "expected a number from" in app.text
    await app.type("-2.5")
    assert app.app.screen is app.app.playground
    cursor = place_of(app).cursor
    assert parameter(app, 0, cursor.source, 0) == -2.5
    assert "−2.5" in app.says(GRAPH)
    await app.press("u")
    assert parameter(app, 0, cursor.source, 0) != -2.5


@checks(NUMBERS_OF_NETWORK, "silence", *SMALL)
async def _(app, key):
    await app.press("e", "5")
    loss = app.figures[1]
    await app.press(key)
    assert app.experiment.layers[0].silenced_units == (1,)
    assert "×" in app.says(GRAPH)
    assert "silenced" in app.says(GRAPH)
    assert app.figures[0] == 8
    assert app.figures[1] != loss
    await app.press(key)
    assert app.experiment.layers[0].silenced_units == ()
    assert app.figures[1] == loss
    await app.press(key, "u")
    assert app.experiment.layers[0].silenced_units == ()
    await app.press("left_square_bracket", key)
    assert "An input cannot be silenced" in app.says("notice")
    await app.press(*["right_square_bracket"] * 3, key)
    assert "An output cannot be silenced" in app.says("notice")


@checks(NUMBERS_OF_NETWORK, "freeze", *SMALL)
async def _(app, key):
    await app.press("5", "down", key)
    assert app.experiment.layers[0].frozen_units == (2,)
    assert "2f" in app.says(GRAPH)
    assert "f frozen" in app.says(GRAPH)
    before = weights(app, 1).copy()
    await app.press("e")
    assert (weights(app, 1)[:, 1] == before[:, 1]).all()
    assert (weights(app, 1)[:, 0] != before[:, 0]).any()
    await app.press(key)
    assert app.experiment.layers[0].frozen_units == ()
    await app.press("F", key)
    assert app.experiment.layers[0].frozen_units == (1, 3, 4)
    assert "stay frozen" in app.says("notice")
    await app.press("left_square_bracket", key)
    assert "no weights of its own" in app.says("notice")


@checks(NUMBERS_OF_NETWORK, "freeze_layer", *SMALL)
async def _(app, key):
    await app.press("5", key)
    assert not app.experiment.layers[0].trainable
    before = weights(app, 1).copy()
    await app.press("e")
    assert (weights(app, 1) == before).all()
    assert app.says(GRAPH).count("f ") >= 4
    await app.press(key)
    assert app.experiment.layers[0].trainable
    await app.press(*["right_square_bracket"] * 2, key)
    assert not app.experiment.output.trainable
    await app.press("u")
    assert app.experiment.output.trainable
