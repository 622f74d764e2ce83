"""Stepping through sensible values with the left and right keys."""

import itertools
from dataclasses import replace

import msgspec
import pytest
from msgspec import inspect

from nntui.errors import ExperimentError
from nntui.experiment.choices import choices_of, fits
from nntui.experiment.data_facts import DataFacts, KnownSource
from nntui.experiment.experiment import Experiment, LayerSettings
from nntui.experiment.fields import experiment_fields, field_at
from nntui.experiment.ladders import feature_sets, rungs, stepped
from nntui.experiment.overrides import experiment_with
from nntui.experiment.values import field_in, value_at

PLANE = DataFacts(
    is_toy=True,
    default_classes=3,
    default_noise=0.2,
    any_classes=True,
    columns=2,
    input_names=("x1", "x2"),
    task="classification",
    sources=(
        KnownSource("spiral", "classification", 2),
        KnownSource("two_gaussians", "classification", 2),
        KnownSource("plane", "regression", 2),
        KnownSource("iris", "classification", 4),
        KnownSource("flowers.csv"),
    ),
)


def with_values(**values):
    """Make an experiment; ``optimizer__momentum`` stands for ``optimizer.momentum``."""
    overrides = [(key.replace("__", "."), value) for key, value in values.items()]
    return experiment_with(Experiment(), overrides)


def after(experiment, key, direction=1, facts=PLANE):
    return stepped(experiment, field_at(key), direction, facts)


def trail(experiment, key, direction, facts=PLANE, most=1000):
    """Step until nothing changes, and give every value on the way."""
    values = []
    for _ in range(most):
        value = after(experiment, key, direction, facts)
        present = value_at(experiment, key)
        if value == getattr(present, "name", present):
            break
        values.append(value)
        experiment = experiment_with(experiment, [(key, value)])
    return values


def every_kind():
    """Make an experiment for every kind of every part, so that every key there is appears."""
    bare = Experiment(layers=(LayerSettings(),))
    for key in ("layers.0.activation", "layers.0.initializer", "output.initializer"):
        for name in field_at(key).choices:
            yield experiment_with(bare, [(key, name)])
    for name in field_at("optimizer.schedule").choices:
        yield experiment_with(bare, [("optimizer.schedule", name)])
    for name in field_at("optimizer").choices:
        yield experiment_with(bare, [("optimizer", name), ("layers", [])])
    for loss, output in [
        ("huber", "leaky_relu"),
        ("mean_absolute_error", "elu"),
        ("mean_squared_error", "linear"),
        ("binary_crossentropy", "sigmoid"),
    ]:
        yield experiment_with(bare, [("output.loss", loss), ("output.activation", output)])


EVERY_FIELD = {
    (described.key, described.range_text): (experiment, described)
    for experiment in every_kind()
    for described in experiment_fields(experiment)
}
NUMBERS = {
    key: pair
    for key, pair in EVERY_FIELD.items()
    if pair[1].type_text in ("number", "whole number")
}


def number_type(annotation):
    """Find the number among the types that a key may have."""
    found = inspect.type_info(annotation)
    found = found.type if isinstance(found, inspect.Metadata) else found
    options = found.types if isinstance(found, inspect.UnionType) else [found]
    options = [one.type if isinstance(one, inspect.Metadata) else one for one in options]
    return next(one for one in options if isinstance(one, inspect.IntType | inspect.FloatType))


def in_range(described, value):
    number = number_type(described.annotation)
    return (
        isinstance(value, int if isinstance(number, inspect.IntType) else float)
        and (number.ge is None or value >= number.ge)
        and (number.gt is None or value > number.gt)
        and (number.le is None or value <= number.le)
        and (number.lt is None or value < number.lt)
    )


@pytest.mark.parametrize(("experiment", "described"), NUMBERS.values(), ids=map(str, NUMBERS))
def test_the_rungs_of_every_number_rise_and_are_within_its_range(experiment, described):
    ladder = rungs(described)
    assert len(ladder) > 5
    assert list(ladder) == sorted(set(ladder))
    assert all(in_range(described, rung) for rung in ladder)


@pytest.mark.parametrize(("experiment", "described"), NUMBERS.values(), ids=map(str, NUMBERS))
@pytest.mark.parametrize("direction", [-1, 1])
def test_every_number_is_stepped_within_its_range(experiment, described, direction):
    value = described.default
    for _ in range(200):
        # Set past all checks: only the ladder is to be tested here.
        table = rebuilt(experiment, described.key.split("."), value)
        new = stepped(table, described, direction, DataFacts())
        if new == value:
            break
        assert new is None or in_range(described, new)
        assert new is None or value is None or (new - value) * direction > 0
        value = new
    else:
        assert described.key in ("seed", "data.seed")


