"""Setting single keys: ``--set``, flags, and edits in a form."""

import pytest

from nntui.errors import ExperimentError
from nntui.experiment.experiment import Experiment, LayerSettings
from nntui.experiment.fields import experiment_fields, field_at, fields_of
from nntui.experiment.flags import COMMON_FLAGS
from nntui.experiment.optimizers import (
    AdamSettings,
    CosineScheduleSettings,
    ExponentialScheduleSettings,
    InverseTimeScheduleSettings,
    RMSpropSettings,
    SGDSettings,
)
from nntui.experiment.overrides import edit, experiment_with, parse_setting
from nntui.experiment.parts import ELUSettings, ReLUSettings, TanhSettings


def with_sets(base, *sets, origin="file.toml"):
    return experiment_with(base, [parse_setting(text) for text in sets], origin)


@pytest.mark.parametrize(
    ("text", "found", "value"),
    [
        ("seed=3", lambda e: e.seed, 3),
        ("seed = 3", lambda e: e.seed, 3),
        ("optimizer.learning_rate=1", lambda e: e.optimizer.learning_rate, 1.0),
        ("data.standardize=false", lambda e: e.data.standardize, False),
        ("data.source=flowers.csv", lambda e: e.data.source, "flowers.csv"),
        ("data.source=a=b.csv", lambda e: e.data.source, "a=b.csv"),
        ('data.source="my file.csv"', lambda e: e.data.source, "my file.csv"),
        ("data.label=2024", lambda e: e.data.label, "2024"),
        ("data.label=true", lambda e: e.data.label, "true"),
        ('data.label="none"', lambda e: e.data.label, "none"),
        ("data.features=x1, x2²", lambda e: e.data.features, ("x1", "x2^2")),
        ('data.columns=["a,b", "c"]', lambda e: e.data.columns, ("a,b", "c")),
        ("data.task=regression", lambda e: e.data.task, "regression"),
        ("output.loss=huber", lambda e: e.output.loss.delta, 1.0),
        ("layers.1.units=9", lambda e: [layer.units for layer in e.layers], [32, 9]),
        ("layers.*.dropout=0.5", lambda e: [layer.dropout for layer in e.layers], [0.5, 0.5]),
        ("layers=8,4", lambda e: [layer.units for layer in e.layers], [8, 4]),
        ("layers=8", lambda e: [layer.units for layer in e.layers], [8]),
        ("layers=[8, 4]", lambda e: [layer.units for layer in e.layers], [8, 4]),
        ("layers=none", lambda e: e.layers, ()),
        ("layers=", lambda e: e.layers, ()),
        ("layers=[]", lambda e: e.layers, ()),
        ("layers.0.activation=elu", lambda e: e.layers[0].activation, ELUSettings()),
        (
            'layers.0.activation={name="elu", alpha=0.5}',
            lambda e: e.layers[0].activation,
            ELUSettings(alpha=0.5),
        ),
        ("optimizer.schedule.warmup_steps=5", lambda e: e.optimizer.schedule.warmup_steps, 5),
    ],
)
@pytest.mark.parametrize("base", [{}, Experiment()], ids=["empty file", "experiment"])
def test_any_key_can_be_set(base, text, found, value):
    assert found(with_sets(base, text)) == value


def test_values_that_are_no_text_are_taken_as_they_are():
    sgd = SGDSettings(momentum=0.5)
    experiment = experiment_with(
        Experiment(optimizer=AdamSettings(beta_1=0.5)),
        [("seed", 3), ("layers", (8, 4)), ("optimizer", sgd), ("data.features", ("x1",))],
    )
    assert experiment.seed == 3
    assert [layer.units for layer in experiment.layers] == [8, 4]
    assert experiment.optimizer == sgd
    assert experiment.data.features == ("x1",)
    reset = experiment_with(
        Experiment(optimizer=AdamSettings(beta_1=0.5)), [("optimizer", AdamSettings())]
    )
    assert reset == Experiment()


