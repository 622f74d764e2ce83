"""What the keys do with the run, whichever view is shown."""

from collections.abc import Callable

from nntui.ui.session import Session


class RunKeys:
    """Actions for a screen that shows a session.

    The screen sets ``session``, and shows in ``told`` what has come of them.
    """

    session: Session

    def told(self) -> None:
        """Show what the session knows now, and ask for the rest."""
        raise NotImplementedError

    def action_play(self) -> None:
        """Train on, or pause."""
        self._do(self.session.toggle_play)

    def action_step(self) -> None:
        """Make one step."""
        self._do(self.session.advance)

    def action_epoch(self) -> None:
        """Train to the end of the epoch."""
        self._do(lambda: self.session.advance(epochs=1))

    def action_reset(self) -> None:
        """Begin again with the same weights."""
        self._do(self.session.reset)

    def action_new_seed(self) -> None:
        """Begin again with other weights."""
        self._do(self.session.next_seed)

    def action_new_data(self) -> None:
        """Make other points."""
        self._do(self.session.next_data)

    def action_slower(self) -> None:
        """Train slower."""
        self._do(lambda: self.session.change_speed(-1))

    def action_faster(self) -> None:
        """Train faster."""
        self._do(lambda: self.session.change_speed(1))

    def action_back(self) -> None:
        """Go on from the last finite step."""
        self._do(self.session.back_to_finite)

    def action_undo(self) -> None:
        """Take the last edit back."""
        self._do(self.session.undo)

    def action_redo(self) -> None:
        """Make the undone edit again."""
        self._do(self.session.redo)

    def action_own(self) -> None:
        """Make a followed run one's own."""
        self._do(self.session.make_own)

    def _do(self, what: Callable[[], None]) -> None:
        what()
        self.told()
