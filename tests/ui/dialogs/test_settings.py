import pytest
from editing import edit

from nntui.experiment.experiment import Experiment
from nntui.training.changes import change_between
from nntui.training.messages import Applied, Apply, Refused
from nntui.ui.dialogs.prompt import PromptDialog
from nntui.ui.dialogs.settings import LayerDialog, OutputDialog
from nntui.ui.dialogs.terms import TermsDialog
from nntui.ui.ink import PLAIN_INK
from nntui.ui.session import Session


@pytest.fixture
def sent():
    return []


@pytest.fixture
def session(sent):
    return Session(Experiment(), sent.append)


@pytest.fixture
def edits():
    return []


@pytest.fixture
def layer(session, edits):
    return LayerDialog(session, 1, lambda: edits.append(session.experiment))


def answer(session, sent, reason=""):
    apply = sent.pop(0)
    assert isinstance(apply, Apply)
    if reason:
        session.receive(Refused(apply.revision, reason))
    else:
        change = change_between(Experiment(), apply.experiment)
        session.receive(Applied(apply.revision, 1, change))


def test_each_change_is_made_at_once(open_dialog, session, sent, layer, edits):
    async def story(app, hands):
        await hands.press("right")
        assert session.experiment.layers[1].units == 48
        assert sent[0].label == "layer 2: 48 units"
        assert edits[-1] == session.experiment
        assert "48" in app.text
        assert app.is_open

    open_dialog(lambda: layer, story)


def test_settings_of_the_chosen_activation_appear_below_it(open_dialog, session, layer):
    async def story(app, hands):
        assert "slope" not in app.text
        await hands.press("down", "right")
        assert session.experiment.layers[1].activation.name == "leaky_relu"
        assert "slope" in app.text
        assert layer.form.row.label == "activation"

    open_dialog(lambda: layer, story)


def test_enter_types_and_what_is_refused_stays(open_dialog, session, sent, layer):
    async def story(app, hands):
        await hands.press("down", "down", "enter")
        assert isinstance(app.screen, PromptDialog)
        await hands.type("1.5")
        await hands.press("enter")
        assert "layers.1.dropout" in app.text
        await hands.type("0.3")
        await hands.press("enter")
        assert "checking" in app.text
        answer(session, sent)
        await hands.settle()
        assert app.is_open
        assert session.experiment.layers[1].dropout == 0.3

    open_dialog(lambda: layer, story)


def test_what_the_trainer_refuses_is_told_in_the_dialog(open_dialog, session, sent, layer):
    async def story(app, hands):
        await hands.press("right")
        answer(session, sent, "that is too large [b]for this machine")
        await hands.settle()
        assert "too large [b]for this machine" in app.text
        assert session.experiment == Experiment()
        await hands.press("down")
        assert "too large" not in app.text

    open_dialog(lambda: layer, story)


def test_what_begins_anew_says_so(open_dialog, layer):
    async def story(app, hands):
        assert "↻ begins the run anew" in app.text
        await hands.press("down")
        assert "begins the run anew" not in app.text

    open_dialog(lambda: layer, story)


def test_undo_and_default(open_dialog, session, layer):
    async def story(app, hands):
        await hands.press("right", "u")
        assert session.experiment == Experiment()
        await hands.press("U")
        assert session.experiment.layers[1].units == 48
        await hands.press("backspace")
        assert session.experiment.layers[1].units == 32

    open_dialog(lambda: layer, story)


def test_a_setting_is_explained(open_dialog, layer):
    async def story(app, hands):
        await hands.press("down", "i")
        assert isinstance(app.screen, TermsDialog)
        # What an activation function is, its default, and what the chosen one is.
        assert "What a neuron does" in app.text
        assert "default relu" in app.text
        await hands.press("down")
        assert "z above zero, 0 below" in app.text
        await hands.press("i")
        assert app.is_open

    open_dialog(lambda: layer, story)


def test_a_layer_that_is_gone_closes_it(open_dialog, session, layer):
    async def story(app, hands):
        edit(session, "layers", [4])
        await hands.press("down")
        assert not app.is_open

    open_dialog(lambda: layer, story)


def test_all_rows_can_be_reached_on_a_small_screen(open_dialog, session):
    edit(session, "layers.1.activation", "leaky_relu")
    edit(session, "layers.1.initializer", "uniform")
    layer = LayerDialog(session, 1, lambda: None)

    async def story(app, hands):
        assert len(layer.form.rows) == 8
        for row in layer.form.rows:
            assert row.label in app.text
            await hands.press("down")

    open_dialog(lambda: layer, story, (40, 9))


def test_the_mouse_chooses_and_opens(open_dialog, layer):
    async def story(app, hands):
        await hands.click("SettingsList", offset=(4, 2))
        assert layer.form.row.label == "dropout"
        await hands.click("SettingsList", offset=(4, 0), times=2)
        assert isinstance(app.screen, PromptDialog)

    open_dialog(lambda: layer, story)


def test_the_output_has_its_loss(open_dialog, session):
    dialog = OutputDialog(session, lambda: None)

    async def story(app, hands):
        assert [row.key for row in dialog.form.rows][:2] == ["output.loss", "output.activation"]
        await hands.press("down", "right")
        assert session.experiment.output.activation is not None

    open_dialog(lambda: dialog, story)


def test_without_colours_the_cursor_is_still_seen(open_dialog, layer, monkeypatch):
    async def story(app, hands):
        assert layer.list.ink is PLAIN_INK
        (first, second) = (list(layer.list.render_line(row)) for row in (0, 1))
        assert all(segment.style.reverse for segment in first)
        assert not any(segment.style.reverse for segment in second)

    monkeypatch.setenv("NO_COLOR", "1")
    open_dialog(lambda: layer, story)
