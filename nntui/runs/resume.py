"""Making a run of a saved one again."""

import dataclasses
from dataclasses import dataclass

import msgspec

from nntui.errors import DataError, RunError
from nntui.experiment.experiment import Experiment
from nntui.quoting import quoted
from nntui.runs.data_identity import data_file, difference, identity_of, is_built_in
from nntui.runs.saved_run import SavedRun
from nntui.training.begun import Begun
from nntui.training.history import History
from nntui.training.limit_watch import LimitWatch
from nntui.training.recorded_run import RecordedRun
from nntui.training.spreads import Spreads
from nntui.training.trainer import Trainer


@dataclass(frozen=True, eq=False)
class ResumedRun:
    """A run that can go on.

    Attributes:
        saved: What it was made of.
        trainer: The run, where it was saved.
        warning: What the user should know about its data; empty where all is as it was.
    """

    saved: SavedRun
    trainer: Trainer
    warning: str = ""

    @property
    def begun(self) -> Begun:
        """What the run has behind it."""
        return Begun(self.saved.limits.seconds, self.saved.best)

    def recorded(self, number: int = 1) -> RecordedRun:
        """Return the run with all that is known of it; to be called once.

        Args:
            number: The run's number from now on.
        """
        saved = self.saved
        run = RecordedRun(
            number,
            self.trainer,
            LimitWatch.of(saved.limits),
            History.of(saved.history),
            Spreads.of(saved.spreads),
        )
        if run.divergence is None and saved.divergence is not None:
            run.tell_divergence(saved.divergence)
        run.stopped_by = saved.stopped_by
        return run


def resume(saved: SavedRun) -> ResumedRun:
    """Bring a run back: training on gives, bit for bit, what it would have given anyway.

    Raises:
        RunError: Its data are not what they were.
        DataError: Its data cannot be read or made any more.
        ExperimentError: Its experiment does not fit its data.
    """
    experiment = _where_the_data_are(saved)
    try:
        trainer = Trainer(experiment)
    except DataError as error:
        raise DataError(f"the run's data: {error}") from None
    warning = _check_data(saved, trainer)
    try:
        trainer.restore(saved.state)
    except ValueError as error:
        raise RunError(f"the run does not fit its experiment: {error}") from None
    return ResumedRun(dataclasses.replace(saved, experiment=experiment), trainer, warning)


def _where_the_data_are(saved: SavedRun) -> Experiment:
    """Return the experiment; its data's file is found from any other directory too."""
    experiment = saved.experiment
    known = ("", data_file(experiment.data))
    if is_built_in(experiment.data) or saved.data.file in known:
        return experiment
    data = msgspec.structs.replace(experiment.data, source=saved.data.file)
    return msgspec.structs.replace(experiment, data=data)


def _check_data(saved: SavedRun, trainer: Trainer) -> str:
    """Refuse data that are not what they were; of nntui's own say so, if the run can go on.

    Nobody has changed those, but another version or another processor may make other numbers.
    """
    present = identity_of(trainer)
    found = difference(saved.data, present)
    if not found:
        return ""
    source = quoted(trainer.experiment.data.source)
    same_size = dataclasses.replace(present, fingerprint=saved.data.fingerprint) == saved.data
    if is_built_in(trainer.experiment.data) and same_size:
        return (
            f"the points of {source} are not quite those that this run was trained on so far: they "
            "were made by another version of nntui, or on another machine"
        )
    raise RunError(
        f"{source}: the data have changed since the run was saved: {found}. Bring the old data "
        "back, or begin a new run."
    )
