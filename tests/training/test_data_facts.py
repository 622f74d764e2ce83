"""What a form is told of the data, and which edits begin a run anew."""

import pytest

from nntui.data.sources import SAMPLES, catalogue, load
from nntui.data.toy import TOYS
from nntui.experiment.experiment import Experiment
from nntui.experiment.form import form_rows
from nntui.experiment.ladders import feature_sets, stepped
from nntui.experiment.overrides import experiment_with
from nntui.training.assembly import prepare_data
from nntui.training.changes import change_between, rebuilds, step_rebuilds
from nntui.training.data_facts import facts_of, known_sources


@pytest.mark.parametrize("name", [*TOYS, *SAMPLES])
def test_the_facts_are_those_of_the_points(name):
    facts, dataset = facts_of(name), load(name)
    assert facts.is_toy == (name in TOYS)
    assert not facts.is_file
    assert facts.task == dataset.task
    assert facts.columns == len(dataset.input_names)
    assert facts.input_names in ((), dataset.input_names)
    if facts.is_toy:
        assert facts.input_names == dataset.input_names
        assert (facts.default_classes or 0) == len(dataset.class_names)


@pytest.mark.parametrize("name", TOYS)
def test_another_number_of_classes_is_offered_where_there_can_be_one(name):
    entry = next(entry for entry in catalogue() if entry.name == name)
    assert facts_of(name).any_classes == ("any" in entry.classes)
    assert facts_of(name).default_noise == entry.default_noise


def test_a_name_may_be_written_in_several_ways():
    assert facts_of(" Two-Gaussians ") == facts_of("two_gaussians")


def test_a_file_is_known_once_it_is_read():
    facts = facts_of("flowers.csv", files=["flowers.csv", "old.csv"])
    assert (facts.is_file, facts.columns, facts.task) == (True, None, None)
    assert [one.name for one in facts.sources][-2:] == ["flowers.csv", "old.csv"]
    read = facts_of("flowers.csv", input_names=("a", "b", "c"), task="regression")
    assert (read.columns, read.input_names, read.task) == (3, ("a", "b", "c"), "regression")


def test_every_data_set_may_be_chosen():
    assert [one.name for one in known_sources()] == [entry.name for entry in catalogue()]
    for source, entry in zip(known_sources(), catalogue(), strict=True):
        assert (source.task, source.columns) == (entry.task, entry.columns)


@pytest.mark.parametrize("name", ["spiral", "sine", "iris", "digits"])
def test_the_features_that_are_offered_can_be_computed(name):
    facts = facts_of(name, input_names=load(name).input_names)
    for features in feature_sets(facts):
        experiment = experiment_with(
            Experiment(), [("data.source", name), ("data.features", features)]
        )
        prepared = prepare_data(experiment.data)
        width = prepared.preparation.inputs(prepared.train.inputs).shape[1]
        assert width == (len(features) or len(prepared.dataset.input_names))


def test_every_data_set_can_be_stepped_to_and_loaded():
    experiment = Experiment()
    for _ in known_sources():
        facts = facts_of(experiment.data.source)
        row = form_rows(experiment, facts)[0]
        name = stepped(experiment, row.field, 1, facts)
        experiment = experiment_with(experiment, [(row.key, name)])
        assert prepare_data(experiment.data).dataset.name == name
    assert experiment == Experiment()


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("seed", 8),
        ("data.noise", 0.5),
        ("layers", [3]),
        ("layers.0.units", 3),
        ("layers.0.initializer", "zeros"),
        ("layers.0.initializer.scale", 0.1),
        ("layers.0.activation", "tanh"),
        ("layers.0.activation.alpha", 2.0),
        ("layers.1.dropout", 0.5),
        ("output.activation", "sigmoid"),
        ("optimizer.learning_rate", 0.5),
        ("optimizer", "sgd"),
        ("optimizer.schedule.decay_steps", 5),
        ("training.batch_size", 4),
        ("regularization.l1", 1.0),
    ],
)
def test_a_key_rebuilds_where_its_change_does(key, value):
    base = experiment_with(
        Experiment(),
        [
            ("layers.0.activation", "elu"),
            ("layers.0.initializer", "normal"),
            ("optimizer.schedule", "step"),
        ],
    )
    after = experiment_with(base, [(key, value)])
    assert after != base
    assert rebuilds(key) == step_rebuilds(base, after) == change_between(base, after).rebuilds


def test_a_live_key_rebuilds_where_another_output_follows_from_it():
    after = experiment_with(Experiment(), [("output.loss", "binary_crossentropy")])
    assert not rebuilds("output.loss")
    assert step_rebuilds(Experiment(), after)
