"""Every part that an experiment can name is there, fits its settings, and learns."""

from typing import get_args

import msgspec
import numpy as np
import pytest

from nntui.engine import parts as engine_parts
from nntui.engine.layers import Dense, Dropout
from nntui.experiment import optimizers, parts
from nntui.experiment.convert import checked
from nntui.experiment.experiment import Experiment
from nntui.training.assembly import build_network, build_part, build_schedule, prepare_data
from nntui.training.targets import TargetCoding
from nntui.training.trainer import Trainer

OF_EVERY_OPTIMIZER = ("learning_rate", "schedule", "clip_norm")
UNIONS = [
    (parts.ActivationSettings, engine_parts.ACTIVATIONS, ()),
    (parts.InitializerSettings, engine_parts.INITIALIZERS, ()),
    (parts.LossSettings, engine_parts.LOSSES, ()),
    (optimizers.OptimizerSettings, engine_parts.OPTIMIZERS, OF_EVERY_OPTIMIZER),
    (optimizers.ScheduleSettings, engine_parts.SCHEDULES, ("warmup_steps",)),
]
KINDS = [
    pytest.param(kind, table, leave_out, id=f"{kind().name}-{kind.__name__}")
    for union, table, leave_out in UNIONS
    for kind in get_args(union)
]


def kinds(union):
    return [pytest.param(kind(), id=kind().name) for kind in get_args(union)]


class TestNames:
    @pytest.mark.parametrize(("union", "table", "leave_out"), UNIONS)
    def test_the_engine_has_the_same_names_as_the_experiment(self, union, table, leave_out):
        assert set(table) == {kind().name for kind in get_args(union)}

    @pytest.mark.parametrize(("kind", "table", "leave_out"), KINDS)
    def test_settings_are_the_arguments_of_their_part(self, kind, table, leave_out):
        part = build_part(table, kind(), leave_out)
        for name in kind.__struct_fields__:
            if name not in leave_out:
                assert getattr(part, name) == getattr(kind(), name)

    @pytest.mark.parametrize(("kind", "table", "leave_out"), KINDS)
    def test_every_setting_reaches_its_part(self, kind, table, leave_out):
        for name in kind.__struct_fields__:
            default = getattr(kind(), name)
            if name in leave_out:
                continue
            value = not default if isinstance(default, bool) else 0.375
            part = build_part(table, msgspec.structs.replace(kind(), **{name: value}), leave_out)
            assert getattr(part, name) == value


class TestTraining:
    @staticmethod
    def assert_learns_finite_numbers(experiment):
        trainer = Trainer(checked(experiment))
        start = trainer.network.parameters.copy()
        trainer.train(5)
        assert trainer.is_finite()
        assert np.isfinite(trainer.evaluate().train_loss)
        assert not np.array_equal(trainer.network.parameters, start)

    @pytest.mark.parametrize("activation", kinds(parts.HiddenActivationSettings))
    def test_hidden_activations(self, small, activation):
        self.assert_learns_finite_numbers(small({"layers.*.activation": activation.name}))

    @pytest.mark.parametrize("initializer", kinds(parts.InitializerSettings))
    def test_initializers(self, small, initializer):
        keys = {"layers.*.initializer": initializer.name, "output.initializer": initializer.name}
        self.assert_learns_finite_numbers(small(keys))

    @pytest.mark.parametrize("optimizer", kinds(optimizers.OptimizerSettings))
    def test_optimizers(self, small, optimizer):
        keys = {"layers": []} if optimizer.name == "perceptron" else {}
        self.assert_learns_finite_numbers(small({**keys, "optimizer": {"name": optimizer.name}}))

    @pytest.mark.parametrize("schedule", kinds(optimizers.ScheduleSettings))
    def test_schedules(self, small, schedule):
        self.assert_learns_finite_numbers(small({"optimizer.schedule": schedule.name}))

    @pytest.mark.parametrize("loss", kinds(parts.LossSettings))
    def test_losses(self, small, loss):
        keys = {"output.loss": loss.name}
        if loss.name == "perceptron":
            keys |= {"layers": [], "optimizer": {"name": "perceptron"}}
        self.assert_learns_finite_numbers(small(keys))

    @pytest.mark.parametrize("activation", kinds(parts.ActivationSettings))
    @pytest.mark.parametrize("source", ["moons", "spiral"])
    def test_output_activations_for_classes(self, small, activation, source):
        keys = {"data.source": source, "output.activation": activation.name}
        if activation.name == "step":
            keys |= {"layers": [], "optimizer": {"name": "perceptron"}}
        self.assert_learns_finite_numbers(small(keys))

    @pytest.mark.parametrize("activation", kinds(parts.HiddenActivationSettings))
    def test_output_activations_for_values(self, small, activation):
        keys = {"data.source": "plane", "output.activation": activation.name}
        self.assert_learns_finite_numbers(small({**keys, "output.loss": "mean_squared_error"}))


