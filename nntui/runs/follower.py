"""Watches a run that somebody else writes, by reading its folder and nothing else.

No lock is taken and nothing is written: one look is one question to the file system, and a save is
read once. So a writer notices nothing of its readers, however many there are.
"""

import dataclasses
import math

from nntui.errors import NntuiError
from nntui.files import shown_path
from nntui.runs.folder import Stamp, stamp_of
from nntui.runs.recorder import SaveClocks
from nntui.runs.resume import ResumedRun, resume
from nntui.runs.run_file import load_run
from nntui.runs.saved_run import SavedRun
from nntui.training.answer import Playing, answer_of
from nntui.training.followed import Following, WriterState
from nntui.training.messages import SnapshotRequest
from nntui.training.observer import Observer
from nntui.training.snapshot import Snapshot
from nntui.training.trainer import Trainer

SILENT_AFTER = 10.0
"""A writer that has saved nothing for so many seconds may be gone, or else ..."""

SILENT_AFTER_GAPS = 4.0
"""... for so many times what lay between its last saves, because large runs save more seldom."""

SECONDS_TO_NEXT_TRY = 5.0
"""How soon a save that could not be read is read again, though it looks the same: a file's
permission, or the data beside it, may have been mended."""

_SPANS = (86400, 3600, 60, 10)


class Follower:
    """Follows the run in a folder.

    Args:
        folder: The folder.
        clocks: What tells the time.

    Attributes:
        run: The run as it was last seen.
        warning: What the user should know about its data.
        news: What was last found out.

    Raises:
        NntuiError: There is no run, or it cannot be read, or its data cannot.
    """

    def __init__(self, folder: str, clocks: SaveClocks) -> None:
        self._folder = folder
        self._clocks = clocks
        self._stamp = stamp_of(folder)
        self._looked_at = self._tried_at = -math.inf
        self._problem = ""
        self._saves = self._number = 0
        self._saved_at = self._gap = self._speed = 0.0
        self._take_in(self._stamp)
        self._looked_at = self._tried_at = clocks.passing()
        self.news = self._told(is_held=False)

    def look(self, *, hold: bool = False) -> bool:
        """See what has become of the run; return whether there is news.

        A save that cannot be read leaves everything as it was last seen.

        Args:
            hold: Whether to leave a newer save unread for now.
        """
        now, stamp = self._clocks.passing(), stamp_of(self._folder)
        again = bool(self._problem) and now - self._tried_at >= SECONDS_TO_NEXT_TRY
        has_newer = stamp != self._stamp
        if (has_newer or again) and not hold:
            self._stamp, self._tried_at = stamp, now
            self._try_to_take_in(stamp)
        self._looked_at = now
        before, self.news = self.news, self._told(is_held=hold and has_newer)
        return self.news != before

    def snapshot(self, request: SnapshotRequest) -> Snapshot:
        """Answer a request about the run as it was last seen."""
        speed = self._speed if self.news.state == "live" else 0.0
        return answer_of(request, self.run, self._observer, Playing(0, False, speed))

    def _try_to_take_in(self, stamp: Stamp | None) -> None:
        try:
            self._take_in(stamp)
        except NntuiError as error:
            self._problem = str(error)
        except MemoryError:
            self._problem = f"{shown_path(self._folder)}: there is not enough memory for this run."
        else:
            self._problem = ""

    def _take_in(self, stamp: Stamp | None) -> None:
        """Read the run and be where it is."""
        saved = load_run(self._folder)
        steps = self.run.trainer.steps if self._saves else 0
        if self._saves and self._goes_on_in(saved):
            self._resumed = _moved_on(self._resumed, saved)
        else:
            self._resumed = resume(saved)
            self._number += 1
            self._observe(self._resumed.trainer)
            steps = saved.state.steps
        self._saved, self.warning = saved, self._resumed.warning
        self.run = self._resumed.recorded(self._number)
        # Whether and why its writer has ended is news, not a pause of this run.
        self.run.stopped_by = ""
        self._compute_gradients()
        self._measure(stamp, saved.state.steps - steps)
        self._saves += 1

    def _observe(self, trainer: Trainer) -> None:
        if self._saves:
            # It counts the scenes, so that the screen can tell them from one another.
            self._observer.trainer = trainer
        else:
            self._observer = Observer(trainer)

    def _goes_on_in(self, saved: SavedRun) -> bool:
        """Tell whether a save is of the run that is at hand already."""
        return saved.experiment == self._saved.experiment and saved.data == self._saved.data

    def _compute_gradients(self) -> None:
        """Have gradients to show: they are not in the file, and follow from the next batch."""
        if self.run.divergence is None:
            trainer = self.run.trainer
            state = trainer.state()
            trainer.train(1)
            trainer.restore(state)

    def _measure(self, stamp: Stamp | None, steps: int) -> None:
        """Find out when a save was made, how long after the one before, and how fast it goes.

        Another machine's clock may go wrong: a save that was not there at the last look is younger
        than that look.
        """
        now = self._clocks.passing()
        age = 0.0 if stamp is None else self._clocks.now() - stamp.modified_ns / 1e9
        saved_at = now - min(max(age, 0.0), now - self._looked_at)
        if self._saves:
            self._gap = saved_at - self._saved_at
            self._speed = steps / self._gap if self._gap > 0 and steps > 0 else 0.0
        self._saved_at = saved_at

    def _told(self, *, is_held: bool) -> Following:
        age = self._clocks.passing() - self._saved_at
        return Following(
            run=self._number,
            experiment=self._resumed.saved.experiment,
            name=self._saved.label.name,
            saves=self._saves,
            state="live" if is_held else self._state(age),
            seconds=_as_people_say(age),
            why=self._problem or self._saved.stopped_by,
            is_held=is_held,
        )

    def _state(self, age: float) -> WriterState:
        if self._problem:
            return "lost"
        if self._saved.stopped_by:
            return "ended"
        return "silent" if age > max(SILENT_AFTER, SILENT_AFTER_GAPS * self._gap) else "live"


def _moved_on(resumed: ResumedRun, saved: SavedRun) -> ResumedRun:
    """Go to a later save of the same run: its data and its network are there already."""
    resumed.trainer.restore(saved.state)
    here = dataclasses.replace(saved, experiment=resumed.saved.experiment)
    return dataclasses.replace(resumed, saved=here)


def _as_people_say(seconds: float) -> int:
    """Round down to whole days, hours, minutes or tens of seconds."""
    for span in _SPANS:
        if seconds >= span:
            return int(seconds // span) * span
    return 0
