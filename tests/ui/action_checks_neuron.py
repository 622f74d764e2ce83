"""The checks of the actions of the panes beside the graph: neuron, weights, and space."""

from action_checks import checks
from driven_app import DrivenApp

from nntui.anatomy.values import SpaceAxes
from nntui.ui.dialogs.choice import ChoiceDialog
from nntui.ui.layout import NEURON, SPACE, WEIGHTS
from nntui.ui.network.neuron import NeuronPane
from nntui.ui.network.place import NetworkCursor
from nntui.ui.network.space import SpacePane

FIVE_AND_FOUR = ("layers=[5, 4]",)


def cursor_of(app: DrivenApp) -> NetworkCursor:
    pane = app.part(NEURON)
    assert isinstance(pane, NeuronPane)
    return pane.cursor


def space_of(app: DrivenApp) -> SpacePane:
    pane = app.part(SPACE)
    assert isinstance(pane, SpacePane)
    return pane


def by_size(weights) -> list[int]:
    return sorted(range(len(weights)), key=lambda number: -abs(weights[number]))


def detail_of(app: DrivenApp):
    anatomy = app.snapshot.anatomy
    assert anatomy is not None
    assert anatomy.neuron is not None
    return anatomy.neuron


@checks(NEURON, "weight(1)", *FIVE_AND_FOUR)
async def weight_below(app: DrivenApp, key: str) -> None:
    await app.press("6", "right")
    detail = detail_of(app)
    for place in by_size(detail.outgoing):
        await app.press(key)
        assert cursor_of(app) == NetworkCursor(2, place, 0, is_outgoing=True)
    # There is no other below the last.
    await app.press(key)
    assert cursor_of(app).unit == by_size(detail.outgoing)[-1]


@checks(NEURON, "weight(-1)", *FIVE_AND_FOUR)
async def weight_above(app: DrivenApp, key: str) -> None:
    await app.press("6", "down", "down")
    largest = by_size(detail_of(app).incoming)[0]
    await app.press(key)
    assert cursor_of(app) == NetworkCursor(1, 0, largest)
    # Above the first is the neuron, with its bias.
    await app.press(key, key)
    assert cursor_of(app) == NetworkCursor(1, 0)


@checks(NEURON, "side(1)", *FIVE_AND_FOUR)
async def leading_on(app: DrivenApp, key: str) -> None:
    await app.press("6")
    assert "in 2" in app.says(NEURON)
    await app.press(key)
    assert "out 4" in app.says(NEURON)
    await app.press("right_square_bracket", "right_square_bracket")
    assert "out 4" in app.says(NEURON)
    # An output leads nowhere.
    await app.press("5", "right_square_bracket", "right_square_bracket", "6", key)
    assert "in 4" in app.says(NEURON)
    assert "follows" in app.says("notice")


@checks(NEURON, "side(-1)", *FIVE_AND_FOUR)
async def coming_in(app: DrivenApp, key: str) -> None:
    await app.press("6", "right", "down")
    assert "out 4" in app.says(NEURON)
    await app.press(key)
    assert "in 2" in app.says(NEURON)
    assert cursor_of(app) == NetworkCursor(1, 0)
    # Nothing comes into an input.
    await app.press("5", "left_square_bracket", "6", key)
    assert "out 5" in app.says(NEURON)
    assert "input" in app.says("notice")


@checks(NEURON, "neuron(1)", *FIVE_AND_FOUR)
async def neuron_below(app: DrivenApp, key: str) -> None:
    await app.press("6", key)
    assert cursor_of(app) == NetworkCursor(1, 1)
    assert "Neuron 2 of layer 1" in app.says(NEURON)
    await app.press(*[key] * 6)
    assert "Neuron 5 of layer 1" in app.says(NEURON)


@checks(NEURON, "neuron(-1)", *FIVE_AND_FOUR)
async def neuron_above(app: DrivenApp, key: str) -> None:
    await app.press("6", "right_square_bracket", "right_square_bracket", "down", key)
    assert cursor_of(app) == NetworkCursor(1, 1)
    await app.press(key, key)
    assert "Neuron 1 of layer 1" in app.says(NEURON)


def moves(right: int, down: int) -> None:
    """Enter a check that a key goes from one weight to the next, and not beyond the last."""

    @checks(WEIGHTS, f"move({right}, {down})", *FIVE_AND_FOUR)
    async def check(app: DrivenApp, key: str) -> None:
        # The second layer: 5 weights and a bias for each of 4 neurons.
        await app.press("7", "right_square_bracket", "up", "up", "right")
        assert cursor_of(app) == NetworkCursor(2, 1, 3)
        before = app.says(WEIGHTS)
        assert "weight from neuron 4 of layer 1 to neuron 2 of layer 2" in before
        await app.press(key)
        assert cursor_of(app) == NetworkCursor(2, 1 + right, 3 + down)
        assert app.says(WEIGHTS) != before
        await app.press(*[key] * 6)
        end = cursor_of(app)
        if right:
            assert end == NetworkCursor(2, 0 if right < 0 else 3, 3)
        else:
            # The biases stand below the weights.
            assert end == NetworkCursor(2, 1, 0 if down < 0 else None)


