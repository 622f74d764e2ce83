"""``nntui resume``: its command line. What it does is in ``interrupted``, which needs numpy."""

from typing import Annotated

from cyclopts import Parameter

from nntui.cli.terminal_flags import TerminalFlags

_DEFAULT_TERMINAL = TerminalFlags()


def resume(
    directory: Annotated[
        str | None,
        Parameter(
            name="DIR",
            help="the folder of a run, or its name as --list shows it; the run that was "
            "interrupted last where nothing is named",
        ),
    ] = None,
    /,
    *,
    list_: Annotated[
        bool, Parameter(name="--list", help="list the interrupted runs instead")
    ] = False,
    terminal: TerminalFlags = _DEFAULT_TERMINAL,
) -> int:
    """Go on in the playground with a run that was interrupted."""
    from nntui.cli.interrupted import list_runs, resume_run  # noqa: PLC0415 - imports numpy

    return list_runs() if list_ else resume_run(directory, terminal)
