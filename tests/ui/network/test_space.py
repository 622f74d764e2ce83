"""The pane of a layer's own space."""

from dataclasses import replace

import numpy as np
import pytest
from driven_app import experiment_of

from nntui.anatomy.values import SpaceAxes
from nntui.charts.axes import Area
from nntui.charts.space import space_axes
from nntui.ui.layout import SPACE
from nntui.ui.network.space_choices import choices, turned
from nntui.ui.network.space_words import caption_fits, note_lines


@pytest.mark.parametrize("units", [2, 3, 5])
@pytest.mark.parametrize("steps", [(1, 0), (-1, 0), (0, 1), (0, -1)])
def test_the_keys_go_through_all_neurons_and_never_show_one_twice(units, steps):
    axes = turned(SpaceAxes("output"), steps, units)
    assert axes == SpaceAxes("units", 0, 1)
    seen = set()
    for _ in range(2 * units):
        axes = turned(axes, steps, units)
        assert axes.first != axes.second
        seen.add(axes.first if steps[0] else axes.second)
    assert len(seen) == units - 1


def test_a_single_neuron_has_no_second():
    assert turned(SpaceAxes("output"), (1, 0), 1) == SpaceAxes("units", 0, 0)


def test_there_are_three_ways_to_look():
    assert [value for value, _, _ in choices()] == ["output", "components", "units"]
    assert all(about.endswith(".") for _, _, about in choices())


def test_it_asks_for_the_pixels_that_it_draws(in_app):
    async def story(app):
        for size in ((120, 40), (80, 24), (60, 20)):
            await app.resize(*size)
            await app.press("8", "s")
            request = app.trainer.requests[-1].anatomy.space
            space = app.snapshot.anatomy.space
            rows, columns = app.part(SPACE).inner_size
            # The words below take some lines; the picture has two pixels in each cell above.
            fitting = [
                axes
                for axes in (
                    space_axes(columns, rows - words, Area(*space.area), "x", "y")
                    for words in range(5)
                )
                if (axes.pixel_rows, axes.pixel_columns) == (request.rows, request.columns)
            ]
            assert fitting
            assert space.winners.shape == (request.rows, request.columns)

    in_app(story, experiment_of("layers=[8, 8]"))


def test_a_trained_network_has_its_points_in_the_regions_of_their_classes(in_app):
    async def story(app):
        await app.press("8")
        before = app.says(SPACE)
        await app.press(*["e"] * 10)
        says = app.says(SPACE)
        assert says != before
        assert "horizontal axis alone" in says
        space, scene = app.snapshot.anatomy.space, app.session.scene
        x_low, x_high, y_low, y_high = space.area
        rows, columns = space.winners.shape
        across = ((space.x - x_low) / (x_high - x_low) * columns).astype(int)
        down = ((y_high - space.y) / (y_high - y_low) * rows).astype(int)
        inside = (across >= 0) & (across < columns) & (down >= 0) & (down < rows)
        won = space.winners[down[inside], across[inside]]
        right = float(np.mean(won == scene.targets[inside]))
        found = app.snapshot.evaluation
        assert right == pytest.approx(found.train_accuracy, abs=0.08)

    in_app(story, experiment_of("data.source=two_gaussians", "layers=[8]"))


def test_no_hidden_layer_leaves_the_space_of_the_inputs(in_app):
    async def story(app):
        await app.press("8")
        assert "Space of the inputs" in app.says(SPACE)
        assert "straight borders" in app.says(SPACE)
        await app.press("left", "right_square_bracket")
        assert "→ x1   ↑ x2" in app.says(SPACE)
        assert "Space of the inputs" in app.says(SPACE)

    in_app(story, experiment_of("layers=[]"))


def test_a_regression_shows_its_values(in_app):
    async def story(app):
        await app.press("8", "s")
        assert app.part(SPACE).remark == ""
        assert "component 1" in app.says(SPACE)
        assert set("◉○") & set(app.says(SPACE))

    in_app(story, experiment_of("data.source=plane", "layers=[8]"))


def test_the_layer_follows_when_layers_go(in_app):
    async def story(app):
        await app.press("8", "right_square_bracket")
        assert "Space of the output layer" in app.says(SPACE)
        app.session.become(experiment_of("layers=[]"), "no layers")
        app.part(SPACE).changed()
        await app.settle()
        assert "Space of the inputs" in app.says(SPACE)

    in_app(story, experiment_of("layers=[8, 8]"))


def test_what_the_axes_show_is_told_in_full_on_a_narrow_pane(in_app):
    async def story(app):
        await app.resize(80, 24)
        await app.press("8")
        assert "→ towards class 0   ↑ class 2 ↔ class 1" in app.says(SPACE)
        await app.resize(60, 20)
        assert "→ towards class 0 " in app.says(SPACE)
        assert "↑ class 2 ↔ class 1" in app.says(SPACE)
        await app.press("right")
        assert "→ neuron 1   ↑ neuron 2" in app.says(SPACE)

    in_app(story, experiment_of("layers=[4]"))


def test_a_note_that_goes_on_says_so():
    note = "the plane on which the output layer draws its straight borders"
    assert note_lines(note, 24, 1) == ["the plane on which the …"]
    assert " ".join(note_lines(note, 24, 3)) == note
    assert note_lines(note, 24, 0) == []


@pytest.mark.parametrize(("rows", "columns", "fits"), [(20, 40, True), (20, 30, False)])
def test_a_low_or_narrow_picture_has_no_room_for_its_caption(rows, columns, fits):
    labels = ("neuron 1", "neuron 2")
    assert caption_fits(labels, rows, columns, has_scale=False) == fits
    assert not caption_fits(labels, 13, columns, has_scale=False)
    drawn = space_axes(columns, rows, Area(-1, 1, -1, 1), *labels).caption
    assert ("…" not in drawn) == fits


def test_a_frame_without_the_space_leaves_the_picture_as_it_is(in_app):
    async def story(app):
        await app.press("8", "space")
        await app.go(5)
        pane, before = app.part(SPACE), app.looks(SPACE)
        while pane.take_turn(always=False):
            pass
        # Another pane has asked about the network in this frame, this one has not.
        told = replace(app.snapshot, anatomy=replace(app.snapshot.anatomy, space=None))
        pane.show(told)
        assert app.looks(SPACE) == before

    in_app(story)
