"""Exit codes, and what is said beside the output."""

import contextlib
import sys

EXIT_OK = 0
EXIT_CHECK_FAILED = 1
EXIT_BAD_INPUT = 2
EXIT_DIVERGED = 3
# What a shell reports for a program that SIGHUP, SIGINT, SIGPIPE or SIGTERM has ended.
EXIT_HUNG_UP = 129
EXIT_INTERRUPTED = 130
EXIT_PIPE_CLOSED = 141
EXIT_TERMINATED = 143


def say(message: str) -> None:
    """Print a line on standard error, if there is one."""
    if sys.stderr is not None:  # pyright: ignore[reportUnnecessaryComparison] - None if closed
        with contextlib.suppress(OSError):
            print(message, file=sys.stderr, flush=True)


def say_error(message: str) -> None:
    """Tell what ended the program."""
    say(f"nntui: error: {message}")


def say_warning(message: str) -> None:
    """Tell what the user would want to know, while the program goes on."""
    say(f"nntui: {message}")
