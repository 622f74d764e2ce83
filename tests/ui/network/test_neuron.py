"""The pane of one neuron, in the app."""

import numpy as np
from driven_app import experiment_of

from nntui.training.messages import ParameterPlace, ParameterValue, SnapshotRequest
from nntui.training.snapshot import Plane
from nntui.ui.layout import NEURON
from nntui.ui.network.place import NetworkCursor
from nntui.ui.network.reading import shown_parameter

SMALL = ("layers=[6, 4]",)


def go_to(app, cursor):
    app.part(NEURON).place.cursor = cursor
    app.part(NEURON).changed()


def test_it_describes_the_neuron_under_the_cursor(in_app):
    async def story(app):
        await app.press("6", "right_square_bracket")
        detail = app.snapshot.anatomy.neuron
        says = app.says(NEURON)
        assert "6 Neuron 2 of layer 1 · relu" in says
        assert f"mean +{detail.mean:.2f} ± {detail.spread:.2f}" in says
        assert "bias" in says
        assert "answers" in says
        assert detail.field.size
        for weight in detail.incoming:
            assert f"{abs(weight):.2f}" in says

    in_app(story, experiment_of(*SMALL))


def test_an_input_and_an_output_are_called_what_they_are(in_app):
    async def story(app):
        await app.press("6")
        go_to(app, NetworkCursor(0, 1))
        await app.settle()
        says = app.says(NEURON)
        assert "Input x2" in says
        # Inputs are standardized: float32 leaves a mean of some billionths.
        assert "mean 0 ± 1.00" in says
        assert f"{app.snapshot.train_points} answers" in says
        assert "bias" not in says
        assert "out 6" in says
        go_to(app, NetworkCursor(3, 2))
        await app.settle()
        assert "Output 2" in app.says(NEURON)
        assert "in 4" in app.says(NEURON)

    in_app(story, experiment_of(*SMALL))


def test_the_order_stays_while_it_trains_and_is_made_anew_on_entering(in_app):
    async def story(app):
        await app.press("6", "right")
        before = app.snapshot.anatomy.neuron.outgoing
        order = np.argsort(-np.abs(before), kind="stable")
        # The smallest becomes the largest.
        smallest, size = int(order[-1]), 9.0
        place = ParameterPlace(1, 0, smallest)
        app.session.set_parameters(
            (ParameterValue(place, float(before[smallest])),),
            (ParameterValue(place, size),),
            "edit",
        )
        app.part(NEURON).changed()
        await app.settle()
        assert "+9.00" in app.says(NEURON)
        await app.press(*["down"] * 4)
        assert app.part(NEURON).cursor == NetworkCursor(2, smallest, 0, is_outgoing=True)
        # The same side entered again: sorted as it is now.
        await app.press("right", "down")
        assert app.part(NEURON).cursor == NetworkCursor(2, smallest, 0, is_outgoing=True)

    in_app(story, experiment_of(*SMALL))


def test_plus_changes_the_weight_under_the_cursor(in_app):
    async def story(app):
        await app.press("6", "down")
        place = app.part(NEURON).cursor.parameter(app.snapshot.units)
        before = shown_parameter(app.snapshot.anatomy, place)
        await app.press("plus", "plus")
        after = shown_parameter(app.snapshot.anatomy, place)
        assert abs(after - before - 0.2) < 1e-6
        await app.press("u", "u")
        assert abs(shown_parameter(app.snapshot.anatomy, place) - before) < 1e-6

    in_app(story, experiment_of(*SMALL))


def test_silenced_and_frozen_neurons_say_so(in_app):
    async def story(app):
        await app.press("6")
        assert "silenced" not in app.says(NEURON)
        await app.press("x")
        assert "silenced" in app.says(NEURON)
        await app.press("x", "f")
        assert "silenced" not in app.says(NEURON)
        assert "frozen" in app.says(NEURON)

    in_app(story, experiment_of(*SMALL))


def test_a_click_goes_to_a_weight(in_app):
    async def story(app):
        await app.press("6", "right")
        detail = app.snapshot.anatomy.neuron
        order = np.argsort(-np.abs(detail.outgoing), kind="stable")
        line = next(n for n, text in enumerate(app.says(NEURON).split("\n")) if "→ out" in text)
        await app.pilot.click(f"#{NEURON}", offset=(2, line + 2))
        await app.settle()
        assert app.part(NEURON).cursor == NetworkCursor(2, int(order[1]), 0, is_outgoing=True)

    in_app(story, experiment_of(*SMALL))


def test_a_smaller_layer_leaves_the_cursor_on_a_neuron(in_app):
    async def story(app):
        await app.press("6", *["right_square_bracket"] * 5)
        assert "Neuron 6 of layer 1" in app.says(NEURON)
        app.session.become(experiment_of("layers=[]"), "no layers")
        app.part(NEURON).changed()
        await app.settle()
        assert "Output" in app.says(NEURON)
        assert "in 2" in app.says(NEURON)

    in_app(story, experiment_of(*SMALL))


def test_while_it_trains_every_second_frame_brings_the_neuron(in_app):
    async def story(app):
        await app.press("5", "space")
        pane, asked = app.part(NEURON), []
        for _ in range(4):
            pane.extend(SnapshotRequest(Plane()), slow=False)
            asked.append(pane.extend(SnapshotRequest(Plane()), slow=False).anatomy is not None)
        assert asked in ([True] * 4, [False] * 4)
        assert pane.extend(SnapshotRequest(Plane()), slow=True).anatomy is not None
        await app.press("space")
        assert pane.extend(SnapshotRequest(Plane()), slow=False).anatomy is not None

    in_app(story)
