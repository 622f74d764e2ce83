"""What a worker asks of whoever keeps its run when it is interrupted."""

from dataclasses import dataclass
from typing import Protocol

from nntui.training.messages import Kept
from nntui.training.recorded_run import RecordedRun


@dataclass(frozen=True, eq=False)
class GoingOn:
    """A run that was interrupted, and goes on.

    Attributes:
        run: The run, where it was.
        notes: What the user should know about it.
    """

    run: RecordedRun
    notes: tuple[str, ...] = ()


class Keeper(Protocol):
    """Keeps a run beyond its worker's end."""

    def begin(self) -> GoingOn | None:
        """Bring back the run to go on with; None where a new one is to begin. Called first.

        Raises:
            NntuiError: It cannot be brought back.
        """
        ...

    def keep(self, run: RecordedRun) -> Kept | None:
        """Keep a run that is interrupted. It never raises.

        Returns:
            Where it is kept, or why not; None where there is nothing in it yet.
        """
        ...

    def leave(self) -> None:
        """Take note that the user has left on purpose. It never raises."""
        ...


class NoKeeper:
    """Keeps nothing."""

    def begin(self) -> GoingOn | None:
        """Let a new run begin."""
        return None

    def keep(self, run: RecordedRun) -> Kept | None:
        """Let the run go."""
        del run
        return None

    def leave(self) -> None:
        """Do nothing."""


NO_KEEPER = NoKeeper()
