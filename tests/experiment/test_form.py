"""The rows of a form: which there are, what they are called and how their values read."""

import pytest

from nntui.experiment.data_facts import DataFacts
from nntui.experiment.experiment import Experiment, LayerSettings
from nntui.experiment.fields import experiment_fields, field_at
from nntui.experiment.form import (
    LABELS,
    LAYER_LABELS,
    describe,
    form_rows,
    general_key,
    layer_rows,
)
from nntui.experiment.overrides import edit, experiment_with

TOY = DataFacts(
    is_toy=True,
    default_classes=3,
    default_noise=0.2,
    any_classes=True,
    columns=2,
    input_names=("x1", "x2"),
    task="classification",
)
FILE = DataFacts(is_file=True)
UNLISTED = {
    "training.epochs",
    "training.patience",
    # The graph of the network edits these.
    "layers.*.frozen_units",
    "layers.*.silenced_units",
    "output.frozen_units",
}


def with_values(**values):
    return experiment_with(
        Experiment(), [(key.replace("__", "."), value) for key, value in values.items()]
    )


def rows(experiment=None, facts=TOY):
    return {row.key: row for row in form_rows(experiment or Experiment(), facts)}


def every_experiment():
    """Make experiments that between them have every key there is."""
    for kind in ("optimizer", "optimizer.schedule", "output.initializer", "layers.0.initializer"):
        for name in field_at(kind).choices:
            layers = [] if name == "perceptron" else [4]
            yield experiment_with(Experiment(), [("layers", layers), (kind, name)])
    for name in field_at("layers.0.activation").choices:
        yield with_values(layers__0__activation=name, output__activation=name)
    yield with_values(output__loss="huber", optimizer="sgd", optimizer__momentum=0.5)
    yield with_values(data__features=["x1", "a, b", " c"], data__source="my file.csv")
    yield with_values(data__label="none", data__columns=['"odd"', "[x", "\x1b[2J"])


EXPERIMENTS = tuple(every_experiment())


def test_every_key_but_those_that_no_form_edits_has_a_label():
    listed = {key for labels in LABELS.values() for key in labels} | set(LAYER_LABELS)
    known = {
        general_key(field.key)
        for experiment in EXPERIMENTS
        for field in experiment_fields(experiment)
    }
    assert listed == known - UNLISTED


@pytest.mark.parametrize("experiment", EXPERIMENTS)
def test_labels_are_short_and_differ(experiment):
    for listed in (form_rows(experiment, TOY), form_rows(experiment, FILE)):
        labels = [row.label for row in listed]
        assert all(0 < len(label) <= 13 for label in labels)
        assert len(set(labels)) == len(labels)


@pytest.mark.parametrize("experiment", EXPERIMENTS)
def test_what_a_row_offers_to_be_typed_over_is_its_own_value(experiment):
    inner = [
        row for index in range(len(experiment.layers)) for row in layer_rows(experiment, index)
    ]
    for row in (*form_rows(experiment, TOY), *form_rows(experiment, FILE), *inner):
        assert edit(experiment, row.key, row.typed_text) == experiment
        assert row.typed_text.isprintable()
        assert row.value_text.isprintable()
        assert row.value_text


def test_the_rows_of_an_experiment_that_nobody_has_changed():
    listed = form_rows(Experiment(), TOY)
    assert all(row.is_default for row in listed)
    groups = list(dict.fromkeys(row.group for row in listed))
    assert groups == list(LABELS)
    assert [row.label for row in listed][:6] == [
        "data set",
        "points",
        "noise",
        "classes",
        "features",
        "test share",
    ]
    assert not [row for row in listed if row.key.startswith("layers") or row.key in UNLISTED]


def test_an_optimizer_shows_its_own_settings_only():
    adam, sgd = rows(), rows(with_values(optimizer="sgd"))
    assert {"optimizer.beta_1", "optimizer.epsilon"} <= set(adam)
    assert "optimizer.momentum" not in adam
    assert "optimizer.momentum" in sgd
    assert "optimizer.beta_1" not in sgd
    assert "optimizer.nesterov" not in sgd
    assert "optimizer.nesterov" in rows(with_values(optimizer="sgd", optimizer__momentum=0.9))


def test_a_schedule_and_a_loss_show_their_own_settings_only():
    assert "optimizer.schedule.decay_rate" not in rows()
    falling = rows(with_values(optimizer__schedule="step"))
    assert falling["optimizer.schedule.decay_rate"].value_text == "0.5"
    assert "optimizer.schedule.alpha" not in falling
    assert "output.loss.delta" in rows(with_values(output__loss="huber"))
    assert "output.loss.delta" not in rows()


