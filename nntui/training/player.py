"""Plays a run: starts and pauses it, edits it, begins it anew and brings back earlier ones."""

from contextlib import nullcontext
from dataclasses import dataclass

from nntui.errors import NntuiError
from nntui.experiment.convert import checked
from nntui.experiment.experiment import Experiment
from nntui.training.answer import Playing, answer_of
from nntui.training.changes import Change, change_between
from nntui.training.limit_watch import LimitWatch, check_limits, steps_to_epoch
from nntui.training.messages import (
    Advance,
    Applied,
    Apply,
    ParameterValue,
    Refused,
    SnapshotRequest,
    StepOn,
    WorkerStart,
)
from nntui.training.observer import Observer
from nntui.training.pace import Pace, SpeedMeter
from nntui.training.recorded_run import RecordedRun
from nntui.training.rhythm import MOST_OF_THE_TIME, Clocks, LookRhythm, Ration
from nntui.training.shelf import KeptRun, Shelf
from nntui.training.snapshot import Snapshot
from nntui.training.trainer import Trainer

NOT_ENOUGH_MEMORY = "there is not enough memory for this; try fewer points or smaller layers."


@dataclass(frozen=True)
class _Target:
    """Where to pause: at a step, or at the end of an epoch."""

    steps: int | None = None
    epochs: int | None = None

    def steps_to_go(self, trainer: Trainer) -> int:
        """Return how many steps there are to it; 0 or less where it has been reached."""
        if self.epochs is not None:
            return steps_to_epoch(trainer, self.epochs) if trainer.epochs < self.epochs else 0
        return 0 if self.steps is None else self.steps - trainer.steps


def _begun(start: WorkerStart) -> RecordedRun:
    run = RecordedRun(1, Trainer(start.experiment), LimitWatch(start.limits))
    check_limits(start.limits, run.evaluation)
    return run


