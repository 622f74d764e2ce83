"""The terms of the panes of the Train view follow the cursor and the experiment."""

import dataclasses

import msgspec
import numpy as np
import pytest
from driven_app import experiment_of

from nntui.experiment.data_facts import DataFacts
from nntui.experiment.experiment import Experiment, LayerSettings, OutputSettings
from nntui.experiment.fields import field_at
from nntui.experiment.form import form_rows, layer_rows
from nntui.training.snapshot import LayerStatistics, Plane, Scene
from nntui.ui.dialogs.terms import explained
from nntui.ui.glossary import entry_for_choice, entry_for_key, glossary
from nntui.ui.panes.layer_lines import LayerLine, layer_lines
from nntui.ui.panes.terms_here import (
    choices_in_use,
    terms_of_layer,
    terms_of_loss,
    terms_of_regions,
    terms_of_setting,
)
from nntui.ui.session import Session
from nntui.ui.terms import IN_STAGE, ON_PANE

PARTS = [
    "layers.*.activation",
    "layers.*.initializer",
    "output.activation",
    "output.loss",
    "output.initializer",
    "optimizer",
    "optimizer.schedule",
]
CHOICES = [(key, choice) for key in PARTS for choice in field_at(key).choices]
FACTS = DataFacts(task="classification", columns=2, input_names=("x1", "x2"))
TERMS = set(glossary())
SCENE = Scene(
    identity=1,
    plane=Plane(),
    task="classification",
    title="spiral",
    input_names=("x1", "x2"),
    class_names=("0", "1", "2"),
    target_name="class",
    x_label="x1",
    y_label="x2",
    note="",
    is_curve=False,
    x=np.zeros(0),
    y=np.zeros(0),
    targets=np.zeros(0),
    is_test=np.zeros(0, np.bool_),
    hidden_points=0,
    target_low=0.0,
    target_high=0.0,
)


def experiment_with_choice(key, choice):
    """Make an experiment in which a part has been chosen that may not go with the usual ones."""
    settings = ["layers=[4, 3]", f"{key.replace('*', '1')}={choice}"]
    if choice in ("perceptron", "step") and not key.endswith("schedule"):
        settings = ["layers=[]", "optimizer=perceptron"]
    return experiment_of(*settings)


def session_of(experiment):
    return Session(experiment, [].append)


@pytest.mark.parametrize(("key", "choice"), CHOICES)
def test_every_term_of_every_row_is_explained_whatever_is_chosen(key, choice):
    experiment = experiment_with_choice(key, choice)
    session = session_of(experiment)
    rows = [*form_rows(experiment, FACTS)]
    rows += [
        row for index in range(len(experiment.layers)) for row in layer_rows(experiment, index)
    ]
    lines = layer_lines(experiment, FACTS, 3, None)
    settings = (None, *experiment.layers, experiment.output)
    told = [
        *(terms_of_setting(experiment, row.key) for row in rows),
        *(terms_of_layer(*pair) for pair in zip(lines, settings, strict=True)),
        terms_of_loss(is_regression=False, shows_score=False),
        terms_of_loss(is_regression=True, shows_score=True),
        terms_of_regions(SCENE, has_crosshair=True, marks_mistakes=True),
        terms_of_regions(None, has_crosshair=False, marks_mistakes=False),
        *ON_PANE.values(),
        *IN_STAGE.values(),
    ]
    for terms in told:
        assert terms
        topics = explained(session, terms, None)
        assert len(topics) >= len(terms)
        assert {topic.name for topic in topics} <= TERMS


@pytest.mark.parametrize(("key", "choice"), CHOICES)
def test_what_is_chosen_is_explained_where_it_stands(key, choice):
    experiment = experiment_with_choice(key, choice)
    lines = layer_lines(experiment, FACTS, 3, None)
    term = entry_for_choice(key, choice).term
    found = {term for chosen in choices_in_use(experiment, lines).values() for term in chosen}
    assert term in found
    if key in ("optimizer", "optimizer.schedule"):
        general = entry_for_key(key).term
        assert terms_of_setting(experiment, key)[:2] == (general, term)
    if key == "layers.*.activation":
        assert terms_of_layer(lines[2], experiment.layers[1])[0] == term


