"""The rows of a form over an experiment: which settings mean something now, and how they read."""

import re
from dataclasses import dataclass

from nntui.data.facts import COLUMNS_TO_ROTATE
from nntui.errors import ExperimentError
from nntui.experiment.checks import resolved_output
from nntui.experiment.data_facts import DataFacts
from nntui.experiment.experiment import Experiment
from nntui.experiment.fields import Field, experiment_fields
from nntui.experiment.optimizers import SGDSettings
from nntui.experiment.parts import PartSettings
from nntui.experiment.values import feature_text, short_text, typed_text, value_at

_MOST_NAMED_COLUMNS = 4
_LONGEST_NAMES = 24

LABELS: dict[str, dict[str, str]] = {
    "Data": {
        "data.source": "data set",
        "data.samples": "points",
        "data.noise": "noise",
        "data.classes": "classes",
        "data.features": "features",
        "data.test_fraction": "test share",
        "data.label": "label",
        "data.task": "task",
        "data.columns": "columns",
        "data.header": "header",
        "data.standardize": "standardize",
        "data.seed": "data seed",
    },
    "Training": {
        "training.batch_size": "batch size",
        "seed": "seed",
        "dtype": "precision",
    },
    "Optimizer": {
        "optimizer": "optimizer",
        "optimizer.learning_rate": "learning rate",
        "optimizer.momentum": "momentum",
        "optimizer.nesterov": "nesterov",
        "optimizer.schedule": "schedule",
        "optimizer.schedule.decay_rate": "decay rate",
        "optimizer.schedule.decay_steps": "decay steps",
        "optimizer.schedule.alpha": "final share",
        "optimizer.schedule.warmup_steps": "warm-up steps",
        "optimizer.weight_decay": "weight decay",
        "optimizer.clip_norm": "clip norm",
        "optimizer.beta_1": "beta_1",
        "optimizer.beta_2": "beta_2",
        "optimizer.rho": "rho",
        "optimizer.initial_accumulator_value": "accumulator",
        "optimizer.epsilon": "epsilon",
    },
    "Regularization": {
        "regularization.l1": "L1",
        "regularization.l2": "L2",
        "regularization.bias_l1": "bias L1",
        "regularization.bias_l2": "bias L2",
    },
    "Output": {
        "output.loss": "loss",
        "output.loss.delta": "delta",
        "output.activation": "output",
        "output.activation.alpha": "alpha",
        "output.activation.negative_slope": "slope",
        "output.initializer": "initializer",
        "output.initializer.scale": "initial scale",
        "output.initializer.low": "initial low",
        "output.initializer.high": "initial high",
        "output.initializer.value": "initial value",
        "output.trainable": "trainable",
    },
    "Augmentation": {
        "augmentation.jitter": "jitter",
        "augmentation.rotation_degrees": "rotation",
        "augmentation.mixup": "mixup",
    },
}
"""The settings of the whole network in the order of a form, by group: each key and its label."""

LAYER_LABELS: dict[str, str] = {
    "layers.*.units": "units",
    "layers.*.activation": "activation",
    "layers.*.activation.alpha": "alpha",
    "layers.*.activation.negative_slope": "slope",
    "layers.*.dropout": "dropout",
    "layers.*.initializer": "initializer",
    "layers.*.initializer.scale": "initial scale",
    "layers.*.initializer.low": "initial low",
    "layers.*.initializer.high": "initial high",
    "layers.*.initializer.value": "initial value",
    "layers.*.trainable": "trainable",
}
"""The settings of one hidden layer in the order of a form: each key and its label."""

_FILE_KEYS = ("data.label", "data.header", "data.task", "data.columns")


@dataclass(frozen=True)
class FormRow:
    """One setting, as a form shows it.

    Attributes:
        key: The path of its key, as ``overrides.edit`` takes it.
        group: The heading that it belongs under.
        label: What it is called, in at most 13 characters.
        value_text: Its value for a reader; "auto" with what follows where it is left out.
        typed_text: Its value as a user would type it; empty where it is left out.
        field: The key's type, range, choices and description.
        is_default: Whether it has the value that it has by itself.
    """

    key: str
    group: str
    label: str
    value_text: str
    typed_text: str
    field: Field
    is_default: bool


