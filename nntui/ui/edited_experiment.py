"""The experiment and the weights as the user has edited them; the trainer follows."""

from collections.abc import Callable

from nntui.experiment.experiment import Experiment
from nntui.training.changes import change_between
from nntui.training.messages import Applied, Apply, Command, ParameterPlace
from nntui.ui.edit_line import EditLine
from nntui.ui.edits import AcceptedEdit, Edited, Edits, Outcome, SentEdit, Values


class EditedExperiment:
    """An experiment with its edits: those made, those to undo, those the trainer has to answer.

    Args:
        experiment: What the trainer was started with.
        send: Sends a command to the trainer.

    Attributes:
        experiment: The experiment as the user sees it; the trainer may be a moment behind.
        revision: The number of the edit that led to it.
    """

    def __init__(self, experiment: Experiment, send: Callable[[Command], None]) -> None:
        self.experiment = experiment
        self.revision = 0
        self._edits = Edits()
        self._line = EditLine(send)
        self._accepted = AcceptedEdit(experiment, 0, Edits(), {})
        self._run_of_revision: dict[int, int] = {}
        self._pending: dict[ParameterPlace, float] = {}

    def become(self, experiment: Experiment, label: str, outcome: Outcome | None) -> None:
        """Edit the experiment; see ``Session.become``."""
        if experiment != self.experiment:
            self._edits.made(Edited(self.experiment, self.revision, label))
            self._submit(experiment, label, outcome=outcome)
        elif outcome is not None:
            outcome("")

    def set_parameters(
        self, before: Values, after: Values, label: str, outcome: Outcome | None
    ) -> None:
        """Edit single weights and biases; see ``Session.set_parameters``."""
        if before != after:
            run = self._run_of_revision.get(self.revision)
            self._edits.made(Edited(self.experiment, self.revision, label, before, after, run))
            self._submit(self.experiment, label, values=after, outcome=outcome)
        elif outcome is not None:
            outcome("")

    def pending_value(self, place: ParameterPlace) -> float | None:
        """Return the number that an edit has given to a place and no snapshot has shown yet."""
        return self._pending.get(place)

    def undo(self) -> bool:
        """Take the last edit back; return whether there was one."""
        before = self._edits.undo(self.experiment, self.revision)
        if before is not None:
            self._return_to(before, f"undo {before.label}", before.values_before)
        return before is not None

    def redo(self) -> bool:
        """Make the edit that was undone again; return whether there was one."""
        after = self._edits.redo(self.experiment, self.revision)
        if after is not None:
            self._return_to(after, f"redo {after.label}", after.values_after)
        return after is not None

    def _return_to(self, edited: Edited, label: str, values: Values) -> None:
        run = edited.run or self._run_of_revision.get(edited.revision)
        self._submit(edited.experiment, label, run=run, values=values)

    def _submit(
        self,
        experiment: Experiment,
        label: str,
        *,
        run: int | None = None,
        values: Values = (),
        outcome: Outcome | None = None,
    ) -> None:
        """Show an experiment at once, and let the trainer follow."""
        is_same_run = run is None and not change_between(self.experiment, experiment).rebuilds
        pending = self._pending if is_same_run else {}
        self._pending = {**pending, **{one.place: one.value for one in values}}
        self.experiment = experiment
        self.revision += 1
        apply = Apply(self.revision, experiment, label, run, values)
        self._line.submit(SentEdit(apply, self._edits.copy(), outcome, self._pending))

    def belongs_to(self, run: int) -> None:
        """Take note of the run that trains the experiment as it is."""
        self._run_of_revision[self.revision] = run

    def was_shown(self) -> None:
        """Take note that a snapshot of the experiment as it is has come."""
        self._pending = {}
        if self._accepted.revision == self.revision:
            self._accepted.pending.clear()

    def applied(self, applied: Applied) -> None:
        """Take note that the trainer has taken an edit in."""
        self._run_of_revision[applied.revision] = applied.run
        edit = self._line.applied()
        if edit is None:
            return
        self._accepted = AcceptedEdit(
            edit.apply.experiment, applied.revision, edit.edits, dict(edit.pending)
        )
        self._line.go_on()
        edit.tell("")

    def refused(self, reason: str) -> bool:
        """Go back to the last edit that was taken in; return whether somebody was told why."""
        edits = self._line.refused()
        # What waited was made on top of what has been refused.
        accepted = self._accepted
        self.experiment, self.revision = accepted.experiment, accepted.revision
        self._edits, self._pending = accepted.edits.copy(), dict(accepted.pending)
        for one in edits:
            one.tell(reason)
        return bool(edits) and edits[0].outcome is not None
