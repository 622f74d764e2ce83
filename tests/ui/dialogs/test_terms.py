import pytest

from nntui.ui.dialogs.terms import TermsDialog
from nntui.ui.glossary import LONGEST_TEXT, glossary
from nntui.ui.terms import Topic, topics_of

TERMS = ["ReLU", "dead neuron", "learning rate", "epoch"]
SIZES = [(120, 40), (80, 24), (60, 20), (40, 12)]


def dialog(terms=TERMS):
    return TermsDialog("Layers", topics_of(terms))


def beginning(term):
    return " ".join(glossary()[term].text.split()[:3])


@pytest.mark.parametrize("size", SIZES)
def test_the_first_term_is_explained_and_arrows_go_on(open_dialog, size):
    async def story(app, hands):
        for term in TERMS:
            assert term in app.text
            assert beginning(term) in app.text
            await hands.press("down")
        # After the last comes the first again.
        assert beginning(TERMS[0]) in app.text
        await hands.press("down", "down", "up")
        assert beginning(TERMS[1]) in app.text

    open_dialog(dialog, story, size)


@pytest.mark.parametrize("key", ["escape", "enter", "i"])
def test_a_key_closes_it(open_dialog, key):
    async def story(app, hands):
        await hands.press("down", key)
        assert not app.is_open

    open_dialog(dialog, story)


def test_typing_finds_any_term(open_dialog):
    async def story(app, hands):
        await hands.type("epoch")
        assert app.dialog.topic.name == "epoch"
        # One that does not stand on the pane, with an i in it.
        await hands.press(*["backspace"] * 5, *"principal")
        assert app.is_open
        assert app.dialog.topic.name == "principal component"
        assert beginning("principal component") in app.text
        await hands.press(*["backspace"] * 9)
        assert app.dialog.topic.name == TERMS[0]
        await hands.press("i")
        assert not app.is_open

    open_dialog(dialog, story)


def test_those_of_the_pane_come_before_others(open_dialog):
    async def story(app, hands):
        await hands.type("r")
        assert app.dialog.topic.name == "ReLU"

    open_dialog(dialog, story)


def test_what_is_called_so_comes_before_what_only_mentions_it(open_dialog):
    async def story(app, hands):
        await hands.type("xavier")
        assert app.dialog.topic.name == "Glorot normal"
        await hands.press(*["backspace"] * 6, *"zzz")
        assert "Nothing matches" in app.text
        assert app.dialog.topic is None
        await hands.press("down", "pagedown", "enter")
        assert not app.is_open

    open_dialog(dialog, story)


@pytest.mark.parametrize("size", SIZES)
def test_nothing_is_cut_however_long(open_dialog, size):
    words = " ".join(f"word{number}" for number in range(LONGEST_TEXT // 7))
    hint = Topic("[b]first", (words, "a hint\x1b[31m with its endmark"))
    topics = [hint, *topics_of(list(glossary())[:40])]

    async def story(app, hands):
        assert "[b]first" in app.text
        assert "\x1b" not in app.text
        seen = app.text
        for _ in range(10):
            await hands.press("pagedown")
            seen += app.text
        assert "word0" in seen
        assert "endmark" in seen

    open_dialog(lambda: TermsDialog("title", topics), story, size)


@pytest.mark.parametrize("size", SIZES)
def test_every_term_of_a_long_list_is_reached(open_dialog, size):
    terms = list(glossary())[:40]

    async def story(app, hands):
        for term in terms:
            assert app.dialog.topic.name == term
            assert term in app.text
            await hands.press("down")

    open_dialog(lambda: dialog(terms), story, size)


def test_it_keeps_its_size_from_term_to_term(open_dialog):
    async def story(app, hands):
        places = set()
        for _ in TERMS:
            places.add(app.dialog.query_one("#frame").region)
            await hands.press("down")
        await hands.type("zzz")
        places.add(app.dialog.query_one("#frame").region)
        assert len(places) == 1

    open_dialog(dialog, story)


def test_it_follows_the_size_of_the_screen(open_dialog):
    async def story(app, hands):
        await hands.resize(40, 12)
        assert beginning("ReLU") in app.text
        await hands.resize(120, 40)
        assert beginning("ReLU") in app.text

    open_dialog(dialog, story)


def test_a_click_explains_a_term(open_dialog):
    async def story(app, hands):
        await hands.click("OptionList", offset=(3, 2))
        assert app.is_open
        assert app.dialog.topic.name == TERMS[2]
        assert beginning(TERMS[2]) in app.text

    open_dialog(dialog, story)
