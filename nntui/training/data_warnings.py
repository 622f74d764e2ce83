"""What a user should know about a run's data before it begins."""

from nntui.files import shown_path
from nntui.training.trainer import Trainer


def data_warnings(trainer: Trainer) -> tuple[str, ...]:
    """Tell what is unusual about the data that a trainer was given."""
    found: list[str] = []
    prepared, settings = trainer.prepared, trainer.experiment.data
    if not len(prepared.test) and settings.test_fraction > 0:
        found.append("no point is left for testing: the data are too few for data.test_fraction")
    dropped = prepared.dataset.dropped_rows
    if dropped:
        rows = "row" if dropped == 1 else "rows"
        found.append(
            f"{shown_path(settings.source)}: {dropped:,} {rows} left out because a value is missing"
        )
    return tuple(found)
