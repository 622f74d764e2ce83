"""The records: defaults, what fits together, and what follows from what."""

import subprocess
import sys

import pytest

from nntui.errors import ExperimentError
from nntui.experiment.checks import resolved_output
from nntui.experiment.convert import checked, from_plain, to_plain
from nntui.experiment.experiment import (
    DataSettings,
    Experiment,
    LayerSettings,
    OutputSettings,
    RegularizationSettings,
)
from nntui.experiment.optimizers import (
    AdamSettings,
    PerceptronOptimizerSettings,
    SGDSettings,
)
from nntui.experiment.parts import (
    BinaryCrossentropySettings,
    CategoricalCrossentropySettings,
    ELUSettings,
    HuberSettings,
    LinearSettings,
    MeanSquaredErrorSettings,
    PerceptronLossSettings,
    SigmoidSettings,
    SoftmaxSettings,
    StepSettings,
    TanhSettings,
    UniformSettings,
)


def test_the_default_experiment_is_sound():
    assert checked(Experiment()) == Experiment()
    assert from_plain({}) == Experiment()


def test_experiments_are_frozen_and_hashable():
    with pytest.raises(AttributeError):
        Experiment().seed = 1
    assert len({Experiment(), Experiment(), Experiment(seed=8)}) == 2


def test_reading_experiments_does_not_load_numpy():
    code = (
        "import sys, nntui.experiment.flags, nntui.experiment.overrides\n"
        "sys.exit('numpy' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@pytest.mark.parametrize(
    ("experiment", "parts"),
    [
        (Experiment(seed=-1), ["seed = -1", "from 0"]),
        (Experiment(optimizer=AdamSettings(learning_rate=float("inf"))), ["= inf", "finite"]),
        (Experiment(regularization=RegularizationSettings(l2=float("nan"))), ["l2 = nan"]),
        (Experiment(layers=(LayerSettings(units=0),)), ["layers.0.units = 0", "1 to 65536"]),
        (Experiment(layers=(LayerSettings(dropout=1.0),)), ["layers.0.dropout = 1.0", "below 1"]),
        (
            Experiment(optimizer=SGDSettings(nesterov=True)),
            ["optimizer.nesterov", "momentum greater than 0"],
        ),
        (
            Experiment(output=OutputSettings(initializer=UniformSettings(low=0.5, high=0.5))),
            ["output.initializer.low = 0.5", "less than"],
        ),
        (
            Experiment(
                layers=(LayerSettings(initializer=UniformSettings(low=-1e308, high=1e308)),)
            ),
            ["layers.0.initializer", "smaller range"],
        ),
        (Experiment(data=DataSettings(features=("x1^2", "X1²"))), ["x1^2", "twice"]),
        (Experiment(data=DataSettings(columns=("a", "a"))), ["data.columns", "twice"]),
    ],
)
def test_what_was_put_together_wrongly_is_refused(experiment, parts):
    with pytest.raises(ExperimentError) as caught:
        checked(experiment)
    for part in parts:
        assert part in str(caught.value)


@pytest.mark.parametrize("name", ["softmax", "step", "Softmax"])
def test_output_functions_are_refused_in_hidden_layers(name):
    with pytest.raises(ExperimentError, match=r"layers\.1\.activation = .*relu.*because") as caught:
        from_plain({"layers": [{}, {"activation": name}]})
    assert "output alone" in str(caught.value)


@pytest.mark.parametrize(
    ("activation", "loss"),
    [
        ("tanh", "categorical_crossentropy"),
        ("sigmoid", "categorical_crossentropy"),
        ("softmax", "binary_crossentropy"),
        ("linear", "binary_crossentropy"),
        ("linear", "perceptron"),
    ],
)
def test_a_loss_that_does_not_fit_the_output_is_refused(activation, loss):
    with pytest.raises(ExperimentError, match=f'"{loss}".* {activation}|"adam"'):
        from_plain({"output": {"activation": activation, "loss": loss}})


