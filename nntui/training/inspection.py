"""What the screen asks about the inside of a network, with what can be kept between answers."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nntui.anatomy.gradients import MomentaryGradients
from nntui.anatomy.graph import Answers, TileShape, column_sizes, graph_columns
from nntui.anatomy.layer_numbers import layer_numbers
from nntui.anatomy.limits import Limits
from nntui.anatomy.look import Look, affordable_points
from nntui.anatomy.neuron import fitting_neuron, neuron_detail
from nntui.anatomy.values import (
    Anatomy,
    Column,
    HiddenSpace,
    LayerNumbers,
    Neuron,
    NeuronDetail,
    Window,
)
from nntui.engine.tape import Array
from nntui.experiment.checks import resolved_output
from nntui.quoting import printable
from nntui.training.layer_statistics import MOST_POINTS
from nntui.training.messages import AnatomyRequest, LayerRequest, SpaceRequest
from nntui.training.neuron_pictures import MOST_PRODUCTS, NeuronPictures
from nntui.training.snapshot import FieldRequest
from nntui.training.space_inspection import SpaceInspector
from nntui.training.spreads import Spreads
from nntui.training.subject import Memory, Subject
from nntui.training.thinning import evenly_chosen
from nntui.training.trainer import Trainer

_PRODUCTS_OF_THE_SAMPLE = MOST_PRODUCTS / 8
"""The way back and the way forward again make several times as many of them."""

_FEWEST_POINTS = 32


@dataclass(frozen=True, eq=False)
class _Sample:
    """Some training points, evenly chosen, that stand for all.

    Attributes:
        inputs: What the network is given, (points, inputs).
        targets: What it should answer, (points, units).
        look: What every neuron answers to them.
    """

    inputs: NDArray[np.float64]
    targets: NDArray[np.float64]
    look: Look


class Inspector:
    """Describes the inside of trainers' networks; nothing of a trainer is changed."""

    def __init__(self) -> None:
        self._samples: Memory[_Sample] = Memory()
        self._gradients: Memory[MomentaryGradients] = Memory()
        self._pictures = NeuronPictures()
        self._space = SpaceInspector()
        self._limits: tuple[Neuron, Limits] | None = None

    def anatomy(self, subject: Subject, request: AnatomyRequest, spreads: Spreads) -> Anatomy:
        """Answer a request.

        Args:
            subject: Whose network is described, and the plane that is seen.
            request: What is asked.
            spreads: How the numbers of each layer have been spread over the run.
        """
        trainer = subject.trainer
        with np.errstate(all="ignore"):
            sample = self._sample(trainer)
            if request.windows is not None or request.neuron or request.space:
                sample.look.run()
            return Anatomy(
                units=column_sizes(trainer.network),
                activations=_activation_names(trainer),
                input_names=_input_names(trainer),
                output_names=_output_names(trainer),
                columns=self._columns(subject, sample, request.tiles, request.windows),
                neuron=self._neuron(subject, sample, request.neuron, request.enlarged),
                layer=self._layer(trainer, sample, request.layer, spreads),
                space=self._space_of(subject, sample, request.space),
            )

    def _sample(self, trainer: Trainer) -> _Sample:
        """Choose training points: so many as the network can answer and learn from in a moment."""
        network, prepared = trainer.network, trainer.prepared

        def make() -> _Sample:
            layers = len(network.dense_layers)
            affordable = affordable_points(network, layers, _PRODUCTS_OF_THE_SAMPLE)
            most = min(max(affordable, _FEWEST_POINTS), MOST_POINTS)
            some = prepared.train.subset(evenly_chosen(len(prepared.train), most))
            inputs = prepared.preparation.inputs(some.inputs)
            targets = trainer.coding.encode(prepared.preparation.targets(some.targets))
            return _Sample(inputs, targets, Look(network, inputs))

        return self._samples.recall((network, prepared), make)

    def _gradients_now(self, trainer: Trainer, sample: _Sample) -> list[Array]:
        """Return each layer's gradients, (inputs + 1, units)."""
        gradients = self._gradients.recall(
            (trainer.network, sample),
            lambda: MomentaryGradients(trainer.network, sample.inputs, sample.targets),
        )
        return gradients.compute()

    def _columns(
        self,
        subject: Subject,
        sample: _Sample,
        tiles: FieldRequest | None,
        windows: tuple[Window, ...] | None,
    ) -> tuple[Column, ...] | None:
        """Describe the graph."""
        if windows is None:
            return None
        answers = Answers(
            to_points=sample.look.answers,
            to_pixels=self._pictures.tiles(subject, tiles),
            shape=TileShape(
                rows=tiles.rows if tiles else 0,
                columns=tiles.columns if tiles else 0,
                is_curve=subject.scene.is_curve,
            ),
        )
        return graph_columns(subject.network, answers, windows)

    def _neuron(
        self,
        subject: Subject,
        sample: _Sample,
        wanted: Neuron | None,
        picture: FieldRequest | None,
    ) -> NeuronDetail | None:
        """Describe one neuron."""
        if wanted is None:
            return None
        neuron = fitting_neuron(wanted, subject.network)
        before = self._limits[1] if self._limits and self._limits[0] == neuron else None
        detail = neuron_detail(
            subject.network,
            neuron,
            self._gradients_now(subject.trainer, sample),
            sample.look.answers[neuron.column],
            activation_name=_activation_names(subject.trainer)[neuron.column],
            field=self._pictures.enlarged(subject, neuron, picture),
            limits_before=before,
        )
        self._limits = neuron, (detail.low, detail.high)
        return detail

    def _layer(
        self, trainer: Trainer, sample: _Sample, request: LayerRequest | None, spreads: Spreads
    ) -> LayerNumbers | None:
        """Describe the numbers of one layer."""
        if request is None:
            return None
        network = trainer.network
        column = min(max(request.column, 1), len(network.dense_layers))
        return layer_numbers(
            column,
            network.dense_layers[column - 1],
            self._gradients_now(trainer, sample)[column - 1],
            (request.rows, request.columns),
            spreads.view(column - 1, request.moments, trainer.steps, network),
        )

    def _space_of(
        self, subject: Subject, sample: _Sample, request: SpaceRequest | None
    ) -> HiddenSpace | None:
        """Describe a layer's space."""
        if request is None:
            return None
        names = _input_names(subject.trainer), _output_names(subject.trainer)
        return self._space.view(subject, request, sample.look.passed_on, names)


def _activation_names(trainer: Trainer) -> tuple[str, ...]:
    """Return the name of each column's activation; empty for the inputs."""
    experiment = trainer.experiment
    output = resolved_output(experiment, trainer.coding.task)
    return ("", *(layer.activation.name for layer in experiment.layers), output.activation.name)


def _input_names(trainer: Trainer) -> tuple[str, ...]:
    """Return what the network is given: its features."""
    return tuple(map(printable, trainer.prepared.preparation.feature_names))


def _output_names(trainer: Trainer) -> tuple[str, ...]:
    """Return what each output stands for: its class, or what is predicted."""
    dataset = trainer.prepared.dataset
    if not trainer.coding.classes:
        return (printable(dataset.target_name),)
    # A single output aims at 1 for the second class.
    return tuple(printable(name) for name in dataset.class_names)[-trainer.coding.units :]
