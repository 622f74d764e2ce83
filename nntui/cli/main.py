"""The entry of the command line: which commands there are, and how errors are told."""

import contextlib
import io
import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from cyclopts import App, CycloptsError, Parameter
from cyclopts.exceptions import UnusedCliTokensError

from nntui.cli.help_text import AlignedHelp
from nntui.cli.messages import EXIT_BAD_INPUT, EXIT_INTERRUPTED, EXIT_PIPE_CLOSED, say_error
from nntui.errors import NntuiError, did_you_mean
from nntui.files import reason_of, shown_path
from nntui.quoting import listed, printable, quoted


@dataclass(frozen=True)
class Command:
    """What the help says of a command before it is imported.

    Attributes:
        usage: Its arguments.
        line: What it does, in one line.
        more: What else to know.
    """

    usage: str
    line: str
    more: str = ""


COMMANDS = {
    "open": Command(
        "[EXPERIMENT] [FLAGS]",
        "Open the playground; nntui without a command does the same.",
        "In brackets: what counts where neither the experiment nor a flag says otherwise. "
        "Training goes on until it is paused, or until a limit that is given here. "
        "In the playground, ? shows every key.",
    ),
    "train": Command(
        "[EXPERIMENT] [FLAGS]",
        "Train a network and print how good it became.",
        "In brackets: what counts where neither the experiment nor a flag says otherwise. With "
        "--steps or --seconds the number of epochs has no limit unless --epochs gives one. "
        "Ctrl+C stops after the present step and still prints the result. A run that is saved by "
        "--save-run can be gone on with, bit for bit, by --resume; of its keys those can be set "
        "that do not begin it anew.",
    ),
    "resume": Command(
        "[DIR] [--list]",
        "Go on in the playground with a run that was interrupted.",
        "A run is saved when its terminal closes, its connection breaks or the system ends it, "
        "but not when it is left with q; the last 20 are kept. Any other folder of a run, such as "
        "one of nntui train --save-run, may be named too: it stays as it is.",
    ),
    "follow": Command(
        "DIR",
        "Watch, live, a run that another nntui saves in a folder.",
        'The run is written by "nntui train --save-run DIR", with --shared if it is another '
        "user's, and is only read here. Y makes it a run of one's own.",
    ),
    "predict": Command(
        "MODEL POINTS",
        "Let a saved model answer the points of a CSV file.",
        "The answers are printed as CSV, one row a point: its class and each class's "
        "probability, or the predicted value.",
    ),
    "new": Command(
        "FILE [FLAGS]",
        "Write an experiment file with a comment for each key.",
        "In brackets: what is written where no flag says otherwise.",
    ),
    "data": Command("", "List the data sets, one line each."),
    "check": Command("[--seed N]", "Check every gradient of the engine by central differences."),
}
"""Every command; the module of each is ``<name>_command``."""

_FLAGS_OF_THE_PROGRAM = ("--help", "-h", "--version")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command.

    Args:
        arguments: What was typed after ``nntui``; None takes the process's own.

    Returns:
        The exit code: 0; 1 for a failed check, or where the playground's trainer has ended by
        itself; 2 for bad input; 3 for a diverged run; 129 after a hang-up, 130 after Ctrl+C, 143
        after a termination signal; 141 where the reader of the output went away.
    """
    _keep_one_thread()
    _write_anything()
    try:
        return _run(sys.argv[1:] if arguments is None else list(arguments))
    except CycloptsError as error:
        say_error(_usage_message(error))
    except NntuiError as error:
        say_error(str(error))
    except MemoryError:
        say_error("there is not enough memory for this; try fewer points or smaller layers.")
    except BrokenPipeError:
        _drop_output()
        return EXIT_PIPE_CLOSED
    except OSError as error:
        place = f"{shown_path(str(error.filename))}: " if error.filename is not None else ""
        say_error(f"{place}{reason_of(error)}.")
        _drop_output()
    except KeyboardInterrupt:
        return EXIT_INTERRUPTED
    return EXIT_BAD_INPUT


def _run(arguments: list[str]) -> int:
    if not arguments or arguments[0] not in {*COMMANDS, *_FLAGS_OF_THE_PROGRAM}:
        _refuse_misspelt_command(arguments)
        arguments = ["open", *arguments]
    code: object = _app()(
        arguments,
        exit_on_error=False,
        print_error=False,
        verbose=False,
        result_action="return_value",
    )
    if sys.stdout is not None:  # pyright: ignore[reportUnnecessaryComparison] - None if closed
        # A full disk or a closed pipe may only show now, while it can still be told.
        sys.stdout.flush()
    return code if isinstance(code, int) else 0


def _refuse_misspelt_command(arguments: list[str]) -> None:
    """Refuse a first word that is nearly a command rather than an experiment file.

    Raises:
        NntuiError: It is.
    """
    for word in arguments[:1]:
        # A flag may be near a command too: --data.
        known = word.startswith("-") or Path(word).exists()
        meant = "" if known else did_you_mean(word, COMMANDS)
        if meant:
            raise NntuiError(
                f"{quoted(word)}: there is no such command, and no such experiment file.{meant}"
            )


def _app() -> App:
    app = App(
        name="nntui",
        usage="Usage: nntui [EXPERIMENT] [FLAGS]\n       nntui COMMAND",
        help="A neural-network playground in the terminal.",
        help_epilogue='"nntui COMMAND --help" tells more; "nntui open --help" of nntui alone.',
        help_format="plaintext",
        help_formatter=AlignedHelp(),
        version=_version,
        default_parameter=Parameter(negative=(), show_default=False),
        suppress_keyboard_interrupt=False,
    )
    for position, (name, command) in enumerate(COMMANDS.items()):
        app.command(
            # A text instead of a function: the module is imported when the command is asked for.
            f"nntui.cli.{name}_command:{name}",
            name=name,
            usage=f"Usage: nntui {name} {command.usage}",
            help=command.line,
            help_epilogue=command.more,
            sort_key=position,
        )
    return app


def _version() -> str:
    # A fifth of the time of a whole --help, so it is imported only here.
    from importlib import metadata  # noqa: PLC0415

    try:
        return f"nntui {metadata.version('nntui')}"
    except metadata.PackageNotFoundError:
        return "nntui (not installed)"


def _usage_message(error: CycloptsError) -> str:
    """Say in one line what is wrong with the arguments."""
    if isinstance(error, UnusedCliTokensError):
        return f"found more than this command takes: {listed(tuple(error.unused_tokens or ()))}"
    message = " ".join(printable(line) for line in str(error).splitlines())
    longest = 400
    return message if len(message) <= longest else f"{message[:longest]}…"


def _keep_one_thread() -> None:
    """Let numpy compute with one thread; to be called before numpy is imported.

    For networks of this size one thread is the fastest, several collapse to a fraction of its
    speed as soon as the machine has other work, and sums stay the same bit for bit.
    """
    for library in ("OPENBLAS", "MKL", "OMP"):
        os.environ.setdefault(f"{library}_NUM_THREADS", "1")


def _write_anything() -> None:
    """Let no character stop the program where the terminal's encoding lacks it: show its code."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def _drop_output() -> None:
    """Send what is still to be written nowhere, so that Python does not fail again at its end."""
    with contextlib.suppress(OSError, ValueError, AttributeError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)
