"""Where the user is in the network: on a neuron, or on a weight between two."""

from dataclasses import dataclass

from nntui.anatomy.values import Neuron
from nntui.training.messages import ParameterPlace


@dataclass(frozen=True)
class NetworkCursor:
    """A neuron, or one of the weights that come into it.

    Attributes:
        column: The neuron's column in the graph: 0 for the inputs.
        unit: Its number in the column, counted from 0.
        source: The unit of the column before that the weight comes from; None on the neuron
            itself, which stands for its bias.
        is_outgoing: On a weight: whether it is looked at from where it comes from, so that going
            up and down leads to the other weights of that neuron.
    """

    column: int = 1
    unit: int = 0
    source: int | None = None
    is_outgoing: bool = False

    @property
    def neuron(self) -> Neuron:
        """The neuron that is described: on an outgoing weight, the one that it comes from."""
        if self.source is not None and self.is_outgoing:
            return Neuron(self.column - 1, self.source)
        return Neuron(self.column, self.unit)

    def parameter(self, units: tuple[int, ...]) -> ParameterPlace | None:
        """Return the weight or bias under the cursor; None on an input.

        Args:
            units: How many units each column has, the inputs first.
        """
        if self.column == 0:
            return None
        row = units[self.column - 1] if self.source is None else self.source
        return ParameterPlace(self.column - 1, row, self.unit)

    def fitted(self, units: tuple[int, ...]) -> "NetworkCursor":
        """Return the nearest place that exists in a network of these units."""
        column = min(self.column, len(units) - 1)
        unit = min(self.unit, units[column] - 1)
        if self.source is None or column == 0:
            return NetworkCursor(column, unit)
        source = min(self.source, units[column - 1] - 1)
        return NetworkCursor(column, unit, source, self.is_outgoing)


class NetworkPlace:
    """What the panes of the Network view have in common: where the user is.

    Attributes:
        cursor: The neuron or weight.
    """

    def __init__(self) -> None:
        self.cursor = NetworkCursor()