class Player:
    """Plays one run at a time, and keeps the runs before it.

    Args:
        start: What to train, and what pauses it.
        clocks: What tells the time.
        run: The run to go on with, which has its own limits; None to begin a new one.

    Attributes:
        is_playing: Whether training goes on.

    Raises:
        NntuiError: The experiment cannot be built, or a limit needs figures that it does not have.
        MemoryError: It is too large.
    """

    def __init__(self, start: WorkerStart, clocks: Clocks, run: RecordedRun | None = None) -> None:
        self.is_playing = False
        self._clock = clocks.wall
        self._run = run or _begun(start)
        self._limits = self._run.limits.state().limits
        self._runs = self._run.number
        self._revision = 0
        self._shelf = Shelf()
        self._target: _Target | None = None
        self._observer = Observer(self._run.trainer)
        self._pace = Pace(clocks.wall)
        self._meter = SpeedMeter(clocks.wall)
        self._looks = Ration(clocks, MOST_OF_THE_TIME)
        self._glances = Ration(clocks, MOST_OF_THE_TIME)
        self._rhythm = LookRhythm(clocks.wall, self._run.trainer.steps)

    @property
    def run(self) -> RecordedRun:
        """The present run."""
        return self._run

    def play(self) -> None:
        """Train on until told otherwise."""
        self._target = None
        self._go_on()

    def pause(self) -> None:
        """Train no more."""
        self.is_playing = False
        self._target = None

    def advance(self, command: Advance) -> None:
        """Train up to a step, or the end of an epoch, counted from where it would pause now."""
        trainer, before = self._run.trainer, self._target or _Target()
        if command.epochs:
            begin = trainer.epochs if before.epochs is None else before.epochs
            self._target = _Target(epochs=begin + command.epochs)
        else:
            begin = trainer.steps if before.steps is None else before.steps
            self._target = _Target(steps=begin + command.steps)
        if not self.is_playing:
            self._go_on()

    def step_on(self, command: StepOn) -> None:
        """Make one update from one training point, the nearest that there is, and pause."""
        self.pause()
        run, trainer = self._run, self._run.trainer
        point = min(max(command.point, 0), len(trainer.prepared.train) - 1)
        run.step_on(point, f"a step on point {point + 1:,}")
        self._rhythm.looked(trainer.steps)
        if run.divergence is None and run.limits.may_stop(trainer):
            run.stopped_by = run.limits.stops(trainer, run.evaluation)

    def _go_on(self) -> None:
        self._run.move_on()
        if not self.is_playing:
            self._pace.begin()
            self._start_measuring()
        self.is_playing = self._run.can_go_on
        if not self.is_playing:
            self._target = None

    def _start_measuring(self) -> None:
        self._meter.start_again(self._run.trainer.steps)
        self._rhythm = LookRhythm(self._clock, self._run.trainer.steps)

    def set_speed(self, steps_per_second: float | None) -> None:
        """Hold training back to so many steps a second; None lets it go."""
        self._pace.set_speed(steps_per_second)

    def back_to_finite(self) -> None:
        """After a divergence, stay where the run is: at its last finite step."""
        if self._run.divergence is not None:
            self._run.move_on()

    def seconds_to_wait(self) -> float:
        """Return how long to wait before the next portion of a held-back run."""
        return self._pace.seconds_to_wait()

    def train(self) -> None:
        """Make a portion of steps, no more than a few milliseconds, or a single step."""
        trainer, limits = self._run.trainer, self._run.limits
        steps = self._steps_now()
        before = self._clock()
        trainer.train(steps)
        seconds = self._clock() - before
        limits.seconds += seconds
        self._pace.made(steps, seconds)
        self._meter.reached(trainer.steps)
        if limits.may_stop(trainer):
            self._look()
            if self.is_playing:
                self._run.stopped_by = limits.stops(trainer, self._run.evaluation)
        elif self._rhythm.is_due(trainer.steps):
            self._look_if_cheap()
        at_target = self._target is not None and self._target.steps_to_go(trainer) <= 0
        if self._run.stopped_by or at_target:
            self.pause()

    def _steps_now(self) -> int:
        """Return how many steps to make before something has to be looked at."""
        trainer = self._run.trainer
        steps = [self._pace.portion(), self._rhythm.steps_to_look(trainer.steps)]
        to_limit = self._run.limits.steps_to_go(trainer)
        if to_limit is not None:
            steps.append(to_limit)
        if self._target is not None:
            steps.append(self._target.steps_to_go(trainer))
        return max(min(steps), 1)

    def _look(self) -> None:
        """Bring the figures up to date; a run that has diverged is paused."""
        with self._looks.spend() if self.is_playing else nullcontext():
            self._run.look()
        self._rhythm.looked(self._run.trainer.steps)
        if self._run.divergence is not None:
            self.pause()

    def _look_if_cheap(self) -> None:
        if self._looks.allows():
            self._look()
        elif self._glances.allows():
            with self._glances.spend():
                self._run.glance()
            if self._run.divergence is not None:
                self.pause()
        self._rhythm.looked(self._run.trainer.steps)

    def apply(self, command: Apply) -> Applied | Refused:
        """Change the experiment or parameters, or bring back a run; training goes on if it did."""
        before = self._run.trainer.experiment
        try:
            experiment = checked(command.experiment)
            change = change_between(before, experiment)
            restored = self._take_in(command, experiment, change)
        except NntuiError as error:
            return Refused(command.revision, str(error))
        except MemoryError:
            return Refused(command.revision, NOT_ENOUGH_MEMORY)
        self._revision = command.revision
        if self._run.divergence is not None:
            self.pause()
        return Applied(command.revision, self._run.number, change, restored)

    def _take_in(self, command: Apply, experiment: Experiment, change: Change) -> bool:
        """Do what ``apply`` was asked for; return whether an earlier run was brought back."""
        if command.run is None or command.run == self._run.number:
            if change.rebuilds:
                self._begin_anew(experiment, command.parameters)
            else:
                self._edit(experiment, command)
            return False
        kept = self._shelf.find(command.run)
        if kept is None or change_between(kept.experiment, experiment).rebuilds:
            self._begin_anew(experiment, command.parameters)
            return False
        self._bring_back(kept, experiment, command)
        return True

    def _edit(self, experiment: Experiment, command: Apply) -> None:
        # Whether it has diverged already cannot be found out once it is another experiment's run.
        self._run.glance()
        self._run.trainer.apply(experiment, command.parameters)
        self._run.edited(command.label)
        self._pace.be_careful()

    def reset(self) -> None:
        """Begin the run anew with the same initial weights."""
        self._begin_anew(self._run.trainer.experiment)

    def _begin_anew(
        self, experiment: Experiment, parameters: tuple[ParameterValue, ...] = ()
    ) -> None:
        present = self._run.trainer
        same_data = experiment.data == present.experiment.data
        trainer = Trainer(experiment, present.prepared if same_data else None)
        trainer.apply(experiment, parameters)
        self._replace_run(RecordedRun(self._runs + 1, trainer, LimitWatch(self._limits)))
        self._runs += 1

    def _bring_back(self, kept: KeptRun, experiment: Experiment, command: Apply) -> None:
        trainer = Trainer(kept.experiment, kept.prepared)
        trainer.restore(kept.state)
        trainer.apply(experiment, command.parameters)
        run = RecordedRun(kept.run, trainer, kept.limits, kept.history, kept.spreads)
        if experiment != kept.experiment or command.parameters:
            run.edited(command.label)
        self._shelf.forget(kept.run)
        self._replace_run(run)

    def _replace_run(self, run: RecordedRun) -> None:
        """Let another run take the present one's place, which is kept."""
        self._shelf.put(self._run.keep(), in_use=run.trainer.prepared)
        self._run = run
        self._observer.trainer = run.trainer
        if self._target is not None:
            self.pause()
        if run.divergence is not None:
            self.pause()
        self._pace.be_careful()
        self._start_measuring()

    def snapshot(self, request: SnapshotRequest) -> Snapshot:
        """Answer a request; the figures of a paused run are brought up to date for it."""
        run = self._run
        if not run.is_known and (not self.is_playing or self._looks.allows()):
            self._look()
        speed = self._meter.steps_per_second if self.is_playing else 0.0
        return answer_of(
            request, run, self._observer, Playing(self._revision, self.is_playing, speed)
        )
