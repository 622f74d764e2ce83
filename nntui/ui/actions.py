"""What the keys do, made from the table of actions: bindings, the footer, the help's order."""

from collections.abc import Sequence

from textual.binding import Binding

from nntui.ui.action_table import ACTIONS, NUMBERS_OF_NETWORK, Action
from nntui.ui.layout import GRAPH, NEURON, TRAIN, WEIGHTS


def bindings(*scopes: str, everywhere: bool | None = None) -> list[Binding]:
    """Make Textual's bindings of some scopes.

    Args:
        scopes: Which.
        everywhere: Only actions whose keys work in every pane, or only the others; None for both.
    """
    return [
        Binding(key, action.name, action.help, show=False, priority=key in _TEXTUALS_OWN)
        for action in ACTIONS
        if action.scope in scopes and everywhere in (None, action.everywhere)
        for key in action.keys
    ]


def pane_bindings(*panes: str) -> list[Binding]:
    """Make the bindings, for a view, of those actions of panes whose keys work in every pane."""
    return [
        Binding(key, f"in_pane('{action.scope}', '{action.name}')", action.help, show=False)
        for action in ACTIONS
        if action.scope in panes and action.everywhere
        for key in action.keys
    ]


_TEXTUALS_OWN = ("tab", "shift+tab")
"""Keys that Textual's screens bind themselves."""


_FIRST = 2

_SHARING = (GRAPH, NEURON, WEIGHTS)


def scopes_of(pane: str) -> tuple[str, ...]:
    """List the scopes whose actions a pane has as its own."""
    return (pane, NUMBERS_OF_NETWORK) if pane in _SHARING else (pane,)


def reach(action: Action, pane: str) -> bool:
    """Tell whether an action's keys work while a pane has the keyboard."""
    if not action.everywhere:
        return action.scope in scopes_of(pane)
    # The charts of the Train view have keys that work in all its panes, and only there.
    return action.scope not in TRAIN.panes or pane in TRAIN.panes


def footer_actions(pane: str) -> Sequence[Action]:
    """List what the footer shows while a pane has the keyboard, the most important first.

    Playing and the way to the other panes are the first, then come the pane's own actions.

    Actions with the same label stand together there, as one.
    """
    shown = [action for action in ACTIONS if action.rank and reach(action, pane)]
    own = [action for action in shown if not action.everywhere]
    others = sorted((a for a in shown if a.everywhere), key=lambda a: a.rank)
    return [*others[:_FIRST], *sorted(own, key=lambda a: a.rank), *others[_FIRST:]]
