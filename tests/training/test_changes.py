"""Which edits of an experiment a running trainer can live with."""

import msgspec
import pytest

from nntui.experiment.experiment import Experiment, LayerSettings
from nntui.experiment.fields import experiment_fields, fields_of
from nntui.experiment.optimizers import PerceptronOptimizerSettings, SGDSettings
from nntui.experiment.parts import (
    BinaryCrossentropySettings,
    CategoricalCrossentropySettings,
    MeanSquaredErrorSettings,
    SigmoidSettings,
    StepSettings,
)
from nntui.training.changes import change_between

# Every key of an experiment stands in one of these tables: a new one has to be decided about.
LIVE = {
    "layers.*.activation",
    "layers.*.activation.alpha",
    "layers.*.activation.negative_slope",
    "layers.*.dropout",
    "layers.*.trainable",
    "layers.*.frozen_units",
    "layers.*.silenced_units",
    "output.loss",
    "output.loss.delta",
    "output.trainable",
    "output.frozen_units",
    "optimizer",
    "optimizer.beta_1",
    "optimizer.beta_2",
    "optimizer.clip_norm",
    "optimizer.epsilon",
    "optimizer.initial_accumulator_value",
    "optimizer.learning_rate",
    "optimizer.momentum",
    "optimizer.nesterov",
    "optimizer.rho",
    "optimizer.schedule",
    "optimizer.schedule.alpha",
    "optimizer.schedule.decay_rate",
    "optimizer.schedule.decay_steps",
    "optimizer.schedule.warmup_steps",
    "optimizer.weight_decay",
    "regularization.l1",
    "regularization.l2",
    "regularization.bias_l1",
    "regularization.bias_l2",
    "augmentation.jitter",
    "augmentation.rotation_degrees",
    "augmentation.mixup",
    "training.batch_size",
    "training.epochs",
    "training.patience",
}
REBUILDING = {
    "seed",
    "dtype",
    "data.source",
    "data.samples",
    "data.classes",
    "data.noise",
    "data.seed",
    "data.features",
    "data.test_fraction",
    "data.standardize",
    "data.label",
    "data.header",
    "data.task",
    "data.columns",
    "layers.*.units",
    "layers.*.initializer",
    "layers.*.initializer.scale",
    "layers.*.initializer.low",
    "layers.*.initializer.high",
    "layers.*.initializer.value",
    "output.activation",
    "output.activation.alpha",
    "output.activation.negative_slope",
    "output.initializer",
    "output.initializer.scale",
    "output.initializer.low",
    "output.initializer.high",
    "output.initializer.value",
}


def with_value(struct, path, value):
    """Return a record in which the value at a path is another one."""
    if not path:
        return value
    first, *rest = path
    if isinstance(struct, tuple):
        changed = with_value(struct[first], rest, value)
        return (*struct[:first], changed, *struct[first + 1 :])
    return msgspec.structs.replace(
        struct, **{first: with_value(getattr(struct, first), rest, value)}
    )


def value_at(struct, path):
    for name in path:
        struct = struct[name] if isinstance(name, int) else getattr(struct, name)
    return struct


def every_key(struct=Experiment, path=(), base=None):
    """Yield each key's path and description with an experiment that has it, for every kind."""
    base = Experiment() if base is None else base
    for described in fields_of(struct):
        here = (*path, described.name)
        if described.items is not None:
            yield from every_key(described.items, (*here, 0), base)
        elif described.section is not None:
            yield from every_key(described.section, here, base)
        else:
            yield here, described, base
            for kind in described.kinds.values():
                yield from every_key(kind, here, with_value(base, here, kind()))


def another_value(described, value):
    if described.kinds:
        return next(kind() for kind in described.kinds.values() if type(value) is not kind)
    if described.choices:
        return next(choice for choice in described.choices if choice != value)
    if described.type_text == "true or false":
        return not value
    if described.type_text == "list of texts":
        return (*value, "x1")
    if described.type_text == "list of whole numbers":
        return (*value, 2)
    return "other" if described.type_text == "text" else (value or 0) + 1


def in_table(path):
    return ".".join("*" if isinstance(name, int) else name for name in path)


def test_the_tables_hold_every_key_once():
    assert not LIVE & REBUILDING
    assert {in_table(path) for path, _, _ in every_key()} == LIVE | REBUILDING


def test_the_keys_that_are_listed_for_users_are_those_of_the_tables():
    for _, _, base in every_key():
        for described in experiment_fields(base):
            path = [int(name) if name.isdecimal() else name for name in described.key.split(".")]
            assert in_table(path) in LIVE | REBUILDING


