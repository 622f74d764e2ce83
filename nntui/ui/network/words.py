"""What the places of a network are called, for the user."""

import math
from dataclasses import dataclass

from nntui.anatomy.values import Anatomy, Neuron
from nntui.ui.figures import figure
from nntui.ui.network.place import NetworkCursor


def number(value: float) -> str:
    """Write a number with three digits that matter, and a minus sign as long as a plus sign.

    Example:
        >>> number(-0.4821), number(0.00002)
        ('−0.482', '2.00e−05')
    """
    return "?" if math.isnan(value) else figure(value).replace("-", "−")


@dataclass(frozen=True)
class Names:
    """The names of a network's inputs and outputs.

    Attributes:
        units: How many units each column has, the inputs first.
        inputs: What the inputs are; empty where it is not known.
        outputs: What each output stands for; likewise.
    """

    units: tuple[int, ...]
    inputs: tuple[str, ...] = ()
    outputs: tuple[str, ...] = ()

    @classmethod
    def of(cls, anatomy: Anatomy) -> "Names":
        """Take them from what the trainer has told."""
        return cls(anatomy.units, anatomy.input_names, anatomy.output_names)

    def neuron(self, neuron: Neuron) -> str:
        """Name a neuron in full: ``neuron 3 of layer 1``, ``input x1``, ``output setosa``."""
        column, unit = neuron.column, neuron.unit
        if column == 0:
            return f"input {self.short(neuron)}"
        if column == len(self.units) - 1:
            return f"output {self.short(neuron)}"
        return f"neuron {unit + 1} of layer {column}"

    def short(self, neuron: Neuron) -> str:
        """Name a neuron within its column: ``3``, ``x1``, ``setosa``."""
        names: tuple[str, ...] = ()
        if neuron.column == 0:
            names = self.inputs
        elif neuron.column == len(self.units) - 1:
            names = self.outputs
        return names[neuron.unit] if neuron.unit < len(names) else str(neuron.unit + 1)

    def name(self, column: int, unit: int) -> str:
        """Name a neuron in full by its place in the graph."""
        return self.neuron(Neuron(column, unit))

    def layer(self, column: int) -> str:
        """Name a layer: ``layer 1``, ``the output layer``."""
        return "the output layer" if column == len(self.units) - 1 else f"layer {column}"

    def parameter(self, cursor: NetworkCursor) -> str:
        """Name the weight or bias under a cursor, as short as it stays clear."""
        neuron = Neuron(cursor.column, cursor.unit)
        if cursor.source is None:
            return f"bias of {self.neuron(neuron)}"
        source = self.short(Neuron(cursor.column - 1, cursor.source))
        return f"weight {source} → {self.short(neuron)} of {self.layer(cursor.column)}"

    def parameter_in_full(self, cursor: NetworkCursor) -> str:
        """Name the weight or bias under a cursor in a whole phrase."""
        if cursor.source is None:
            return self.parameter(cursor)
        source = Neuron(cursor.column - 1, cursor.source)
        target = Neuron(cursor.column, cursor.unit)
        return f"weight from {self._from(source)} to {self.neuron(target)}"

    def _from(self, source: Neuron) -> str:
        return self.short(source) if source.column == 0 and self.inputs else self.neuron(source)