def test_a_new_optimizer_keeps_what_it_shares_and_drops_the_rest():
    old = {"optimizer": {"name": "adam", "learning_rate": 0.5, "beta_1": 0.8, "epsilon": 0.001}}
    assert with_sets(old, "optimizer=sgd").optimizer == SGDSettings(learning_rate=0.5)
    assert with_sets(old, "optimizer.name=rmsprop").optimizer == RMSpropSettings(
        learning_rate=0.5, epsilon=0.001
    )


def test_a_setting_left_at_its_default_takes_the_new_kinds_default():
    assert with_sets(Experiment(), "optimizer=sgd").optimizer == SGDSettings()


def test_settings_with_another_meaning_are_not_kept():
    base = Experiment(
        optimizer=AdamSettings(
            schedule=InverseTimeScheduleSettings(decay_rate=0.02, warmup_steps=9)
        )
    )
    schedule = with_sets(base, "optimizer.schedule=exponential").optimizer.schedule
    assert schedule == ExponentialScheduleSettings(warmup_steps=9)


def test_names_are_set_before_their_settings_whatever_the_order():
    experiment = with_sets(
        {},
        "optimizer.schedule.alpha=0.1",
        "optimizer.momentum=0.9",
        "optimizer.schedule=cosine",
        "optimizer.name=sgd",
    )
    assert experiment.optimizer == SGDSettings(
        momentum=0.9, schedule=CosineScheduleSettings(alpha=0.1)
    )


def test_a_setting_given_together_with_a_name_has_to_fit_it():
    with pytest.raises(ExperimentError, match=r"^optimizer\.beta_1: beta_1 belongs to adam"):
        with_sets({}, "optimizer.beta_1=0.8", "optimizer=sgd")


def test_a_misspelt_key_of_the_file_is_told_even_when_the_optimizer_changes():
    with pytest.raises(ExperimentError, match=r"^file\.toml: optimizer\.beta_3: unknown"):
        with_sets({"optimizer": {"name": "adam", "beta_3": 1}}, "optimizer=sgd")


def test_new_layers_are_like_the_first_one():
    base = {"layers": [{"units": 3, "activation": "tanh", "dropout": 0.1}, {"units": 9}]}
    layers = with_sets(base, "layers=8,4,2").layers
    assert layers == tuple(
        LayerSettings(units=units, activation=TanhSettings(), dropout=0.1) for units in (8, 4, 2)
    )


def test_the_base_is_left_as_it_was():
    base = {"layers": [{"units": 3}], "optimizer": {"name": "adam", "beta_1": 0.5}}
    with_sets(base, "layers.0.units=4", "optimizer=sgd")
    assert base == {"layers": [{"units": 3}], "optimizer": {"name": "adam", "beta_1": 0.5}}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("seed", "expected key=value"),
        ("=3", "expected key=value"),
        ("optimzer.name=sgd", 'optimzer: unknown key.*"optimizer"'),
        ("data.sample=3", 'data.sample: unknown key.*"samples"'),
        ("seed.x=3", "seed = .*whole number"),
        ("seed=abc", 'seed = "abc": found text, expected a whole number'),
        ("seed=1\ndtype='float64'", "seed = "),
        ("optimizer=sdg", 'optimizer.name = "sdg".*"sgd"'),
        ("optimizer.learning_rate=0", "optimizer.learning_rate = 0: expected a number greater"),
        ("layers.2.units=3", "layers.2: there is no such layer; expected layers.0 to layers.1"),
        ("layers.first.units=3", "layers.first: there is no such layer"),
        ("layers=8,x", 'layers.1.units = "x": found text, expected a whole number'),
        ("layers=8,0", "layers.1.units = 0"),
        ("layers=8,", 'layers.1.units = ""'),
        ("layers=true", "layers"),
        ("layers.*.dropout=1", "layers.0.dropout = 1"),
        ("data.\x1b[2J=3", "unknown key"),
        ("\x1b[2J.a.b=3", "unknown key"),
    ],
)
def test_a_setting_that_is_wrong_is_told_without_blaming_the_file(text, message):
    with pytest.raises(ExperimentError, match=message) as caught:
        with_sets({}, text)
    assert "file.toml" not in str(caught.value)
    assert str(caught.value).isprintable()


