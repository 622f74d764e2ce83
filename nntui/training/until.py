"""Conditions that end a run, such as ``test_accuracy>=0.95``."""

import math
import operator
import re
from collections.abc import Callable
from dataclasses import dataclass

from nntui.errors import ExperimentError, did_you_mean
from nntui.training.evaluation import METRICS, Evaluation

COMPARISONS: dict[str, Callable[[float, float], bool]] = {
    ">=": operator.ge,
    "<=": operator.le,
    ">": operator.gt,
    "<": operator.lt,
}

_FORM = re.compile(r"\s*([A-Za-z0-9_-]+)\s*(>=|<=|>|<)\s*(\S+)\s*")


@dataclass(frozen=True)
class Condition:
    """A metric, a comparison and a number.

    Example:
        >>> Condition.parse("test_loss < 0.1")
        Condition(metric='test_loss', comparison='<', value=0.1)
    """

    metric: str
    comparison: str
    value: float

    def __str__(self) -> str:
        return f"{self.metric}{self.comparison}{self.value:g}"

    @classmethod
    def parse(cls, text: str) -> "Condition":
        """Read a condition.

        Raises:
            ExperimentError: It is not a metric, a comparison and a number.
        """
        found = _FORM.fullmatch(text)
        if found is None:
            raise ExperimentError(
                f"--until {text[:40]!r}: expected a metric, one of {', '.join(COMPARISONS)}, and "
                'a number, such as "test_accuracy>=0.95".'
            )
        metric, comparison, number = found.groups()
        metric = metric.lower().replace("-", "_")
        if metric not in METRICS:
            raise ExperimentError(
                f"--until {text[:40]!r}: there is no metric {metric[:40]!r}; expected one of "
                f"{', '.join(METRICS)}.{did_you_mean(metric, METRICS)}"
            )
        return cls(metric, comparison, _number(number, text))

    def holds(self, evaluation: Evaluation) -> bool:
        """Tell whether the figures fulfil the condition."""
        value: float | None = getattr(evaluation, self.metric)
        return value is not None and COMPARISONS[self.comparison](value, self.value)

    def check_against(self, evaluation: Evaluation) -> None:
        """Refuse a metric that this run does not have.

        Args:
            evaluation: Any figures of the run.

        Raises:
            ExperimentError: The metric is always None.
        """
        if getattr(evaluation, self.metric) is not None:
            return
        why = "there are no test points (see data.test_fraction)"
        if not self.metric.startswith("test") or evaluation.test_loss is not None:
            kind = "classification" if self.metric.endswith("accuracy") else "regression"
            why = f"it is for {kind} alone, and needs targets that vary"
        raise ExperimentError(f"--until {self}: this run has no {self.metric}, because {why}.")


def _number(number: str, text: str) -> float:
    try:
        value = float(number)
    except ValueError:
        value = math.nan
    if not math.isfinite(value):
        raise ExperimentError(f"--until {text[:40]!r}: found {number[:40]!r}, expected a number.")
    return value
