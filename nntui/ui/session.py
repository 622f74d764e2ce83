"""The session: the experiment as the user has made it, its run, and what is known of both.

It owns the truth. Panes ask it and draw; keys tell it what to do; it talks to the trainer by
messages alone. It knows nothing of Textual.
"""

from collections.abc import Callable

import msgspec

from nntui.experiment.experiment import DataSettings, Experiment
from nntui.training.followed import Following
from nntui.training.history import HistoryView
from nntui.training.messages import (
    Advance,
    Applied,
    BackToFinite,
    Command,
    Failed,
    ParameterPlace,
    Pause,
    Play,
    Refused,
    Reply,
    Reset,
    SetSpeed,
    SnapshotRequest,
    Started,
    StepOn,
    Stop,
)
from nntui.training.snapshot import LayerStatistics, Scene, Snapshot
from nntui.ui.edited_experiment import EditedExperiment
from nntui.ui.edits import Outcome, Values

SPEEDS = (1.0, 3.0, 10.0, 30.0, 100.0, 300.0, 1000.0, 3000.0, 10000.0, None)
"""Steps a second that training can be held back to; None for the machine's own speed."""


def _said_by(snapshot: Snapshot | None) -> str:
    """Say why the trainer has paused by itself; an empty text where it has not."""
    if snapshot is None or snapshot.is_playing:
        return ""
    if snapshot.divergence is not None:
        return snapshot.divergence.message
    return f"Paused: {snapshot.stopped_by}." if snapshot.stopped_by else ""


