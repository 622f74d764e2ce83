"""The rows of a form as they are now, and the cursor among them."""

from collections.abc import Callable

from nntui.experiment.data_facts import DataFacts
from nntui.experiment.experiment import Experiment
from nntui.experiment.form import FormRow
from nntui.ui.session import Session
from nntui.ui.settings.changes import may_rebuild
from nntui.ui.settings.known_data import known_facts


class Form:
    """Follows the session's experiment; the cursor stays at its setting while rows come and go.

    Args:
        session: The experiment and its run.
        list_rows: Lists the rows of an experiment.

    Attributes:
        rows: The rows as they are now.
        rebuilding: For each row, whether the next change of it begins the run anew.
        facts: What is known of the data.
        cursor: The number of the row under the cursor.
    """

    def __init__(
        self, session: Session, list_rows: Callable[[Experiment, DataFacts], tuple[FormRow, ...]]
    ) -> None:
        self._session = session
        self._list_rows = list_rows
        self._files: dict[str, None] = {}
        self._experiment: Experiment | None = None
        self.rows: tuple[FormRow, ...] = ()
        self.rebuilding: tuple[bool, ...] = ()
        self.facts = DataFacts()
        self.cursor = 0
        self._key = ""
        self._ground: object = None
        self.refresh()

    @property
    def row(self) -> FormRow | None:
        """The row under the cursor."""
        return self.rows[self.cursor] if self.rows else None

    def refresh(self) -> bool:
        """Read the experiment again, if it has changed, and tell whether it has."""
        experiment = self._session.experiment
        facts = known_facts(self._session, tuple(self._files))
        if facts.is_file:
            # Stepping through the data sets comes back to it.
            self._files[experiment.data.source] = None
        if experiment is self._experiment and facts == self.facts:
            return False
        self._experiment, self.facts = experiment, facts
        self.rows = self._list_rows(experiment, facts)
        keys = [row.key for row in self.rows]
        self._mark(experiment, tuple(keys))
        place = keys.index(self._key) if self._key in keys else self.cursor
        self.go_to(place)
        return True

    def _mark(self, experiment: Experiment, keys: tuple[str, ...]) -> None:
        """Find out anew which rows rebuild, if what that hangs on has changed."""
        optimizer, output = experiment.optimizer.name, experiment.output
        ground = (keys, optimizer, output, bool(experiment.layers), self.facts.task)
        if ground != self._ground:
            self._ground = ground
            self.rebuilding = tuple(may_rebuild(experiment, row, self.facts) for row in self.rows)

    def go_to(self, index: int) -> None:
        """Put the cursor at a row, or at the nearest one there is."""
        self.cursor = min(max(index, 0), max(len(self.rows) - 1, 0))
        self._key = self.rows[self.cursor].key if self.rows else ""
