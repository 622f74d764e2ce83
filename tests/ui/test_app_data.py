"""All kinds of data: the app shows each in its own way, and no name in them can do any harm."""

import random
import re

import pytest
from driven_app import experiment_of
from rich.cells import cell_len

from nntui.experiment.experiment import Experiment
from nntui.training.snapshot import ClassField, CurveField, ValueField
from nntui.ui.dialogs.choice import ChoiceDialog
from nntui.ui.layout import LAYERS, LOSS, PARAMETERS, REGIONS

EVERYTHING = ("4", "left", "m", "t", "c", "3", "left", "A", "l", "f", "1", "enter", "escape")
"""Keys that bring everything to the screen that depends on the data."""


async def walk_through(app):
    await app.press("e")
    for columns, rows in ((120, 40), (40, 12)):
        await app.resize(columns, rows)
        for key in (*EVERYTHING, "2", "enter", "escape"):
            await app.press(key)
            assert {cell_len(line) for line in app.lines} == {columns}
    await app.resize(120, 40)


def test_a_regression_over_a_plane(in_app):
    async def story(app):
        assert isinstance(app.snapshot.field, ValueField)
        before = app.looks(REGIONS)
        for _ in range(3):
            await app.press("e")
        assert app.looks(REGIONS) != before
        await app.press("A")
        assert "3 R²" in app.says(LOSS)
        assert f"test R² {app.snapshot.evaluation.test_r2:.3g}" in app.says(REGIONS)
        await app.press("left")
        (value,) = app.snapshot.reading.outputs
        assert f"{app.session.scene.target_name} {value:.3g}" in app.says(REGIONS)
        assert "regression" in app.says("header")
        await walk_through(app)

    in_app(story, experiment_of("data.source=plane"))


def test_a_curve_over_one_input(in_app):
    async def story(app):
        field = app.snapshot.field
        assert isinstance(field, CurveField)
        assert field.curves.shape == (1, field.request.columns)
        before = app.looks(REGIONS)
        await app.press("e")
        assert app.looks(REGIONS) != before
        await app.press("left", "left")
        reading = app.snapshot.reading
        assert f"x1 {reading.x:.3g}" in app.says(REGIONS)
        await walk_through(app)

    in_app(story, experiment_of("data.source=sine"))


def test_two_classes(in_app):
    async def story(app):
        assert isinstance(app.snapshot.field, ClassField)
        assert set(app.snapshot.field.winners.flat) <= {0, 1}
        assert "■" not in app.says(REGIONS)
        await app.press("left")
        assert len(app.snapshot.reading.outputs) == 2
        assert sum(app.snapshot.reading.outputs) == pytest.approx(1)
        await walk_through(app)

    in_app(story, experiment_of("data.source=circle"))


def test_two_classes_with_a_single_output(in_app):
    async def story(app):
        assert app.snapshot.units == (2, 32, 32, 1)
        await app.press("left")
        assert sum(app.snapshot.reading.outputs) == pytest.approx(1)
        await walk_through(app)

    in_app(story, experiment_of("data.source=moons", "output.activation=sigmoid"))


def test_ten_classes_of_sixty_four_inputs(in_app):
    async def story(app):
        assert app.session.scene.plane.kind == "components"
        assert "principal component" in app.says(REGIONS)
        assert app.snapshot.units == (64, 32, 32, 10)
        await app.press("x")
        assert isinstance(app.app.screen, ChoiceDialog)
        await app.press("escape", "left")
        outputs = app.snapshot.reading.outputs
        assert len(outputs) == 10
        assert sum(outputs) == pytest.approx(1)
        # The most probable stands first in what is read.
        best = app.session.scene.class_names[outputs.index(max(outputs))]
        assert re.search(rf"\S {best} {100 * max(outputs):.1f} %", app.says(REGIONS))

    in_app(story, experiment_of("data.source=digits"))


def test_a_choice_of_data_in_the_app_is_shown_at_once(in_app):
    async def story(app):
        await app.press("e", "2", "enter")
        await app.type("penguins", instead=False)
        assert app.experiment.data.source == "penguins"
        assert "penguins" in app.says("header")
        assert len(app.session.scene.input_names) == 4
        assert app.snapshot.steps == 0
        await app.press("u")
        assert app.experiment == Experiment()
        assert "spiral" in app.says("header")
        assert app.snapshot.steps == 8

    in_app(story)


NASTY = (
    "[red]markup[/red]",
    "[/]",
    "幅の広い名前",
    "e\u0301a\u200b\u202eright to left",
    "long " * 60,
    "tab\tand more",
)


@pytest.fixture
def nasty_file(tmp_path):
    """A CSV file whose columns and classes have names that could do harm on a screen."""
    generator = random.Random(5)
    rows = [",".join([*(f'"{name}"' for name in NASTY), '"[bold]kind"'])]
    for number in range(60):
        values = [f"{generator.gauss(number % 3, 1):.3f}" for _ in NASTY]
        rows.append(",".join([*values, f'"{NASTY[number % 4]}"']))
    path = tmp_path / "幅 [b]nasty[b].csv"
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    return path


def test_names_that_could_do_harm_are_shown_harmlessly(in_app, nasty_file):
    async def story(app):
        await walk_through(app)
        for keys in (("x",), ("2", "enter"), ("2", *["down"] * 4, "enter"), ("2", "i"), ("w",)):
            await app.press(*keys)
            assert app.app.screen is not app.app.playground
            see_no_harm(app)
            await app.press("escape")
        await app.press("x", "down", "down", "enter", "left", "1", "0")
        see_no_harm(app)
        assert "markup" in app.says(REGIONS) + app.says(LAYERS) + app.says(PARAMETERS)

    def see_no_harm(app):
        assert {cell_len(line) for line in app.lines} == {120}
        assert not re.search(r"[\x00-\x1f\x7f-\x9f\u202e]", "".join(app.lines))
        assert "\x1b" not in app.app.export_screenshot()

    in_app(story, experiment_of(f"data.source={nasty_file.name}"))


def test_a_file_with_escape_sequences_is_refused_without_passing_them_on(in_app, tmp_path):
    (tmp_path / "evil.csv").write_text("a,b,\x1b[31mkind\n1,2,x\n3,4,y\n")

    async def story(app):
        await app.press("2", "enter")
        await app.type("file", instead=False)
        await app.type("evil.csv")
        assert "control character" in app.text
        assert "\x1b" not in app.text
        assert app.experiment == Experiment()

    in_app(story)


def test_warnings_about_the_data_are_shown(in_app, tmp_path):
    rows = ["height,width,kind"]
    rows += [f"{number % 7},{number % 5},{'ab'[number % 2]}" for number in range(40)]
    rows.insert(5, "3,,a")
    (tmp_path / "gap.csv").write_text("\n".join(rows) + "\n")

    async def story(app):
        assert app.trainer.started.warnings
        assert "gap.csv" in app.says("notice") or "row" in app.says("notice")

    in_app(story, experiment_of("data.source=gap.csv"))
