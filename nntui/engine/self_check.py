"""Is every part of the engine right? The gradient check of each of them, one after the other.

Each part is put into a small network with random weights and random points, and the network's
gradients are compared with central differences (see ``gradient_check``). The tables of ``parts``
say what there is to check, so a part that is added there is checked too.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields

import numpy as np
from numpy.typing import NDArray

from nntui.engine.gradient_check import TOLERANCE, largest_relative_error
from nntui.engine.initializers import Normal
from nntui.engine.layers import Dense, Dropout, Layer, Silence
from nntui.engine.network import Network
from nntui.engine.parts import ACTIVATIONS, LOSSES
from nntui.engine.regularizers import Penalty
from nntui.engine.training_step import ROWS_FROM

ARGUMENTS: Mapping[str, Mapping[str, float]] = {
    "leaky_relu": {"negative_slope": 0.1},
    "elu": {"alpha": 0.7},
    "huber": {"delta": 0.5},
}
"""What parts that need arguments are made with: no ones, so that a forgotten factor shows."""

UNFUSED_OUTPUTS = ("linear", "sigmoid", "tanh", "softmax")
"""The output activations that losses of no particular activation are checked with."""

HIDDEN_UNITS = 4
"""The units of each hidden layer."""

OUTPUT_UNITS = 3
"""The units of the output layer."""

RANDOM_NETWORKS = 3
"""How many networks with everything in them are checked at the end."""


@dataclass(frozen=True)
class PartCheck:
    """What came of checking one part.

    Attributes:
        kind: "layer", "activation", "loss", "penalty" or "network".
        name: Which of them.
        error: The largest relative error of a gradient.
        passed: Whether that is small enough.
    """

    kind: str
    name: str
    error: float
    passed: bool


def checks(seed: int) -> Iterator[PartCheck]:
    """Check every part of the engine, one by one.

    Args:
        seed: Chooses the weights, the points and the networks at the end.
    """
    generator = np.random.default_rng(seed)
    for kind, name, design in _designs(generator):
        error = _error(design, generator)
        yield PartCheck(kind, name, error, passed=error <= TOLERANCE)


@dataclass(frozen=True)
class _Design:
    """A network to check, and how many points to check it with.

    Attributes:
        hidden: The activation of each hidden layer.
        output: The activation of the output layer.
        loss: The loss's name.
        penalty: The price on large weights.
        dropout: The rate of dropout after each hidden layer.
        frozen: The positions of the Dense layers that are not trained.
        frozen_units: The neurons of each hidden layer that are not trained.
        silenced_units: The neurons of each hidden layer that pass on nothing.
        inputs: The number of inputs.
        points: The number of points in the batch.
    """

    hidden: tuple[str, ...] = ("tanh",)
    output: str = "linear"
    loss: str = "mean_squared_error"
    penalty: Penalty = field(default_factory=Penalty)
    dropout: float = 0.0
    frozen: tuple[int, ...] = ()
    frozen_units: tuple[int, ...] = ()
    silenced_units: tuple[int, ...] = ()
    inputs: int = 3
    points: int = 6


def _designs(generator: np.random.Generator) -> Iterator[tuple[str, str, _Design]]:
    """Yield the kind and the name of each part, and the network to check it in."""
    yield "layer", "dense", _Design(hidden=("tanh", "tanh"))
    yield "layer", "dense with many inputs", _Design(inputs=ROWS_FROM)
    yield "layer", "dense, every other one frozen", _Design(hidden=("tanh",) * 3, frozen=(0, 2))
    yield "layer", "dense, the middle one frozen", _Design(hidden=("tanh",) * 2, frozen=(1,))
    # The penalty has a gradient of its own, which frozen neurons must not get either.
    some_frozen = _Design(hidden=("tanh", "tanh"), frozen_units=(1, 3), penalty=Penalty(l2=0.3))
    yield "layer", "dense, some neurons frozen", some_frozen
    yield "layer", "silence", _Design(hidden=("tanh", "tanh"), silenced_units=(0, 2))
    yield "layer", "dropout", _Design(hidden=("tanh", "tanh"), dropout=0.4)
    for name in ACTIVATIONS:
        yield "activation", name, _Design(hidden=(name,))
    for loss, output in _losses_with_outputs():
        yield "loss", f"{loss} with {output}", _Design(loss=loss, output=output)
    for factor in fields(Penalty):
        yield "penalty", factor.name, _Design(penalty=Penalty(**{factor.name: 0.3}))
    for _ in range(RANDOM_NETWORKS):
        design = _random_design(generator)
        layers = " → ".join((*design.hidden, design.output))
        yield "network", f"{layers}, {design.loss}", design


def _losses_with_outputs() -> list[tuple[str, str]]:
    """Return each loss with each output activation that it is for."""
    pairs: list[tuple[str, str]] = []
    for name in LOSSES:
        fused_with = LOSSES[name](**ARGUMENTS.get(name, {})).fused_with
        own = [output for output, make in ACTIVATIONS.items() if make is fused_with]
        pairs += [(name, output) for output in own or UNFUSED_OUTPUTS]
    return pairs


def _random_design(generator: np.random.Generator) -> _Design:
    """Draw a network with one to three hidden layers, dropout and every penalty."""
    names = [name for name in ACTIVATIONS if name != "step"]  # It would block every gradient.
    losses = _losses_with_outputs()
    loss, output = losses[generator.integers(len(losses))]
    hidden = generator.choice(names, generator.integers(1, 4))
    return _Design(
        hidden=tuple(str(name) for name in hidden),
        output=output,
        loss=loss,
        penalty=Penalty(*generator.uniform(0.0, 0.1, len(fields(Penalty))).tolist()),
        dropout=float(generator.uniform(0.1, 0.5)),
        inputs=int(generator.integers(1, 6)),
        points=int(generator.integers(1, 10)),
    )


def _error(design: _Design, generator: np.random.Generator) -> float:
    """Check the gradients of one network at random weights and points."""
    network = _build(design, generator)
    # Biases start at 0, where nothing much is tested, so all parameters are drawn.
    network.parameters[:] = generator.normal(0.0, 0.7, len(network.parameters))
    inputs = generator.normal(size=(design.points, design.inputs))
    return largest_relative_error(network, inputs, _targets(network, design.points, generator))


def _build(design: _Design, generator: np.random.Generator) -> Network:
    layers: list[Layer] = []
    names = (*design.hidden, design.output)
    for position, name in enumerate(names):
        is_output = position == len(names) - 1
        activation = ACTIVATIONS[name](**ARGUMENTS.get(name, {}))
        units = OUTPUT_UNITS if is_output else HIDDEN_UNITS
        layers.append(
            Dense(
                units,
                activation,
                Normal(1.0),
                trainable=position not in design.frozen,
                frozen_units=() if is_output else design.frozen_units,
            )
        )
        if design.silenced_units and not is_output:
            layers.append(Silence(design.silenced_units))
        if design.dropout and not is_output:
            layers.append(Dropout(design.dropout, generator))
    return Network(
        design.inputs,
        layers,
        LOSSES[design.loss](**ARGUMENTS.get(design.loss, {})),
        penalty=design.penalty,
        dtype="float64",
        generator=generator,
    )


def _targets(network: Network, points: int, generator: np.random.Generator) -> NDArray[np.float64]:
    """Draw targets: probabilities of classes for a loss that is about classes, else any number."""
    if network.loss.fused_with is not None:
        return generator.dirichlet(np.ones(network.units), points)
    return generator.normal(size=(points, network.units))
