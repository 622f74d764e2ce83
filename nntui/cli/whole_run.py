"""``--save-run`` and ``--resume``: a run that is kept whole in a folder, and one that goes on."""

import contextlib
import time
from collections.abc import Generator, Sequence
from dataclasses import dataclass
from pathlib import Path

from nntui.cli.flags import PRESET, GivenKeys, naming_the_flag
from nntui.cli.messages import say_warning
from nntui.cli.train_flags import RunFlags
from nntui.errors import ExperimentError, OutputError, RunError
from nntui.experiment.experiment import Experiment
from nntui.experiment.overrides import Override, experiment_with
from nntui.files import shown_path
from nntui.runs.folder import RunWriter, check_new
from nntui.runs.recorder import RunRecorder, SaveClocks
from nntui.runs.resume import ResumedRun, resume
from nntui.runs.run_file import load_run
from nntui.runs.saved_run import SavedRun
from nntui.training.begun import FRESH, Begun
from nntui.training.changes import change_between
from nntui.training.limits import Limits
from nntui.training.trainer import Trainer

_KEEPING_THE_BEST = {"training.epochs", "training.patience"}
"""What can be changed without making the test losses of before and after two different things."""

_CLOCKS = SaveClocks(time.perf_counter, time.time)


@dataclass(frozen=True, eq=False)
class RunToTrain:
    """A run at its beginning, or where it goes on.

    Attributes:
        trainer: The run.
        resumed: What it was made of, if it goes on.
        begun: What it has behind it.
        edit: How its experiment was changed since it was saved; empty where it was not.
    """

    trainer: Trainer
    resumed: ResumedRun | None = None
    begun: Begun = FRESH
    edit: str = ""


def load_asked(runs: RunFlags, name: str) -> SavedRun | None:
    """Read the run to go on with; None where a new one begins.

    Args:
        runs: The flags.
        name: The experiment that was named.

    Raises:
        NntuiError: The flags do not go together, or the run cannot be read.
    """
    if runs.overwrite and runs.save_run is None:
        raise OutputError("--overwrite: expected --save-run beside it, which it is for")
    if runs.shared and runs.save_run is None and runs.resume is None:
        raise OutputError("--shared: expected --save-run or --resume beside it, which it is for")
    for flag, folder in (("--save-run", runs.save_run), ("--resume", runs.resume)):
        if folder == "":
            raise OutputError(f"{flag}: found an empty name, expected a folder")
    if runs.resume is None:
        return None
    if name != PRESET:
        raise ExperimentError(
            f"{shown_path(name)}: found an experiment beside --resume, whose run has its own; "
            "expected one of the two"
        )
    try:
        return load_run(runs.resume)
    except RunError as error:
        raise RunError(f"--resume: {error}") from None


def check_folder(runs: RunFlags) -> None:
    """Refuse, before any work is done, a folder that a new run should not be written to.

    Raises:
        OutputError: Naming the folder and the reason.
    """
    if runs.save_run is None or _goes_on_in_place(runs):
        return
    try:
        check_new(runs.save_run, overwrite=runs.overwrite)
    except OutputError as error:
        raise OutputError(f"--save-run: {error}") from None


def _goes_on_in_place(runs: RunFlags) -> bool:
    if runs.save_run is None or runs.resume is None:
        return runs.resume is not None
    try:
        return Path(runs.save_run).resolve() == Path(runs.resume).resolve()
    except (OSError, ValueError, RuntimeError):
        return False


def changed_experiment(
    saved: SavedRun, keys: GivenKeys, overrides: Sequence[Override]
) -> Experiment:
    """Set what flags ask for in the experiment of a run that goes on.

    Raises:
        ExperimentError: A key cannot be set, or only for a run that begins anew.
    """
    with naming_the_flag(keys):
        experiment = experiment_with(saved.experiment, overrides)
        anew = change_between(saved.experiment, experiment).rebuilding_keys
        if anew:
            raise ExperimentError(
                f"{anew[0]}: it cannot be changed in a run that goes on; a new run may have it"
            )
    return experiment


def go_on(saved: SavedRun, overrides: Sequence[Override], *, quiet: bool) -> RunToTrain:
    """Bring back a run and set what flags ask for.

    Args:
        saved: The run.
        overrides: What flags ask for, checked by ``changed_experiment``.
        quiet: Whether to keep back what the user should know about its data.

    Raises:
        NntuiError: Its data are not what they were, or an edit does not fit them.
    """
    resumed = resume(saved)
    if resumed.warning and not quiet:
        say_warning(resumed.warning)
    trainer = resumed.trainer
    change = trainer.apply(experiment_with(trainer.experiment, overrides))
    same_measure = set(change.keys) <= _KEEPING_THE_BEST
    watches = same_measure and trainer.experiment.training.patience > 0
    begun = Begun(resumed.begun.seconds, resumed.begun.best if watches else None)
    return RunToTrain(trainer, resumed, begun, ", ".join(change.keys))


def warn_of_reached_limits(to_train: RunToTrain, limits: Limits) -> None:
    """Say it where a run that goes on has come to its end already."""
    trainer = to_train.trainer
    for what, flag, done, limit in (
        ("epochs", "--epochs", trainer.epochs, limits.epochs),
        ("steps", "--steps", trainer.steps, limits.steps),
        ("seconds of training", "--seconds", to_train.begun.seconds, limits.seconds),
    ):
        if to_train.resumed is not None and limit is not None and done >= limit:
            shown = f"{done:,}" if isinstance(done, int) else f"{done:.3g}"
            say_warning(f"the run has {shown} {what} already; {flag} with a larger number goes on")


@contextlib.contextmanager
def recorder_of(runs: RunFlags, to_train: RunToTrain, name: str) -> Generator[RunRecorder | None]:
    """Write the run's folder for as long as this is entered; nothing where none is asked for.

    Args:
        runs: The flags.
        to_train: The run.
        name: The experiment that was named.

    Raises:
        NntuiError: The folder cannot be written to.
    """
    folder = folder_of(runs)
    if folder is None:
        yield None
        return
    with _writer_of(runs, folder) as writer:
        recorder = RunRecorder(
            writer, to_train.trainer, _name(to_train, name), _CLOCKS, to_train.resumed
        )
        recorder.begin(to_train.edit)
        yield recorder


def folder_of(runs: RunFlags) -> str | None:
    """Return the folder that the run is saved in, if any."""
    return runs.save_run if runs.save_run is not None else runs.resume


@contextlib.contextmanager
def _writer_of(runs: RunFlags, folder: str) -> Generator[RunWriter]:
    """Become the writer of a run's folder."""
    flag = "--resume" if runs.save_run is None else "--save-run"
    try:
        writer = RunWriter(folder, shared=runs.shared or None)
    except OutputError as error:
        raise OutputError(f"{flag}: {error}") from None
    with writer:
        yield writer


def _name(to_train: RunToTrain, name: str) -> str:
    if to_train.resumed is not None:
        return to_train.resumed.saved.label.name
    return to_train.trainer.prepared.dataset.name if name == PRESET else Path(name).stem
