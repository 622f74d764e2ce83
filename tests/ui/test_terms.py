"""Which terms stand on the panes that have a table of them."""

import pytest

from nntui.explain.page import STAGES
from nntui.ui.glossary import glossary
from nntui.ui.layout import EXPLAIN, GRAPH, NEURON, SPACE, WEIGHTS
from nntui.ui.network.place import NetworkCursor
from nntui.ui.terms import distinct, terms_of_pane, terms_under, topics_of, with_choices

CHOICES = {"optimizer": ["Adam"], "activation function": ["tanh", "softmax"]}


@pytest.mark.parametrize("pane", [GRAPH, NEURON, WEIGHTS, SPACE, EXPLAIN])
def test_every_term_of_a_pane_is_explained(pane):
    terms = terms_of_pane(pane)
    assert len(terms) > 8
    assert len(terms) == len(set(terms))
    assert [topic.paragraphs for topic in topics_of(terms)] == [
        (glossary()[term].text,) for term in terms
    ]


@pytest.mark.parametrize("stage", STAGES)
def test_every_stage_has_terms_of_its_own_and_all_are_explained(stage):
    terms = terms_of_pane(EXPLAIN, stage)
    assert set(terms) <= set(glossary())
    assert set(terms) < set(terms_of_pane(EXPLAIN))
    assert all(terms != terms_of_pane(EXPLAIN, other) for other in STAGES if other != stage)


@pytest.mark.parametrize(
    ("stage", "term"),
    [
        ("inputs", "target"),
        ("forward", "weighted sum"),
        ("loss", "loss function"),
        ("backward", "finite difference"),
        ("backward", "corner"),
        ("backward", "target"),
        ("backward", "penalty"),
        ("update", "optimizer state"),
        ("again", "forward pass"),
        ("again", "target"),
        ("again", "penalty"),
    ],
)
def test_a_stage_has_what_it_shows(stage, term):
    assert term in terms_of_pane(EXPLAIN, stage)


def test_a_stage_that_is_none_leaves_the_terms_of_all():
    everything = distinct(term for stage in STAGES for term in terms_of_pane(EXPLAIN, stage))
    for stage in (None, "", 3, print):
        assert terms_of_pane(EXPLAIN, stage) == everything


def test_what_is_no_pane_has_no_terms():
    assert terms_of_pane("header") == ()


def test_what_is_chosen_stands_behind_the_general_term_with_what_belongs_to_it():
    terms = with_choices(["step", "optimizer", "epoch"], CHOICES)
    assert terms[:3] == ("step", "optimizer", "Adam")
    assert "moment" in terms[3:-1]
    assert terms[-1] == "epoch"


def test_a_choice_that_is_there_already_is_the_one_that_matters():
    terms = ["softmax", "activation function"]
    assert with_choices(terms, CHOICES) == tuple(terms)


@pytest.mark.parametrize(
    ("pane", "cursor", "term"),
    [
        (GRAPH, NetworkCursor(1, 2), "neuron (unit)"),
        (GRAPH, NetworkCursor(1, 2, 0), "weight"),
        (GRAPH, NetworkCursor(0, 1), "input"),
        (NEURON, NetworkCursor(2, 0, 3, is_outgoing=True), "weight"),
        (WEIGHTS, NetworkCursor(1, 2, 0), "weight"),
        (WEIGHTS, NetworkCursor(1, 2), "bias"),
    ],
)
def test_what_is_under_the_cursor_comes_first(pane, cursor, term):
    terms = terms_of_pane(pane)
    found = terms_under(pane, cursor, terms)
    assert found[0] == term
    assert set(found) == set(terms)


def test_without_a_cursor_the_order_stays():
    assert terms_under(GRAPH, None, terms_of_pane(GRAPH)) == terms_of_pane(GRAPH)
    # The space is not looked at from a neuron.
    assert terms_under(SPACE, NetworkCursor(1, 2, 0), terms_of_pane(SPACE)) == terms_of_pane(SPACE)