def rebuilt(struct, path, value):
    if not path:
        return value
    if isinstance(struct, tuple):
        place = int(path[0])
        return (*struct[:place], rebuilt(struct[place], path[1:], value), *struct[place + 1 :])
    inner = rebuilt(getattr(struct, path[0]), path[1:], value)
    return msgspec.structs.replace(struct, **{path[0]: inner})


@pytest.mark.parametrize(
    ("experiment", "described"), EVERY_FIELD.values(), ids=map(str, EVERY_FIELD)
)
@pytest.mark.parametrize("direction", [-1, 1])
def test_one_step_of_every_key_is_an_experiment_or_a_refusal(experiment, described, direction):
    value = stepped(experiment, described, direction, PLANE)
    try:
        changed = experiment_with(experiment, [(described.key, value)])
    except ExperimentError as error:
        assert described.key.startswith("optimizer.nesterov")
        assert "momentum" in str(error)
    else:
        found = value_at(changed, described.key)
        assert getattr(found, "name", found) == value


def test_learning_rates_go_one_three_ten():
    assert trail(with_values(optimizer__learning_rate=1e-4), "optimizer.learning_rate", 1)[:4] == [
        0.0003,
        0.001,
        0.003,
        0.01,
    ]


@pytest.mark.parametrize(
    ("key", "value", "lower", "higher"),
    [
        ("optimizer.learning_rate", 0.002, 0.001, 0.003),
        ("optimizer.learning_rate", 0.003 * (1 + 1e-12), 0.001, 0.01),
        ("optimizer.learning_rate", 1e9, 10.0, 1e9),
        ("optimizer.learning_rate", 1e-9, 1e-9, 1e-6),
        ("data.samples", 300, 200, 500),
        ("training.batch_size", 33, 32, 64),
        ("training.batch_size", 1, 1, 2),
        ("layers.0.units", 13, 12, 16),
        ("layers.0.units", 96, 64, 128),
        ("layers.0.units", 65536, 49152, 65536),
        ("layers.0.dropout", 0.05, 0.0, 0.1),
        ("layers.0.dropout", 0.95, 0.9, 0.95),
        ("optimizer.beta_2", 0.999, 0.99, 0.9999),
        ("regularization.l2", 0.0, 0.0, 1e-6),
        ("augmentation.rotation_degrees", 180.0, 150.0, 180.0),
        ("training.epochs", 1, 1, 2),
        ("seed", 7, 6, 8),
        ("seed", 0, 0, 1),
        ("data.seed", 2**32 - 1, 2**32 - 2, 2**32 - 1),
        ("data.test_fraction", 0.2, 0.15, 0.25),
    ],
)
def test_a_number_goes_to_its_neighbouring_rung_and_stays_at_the_ends(key, value, lower, higher):
    experiment = experiment_with(Experiment(), [(key, value)])
    assert after(experiment, key, -1) == lower
    assert after(experiment, key, 1) == higher


def test_below_the_lowest_rung_of_an_optional_number_it_follows_from_the_data():
    experiment = with_values(data__noise=0.02)
    assert trail(experiment, "data.noise", -1) == [0.01, 0.0, None]
    assert after(Experiment(), "data.noise", -1) is None


def test_from_auto_a_number_goes_on_from_what_followed():
    assert after(Experiment(), "data.noise") == 0.25
    assert after(Experiment(), "data.classes") == 4
    assert after(Experiment(), "data.classes", facts=DataFacts()) == 2


def test_the_range_is_that_of_the_schedule_that_is_chosen():
    falling = with_values(optimizer__schedule={"name": "step", "decay_rate": 0.95})
    assert trail(falling, "optimizer.schedule.decay_rate", 1) == [1.0]
    inverse = with_values(optimizer__schedule={"name": "inverse_time", "decay_rate": 0.003})
    assert after(inverse, "optimizer.schedule.decay_rate", 1) == 0.01


def test_choices_go_round_both_ways():
    assert after(Experiment(), "layers.0.activation") == "leaky_relu"
    assert after(Experiment(), "layers.0.activation", -1) == "linear"
    names = field_at("layers.0.activation").choices
    experiment, seen = Experiment(), []
    for _ in names:
        seen.append(after(experiment, "layers.0.activation"))
        experiment = experiment_with(experiment, [("layers.0.activation", seen[-1])])
    assert sorted(seen) == sorted(names)
    assert seen[-1] == "relu"


def test_optional_choices_have_auto_among_them():
    experiment, seen = Experiment(), []
    for _ in range(3):
        seen.append(after(experiment, "data.task"))
        experiment = experiment_with(experiment, [("data.task", seen[-1])])
    assert seen == ["classification", "regression", None]
    assert choices_of(field_at("data.header"), PLANE) == (None, False, True)


