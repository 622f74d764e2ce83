"""What ``nntui`` alone does: it opens the app, with a trainer in the background."""

import contextlib
import os
import sys
from collections.abc import Sequence

from nntui.cli.flags import PRESET, GivenKeys, chosen_experiment, chosen_overrides, naming_the_flag
from nntui.cli.limits import playground_limits
from nntui.cli.messages import EXIT_BAD_INPUT, EXIT_OK, say_error
from nntui.cli.train_flags import StopFlags
from nntui.errors import NntuiError
from nntui.training.worker_process import launch_worker


def open_playground(
    name: str, keys: GivenKeys, settings: Sequence[str] | None, stops: StopFlags
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
    if not has_terminal():
        return EXIT_BAD_INPUT
    with contextlib.closing(launch_worker()) as worker:
        # Both take long, and the trainer is a process of its own: they go on at the same time.
        from nntui.training.messages import Failed, WorkerStart  # noqa: PLC0415

        worker.begin(WorkerStart(experiment, limits))
        from nntui.ui.app import NntuiApp  # noqa: PLC0415
        from nntui.ui.session import Session  # noqa: PLC0415

        first = worker.first_reply()
        if isinstance(first, Failed):
            with naming_the_flag(keys):
                raise NntuiError(first.reason)
        session = Session(experiment, worker.send)
        session.receive(first)
        app = NntuiApp(session, worker, experiment_file=None if name == PRESET else name)
        failure = app.run()
    if failure:
        say_error(failure)
    return app.return_code or EXIT_OK


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
