"""Changes settings of the session's experiment, at the press of a key or by a dialog."""

from collections.abc import Callable
from functools import partial
from typing import cast

from textual.widget import Widget

from nntui.errors import ExperimentError
from nntui.experiment.data_facts import DataFacts
from nntui.experiment.experiment import Experiment
from nntui.experiment.form import FormRow, describe
from nntui.experiment.overrides import experiment_with
from nntui.experiment.parts import PartSettings
from nntui.experiment.values import value_at
from nntui.quoting import printable
from nntui.ui.dialogs.checklist import ChecklistDialog
from nntui.ui.dialogs.choice import ChoiceDialog
from nntui.ui.dialogs.dialog import Told, open_dialog
from nntui.ui.dialogs.file_prompt import FilePrompt
from nntui.ui.dialogs.prompt import PromptDialog
from nntui.ui.glossary import entry_for_key
from nntui.ui.session import Session
from nntui.ui.settings.changes import (
    change_label,
    default_setting,
    may_rebuild,
    step_setting,
    type_setting,
)
from nntui.ui.settings.drawing import REBUILDS
from nntui.ui.settings.features import checked_features, feature_options, setting_of
from nntui.ui.settings.options import A_FILE, options_of
from nntui.ui.terms import Topic

CSV_SUFFIXES = (".csv", ".tsv", ".txt")

BEGINS_ANEW = f"{REBUILDS} begins the run anew"


class SettingEditor:
    """Does what the keys ask for at a row of a form.

    Args:
        session: The experiment and its run.
        widget: What the rows are drawn by; dialogs open in front of it.
        facts: Tells what is known of the data.
        say: Shows the user a sentence; an empty one takes the last away.
        edited: Called after each edit.
    """

    def __init__(
        self,
        session: Session,
        widget: Widget,
        facts: Callable[[], DataFacts],
        say: Callable[[str], None],
        edited: Callable[[], None],
    ) -> None:
        self._session = session
        self._widget = widget
        self._facts = facts
        self._say = say
        self._edited = edited

    def step(self, row: FormRow, direction: int) -> None:
        """Go to the next sensible value."""
        self._say("")
        present = self._session.experiment
        try:
            changed = step_setting(present, row, direction, self._facts())
        except ExperimentError as error:
            self._say(str(error))
            return
        if changed == present:
            self._say(f"There is no further step for {row.label}; enter types a value.")
            return
        self._become(row, changed, self._told_later)

    def default(self, row: FormRow) -> None:
        """Go back to the default."""
        self._say("")
        try:
            changed = default_setting(self._session.experiment, row)
        except ExperimentError as error:
            self._say(str(error))
            return
        self._become(row, changed, self._told_later)

    def topic(self, row: FormRow) -> Topic:
        """Tell what a setting means, what it is by default, and what may be given."""
        entry = entry_for_key(row.key)
        return Topic(row.label, (*((entry.text,) if entry else ()), self._hint(row)))

    def edit(self, row: FormRow) -> None:
        """Ask for a value."""
        facts = self._facts()
        options = options_of(row, facts)
        if row.key == "data.features" and facts.input_names:
            self._ask_features(row, facts)
        elif options:
            value = value_at(self._session.experiment, row.key)
            name = value.name if isinstance(value, PartSettings) else value
            open_dialog(
                self._widget,
                ChoiceDialog(
                    self._title(row), options, name, partial(self._choose, row), self._told_later
                ),
            )
        else:
            open_dialog(
                self._widget,
                PromptDialog(
                    self._title(row),
                    self._hint(row),
                    row.typed_text,
                    partial(self._type, row),
                    self._told_later,
                ),
            )

    def _ask_features(self, row: FormRow, facts: DataFacts) -> None:
        chosen = cast("tuple[str, ...]", value_at(self._session.experiment, row.key))
        known = checked_features(facts, chosen)

        def submit(checked: tuple[str, ...], told: Told) -> None:
            if not checked:
                told("expected at least one feature")
                return
            self._set(row, setting_of(facts, checked), told)

        open_dialog(
            self._widget,
            ChecklistDialog(
                self._title(row),
                f"inputs of the network · {BEGINS_ANEW}",
                feature_options(facts, known),
                known,
                submit,
                self._told_later,
            ),
        )

    def _choose(self, row: FormRow, value: object, told: Told) -> None:
        if value is not A_FILE:
            self._set(row, value, told)
            return
        told("")
        open_dialog(
            self._widget,
            FilePrompt(
                self._title(row),
                row.typed_text if self._facts().is_file else "",
                lambda path, said: self._set(row, path, said),
                suffixes=CSV_SUFFIXES,
                afterwards=self._told_later,
            ),
        )

    def _type(self, row: FormRow, text: str, told: Told) -> None:
        try:
            changed = type_setting(self._session.experiment, row, text)
        except ExperimentError as error:
            told(str(error))
            return
        self._become(row, changed, told)

    def _set(self, row: FormRow, value: object, told: Told) -> None:
        try:
            changed = experiment_with(self._session.experiment, [(row.key, value)])
        except ExperimentError as error:
            told(str(error))
            return
        self._become(row, changed, told)

    def _become(self, row: FormRow, changed: Experiment, told: Told) -> None:
        def outcome(reason: str) -> None:
            told(reason)
            self._edited()

        self._session.become(changed, change_label(row, changed), outcome)
        self._edited()

    def _told_later(self, reason: str) -> None:
        if reason:
            self._say(reason)

    def _title(self, row: FormRow) -> str:
        return f"{row.group} · {row.label}"

    def _hint(self, row: FormRow) -> str:
        hint = describe(row)
        if may_rebuild(self._session.experiment, row, self._facts()):
            hint = f"{hint} · {BEGINS_ANEW}"
        return printable(hint)
