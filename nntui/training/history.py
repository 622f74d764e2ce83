"""How the figures of a run came about: a bounded record that keeps every peak."""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from nntui.training.evaluation import Evaluation

MOST_SAMPLES = 65_536
"""How many samples a history holds before it is thinned to at most half of them."""

_MOST_MARKS = 1000
_FIRST_CAPACITY = 1024
_SERIES = 4
# A column of a view keeps its first and its last sample, and two extremes of each series.
_MOST_SAMPLES_A_COLUMN = 2 + 2 * _SERIES


class Mark(NamedTuple):
    """An edit of the experiment on the way.

    Attributes:
        steps: How many updates had been made.
        label: What was edited.
    """

    steps: int
    label: str


@dataclass(frozen=True, eq=False)
class HistoryView:
    """Samples of a history in the order of their steps, each with all its figures.

    A figure is NaN where there is none, such as that of a run without test points.

    Attributes:
        steps: How many updates had been made, int64, (samples,).
        epochs: How many epochs had been completed, int64, (samples,).
        train_loss: The training loss, (samples,).
        test_loss: The test loss, (samples,).
        train_score: The training points' accuracy, or R² of a regression, (samples,).
        test_score: The same of the test points, (samples,).
        marks: The edits on the way, (steps, label) each.
    """

    steps: NDArray[np.int64]
    epochs: NDArray[np.int64]
    train_loss: NDArray[np.float64]
    test_loss: NDArray[np.float64]
    train_score: NDArray[np.float64]
    test_score: NDArray[np.float64]
    marks: tuple[tuple[int, str], ...]

    def __len__(self) -> int:
        return len(self.steps)


