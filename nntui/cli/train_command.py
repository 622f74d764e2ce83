"""``nntui train``: its command line. What it does is in ``training_session``, which needs numpy."""

from nntui.cli.flags import PRESET, ExperimentName, KeyFlags, Settings
from nntui.cli.train_flags import OutputFlags, RunFlags, StopFlags

_DEFAULT_KEYS, _DEFAULT_STOPS = KeyFlags(), StopFlags()
_DEFAULT_OUTPUTS, _DEFAULT_RUNS = OutputFlags(), RunFlags()


def train(
    experiment: ExperimentName = PRESET,
    /,
    *,
    keys: KeyFlags = _DEFAULT_KEYS,
    settings: Settings = None,
    stops: StopFlags = _DEFAULT_STOPS,
    outputs: OutputFlags = _DEFAULT_OUTPUTS,
    runs: RunFlags = _DEFAULT_RUNS,
) -> int:
    """Train a network and print how good it became.

    Without --epochs, --steps or --seconds the experiment's own number of epochs counts. Ctrl+C
    stops after the present step and still prints the result. In brackets: the defaults.
    """
    from nntui.cli.training_session import TrainFlags, train_and_report  # noqa: PLC0415 - numpy

    return train_and_report(experiment, TrainFlags(keys, settings, stops, outputs, runs))
