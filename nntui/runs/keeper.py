"""Keeps the run of a playground that is interrupted, and brings back the one to go on with."""

import contextlib
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from nntui.errors import NntuiError, OutputError
from nntui.files import reason_of
from nntui.training.keeper import GoingOn
from nntui.training.messages import Kept, WorkerStart
from nntui.training.recorded_run import RecordedRun

if TYPE_CHECKING:
    from nntui.runs.folder import RunWriter

# What else it takes is imported when it is needed: most sessions are left on purpose.


class RunKeeper:
    """Keeps one run in the user's state folder.

    A run that was kept there is kept in its own folder again, which meanwhile belongs to this
    keeper. One that lies elsewhere is only read.

    Args:
        start: What the worker was started with.
        now: The time, in seconds since 1970 (UTC).
        own: A run to begin with that has become the user's own; None for none.
    """

    def __init__(
        self,
        start: WorkerStart,
        now: Callable[[], float] = time.time,
        own: RecordedRun | None = None,
    ) -> None:
        self._own = own
        self._name = start.name
        self._resume_from = start.resume_from
        self._now = now
        self._writer: RunWriter | None = None

    def begin(self) -> GoingOn | None:
        """Bring back the run to go on with; None where a new one is to begin.

        Raises:
            NntuiError: It cannot be brought back, or another nntui has it open.
        """
        if self._own is not None:
            return GoingOn(self._own)
        if not self._resume_from:
            return None
        from nntui.runs.places import is_kept, open_kept  # noqa: PLC0415
        from nntui.runs.resume import resume  # noqa: PLC0415
        from nntui.runs.run_file import load_run  # noqa: PLC0415

        folder = Path(self._resume_from)
        if is_kept(folder):
            self._writer = open_kept(folder)
        resumed = resume(load_run(folder))
        label = resumed.saved.label
        self._name = self._name or label.name
        run = resumed.recorded(label.number)
        saved_at = datetime.fromtimestamp(label.saved_at).astimezone()
        note = (
            f"This is the run of {saved_at:%Y-%m-%d %H:%M} at step {run.trainer.steps:,}, as it "
            "was; edits from before cannot be undone."
        )
        return GoingOn(run, (note, resumed.warning) if resumed.warning else (note,))

    def keep(self, run: RecordedRun) -> Kept | None:
        """Keep a run that is interrupted.

        Returns:
            Where it is kept, or why not; None where nothing has been done in it yet.
        """
        if self._writer is None and not _has_begun(run):
            return None
        try:
            folder = self._save(run)
        except NntuiError as error:
            return Kept("", str(error))
        except MemoryError:
            return Kept("", "there is not enough memory to save it")
        except (OSError, RuntimeError) as error:
            # Such as a user without a home.
            return Kept("", reason_of(error))
        return Kept(str(folder))

    def _save(self, run: RecordedRun) -> Path:
        from nntui.runs.capture import DataWitness, capture  # noqa: PLC0415
        from nntui.runs.places import forget_oldest, mark_interrupted, new_run  # noqa: PLC0415
        from nntui.runs.run_file import save_run  # noqa: PLC0415

        now = self._now()
        name = self._name or Path(run.trainer.experiment.data.source).stem
        saved = capture(run, name, now, DataWitness())
        is_new = self._writer is None
        writer = self._writer = self._writer or new_run(name, now)
        try:
            save_run(writer, saved)
        except NntuiError:
            if is_new:
                _remove_empty(writer)
                self._writer = None
            raise
        mark_interrupted(writer)
        with contextlib.suppress(NntuiError):
            forget_oldest()
        return writer.folder

    def leave(self) -> None:
        """Take note that the user has left the run, so that it is not offered any more."""
        if self._writer is not None:
            from nntui.runs.places import mark_left  # noqa: PLC0415

            mark_left(self._writer)

    def close(self) -> None:
        """Let others have the folder; again does nothing."""
        if self._writer is not None:
            self._writer.close()
            self._writer = None


def _has_begun(run: RecordedRun) -> bool:
    """Tell whether anything has been done that would be lost."""
    return bool(run.trainer.steps or run.number > 1 or run.history.state().marks)


def _remove_empty(writer: "RunWriter") -> None:
    """Remove the folder of a run that could not be saved."""
    from nntui.runs.places import remove_run  # noqa: PLC0415

    writer.close()
    with contextlib.suppress(OutputError):
        remove_run(writer.folder)
