"""What ``nntui follow`` does: it opens the app, with a follower in the background."""

import contextlib
from typing import TYPE_CHECKING, cast

from nntui.cli.messages import EXIT_BAD_INPUT, EXIT_OK, say_error
from nntui.cli.playground import has_terminal
from nntui.errors import RunError
from nntui.training.worker_process import Line, launch_worker

if TYPE_CHECKING:
    from nntui.training.followed import FollowStart


def open_followed(folder: str) -> int:
    """Open the app on somebody else's run.

    Args:
        folder: The folder of the run.

    Returns:
        The exit code.

    Raises:
        RunError: The run, or its data, cannot be read.
    """
    if not has_terminal():
        return EXIT_BAD_INPUT
    follower = launch_worker(child="nntui.runs.follow_child", in_thread=_follow)
    with contextlib.closing(follower):
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
        app = NntuiApp(session, follower)
        failure = app.run()
    if failure:
        say_error(failure)
    return app.return_code or EXIT_OK


def _follow(connection: Line, start: object) -> None:
    """Follow in a thread of this process, where no child process can be had."""
    from nntui.runs.follow_worker import run_follower  # noqa: PLC0415

    run_follower(connection, cast("FollowStart", start))
