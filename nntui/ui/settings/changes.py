"""What a change of one setting does, before it is made. Pure functions."""

from nntui.errors import ExperimentError
from nntui.experiment.data_facts import DataFacts
from nntui.experiment.experiment import Experiment
from nntui.experiment.form import FormRow
from nntui.experiment.ladders import stepped
from nntui.experiment.overrides import edit, experiment_with
from nntui.experiment.parts import PartSettings
from nntui.experiment.values import short_text, value_at
from nntui.quoting import printable
from nntui.training.changes import OUTPUT_DECIDING_KEYS, rebuilds, step_rebuilds
from nntui.ui.settings.drawing import fitted

_LONGEST_VALUE = 24


def step_setting(
    experiment: Experiment, row: FormRow, direction: int, facts: DataFacts
) -> Experiment:
    """Give a setting its next sensible value.

    Args:
        experiment: A checked experiment.
        row: The setting.
        direction: 1 for up, −1 for down.
        facts: What is known of the data.

    Returns:
        The experiment with the new value; an equal one where there is nowhere to go.

    Raises:
        ExperimentError: The rest of the experiment does not allow it.
    """
    value = stepped(experiment, row.field, 1 if direction > 0 else -1, facts)
    present = value_at(experiment, row.key)
    name = present.name if isinstance(present, PartSettings) else present
    return experiment if value == name else experiment_with(experiment, [(row.key, value)])


def type_setting(experiment: Experiment, row: FormRow, text: str) -> Experiment:
    """Give a setting the value that was typed.

    Raises:
        ExperimentError: It is not one, or the rest of the experiment does not allow it.
    """
    return edit(experiment, row.key, text)


def default_setting(experiment: Experiment, row: FormRow) -> Experiment:
    """Give a setting the value that it has by itself.

    Raises:
        ExperimentError: The rest of the experiment does not allow it.
    """
    return experiment_with(experiment, [(row.key, row.field.default)])


def change_label(row: FormRow, changed: Experiment) -> str:
    """Say in a few words what was changed, for the marks in the history.

    Args:
        row: The setting.
        changed: The experiment with its new value.

    Example:
        >>> from nntui.experiment.form import layer_rows
        >>> change_label(layer_rows(Experiment(), 0)[0], Experiment())
        'layer 1: 32 units'
    """
    value = value_at(changed, row.key)
    text = "auto" if value in (None, ()) else fitted(short_text(value), _LONGEST_VALUE)
    if not row.key.startswith("layers."):
        return printable(f"{row.label} {text}")
    place = row.group.lower()
    return f"{place}: {text} units" if row.field.name == "units" else f"{place}: {row.label} {text}"


def may_rebuild(experiment: Experiment, row: FormRow, facts: DataFacts) -> bool:
    """Tell whether the next change of a setting begins the run anew."""
    if rebuilds(row.key):
        return True
    if row.key not in {key.removesuffix(".name") for key in OUTPUT_DECIDING_KEYS}:
        return False
    return any(_step_rebuilds(experiment, row, direction, facts) for direction in (-1, 1))


def _step_rebuilds(experiment: Experiment, row: FormRow, direction: int, facts: DataFacts) -> bool:
    try:
        return step_rebuilds(experiment, step_setting(experiment, row, direction, facts))
    except ExperimentError:
        return False
