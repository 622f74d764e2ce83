"""What has to fit together across the keys of an experiment."""

import math
from dataclasses import dataclass

import msgspec

from nntui.data.facts import Task
from nntui.data.feature_names import canonical_feature
from nntui.errors import ExperimentError
from nntui.experiment.experiment import Experiment
from nntui.experiment.optimizers import (
    OptimizerSettings,
    PerceptronOptimizerSettings,
    SGDSettings,
)
from nntui.experiment.parts import (
    ActivationSettings,
    BinaryCrossentropySettings,
    CategoricalCrossentropySettings,
    InitializerSettings,
    LinearSettings,
    LossSettings,
    MeanSquaredErrorSettings,
    PerceptronLossSettings,
    SigmoidSettings,
    SoftmaxSettings,
    StepSettings,
    UniformSettings,
)
from nntui.experiment.text import KeyProblem, shown_value

# Losses that are defined for one output activation alone.
_ACTIVATION_OF_LOSS: dict[type[LossSettings], type[ActivationSettings]] = {
    CategoricalCrossentropySettings: SoftmaxSettings,
    BinaryCrossentropySettings: SigmoidSettings,
    PerceptronLossSettings: StepSettings,
}
_LOSS_OF_ACTIVATION = {v: k for k, v in _ACTIVATION_OF_LOSS.items()}


@dataclass(frozen=True)
class ResolvedOutput:
    """The output activation and the loss, with what was left open filled in from the data."""

    activation: ActivationSettings
    loss: LossSettings


def resolved_output(experiment: Experiment, task: Task) -> ResolvedOutput:
    """Fill in what the experiment leaves open about the output.

    The activation follows from the loss or the optimizer where these leave no choice, and
    otherwise from the task: softmax for classes, linear for values. The loss follows from the
    activation: categorical cross-entropy for softmax, binary cross-entropy for sigmoid, the
    perceptron's for step, and the mean squared error for all others.

    Args:
        experiment: A checked experiment.
        task: What the data turned out to be.

    Raises:
        ExperimentError: Where the output or the loss is for classes but the data are values.
    """
    activation = _implied_activation(experiment)
    if activation is None:
        activation = SoftmaxSettings() if task == "classification" else LinearSettings()
    loss = experiment.output.loss
    if loss is None:
        loss = _LOSS_OF_ACTIVATION.get(type(activation), MeanSquaredErrorSettings)()
    if task == "regression" and type(loss) in _ACTIVATION_OF_LOSS:
        raise ExperimentError(
            f"output.loss = {shown_value(loss.name)}: expected a loss for values, such as "
            f'"mean_squared_error", because the label holds values rather than classes'
            + ("" if experiment.output.loss else f" (it followed from {activation.name})")
        )
    return ResolvedOutput(activation, loss)


def with_canonical_features(experiment: Experiment) -> Experiment:
    """Give the names of features their usual spelling, so that equal choices are equal.

    Raises:
        KeyProblem: At a feature or a column that is named twice.
    """
    features = [canonical_feature(name) for name in experiment.data.features]
    for key, names in (("data.features", features), ("data.columns", experiment.data.columns)):
        twice = [name for index, name in enumerate(names) if name in names[:index]]
        if twice:
            raise KeyProblem(key, f"{key}: found {shown_value(twice[0])} twice, expected it once")
    data = msgspec.structs.replace(experiment.data, features=tuple(features))
    return msgspec.structs.replace(experiment, data=data)


def check_experiment(experiment: Experiment) -> None:
    """Check what no single key can show to be wrong.

    Raises:
        KeyProblem: Naming the key, what was found and what was expected.
    """
    _check_perceptron(experiment)
    _check_loss(experiment)
    _check_optimizer(experiment.optimizer)
    _check_initializer(experiment.output.initializer, "output.initializer")
    for index, layer in enumerate(experiment.layers):
        _check_initializer(layer.initializer, f"layers.{index}.initializer")


def _implied_activation(experiment: Experiment) -> ActivationSettings | None:
    """Tell the output activation where the experiment alone decides it."""
    output = experiment.output
    if output.activation is not None:
        return output.activation
    if isinstance(experiment.optimizer, PerceptronOptimizerSettings):
        return StepSettings()
    wanted = None if output.loss is None else _ACTIVATION_OF_LOSS.get(type(output.loss))
    return None if wanted is None else wanted()


def _check_perceptron(experiment: Experiment) -> None:
    """The step output, the perceptron loss and the perceptron rule only work together."""
    activation = _implied_activation(experiment)
    optimizer = experiment.optimizer
    learns_by_rule = isinstance(optimizer, PerceptronOptimizerSettings)
    has_step = isinstance(activation, StepSettings)
    if learns_by_rule and not has_step and activation is not None:
        raise _misfit(
            "output.activation", activation.name, '"step", because the optimizer is perceptron'
        )
    if has_step and not learns_by_rule:
        raise _misfit(
            "optimizer.name", optimizer.name, '"perceptron", because the output is a step'
        )
    if has_step and experiment.layers:
        raise KeyProblem(
            "layers",
            f"layers: found {len(experiment.layers)} hidden, expected none (layers = []), "
            "because the perceptron rule trains a single layer",
        )


def _check_loss(experiment: Experiment) -> None:
    activation, loss = _implied_activation(experiment), experiment.output.loss
    if activation is None or loss is None:
        return
    wanted = _ACTIVATION_OF_LOSS.get(type(loss))
    if wanted is not None and not isinstance(activation, wanted):
        fitting = _LOSS_OF_ACTIVATION.get(type(activation), MeanSquaredErrorSettings)().name
        raise _misfit(
            "output.loss",
            loss.name,
            f'a loss that fits the output activation {activation.name}, such as "{fitting}"; '
            f"{loss.name} needs {wanted().name}",
        )
    if isinstance(activation, StepSettings) and not isinstance(loss, PerceptronLossSettings):
        raise _misfit("output.loss", loss.name, '"perceptron", because the output is a step')


def _check_optimizer(optimizer: OptimizerSettings) -> None:
    if isinstance(optimizer, SGDSettings) and optimizer.nesterov and optimizer.momentum == 0:
        raise KeyProblem(
            "optimizer.nesterov",
            "optimizer.nesterov = true: expected optimizer.momentum greater than 0 beside it, "
            "found 0",
        )


def _check_initializer(initializer: InitializerSettings, key: str) -> None:
    if not isinstance(initializer, UniformSettings):
        return
    low, high = initializer.low, initializer.high
    if low >= high:
        raise KeyProblem(
            f"{key}.low", f"{key}.low = {low}: expected a number less than {key}.high, {high}"
        )
    if not math.isfinite(high - low):
        raise KeyProblem(f"{key}.low", f"{key}: found {low} to {high}, expected a smaller range")


def _misfit(key: str, name: str, expected: str) -> KeyProblem:
    return KeyProblem(key, f"{key} = {shown_value(name)}: expected {expected}")