class History:
    """Records the figures of a run, in bounded memory.

    When it is full it is thinned as a view of many narrow columns, so that every peak stays.

    Args:
        most_samples: How many samples it may hold, 20 or more.
    """

    def __init__(self, most_samples: int = MOST_SAMPLES) -> None:
        self._most_samples = most_samples
        self._places = np.zeros((2, min(_FIRST_CAPACITY, most_samples)), np.int64)
        self._series = np.zeros((_SERIES, self._places.shape[1]))
        self._count = 0
        self._marks: list[Mark] = []
        self._views: dict[int, HistoryView] = {}

    def __len__(self) -> int:
        """Return how many samples are kept."""
        return self._count

    @property
    def nbytes(self) -> int:
        """How much memory the samples take."""
        return self._places.nbytes + self._series.nbytes

    def record(self, steps: int, epochs: int, evaluation: Evaluation) -> None:
        """Add the figures of a step; figures that were recorded for it before are replaced.

        Args:
            steps: How many updates have been made, not less than in the last sample.
            epochs: How many epochs have been completed.
            evaluation: The figures.

        Raises:
            ValueError: The step lies before the last sample's.
        """
        scores = (
            (evaluation.train_accuracy, evaluation.test_accuracy)
            if evaluation.train_accuracy is not None
            else (evaluation.train_r2, evaluation.test_r2)
        )
        figures = (evaluation.train_loss, evaluation.test_loss, *scores)
        self._append(steps, epochs, figures)

    def record_loss(self, steps: int, epochs: int, train_loss: float) -> None:
        """Add a sample of which only the training loss is known; otherwise as ``record``."""
        self._append(steps, epochs, (train_loss, None, None, None))

    def _append(self, steps: int, epochs: int, figures: tuple[float | None, ...]) -> None:
        last = self._count - 1
        if last >= 0 and steps <= self._places[0, last]:
            if steps < self._places[0, last]:
                raise ValueError(f"Step {steps} lies before the last one, {self._places[0, last]}.")
            self._count = last
        if self._count == self._places.shape[1]:
            self._make_room()
        self._places[:, self._count] = steps, epochs
        self._series[:, self._count] = [np.nan if f is None else f for f in figures]
        self._count += 1
        self._views.clear()

    def _make_room(self) -> None:
        """Take more memory, or thin what there is."""
        capacity = self._places.shape[1]
        if capacity < self._most_samples:
            more = min(capacity, self._most_samples - capacity)
            self._places = np.pad(self._places, ((0, 0), (0, more)))
            self._series = np.pad(self._series, ((0, 0), (0, more)))
            return
        self._keep(self._chosen(max(self._most_samples // 2 // _MOST_SAMPLES_A_COLUMN, 1)))

    def _keep(self, chosen: NDArray[np.intp]) -> None:
        """Forget all samples but these."""
        self._count = len(chosen)
        self._places[:, : self._count] = self._places[:, chosen]
        self._series[:, : self._count] = self._series[:, chosen]
        self._views.clear()

    def mark(self, steps: int, label: str) -> None:
        """Remember an edit of the experiment; of very many only the latest are kept."""
        self._marks.append(Mark(steps, label))
        del self._marks[:-_MOST_MARKS]
        self._views.clear()

    def truncate(self, steps: int) -> None:
        """Forget what came after a step, because the run went back to it."""
        self._count = int(np.searchsorted(self._places[0, : self._count], steps, side="right"))
        self._marks = [mark for mark in self._marks if mark.steps <= steps]
        self._views.clear()

    def view(self, columns: int) -> HistoryView:
        """Choose samples that draw like all of them on a chart of so many columns.

        The steps are divided into columns of equal width. Of each column there are the first and
        the last sample, and those at which any of the series is smallest or largest.

        Args:
            columns: How many, 1 or more.
        """
        if columns not in self._views:
            # A screen asks for one width again and again; another one means that it was resized.
            self._views = {columns: self._view_of(self._chosen(columns))}
        return self._views[columns]

    def _view_of(self, chosen: NDArray[np.intp]) -> HistoryView:
        steps, epochs = self._places[:, chosen]
        return HistoryView(steps, epochs, *self._series[:, chosen], marks=tuple(self._marks))

    def _chosen(self, columns: int) -> NDArray[np.intp]:
        """Return the numbers of the samples that a view of so many columns shows, sorted."""
        count = self._count
        if count <= 2 * columns:
            return np.arange(count)
        steps = self._places[0, :count]
        width_of_all = int(steps[-1] - steps[0])
        edges: NDArray[np.int64] = steps[0] + width_of_all * np.arange(columns) // columns
        starts = np.unique(np.searchsorted(steps, edges))
        lengths = np.diff(starts, append=count)
        chosen = np.zeros(count, np.bool_)
        chosen[starts] = True
        chosen[starts + lengths - 1] = True
        for series in self._series[:, :count]:
            # fmin and fmax pass over NaN.
            for extreme in (np.fmin, np.fmax):
                of_column = extreme.reduceat(series, starts)
                found = np.flatnonzero(series == np.repeat(of_column, lengths))
                if len(found):
                    firsts = np.searchsorted(found, starts)
                    chosen[found[np.minimum(firsts, len(found) - 1)]] = True
        return np.flatnonzero(chosen)

    def state(self) -> HistoryView:
        """Return a copy of all that is kept."""
        return self._view_of(np.arange(self._count))

    @classmethod
    def of(cls, state: HistoryView, most_samples: int = MOST_SAMPLES) -> "History":
        """Bring back a history from what ``state`` returned.

        Args:
            state: What was kept, at most so many samples.
            most_samples: How many samples it may hold.

        Raises:
            ValueError: There are more samples than it may hold.
        """
        if len(state) > most_samples:
            raise ValueError(f"Found {len(state)} samples, expected at most {most_samples}.")
        history = cls(most_samples)
        while history._places.shape[1] < len(state):
            history._make_room()
        history._count = len(state)
        history._places[:, : len(state)] = state.steps, state.epochs
        history._series[:, : len(state)] = (
            state.train_loss,
            state.test_loss,
            state.train_score,
            state.test_score,
        )
        history._marks = [Mark(*mark) for mark in state.marks]
        return history
