import pytest
from textual import events

from nntui.ui.dialogs.choice import ChoiceDialog, matching

OPTIONS = [
    ("adam", "adam", "a step of its own for each weight"),
    ("adamw", "adamw", "adam with weight decay"),
    (None, "auto", "what follows"),
    ("sgd", "sgd", "the plain one"),
]


def test_what_begins_so_comes_before_what_only_holds_it():
    assert [name for _, name, _ in matching(OPTIONS, "A")] == ["adam", "adamw", "auto"]
    assert [name for _, name, _ in matching(OPTIONS, "w")] == ["adamw"]
    assert matching(OPTIONS, "zzz") == []


def test_it_begins_at_what_is_chosen_now(open_dialog):
    async def story(app, hands):
        assert "● adamw" in app.text
        await hands.press("enter")
        assert app.result == "adamw"

    open_dialog(lambda: ChoiceDialog("optimizer", OPTIONS, "adamw"), story)


def test_arrows_choose_and_none_can_be_chosen(open_dialog):
    taken = []

    async def story(app, hands):
        await hands.press("down", "down")
        assert "what follows" in app.text
        await hands.press("enter")
        assert taken == [None]
        assert not app.is_open

    def submit(value, told):
        taken.append(value)
        told("")

    open_dialog(lambda: ChoiceDialog("optimizer", OPTIONS, "adam", submit), story)


def test_typing_finds(open_dialog):
    async def story(app, hands):
        await hands.type("sg")
        assert "adamw" not in app.text
        await hands.press("enter")
        assert app.result == "sgd"

    open_dialog(lambda: ChoiceDialog("optimizer", OPTIONS, "adam"), story)


def test_nothing_that_matches_is_chosen_by_nobody(open_dialog):
    async def story(app, hands):
        await hands.type("zz")
        await hands.press("enter")
        assert app.is_open
        assert "Nothing matches" in app.text
        await hands.press("escape")
        assert app.result is None

    open_dialog(lambda: ChoiceDialog("optimizer", OPTIONS, "adam"), story)


def test_a_refused_choice_stays_with_its_reason(open_dialog):
    async def story(app, hands):
        await hands.press("enter")
        assert app.is_open
        assert "it does not fit" in app.text

    def submit(_, told):
        told("it does not fit")

    open_dialog(lambda: ChoiceDialog("optimizer", OPTIONS, "adam", submit), story, (40, 12))


def test_all_of_a_long_list_can_be_reached_on_a_small_screen(open_dialog):
    names = [(f"[b]set {number}", f"[b]set {number}", "about") for number in range(30)]

    async def story(app, hands):
        for _, name, _ in names:
            assert name in app.text
            await hands.press("down")
        await hands.press("up", "enter")

    open_dialog(lambda: ChoiceDialog("data", names, None), story, (40, 12))


def test_the_mouse_chooses(open_dialog):
    async def story(app, hands):
        await hands.click("OptionList", offset=(3, 3))
        assert app.result == "sgd"

    open_dialog(lambda: ChoiceDialog("optimizer", OPTIONS, "adam"), story)


@pytest.mark.parametrize("key", ["pagedown", "pageup"])
@pytest.mark.parametrize("quick", [("backspace", "backspace"), ("escape",), ()])
def test_a_page_further_however_quickly(open_dialog, quick, key):
    async def story(app, hands):
        await hands.type("zz")
        for name in (*quick, key):
            app.post_message(events.Key(name, None))
        await hands.settle()
        await hands.press("down", "up")

    open_dialog(lambda: ChoiceDialog("optimizer", OPTIONS, "adam"), story)