def test_settings_of_made_up_points_and_of_files_stand_where_they_mean_something():
    made, file = set(rows()), set(rows(facts=FILE))
    assert {"data.samples", "data.noise", "data.classes"} <= made
    assert not {"data.samples", "data.noise", "data.classes"} & file
    of_a_file = {"data.label", "data.header", "data.task", "data.columns"}
    assert of_a_file <= file
    assert not of_a_file & made
    assert "data.classes" not in rows(facts=DataFacts(is_toy=True, default_classes=2))


def test_only_points_in_a_plane_can_be_turned():
    assert "augmentation.rotation_degrees" in rows()
    assert "augmentation.rotation_degrees" not in rows(facts=DataFacts(columns=4))


def test_what_was_set_stays_in_sight():
    turned = with_values(augmentation__rotation_degrees=10)
    assert "augmentation.rotation_degrees" in rows(turned, DataFacts(columns=4))


@pytest.mark.parametrize(
    ("key", "facts", "text"),
    [
        ("data.noise", TOY, "auto 0.2"),
        ("data.classes", TOY, "auto 3"),
        ("data.features", TOY, "auto x1 x2"),
        ("data.features", DataFacts(columns=64), "auto 64 columns"),
        ("data.features", DataFacts(columns=2, input_names=("a" * 30, "b")), "auto 2 columns"),
        ("data.features", DataFacts(columns=1), "auto 1 column"),
        ("data.features", FILE, "auto"),
        ("data.label", FILE, "auto"),
        ("data.task", DataFacts(is_file=True, task="regression"), "auto regression"),
        ("output.activation", TOY, "auto softmax"),
        ("output.loss", TOY, "auto categorical_crossentropy"),
        ("output.activation", DataFacts(task="regression"), "auto linear"),
        ("output.loss", DataFacts(task="regression"), "auto mean_squared_error"),
        ("output.loss", FILE, "auto"),
    ],
)
def test_what_is_left_out_tells_what_follows(key, facts, text):
    row = rows(facts=facts)[key]
    assert row.value_text == text
    assert row.typed_text == ""
    assert row.is_default


def test_an_output_that_does_not_suit_the_data_is_left_at_auto():
    experiment = with_values(output__loss="categorical_crossentropy")
    assert rows(experiment, DataFacts(task="regression"))["output.activation"].value_text == "auto"


@pytest.mark.parametrize(
    ("key", "value", "shown", "typed"),
    [
        ("regularization.l2", 1e-6, "1e-06", "1e-06"),
        ("optimizer.learning_rate", 0.123456789, "0.123457", "0.123456789"),
        ("training.batch_size", 64, "64", "64"),
        ("data.standardize", False, "false", "false"),
        ("data.features", ["x1", "x1^2", "x1*x2", "sin(x2)"], "x1 x1² x1·x2 sin x2", None),
        ("optimizer", "sgd", "sgd", "sgd"),
        ("dtype", "float64", "float64", "float64"),
    ],
)
def test_values_read_briefly_and_are_typed_exactly(key, value, shown, typed):
    row = rows(experiment_with(Experiment(), [(key, value)]))[key]
    assert row.value_text == shown
    assert row.typed_text == ("x1, x1^2, x1*x2, sin(x2)" if typed is None else typed)
    assert not row.is_default


def test_an_optimizer_with_its_settings_changed_is_still_the_default_one():
    changed = rows(with_values(optimizer__learning_rate=0.3))
    assert changed["optimizer"].is_default
    assert not changed["optimizer.learning_rate"].is_default
    # A default is that of the kind that is chosen.
    assert rows(with_values(optimizer="sgd"))["optimizer.learning_rate"].is_default


def test_a_layer_shows_its_own_settings():
    experiment = Experiment(layers=(LayerSettings(), LayerSettings(units=5)))
    experiment = experiment_with(experiment, [("layers.1.activation", "elu")])
    labels = {row.key: (row.label, row.value_text) for row in layer_rows(experiment, 1)}
    assert labels == {
        "layers.1.units": ("units", "5"),
        "layers.1.activation": ("activation", "elu"),
        "layers.1.activation.alpha": ("alpha", "1"),
        "layers.1.dropout": ("dropout", "0"),
        "layers.1.initializer": ("initializer", "he_normal"),
        "layers.1.trainable": ("trainable", "true"),
    }


def test_a_row_is_described_in_one_line():
    described = {key: describe(row) for key, row in rows().items()}
    assert described["optimizer.learning_rate"] == (
        "how far a step goes down the gradient · default 0.01 · a number greater than 0"
    )
    assert described["data.noise"].endswith(
        "default auto · a number of at least 0, or none for auto"
    )
    assert "default adam · one of sgd, adagrad" in described["optimizer"]
    assert "\n" not in "".join(described.values())
