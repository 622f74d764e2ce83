"""A look into a network: what every neuron answers to some points."""

from typing import Any

from numpy.typing import NDArray

from nntui.engine.layers import Dense, Silence
from nntui.engine.network import Network
from nntui.engine.tape import Array, Program, Tape


class Look:
    """The forward calls for some points, of which every column of the graph is kept.

    A column is counted as in the graph: 0 the inputs, then one for each Dense layer.

    Args:
        network: What is looked into; its present weights count at each ``run``.
        inputs: What it is given, (points, inputs).
        last: The last column that is needed; None for all of them.

    Attributes:
        answers: What the units of each column answer, before any is silenced: for each column
            an array (units, points) that ``run`` fills anew.
        passed_on: What each column passes on to the next: 0 for a silenced unit.
    """

    def __init__(self, network: Network, inputs: NDArray[Any], last: int | None = None) -> None:
        tape = Tape(len(inputs), network.dtype, training=False, keep_sums=False)
        signal = tape.signal(network.inputs, needs_delta=False)
        signal.values[:] = inputs.T
        self.answers: list[Array] = [signal.values]
        self.passed_on: list[Array] = [signal.values]
        for layer in network.layers:
            if isinstance(layer, Dense):
                if len(self.answers) - 1 == last:
                    break
                signal, _ = layer.record(tape, signal)
                self.answers.append(signal.values)
                self.passed_on.append(signal.values)
            else:
                signal, _ = layer.record(tape, signal)
                self.passed_on[-1] = signal.values
        self._program = Program(tape)

    def run(self) -> None:
        """Answer all points with the network's present weights."""
        self._program.run()


def silenced_units(network: Network) -> list[tuple[int, ...]]:
    """Return the units that pass on nothing, for each column of the graph, the inputs first."""
    silenced: list[tuple[int, ...]] = [()]
    for layer in network.layers:
        if isinstance(layer, Dense):
            silenced.append(())
        elif isinstance(layer, Silence):
            silenced[-1] = layer.units
    return silenced


def affordable_points(network: Network, last: int, products: float) -> int:
    """Return how many points can be answered with so many products of a weight and a value.

    So an answer about a large network does not take longer than a screen can wait.

    Args:
        network: The network.
        last: The last column that is needed.
        products: How many products are allowed.
    """
    parameters = sum(layer.parameters.size for layer in network.dense_layers[:last])
    return max(int(products / max(parameters, 1)), 1)
