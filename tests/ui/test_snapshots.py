"""What the app looks like, compared with pictures that a person has looked at.

``pytest tests/ui/test_snapshots.py --snapshot-update`` makes the pictures anew: look at each that
has changed. They are made after few steps in double precision, so that no cell depends on how the
numbers are rounded on a machine.
"""

import pytest
from action_checks_panes import go_to_setting
from driven_app import DrivenApp, experiment_of, made

EXACT = ("dtype=float64",)


@pytest.fixture
def looks_as_before(snap_compare, tmp_path, monkeypatch):
    """Return a function that tells a story to the app and compares its end with a picture."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("COLORTERM", "truecolor")

    def compare(story, *settings, size=(120, 40), theme="textual-dark", coloured=True):
        if not coloured:
            monkeypatch.setenv("NO_COLOR", "1")
        app, trainer = made(experiment_of(*EXACT, *settings))
        app.theme = theme

        async def tell(pilot):
            driven = DrivenApp(app, trainer, pilot)
            await driven.settle()
            await story(driven)

        return snap_compare(app, terminal_size=size, run_before=tell)

    return compare


async def two_epochs(app):
    await app.press("e", "e")


SIZES = [(120, 40), (80, 24), (40, 12)]


@pytest.mark.parametrize("size", SIZES, ids=lambda size: "{}x{}".format(*size))
def test_dark(looks_as_before, size):
    assert looks_as_before(two_epochs, size=size)


@pytest.mark.parametrize("size", SIZES, ids=lambda size: "{}x{}".format(*size))
def test_light(looks_as_before, size):
    assert looks_as_before(two_epochs, size=size, theme="textual-light")


@pytest.mark.parametrize("size", SIZES, ids=lambda size: "{}x{}".format(*size))
def test_without_colours(looks_as_before, size):
    assert looks_as_before(two_epochs, size=size, coloured=False)


def test_help(looks_as_before):
    async def story(app):
        await app.press("question_mark")

    assert looks_as_before(story, size=(80, 24))


def test_a_refused_value(looks_as_before):
    async def story(app):
        await go_to_setting(app, "optimizer.learning_rate")
        await app.press("enter")
        await app.type("-1")

    assert looks_as_before(story, size=(80, 24))


def test_layer_dialog(looks_as_before):
    async def story(app):
        await app.press("1", "enter", "down")

    assert looks_as_before(story, size=(80, 24))


def test_crosshair_mistakes_and_loss_cursor(looks_as_before):
    async def story(app):
        await app.press("e", "m", "left", "up", "3", "left", "left")

    assert looks_as_before(story)


def test_divergence(looks_as_before):
    async def story(app):
        await app.press("space")
        await app.go(20)

    assert looks_as_before(story, "optimizer=sgd", "optimizer.learning_rate=1e30", size=(80, 24))


def test_regression(looks_as_before):
    assert looks_as_before(two_epochs, "data.source=plane", size=(80, 24))


def test_curve(looks_as_before):
    assert looks_as_before(two_epochs, "data.source=sine", size=(80, 24))


def test_penguins_on_their_principal_components(looks_as_before):
    async def story(app):
        await app.press("e", "x", "enter")

    assert looks_as_before(story, "data.source=penguins", size=(80, 24))


LOOKS = [((120, 40), True), ((80, 24), True), ((120, 40), False), ((80, 24), False)]


def _look(value):
    return "{}x{}".format(*value) if isinstance(value, tuple) else ("plain", "colour")[value]


@pytest.mark.parametrize(("size", "coloured"), LOOKS, ids=_look)
@pytest.mark.parametrize("pane", ["graph", "weights", "space"])
def test_network_view(looks_as_before, pane, size, coloured):
    async def story(app):
        keys = {"graph": ("left", "up"), "weights": ("7", "up"), "space": ("8",)}
        await app.press("e", "e", "5", "right_square_bracket", *keys[pane])

    assert looks_as_before(story, "layers=[8, 6]", size=size, coloured=coloured)


def test_weights_over_time(looks_as_before):
    async def story(app):
        await app.press(*"eeee", "7", "v")

    assert looks_as_before(story, "layers=[8, 6]", size=(80, 24))


@pytest.mark.parametrize(("size", "coloured"), LOOKS, ids=_look)
@pytest.mark.parametrize("stage", ["forward", "backward", "update"])
def test_explain_view(looks_as_before, stage, size, coloured):
    async def story(app):
        stages = {"forward": 1, "backward": 3, "update": 4}[stage]
        await app.press("e", "9", *["right_square_bracket"] * stages, "right", "down")

    assert looks_as_before(story, "layers=[8, 6]", size=size, coloured=coloured)


def test_the_end_of_a_walk(looks_as_before):
    async def story(app):
        await app.press("e", "9", *["right_square_bracket"] * 5)

    assert looks_as_before(story, size=(80, 24))


def test_terms(looks_as_before):
    async def story(app):
        await app.press("1", "i")

    assert looks_as_before(story, size=(80, 24))
