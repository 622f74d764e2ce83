"""What ``nntui train`` does, from its flags to its exit code."""

import contextlib
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from nntui.cli.epoch_log import EpochLog
from nntui.cli.figures import result_figures, to_json
from nntui.cli.flags import GivenKeys, chosen_experiment, chosen_overrides, naming_the_flag
from nntui.cli.interruption import Interruption
from nntui.cli.limits import training_limits
from nntui.cli.messages import EXIT_DIVERGED, EXIT_OK, say_warning
from nntui.cli.number_text import counted
from nntui.cli.progress import UntilItFails, choose_display
from nntui.cli.report import report
from nntui.cli.train_flags import OutputFlags, RunFlags, StopFlags
from nntui.cli.whole_run import (
    RunToTrain,
    changed_experiment,
    check_folder,
    folder_of,
    go_on,
    load_asked,
    recorder_of,
    warn_of_reached_limits,
)
from nntui.data.toy import TOYS
from nntui.errors import NntuiError, OutputError
from nntui.files import check_writable, shown_path
from nntui.runs.recorder import RunRecorder
from nntui.training.limits import Limits
from nntui.training.model_file import save_model
from nntui.training.run import Listener, Progress, RunResult, run
from nntui.training.trainer import Trainer


@dataclass(frozen=True)
class TrainFlags:
    """What was given on the command line.

    Attributes:
        keys: Flags that set keys of the experiment.
        settings: What ``--set`` sets.
        stops: When to stop.
        outputs: What to print and write.
        runs: Where the whole run is kept.
    """

    keys: GivenKeys
    settings: Sequence[str] | None
    stops: StopFlags
    outputs: OutputFlags
    runs: RunFlags


def train_and_report(name: str, flags: TrainFlags) -> int:
    """Train as the flags say, print and save the result.

    Args:
        name: The experiment that was named.
        flags: The flags.

    Returns:
        The exit code.

    Raises:
        NntuiError: The experiment, its data or an output cannot be used.
    """
    keys, outputs, runs = flags.keys, flags.outputs, flags.runs
    overrides = chosen_overrides(keys, flags.settings)
    saved = load_asked(runs, name)
    experiment = (
        chosen_experiment(name, keys, overrides)
        if saved is None
        else changed_experiment(saved, keys, overrides)
    )
    limits = training_limits(experiment, flags.stops, overrides)
    _check_outputs(outputs, inputs=(name, experiment.data.source))
    check_folder(runs)
    with naming_the_flag(keys):
        if saved is None:
            to_train = RunToTrain(Trainer(experiment))
        else:
            to_train = go_on(saved, overrides, quiet=outputs.quiet)
        if not outputs.quiet:
            _warn(to_train.trainer, [key for key, _ in overrides])
            warn_of_reached_limits(to_train, limits)
        with recorder_of(runs, to_train, name) as recorder:
            ended = _run(to_train, limits, outputs, recorder)
    return _tell(to_train.trainer, ended, flags)


def _tell(trainer: Trainer, ended: "_Ended", flags: TrainFlags) -> int:
    """Save the network, print how the run ended, and return the exit code."""
    # The figures of a long run are printed even where its weights could not be saved.
    save_failure = _save(flags.outputs.save, trainer)
    if flags.outputs.json:
        print(to_json(result_figures(trainer, ended.result)))
    else:
        saved = None if save_failure else flags.outputs.save
        folder = None if ended.run_failure else folder_of(flags.runs)
        print(report(trainer, ended.result, saved, folder))
    if failure := save_failure or ended.run_failure or ended.log_failure:
        raise failure
    if ended.result.divergence is not None:
        say_warning(ended.result.divergence.message)
        return EXIT_DIVERGED
    return ended.exit_code if ended.result.stopped_by == "interrupted" else EXIT_OK


def _save(path: str | None, trainer: Trainer) -> OutputError | None:
    """Save the network if a path is given; return what went wrong."""
    try:
        if path is not None:
            save_model(path, trainer)
    except OutputError as error:
        return error
    return None


def _check_outputs(outputs: OutputFlags, inputs: tuple[str, ...]) -> None:
    """Refuse, before any work is done, files that cannot be written or should not be."""
    used = {_place(path): "it is an input of this run" for path in inputs if Path(path).is_file()}
    for flag, path in (("--log", outputs.log), ("--save", outputs.save)):
        if path is None:
            continue
        if not path:
            raise OutputError(f"{flag}: found an empty name, expected a file")
        if why := used.get(_place(path)):
            raise OutputError(f"{flag}: {shown_path(path)}: cannot be written: {why}")
        try:
            check_writable(path, in_place=flag == "--log")
        except OutputError as error:
            raise OutputError(f"{flag}: {error}") from None
        if not Path(path).exists() or Path(path).is_file():
            used[_place(path)] = f"{flag} writes it already"


def _place(path: str) -> Path | str:
    """Return a path so that two names of one file are equal."""
    try:
        return Path(path).resolve()
    except (OSError, ValueError, RuntimeError):
        return path


def _warn(trainer: Trainer, keys_set: Sequence[str]) -> None:
    if "data.samples" in keys_set and trainer.prepared.dataset.name not in TOYS:
        say_warning("data.samples is for made-up data sets: all points of this one are used")
    if not len(trainer.prepared.test) and trainer.experiment.data.test_fraction > 0:
        say_warning("no point is left for testing: the data are too few for data.test_fraction")
    dropped = trainer.prepared.dataset.dropped_rows
    if dropped:
        source = shown_path(trainer.experiment.data.source)
        say_warning(f"{source}: {counted(dropped, 'row')} left out because a value is missing")


@dataclass(frozen=True, eq=False)
class _Ended:
    """How a run ended, and what of it could not be written.

    Attributes:
        result: How it ended.
        exit_code: What the program should end with if it was interrupted.
        log_failure: Why the log is not complete.
        run_failure: Why the run's folder does not hold its end.
    """

    result: RunResult
    exit_code: int
    log_failure: NntuiError | None
    run_failure: NntuiError | None


def _run(
    to_train: RunToTrain, limits: Limits, outputs: OutputFlags, recorder: RunRecorder | None
) -> _Ended:
    """Train, showing, logging and saving how it goes."""
    log = EpochLog(outputs.log) if outputs.log is not None else None
    display = UntilItFails(choose_display(limits, time.perf_counter, quiet=outputs.quiet))
    interruption = Interruption()

    def show(progress: Progress) -> None:
        display.show(progress)
        if recorder:
            recorder.show(progress)

    with contextlib.closing(display), interruption:
        listener = Listener(
            progress=show,
            epoch=log.write if log else None,
            record=recorder.record if recorder else None,
            interrupted=interruption.requested,
        )
        result = run(to_train.trainer, limits, listener, time.perf_counter, to_train.begun)
        # Whoever hangs up often does so twice: the end is saved while signals are only noted.
        if recorder:
            recorder.finish(result)
    if log is not None:
        log.close()
    return _Ended(
        result,
        interruption.exit_code,
        log_failure=log.failure if log else None,
        run_failure=recorder.failure if recorder else None,
    )
