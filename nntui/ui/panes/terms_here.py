"""Which terms of the glossary stand on the panes of the Train view just now. Pure functions."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from nntui.experiment.experiment import Experiment, LayerSettings, OutputSettings
from nntui.experiment.parts import PartSettings
from nntui.experiment.values import value_at
from nntui.training.snapshot import Scene
from nntui.ui.glossary import Entry, entry_for_choice, entry_for_key
from nntui.ui.panes.layer_lines import LayerLine
from nntui.ui.terms import distinct

_ACTIVATION, _INITIALIZER = "layers.*.activation", "layers.*.initializer"

_OF_ANY_LAYER = (
    "neuron (unit)",
    "weight",
    "bias",
    "weighted sum",
    "activation function",
    "parameters",
    "gradient norm",
    "mean of activations",
    "spread of activations",
    "initializer",
    "dense layer",
    "layer",
)
_OF_HIDDEN_LAYERS = (
    "hidden layer",
    "dropout",
    "frozen weights",
    "silenced neuron",
    "vanishing gradient",
    "transfer learning",
)
_OF_INPUT = ("features", "input", "column", "standardize", "layer", "hyperparameter")
_OF_LOSS = (
    "loss function",
    "training loss",
    "test loss",
    "learning curve",
    "epoch",
    "step",
    "overfitting",
    "underfitting",
    "logarithmic axis",
    "smoothing",
    "divergence",
    "generalization",
)
_OF_REGIONS = (
    "decision region",
    "decision boundary",
    "confidence",
    "training points",
    "test points",
    "output layer",
    "probability",
    "class",
    "crosshair",
    "misclassified",
    "accuracy",
    "linearly separable",
    "overfitting",
)
_OF_VALUES = (
    "prediction",
    "target",
    "training points",
    "test points",
    "R²",
    "crosshair",
    "output layer",
    "regression",
    "overfitting",
    "underfitting",
)


def terms_of_layer(
    line: LayerLine, settings: LayerSettings | OutputSettings | None
) -> tuple[str, ...]:
    """List the terms of a row of the list of layers.

    Args:
        line: What the row says.
        settings: The layer's; None for the input.
    """
    if settings is None:
        return _OF_INPUT
    is_hidden = isinstance(settings, LayerSettings)
    loss = entry_for_choice("output.loss", line.loss)
    return distinct(
        [
            *_names([entry_for_choice(_ACTIVATION, line.function)]),
            *_names([loss]),
            *([] if is_hidden else ["output layer"]),
            *_special(line, settings),
            "neuron (unit)",
            *_names([entry_for_choice(_INITIALIZER, line.initializer)]),
            *_OF_ANY_LAYER,
            *(_OF_HIDDEN_LAYERS if is_hidden else ("logit", "loss function", "frozen weights")),
        ]
    )


def _special(line: LayerLine, settings: LayerSettings | OutputSettings) -> Iterator[str]:
    """Name what only some layers have."""
    if line.dropout:
        yield "dropout"
    if line.is_frozen or settings.frozen_units:
        yield "frozen weights"
    if isinstance(settings, LayerSettings) and settings.silenced_units:
        yield "silenced neuron"
    if line.statistics is not None and line.statistics.dead is not None:
        yield "dead neuron"
    if line.statistics is not None and line.statistics.saturated is not None:
        yield "saturation"


def terms_of_setting(experiment: Experiment, key: str) -> tuple[str, ...]:
    """List the terms of a setting: its own, that of what is chosen, then related ones.

    Args:
        experiment: The experiment.
        key: The setting's key, as ``form_rows`` gives it.
    """
    own = entry_for_key(key)
    value = value_at(experiment, key)
    name = value.name if isinstance(value, PartSettings) else value
    chosen = entry_for_choice(key, name) if isinstance(name, str) else None
    entries = [entry for entry in (own, chosen) if entry]
    related = [term for entry in reversed(entries) for term in entry.see]
    return distinct([*_names(entries), *related, "hyperparameter"])


def terms_of_loss(*, is_regression: bool, shows_score: bool) -> tuple[str, ...]:
    """List the terms of the loss pane.

    Args:
        is_regression: Whether values are predicted.
        shows_score: Whether the accuracy (or R²) is drawn instead of the loss.
    """
    score = "R²" if is_regression else "accuracy"
    return distinct([*([score] if shows_score else []), *_OF_LOSS, score])


def terms_of_regions(
    scene: Scene | None, *, has_crosshair: bool, marks_mistakes: bool
) -> tuple[str, ...]:
    """List the terms of the decision regions.

    Args:
        scene: What is shown; None before it is there.
        has_crosshair: Whether a place is read.
        marks_mistakes: Whether misclassified points are marked.
    """
    usual = _OF_REGIONS
    if scene is not None and scene.task == "regression":
        usual = _OF_VALUES
    special = [
        *(["crosshair"] if has_crosshair else []),
        *(["misclassified"] if marks_mistakes and usual is _OF_REGIONS else []),
    ]
    is_turned = scene is not None and scene.plane.kind == "components"
    return distinct([*special, *usual, *(["principal component"] if is_turned else [])])


def choices_in_use(
    experiment: Experiment, lines: Sequence[LayerLine]
) -> Mapping[str, Sequence[str]]:
    """List for general terms what has been chosen of their kind, by its own term.

    Args:
        experiment: The experiment.
        lines: Its layers, from the input to the output.
    """
    layers = lines[1:]
    optimizer = experiment.optimizer
    return {
        "activation function": _chosen(_ACTIVATION, (line.function for line in layers)),
        "initializer": _chosen(_INITIALIZER, (line.initializer for line in layers)),
        "output layer": _chosen("output.activation", [layers[-1].function]),
        "loss function": _chosen("output.loss", [layers[-1].loss]),
        "optimizer": _chosen("optimizer", [optimizer.name]),
        "schedule": _chosen("optimizer.schedule", [optimizer.schedule.name]),
    }


def _chosen(key: str, names: Iterable[str]) -> tuple[str, ...]:
    return distinct(_names(entry_for_choice(key, name) for name in names))


def _names(entries: Iterable[Entry | None]) -> list[str]:
    return [entry.term for entry in entries if entry is not None]
