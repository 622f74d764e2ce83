from driven_app import experiment_of

from nntui.training.messages import Apply
from nntui.ui.dialogs.checklist import ChecklistDialog
from nntui.ui.dialogs.settings import LayerDialog, OutputDialog

TWO = experiment_of("layers=[8, 4]")


def pane(app):
    return app.app.playground.layers_pane


def units(app):
    return [layer.units for layer in app.experiment.layers]


def labels(app):
    return [command.label for command in app.trainer.commands if isinstance(command, Apply)]


def test_edits_are_labelled_for_the_history(in_app):
    async def story(app):
        await app.press("1", "plus", "a", "J", "d")
        assert labels(app) == [
            f"layer 1: {units(app)[0]} units",
            "add layer 2",
            "move layer 2",
            "remove layer 3",
        ]

    in_app(story, TWO)


def test_what_begins_anew_is_said_before_the_first_press(in_app):
    async def story(app):
        assert "↻" not in app.says("layers")
        assert "75 parameters" in app.says("layers")
        await app.press("1")
        assert "↻ a d + - begin anew" in app.says("layers")

    in_app(story, TWO)


def test_the_figures_are_live(in_app):
    async def story(app):
        await app.press("1", "e")
        before = app.says("layers")
        norm = app.session.layers[0].gradient_norm
        assert f"{norm:.3g}" in before
        await app.press("e")
        assert app.says("layers") != before

    in_app(story, TWO)


def test_the_input_opens_the_features(in_app):
    async def story(app):
        await app.press("1", "up", "enter")
        assert isinstance(app.app.screen, ChecklistDialog)
        await app.press("down", "down", "space", "enter")
        assert app.experiment.data.features == ("x1", "x2", "x1^2")
        assert "3 x1 x2 x1²" in app.says("layers")

    in_app(story, TWO)


def test_the_output_opens_its_settings_and_the_loss(in_app):
    async def story(app):
        await app.press("1", "down", "down", "enter")
        assert isinstance(app.app.screen, OutputDialog)
        assert "loss" in app.text
        assert "categorical_crossentropy" in app.text

    in_app(story, TWO)


def test_the_input_and_the_output_say_what_they_follow_from(in_app):
    async def story(app):
        await app.press("1", "up", "plus")
        assert "input follows from the features" in app.says("notice")
        await app.press("down", "down", "down", "K")
        assert "Only hidden layers can be moved" in app.says("notice")
        assert units(app) == [8, 4]

    in_app(story, TWO)


def test_an_edit_that_makes_no_sense_is_refused_with_its_reason(in_app):
    async def story(app):
        await app.press("1", "a")
        assert units(app) == []
        assert "single layer" in app.says("notice")
        await app.press("up")
        await app.press("a")
        assert units(app) == []

    in_app(story, experiment_of("layers=[]", "optimizer=perceptron"))


def test_the_cursor_follows_undo(in_app):
    async def story(app):
        await app.press("1", "d", "down")
        assert pane(app).cursor == 2
        await app.press("d", "up", "d")
        assert (units(app), pane(app).cursor) == ([], 1)
        await app.press("u", "u")
        assert units(app) == [8, 4]
        await app.press("down", "down")
        assert pane(app).cursor == 3

    in_app(story, TWO)


def test_all_of_many_layers_can_be_reached(in_app):
    async def story(app):
        await app.press("1", *["up"] * 2)
        for place in range(13):
            name = ["input", *(f"layer {n}" for n in range(1, 10)), "layer10", "layer11", "output"]
            assert name[place] in app.says("layers")
            assert pane(app).cursor == place
            await app.press("down")
        assert pane(app).cursor == 12

    in_app(story, experiment_of("layers=[2,2,2,2,2,2,2,2,2,2,2]"), size=(80, 24))


def test_the_mouse_chooses_and_opens(in_app):
    async def story(app):
        lines = app.says("layers").splitlines()
        row = next(number for number, line in enumerate(lines) if "layer 2" in line)
        await app.pilot.click("#layers", offset=(4, row))
        assert pane(app).cursor == 2
        await app.pilot.click("#layers", offset=(4, row), times=2)
        await app.settle()
        assert isinstance(app.app.screen, LayerDialog)
        assert "Layer 2" in app.text

    in_app(story, TWO)


def test_a_click_beside_the_rows_changes_nothing(in_app):
    async def story(app):
        await app.pilot.click("#layers", offset=(4, 0))
        await app.pilot.click("#layers", offset=(4, 8))
        assert pane(app).cursor == 1

    in_app(story, TWO)


def test_dead_units_are_told_in_the_colour_of_warnings(in_app):
    async def story(app):
        await app.press("e")
        assert app.session.layers[0].dead == 1.0
        await app.press("1", "down")
        line = next(line for line in app.looks("layers") if "layer 1" in line[1].text)
        (relu,) = [segment for segment in line if segment.text.startswith("relu")]
        red, green, blue = relu.style.color.triplet
        assert red << 16 | green << 8 | blue == pane(app).ink.warning.foreground

    # Weights of zero: every sum is 0, and so is every unit.
    in_app(story, experiment_of("layers=[8, 4]", "layers.0.initializer=zeros"))
