"""What the list of layers says: a pure function of the experiment and the run's statistics."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeAlias

from nntui.errors import ExperimentError
from nntui.experiment.checks import ResolvedOutput, resolved_output
from nntui.experiment.data_facts import DataFacts
from nntui.experiment.experiment import Experiment, LayerSettings, OutputSettings
from nntui.experiment.values import short_text
from nntui.training.snapshot import LayerStatistics
from nntui.training.targets import TargetCoding

_BARS = "▁▂▃▄▅▆▇█"
_LEVELS_A_DECADE = 2

_Live: TypeAlias = tuple[int | None, str, LayerStatistics | None]
"""What changes while a run goes on: the parameters, the bar, and the statistics."""


@dataclass(frozen=True)
class LayerLine:
    """One row of the list.

    Attributes:
        name: ``input``, ``layer 1``..., ``output``.
        units: How many there are; None where that is not known yet.
        function: The name of the activation; for the input, its features.
        dropout: The share of its outputs that are silenced in training.
        is_frozen: Whether it keeps its initial weights.
        initializer: How its weights were drawn; for the input, empty.
        loss: What training makes small; only for the output.
        parameters: How many weights and biases it has; None where that is not known yet.
        bar: The gradient's length beside that of the other layers.
        statistics: What it does with the training points, where that is known.
    """

    name: str
    units: int | None
    function: str
    dropout: float = 0.0
    is_frozen: bool = False
    initializer: str = ""
    loss: str = ""
    parameters: int | None = None
    bar: str = ""
    statistics: LayerStatistics | None = None

    @property
    def has_dead_units(self) -> bool:
        """Whether some units are 0 for every point."""
        return self.statistics is not None and bool(self.statistics.dead)


def layer_lines(
    experiment: Experiment,
    facts: DataFacts,
    classes: int | None,
    statistics: Sequence[LayerStatistics] | None,
) -> tuple[LayerLine, ...]:
    """Describe the layers from input to output.

    Args:
        experiment: A checked experiment.
        facts: What is known of its data.
        classes: The number of classes, 0 for a regression; None where it is not known yet.
        statistics: Of each hidden layer and the output, if they are of this network.
    """
    resolved = _resolved(experiment, facts)
    sizes: list[int | None] = [len(experiment.data.features) or facts.columns]
    sizes += [layer.units for layer in experiment.layers]
    units = None if classes is None else TargetCoding.of(_output_name(resolved), classes).units
    sizes.append(units)
    depth = len(experiment.layers) + 1
    known = statistics if statistics is not None and len(statistics) == depth else [None] * depth
    *live, last = zip(_parameters(sizes), gradient_bars(_norms(known)), known, strict=True)
    return (
        LayerLine("input", sizes[0], _features(experiment, facts)),
        *(
            _hidden(layer, number, own)
            for number, (layer, own) in enumerate(zip(experiment.layers, live, strict=True), 1)
        ),
        _output(experiment.output, resolved, units, last),
    )


def gradient_bars(norms: Sequence[float]) -> tuple[str, ...]:
    """Draw lengths of gradients on one logarithmic scale, two levels for each factor of ten.

    The longest is the highest bar, so that gradients that vanish on their way to the input, or
    explode, are seen at a glance.

    Args:
        norms: The lengths; what is 0 or no number has no bar.

    Example:
        >>> gradient_bars([0.01, 0.1, 1.0])
        ('▄', '▆', '█')
    """
    lengths = [norm for norm in norms if 0.0 < norm < math.inf]
    longest = math.log10(max(lengths, default=1.0))
    bars: list[str] = []
    for norm in norms:
        if 0.0 < norm < math.inf:
            below = round((longest - math.log10(norm)) * _LEVELS_A_DECADE)
            bars.append(_BARS[max(len(_BARS) - 1 - below, 0)])
        else:
            bars.append("")
    return tuple(bars)


def _norms(statistics: Sequence[LayerStatistics | None]) -> list[float]:
    return [0.0 if one is None else one.gradient_norm for one in statistics]


def _parameters(sizes: Sequence[int | None]) -> list[int | None]:
    """Count the weights and biases between each layer and the one before."""
    return [
        None if before is None or units is None else (before + 1) * units
        for before, units in pairwise(sizes)
    ]


def _hidden(layer: LayerSettings, number: int, live: _Live) -> LayerLine:
    return LayerLine(
        f"layer {number}",
        layer.units,
        layer.activation.name,
        layer.dropout,
        not layer.trainable,
        layer.initializer.name,
        "",
        *live,
    )


def _output(
    settings: OutputSettings,
    resolved: ResolvedOutput | None,
    units: int | None,
    live: _Live,
) -> LayerLine:
    return LayerLine(
        "output",
        units,
        _output_name(resolved),
        0.0,
        not settings.trainable,
        settings.initializer.name,
        "" if resolved is None else resolved.loss.name,
        *live,
    )


def _output_name(resolved: ResolvedOutput | None) -> str:
    return "?" if resolved is None else resolved.activation.name


def _resolved(experiment: Experiment, facts: DataFacts) -> ResolvedOutput | None:
    """Find the output's activation and the loss, as far as they are known."""
    if facts.task is None and experiment.output.activation is None:
        return None
    try:
        return resolved_output(experiment, facts.task or "classification")
    except ExperimentError:
        # They do not suit the data, which the trainer says where the user looks.
        return None


def _features(experiment: Experiment, facts: DataFacts) -> str:
    names = experiment.data.features or facts.input_names
    return short_text(names) if names else ""


def notes_of(line: LayerLine) -> list[str]:
    """List what is special about a layer, in a word or two each."""
    notes = [f"drop {short_text(line.dropout)}"] if line.dropout else []
    return [*notes, *(["frozen"] if line.is_frozen else [])]
