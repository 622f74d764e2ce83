"""One key explains what stands on a pane, wherever the keyboard is."""

import pytest

from nntui.ui.dialogs.terms import TermsDialog
from nntui.ui.glossary import glossary
from nntui.ui.layout import NUMBERS


@pytest.mark.parametrize("size", [(120, 40), (80, 24), (40, 12)])
def test_every_pane_explains_its_terms(in_app, size):
    async def story(app):
        for pane, number in NUMBERS.items():
            await app.press(str(number), "i")
            dialog = app.app.screen
            assert isinstance(dialog, TermsDialog), pane
            assert dialog.topic is not None, pane
            beginning = " ".join(dialog.topic.paragraphs[0].split()[:3])
            assert beginning in app.text, pane
            await app.press("i")
            assert app.app.screen is app.app.playground

    in_app(story, size=size)


def test_the_terms_follow_the_cursor(in_app):
    async def story(app):
        first = []
        await app.press("1")
        for _ in range(3):
            await app.press("i")
            first.append(app.app.screen.topic.name)
            await app.press("escape", "down")
        assert first == ["ReLU", "ReLU", "softmax"]
        await app.press("up", "up", "up", "up", "i")
        assert app.app.screen.topic.name == "features"
        await app.press("i", "4", "i")
        assert app.app.screen.topic.name == "decision region"
        await app.press("i", "left", "i")
        assert app.app.screen.topic.name == "crosshair"
        await app.press("i", "3", "A", "i")
        assert app.app.screen.topic.name == "accuracy"

    in_app(story)


def test_the_keyboard_comes_back_to_the_pane(in_app):
    async def story(app):
        await app.press("1", "i", *"momentum")
        assert app.app.screen.topic.paragraphs == (glossary()["momentum"].text,)
        await app.press("enter")
        assert app.focused == "layers"
        await app.press("e")
        assert app.snapshot.epochs == 1

    in_app(story)
