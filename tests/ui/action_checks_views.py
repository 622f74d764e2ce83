"""What the keys do that lead from one view to another."""

from action_checks import checks
from driven_app import DrivenApp

from nntui.ui.action_table import VIEW
from nntui.ui.layout import (
    EXPLAIN,
    EXPLANATION,
    GRAPH,
    NETWORK,
    NEURON,
    REGIONS,
    SPACE,
    TRAIN,
    WEIGHTS,
    view_of,
)


def leads_to(pane: str) -> None:
    """Enter a check that a key goes to a pane, and shows it with the others of its view."""

    @checks(VIEW, f"pane('{pane}')")
    async def check(app: DrivenApp, key: str) -> None:
        await app.press(key)
        assert app.focused == pane
        assert app.app.playground.view is view_of(pane)
        assert app.part(pane).size.area
        assert not app.part("layers").size.area
        # The way back: what was left is as it was left.
        await app.press("4" if view_of(pane) is not NETWORK else "1")
        assert app.app.playground.view is TRAIN
        assert not app.part(pane).size.area


for name in (GRAPH, NEURON, WEIGHTS, SPACE, EXPLAIN):
    leads_to(name)


@checks(VIEW, "view(1)")
async def next_view(app: DrivenApp, key: str) -> None:
    await app.press("2")
    seen = []
    for _ in range(3):
        await app.press(key)
        seen.append((app.app.playground.view, app.focused))
    # Each view is entered where the keyboard was last.
    assert seen == [(NETWORK, GRAPH), (EXPLANATION, EXPLAIN), (TRAIN, "parameters")]
    await app.press("4", key, "6", key, key, key)
    assert (app.app.playground.view, app.focused) == (NETWORK, NEURON)
    await app.press("4")
    # The decision regions stand beside the network: the key goes to them there.
    assert (app.app.playground.view, app.focused) == (NETWORK, REGIONS)