def test_a_setting_comes_with_what_is_related():
    terms = terms_of_setting(Experiment(), "optimizer.learning_rate")
    assert terms[0] == "learning rate"
    assert {"gradient descent", "divergence"} <= set(terms)


def test_the_optimizer_comes_with_what_it_remembers():
    assert "moment" in terms_of_setting(Experiment(), "optimizer")
    sgd = experiment_of("optimizer=sgd")
    assert "velocity" in terms_of_setting(sgd, "optimizer")
    assert "moment" not in terms_of_setting(sgd, "optimizer")


def test_a_layer_tells_first_what_is_special_about_it():
    statistics = LayerStatistics(9, 0.0, 0.0, None, 0.5, 0.1)
    line = LayerLine("layer 1", 4, "tanh", 0.2, True, "zeros", statistics=statistics)
    settings = LayerSettings(silenced_units=(2,))
    assert terms_of_layer(line, settings)[:6] == (
        "tanh",
        "dropout",
        "frozen weights",
        "silenced neuron",
        "saturation",
        "neuron (unit)",
    )
    assert terms_of_layer(LayerLine("layer 1", 4, "tanh"), LayerSettings(frozen_units=(1,)))[1] == (
        "frozen weights"
    )


def test_the_output_has_the_loss_and_the_input_the_features():
    line = LayerLine("output", 3, "softmax", loss="categorical_crossentropy")
    assert terms_of_layer(line, OutputSettings())[:2] == ("softmax", "categorical cross-entropy")
    assert terms_of_layer(LayerLine("input", 2, "x1 x2"), None)[0] == "features"


def test_what_is_not_known_yet_is_left_out():
    terms = terms_of_layer(LayerLine("output", None, "?"), OutputSettings())
    assert terms[0] == "output layer"


def test_the_loss_in_use_comes_behind_the_loss_function():
    terms = terms_of_loss(is_regression=False, shows_score=False)
    topics = [topic.name for topic in explained(session_of(Experiment()), terms, None)]
    assert topics[:2] == ["loss function", "categorical cross-entropy"]
    assert {"epoch", "step", "overfitting", "logarithmic axis", "smoothing"} <= set(topics)


def test_the_figure_that_is_drawn_comes_first():
    assert terms_of_loss(is_regression=False, shows_score=True)[0] == "accuracy"
    assert terms_of_loss(is_regression=True, shows_score=True)[0] == "R²"
    assert "accuracy" not in terms_of_loss(is_regression=True, shows_score=False)


def test_the_regions_tell_first_what_has_been_switched_on():
    usual = terms_of_regions(SCENE, has_crosshair=False, marks_mistakes=False)
    assert usual[0] == "decision region"
    assert "principal component" not in usual
    special = terms_of_regions(SCENE, has_crosshair=True, marks_mistakes=True)
    assert special[:2] == ("crosshair", "misclassified")
    assert set(special) == set(usual)
    turned = dataclasses.replace(SCENE, plane=Plane("components"))
    assert "principal component" in terms_of_regions(
        turned, has_crosshair=False, marks_mistakes=False
    )


def test_predicted_values_have_no_decision_regions():
    scene = dataclasses.replace(SCENE, task="regression", class_names=())
    terms = terms_of_regions(scene, has_crosshair=False, marks_mistakes=True)
    assert terms[0] == "prediction"
    assert not {"decision region", "misclassified", "class"} & set(terms)


def test_a_topic_takes_the_place_of_its_term():
    session = session_of(msgspec.structs.replace(Experiment(), seed=3))
    topic = explained(session, ["seed"], None)[0]
    changed = dataclasses.replace(topic, name="this seed")
    assert explained(session, ["seed", "run"], changed)[0] == changed
    assert [one.name for one in explained(session, ["seed", "run"], changed)] == [
        "this seed",
        "run",
    ]
