"""A follower for tests: it looks at a run's folder when it is told to, on a clock of its own."""

from collections.abc import Callable
from pathlib import Path

from direct_trainer import DirectTrainer

from nntui.experiment.experiment import Experiment
from nntui.runs.capture import DataWitness, capture
from nntui.runs.folder import RunWriter
from nntui.runs.follow_worker import FOLLOWED
from nntui.runs.follower import Follower
from nntui.runs.recorder import SaveClocks
from nntui.runs.run_file import save_run
from nntui.training.followed import Fork
from nntui.training.limit_watch import LimitWatch
from nntui.training.limits import Limits
from nntui.training.messages import (
    Apply,
    Command,
    Refused,
    Reply,
    SnapshotRequest,
    Started,
    WorkerStart,
)
from nntui.training.recorded_run import RecordedRun
from nntui.training.trainer import Trainer


class Writer:
    """Somebody else, who trains a run and saves it in a folder.

    Attributes:
        folder: The folder.
        run: The run.
    """

    def __init__(self, experiment: Experiment, folder: Path) -> None:
        self.folder = folder
        self.run = RecordedRun(1, Trainer(experiment), LimitWatch(Limits()))
        self.save()

    def train(self, steps: int, *, stopped_by: str = "") -> None:
        """Train on and save."""
        self.run.trainer.train(steps)
        self.run.look()
        self.run.stopped_by = stopped_by
        self.save()

    def save(self) -> None:
        """Save the run as it is."""
        with RunWriter(self.folder) as writer:
            save_run(writer, capture(self.run, "the lesson", 1e9, DataWitness()))


class DirectFollower:
    """What the follower in the background does, without a thread, a process or a real clock.

    Args:
        folder: The folder of the run.

    Attributes:
        started: Its first answer.
        commands: Everything it was told but for the requests of snapshots, in order.
        now: What its clock says.
        trainer: Once the run has been forked: what trains it.
    """

    def __init__(self, folder: Path) -> None:
        self.now = 0.0
        self._follower = Follower(str(folder), SaveClocks(lambda: self.now, lambda: 0.0))
        news = self._follower.news
        self.started = Started(news.run, experiment=news.experiment)
        self.commands: list[Command] = []
        self.trainer: DirectTrainer | None = None
        self._is_walking = False
        self._unheard: list[Reply] = [news]
        self._reply: Callable[[Reply], object] = self._unheard.append

    def listen(self, on_reply: Callable[[Reply], object]) -> None:
        self._reply = on_reply
        for reply in self._unheard:
            on_reply(reply)

    def look(self) -> None:
        """See what has become of the run."""
        if self._follower.look(hold=self._is_walking):
            self._reply(self._follower.news)

    def send(self, command: Command) -> None:
        if self.trainer is not None:
            self.trainer.send(command)
        elif isinstance(command, SnapshotRequest):
            self._is_walking = command.walk is not None
            self._reply(self._follower.snapshot(command))
        else:
            self.commands.append(command)
            if isinstance(command, Apply):
                self._reply(Refused(command.revision, FOLLOWED))
            elif isinstance(command, Fork):
                self._fork()

    def _fork(self) -> None:
        run = self._follower.run
        self.trainer = DirectTrainer(WorkerStart(run.trainer.experiment, Limits()), run)
        self._reply(self.trainer.started)
        self.trainer.listen(self._reply)
