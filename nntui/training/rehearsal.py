"""The next update of a trainer, made by another one in its place, to be explained."""

from dataclasses import dataclass
from functools import partial

import numpy as np

from nntui.data.dataset import Dataset
from nntui.data.preparation import Prepared
from nntui.engine.training_step import TrainingStep
from nntui.experiment.experiment import Experiment
from nntui.explain.names import Names
from nntui.explain.page import Page, WalkRequest
from nntui.explain.pages import Occasion, make_page
from nntui.explain.recording import Recording, record
from nntui.explain.tracing import size_of
from nntui.quoting import printable
from nntui.training.batches import TrainingPoints
from nntui.training.plane import PlaneMap
from nntui.training.state import TrainerState
from nntui.training.step_sizes import StepSizes
from nntui.training.trainer import Trainer

MOST_PARAMETERS = 2_000_000
"""Larger networks are not explained number by number."""

MOST_BYTES = 400_000_000
"""How much memory the numbers of an update may take."""


class _TooLargeError(Exception):
    """An update has too many numbers to keep them all."""


class _RecordedSteps(StepSizes):
    """Training steps that are recorded as they run.

    Attributes:
        updates: How many updates the optimizer has made; to be told before a step.
        recording: The last step that ran; None before any.
    """

    updates: int = 0
    recording: Recording | None = None

    def __call__(self, batch_size: int) -> TrainingStep:
        """Return the step for so many points."""
        step = super().__call__(batch_size)
        step.run = partial(self._record, step)
        return step

    def _record(self, step: TrainingStep) -> None:
        if size_of(step.program.calls) > MOST_BYTES:
            raise _TooLargeError
        self.recording = record(step, self._network, self._optimizer, self.updates)


class _Understudy(Trainer):
    """A trainer whose updates are recorded."""

    def __init__(self, experiment: Experiment, prepared: Prepared) -> None:
        super().__init__(experiment, prepared)
        clip_norm = experiment.optimizer.clip_norm
        self._recorded = self._step_of = _RecordedSteps(self.network, self.optimizer, clip_norm)
        self._plan = self._whole_epoch = self._planned(start=0)

    def rehearse(self, state: TrainerState, point: int | None) -> Recording:
        """Make the update that follows a state.

        Args:
            state: Where to begin.
            point: The training point to learn from alone; None for the batch that comes next.
        """
        self.restore(state)
        self._recorded.updates = state.optimizer_steps
        if point is None:
            self.step()
        else:
            self.step_on(point)
        recording = self._recorded.recording
        assert recording is not None, "A step has run, so it has been recorded."
        return recording


@dataclass(frozen=True, eq=False)
class _Rehearsed:
    """An update that has been recorded, and what it followed from.

    Attributes:
        experiment: What was trained.
        prepared: On which data.
        state: From where.
        point: From which training point alone; None for a batch.
        recording: The update.
    """

    experiment: Experiment
    prepared: Prepared
    state: TrainerState
    point: int | None
    recording: Recording

    def is_of(self, trainer: Trainer, state: TrainerState, point: int | None) -> bool:
        """Tell whether the same would come of rehearsing a trainer's next update."""
        return (
            self.point == point
            and self.prepared is trainer.prepared
            and self.experiment == trainer.experiment
            and _same(self.state, state)
        )


