"""What neurons, inputs and parts of the engine are called on a page."""

from collections.abc import Mapping
from dataclasses import dataclass

from nntui.engine.losses import PerceptronCriterion
from nntui.engine.optimizers import SGD
from nntui.engine.parts import ACTIVATIONS, LOSSES, OPTIMIZERS
from nntui.explain.recording import Recording


@dataclass(frozen=True)
class Names:
    """What the network's ends are called.

    Attributes:
        inputs: Each of its inputs.
        outputs: Each of its outputs.
    """

    inputs: tuple[str, ...]
    outputs: tuple[str, ...]


def unit_names(recording: Recording, names: Names, index: int) -> tuple[str, ...]:
    """Name the neurons of a dense layer; −1 is the inputs."""
    if index < 0:
        return names.inputs
    if index == len(recording.layers) - 1:
        return names.outputs
    return tuple(f"neuron {n}" for n in range(1, recording.layers[index].layer.units + 1))


def parameter_names(recording: Recording, names: Names, index: int) -> tuple[str, ...]:
    """Name the parameters of a neuron of a dense layer: its inputs, then the bias."""
    return (*unit_names(recording, names, index - 1), "bias")


def layer_title(recording: Recording, index: int) -> str:
    """Name a dense layer, such as ``layer 1 of 3``."""
    return f"layer {index + 1} of {len(recording.layers)}"


def activation_name(recording: Recording, index: int) -> str:
    """Return what experiments call the activation of a dense layer."""
    return part_name(ACTIVATIONS, recording.layers[index].layer.activation)


def part_name(parts: Mapping[str, object], part: object) -> str:
    """Return what experiments call an activation, a loss or an optimizer.

    Example:
        >>> from nntui.engine.rectifiers import ReLU
        >>> part_name(ACTIVATIONS, ReLU())
        'relu'
    """
    kind = type(part)
    return next((name for name, known in parts.items() if known is kind), kind.__name__)


def loss_name(recording: Recording) -> str:
    """Return what experiments call the loss."""
    return part_name(LOSSES, recording.network.loss)


def optimizer_name(recording: Recording) -> str:
    """Return what experiments call the optimizer; plain descent can be the perceptron rule."""
    if isinstance(recording.network.loss, PerceptronCriterion):
        optimizer = recording.optimizer
        if isinstance(optimizer, SGD) and not optimizer.momentum:
            return "perceptron"
    return part_name(OPTIMIZERS, recording.optimizer)