@pytest.mark.parametrize("loss", ["mean_squared_error", "mean_absolute_error", "huber"])
@pytest.mark.parametrize("activation", ["softmax", "sigmoid", "tanh", "linear"])
def test_distances_fit_every_output_but_a_step(activation, loss):
    experiment = from_plain({"output": {"activation": activation, "loss": loss}})
    assert experiment.output.activation.name == activation
    with pytest.raises(ExperimentError, match=r"output\.loss.*perceptron"):
        from_plain(
            {
                "output": {"activation": "step", "loss": loss},
                "optimizer": "perceptron",
                "layers": [],
            }
        )


def test_the_perceptron_needs_its_rule_its_step_and_no_hidden_layers():
    from_plain({"optimizer": "perceptron", "layers": []})
    with pytest.raises(ExperimentError, match=r"layers: found 2.*expected none"):
        from_plain({"optimizer": "perceptron"})
    with pytest.raises(ExperimentError, match=r'output\.activation = "softmax".*"step"'):
        from_plain({"optimizer": "perceptron", "layers": [], "output": {"activation": "softmax"}})
    with pytest.raises(ExperimentError, match=r'optimizer\.name = "adam".*"perceptron"'):
        from_plain({"layers": [], "output": {"activation": "step"}})
    with pytest.raises(ExperimentError, match=r'optimizer\.name = "adam".*"perceptron"'):
        from_plain({"layers": [], "output": {"loss": "perceptron"}})


@pytest.mark.parametrize(
    ("activation", "loss", "task", "expected"),
    [
        (None, None, "classification", (SoftmaxSettings(), CategoricalCrossentropySettings())),
        (None, None, "regression", (LinearSettings(), MeanSquaredErrorSettings())),
        (
            SigmoidSettings(),
            None,
            "classification",
            (SigmoidSettings(), BinaryCrossentropySettings()),
        ),
        (
            None,
            BinaryCrossentropySettings(),
            "classification",
            (SigmoidSettings(), BinaryCrossentropySettings()),
        ),
        (TanhSettings(), None, "classification", (TanhSettings(), MeanSquaredErrorSettings())),
        (
            None,
            HuberSettings(delta=2.0),
            "regression",
            (LinearSettings(), HuberSettings(delta=2.0)),
        ),
    ],
)
def test_what_is_left_open_about_the_output_follows(activation, loss, task, expected):
    experiment = checked(Experiment(output=OutputSettings(activation=activation, loss=loss)))
    resolved = resolved_output(experiment, task)
    assert (resolved.activation, resolved.loss) == expected


def test_the_perceptron_optimizer_implies_the_step():
    experiment = checked(Experiment(optimizer=PerceptronOptimizerSettings(), layers=()))
    resolved = resolved_output(experiment, "classification")
    assert resolved.activation == StepSettings()
    assert resolved.loss == PerceptronLossSettings()


def test_values_refuse_a_loss_for_classes():
    experiment = checked(Experiment(output=OutputSettings(activation=SoftmaxSettings())))
    with pytest.raises(ExperimentError, match=r"output\.loss.*values.*followed from softmax"):
        resolved_output(experiment, "regression")


def test_parts_are_bare_names_until_a_setting_is_changed():
    experiment = Experiment(
        layers=(LayerSettings(activation=ELUSettings(alpha=0.5)),),
        output=OutputSettings(activation=ELUSettings()),
    )
    plain = to_plain(experiment)
    assert plain["layers"][0]["activation"] == {"name": "elu", "alpha": 0.5}
    assert plain["output"]["activation"] == "elu"
    assert plain["optimizer"]["name"] == "adam"
    assert "loss" not in plain["output"]


@pytest.mark.parametrize("name", ["leaky_relu", "leaky-relu", "Leaky_ReLU", "LeakyReLU"])
def test_case_and_hyphens_do_not_matter_in_a_name(name):
    experiment = from_plain({"layers": [{"activation": name}]})
    assert experiment.layers[0].activation.name == "leaky_relu"


def test_features_get_their_usual_spelling():
    experiment = from_plain({"data": {"features": ["X1", "x2²", "sin x1"]}})
    assert experiment.data.features == ("x1", "x2^2", "sin(x1)")


def test_names_are_those_of_the_engine():
    assert SGDSettings().name == "sgd"
    assert PerceptronLossSettings().name == "perceptron"
