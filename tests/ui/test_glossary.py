"""The glossary: every term on the screen, every setting and every choice is explained."""

import pytest

from nntui.experiment.fields import field_at
from nntui.experiment.form import LABELS, LAYER_LABELS
from nntui.ui.glossary import LONGEST_TEXT, entry_for_choice, entry_for_key, glossary

KEYS = [*(key for labels in LABELS.values() for key in labels), *LAYER_LABELS]
CHOICES = [(key, choice) for key in dict.fromkeys(KEYS) for choice in field_at(key).choices]
SCREEN = """accumulator, accuracy, activation, activation function, activity, augmentation,
backpropagation, backward pass, batch, bent grid, bias, bias correction, chain rule, clipping,
confidence, cross-entropy, crosshair, dead neuron, decision boundary, decision region, delta,
derivative, divergence, dropout, dropout mask, epoch, exploding gradient, features,
finite difference, forward pass, frozen weights, fused derivative, generalization, gradient,
gradient descent, gradient norm, heat map, hidden layer, histogram, input, layer, learning rate,
linearly separable, logarithmic axis, logit, loss function, matrix product, mean of activations,
mini-batch, moment, momentum, neuron (unit), norm, one-hot, optimizer, optimizer state, output,
output directions, output layer, overfitting, parameters, partial derivative, penalty, perceptron,
prediction, principal component, probability, quantile, regularization, run, running mean, R²,
saturation, shape, silenced neuron, smoothing, softmax, space of a layer, spread of activations,
standard deviation, step, symbols, tape, target, test loss, test points, tile, training,
training loss, training points, transfer learning, transpose, update, vanishing gradient, variance,
velocity, weight, weighted sum"""


@pytest.mark.parametrize("entry", glossary().values(), ids=lambda entry: entry.term)
def test_a_text_is_a_few_short_sentences(entry):
    assert 10 < len(entry.text) <= LONGEST_TEXT
    assert entry.text == " ".join(entry.text.split())
    assert entry.text[0].isupper() or entry.text[0].isdecimal()
    assert entry.text.endswith((".", ")"))
    assert entry.text.isprintable()


def test_the_entries_are_in_alphabetical_order():
    terms = list(glossary())
    assert terms == sorted(terms, key=str.casefold)
    assert all(term == entry.term for term, entry in glossary().items())


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
    assert term in glossary()


def test_related_terms_exist_and_are_others():
    for entry in glossary().values():
        assert set(entry.see) <= set(glossary()) - {entry.term}, entry.term
        assert len(entry.see) == len(set(entry.see)), entry.term


def test_what_an_entry_explains_exists_and_is_explained_once():
    explained = [key for entry in glossary().values() for key in entry.keys]
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
