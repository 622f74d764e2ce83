"""The edits that the trainer has not answered yet: one is on its way, the others wait in line."""

from collections.abc import Callable
from dataclasses import replace

from nntui.training.changes import change_between
from nntui.training.messages import Command
from nntui.ui.edits import SentEdit


class EditLine:
    """Sends one edit after the other, each when the one before has been answered.

    A trainer of many points may take a second for each, so those that wait become one wherever one
    does the same.

    Args:
        send: Sends a command to the trainer.
    """

    def __init__(self, send: Callable[[Command], None]) -> None:
        self._send = send
        self._edits: list[SentEdit] = []

    def submit(self, edit: SentEdit) -> None:
        """Send an edit, or let it wait."""
        if len(self._edits) > 1 and (joined := join(self._edits[-1], edit)) is not None:
            self._edits.pop().tell("")
            edit = joined
        self._edits.append(edit)
        if len(self._edits) == 1:
            self._send(edit.apply)

    def applied(self) -> SentEdit | None:
        """Return the edit that the trainer has taken in, which is in the line no more."""
        return self._edits.pop(0) if self._edits else None

    def go_on(self) -> None:
        """Send the next one, if one waits; the answer may come before this returns."""
        if self._edits:
            self._send(self._edits[0].apply)

    def refused(self) -> list[SentEdit]:
        """Return the edit that the trainer has refused, and those made on top of it."""
        edits, self._edits = self._edits, []
        return edits


def join(first: SentEdit, then: SentEdit) -> SentEdit | None:
    """Make one edit that does what two would do one after the other; None where it takes two.

    Numbers put into a run by hand are not to get lost when another run follows, nor to get into
    that one. What else was changed of the first run is known by the edits that can be undone.
    """
    one, other = first.apply, then.apply
    run = one.run if other.run is None else other.run
    if not one.parameters:
        return replace(then, apply=replace(other, run=run))
    is_same_run = run == one.run and not change_between(one.experiment, other.experiment).rebuilds
    if not is_same_run:
        return None
    values = {value.place: value for value in (*one.parameters, *other.parameters)}
    return replace(then, apply=replace(other, run=run, parameters=tuple(values.values())))
