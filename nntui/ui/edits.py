"""Edits: those to undo and to redo, with the runs that belonged to them, and those sent."""

from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from nntui.experiment.experiment import Experiment
from nntui.training.messages import Apply, ParameterPlace, ParameterValue

MOST_EDITS = 200
"""How many edits can be undone."""

Outcome = Callable[[str], None]
"""Told the reason why an edit was refused, or an empty text when it was taken in."""

Values = tuple[ParameterValue, ...]
"""Numbers for some weights and biases."""


@dataclass(frozen=True)
class Edited:
    """An experiment as it was before, or after, an edit.

    Attributes:
        experiment: The experiment.
        revision: The edit that had led to it, which tells the run that belonged to it.
        label: The edit that led away from it, in a few words.
        values_before: What the parameters that the edit changed were before it.
        values_after: What they were after it.
        run: The run whose parameters they are, where it was known; a reset has begun another one.
    """

    experiment: Experiment
    revision: int
    label: str
    values_before: Values = ()
    values_after: Values = ()
    run: int | None = None


class Edits:
    """The edits that can be taken back, and those that can be made again."""

    def __init__(self) -> None:
        self._past: deque[Edited] = deque(maxlen=MOST_EDITS)
        self._future: list[Edited] = []

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
        self._future.append(replace(before, experiment=present, revision=revision))
        return before

    def redo(self, present: Experiment, revision: int) -> Edited | None:
        """Make the last undone edit again; like ``undo``."""
        if not self._future:
            return None
        after = self._future.pop()
        self._past.append(replace(after, experiment=present, revision=revision))
        return after

    def copy(self) -> "Edits":
        """Return a copy that goes its own way from here on."""
        other = Edits()
        other._past, other._future = self._past.copy(), self._future.copy()
        return other


@dataclass(frozen=True)
class SentEdit:
    """An edit on its way to the trainer.

    Attributes:
        apply: What the trainer is told.
        edits: What can be undone and redone once it has been made.
        outcome: Told how it went.
        pending: What parameters are afterwards that no snapshot has shown yet.
    """

    apply: Apply
    edits: Edits
    outcome: Outcome | None
    pending: Mapping[ParameterPlace, float]

    def tell(self, reason: str) -> None:
        """Tell whoever asked how it went."""
        if self.outcome is not None:
            self.outcome(reason)


@dataclass(frozen=True)
class AcceptedEdit:
    """The last edit that the trainer has taken in: a refusal goes back to it.

    Attributes:
        experiment: The experiment that it led to.
        revision: Its number; 0 for the experiment that the trainer began with.
        edits: What could be undone and redone then.
        pending: What parameters were that no snapshot had shown yet.
    """

    experiment: Experiment
    revision: int
    edits: Edits
    pending: dict[ParameterPlace, float]
