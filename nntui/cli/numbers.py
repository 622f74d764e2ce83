"""Numbers that a flag takes and that are no key of the experiment."""

import math

from nntui.experiment.convert import problem_with
from nntui.experiment.toml_file import parse_value


def positive_whole_number(flag: str, text: str) -> int:
    """Read a number such as that of ``--steps``.

    Raises:
        ExperimentError: It is not a whole number of at least 1.
    """
    return whole_number(flag, text, at_least=1)


def whole_number(flag: str, text: str, *, at_least: int) -> int:
    """Read a whole number.

    Raises:
        ExperimentError: It is not a whole number, or too small.
    """
    value = _value(text)
    if isinstance(value, int) and not isinstance(value, bool) and value >= at_least:
        return value
    raise problem_with(flag, value, f"a whole number of at least {at_least}")


def positive_number(flag: str, text: str) -> float:
    """Read a number such as that of ``--seconds``.

    Raises:
        ExperimentError: It is not a finite number greater than 0.
    """
    value = _value(text)
    if isinstance(value, int | float) and not isinstance(value, bool):
        try:
            number = float(value)
        except OverflowError:
            number = math.inf
        if math.isfinite(number) and number > 0:
            return number
    raise problem_with(flag, value, "a finite number greater than 0")


def _value(text: str) -> object:
    try:
        return parse_value(text)
    except ValueError:
        return text
