import pytest

from nntui.ui.dialogs.message import MessageDialog


@pytest.mark.parametrize("key", ["escape", "enter", "space", "q"])
def test_a_key_closes_it(open_dialog, key):
    async def story(app, hands):
        assert "[b]first" in app.text
        assert "second" in app.text
        await hands.press(key)
        assert not app.is_open

    open_dialog(lambda: MessageDialog("title", ["[b]first", "second\x1b[31m"]), story)


def test_a_long_text_scrolls(open_dialog):
    words = [f"word{number}" for number in range(60)]

    async def story(app, hands):
        assert "word59" not in app.text
        await hands.press("end")
        assert "word59" in app.text

    open_dialog(lambda: MessageDialog("title", [" ".join(words)]), story, (40, 12))