class Session:
    """An experiment being edited while it runs.

    Args:
        experiment: What the trainer was started with.
        send: Sends a command to the trainer.

    Attributes:
        snapshot: The last snapshot of this experiment's run; None before the first.
        scene: The last scene that came.
        scene_data: The settings of the data that the scene shows.
        history: The last history that came.
        layers: The last statistics of the layers that came; None while there are none that fit.
        is_playing: Whether training is to go on.
        failure: Why the trainer has ended; empty while it has not.
        following: News of the run, while it is somebody else's; None for one's own.
    """

    def __init__(self, experiment: Experiment, send: Callable[[Command], None]) -> None:
        self.snapshot: Snapshot | None = None
        self.scene: Scene | None = None
        self.scene_data: DataSettings | None = None
        self.history: HistoryView | None = None
        self.layers: tuple[LayerStatistics, ...] | None = None
        self.is_playing = False
        self.failure = ""
        self.following: Following | None = None
        self._notice = ""
        self._send = send
        self._edited = EditedExperiment(experiment, send)
        self._speed = len(SPEEDS) - 1
        # Whether the snapshot that comes was asked for after the last word about playing.
        self._tells_playing = True

    @property
    def experiment(self) -> Experiment:
        """The experiment as the user sees it; the trainer may be a moment behind."""
        return self._edited.experiment

    @property
    def notice(self) -> str:
        """What the user should know now, or else why the run has paused by itself."""
        return self._notice or self._why_paused

    @notice.setter
    def notice(self, text: str) -> None:
        self._notice = text

    @property
    def has_diverged(self) -> bool:
        """Whether ``notice`` says that training has diverged."""
        snapshot = self.snapshot
        return bool(
            not self._notice and self._why_paused and snapshot and snapshot.divergence is not None
        )

    @property
    def _why_paused(self) -> str:
        """Why the run, as the user sees it, has paused by itself; empty where it has not."""
        snapshot = self.snapshot
        if self.is_playing or snapshot is None or snapshot.revision != self._edited.revision:
            return ""
        return _said_by(snapshot)

    # What the user does with the run.

    def toggle_play(self) -> None:
        """Train on, or pause."""
        self.notice = ""
        self._set_playing(not self.is_playing)
        self._send(Play() if self.is_playing else Pause())

    def pause(self) -> None:
        """Pause, if it is playing."""
        if self.is_playing:
            self.toggle_play()

    def advance(self, *, steps: int = 1, epochs: int = 0) -> None:
        """Make some steps, or go to the end of an epoch, and pause."""
        self.notice = ""
        self._set_playing(False)
        self._send(Advance(steps, epochs))

    def step_on(self, point: int) -> None:
        """Make one step from one training point alone, counted from 0, and pause."""
        self.notice = ""
        self._set_playing(False)
        self._send(StepOn(point))

    def refuses_changes(self) -> bool:
        """Tell whether the run can only be looked at; the notice then says why."""
        return False

    def make_own(self) -> None:
        """Make a followed run one's own."""
        self.notice = "This run is yours already."

    def _set_playing(self, is_playing: bool) -> None:
        """Show at once what the trainer is about to be told."""
        self.is_playing, self._tells_playing = is_playing, False

    def reset(self) -> None:
        """Begin again with the same initial weights."""
        self.notice = ""
        self._send(Reset())

    def back_to_finite(self) -> None:
        """After a divergence, go on from the last finite step."""
        self._send(BackToFinite())

    def interrupt(self) -> None:
        """Let the trainer keep the run, and end, because the program has to."""
        self._send(Stop(keep=True))

    @property
    def speed(self) -> float | None:
        """The steps a second that training is held back to; None for the machine's own speed."""
        return SPEEDS[self._speed]

    def change_speed(self, direction: int) -> None:
        """Train faster (1) or slower (−1)."""
        self._speed = min(max(self._speed + direction, 0), len(SPEEDS) - 1)
        self._send(SetSpeed(self.speed))

    # What the user does with the experiment.

    def become(self, experiment: Experiment, label: str, outcome: Outcome | None = None) -> None:
        """Edit the experiment.

        Args:
            experiment: A checked experiment: the present one with the edit made.
            label: What is edited, in a few words.
            outcome: Told how it went; None shows a refusal as a notice.
        """
        if experiment != self.experiment:
            self.notice = ""
        self._edited.become(experiment, label, outcome)

    def set_parameters(
        self, before: Values, after: Values, label: str, outcome: Outcome | None = None
    ) -> None:
        """Edit single weights and biases of the network.

        Args:
            before: What they are now, as the screen shows them: what an undo puts back.
            after: What they are to be, in the same places.
            label: What is edited, in a few words.
            outcome: Told how it went; None shows a refusal as a notice.
        """
        self.notice = ""
        self._edited.set_parameters(before, after, label, outcome)

    def pending_value(self, place: ParameterPlace) -> float | None:
        """Return the number that an edit has given to a place and no snapshot has shown yet."""
        return self._edited.pending_value(place)

    def undo(self) -> None:
        """Take the last edit back; a run that it ended comes back with its weights."""
        self.notice = "" if self._edited.undo() else "There is nothing to undo."

    def redo(self) -> None:
        """Make the edit that was undone again."""
        self.notice = "" if self._edited.redo() else "There is nothing to redo."

    def next_seed(self) -> None:
        """Begin again with other initial weights."""
        self.become(
            msgspec.structs.replace(self.experiment, seed=self.experiment.seed + 1), "a new seed"
        )

    def next_data(self) -> None:
        """Make other points of the same kind, or split real ones in another way."""
        data = msgspec.structs.replace(self.experiment.data, seed=self.experiment.data.seed + 1)
        self.become(msgspec.structs.replace(self.experiment, data=data), "new data")

    # What the trainer is asked, and what it says.

    def ask(self, request: SnapshotRequest) -> None:
        """Ask for a snapshot; the one before has to be there already."""
        self._tells_playing = True
        self._send(request)

    def receive(self, reply: Reply) -> None:
        """Take in what the trainer says."""
        match reply:
            case Snapshot():
                self._look_at(reply)
            case Applied():
                self._edited.applied(reply)
            case Refused(reason=reason):
                if not self._edited.refused(reason):
                    self.notice = reason
            case Failed(reason=reason):
                self.failure = reason
            case Started(run=run, warnings=warnings):
                self._edited.belongs_to(run)
                self.notice = " ".join(warnings)
            case Following():
                """Only a followed run has news, which ``FollowedSession`` takes in."""

    def _look_at(self, snapshot: Snapshot) -> None:
        if snapshot.revision != self._edited.revision:
            # It shows the experiment before an edit that the screen shows already.
            return
        before, self.snapshot = self.snapshot, snapshot
        self._edited.was_shown()
        # A reset has begun another run of the same experiment.
        self._edited.belongs_to(snapshot.run)
        if before is not None and before.run != snapshot.run:
            self.layers = self.history = None
        if snapshot.scene is not None:
            self.scene = snapshot.scene
        if self.scene is not None and self.scene.identity == snapshot.scene_identity:
            self.scene_data = self.experiment.data
        if snapshot.history is not None:
            self.history = snapshot.history
        if snapshot.layers is not None:
            self.layers = snapshot.layers
        if self._tells_playing:
            self.is_playing = snapshot.is_playing
        said = _said_by(snapshot)
        if said and said != _said_by(before):
            # It is newer than whatever the user was told before.
            self._notice = ""
