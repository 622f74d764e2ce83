"""The value at a key of an experiment, and how it is written to be read or to be typed over."""

from typing import cast

from nntui.experiment.experiment import Experiment
from nntui.experiment.fields import Field, experiment_fields
from nntui.experiment.parts import PartSettings
from nntui.experiment.text import shown_value
from nntui.experiment.toml_text import inline
from nntui.quoting import printable

_DIGITS = 6
_SYMBOLS = (("^2", "²"), ("*", "·"), ("sin(", "sin "), ("cos(", "cos "))


def value_at(experiment: Experiment, key: str) -> object:
    """Find the value at a key's path; a part chosen by name is its record.

    Raises:
        KeyError: There is no such key in this experiment.

    Example:
        >>> value_at(Experiment(), "layers.0.units")
        32
    """
    found: object = experiment
    for name in key.split("."):
        if isinstance(found, PartSettings) and name == "name":
            return found
        try:
            if isinstance(found, tuple):
                found = cast("tuple[object, ...]", found)[int(name)]
            else:
                found = cast("object", getattr(found, name))
        except (AttributeError, IndexError, ValueError):
            raise KeyError(key) from None
    return found


def field_in(experiment: Experiment, key: str) -> Field | None:
    """Describe a key as it is in this experiment, under the kinds that are chosen now.

    ``fields.field_at`` knows no experiment: there ``optimizer.schedule.decay_rate`` has the range
    of the first schedule with such a setting, here that of the chosen one.
    """
    wanted = key.removesuffix(".name")
    return next((one for one in experiment_fields(experiment) if one.key == wanted), None)


def short_text(value: object) -> str:
    """Write a value briefly, for a reader: 1e-06, true, adam, "x1 x2 x1²"; None is "auto"."""
    if value is None:
        return "auto"
    if isinstance(value, PartSettings):
        return value.name
    if isinstance(value, float):
        return f"{value:.{_DIGITS}g}"
    if isinstance(value, tuple):
        return " ".join(feature_text(str(item)) for item in cast("tuple[object, ...]", value))
    return printable(value) if isinstance(value, str) else shown_value(value)


def feature_text(name: str) -> str:
    """Write a feature as in a formula: ``x1²``, ``x1·x2``, ``sin x1``.

    Example:
        >>> feature_text("sin(x1)"), feature_text("x1^2")
        ('sin x1', 'x1²')
    """
    text = printable(name)
    for plain, symbol in _SYMBOLS:
        text = text.replace(plain, symbol)
    return text.removesuffix(")") if text.startswith(("sin ", "cos ")) else text


def typed_text(value: object) -> str:
    """Write a value as a user types it: ``overrides.edit`` reads the very same value back."""
    if value is None:
        return ""
    if isinstance(value, PartSettings):
        return value.name
    if isinstance(value, str):
        return inline(value) if _needs_quotes(value) else value
    if isinstance(value, tuple):
        items = [str(item) for item in cast("tuple[object, ...]", value)]
        has_comma = any("," in item or item.startswith("[") for item in items)
        quoted = has_comma or any(_needs_quotes(item) for item in items)
        return inline(items) if quoted else ", ".join(items)
    return inline(value)


def _needs_quotes(text: str) -> bool:
    is_plain = text.isprintable() and text == text.strip() and text.lower() not in ("", "none")
    return not is_plain or text.startswith(('"', "'"))
