"""The pane of a layer's weights."""

import dataclasses

import numpy as np
import pytest
from driven_app import experiment_of

from nntui.anatomy.values import LayerNumbers, Spread
from nntui.charts.heat_map_levels import number_text
from nntui.training.parameters import ParameterPlace
from nntui.ui.canvas import Canvas, Look
from nntui.ui.ink import PLAIN_INK
from nntui.ui.layout import WEIGHTS as PANE
from nntui.ui.network.place import NetworkCursor
from nntui.ui.network.weights_drawing import LayerDrawing, layer_names
from nntui.ui.network.weights_layout import (
    BOTH,
    GRADIENTS,
    HISTORY,
    WEIGHTS,
    Room,
    both_pictures,
    history_places,
    numbers_room,
    one_picture,
    parts_of,
)
from nntui.ui.network.words import Names

SHAPES = [(3, 1), (3, 4), (33, 32), (65, 10), (785, 64), (513, 512), (2, 1)]
ROOMS = [Room(35, 76, 5, False), Room(19, 48, 5, False), Room(7, 38, 5, True), Room(3, 10, 0, True)]


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("room", ROOMS)
def test_every_part_finds_its_place(shape, room):
    parts = parts_of(shape, room)
    assert parts[-1] == HISTORY
    assert len(set(parts)) == len(parts)
    for part in parts[:-1]:
        pictures = both_pictures(shape, room) if part == BOTH else one_picture(part, shape, room)
        assert pictures is not None
        assert pictures.parts == ((WEIGHTS, GRADIENTS) if part == BOTH else (part,))
        taken = np.zeros((room.rows, room.columns), int)
        for picture in pictures.places:
            used = picture.map.rows
            if picture.layout is not None:
                used = picture.layout.lines_used(shape[0])
                assert used <= picture.map.rows
            line, left = picture.map.row, picture.map.column
            assert left + picture.map.columns <= room.columns
            taken[line : line + used, left : left + picture.map.columns] += 1
        assert taken.max() <= 1
        rows, columns = numbers_room(pictures, room)
        assert rows >= 2
        assert columns >= 1


def test_both_are_shown_only_where_each_number_has_a_place():
    assert both_pictures((33, 32), Room(35, 76, 5, False)) is not None
    assert both_pictures((33, 32), Room(19, 48, 5, False)) is None
    assert parts_of((513, 512), Room(35, 76, 5, False)) == (WEIGHTS, GRADIENTS, HISTORY)
    # The large pictures are left out where they would be no larger.
    assert parts_of((3, 4), Room(35, 76, 5, False)) == (BOTH, HISTORY)


@pytest.mark.parametrize(("rows", "columns"), [(35, 76), (19, 48), (7, 38), (2, 5), (0, 0)])
def test_the_histories_share_the_pane(rows, columns):
    first, second = history_places(rows, columns)
    assert first.rows + second.rows == rows or first.columns + second.columns <= columns
    assert second.row + second.rows <= rows
    assert second.column + second.columns <= columns


def layer(shape, block=(1, 1), **changes):
    numbers = np.linspace(-1, 1, shape[0] * shape[1]).reshape(shape)
    nothing = Spread(np.zeros(0, np.int64), np.zeros((0, 17)))
    whole = ((shape[0] - 1) * block[0] + 1, shape[1] * block[1])
    values = LayerNumbers(1, numbers, -numbers / 100, whole, block, nothing, nothing)
    return dataclasses.replace(values, **changes)


def drawn(numbers, room=ROOMS[0], cursor=(0, 0)):
    canvas = Canvas(room.rows, room.columns, Look())
    shape = numbers.weights.shape
    pictures = both_pictures(shape, room) or one_picture(WEIGHTS, shape, room)
    names = layer_names(Names((numbers.shape[0] - 1, numbers.shape[1], 2)), 1)
    LayerDrawing().draw_numbers(canvas, numbers, names, cursor, pictures, room, PLAIN_INK)
    return ["".join(line) for line in canvas.characters.tolist()]


