from nntui.ui.dialogs.help import HelpScreen


def test_it_begins_with_the_keys_of_the_pane(open_dialog):
    async def story(app, hands):
        assert "Layers pane" in app.lines[2]
        await hands.press("escape")
        assert not app.is_open

    open_dialog(lambda: HelpScreen("layers"), story)


def test_everything_can_be_scrolled_to(open_dialog):
    async def story(app, hands):
        last = app.dialog.lines[-1].text
        for _ in range(200):
            if last in app.text:
                break
            await hands.press("pagedown")
        assert last in app.text
        first = app.dialog.lines[0].text
        assert first not in app.text
        await hands.press("ctrl+home")
        assert first in app.text

    open_dialog(lambda: HelpScreen("layers"), story, (40, 12))


def test_typing_finds_a_term(open_dialog):
    async def story(app, hands):
        await hands.type("/dropout")
        assert "Glossary" in app.text
        assert "Train on, or pause." not in app.text

    open_dialog(lambda: HelpScreen("layers"), story)


def test_it_opens_at_a_term(open_dialog):
    async def story(app, hands):
        await hands.settle()
        assert app.lines[2].strip("│ ") == "learning rate"

    open_dialog(lambda: HelpScreen("layers", "learning rate"), story)


def test_it_follows_the_size_of_the_screen(open_dialog):
    async def story(app, hands):
        before = len(app.dialog.lines)
        await hands.resize(40, 12)
        assert len(app.dialog.lines) > before
        assert all(len(line) == 40 for line in app.lines)

    open_dialog(lambda: HelpScreen("layers"), story, (120, 40))
