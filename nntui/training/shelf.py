"""Earlier runs that can be brought back, in bounded memory."""

from dataclasses import dataclass

from nntui.data.dataset import Dataset
from nntui.data.preparation import Prepared
from nntui.experiment.experiment import Experiment
from nntui.training.history import History
from nntui.training.limit_watch import LimitWatch
from nntui.training.spreads import Spreads
from nntui.training.state import TrainerState

MOST_RUNS = 256
"""How many runs are kept: more than there are edits to undo."""

MOST_BYTES = 64 * 1024 * 1024
"""How much memory they take."""


@dataclass(frozen=True, eq=False)
class KeptRun:
    """A run that was left, with all that it takes to go on with it.

    Attributes:
        run: The run.
        experiment: What it trained, as last edited.
        prepared: Its data.
        state: Where it was.
        history: How its figures came about.
        limits: Which limits it has reached.
        spreads: How the numbers of its layers have been spread.
    """

    run: int
    experiment: Experiment
    prepared: Prepared
    state: TrainerState
    history: History
    limits: LimitWatch
    spreads: Spreads

    @property
    def nbytes(self) -> int:
        """How much memory it takes, its data aside."""
        state = self.state.parameters.nbytes + self.state.optimizer.nbytes
        return state + self.history.nbytes + self.spreads.nbytes


class Shelf:
    """Keeps runs; where they take too much memory, the one left longest ago is forgotten.

    Args:
        most_runs: How many runs are kept.
        most_bytes: How much memory they take, with their data.
    """

    def __init__(self, most_runs: int = MOST_RUNS, most_bytes: int = MOST_BYTES) -> None:
        self._most_runs = most_runs
        self._most_bytes = most_bytes
        self._runs: dict[int, KeptRun] = {}

    def put(self, kept: KeptRun, in_use: Prepared) -> None:
        """Keep a run.

        Args:
            kept: The run.
            in_use: The data that are in memory anyhow.
        """
        self._runs.pop(kept.run, None)
        self._runs[kept.run] = kept
        while self._runs and (
            len(self._runs) > self._most_runs or self._nbytes(in_use) > self._most_bytes
        ):
            del self._runs[next(iter(self._runs))]

    def find(self, run: int) -> KeptRun | None:
        """Return a run; None where it is not kept."""
        return self._runs.get(run)

    def forget(self, run: int) -> None:
        """Keep a run no longer."""
        self._runs.pop(run, None)

    def _nbytes(self, in_use: Prepared) -> int:
        """Return how much memory all runs take; data that several of them share count once."""
        data = {id(kept.prepared): kept.prepared for kept in self._runs.values()}
        data.pop(id(in_use), None)
        runs = sum(kept.nbytes for kept in self._runs.values())
        return runs + sum(_data_bytes(prepared) for prepared in data.values())


def _data_bytes(prepared: Prepared) -> int:
    return sum(map(_dataset_bytes, (prepared.dataset, prepared.train, prepared.test)))


def _dataset_bytes(dataset: Dataset) -> int:
    return dataset.inputs.nbytes + dataset.targets.nbytes