def test_a_small_layer_says_its_numbers():
    numbers = layer((3, 4))
    text = "\n".join(drawn(numbers))
    assert "weights" in text
    assert "gradients" in text
    for value in [*numbers.weights.ravel(), *numbers.gradients.ravel()]:
        assert number_text(float(value)) in text


def test_a_block_is_named_by_its_first_row_and_marked_from_any_of_its_numbers():
    numbers = layer((11, 8), block=(4, 8))
    assert numbers.shape == (41, 64)
    room = Room(19, 48, 5, False)
    for row in range(12, 16):
        lines = drawn(numbers, room, cursor=(row, 17))
        marked = [line for line in lines if "►" in line]
        assert len(marked) in (1, 2)
        assert all(line.startswith("13") for line in marked)
    assert any(line.startswith("bias►") for line in drawn(numbers, room, cursor=(40, 0)))


@pytest.mark.parametrize("value", [np.nan, np.inf, 0.0, 1e300])
def test_numbers_out_of_bounds_are_drawn(value):
    shape = (5, 4)
    wild = layer(shape, weights=np.full(shape, value), gradients=np.full(shape, value))
    for room in ROOMS[:3]:
        drawn(wild, room)


def test_the_number_under_the_cursor_is_said_exactly_even_where_cells_are_blocks(in_app):
    async def story(app):
        await app.press("7", "right_square_bracket", "up", "right", "right")
        says = app.says(PANE)
        assert "each cell: the largest of" in says
        detail = app.snapshot.anatomy.neuron
        assert app.part(PANE).cursor == NetworkCursor(2, 2, 99)
        assert f": {detail.incoming[99]:.3g}".replace("-", "−") in says
        await app.press("plus")
        assert f": {app.snapshot.anatomy.neuron.incoming[99]:.3g}".replace("-", "−") in app.says(
            PANE
        )

    in_app(story, experiment_of("layers=[100, 90]"))


def test_the_history_grows_as_it_trains(in_app):
    async def story(app):
        await app.press("7", "v", "v", "v")
        assert "press space to train" in app.says(PANE)
        await app.press("space")
        await app.go(30)
        await app.go(30)
        await app.press("space")
        says = app.says(PANE)
        assert "press space" not in says
        assert "step" in says
        assert "gradients −" in says

    in_app(story, experiment_of("layers=[8]"))


def test_a_click_goes_to_the_weight_there(in_app):
    async def story(app):
        await app.press("7")
        lines = app.says(PANE).split("\n")
        line = next(n for n, text in enumerate(lines) if text.startswith("│x2"))
        column = lines[2].index(" 3 ") + 1
        await app.pilot.click(f"#{PANE}", offset=(column, line))
        await app.settle()
        assert app.part(PANE).cursor == NetworkCursor(1, 2, 1)

    in_app(story, experiment_of("layers=[4]"))


def test_the_keys_are_about_the_weight_that_is_marked_wherever_the_cursor_was_left(
    in_app,
):
    async def story(app):
        await app.press("7")
        pane = app.part(PANE)
        for there, place in (
            (NetworkCursor(0, 1), ParameterPlace(0, 1, 0)),
            (NetworkCursor(2, 2, 3, is_outgoing=True), ParameterPlace(1, 3, 2)),
        ):
            pane.place.cursor = there
            pane.changed()
            await app.settle()
            assert "gradient" in app.says(PANE)
            before = pane.value_of(place)
            await app.press("plus")
            assert pane.value_of(place) == pytest.approx(before + 0.1, abs=1e-6)
            assert f"Weights of layer {place.layer + 1}" in app.says(PANE)
            await app.press("F")
            trainable = [layer.trainable for layer in app.session.experiment.layers]
            assert trainable == [number != place.layer for number in range(2)]
            await app.press("F")

    in_app(story, experiment_of("layers=[4, 3]"))


def test_a_narrow_pane_names_the_weight_that_it_tells(in_app):
    async def story(app):
        await app.resize(60, 20)
        await app.press("7", "up")
        assert "x2 → 1: " in app.says(PANE)
        await app.press("down")
        assert "bias of neuron 1: 0" in app.says(PANE)

    in_app(story, experiment_of("layers=[4]"))
