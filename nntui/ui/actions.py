"""What the keys do: one table, from which keys, footer, help and command palette are made."""

from collections.abc import Sequence
from dataclasses import dataclass

from textual.binding import Binding

from nntui.ui.layout import LAYERS, LOSS, PARAMETERS, REGIONS

RUN, VIEW, APP = "run", "view", "app"

SCOPES = {
    RUN: "Training",
    LAYERS: "Layers pane",
    PARAMETERS: "Hyperparameters pane",
    REGIONS: "Decision regions",
    LOSS: "Loss",
    VIEW: "Screen",
    APP: "Program",
}
"""Where an action belongs, and the heading it has in the help."""


@dataclass(frozen=True)
class Action:
    """Something a key does.

    Attributes:
        name: ``action_<name>`` is the method that does it, in the class of its scope.
        keys: Textual's names of the keys.
        shown: The keys as people write them.
        label: One or two words, for the footer.
        help: A sentence, for the help and the command palette.
        scope: One of SCOPES.
        rank: Its place in the footer, the smallest first; 0 for none.
        everywhere: Whether the keys work in every pane; otherwise only in that of the scope.
        in_palette: Whether the command palette offers it.
    """

    name: str
    keys: tuple[str, ...]
    shown: str
    label: str
    help: str
    scope: str
    rank: int = 0
    everywhere: bool = True
    in_palette: bool = True


def _in_pane(
    scope: str, name: str, keys: str, shown: str, label: str, help_text: str, rank: int = 0
) -> Action:
    return Action(
        name,
        tuple(keys.split()),
        shown,
        label,
        help_text,
        scope,
        rank,
        everywhere=False,
        in_palette=False,
    )


