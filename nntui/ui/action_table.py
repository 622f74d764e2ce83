"""The table of actions: what every key does, and where."""

from dataclasses import dataclass

from nntui.ui.layout import (
    EXPLAIN,
    GRAPH,
    LAYERS,
    LOSS,
    NEURON,
    PARAMETERS,
    REGIONS,
    SPACE,
    WEIGHTS,
)

RUN, VIEW, APP = "run", "view", "app"

NUMBERS_OF_NETWORK = "numbers"
"""What the panes of the Network view that have a weight or a neuron under the cursor share."""

SCOPES = {
    RUN: "Training",
    LAYERS: "Layers pane",
    PARAMETERS: "Hyperparameters pane",
    REGIONS: "Decision regions",
    LOSS: "Loss",
    NUMBERS_OF_NETWORK: "Network view: the weight or neuron under the cursor",
    GRAPH: "Network graph",
    NEURON: "Neuron",
    WEIGHTS: "Weights of a layer",
    SPACE: "Space of a layer",
    EXPLAIN: "Explain view",
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
    Action("own", ("Y",), "Y", "make it yours", "A followed run: make it one of your own.", RUN),
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
    _in_pane(NUMBERS_OF_NETWORK, "value(1)", "plus", "+", "value", "Add 0.1 to it.", 11),
    _in_pane(NUMBERS_OF_NETWORK, "value(-1)", "minus", "-", "value", "Take 0.1 from it.", 11),
    _in_pane(NUMBERS_OF_NETWORK, "edit", "enter", "enter", "type", "Type its value.", 12),
    _in_pane(
        NUMBERS_OF_NETWORK,
        "silence",
        "x",
        "x",
        "silence",
        "Silence the neuron, or let it speak.",
        13,
    ),
    _in_pane(
        NUMBERS_OF_NETWORK,
        "freeze",
        "f",
        "f",
        "freeze",
        "Freeze the neuron's weights, or release.",
        14,
    ),
    _in_pane(
        NUMBERS_OF_NETWORK,
        "freeze_layer",
        "F",
        "F",
        "freeze layer",
        "Freeze the whole layer, or not.",
        15,
    ),
    _in_pane(
        GRAPH, "move(-1, 0)", "left", "←", "go", "To a weight, then on to where it comes from.", 1
    ),
    _in_pane(GRAPH, "move(1, 0)", "right", "→", "go", "To a weight, then on to where it leads.", 1),
    _in_pane(GRAPH, "move(0, -1)", "up", "↑", "go", "The neuron, or the weight, above.", 1),
    _in_pane(GRAPH, "move(0, 1)", "down", "↓", "go", "The neuron, or the weight, below.", 1),
    _in_pane(GRAPH, "units(-1)", "pageup", "pgup", "", "A screenful of neurons, or weights, up."),
    _in_pane(
        GRAPH, "units(1)", "pagedown", "pgdn", "", "A screenful of neurons, or weights, down."
    ),
    _in_pane(GRAPH, "column(-1)", "left_square_bracket", "[", "layer", "One layer left.", 2),
    _in_pane(GRAPH, "column(1)", "right_square_bracket", "]", "layer", "One layer right.", 2),
    _in_pane(NEURON, "weight(-1)", "up", "↑", "weight", "The weight above.", 1),
    _in_pane(NEURON, "weight(1)", "down", "↓", "weight", "The weight below.", 1),
    _in_pane(
        NEURON, "side(-1)", "left", "←", "in, out", "The weights that come in, sorted anew.", 2
    ),
    _in_pane(
        NEURON, "side(1)", "right", "→", "in, out", "The weights that lead on, sorted anew.", 2
    ),
    _in_pane(NEURON, "neuron(-1)", "left_square_bracket", "[", "neuron", "The neuron above.", 3),
    _in_pane(NEURON, "neuron(1)", "right_square_bracket", "]", "neuron", "The neuron below.", 3),
    _in_pane(WEIGHTS, "move(-1, 0)", "left", "←", "weight", "The neuron at the left.", 1),
    _in_pane(WEIGHTS, "move(1, 0)", "right", "→", "weight", "The neuron at the right.", 1),
    _in_pane(WEIGHTS, "move(0, -1)", "up", "↑", "weight", "The input above.", 1),
    _in_pane(WEIGHTS, "move(0, 1)", "down", "↓", "weight", "The input below.", 1),
    _in_pane(WEIGHTS, "column(-1)", "left_square_bracket", "[", "layer", "The layer before.", 2),
    _in_pane(WEIGHTS, "column(1)", "right_square_bracket", "]", "layer", "The layer after.", 2),
    _in_pane(
        WEIGHTS, "part", "v", "v", "shown", "Weights, gradients, or both as they came about.", 3
    ),
    _in_pane(
        SPACE, "turn(-1, 0)", "left", "←", "axes", "Another neuron along the horizontal axis.", 1
    ),
    _in_pane(
        SPACE, "turn(1, 0)", "right", "→", "axes", "Another neuron along the horizontal axis.", 1
    ),
    _in_pane(
        SPACE, "turn(0, -1)", "down", "↓", "axes", "Another neuron along the vertical axis.", 1
    ),
    _in_pane(SPACE, "turn(0, 1)", "up", "↑", "axes", "Another neuron along the vertical axis.", 1),
    _in_pane(SPACE, "column(-1)", "left_square_bracket", "[", "layer", "The layer before.", 2),
    _in_pane(SPACE, "column(1)", "right_square_bracket", "]", "layer", "The layer after.", 2),
    _in_pane(
        SPACE, "axes", "enter", "enter", "choose", "Neurons, components, or the output's own.", 3
    ),
    _in_pane(SPACE, "grid", "v", "v", "grid", "Show the bent grid, or not.", 4),
    _in_pane(EXPLAIN, "page(-1)", "left", "←", "page", "One page back.", 1),
    _in_pane(EXPLAIN, "page(1)", "right", "→", "page", "One page on.", 1),
    _in_pane(EXPLAIN, "stage(-1)", "left_square_bracket", "[", "stage", "To the stage before.", 2),
    _in_pane(EXPLAIN, "stage(1)", "right_square_bracket", "]", "stage", "To the stage after.", 2),
    _in_pane(EXPLAIN, "unit(-1)", "up", "↑", "neuron", "The neuron above.", 3),
    _in_pane(EXPLAIN, "unit(1)", "down", "↓", "neuron", "The neuron below.", 3),
    _in_pane(EXPLAIN, "units(-1)", "pageup", "pgup", "", "A screenful up: neurons, or code."),
    _in_pane(EXPLAIN, "units(1)", "pagedown", "pgdn", "", "A screenful down: neurons, or code."),
    _in_pane(EXPLAIN, "row(-1)", "k", "k", "weight", "The weight above; after v, the call.", 4),
    _in_pane(EXPLAIN, "row(1)", "j", "j", "weight", "The weight below; after v, the call.", 4),
    _in_pane(EXPLAIN, "point(1)", "n", "n", "point", "The next point.", 5),
    _in_pane(EXPLAIN, "point(-1)", "N", "N", "point", "The point before.", 5),
    _in_pane(
        EXPLAIN, "batch", "a", "a", "batch", "Learn from the next batch, or from one point.", 6
    ),
    _in_pane(
        EXPLAIN,
        "crosshair",
        "c",
        "c",
        "crosshair",
        "Learn from the point nearest the crosshair.",
        7,
    ),
    _in_pane(EXPLAIN, "code", "v", "v", "code", "On to the code, or back to the numbers.", 8),
    _in_pane(EXPLAIN, "take", "enter", "enter", "take it", "Make this very update for real.", 9),
    Action("next_pane", ("tab",), "tab", "pane", "Go to the next pane.", VIEW, 15),
    Action("previous_pane", ("shift+tab",), "shift+tab", "", "Go to the previous pane.", VIEW),
    Action("pane('layers')", ("1",), "1", "", "Go to the layers.", VIEW),
    Action("pane('parameters')", ("2",), "2", "", "Go to the hyperparameters.", VIEW),
    Action("pane('loss')", ("3",), "3", "", "Go to the loss.", VIEW),
    Action("pane('regions')", ("4",), "4", "", "Go to the decision regions.", VIEW),
    Action("pane('graph')", ("5",), "5", "", "Network view: the graph of the network.", VIEW),
    Action("pane('neuron')", ("6",), "6", "", "Network view: one neuron.", VIEW),
    Action("pane('weights')", ("7",), "7", "", "Network view: the weights of a layer.", VIEW),
    Action("pane('space')", ("8",), "8", "", "Network view: the space of a layer.", VIEW),
    Action("pane('explain')", ("9",), "9", "", "Explain view: one update, step by step.", VIEW),
    Action("view(1)", ("V",), "V", "view", "The next view: Train, Network, Explain.", VIEW, 16),
    Action("terms", ("i",), "i", "explain", "What the terms here mean.", VIEW, 17),
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
