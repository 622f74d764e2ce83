"""What ``nntui follow`` does: it opens the app, with a follower in the background."""

from nntui.cli.messages import EXIT_BAD_INPUT, EXIT_OK, say_error
from nntui.cli.playground import has_terminal, say_whether_kept
from nntui.cli.terminal_flags import TerminalFlags
from nntui.errors import RunError
from nntui.training.worker_process import WorkerHandle, launch_worker
from nntui.ui.terminal.abilities import abilities_of, environment_at_start


def open_followed(folder: str, terminal: TerminalFlags) -> int:
    """Open the app on somebody else's run.

    Args:
        folder: The folder of the run.
        terminal: What the user says that the terminal can show.

    Returns:
        The exit code.

    Raises:
        RunError: The run, or its data, cannot be read.
    """
    if not has_terminal():
        return EXIT_BAD_INPUT
    follower, is_left = launch_worker(), False
    try:
        code = _run(folder, follower, terminal)
        is_left = code == EXIT_OK
    finally:
        # What was made the user's own is a run like any other.
        follower.close(keep=not is_left)
        say_whether_kept(follower)
    return code


def _run(folder: str, follower: WorkerHandle, terminal: TerminalFlags) -> int:
    # Both take long, and the follower is a process of its own: they go on at the same time.
    from nntui.training.followed import FollowStart  # noqa: PLC0415
    from nntui.training.messages import Failed  # noqa: PLC0415

    follower.begin(FollowStart(folder))
    from nntui.ui.app import NntuiApp  # noqa: PLC0415
    from nntui.ui.followed import FollowedSession  # noqa: PLC0415

    first = follower.first_reply()
    if isinstance(first, Failed):
        raise RunError(first.reason)
    if first.experiment is None:
        raise RunError("the follower did not say what it follows")
    session = FollowedSession(first.experiment, follower.send)
    session.receive(first)
    abilities = abilities_of(environment_at_start(), terminal.color, ascii_only=terminal.ascii)
    app = NntuiApp(session, follower, abilities=abilities)
    failure = app.run()
    if failure:
        say_error(failure)
    return app.return_code or EXIT_OK