def test_all_layers_cannot_be_set_where_there_are_none():
    with pytest.raises(ExperimentError, match=r"layers\.\*\.activation: expected hidden layers"):
        with_sets({"layers": []}, "layers.*.activation=tanh")


def test_an_edit_changes_one_key_and_the_empty_text_leaves_it_out():
    experiment = edit(Experiment(), "data.classes", "4")
    assert experiment.data.classes == 4
    assert edit(experiment, "data.classes", "") == Experiment()
    with pytest.raises(ExperimentError, match="seed"):
        edit(experiment, "seed", "")


@pytest.mark.parametrize("described", experiment_fields(Experiment()), ids=lambda one: one.key)
def test_every_key_of_a_form_can_be_set_to_its_own_default(described):
    assert field_at(described.key).expected == described.expected
    assert described.description
    if described.default is None or described.default == ():
        assert edit(Experiment(), described.key, "") == Experiment()
    else:
        value = described.default
        text = getattr(value, "name", str(value).lower())
        assert edit(Experiment(), described.key, text) == Experiment()


def test_a_form_shows_the_settings_of_the_kinds_that_are_chosen():
    experiment = Experiment(
        layers=(LayerSettings(activation=ELUSettings()),), optimizer=SGDSettings()
    )
    keys = [described.key for described in experiment_fields(experiment)]
    assert "layers.0.activation.alpha" in keys
    assert "optimizer.nesterov" in keys
    assert "optimizer.beta_1" not in keys
    assert keys[:3] == ["seed", "dtype", "data.source"]


def test_a_field_tells_type_range_choices_and_default():
    units = field_at("layers.0.units")
    assert (units.type_text, units.range_text, units.default) == (
        "whole number",
        "from 1 to 65536",
        32,
    )
    assert units.expected == "a whole number from 1 to 65536"
    assert field_at("optimizer.nesterov").type_text == "true or false"
    assert field_at("dtype").choices == ("float32", "float64")
    assert field_at("layers.*.activation").default == ReLUSettings()
    assert "softmax" in field_at("output.activation").choices
    assert "softmax" not in field_at("layers.0.activation").choices
    assert field_at("data.noise").optional
    assert field_at("data.noize") is None
    assert field_at("layers.x.units") is None
    assert [one.name for one in fields_of(ELUSettings)] == ["alpha"]


@pytest.mark.parametrize("flag", COMMON_FLAGS, ids=lambda flag: flag.flag)
def test_every_flag_has_a_key_and_a_help(flag):
    assert flag.field.key == flag.key
    assert flag.help
    assert len({other.flag for other in COMMON_FLAGS}) == len(COMMON_FLAGS)


@pytest.mark.parametrize(("text", "value"), [(".01", 0.01), ("1.", 1.0), ("+.5e-1", 0.05)])
def test_numbers_may_be_typed_as_people_write_them(text, value):
    experiment = with_sets({}, f"optimizer.learning_rate={text}")
    assert experiment.optimizer.learning_rate == value
    assert with_sets({}, "seed=007").seed == 7


def test_other_data_let_go_of_what_was_said_about_the_old():
    table = {"data": {"source": "spiral", "classes": 5, "noise": 0.1, "samples": 50}}
    data = with_sets(table, "data.noise=0.3", "data.source=moons").data
    assert (data.classes, data.noise, data.samples) == (None, 0.3, 50)
    assert with_sets(table, "data.source=spiral").data.classes == 5
