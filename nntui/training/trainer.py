"""The trainer: an experiment being carried out, one step at a time.

What it does follows from the experiment alone, bit for bit: it reads no clock, and its random
numbers come from four generators that all start from the experiment's seed.
"""

import dataclasses
from collections.abc import Sequence

import msgspec
import numpy as np
from numpy.typing import NDArray

from nntui.data.augment import Augmentation
from nntui.data.preparation import Prepared
from nntui.engine.schedules import ConstantRate
from nntui.experiment.convert import checked
from nntui.experiment.experiment import Experiment
from nntui.training.assembly import (
    build_network,
    build_optimizer,
    build_schedule,
    prepare_data,
    target_coding,
)
from nntui.training.batches import Batches, PlannedStep, TrainingPoints
from nntui.training.changes import Change, change_between
from nntui.training.evaluation import Evaluation
from nntui.training.evaluator import Evaluator
from nntui.training.parameters import ParameterValue, set_parameters
from nntui.training.state import EpochStart, TrainerState
from nntui.training.step_sizes import StepSizes

_STEPS_BETWEEN_CLEANINGS = 1000
"""After how many steps each the optimizer forgets traces that only cost time."""


class Trainer:
    """Trains the network of an experiment.

    Args:
        experiment: What to train. It is checked.
        prepared: Its data, if they are at hand; None makes or reads them.

    Attributes:
        experiment: What is being trained.
        prepared: The data.
        coding: What the network's outputs stand for.
        network: The network.
        optimizer: The optimizer.
        steps: How many updates have been made.
        epochs: How many epochs have been completed.

    Raises:
        DataError: The data cannot be read, made or augmented as asked.
        ExperimentError: The experiment makes no sense, or does not fit its data.
    """

    # A number too large for the dtype becomes infinite; the figures tell, not a warning.
    @np.errstate(all="ignore")
    def __init__(self, experiment: Experiment, prepared: Prepared | None = None) -> None:
        self.experiment = experiment = checked(experiment)
        self.prepared = prepared or prepare_data(experiment.data)
        self.coding = target_coding(experiment, len(self.prepared.dataset.class_names))
        self.steps = self._optimizer_began = 0
        self.epochs = 0
        seeds = np.random.SeedSequence(experiment.seed).spawn(4)
        weights, self._shuffling, self._augmenting, self._dropping = map(
            np.random.default_rng, seeds
        )
        inputs = len(self.prepared.preparation.feature_names)
        self.network = build_network(experiment, inputs, self.coding, weights, self._dropping)
        self.optimizer = build_optimizer(experiment, self.network)
        self._schedule = build_schedule(experiment)
        # Telling an optimizer what it knows would cost as much as a call of the tape.
        constant_rate = isinstance(self._schedule, ConstantRate)
        self._is_steady = constant_rate and not self.optimizer.counts_steps
        self._evaluator = Evaluator(self.network, self.prepared, self.coding)
        settings = msgspec.structs.asdict(experiment.augmentation)
        self._batches = Batches(
            TrainingPoints(self.prepared, self.coding, Augmentation(**settings)),
            self.network,
            shuffling=self._shuffling,
            augmenting=self._augmenting,
        )
        clip_norm = experiment.optimizer.clip_norm
        self._step_of = StepSizes(self.network, self.optimizer, clip_norm)
        self._whole_epoch = self._planned(start=0)
        self._plan: list[PlannedStep] = self._whole_epoch
        self._done = 0
        self._epoch_start: EpochStart | None = None

    def _planned(self, start: int) -> list[PlannedStep]:
        """Return the steps of an epoch, from a point on."""
        return self._batches.plan(self.experiment.training.batch_size, self._step_of, start)

    @property
    def steps_per_epoch(self) -> int:
        """The number of updates in a whole epoch."""
        return -(-len(self._batches) // self.experiment.training.batch_size)

    @property
    def learning_rate(self) -> float:
        """The learning rate of the next step, with its schedule."""
        return self.experiment.optimizer.learning_rate * self._schedule.factor(self.steps)

    @property
    def is_between_epochs(self) -> bool:
        """Whether the last step ended an epoch, or none has been made."""
        return self._epoch_start is None

    @property
    def steps_left_in_epoch(self) -> int:
        """The number of updates up to the end of the present epoch."""
        return len(self._plan) - self._done

    def step(self) -> None:
        """Make one update."""
        self.train(1)

    def epoch(self) -> None:
        """Make all updates up to the end of the present epoch."""
        self.train(self.steps_left_in_epoch)

    def train(self, steps: int) -> None:
        """Make a number of updates, through as many epochs as they take."""
        # A network that diverges overflows; it is noticed by its parameters, not by warnings.
        with np.errstate(all="ignore"):
            last_step = self.steps + steps
            while self.steps < last_step:
                # At fixed steps, so that it does not matter in which portions a run is trained.
                to_cleaning = _STEPS_BETWEEN_CLEANINGS - self.steps % _STEPS_BETWEEN_CLEANINGS
                self._train_within_epoch(min(last_step - self.steps, to_cleaning))
                if self.steps % _STEPS_BETWEEN_CLEANINGS == 0:
                    self.optimizer.forget_traces()

    def _train_within_epoch(self, most_steps: int) -> None:
        """Make a number of updates, but not beyond the end of the present epoch."""
        if self._epoch_start is None:
            # The order of a batch of all points does not matter.
            self._begin_epoch(shuffled=len(self._plan) > 1)
        base, factor = self.experiment.optimizer.learning_rate, self._schedule.factor
        begin_step, began = self.optimizer.begin_step, self._optimizer_began
        steady = self._is_steady
        if steady:
            begin_step(self.steps - began, base)
        portion = self._plan[self._done : self._done + most_steps]
        for _, fill, run in portion:
            fill()
            if not steady:
                begin_step(self.steps - began, base * factor(self.steps))
            run()
            self.steps += 1
        self._done += len(portion)
        if self._done == len(self._plan):
            self._plan, self._done = self._whole_epoch, 0
            self._epoch_start = None
            self.epochs += 1

    @np.errstate(all="ignore")
    def step_on(self, point: int) -> None:
        """Make one update from one training point alone, as it is without augmentation.

        It counts as a step, but the epoch stays where it is: what comes after it are the batches
        that would have come anyway.

        Args:
            point: The training point, counted from 0.
        """
        step = self._step_of(1)
        self._batches.fill_with_point(step, point)
        self.optimizer.begin_step(self.steps - self._optimizer_began, self.learning_rate)
        step.run()
        self.steps += 1
        if self.steps % _STEPS_BETWEEN_CLEANINGS == 0:
            self.optimizer.forget_traces()

    def _begin_epoch(self, *, shuffled: bool) -> None:
        """Draw the points and the order of an epoch."""
        shuffling, augmenting = self._shuffling.bit_generator, self._augmenting.bit_generator
        start = EpochStart(
            shuffling.state if shuffled else None,
            augmenting.state if self._batches.vary else None,
        )
        self._batches.begin_epoch(shuffled=shuffled)
        self._epoch_start = start

    @property
    def _points(self) -> int:
        """How many points of the present epoch have been learnt from."""
        remaining = sum(step.points for step in self._plan[self._done :])
        return len(self._batches) - remaining

    def evaluate(self) -> Evaluation:
        """Compute the figures of the network as it is; training goes on as if it had not."""
        return self._evaluator.evaluate()

    def confusion(self) -> NDArray[np.int64] | None:
        """Count which class was taken for which (see ``Evaluator.confusion``)."""
        return self._evaluator.confusion()

    def is_finite(self) -> bool:
        """Tell whether all parameters are finite numbers.

        A parameter that has become infinite or NaN never recovers, so this finds a divergence
        however long ago it was.
        """
        return bool(np.isfinite(self.network.parameters).all())

    def state(self) -> TrainerState:
        """Return a copy of everything that decides how the run goes on."""
        start = self._epoch_start or EpochStart(shuffling=None, augmenting=None)
        return TrainerState(
            parameters=self.network.parameters.copy(),
            optimizer=self.optimizer.state.copy(),
            slots=self.optimizer.slots,
            optimizer_steps=self.steps - self._optimizer_began,
            steps=self.steps,
            epochs=self.epochs,
            points=self._points,
            shuffling=start.shuffling or self._shuffling.bit_generator.state,
            augmenting=start.augmenting or self._augmenting.bit_generator.state,
            dropping=self._dropping.bit_generator.state,
        )

    @np.errstate(all="ignore")
    def restore(self, state: TrainerState) -> None:
        """Go back, or forward, to a state of a run of the same experiment.

        Training on from here repeats bit for bit what followed the state.

        Args:
            state: What ``state`` returned.

        Raises:
            ValueError: The state belongs to another network or another optimizer.
        """
        if state.kind != self.state().kind:
            raise ValueError(f"The state is of {state.kind}, expected {self.state().kind}.")
        self.network.parameters[:] = state.parameters
        self.optimizer.state[:] = state.optimizer
        self.steps, self.epochs = state.steps, state.epochs
        self._optimizer_began = state.steps - state.optimizer_steps
        self._shuffling.bit_generator.state = state.shuffling
        self._augmenting.bit_generator.state = state.augmenting
        self._dropping.bit_generator.state = state.dropping
        self._plan, self._done, self._epoch_start = self._whole_epoch, 0, None
        if state.points:
            self._plan = self._planned(start=state.points)
            # Only an epoch of several batches, which have an order, can be left in the middle.
            self._begin_epoch(shuffled=True)

    def apply(self, experiment: Experiment, parameters: Sequence[ParameterValue] = ()) -> Change:
        """Change the experiment of the running trainer.

        What can be changed while training goes on keeps the parameters, the counters and, unless
        the optimizer is another one, what it remembers. Any other change begins a new run. Either
        way ``network``, ``optimizer`` and ``prepared`` may be new objects afterwards.

        Args:
            experiment: What to train from now on. It is checked.
            parameters: What some weights and biases are to be afterwards.

        Returns:
            What was changed, and how.

        Raises:
            DataError: The data cannot be read, made or augmented so; nothing has changed then.
            ExperimentError: The experiment makes no sense, or does not fit its data, or there is
                no place for a parameter; nothing has changed then.
        """
        experiment = checked(experiment)
        change = change_between(self.experiment, experiment)
        if not change.keys:
            set_parameters(self.network, parameters)
            return change
        same_data = experiment.data == self.experiment.data
        changed = Trainer(experiment, self.prepared if same_data else None)
        if not change.rebuilds:
            optimizer, taken = changed.optimizer.state, 0
            if not change.new_optimizer:
                optimizer = changed.optimizer.memory_of(self.optimizer)
                taken = self.steps - self._optimizer_began
            state = dataclasses.replace(
                self.state(),
                optimizer=optimizer,
                slots=changed.optimizer.slots,
                optimizer_steps=taken,
            )
            changed.restore(state)
        set_parameters(changed.network, parameters)
        # Nothing can fail any more: only now the changed trainer takes this one's place.
        vars(self).update(vars(changed))
        return change
