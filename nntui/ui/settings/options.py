"""What may be chosen at a setting, with a sentence about each."""

from nntui.data.sources import catalogue
from nntui.experiment.choices import choices_of
from nntui.experiment.data_facts import DataFacts
from nntui.experiment.form import FormRow
from nntui.experiment.values import short_text
from nntui.ui.dialogs.choice import Choice
from nntui.ui.glossary import entry_for_choice

A_FILE = object()
"""Stands for a CSV file that is still to be named."""


def options_of(row: FormRow, facts: DataFacts) -> tuple[Choice, ...]:
    """List what may be chosen at a row, empty where a value is to be typed.

    Args:
        row: The setting.
        facts: What is known of the data.
    """
    if row.key == "data.source":
        return _sources(facts)
    return tuple(
        (value, short_text(value), _about(row, value)) for value in choices_of(row.field, facts)
    )


def _sources(facts: DataFacts) -> tuple[Choice, ...]:
    known = {entry.name: entry for entry in catalogue()}
    options: list[Choice] = []
    for source in facts.sources:
        entry = known.get(source.name)
        about = "a file of your own"
        if entry is not None:
            classes = entry.classes.replace(" (any)", " or more")
            kind = f"{classes} classes" if classes else "a value to predict"
            inputs = f"{entry.columns} inputs" if entry.columns > 1 else "1 input"
            about = f"{entry.description} · {inputs} · {kind}"
        options.append((source.name, short_text(source.name), about))
    return (*options, (A_FILE, "a CSV file…", "points of your own, from a file"))


def _about(row: FormRow, value: object) -> str:
    if value is None:
        return "what follows from the data and the other settings"
    if isinstance(value, bool):
        return row.field.description if value else f"not: {row.field.description}"
    entry = entry_for_choice(row.key, str(value))
    if entry is not None:
        return entry.text
    kind = row.field.kinds.get(str(value))
    return (kind.__doc__ or "").strip() if kind else ""
