"""Schedules: how the learning rate changes with the steps of training.

A schedule gives the *factor* by which the learning rate of step t is multiplied. The first
update is step 0. While warming up, the factor rises linearly; the schedule's own count starts
when the warm-up has ended.
"""

import math
from dataclasses import dataclass
from typing import Protocol


class Schedule(Protocol):
    """The learning rate's factor as a function of the step."""

    def factor(self, step: int) -> float:
        """Return the factor for an update, 0 being the first."""
        ...


@dataclass(frozen=True)
class ConstantRate:
    """The same learning rate throughout: factor 1."""

    def factor(self, step: int) -> float:
        """Return the factor for an update, 0 being the first."""
        return 1.0


@dataclass(frozen=True)
class InverseTimeDecay:
    """Factor 1 / (1 + decay_rate · t).

    Args:
        decay_rate: k; after 1/k steps the learning rate has halved.
    """

    decay_rate: float

    def factor(self, step: int) -> float:
        """Return the factor for an update, 0 being the first."""
        return 1.0 / (1.0 + self.decay_rate * step)


@dataclass(frozen=True)
class StepDecay:
    """Factor decay_rate^⌊t / decay_steps⌋: one drop every decay_steps steps.

    Args:
        decay_steps: The length of a stair, in steps.
        decay_rate: What each drop multiplies the learning rate by.
    """

    decay_steps: int
    decay_rate: float

    def factor(self, step: int) -> float:
        """Return the factor for an update, 0 being the first."""
        return float(self.decay_rate ** (step // self.decay_steps))


@dataclass(frozen=True)
class ExponentialDecay:
    """Factor decay_rate^(t / decay_steps): the same curve as ``StepDecay`` without its stairs.

    Args:
        decay_steps: After so many steps the learning rate has been multiplied by decay_rate.
        decay_rate: See decay_steps.
    """

    decay_steps: int
    decay_rate: float

    def factor(self, step: int) -> float:
        """Return the factor for an update, 0 being the first."""
        return float(self.decay_rate ** (step / self.decay_steps))


@dataclass(frozen=True)
class CosineDecay:
    """Half a cosine wave from 1 down to alpha, then alpha.

    Factor (1 − alpha) · (1 + cos(π t / decay_steps)) / 2 + alpha for t ≤ decay_steps.

    Args:
        decay_steps: The length of the way down, in steps.
        alpha: The share of the learning rate that is left at the end.

    Source: Loshchilov and Hutter, "SGDR: stochastic gradient descent with warm restarts", 2017,
    without the restarts.
    """

    decay_steps: int
    alpha: float

    def factor(self, step: int) -> float:
        """Return the factor for an update, 0 being the first."""
        share = min(step / self.decay_steps, 1.0)
        return (1.0 - self.alpha) * (1.0 + math.cos(math.pi * share)) / 2.0 + self.alpha


@dataclass(frozen=True)
class WarmUp:
    """A linear rise before another schedule: factor (t + 1) / warmup_steps of its first value.

    Args:
        warmup_steps: The length of the rise, in steps; 0 for none.
        schedule: What follows, counted from the end of the rise.
    """

    warmup_steps: int
    schedule: Schedule

    def factor(self, step: int) -> float:
        """Return the factor for an update, 0 being the first."""
        if step < self.warmup_steps:
            return self.schedule.factor(0) * (step + 1) / self.warmup_steps
        return self.schedule.factor(step - self.warmup_steps)
