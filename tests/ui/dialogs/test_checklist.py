from nntui.ui.dialogs.checklist import ChecklistDialog

OPTIONS = [("x1", "x1"), ("x2", "x2"), ("x1^2", "x1²")]


def test_space_checks_and_enter_hands_in_the_order_of_the_list(open_dialog):
    taken = []

    async def story(app, hands):
        assert "[x] x2" in app.text
        assert "[ ] x1²" in app.text
        await hands.press("space", "down", "space", "down", "space")
        assert "[x] x1" in app.text
        assert "[ ] x2" in app.text
        await hands.press("enter")
        assert taken == [("x1", "x1^2")]
        assert not app.is_open

    def submit(values, told):
        taken.append(values)
        told("")

    open_dialog(lambda: ChecklistDialog("features", "inputs", OPTIONS, ["x2"], submit), story)


def test_a_refused_choice_stays_with_its_reason(open_dialog):
    async def story(app, hands):
        await hands.press("space", "enter")
        assert "at least one" in app.text
        await hands.press("space")
        assert "at least one" not in app.text

    def submit(values, told):
        told("" if values else "expected at least one")

    open_dialog(lambda: ChecklistDialog("features", "inputs", OPTIONS, ["x1"], submit), story)


def test_the_mouse_checks(open_dialog):
    async def story(app, hands):
        await hands.click("OptionList", offset=(1, 2))
        assert "[x] x1²" in app.text
        assert app.is_open

    open_dialog(lambda: ChecklistDialog("features", "", OPTIONS, [], lambda *_: None), story)


def test_all_of_a_long_list_can_be_reached_on_a_small_screen(open_dialog):
    names = [(f"column {number}", f"[i]column {number}") for number in range(20)]

    async def story(app, hands):
        for _, name in names:
            assert name in app.text
            await hands.press("down")

    def make():
        return ChecklistDialog("features", "inputs " * 9, names, [], lambda *_: None)

    open_dialog(make, story, (40, 12))
