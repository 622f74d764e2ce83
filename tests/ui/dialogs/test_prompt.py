import pytest

from nntui.ui.dialogs.prompt import PromptDialog


class Asked:
    """Takes what is submitted, and answers when it is told to."""

    def __init__(self, *reasons):
        self.reasons = list(reasons)
        self.texts = []
        self.told = []

    def __call__(self, text, told):
        self.texts.append(text)
        self.told.append(told)
        if self.reasons:
            told(self.reasons.pop(0))


def test_what_is_taken_closes_the_dialog(open_dialog):
    asked = Asked("")

    async def story(app, hands):
        assert "how fast" in app.text
        await hands.type("0.5")
        await hands.press("enter")
        assert asked.texts == ["0.5"]
        assert not app.is_open

    open_dialog(lambda: PromptDialog("rate", "how fast", "0.01", asked), story)


def test_what_is_refused_stays_with_its_reason_and_can_be_typed_over(open_dialog):
    asked = Asked("expected a number", "")

    async def story(app, hands):
        await hands.press("x", "enter")
        assert app.is_open
        assert "expected a number" in app.text
        await hands.press("7")
        assert "expected a number" not in app.text
        await hands.press("enter")
        assert asked.texts == ["x", "7"]
        assert not app.is_open

    open_dialog(lambda: PromptDialog("rate", "", "0.01", asked), story)


def test_an_answer_that_takes_time_is_waited_for(open_dialog):
    asked = Asked()

    async def story(app, hands):
        await hands.press("enter")
        assert "checking" in app.text
        asked.told[0]("no such file")
        await hands.settle()
        assert "no such file" in app.text
        await hands.press("enter")
        # The answer to the first attempt is no answer to the second.
        asked.told[0]("")
        await hands.settle()
        assert app.is_open
        asked.told[1]("")
        await hands.settle()
        assert not app.is_open

    open_dialog(lambda: PromptDialog("file", "", "a.csv", asked), story)


def test_esc_changes_nothing(open_dialog):
    asked = Asked()

    async def story(app, hands):
        await hands.press("9", "escape")
        assert not app.is_open
        assert asked.texts == []

    open_dialog(lambda: PromptDialog("rate", "", "1", asked), story)


def test_a_refusal_after_the_dialog_was_closed_is_told_elsewhere(open_dialog):
    asked, late = Asked(), []

    async def story(app, hands):
        await hands.press("enter", "escape")
        asked.told[0]("no such file")
        assert late == ["no such file"]

    open_dialog(lambda: PromptDialog("file", "", "a.csv", asked, late.append), story)


@pytest.mark.parametrize("size", [(40, 12), (120, 40)])
def test_everything_is_seen_and_nothing_acts_on_the_terminal(open_dialog, size):
    asked = Asked("[bold]found \x1b[31m, expected a number[/bold]")

    async def story(app, hands):
        await hands.press("enter")
        assert "[red]hint[/red]" in app.text
        assert "[i]rate" in app.text
        assert "[bold]found \\x1b[31m," in app.text
        assert "\x1b" not in app.text
        assert "esc cancel" in app.text

    open_dialog(lambda: PromptDialog("[i]rate", "[red]hint[/red]", "1", asked), story, size)


def test_without_colours_it_is_readable(open_dialog, monkeypatch):
    async def story(app, hands):
        await hands.press("enter")
        assert app.no_color
        assert "hint" in app.text
        assert "expected a number" in app.text

    monkeypatch.setenv("NO_COLOR", "1")
    open_dialog(lambda: PromptDialog("rate", "hint", "1", Asked("expected a number")), story)
