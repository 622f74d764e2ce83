import re

import pytest
from driven_app import experiment_of
from textual import events

from nntui.training.messages import SnapshotRequest
from nntui.training.snapshot import Plane
from nntui.ui.canvas import Canvas
from nntui.ui.layout import GRAPH
from nntui.ui.network.place import NetworkCursor


def cursor(app):
    return app.part(GRAPH).place.cursor


def found(app, text):
    """The row and the column, within the pane's frame, where a text stands."""
    for row, line in enumerate(app.says(GRAPH).split("\n")):
        if text in line:
            return row, line.index(text)
    raise AssertionError(text)


async def mouse(app, kind, row=0, column=0):
    pane = app.part(GRAPH)
    place = {"x": column, "y": row, "delta_x": 0, "delta_y": 0, "button": 1}
    keys = {"shift": False, "meta": False, "ctrl": False}
    pane.post_message(kind(pane, **place, **keys))
    await app.settle()


async def click(app, row, column):
    await mouse(app, events.Click, row, column)


@pytest.mark.parametrize(
    ("columns", "rows", "settings"),
    [
        (120, 40, ()),
        (80, 24, ("layers=[64, 512]",)),
        (60, 20, ("layers=[1]",)),
        (40, 12, ("data.source=penguins", "layers=[8, 8, 8, 8, 8, 8]")),
        (80, 24, ("layers=[]",)),
        (120, 40, ("data.source=sine", "layers=[4]")),
    ],
)
def test_every_neuron_and_every_layer_can_be_reached(in_app, columns, rows, settings):
    async def story(app):
        await app.press("5")
        units = app.snapshot.units
        for column, count in enumerate(units):
            app.part(GRAPH).place.cursor = NetworkCursor(column, count - 1)
            await app.press("up")
            assert cursor(app) == NetworkCursor(column, max(count - 2, 0))
            await app.press("down")
            assert cursor(app) == NetworkCursor(column, count - 1)
            told = app.snapshot.anatomy.columns[column]
            assert told.first <= count - 1 < told.first + len(told.biases)
            # Where there is little room the layer is left to the picture.
            name = app.part(GRAPH).names.name(column, count - 1).partition(" of ")[0]
            assert re.search(rf"{name}\b.*(bias|active)", app.says(GRAPH))

    in_app(story, experiment_of(*settings), size=(columns, rows))


def test_only_what_is_in_sight_is_asked_for(in_app):
    async def story(app):
        await app.press("5")
        request = app.trainer.requests[-1].anatomy
        assert [window.first for window in request.windows] == [0, 0, 0, 0]
        assert request.windows[1].count < 20
        assert request.tiles.rows == request.tiles.columns == 6
        assert request.neuron == cursor(app).neuron
        await app.press("1")
        assert app.trainer.requests[-1].anatomy is None

    in_app(story)


def test_the_window_follows_the_cursor_and_tells_how_many_are_folded(in_app):
    async def story(app):
        await app.press("5")
        assert "more ↑" not in app.says(GRAPH)
        for _ in range(20):
            await app.press("down")
        assert cursor(app) == NetworkCursor(1, 20)
        assert "14 more ↑" in app.says(GRAPH)
        assert "11 more ↓" in app.says(GRAPH)
        row, column = found(app, "11 more ↓")
        await click(app, row, column)
        assert cursor(app) == NetworkCursor(1, 21)

    in_app(story)


def test_a_click_goes_to_a_neuron_and_the_wheel_along_its_column(in_app):
    async def story(app):
        await app.press("5")
        row, column = found(app, "x2")
        await click(app, row - 1, column)
        assert cursor(app) == NetworkCursor(0, 1)
        await click(app, 1, 20)
        assert cursor(app) == NetworkCursor(0, 1)
        await mouse(app, events.MouseScrollUp)
        assert cursor(app) == NetworkCursor(0, 0)
        await mouse(app, events.MouseScrollDown)
        assert cursor(app) == NetworkCursor(0, 1)

    in_app(story)


def test_a_smaller_network_keeps_the_cursor_inside(in_app):
    async def story(app):
        await app.press("5", "right_square_bracket")
        for _ in range(30):
            await app.press("down")
        await app.press("1", "down", "d", "5")
        assert app.snapshot.units == (2, 32, 3)
        assert "output 2 (softmax)" in app.says(GRAPH)
        await app.press("1", "up", "minus", "minus", "5", "up")
        assert cursor(app) == NetworkCursor(2, 1)
        await app.press("u", "u", "u")
        assert app.snapshot.units == (2, 32, 32, 3)
        assert "2-32-32-3" in app.says(GRAPH)

    in_app(story)


def test_the_tiles_and_the_numbers_follow_training(in_app):
    async def story(app):
        await app.press("5")
        before = app.looks(GRAPH)
        await app.press("space")
        await app.go(8)
        assert app.looks(GRAPH) != before

    in_app(story, experiment_of("layers=[4]"))


def test_an_edit_shows_in_the_picture_while_paused(in_app):
    async def story(app):
        await app.press("e", "5", "left")
        before = app.says(GRAPH)
        await app.press("plus", "plus")
        assert app.says(GRAPH) != before
        await app.press("u", "u")
        assert app.says(GRAPH) == before

    in_app(story, experiment_of("layers=[4]"))


def test_nothing_is_edited_before_the_first_snapshot(in_app):
    async def story(app):
        await app.press("5")
        pane = app.part(GRAPH)
        app.session.snapshot = None
        for act in (
            lambda: pane.action_value(1),
            pane.action_edit,
            pane.action_freeze,
            pane.action_silence,
            pane.action_freeze_layer,
            lambda: pane.action_move(1, 0),
            lambda: pane.action_units(1),
            lambda: pane.action_column(1),
        ):
            act()
        assert pane.extend(SnapshotRequest(Plane()), slow=True).anatomy is None
        pane.draw(canvas := Canvas(20, 40, pane.ink.text))
        assert "waiting for the trainer" in "".join(canvas.characters.ravel())

    in_app(story)


def test_while_it_trains_tiles_come_with_every_second_frame_and_with_slow_parts(in_app):
    async def story(app):
        await app.press("5", "space")
        pane, request = app.part(GRAPH), SnapshotRequest(Plane())
        asked = [pane.extend(request, slow=slow).anatomy.tiles for slow in (True, *[False] * 4)]
        assert [tiles is not None for tiles in asked] == [True, False, True, False, True]
        await app.press("space")
        assert all(pane.extend(request, slow=False).anatomy.tiles for _ in range(3))

    in_app(story)