def form_rows(experiment: Experiment, facts: DataFacts) -> tuple[FormRow, ...]:
    """List the settings that mean something now, apart from those of the hidden layers.

    Args:
        experiment: A checked experiment.
        facts: What is known of its data.
    """
    fields = {field.key: field for field in experiment_fields(experiment)}
    rows = (
        _row(experiment, facts, group, label, fields[key])
        for group, labels in LABELS.items()
        for key, label in labels.items()
        if key in fields
    )
    # A setting that was made stays in sight, or nobody could take it back.
    return tuple(row for row in rows if _matters(row.key, experiment, facts) or not row.is_default)


def layer_rows(experiment: Experiment, index: int) -> tuple[FormRow, ...]:
    """List the settings of one hidden layer.

    Args:
        experiment: A checked experiment.
        index: Which layer, counted from 0.
    """
    fields = {field.key: field for field in experiment_fields(experiment)}
    keys = {key.replace("*", str(index)): label for key, label in LAYER_LABELS.items()}
    group = f"Layer {index + 1}"
    return tuple(
        _row(experiment, DataFacts(), group, label, fields[key])
        for key, label in keys.items()
        if key in fields
    )


def describe(row: FormRow) -> str:
    """Say in one line what a setting is, what it is by default, and what may be given."""
    field = row.field
    default = "auto" if field.default in (None, ()) else short_text(field.default)
    expected = field.expected + (", or none for auto" if field.optional else "")
    if field.type_text == "list of texts":
        expected = "names with commas between"
    return f"{field.description} · default {default} · {expected}"


def general_key(key: str) -> str:
    """Write a key with ``*`` for the number of a layer and without a part's ``.name``.

    Example:
        >>> general_key("layers.3.activation.name")
        'layers.*.activation'
    """
    return re.sub(r"^layers\.\d+", "layers.*", key).removesuffix(".name")


def _row(experiment: Experiment, facts: DataFacts, group: str, label: str, field: Field) -> FormRow:
    value = value_at(experiment, field.key)
    if isinstance(value, PartSettings):
        # Its own settings have rows, and defaults, of their own.
        is_default = type(value) is type(field.default)
    else:
        is_default = value == field.default
    text = short_text(value)
    if value in (None, ()):
        text = " ".join(filter(None, ["auto", _what_follows(field.key, experiment, facts)]))
    return FormRow(field.key, group, label, text, typed_text(value), field, is_default)


def _matters(key: str, experiment: Experiment, facts: DataFacts) -> bool:
    """Tell whether a setting has a meaning for the data and the other settings."""
    if key in _FILE_KEYS:
        return facts.is_file
    if key in ("data.samples", "data.noise"):
        return facts.is_toy
    if key == "data.classes":
        return facts.any_classes
    if key == "augmentation.rotation_degrees":
        return facts.columns in (None, COLUMNS_TO_ROTATE)
    if key == "optimizer.nesterov":
        optimizer = experiment.optimizer
        return isinstance(optimizer, SGDSettings) and optimizer.momentum > 0
    return True


def _what_follows(key: str, experiment: Experiment, facts: DataFacts) -> str:
    """Write the value that a setting gets where it is left out, as far as it is known."""
    match key:
        case "data.classes":
            return str(facts.default_classes or "")
        case "data.noise":
            return "" if facts.default_noise is None else short_text(facts.default_noise)
        case "data.features":
            return _columns_text(facts)
        case "data.task":
            return facts.task or ""
        case "output.activation" | "output.loss":
            return _output_text(key, experiment, facts)
        case _:
            return ""


def _columns_text(facts: DataFacts) -> str:
    text = " ".join(feature_text(name) for name in facts.input_names)
    if text and len(facts.input_names) <= _MOST_NAMED_COLUMNS and len(text) <= _LONGEST_NAMES:
        return text
    if facts.columns is None:
        return ""
    return f"{facts.columns} column{'' if facts.columns == 1 else 's'}"


def _output_text(key: str, experiment: Experiment, facts: DataFacts) -> str:
    if facts.task is None:
        return ""
    try:
        output = resolved_output(experiment, facts.task)
    except ExperimentError:
        # The settings do not suit the data, which the trainer says where the user looks.
        return ""
    return output.loss.name if key == "output.loss" else output.activation.name