class Rehearsal:
    """Tells the next update of a trainer, page by page; the trainer itself does not move.

    The update is made once, by a trainer with the same experiment, data and state, and kept as
    long as the live trainer stays where it is.
    """

    def __init__(self) -> None:
        self._understudy: _Understudy | None = None
        self._rehearsed: _Rehearsed | None = None

    def page(
        self, trainer: Trainer, request: WalkRequest, plane: PlaneMap
    ) -> tuple[Page | None, str]:
        """Make a page of the next update.

        Args:
            trainer: Whose update.
            request: Which page, and from what it learns.
            plane: The plane that the request's place is on.

        Returns:
            The page and an empty text; or None, and for the user why there is none.
        """
        size = len(trainer.network.parameters)
        if size > MOST_PARAMETERS:
            return None, (
                f"This network has {size:,} weights and biases; up to {MOST_PARAMETERS:,} can be "
                "explained one by one."
            )
        point = _chosen_point(trainer, request, plane)
        try:
            recording = self._recording(trainer, point)
        except _TooLargeError:
            return None, (
                "The numbers of this update would take too much memory; with a smaller batch, or "
                "from a single point, it can be explained."
            )
        return make_page(recording, _occasion(trainer, point, recording), request), ""

    def _recording(self, trainer: Trainer, point: int | None) -> Recording:
        state = trainer.state()
        known = self._rehearsed
        if known is not None and known.is_of(trainer, state, point):
            return known.recording
        understudy = self._understudy
        if (
            understudy is None
            or understudy.prepared is not trainer.prepared
            or understudy.experiment != trainer.experiment
        ):
            understudy = self._understudy = _Understudy(trainer.experiment, trainer.prepared)
        self._rehearsed = None  # Before the next one is made: two may be too much for the memory.
        recording = understudy.rehearse(state, point)
        self._rehearsed = _Rehearsed(trainer.experiment, trainer.prepared, state, point, recording)
        return recording


def _same(first: TrainerState, second: TrainerState) -> bool:
    """Tell whether two states lead to the same update; NaN counts as the same as itself."""
    counters = [(s.steps, s.optimizer_steps, s.epochs, s.points, s.slots) for s in (first, second)]
    generators = [(s.shuffling, s.augmenting, s.dropping) for s in (first, second)]
    return (
        counters[0] == counters[1]
        and generators[0] == generators[1]
        and np.array_equal(first.parameters, second.parameters, equal_nan=True)
        and np.array_equal(first.optimizer, second.optimizer, equal_nan=True)
    )


def _chosen_point(trainer: Trainer, request: WalkRequest, plane: PlaneMap) -> int | None:
    """Find the training point to learn from alone; None for the next batch."""
    train = trainer.prepared.train
    if request.place is not None:
        return nearest_point(train, plane, request.place)
    if request.point is None:
        return None
    return min(max(request.point, 0), len(train) - 1)


def nearest_point(train: Dataset, plane: PlaneMap, place: tuple[float, float]) -> int:
    """Find the point nearest to a place of the plane.

    Args:
        train: The points.
        plane: The plane.
        place: Where on it; with one input, only where along it counts.
    """
    ways = plane.places(train.inputs) - np.array(place)
    return int(np.square(ways).sum(axis=1).argmin())


def _occasion(trainer: Trainer, point: int | None, recording: Recording) -> Occasion:
    return Occasion(
        steps=trainer.steps,
        point=point,
        batch=_batch_words(trainer, point, recording.batch_size),
        names=_names(trainer),
        made_by=TrainingPoints.table if point is None else TrainingPoints.alone,
        can_be_taken=trainer.is_finite(),
    )


def _batch_words(trainer: Trainer, point: int | None, size: int) -> str:
    points = len(trainer.prepared.train)
    if point is not None:
        return f"training point {point + 1} of {points}"
    words = "a batch of 1 point" if size == 1 else f"a batch of {size} points"
    if size == points > 1:
        words = f"a batch of all {size} points"
    settings = trainer.experiment.augmentation
    is_augmented = settings != type(settings)()
    return f"{words}, augmented" if is_augmented else words


def _names(trainer: Trainer) -> Names:
    dataset, preparation = trainer.prepared.dataset, trainer.prepared.preparation
    inputs = preparation.feature_names if preparation.features else dataset.input_names
    if trainer.coding.classes == 0:
        outputs = (dataset.target_name,)
    elif trainer.coding.units == 1:
        outputs = (_class_name(dataset.class_names[1]),)
    else:
        outputs = tuple(map(_class_name, dataset.class_names))
    return Names(tuple(map(printable, inputs)), tuple(map(printable, outputs)))


def _class_name(name: str) -> str:
    """Say that a bare number is the name of a class."""
    return f"class {name}" if name.isdecimal() else name
