"""A pane of a view that is only made when it is looked at."""

from collections.abc import Sequence

from nntui.training.messages import SnapshotRequest
from nntui.training.snapshot import Snapshot
from nntui.ui.messages import SnapshotWanted
from nntui.ui.network.place import NetworkPlace
from nntui.ui.pane import Pane
from nntui.ui.terms import terms_of_pane, terms_under


class ViewPane(Pane):
    """A pane that says itself what it needs of a snapshot.

    While it is on the screen, ``extend`` is asked before each frame and ``show`` is told each.
    """

    def extend(self, request: SnapshotRequest, *, slow: bool) -> SnapshotRequest:
        """Add to a request what the next picture needs.

        Args:
            request: What the other panes need.
            slow: Whether what changes seldom is due.
        """
        raise NotImplementedError

    def show(self, snapshot: Snapshot) -> None:
        """Draw what a snapshot has brought; parts that were not asked for are missing."""
        raise NotImplementedError

    def terms(self) -> Sequence[str]:
        """List the terms of the pane: those of its page's stage, or of its cursor, come first."""
        name = self.id or ""
        place: object = getattr(self, "place", None)
        stage: object = getattr(self, "stage", None)
        cursor = place.cursor if isinstance(place, NetworkPlace) else None
        return terms_under(name, cursor, terms_of_pane(name, stage))

    has_turn = False
    """Whether the frame that was asked for last brings something for this pane."""

    def take_turn(self, *, always: bool) -> bool:
        """Choose whether the next frame brings something: every second one does.

        Ten pictures a second look as smooth, and more would take too much of the processor.

        Args:
            always: Whether it does in any case.
        """
        self.has_turn = always or not self.has_turn
        return self.has_turn

    def changed(self) -> None:
        """Draw what is known, and ask for what is not."""
        self.redraw()
        self.post_message(SnapshotWanted())

    def on_resize(self) -> None:
        """Ask for a picture of the new size."""
        self.changed()
