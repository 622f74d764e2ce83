"""``nntui`` alone: its command line. What it does is in ``playground``, which needs Textual."""

from nntui.cli.flags import PRESET, ExperimentName, KeyFlags, Settings
from nntui.cli.terminal_flags import TerminalFlags
from nntui.cli.train_flags import StopFlags

_DEFAULT_KEYS, _DEFAULT_STOPS, _DEFAULT_TERMINAL = KeyFlags(), StopFlags(), TerminalFlags()


def open(  # noqa: A001 - the name of the command
    experiment: ExperimentName = PRESET,
    /,
    *,
    keys: KeyFlags = _DEFAULT_KEYS,
    settings: Settings = None,
    stops: StopFlags = _DEFAULT_STOPS,
    terminal: TerminalFlags = _DEFAULT_TERMINAL,
) -> int:
    """Open the playground: watch a network learn, and steer it from the keyboard."""
    from nntui.cli.playground import open_playground  # noqa: PLC0415 - imports Textual

    return open_playground(experiment, keys, settings, stops, terminal)
