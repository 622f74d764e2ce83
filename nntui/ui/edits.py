"""Undo and redo: the experiments that were, and the runs that belonged to them."""

from collections import deque
from dataclasses import dataclass

from nntui.experiment.experiment import Experiment

MOST_EDITS = 200
"""How many edits can be undone."""


@dataclass(frozen=True)
class Edited:
    """An experiment as it was before, or after, an edit.

    Attributes:
        experiment: The experiment.
        revision: The edit that had led to it, which tells the run that belonged to it.
        label: The edit that led away from it, in a few words.
    """

    experiment: Experiment
    revision: int
    label: str


class Edits:
    """The edits that can be taken back, and those that can be made again."""

    def __init__(self) -> None:
        self._past: deque[Edited] = deque(maxlen=MOST_EDITS)
        self._future: list[Edited] = []

    @property
    def can_undo(self) -> bool:
        """Whether there is an edit to take back."""
        return bool(self._past)

    @property
    def can_redo(self) -> bool:
        """Whether there is an undone edit to make again."""
        return bool(self._future)

    def made(self, before: Edited) -> None:
        """Note an edit; what had been undone cannot be redone any more."""
        self._past.append(before)
        self._future.clear()

    def undo(self, present: Experiment, revision: int) -> Edited | None:
        """Take the last edit back.

        Args:
            present: The experiment as it is.
            revision: The edit that led to it.

        Returns:
            What was before, with the label of the edit; None where there is nothing to undo.
        """
        if not self._past:
            return None
        before = self._past.pop()
        self._future.append(Edited(present, revision, before.label))
        return before

    def redo(self, present: Experiment, revision: int) -> Edited | None:
        """Make the last undone edit again; like ``undo``."""
        if not self._future:
            return None
        after = self._future.pop()
        self._past.append(Edited(present, revision, after.label))
        return after

    def forget(self, edits: int) -> None:
        """Drop the last edits, because the trainer has refused them."""
        for _ in range(min(edits, len(self._past))):
            self._past.pop()
