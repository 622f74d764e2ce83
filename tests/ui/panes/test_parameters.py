from driven_app import experiment_of

from nntui.training.messages import Apply
from nntui.ui.dialogs.choice import ChoiceDialog
from nntui.ui.dialogs.file_prompt import FilePrompt
from nntui.ui.dialogs.prompt import PromptDialog
from nntui.ui.glossary import entry_for_key

RATE = "optimizer.learning_rate"


def form(app):
    return app.app.playground.parameters_pane.form


async def go_to(app, key):
    place = [row.key for row in form(app).rows].index(key)
    await app.press("2", *["up"] * form(app).cursor, *["down"] * place)


def test_an_edit_is_labelled_for_the_history(in_app):
    async def story(app):
        await go_to(app, RATE)
        await app.press("right")
        (apply,) = [command for command in app.trainer.commands if isinstance(command, Apply)]
        assert apply.label == "learning rate 0.03"

    in_app(story)


def test_what_rebuilds_says_so_before_the_first_press(in_app):
    async def story(app):
        await go_to(app, "data.samples")
        assert "↻ begins the run anew · points to make" in app.says("parameters")
        assert "↻points" in app.says("parameters")
        await go_to(app, RATE)
        assert "begins the run anew" not in app.says("parameters")

    in_app(story)


def test_a_bad_value_is_refused_where_it_was_typed(in_app):
    async def story(app):
        await go_to(app, RATE)
        await app.press("enter")
        await app.type("fast")
        assert isinstance(app.app.screen, PromptDialog)
        assert "optimizer.learning_rate" in app.text
        assert app.experiment.optimizer.learning_rate == 0.01
        # The text is selected: typing replaces it.
        await app.press(*"0.2", "enter")
        assert app.app.screen is app.app.playground
        assert app.experiment.optimizer.learning_rate == 0.2

    in_app(story)


def test_what_only_the_trainer_can_refuse_is_told_in_the_dialog_too(in_app):
    async def story(app):
        await go_to(app, "data.source")
        await app.press("enter")
        assert isinstance(app.app.screen, ChoiceDialog)
        await app.type("csv", instead=False)
        assert isinstance(app.app.screen, FilePrompt)
        await app.type("missing.csv", instead=False)
        assert isinstance(app.app.screen, FilePrompt)
        assert "missing.csv" in app.text
        assert "checking" not in app.text
        assert app.experiment.data.source == "spiral"
        await app.press("escape")
        assert app.app.screen is app.app.playground

    in_app(story)


def test_a_file_of_ones_own_can_be_chosen_and_stepped_back_to(in_app, tmp_path):
    rows = "\n".join(f"{n},{n % 7},{'yes' if n % 2 else 'no'}" for n in range(40))
    (tmp_path / "mine.csv").write_text(f"height,width,label\n{rows}\n", encoding="utf-8")

    async def story(app):
        await go_to(app, "data.source")
        await app.press("enter")
        await app.type("csv", instead=False)
        await app.press("down", "enter")
        assert app.app.screen is app.app.playground
        assert app.experiment.data.source == "mine.csv"
        assert "data.label" in [row.key for row in form(app).rows]
        await app.press("left", "right")
        assert app.experiment.data.source == "mine.csv"

    in_app(story)


def test_a_step_that_makes_no_sense_is_told_below(in_app):
    async def story(app):
        await go_to(app, "optimizer.momentum")
        await app.press(*["left"] * 12)
        assert app.experiment.optimizer.momentum > 0
        assert "nesterov" in app.says("notice")

    in_app(
        story, experiment_of("optimizer=sgd", "optimizer.momentum=0.9", "optimizer.nesterov=true")
    )


def test_a_step_beyond_the_end_is_told_below(in_app):
    async def story(app):
        await go_to(app, "regularization.l2")
        await app.press("left")
        assert "no further step for L2" in app.says("notice")
        await app.press("right")
        assert app.says("notice") == ""
        assert app.experiment.regularization.l2 > 0

    in_app(story)


def test_the_cursor_stays_at_its_setting(in_app):
    async def story(app):
        await go_to(app, "optimizer")
        counts = set()
        for _ in range(4):
            await app.press("right")
            assert form(app).row.key == "optimizer"
            counts.add(len(form(app).rows))
        # Rows came and went meanwhile.
        assert len(counts) > 1

    in_app(story)


def test_the_mouse_chooses_and_opens(in_app):
    async def story(app):
        lines = app.says("parameters").splitlines()
        row = next(number for number, line in enumerate(lines) if "learning rate" in line)
        column = lines[row].index("learning rate")
        await app.pilot.click("#parameters", offset=(column, row))
        assert form(app).row.key == RATE
        await app.pilot.click("#parameters", offset=(column, row), times=2)
        await app.settle()
        assert isinstance(app.app.screen, PromptDialog)

    in_app(story)


def test_every_setting_can_be_reached_on_a_small_screen(in_app):
    async def story(app):
        await app.press("2")
        for _ in form(app).rows:
            assert form(app).row.label in app.says("parameters")
            await app.press("down")
        assert form(app).cursor == len(form(app).rows) - 1

    in_app(story, size=(40, 12))


def test_text_from_the_user_is_made_printable(in_app):
    async def story(app):
        assert "\\x1b[31m" in app.says("parameters")
        assert "\x1b" not in app.says("parameters")
        await go_to(app, "data.label")
        await app.press("enter")
        assert "\x1b" not in app.text

    async def unread(app):
        odd = experiment_of("data.source=a.csv", 'data.label="[b]\\u001b[31m"')
        app.session._edited.experiment = odd
        app.app.playground.parameters_pane.show()
        await story(app)

    in_app(unread, size=(160, 50))


def test_a_setting_is_explained_with_its_default_and_range(in_app):
    async def story(app):
        await go_to(app, "training.batch_size")
        await app.press("i")
        first = app.app.screen.topic
        assert first.name == "batch size"
        assert first.paragraphs[0] == entry_for_key("training.batch_size").text
        assert "default 32" in first.paragraphs[1]
        await app.press("i")
        # What has been chosen has an explanation of its own, right behind.
        await go_to(app, "optimizer.schedule")
        await app.press("right", "i", "down")
        assert app.app.screen.topic.name == "inverse time schedule"

    in_app(story)