ACTIONS: tuple[Action, ...] = (
    Action("play", ("space",), "space", "play", "Train on, or pause.", RUN, 10),
    Action("step", ("s",), "s", "step", "Make one update of the parameters.", RUN, 20),
    Action("epoch", ("e",), "e", "epoch", "Train to the end of the epoch.", RUN, 30),
    Action("reset", ("r",), "r", "reset", "Begin again with the same initial weights.", RUN, 40),
    Action("new_seed", ("R",), "R", "new weights", "Begin again with a new seed.", RUN),
    Action("new_data", ("g",), "g", "new data", "Make new points, or split real ones anew.", RUN),
    Action("slower", ("less_than_sign",), "<", "slower", "Train slower, down to 1 step/s.", RUN),
    Action("faster", ("greater_than_sign",), ">", "faster", "Train faster, up to full speed.", RUN),
    Action("back", ("b",), "b", "back", "After a divergence: to the last finite step.", RUN),
    Action("undo", ("u",), "u", "undo", "Take the last edit back.", RUN, 60),
    Action("redo", ("U",), "U", "redo", "Make the undone edit again.", RUN),
    _in_pane(LAYERS, "cursor(-1)", "up", "↑", "", "One layer up."),
    _in_pane(LAYERS, "cursor(1)", "down", "↓", "", "One layer down."),
    _in_pane(LAYERS, "add", "a", "a", "add", "Add a layer after the cursor.", 1),
    _in_pane(LAYERS, "remove", "d delete", "d", "delete", "Remove the layer.", 2),
    _in_pane(LAYERS, "units(1)", "plus", "+", "units", "More units.", 3),
    _in_pane(LAYERS, "units(-1)", "minus", "-", "units", "Fewer units.", 3),
    _in_pane(
        LAYERS, "edit", "enter", "enter", "edit", "Units, activation, dropout, initializer.", 4
    ),
    _in_pane(LAYERS, "move(-1)", "K shift+up", "K", "move", "Move the layer up.", 5),
    _in_pane(LAYERS, "move(1)", "J shift+down", "J", "move", "Move the layer down.", 5),
    _in_pane(PARAMETERS, "cursor(-1)", "up", "↑", "", "One setting up."),
    _in_pane(PARAMETERS, "cursor(1)", "down", "↓", "", "One setting down."),
    _in_pane(PARAMETERS, "change(-1)", "left", "←", "change", "The next smaller value.", 1),
    _in_pane(PARAMETERS, "change(1)", "right", "→", "change", "The next larger value.", 1),
    _in_pane(PARAMETERS, "edit", "enter", "enter", "type", "Type a value.", 2),
    _in_pane(PARAMETERS, "default", "backspace", "⌫", "default", "Back to the default.", 3),
    _in_pane(PARAMETERS, "explain", "i", "i", "explain", "What the setting means.", 4),
    _in_pane(REGIONS, "crosshair(-1, 0)", "left", "←", "crosshair", "Crosshair left.", 1),
    _in_pane(REGIONS, "crosshair(1, 0)", "right", "→", "crosshair", "Crosshair right.", 1),
    _in_pane(REGIONS, "crosshair(0, 1)", "up", "↑", "crosshair", "Crosshair up.", 1),
    _in_pane(REGIONS, "crosshair(0, -1)", "down", "↓", "crosshair", "Crosshair down.", 1),
    _in_pane(REGIONS, "hide", "escape", "esc", "hide", "Put the crosshair away."),
    Action("test_points", ("t",), "t", "test points", "Show the test points or not.", REGIONS, 70),
    Action("hard", ("c",), "c", "shades", "Shade by confidence, or show classes alone.", REGIONS),
    Action("mistakes", ("m",), "m", "mistakes", "Mark the misclassified points.", REGIONS, 71),
    Action(
        "plane", ("x",), "x", "axes", "More than two inputs: choose what the axes show.", REGIONS
    ),
    _in_pane(LOSS, "cursor(-1)", "left", "←", "read", "Read the figures one column left.", 1),
    _in_pane(LOSS, "cursor(1)", "right", "→", "read", "Read the figures one column right.", 1),
    _in_pane(LOSS, "hide", "escape", "esc", "hide", "Put the cursor away."),
    Action("log", ("l",), "l", "log", "A logarithmic axis, or a linear one.", LOSS, 72),
    Action("smooth", ("f",), "f", "smooth", "Smooth the curves, or show them raw.", LOSS),
    Action("accuracy", ("A",), "A", "accuracy", "Show the accuracy instead of the loss.", LOSS, 73),
    Action("next_pane", ("tab",), "tab", "pane", "Go to the next pane.", VIEW, 15),
    Action("previous_pane", ("shift+tab",), "shift+tab", "", "Go to the previous pane.", VIEW),
    Action("pane('layers')", ("1",), "1", "", "Go to the layers.", VIEW),
    Action("pane('parameters')", ("2",), "2", "", "Go to the hyperparameters.", VIEW),
    Action("pane('loss')", ("3",), "3", "", "Go to the loss.", VIEW),
    Action("pane('regions')", ("4",), "4", "", "Go to the decision regions.", VIEW),
    Action("zoom", ("z",), "z", "zoom", "One pane on the whole screen, or all panes.", VIEW, 55),
    Action("help", ("question_mark", "f1"), "?", "help", "Every key, and a glossary.", APP, 90),
    Action(
        "command_palette", ("ctrl+p",), "ctrl+p", "", "Search all commands.", APP, in_palette=False
    ),
    Action("themes", ("T",), "T", "theme", "Choose a theme.", APP),
    Action("save", ("w",), "w", "save", "Save the experiment as a TOML file.", APP, 80),
    Action("open", ("o",), "o", "open", "Open an experiment file.", APP, 81),
    Action("picture", ("p",), "p", "picture", "Save a picture of the screen (SVG).", APP),
    Action(
        "suspend_process", ("ctrl+z",), "ctrl+z", "", "Pause, and go back to the shell (fg).", APP
    ),
    Action("quit", ("q", "ctrl+q"), "q", "quit", "Leave nntui.", APP, 99),
)
"""Every action, in the order of the help."""


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


def footer_actions(pane: str) -> Sequence[Action]:
    """List what the footer shows while a pane has the keyboard, the most important first.

    Playing and the way to the other panes are the first, then come the pane's own actions.

    Actions with the same label stand together there, as one.
    """
    own = [a for a in ACTIONS if a.rank and a.scope == pane and not a.everywhere]
    others = [a for a in ACTIONS if a.rank and a.everywhere]
    others.sort(key=lambda a: a.rank)
    return [*others[:_FIRST], *sorted(own, key=lambda a: a.rank), *others[_FIRST:]]
