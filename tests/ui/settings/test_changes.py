import pytest

from nntui.errors import ExperimentError
from nntui.experiment.experiment import Experiment
from nntui.experiment.form import form_rows, layer_rows
from nntui.experiment.overrides import experiment_with
from nntui.training.data_facts import facts_of
from nntui.ui.settings.changes import (
    change_label,
    default_setting,
    may_rebuild,
    step_setting,
    type_setting,
)

FACTS = facts_of("spiral")


def row_of(key, experiment=None):
    experiment = experiment or Experiment()
    return next(row for row in form_rows(experiment, FACTS) if row.key == key)


def test_a_step_goes_to_the_next_rung():
    row = row_of("optimizer.learning_rate")

    changed = step_setting(Experiment(), row, 1, FACTS)

    assert changed.optimizer.learning_rate == 0.03
    assert change_label(row, changed) == "learning rate 0.03"


def test_a_step_beyond_the_end_changes_nothing():
    experiment = experiment_with(Experiment(), [("regularization.l2", 0.0)])

    row = row_of("regularization.l2", experiment)

    assert step_setting(experiment, row, -1, FACTS) == experiment


def test_a_part_is_stepped_by_its_name():
    row = row_of("optimizer")

    changed = step_setting(Experiment(), row, 1, FACTS)

    assert changed.optimizer.name == "adamw"
    assert change_label(row, changed) == "optimizer adamw"


def test_a_typed_value_is_checked():
    row = row_of("training.batch_size")

    assert type_setting(Experiment(), row, "48").training.batch_size == 48
    with pytest.raises(ExperimentError, match=r"training\.batch_size"):
        type_setting(Experiment(), row, "-3")


@pytest.mark.parametrize("key", ["data.noise", "data.features", "optimizer", "data.standardize"])
def test_the_default_comes_back(key):
    experiment = experiment_with(
        Experiment(),
        [
            ("data.noise", 0.5),
            ("data.features", ["x1", "x1^2"]),
            ("optimizer", "sgd"),
            ("data.standardize", False),
        ],
    )

    row = row_of(key, experiment)
    changed = default_setting(experiment, row)

    assert not row.is_default
    assert row_of(key, changed).is_default


def test_labels_name_the_layer():
    experiment = experiment_with(Experiment(), [("layers.1.units", 16), ("layers.1.dropout", 0.25)])
    rows = {row.field.name: row for row in layer_rows(experiment, 1)}

    assert change_label(rows["units"], experiment) == "layer 2: 16 units"
    assert change_label(rows["dropout"], experiment) == "layer 2: dropout 0.25"


def test_labels_are_short_and_printable():
    path = "./" + "x" * 200 + "\x1b[31m.csv"
    experiment = experiment_with(Experiment(), [("data.source", path)])

    label = change_label(row_of("data.source"), experiment)

    assert len(label) < 40
    assert label.isprintable()


@pytest.mark.parametrize(
    ("key", "expected"),
    [("data.noise", True), ("seed", True), ("training.batch_size", False), ("output.loss", False)],
)
def test_what_begins_the_run_anew_is_known_before(key, expected):
    experiment = Experiment()
    if key == "output.loss":
        experiment = experiment_with(experiment, [("output.activation", "linear")])

    assert may_rebuild(experiment, row_of(key, experiment), FACTS) == expected


def test_an_optimizer_whose_neighbour_changes_the_output_begins_the_run_anew():
    # Without hidden layers the perceptron, with its step output, is a neighbour of adamw.
    alone = experiment_with(Experiment(), [("layers", []), ("optimizer", "adamw")])
    deep = experiment_with(Experiment(), [("optimizer", "adamw")])

    assert may_rebuild(alone, row_of("optimizer", alone), FACTS)
    assert not may_rebuild(deep, row_of("optimizer", deep), FACTS)
