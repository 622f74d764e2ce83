"""The training points, batch by batch, in a new order each epoch."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from nntui.data.augment import Augmentation, augment_points, mixup
from nntui.data.preparation import Prepared
from nntui.engine.network import Network
from nntui.engine.training_step import TrainingStep, keeps_points_together
from nntui.training.targets import TargetCoding


@dataclass(frozen=True, eq=False)
class TrainingPoints:
    """What is learnt from, raw, with everything that turns it into a network's input.

    Attributes:
        prepared: The data and how they are prepared.
        coding: What the network's outputs stand for.
        augmentation: How the points vary from epoch to epoch.

    Raises:
        DataError: The points cannot be varied in this way.
    """

    prepared: Prepared
    coding: TargetCoding
    augmentation: Augmentation

    def __post_init__(self) -> None:
        # One point tells: better now than in the first step of a run.
        one = self.prepared.train.inputs[:1]
        augment_points(one, self.augmentation, np.random.default_rng(0))

    def __len__(self) -> int:
        return len(self.prepared.train)

    @property
    def vary(self) -> bool:
        """Whether an epoch's points differ from the ones before."""
        return self.augmentation != Augmentation()

    def alone(self, point: int) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Return one point as it is, without augmentation.

        Args:
            point: Which one, counted from 0.

        Returns:
            Its inputs, (1, inputs), and its targets, (1, units).
        """
        train, preparation = self.prepared.train, self.prepared.preparation
        targets = preparation.targets(train.targets[point : point + 1])
        return preparation.inputs(train.inputs[point : point + 1]), self.coding.encode(targets)

    def table(self, generator: np.random.Generator) -> NDArray[np.floating[Any]]:
        """Put each point's inputs, a one and its targets in a row.

        Args:
            generator: Where the random numbers of augmentation come from.

        Returns:
            (points, inputs + 1 + units).
        """
        train, preparation = self.prepared.train, self.prepared.preparation
        raw = augment_points(train.inputs, self.augmentation, generator)
        targets = self.coding.encode(preparation.targets(train.targets))
        inputs, targets = mixup(
            preparation.inputs(raw), targets, self.augmentation.mixup, generator
        )
        ones = np.ones((len(inputs), 1))
        return np.concatenate([inputs, ones, targets], axis=1)


class PlannedStep(NamedTuple):
    """One step of an epoch.

    Attributes:
        points: How many points it learns from.
        fill: Puts them into the step's batch.
        run: Makes the update.
    """

    points: int
    fill: Callable[[], object]
    run: Callable[[], None]


class Batches:
    """Fills training steps with the batches of an epoch.

    Args:
        points: What is learnt from.
        network: Who learns.
        shuffling: Where the orders come from.
        augmenting: Where the random numbers of augmentation come from.

    Attributes:
        vary: Whether the points of each epoch are drawn anew.
    """

    def __init__(
        self,
        points: TrainingPoints,
        network: Network,
        *,
        shuffling: np.random.Generator,
        augmenting: np.random.Generator,
    ) -> None:
        self.vary = points.vary
        self._points = points
        self._shuffling = shuffling
        self._augmenting = augmenting
        self._order = np.arange(len(points))
        self._is_shuffled = False
        self._points_together = keeps_points_together(network)
        columns = network.inputs + 1 + network.units
        self._table = np.zeros((len(points), columns), network.dtype)
        if not self._points_together:
            self._table = np.ascontiguousarray(self._table.T)
        self._is_empty = True
        self._holds_all: TrainingStep | None = None

    def __len__(self) -> int:
        """Return how many points an epoch has."""
        return len(self._points)

    def begin_epoch(self, *, shuffled: bool) -> None:
        """Draw the points and the order of an epoch.

        Args:
            shuffled: Whether to draw an order, instead of the points' own.
        """
        if self._is_empty or self.vary:
            rows = self._points.table(self._augmenting)
            self._table[:] = rows if self._points_together else rows.T
            self._is_empty = False
            self._holds_all = None
        if shuffled:
            self._order[:] = self._shuffling.permutation(len(self._order))
        elif self._is_shuffled:
            self._order[:] = np.arange(len(self._order))
        self._is_shuffled = shuffled

    def fill_with_point(self, step: TrainingStep, point: int) -> None:
        """Put one point, without augmentation, into a step for one point.

        Nothing of the epoch changes: its steps are filled when their turn comes.
        """
        step.fill(*self._points.alone(point))

    def plan(
        self, batch_size: int, step_of: Callable[[int], TrainingStep], start: int = 0
    ) -> list[PlannedStep]:
        """Cut an epoch into steps; the plan serves every epoch.

        Args:
            batch_size: The number of points of each step; the last one may have fewer.
            step_of: Gives the training step for a number of points.
            start: The number of points of the epoch to leave out.
        """
        stops = range(start, len(self._order), batch_size)
        parts = [self._order[stop : stop + batch_size] for stop in stops]
        return [self._planned(part, step_of(len(part))) for part in parts]

    def _planned(self, part: NDArray[np.intp], step: TrainingStep) -> PlannedStep:
        axis, batch = (0, step.batch.T) if self._points_together else (1, step.batch)
        # "clip" skips a check that every index is in range; they all are.
        fill = partial(self._table.take, part, axis, batch, "clip")
        if len(part) == len(self._order):
            fill = partial(self._fill_with_all, step, fill)
        return PlannedStep(len(part), fill, step.run)

    def _fill_with_all(self, step: TrainingStep, fill: Callable[[], object]) -> None:
        """Fill a batch of all points, unless they are in it already: their order is no matter."""
        if self._holds_all is not step:
            fill()
            self._holds_all = step
