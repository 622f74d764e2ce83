"""The glossary: every term on the screen, every setting and every choice is explained."""

import pytest

from nntui.experiment.fields import field_at
from nntui.experiment.form import LABELS, LAYER_LABELS
from nntui.ui.glossary import GLOSSARY, LONGEST_TEXT, entry_for_choice, entry_for_key

KEYS = [*(key for labels in LABELS.values() for key in labels), *LAYER_LABELS]
CHOICES = [(key, choice) for key in dict.fromkeys(KEYS) for choice in field_at(key).choices]
SCREEN = """accuracy, activation function, backpropagation, batch, bias, clipping, confidence,
crosshair, dead unit, decision region, divergence, epoch, gradient, gradient norm, layer, logit,
loss function, mean of activations, neuron (unit), one-hot, overfitting, parameters, perceptron,
principal component, probability, R², regularization, run, saturated, smoothing,
spread of activations, step, test points, training points, transfer learning, weight"""


@pytest.mark.parametrize("entry", GLOSSARY.values(), ids=lambda entry: entry.term)
def test_a_text_is_a_few_short_sentences(entry):
    assert 10 < len(entry.text) <= LONGEST_TEXT
    assert entry.text == " ".join(entry.text.split())
    assert entry.text[0].isupper() or entry.text[0].isdecimal()
    assert entry.text.endswith((".", ")"))
    assert entry.text.isprintable()


def test_the_entries_are_in_alphabetical_order():
    terms = list(GLOSSARY)
    assert terms == sorted(terms, key=str.casefold)
    assert all(term == entry.term for term, entry in GLOSSARY.items())


@pytest.mark.parametrize("key", KEYS)
def test_every_setting_is_explained(key):
    assert entry_for_key(key) is not None


@pytest.mark.parametrize(("key", "choice"), CHOICES)
def test_every_choice_is_explained_by_its_own_entry(key, choice):
    found = entry_for_choice(key, choice)
    assert found is not None
    others = {entry_for_choice(key, other) for other in field_at(key).choices if other != choice}
    assert key == "dtype" or found not in others


@pytest.mark.parametrize("term", " ".join(SCREEN.split()).split(", "))
def test_the_terms_of_the_screen_are_there(term):
    assert term in GLOSSARY


def test_what_an_entry_explains_exists_and_is_explained_once():
    explained = [key for entry in GLOSSARY.values() for key in entry.keys]
    assert len(explained) == len(set(explained))
    for key in explained:
        path, _, choice = key.partition("=")
        places = [path, f"layers.*.{path}", f"output.{path}", f"data.{path}"]
        found = [described for one in places if (described := field_at(one)) is not None]
        assert found, key
        assert not choice or any(choice in described.choices for described in found), key


@pytest.mark.parametrize(
    ("key", "term"),
    [
        ("optimizer.momentum", "momentum"),
        ("optimizer.name", "optimizer"),
        ("layers.12.units", "neuron (unit)"),
        ("layers.0.activation.name", "activation function"),
        ("output.initializer.scale", "initial scale"),
        ("optimizer.schedule", "schedule"),
    ],
)
def test_a_key_finds_its_entry(key, term):
    assert entry_for_key(key).term == term


@pytest.mark.parametrize(
    ("key", "choice", "term"),
    [
        ("output.activation", "step", "step activation"),
        ("optimizer.schedule", "step", "step schedule"),
        ("output.loss", "perceptron", "perceptron loss"),
        ("optimizer", "perceptron", "perceptron"),
        ("layers.3.initializer", "constant", "constant initializer"),
        ("optimizer.schedule", "constant", "constant schedule"),
        ("data.task", "regression", "regression"),
    ],
)
def test_choices_of_one_name_are_told_apart(key, choice, term):
    assert entry_for_choice(key, choice).term == term


def test_what_is_not_known_has_no_entry():
    assert entry_for_key("data.colour") is None
    assert entry_for_choice("optimizer", "sgdd") is None
