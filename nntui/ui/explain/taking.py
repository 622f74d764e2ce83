"""Making the update of a walk for real."""

from nntui.explain.page import Page
from nntui.training.snapshot import Snapshot
from nntui.ui.session import Session


class Taking:
    """Makes updates, and says that one has been made once it has.

    Args:
        session: The run.
    """

    def __init__(self, session: Session) -> None:
        self._session = session
        self._awaited: int | None = None

    def take(self, page: Page) -> None:
        """Make the update that a page tells.

        Args:
            page: A page of the walk through it.
        """
        if page.point is None:
            self._session.advance()
        else:
            self._session.step_on(page.point)
        self._awaited = page.steps + 1

    def tell(self, snapshot: Snapshot) -> bool:
        """Say that the update has been made; tell whether there was anything to say.

        Where training has diverged, nothing was made, and the session says why.

        Args:
            snapshot: The last one that came.
        """
        steps, has_diverged = snapshot.steps, snapshot.divergence is not None
        if self._awaited is None or (steps < self._awaited and not has_diverged):
            return False
        is_made = steps == self._awaited and not has_diverged
        self._awaited = None
        if is_made:
            self._session.notice = f"Taken: the run is at step {steps:,}; this is the next update."
        return is_made