def test_choices_that_the_rest_does_not_allow_are_passed_over():
    # The perceptron has no hidden layers, and the experiment has two.
    assert after(with_values(optimizer="adamw"), "optimizer") == "sgd"
    assert after(with_values(optimizer="adamw", layers=[]), "optimizer") == "perceptron"
    softmax = with_values(output__activation="softmax")
    losses, experiment = set(), softmax
    for _ in range(8):
        losses.add(after(experiment, "output.loss"))
        experiment = experiment_with(
            experiment, [("output.loss", after(experiment, "output.loss"))]
        )
    assert losses == {
        None,
        "categorical_crossentropy",
        "mean_squared_error",
        "mean_absolute_error",
        "huber",
    }


def test_a_loss_for_classes_is_passed_over_where_values_are_predicted():
    values = replace(PLANE, task="regression")
    assert not fits(Experiment(), "output.loss", "categorical_crossentropy", values)
    assert after(Experiment(), "output.loss", facts=values) == "mean_squared_error"


def test_where_nothing_else_is_allowed_the_refused_choice_comes_and_says_why():
    experiment = with_values(optimizer="sgd")
    assert after(experiment, "optimizer.nesterov") is True
    with pytest.raises(ExperimentError, match="momentum"):
        experiment_with(experiment, [("optimizer.nesterov", True)])


def test_the_data_set_goes_round_the_known_ones():
    names = [source.name for source in PLANE.sources]
    for before, behind in itertools.pairwise([*names, names[0]]):
        assert after(with_values(data__source=before), "data.source") == behind
        assert after(with_values(data__source=behind), "data.source", -1) == before
    assert after(with_values(data__source="Two-Gaussians"), "data.source") == "plane"
    assert after(with_values(data__source="other.csv"), "data.source") == "spiral"
    assert after(with_values(data__source="other.csv"), "data.source", -1) == "flowers.csv"
    assert after(Experiment(), "data.source", facts=DataFacts()) == "spiral"


def test_a_data_set_that_does_not_suit_the_settings_is_passed_over():
    losses = with_values(data__source="two_gaussians", output__loss="categorical_crossentropy")
    assert after(losses, "data.source") == "iris"
    turned = with_values(data__source="plane", augmentation__rotation_degrees=30.0)
    assert after(turned, "data.source") == "flowers.csv"


def test_texts_without_choices_and_columns_stay():
    experiment = with_values(data__label="species", data__columns=["a", "b"])
    assert after(experiment, "data.label") == "species"
    assert after(experiment, "data.columns", -1) == ("a", "b")
    assert after(Experiment(), "data.label", -1) is None


def test_features_go_from_the_columns_to_all_there_are():
    assert trail(Experiment(), "data.features", 1) == [
        ("x1", "x2", "x1*x2"),
        ("x1", "x2", "x1^2", "x2^2"),
        ("x1", "x2", "x1^2", "x2^2", "x1*x2"),
        ("x1", "x2", "x1^2", "x2^2", "x1*x2", "sin(x1)", "sin(x2)"),
        ("x1", "x2", "x1^2", "x2^2", "x1*x2", "sin(x1)", "sin(x2)", "cos(x1)", "cos(x2)"),
    ]
    assert after(Experiment(), "data.features", -1) == ()


def test_features_of_ones_own_lie_between_smaller_and_larger_sets():
    own = with_values(data__features=["x1", "x2", "sin(x1)"])
    assert after(own, "data.features", -1) == ("x1", "x2", "x1*x2")
    assert after(own, "data.features", 1) == ("x1", "x2", "x1^2", "x2^2")
    one = with_values(data__features=["x1"])
    assert after(one, "data.features", -1) == ()
    order = with_values(data__features=["x1*x2", "x2", "x1"])
    assert after(order, "data.features", -1) == ()


def test_features_depend_on_the_number_of_columns():
    assert feature_sets(DataFacts()) == ((),)
    assert feature_sets(DataFacts(columns=64)) == ((),)
    assert feature_sets(DataFacts(columns=1))[1] == ("x1", "x1^2")
    assert all("x1*x2" not in one for one in feature_sets(DataFacts(columns=4)))
    # Here x1 would be the name of a column, and not of the first.
    assert feature_sets(DataFacts(columns=2, input_names=("x0", "x1"))) == ((),)
    assert len(feature_sets(DataFacts(columns=2, input_names=("length", "width")))) > 3


def test_a_key_that_an_experiment_does_not_have_is_an_error():
    with pytest.raises(KeyError):
        after(Experiment(), "optimizer.momentum")
    assert field_in(Experiment(), "optimizer.momentum") is None
