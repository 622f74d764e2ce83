"""From an experiment to the objects that train: data, network, optimizer, schedule."""

from collections.abc import Callable, Mapping
from typing import TypeVar

import msgspec
import numpy as np

from nntui.data.preparation import Prepared, prepare
from nntui.data.sources import load
from nntui.engine.layers import Dense, Dropout, Layer, Silence
from nntui.engine.network import Network
from nntui.engine.optimizers import Optimizer
from nntui.engine.parts import ACTIVATIONS, INITIALIZERS, LOSSES, OPTIMIZERS, SCHEDULES
from nntui.engine.regularizers import Penalty
from nntui.engine.schedules import Schedule, WarmUp
from nntui.experiment.checks import resolved_output
from nntui.experiment.experiment import DataSettings, Experiment
from nntui.experiment.parts import PartSettings
from nntui.experiment.unit_numbers import check_output_units
from nntui.training.targets import TargetCoding

Part = TypeVar("Part")


def prepare_data(settings: DataSettings) -> Prepared:
    """Make or read an experiment's data, split them and learn how to standardize them.

    Raises:
        DataError: The data cannot be read or made.
    """
    dataset = load(
        settings.source,
        samples=settings.samples,
        classes=settings.classes,
        noise=settings.noise,
        seed=settings.seed,
        label=settings.label,
        header=settings.header,
        task=settings.task,
        columns=settings.columns,
    )
    return prepare(
        dataset,
        features=settings.features,
        standardize=settings.standardize,
        test_fraction=settings.test_fraction,
        # A stream of its own, so that the split does not hang on how many numbers a toy drew.
        generator=np.random.default_rng([settings.seed, 1]),
    )


def target_coding(experiment: Experiment, classes: int) -> TargetCoding:
    """Tell what the network's outputs stand for.

    Args:
        experiment: A checked experiment.
        classes: The number of classes of its data; 0 for a value.

    Raises:
        ExperimentError: The output is for classes and the data are values.
    """
    task = "classification" if classes else "regression"
    return TargetCoding.of(resolved_output(experiment, task).activation.name, classes)


def build_network(
    experiment: Experiment,
    inputs: int,
    coding: TargetCoding,
    weights_generator: np.random.Generator,
    dropout_generator: np.random.Generator,
) -> Network:
    """Build the network of an experiment, with fresh initial weights.

    Args:
        experiment: A checked experiment.
        inputs: The number of the network's inputs.
        coding: What its outputs stand for.
        weights_generator: Where the initial weights come from.
        dropout_generator: Where the masks of dropout come from.

    Raises:
        ExperimentError: An output is to be frozen that the network does not have.
    """
    check_output_units(experiment, coding.units)
    output = resolved_output(experiment, coding.task)
    layers: list[Layer] = []
    for layer in experiment.layers:
        activation = build_part(ACTIVATIONS, layer.activation)
        initializer = build_part(INITIALIZERS, layer.initializer)
        layers.append(
            Dense(
                layer.units,
                activation,
                initializer,
                trainable=layer.trainable,
                frozen_units=from_zero(layer.frozen_units),
            )
        )
        if layer.silenced_units:
            layers.append(Silence(from_zero(layer.silenced_units)))
        if layer.dropout:
            layers.append(Dropout(layer.dropout, dropout_generator))
    layers.append(
        Dense(
            coding.units,
            build_part(ACTIVATIONS, output.activation),
            build_part(INITIALIZERS, experiment.output.initializer),
            trainable=experiment.output.trainable,
            frozen_units=from_zero(experiment.output.frozen_units),
        )
    )
    return Network(
        inputs,
        layers,
        build_part(LOSSES, output.loss),
        penalty=Penalty(**msgspec.structs.asdict(experiment.regularization)),
        dtype=experiment.dtype,
        generator=weights_generator,
    )


def from_zero(numbers: tuple[int, ...]) -> tuple[int, ...]:
    """Turn neurons counted from 1, as an experiment names them, into ones counted from 0."""
    return tuple(number - 1 for number in numbers)


def untrained_network(experiment: Experiment, inputs: int, coding: TargetCoding) -> Network:
    """Build the network of an experiment to be given weights from elsewhere."""
    unused = np.random.default_rng(0)
    return build_network(experiment, inputs, coding, unused, unused)


def build_optimizer(experiment: Experiment, network: Network) -> Optimizer:
    """Build the optimizer of an experiment, as it is before the first step."""
    of_every_optimizer = ("learning_rate", "schedule", "clip_norm")
    optimizer = build_part(OPTIMIZERS, experiment.optimizer, leave_out=of_every_optimizer)
    optimizer.allocate(len(network.parameters), network.dtype)
    return optimizer


def build_schedule(experiment: Experiment) -> Schedule:
    """Build the schedule of an experiment's learning rate, warm-up included."""
    settings = experiment.optimizer.schedule
    schedule = build_part(SCHEDULES, settings, leave_out=("warmup_steps",))
    return WarmUp(settings.warmup_steps, schedule) if settings.warmup_steps else schedule


def build_part(
    parts: Mapping[str, Callable[..., Part]],
    settings: PartSettings,
    leave_out: tuple[str, ...] = (),
) -> Part:
    """Make a part of the engine from its settings, whose names are the part's arguments.

    Args:
        parts: The parts by name.
        settings: The settings of one of them.
        leave_out: Settings that are not the part's own.
    """
    arguments = msgspec.structs.asdict(settings)
    return parts[settings.name](**{k: v for k, v in arguments.items() if k not in leave_out})
