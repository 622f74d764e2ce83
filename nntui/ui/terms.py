"""Which terms of the glossary stand on which pane. Pure functions."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from nntui.explain.page import STAGES
from nntui.ui.glossary import glossary
from nntui.ui.layout import EXPLAIN, GRAPH, NEURON, SPACE, WEIGHTS
from nntui.ui.network.place import NetworkCursor


@dataclass(frozen=True)
class Topic:
    """Something that can be explained.

    Attributes:
        name: What it is called.
        paragraphs: The explanation.
    """

    name: str
    paragraphs: tuple[str, ...]


def _terms(text: str) -> tuple[str, ...]:
    return tuple(term.strip() for term in text.split(",") if term.strip())


ON_PANE: Mapping[str, tuple[str, ...]] = {
    GRAPH: _terms("""
        neuron (unit), weight, bias, tile, activity, layer, activation function, dead neuron,
        saturation, silenced neuron, frozen weights, gradient, input, hidden layer, output layer,
        dense layer, weighted sum, parameters, transfer learning
    """),
    NEURON: _terms("""
        neuron (unit), weight, bias, gradient, histogram, activation function, activity,
        standard deviation, dead neuron, saturation, silenced neuron, frozen weights, tile,
        weighted sum, input, training points
    """),
    WEIGHTS: _terms("""
        weight, bias, gradient, heat map, quantile, layer, initializer, vanishing gradient,
        exploding gradient, frozen weights, regularization, norm, step
    """),
    SPACE: _terms("""
        space of a layer, bent grid, output directions, principal component, variance,
        hidden layer, neuron (unit), decision region, decision boundary, linearly separable,
        class, output layer, training points, test points
    """),
}
"""The terms of the panes that do not say theirs themselves, the most important first."""

IN_STAGE: Mapping[str, tuple[str, ...]] = {
    "inputs": _terms("""
        input, features, target, one-hot, symbols, batch, step, training points, standardize,
        augmentation, shape
    """),
    "forward": _terms("""
        weighted sum, activation function, activation, symbols, forward pass, weight, bias,
        neuron (unit), matrix product, shape, layer, output layer, dropout, dropout mask,
        silenced neuron, tape
    """),
    "loss": _terms("""
        loss function, target, prediction, symbols, one-hot, logit, probability, training loss,
        penalty, batch, tape
    """),
    "backward": _terms("""
        backpropagation, delta, gradient, chain rule, finite difference, corner, symbols,
        derivative, partial derivative, fused derivative, backward pass, activation function,
        matrix product, transpose, shape, target, penalty, dropout mask, frozen weights,
        silenced neuron, dead neuron, saturation, vanishing gradient, exploding gradient,
        precision, tape
    """),
    "update": _terms("""
        update, optimizer, learning rate, gradient, symbols, optimizer state, gradient descent,
        penalty, regularization, clipping, norm, weight decay, schedule, frozen weights,
        parameters, step, tape
    """),
    "again": _terms("""
        forward pass, loss function, training loss, target, penalty, step, epoch, batch,
        learning rate, gradient descent, generalization, overfitting, divergence, dropout mask
    """),
}
"""The terms of the Explain view, by the stage of its page."""


def terms_of_pane(pane: str, stage: object = None) -> tuple[str, ...]:
    """Return the terms of a pane, the most important first.

    Args:
        pane: One of the panes of ``layout``.
        stage: For the Explain view: the stage of the page; those of all stages without it.

    Example:
        >>> terms_of_pane("explain", "loss")[0]
        'loss function'
    """
    if pane != EXPLAIN:
        return ON_PANE.get(pane, ())
    stages = [one for one in STAGES if one == stage] or STAGES
    return distinct(term for one in stages for term in IN_STAGE[one])


def terms_under(pane: str, cursor: NetworkCursor | None, terms: Sequence[str]) -> tuple[str, ...]:
    """Put first what is under the cursor of the Network view.

    Args:
        pane: One of the panes of ``layout``.
        cursor: The neuron or weight; None for none.
        terms: The terms of the pane.
    """
    if cursor is None or pane not in (GRAPH, NEURON, WEIGHTS):
        return tuple(terms)
    here = "neuron (unit)"
    if cursor.source is not None:
        here = "weight"
    elif not cursor.column:
        here = "input"
    elif pane == WEIGHTS:
        here = "bias"
    return distinct([here, *terms])


def distinct(terms: Iterable[str]) -> tuple[str, ...]:
    """Leave out what has been there before."""
    return tuple(dict.fromkeys(terms))


def with_choices(terms: Sequence[str], choices: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    """Put behind a general term what has been chosen of its kind, and what belongs to that.

    Where one of the choices is among the terms already, that is the one that matters.

    Args:
        terms: Such as ``optimizer``.
        choices: For some general terms the terms of what is in use, such as ``Adam``.
    """
    found: list[str] = []
    for term in terms:
        found.append(term)
        chosen = choices.get(term, ())
        if not set(chosen) & set(terms):
            found += chosen
            found += [related for one in chosen for related in glossary()[one].see]
    return distinct(found)


def topics_of(terms: Iterable[str]) -> list[Topic]:
    """Look terms up in the glossary."""
    return [Topic(term, (glossary()[term].text,)) for term in terms]
