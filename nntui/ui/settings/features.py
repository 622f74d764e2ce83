"""The input features that can be checked in a list."""

import re
from itertools import combinations

from nntui.data.feature_names import are_numbered, canonical_feature
from nntui.experiment.data_facts import DataFacts
from nntui.experiment.values import feature_text
from nntui.quoting import printable

_MOST_WITH_WAVES = 8
_MOST_WITH_PRODUCTS = 5


def feature_options(facts: DataFacts, chosen: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """List the features that may be chosen, as their names and what they are called.

    Of few columns there are squares, products, sines and cosines as well. What is chosen already
    is always among them.

    Args:
        facts: What is known of the data.
        chosen: The features that are chosen now.
    """
    names = _references(facts)
    values = [plain for _, plain in names]
    references = [reference for reference, _ in names if reference]
    if len(names) <= _MOST_WITH_WAVES:
        values += [f"{name}^2" for name in references]
        if len(names) <= _MOST_WITH_PRODUCTS:
            values += [f"{one}*{other}" for one, other in combinations(references, 2)]
        values += [f"{wave}({name})" for wave in ("sin", "cos") for name in references]
    plain_of = dict(names)
    values += [name for name in chosen if plain_of.get(name, name) not in values]
    columns = {plain: reference for reference, plain in names if reference and reference != plain}
    return tuple((value, _text(value, columns)) for value in values)


def checked_features(facts: DataFacts, chosen: tuple[str, ...]) -> tuple[str, ...]:
    """Write the chosen features as ``feature_options`` does; none chosen is every raw column."""
    names = _references(facts)
    plain_of = {reference: plain for reference, plain in names if reference}
    if not chosen:
        return tuple(plain for _, plain in names)
    return tuple(plain_of.get(canonical_feature(name), name) for name in chosen)


def setting_of(facts: DataFacts, checked: tuple[str, ...]) -> tuple[str, ...]:
    """Turn what was checked into the value of ``data.features``: empty for every raw column."""
    return () if checked == tuple(plain for _, plain in _references(facts)) else checked


def _references(facts: DataFacts) -> list[tuple[str, str]]:
    """Pair each raw column's short name, as in ``x2^2``, with the name it is chosen by.

    Where the columns have names of their own, ``x2`` is the second of them; where some are
    themselves called x3 and the like, only those have a short name.
    """
    names = facts.input_names
    if not are_numbered(names):
        return [(f"x{number}", name) for number, name in enumerate(names, 1)]
    numbered = [canonical_feature(name) for name in names]
    return [
        (short if re.fullmatch(r"x\d+", short) else "", name)
        for short, name in zip(numbered, names, strict=True)
    ]


def _text(value: str, columns: dict[str, str]) -> str:
    text = feature_text(value) if value not in columns else printable(value)
    return f"{text}  ({columns[value]})" if value in columns else text
