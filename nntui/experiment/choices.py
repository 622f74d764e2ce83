"""Going round the choices of a setting, passing over those that do not fit the rest."""

from nntui.data.facts import COLUMNS_TO_ROTATE, plain_name
from nntui.errors import ExperimentError
from nntui.experiment.checks import resolved_output
from nntui.experiment.data_facts import DataFacts, KnownSource
from nntui.experiment.experiment import Experiment
from nntui.experiment.fields import Field
from nntui.experiment.overrides import experiment_with


def next_choice(
    experiment: Experiment, field: Field, name: object, direction: int, facts: DataFacts
) -> object:
    """Give the choice after (or before) the present one.

    Args:
        experiment: A checked experiment.
        field: The key, as it is in this experiment.
        name: What is chosen now: a name, true or false, or None for what follows from the data.
        direction: 1 for the next one, −1 for the one before.
        facts: What is known of the data.

    Returns:
        The nearest choice that the rest of the experiment allows. Where it allows no other, the
        very next one: trying it says why. What has no choices stays as it is.
    """
    options = choices_of(field, facts)
    if not options:
        return name
    if isinstance(name, str) and name not in options:
        # A data set's name may be written in several ways.
        name = plain_name(name)
    # What is no choice stands before the first.
    start = options.index(name) if name in options else -1 if direction > 0 else 0
    order = [options[(start + direction * turn) % len(options)] for turn in range(1, len(options))]
    order = order or [options[0]]
    for option in order:
        if fits(experiment, field.key, option, facts):
            return option
    return order[0]


def choices_of(field: Field, facts: DataFacts) -> tuple[object, ...]:
    """List everything that may be chosen at a key; None is what follows from the data."""
    if field.key == "data.source":
        return tuple(source.name for source in facts.sources)
    options: tuple[object, ...] = field.choices
    if field.type_text == "true or false":
        options = (False, True)
    return (None, *options) if field.optional and options else options


def fits(experiment: Experiment, key: str, value: object, facts: DataFacts) -> bool:
    """Tell whether an experiment makes sense with another value at one key."""
    try:
        changed = experiment_with(experiment, [(key, value)])
        source = KnownSource("", facts.task, facts.columns)
        if key == "data.source":
            source = next((one for one in facts.sources if one.name == value), KnownSource(""))
        if source.task is not None:
            resolved_output(changed, source.task)
    except ExperimentError:
        return False
    turns = experiment.augmentation.rotation_degrees > 0
    return not (turns and source.columns not in (None, COLUMNS_TO_ROTATE))
