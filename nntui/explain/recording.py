"""A training step with everything that it read and wrote, call by call."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from nntui.engine.network import Network
from nntui.engine.optimizers import Optimizer
from nntui.engine.tape import Array
from nntui.engine.training_step import TrainingStep
from nntui.explain.layer_records import (
    ForwardRecord,
    LayerRecord,
    dropouts,
    forward_records,
    layer_records,
)
from nntui.explain.tracing import Numbers, Ran, Tracer


@dataclass(frozen=True, eq=False)
class Losses:
    """How wrong the network was.

    Attributes:
        mean: The mean loss of the batch.
        penalty: The penalty on the weights.
        each: The loss of each point, (batch,); of a very large batch only of the first points.
    """

    mean: float
    penalty: float
    each: Array


MOST_LOSSES = 512
"""For how many points the loss is computed one by one."""


@dataclass(frozen=True, eq=False)
class Recording:
    """An update that has been made, with copies of all its numbers.

    Attributes:
        network: The network; its own arrays go on to change.
        optimizer: The optimizer; the same.
        updates: How many updates the optimizer had made before this one.
        learning_rate: Of this update, with its schedule.
        inputs: What was learnt from, (inputs, batch).
        targets: What the outputs should have been, (units, batch).
        layers: What each dense layer did.
        ran: All calls, in order.
        before: The loss before the update.
        after: The loss of the same points, with the same dropout masks, after it.
        again: What each dense layer answered after the update.
        parameters: Before and after the update, (2, parameters).
        states: The optimizer's memory before and after, (2, slots, parameters).
        gradients: After penalty and clipping, (parameters,).
    """

    network: Network
    optimizer: Optimizer
    updates: int
    learning_rate: float
    inputs: Array
    targets: Array
    layers: tuple[LayerRecord, ...]
    ran: tuple[Ran, ...]
    before: Losses
    after: Losses
    again: tuple[ForwardRecord, ...]
    parameters: Array
    states: Array
    gradients: Array

    @property
    def batch_size(self) -> int:
        """How many points were learnt from."""
        return self.inputs.shape[1]

    @property
    def memories(self) -> tuple[str, ...]:
        """What the optimizer remembers with its present settings: the slots that it fills."""
        filled = [ran.call.out for ran in self.ran if ran.call.stage == "update"]
        return tuple(
            slot
            for slot, row in zip(self.optimizer.slots, self.optimizer.state, strict=True)
            if any(np.may_share_memory(out, row) for out in filled)
        )

    def of_layer(self, vector: Numbers, index: int) -> Numbers:
        """Cut a layer's block out of vectors of all parameters.

        Args:
            vector: (..., parameters).
            index: The dense layer.

        Returns:
            (..., inputs + 1, units).
        """
        block, start = self.network.dense_layers[index].parameters, self.start_of_layer(index)
        part = vector[..., start : start + block.size]
        return part.reshape(*vector.shape[:-1], *block.shape)

    def start_of_layer(self, index: int) -> int:
        """Return where the parameters of a dense layer begin among all parameters."""
        return sum(layer.parameters.size for layer in self.network.dense_layers[:index])


@np.errstate(all="ignore")
def record(step: TrainingStep, network: Network, optimizer: Optimizer, updates: int) -> Recording:
    """Make the update of a training step, with the same results bit for bit, and record it.

    Args:
        step: The step; its batch has been filled and the optimizer's ``begin_step`` called.
        network: What it trains.
        optimizer: What makes its update.
        updates: How many updates the optimizer has made.
    """
    calls, targets = step.program.calls, step.targets.copy()
    parameters, state = network.parameters.copy(), optimizer.state.copy()
    generators = [layer.generator.bit_generator for layer in dropouts(network)]
    drawn_from = [generator.state for generator in generators]
    penalty_before = network.penalty_value()
    ran = Tracer().run(calls)
    layers = layer_records(network, ran)
    parameters = np.stack([parameters, network.parameters])
    states = np.stack([state, optimizer.state])
    # The same masks are drawn again, which leaves the generators where the update left them.
    for generator, start in zip(generators, drawn_from, strict=True):
        generator.state = start
    ran_again = Tracer().run(call for call in calls if call.stage == "forward")
    again = forward_records(network, ran_again)
    return Recording(
        network=network,
        optimizer=optimizer,
        updates=updates,
        learning_rate=float(optimizer.learning_rate),
        inputs=layers[0].forward.inputs,
        targets=targets,
        layers=layers,
        ran=ran,
        before=_losses(network, [layer.forward for layer in layers], targets, penalty_before),
        after=_losses(network, again, targets, network.penalty_value()),
        again=again,
        parameters=parameters,
        states=states,
        gradients=network.gradients.copy(),
    )


def _losses(
    network: Network, forward: Sequence[ForwardRecord], targets: Array, penalty: float
) -> Losses:
    sums, outputs = forward[-1].sums, forward[-1].activations
    each = [
        network.loss.value(sums[:, point], outputs[:, point], targets[:, point])
        for point in (slice(n, n + 1) for n in range(min(targets.shape[1], MOST_LOSSES)))
    ]
    return Losses(network.loss.value(sums, outputs, targets), penalty, np.array(each))
