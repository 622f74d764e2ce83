"""``nntui follow``: its command line. What it does is in ``following``, which needs Textual."""

from typing import Annotated

from cyclopts import Parameter

from nntui.cli.terminal_flags import TerminalFlags

_DEFAULT_TERMINAL = TerminalFlags()


def follow(
    folder: Annotated[
        str, Parameter(name="DIR", help='the folder of a run, from "nntui train --save-run DIR"')
    ],
    /,
    *,
    terminal: TerminalFlags = _DEFAULT_TERMINAL,
) -> int:
    """Watch a run that another nntui trains, as it goes on; of its folder nothing is changed."""
    from nntui.cli.following import open_followed  # noqa: PLC0415 - imports Textual

    return open_followed(folder, terminal)
