"""What ``nntui`` alone does: it opens the app, with a trainer in the background."""

import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from nntui.cli.flags import PRESET, GivenKeys, chosen_experiment, chosen_overrides, naming_the_flag
from nntui.cli.interrupted import interrupted_notice
from nntui.cli.limits import playground_limits
from nntui.cli.messages import EXIT_BAD_INPUT, EXIT_OK, say_error, say_warning
from nntui.cli.terminal_flags import TerminalFlags
from nntui.cli.train_flags import StopFlags
from nntui.errors import NntuiError
from nntui.experiment.experiment import Experiment
from nntui.training.limits import Limits
from nntui.training.worker_process import WorkerHandle, launch_worker
from nntui.ui.terminal.abilities import abilities_of, environment_at_start

_AS_FOUND_OUT = TerminalFlags()


@dataclass(frozen=True)
class Opening:
    """What the app is opened with.

    Attributes:
        experiment: What to train; not looked at where an interrupted run goes on.
        limits: What pauses it by itself; as ``experiment``.
        keys: The flags that set keys of the experiment.
        experiment_file: Where the experiment came from; None for nowhere.
        name: What to call the run if it is interrupted; empty for the name of its data.
        resume_from: The folder of the interrupted run to go on with; empty for none.
        offers_to_resume: Whether to tell the user of an interrupted run.
        terminal: What the user says that the terminal can show.
    """

    experiment: Experiment
    limits: Limits
    keys: GivenKeys
    experiment_file: str | None = None
    name: str = ""
    resume_from: str = ""
    offers_to_resume: bool = False
    terminal: TerminalFlags = _AS_FOUND_OUT


def open_playground(
    name: str,
    keys: GivenKeys,
    settings: Sequence[str] | None,
    stops: StopFlags,
    terminal: TerminalFlags,
) -> int:
    """Open the app as the flags say.

    Returns:
        The exit code.

    Raises:
        NntuiError: The experiment or its data cannot be used.
    """
    overrides = chosen_overrides(keys, settings)
    experiment = chosen_experiment(name, keys, overrides)
    limits = playground_limits(experiment, stops, overrides)
    if name == PRESET:
        offers = not overrides
        return play(Opening(experiment, limits, keys, offers_to_resume=offers, terminal=terminal))
    stem = Path(name).stem
    return play(Opening(experiment, limits, keys, name, name=stem, terminal=terminal))


def play(opening: Opening) -> int:
    """Open the app until it is left.

    Returns:
        The exit code.

    Raises:
        NntuiError: The experiment, its data or the interrupted run cannot be used.
    """
    if not has_terminal():
        return EXIT_BAD_INPUT
    worker, is_left = launch_worker(), False
    try:
        code = _run(opening, worker)
        is_left = code == EXIT_OK
    finally:
        worker.close(keep=not is_left)
        say_whether_kept(worker)
    return code


def _run(opening: Opening, worker: WorkerHandle) -> int:
    # Both take long, and the trainer is a process of its own: they go on at the same time.
    from nntui.training.messages import Failed, WorkerStart  # noqa: PLC0415

    worker.begin(WorkerStart(opening.experiment, opening.limits, opening.name, opening.resume_from))
    from nntui.ui.app import NntuiApp  # noqa: PLC0415
    from nntui.ui.session import Session  # noqa: PLC0415

    first = worker.first_reply()
    if isinstance(first, Failed):
        with naming_the_flag(opening.keys):
            raise NntuiError(first.reason)
    session = Session(first.experiment or opening.experiment, worker.send)
    session.receive(first)
    terminal = opening.terminal
    app = NntuiApp(
        session,
        worker,
        opening.experiment_file,
        abilities_of(environment_at_start(), terminal.color, ascii_only=terminal.ascii),
        find_notice=interrupted_notice if opening.offers_to_resume else None,
    )
    failure = app.run()
    if failure:
        say_error(failure)
    return app.return_code or EXIT_OK


def say_whether_kept(worker: WorkerHandle) -> None:
    """Tell the user what has become of a run that was interrupted."""
    if worker.kept is None:
        return
    if worker.kept.problem:
        say_error(f"the interrupted run could not be saved: {worker.kept.problem}")
    else:
        say_warning('the interrupted run is saved; "nntui resume" goes on with it.')


def has_terminal() -> bool:
    """Tell whether there is a terminal for the app; where there is none, say why."""
    why = _why_no_terminal()
    if why:
        message = f'{why}; the playground needs one. Without it, use "nntui train".'
        say_error(message)
        if sys.stdout.isatty() and not sys.stderr.isatty():
            # Somebody is looking, but not at what is said there.
            print(message)
    return not why


def _why_no_terminal() -> str:
    """Say why nothing can be shown; empty where it can."""
    # Textual draws on the error stream.
    streams = {"the input": sys.stdin, "the output": sys.stdout, "the error output": sys.stderr}
    for what, stream in streams.items():
        if stream is None or not stream.isatty():  # pyright: ignore[reportUnnecessaryComparison]
            return f"{what} is not a terminal"
    if os.environ.get("TERM", "dumb") == "dumb" and sys.platform != "win32":
        return "this terminal (TERM=dumb) cannot place text on the screen"
    return ""