@pytest.mark.parametrize(
    ("path", "described", "before"),
    [pytest.param(*row, id=f"{n}-{in_table(row[0])}") for n, row in enumerate(every_key())],
)
def test_each_key_alone(path, described, before):
    value = another_value(described, value_at(before, path))
    change = change_between(before, with_value(before, path, value))
    assert len(change.keys) == 1
    key = ".".join(map(str, path))
    # A part chosen by name is one key, with all its settings.
    assert f"{key}.".startswith(f"{change.keys[0]}.") or change.keys[0] == f"{key}.name"
    assert change.rebuilds == (in_table(path) in REBUILDING)
    assert change.rebuilding_keys == (change.keys if change.rebuilds else ())
    assert change.new_optimizer == (path == ("optimizer",))


def test_equal_experiments_differ_in_nothing():
    change = change_between(Experiment(), Experiment())
    assert (change.keys, change.rebuilding_keys, change.new_optimizer) == ((), (), False)
    assert not change.rebuilds


@pytest.mark.parametrize("layers", [(), (LayerSettings(),), (LayerSettings(),) * 3])
def test_another_number_of_layers_begins_anew(layers):
    change = change_between(Experiment(), Experiment(layers=layers))
    assert change.keys == change.rebuilding_keys == ("layers",)


def test_several_keys_are_told_apart():
    after = Experiment(
        seed=8,
        layers=(LayerSettings(), LayerSettings(dropout=0.5, units=3)),
        optimizer=SGDSettings(),
    )
    change = change_between(Experiment(), after)
    assert change.keys == ("seed", "layers.1.units", "layers.1.dropout", "optimizer.name")
    assert change.rebuilding_keys == ("seed", "layers.1.units")
    assert change.new_optimizer


class TestOutputThatFollows:
    """A loss or an optimizer that brings another output activation begins the run anew."""

    @staticmethod
    def experiment(**parts):
        activation, loss = parts.get("activation"), parts.get("loss")
        base = Experiment(layers=(), optimizer=parts.get("optimizer", SGDSettings()))
        output = msgspec.structs.replace(base.output, activation=activation, loss=loss)
        return msgspec.structs.replace(base, output=output)

    def test_a_loss_that_brings_sigmoid(self):
        after = self.experiment(loss=BinaryCrossentropySettings())
        change = change_between(self.experiment(), after)
        assert change.keys == change.rebuilding_keys == ("output.loss",)

    def test_the_perceptron_rule(self):
        after = self.experiment(optimizer=PerceptronOptimizerSettings())
        change = change_between(self.experiment(), after)
        assert change.keys == change.rebuilding_keys == ("optimizer.name",)
        back = change_between(after, self.experiment())
        assert back.rebuilding_keys == ("optimizer.name",)

    def test_other_live_keys_beside_it_are_not_to_blame(self):
        after = self.experiment(loss=BinaryCrossentropySettings())
        training = msgspec.structs.replace(after.training, batch_size=3)
        after = msgspec.structs.replace(after, training=training)
        change = change_between(self.experiment(), after)
        assert change.keys == ("output.loss", "training.batch_size")
        assert change.rebuilding_keys == ("output.loss",)

    @pytest.mark.parametrize(
        ("before", "after"),
        [
            ({}, {"loss": CategoricalCrossentropySettings()}),
            ({}, {"loss": MeanSquaredErrorSettings()}),
            (
                {"activation": SigmoidSettings()},
                {"activation": SigmoidSettings(), "loss": BinaryCrossentropySettings()},
            ),
            (
                {"activation": SigmoidSettings(), "loss": BinaryCrossentropySettings()},
                {"activation": SigmoidSettings(), "loss": MeanSquaredErrorSettings()},
            ),
        ],
    )
    def test_a_loss_for_the_same_output_is_live(self, before, after):
        assert not change_between(self.experiment(**before), self.experiment(**after)).rebuilds

    def test_an_output_of_its_own_is_not_moved_by_the_optimizer(self):
        before = self.experiment(
            activation=StepSettings(), optimizer=PerceptronOptimizerSettings(learning_rate=1.0)
        )
        after = self.experiment(
            activation=StepSettings(), optimizer=PerceptronOptimizerSettings(learning_rate=0.5)
        )
        change = change_between(before, after)
        assert change.keys == ("optimizer.learning_rate",)
        assert not change.rebuilds