for direction in ((-1, 0), (1, 0), (0, -1), (0, 1)):
    moves(*direction)


@checks(WEIGHTS, "column(1)", *FIVE_AND_FOUR)
async def layer_after(app: DrivenApp, key: str) -> None:
    await app.press("7")
    assert "Weights of layer 1" in app.says(WEIGHTS)
    await app.press(key)
    assert "Weights of layer 2" in app.says(WEIGHTS)
    await app.press(key, key)
    assert "Weights of the output layer" in app.says(WEIGHTS)
    assert cursor_of(app).column == 3


@checks(WEIGHTS, "column(-1)", *FIVE_AND_FOUR)
async def layer_before(app: DrivenApp, key: str) -> None:
    await app.press("7", "right_square_bracket", "right_square_bracket", key)
    assert "Weights of layer 2" in app.says(WEIGHTS)
    await app.press(key, key)
    assert "Weights of layer 1" in app.says(WEIGHTS)


@checks(WEIGHTS, "part")
async def part_shown(app: DrivenApp, key: str) -> None:
    await app.press("7", "right_square_bracket")
    # A layer of 32 × 32: both, then each as large as possible, then the run.
    seen = []
    for _ in range(4):
        says = app.says(WEIGHTS)
        words = ("weights", "gradients", "median")
        seen.append(tuple(word for word in words if word in says))
        await app.press(key)
    assert seen == [
        ("weights", "gradients"),
        ("weights",),
        ("gradients",),
        ("weights", "gradients", "median"),
    ]
    assert "median" not in app.says(WEIGHTS)


def turns(right: int, up: int) -> None:
    """Enter a check that a key shows another neuron along an axis."""

    @checks(SPACE, f"turn({right}, {up})", *FIVE_AND_FOUR)
    async def check(app: DrivenApp, key: str) -> None:
        await app.press("8", key)
        # From the output's own directions, to two neurons.
        assert space_of(app).axes == SpaceAxes("units", 0, 1)
        assert "→ neuron 1   ↑ neuron 2" in app.says(SPACE)
        await app.press(key)
        # Past the neuron that the other axis shows; after the last comes the first.
        first, second = {(1, 0): (2, 1), (-1, 0): (3, 1), (0, 1): (0, 2), (0, -1): (0, 3)}[
            right, up
        ]
        assert space_of(app).axes == SpaceAxes("units", first, second)
        assert f"→ neuron {first + 1}   ↑ neuron {second + 1}" in app.says(SPACE)


for direction in ((-1, 0), (1, 0), (0, -1), (0, 1)):
    turns(*direction)


@checks(SPACE, "column(-1)", *FIVE_AND_FOUR)
async def space_before(app: DrivenApp, key: str) -> None:
    await app.press("8")
    assert "Space of layer 2" in app.says(SPACE)
    await app.press(key)
    assert "Space of layer 1" in app.says(SPACE)
    assert "component 1" in app.says(SPACE)
    await app.press(key, key)
    assert "Space of the inputs" in app.says(SPACE)


@checks(SPACE, "column(1)", *FIVE_AND_FOUR)
async def space_after(app: DrivenApp, key: str) -> None:
    await app.press("8", "left_square_bracket", key)
    assert "Space of layer 2" in app.says(SPACE)
    assert "straight borders" in app.says(SPACE)
    await app.press(key, key)
    assert "Space of the output layer" in app.says(SPACE)


@checks(SPACE, "axes", *FIVE_AND_FOUR)
async def axes_chosen(app: DrivenApp, key: str) -> None:
    await app.press("8", key)
    assert isinstance(app.app.screen, ChoiceDialog)
    await app.press("down", "enter")
    assert space_of(app).axes == SpaceAxes("components")
    assert "component 1" in app.says(SPACE)
    await app.press(key, "down", "enter")
    assert space_of(app).axes.kind == "units"
    await app.press(key, "escape")
    assert space_of(app).axes.kind == "units"


@checks(SPACE, "grid", *FIVE_AND_FOUR)
async def grid_shown(app: DrivenApp, key: str) -> None:
    def dots() -> int:
        return sum("\u2801" <= character <= "\u28ff" for character in app.says(SPACE))

    await app.press("8")
    assert dots() > 50
    await app.press(key)
    assert dots() == 0
    await app.press(key)
    assert dots() > 50
