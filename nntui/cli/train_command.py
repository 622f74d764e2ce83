"""``nntui train``: its command line. What it does is in ``training_session``, which needs numpy."""

from nntui.cli.flags import PRESET, ExperimentName, KeyFlags, Settings
from nntui.cli.train_flags import OutputFlags, StopFlags

_DEFAULT_KEYS, _DEFAULT_STOPS, _DEFAULT_OUTPUTS = KeyFlags(), StopFlags(), OutputFlags()


def train(
    experiment: ExperimentName = PRESET,
    /,
    *,
    keys: KeyFlags = _DEFAULT_KEYS,
    settings: Settings = None,
    stops: StopFlags = _DEFAULT_STOPS,
    outputs: OutputFlags = _DEFAULT_OUTPUTS,
) -> int:
    """Train a network and print how good it became.

    Without --epochs, --steps or --seconds the experiment's own number of epochs counts. Ctrl+C
    stops after the present step and still prints the result. In brackets: the defaults.
    """
    from nntui.cli.training_session import train_and_report  # noqa: PLC0415 - imports numpy

    return train_and_report(experiment, keys, settings, stops, outputs)
