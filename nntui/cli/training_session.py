"""What ``nntui train`` does, from its flags to its exit code."""

import contextlib
import time
from collections.abc import Sequence
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
from nntui.cli.train_flags import OutputFlags, StopFlags
from nntui.data.toy import TOYS
from nntui.errors import OutputError
from nntui.files import check_writable, shown_path
from nntui.training.limits import Limits
from nntui.training.model_file import save_model
from nntui.training.run import Listener, RunResult, run
from nntui.training.trainer import Trainer


def train_and_report(
    name: str,
    keys: GivenKeys,
    settings: Sequence[str] | None,
    stops: StopFlags,
    outputs: OutputFlags,
) -> int:
    """Train as the flags say, print and save the result.

    Returns:
        The exit code.

    Raises:
        NntuiError: The experiment, its data or an output cannot be used.
    """
    overrides = chosen_overrides(keys, settings)
    experiment = chosen_experiment(name, keys, overrides)
    limits = training_limits(experiment, stops, overrides)
    _check_outputs(outputs, inputs=(name, experiment.data.source))
    with naming_the_flag(keys):
        trainer = Trainer(experiment)
        if not outputs.quiet:
            _warn(trainer, [key for key, _ in overrides])
        interruption = Interruption()
        result, log_failure = _run(trainer, limits, outputs, interruption)
    # The figures of a long run are printed even where its weights could not be saved.
    save_failure = _save(outputs.save, trainer)
    saved = None if save_failure else outputs.save
    if outputs.json:
        print(to_json(result_figures(trainer, result)))
    else:
        print(report(trainer, result, saved))
    if failure := save_failure or log_failure:
        raise failure
    if result.divergence is not None:
        say_warning(result.divergence.message)
        return EXIT_DIVERGED
    return interruption.exit_code if result.stopped_by == "interrupted" else EXIT_OK


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


def _run(
    trainer: Trainer, limits: Limits, outputs: OutputFlags, interruption: Interruption
) -> tuple[RunResult, OutputError | None]:
    """Train, showing and logging how it goes; return also why the log is not complete."""
    log = EpochLog(outputs.log) if outputs.log is not None else None
    display = UntilItFails(choose_display(limits, time.perf_counter, quiet=outputs.quiet))
    with contextlib.closing(display), interruption:
        listener = Listener(
            progress=display.show,
            epoch=log.write if log else None,
            interrupted=interruption.requested,
        )
        result = run(trainer, limits, listener, time.perf_counter)
    if log is not None:
        log.close()
    return result, log.failure if log else None