class TestNetwork:
    @staticmethod
    def network(experiment, classes=3):
        generator = np.random.default_rng(0)
        coding = TargetCoding.of("softmax", classes)
        return build_network(experiment, 2, coding, generator, np.random.default_rng(1))

    def test_layers_in_their_order_with_dropout_behind(self, small):
        network = self.network(
            small({"layers.0.dropout": 0.25, "layers.1.trainable": False, "output.trainable": True})
        )
        assert [type(layer) for layer in network.layers] == [Dense, Dropout, Dense, Dense]
        assert [layer.units for layer in network.dense_layers] == [5, 4, 3]
        assert [layer.trainable for layer in network.dense_layers] == [True, False, True]
        assert network.layers[1].rate == 0.25

    def test_the_penalty_is_that_of_the_experiment(self, small):
        settings = {"l1": 0.1, "l2": 0.2, "bias_l1": 0.3, "bias_l2": 0.4}
        penalty = self.network(small({"regularization": settings})).penalty
        assert {name: getattr(penalty, name) for name in settings} == settings

    @pytest.mark.parametrize("dtype", ["float32", "float64"])
    def test_the_dtype_is_that_of_the_experiment(self, small, dtype):
        assert self.network(small({"dtype": dtype})).parameters.dtype == dtype

    def test_dropout_does_not_move_the_initial_weights(self, small):
        plain, dropping = self.network(small()), self.network(small({"layers.*.dropout": 0.5}))
        assert plain.parameters.tobytes() == dropping.parameters.tobytes()


class TestSchedule:
    def test_a_warm_up_comes_before_it(self, small):
        settings = {"name": "exponential", "decay_steps": 2, "decay_rate": 0.25, "warmup_steps": 4}
        schedule = build_schedule(small({"optimizer.schedule": settings}))
        factors = [schedule.factor(step) for step in range(9)]
        expected = [0.25, 0.5, 0.75, 1.0, 1.0, 0.5, 0.25, 0.125, 0.0625]
        np.testing.assert_allclose(factors, expected, rtol=1e-12)


class TestData:
    def test_the_default_experiment(self):
        prepared = prepare_data(Experiment().data)
        assert (len(prepared.train), len(prepared.test)) == (240, 60)
        assert prepared.dataset.name == "spiral"

    def test_the_split_has_its_own_random_numbers(self, small):
        # The toys draw different amounts of numbers with and without noise.
        one = prepare_data(small({"data.source": "xor", "data.noise": 0.0}).data)
        other = prepare_data(small({"data.source": "circle", "data.noise": 0.3}).data)
        positions = []
        for prepared in (one, other):
            points = prepared.dataset.inputs.tolist()
            positions.append([points.index(point) for point in prepared.test.inputs.tolist()])
        assert positions[0] == positions[1]

    def test_every_setting_reaches_the_data(self, tmp_path, small):
        file = tmp_path / "points.csv"
        # Years for names and two values of the label: both would be guessed otherwise.
        rows = ["1990,1991,1992,1993", *(f"{i},{i * i},{i % 2},{i / 7}" for i in range(20))]
        file.write_text("\n".join(rows), encoding="utf-8")
        data = {
            "source": str(file),
            "header": True,
            "label": "1992",
            "columns": ["1991", "1990"],
            "task": "regression",
            "features": ["1991"],
            "standardize": False,
            "test_fraction": 0.5,
        }
        prepared = prepare_data(small({"data": data}).data)
        assert prepared.dataset.input_names == ("1991", "1990")
        assert prepared.dataset.target_name == "1992"
        assert prepared.dataset.task == "regression"
        assert prepared.preparation.feature_names == ("1991",)
        assert (len(prepared.train), len(prepared.test)) == (10, 10)
        inputs = prepared.preparation.inputs(prepared.train.inputs)
        np.testing.assert_array_equal(inputs[:, 0], prepared.train.inputs[:, 0])
