"""What the screen asks about a trainer, with all that can be kept from one answer to the next."""

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nntui.anatomy.values import Anatomy
from nntui.data.dataset import FloatArray
from nntui.data.preparation import Prepared
from nntui.engine.inference import Answers, PortionedInference
from nntui.engine.network import Network
from nntui.explain.page import Page, WalkRequest
from nntui.training.field import class_or_value_outputs, field_of, field_points
from nntui.training.inspection import Inspector
from nntui.training.layer_statistics import MOST_POINTS, LayerObserver
from nntui.training.messages import AnatomyRequest
from nntui.training.network_inputs import network_inputs
from nntui.training.plane import PlaneMap, fitting_plane, plane_map
from nntui.training.rehearsal import Rehearsal
from nntui.training.scene import make_scene, scene_raw_points
from nntui.training.snapshot import (
    Field,
    FieldRequest,
    LayerStatistics,
    Plane,
    Reading,
    Scene,
)
from nntui.training.spreads import Spreads
from nntui.training.subject import Subject
from nntui.training.thinning import evenly_chosen
from nntui.training.trainer import Trainer


class _SamePoints:
    """Asks a network about points that are the same many times in a row."""

    def __init__(self) -> None:
        self._key: object = None
        self._inputs: NDArray[Any] | None = None
        self._network: Network | None = None
        self._inference: PortionedInference | None = None

    def answers(
        self, trainer: Trainer, key: object, raw_points: Callable[[], FloatArray]
    ) -> Answers | None:
        """Ask the trainer's network.

        Args:
            trainer: The trainer.
            key: Differs whenever the points, or what prepares them, do.
            raw_points: Gives the raw columns, (points, columns).

        Returns:
            The answers; None where the points are too large to compute with.
        """
        network = trainer.network
        if self._network is not network or self._key != key or self._inference is None:
            self._inputs = network_inputs(trainer, raw_points())
            # Its memory is for so many points as these.
            self._inference = PortionedInference(network)
            self._network, self._key = network, key
        if self._inputs is None:
            return None
        with np.errstate(all="ignore"):
            return self._inference.run(self._inputs)


class Observer:
    """Answers what the screen asks about a trainer; nothing of the trainer is changed.

    Scenes are numbered: another data set, or another plane, gives the next number.

    Args:
        trainer: What is asked.

    Attributes:
        trainer: What is asked; it, its network and its data may become others at any time.
    """

    def __init__(self, trainer: Trainer) -> None:
        self.trainer = trainer
        self._seen: tuple[Prepared, PlaneMap, Scene] | None = None
        self._pixels = _SamePoints()
        self._scene_points = _SamePoints()
        self._crosshair = _SamePoints()
        self._layers: tuple[Network, LayerObserver] | None = None
        self._inspector = Inspector()
        self._rehearsal = Rehearsal()

    def scene(self, wanted: Plane) -> Scene:
        """Return the data on a plane, or on the nearest one that they have."""
        return self._see(wanted)[1]

    def _see(self, wanted: Plane) -> tuple[PlaneMap, Scene]:
        prepared = self.trainer.prepared
        if self._seen is not None:
            seen, plane, scene = self._seen
            columns = len(prepared.dataset.input_names)
            if seen is prepared and plane.plane == fitting_plane(wanted, columns):
                return plane, scene
        identity = 1 if self._seen is None else self._seen[2].identity + 1
        plane = plane_map(prepared, wanted)
        scene = make_scene(prepared, plane, identity)
        self._seen = prepared, plane, scene
        return plane, scene

    def field(self, wanted: Plane, request: FieldRequest) -> Field | None:
        """Ask the network about every pixel of a plane; None where its inputs are too large."""
        plane, scene = self._see(wanted)
        answers = self._pixels.answers(
            self.trainer,
            (scene.identity, request),
            lambda: field_points(request, plane, is_curve=scene.is_curve),
        )
        if answers is None:
            return None
        with np.errstate(all="ignore"):
            return field_of(
                request,
                answers,
                self.trainer.coding,
                self.trainer.prepared.preparation,
                is_curve=scene.is_curve,
            )

    def reading(self, wanted: Plane, x: float, y: float) -> Reading | None:
        """Ask the network about one place of a plane; None where its inputs are too large."""
        trainer = self.trainer
        plane, scene = self._see(wanted)
        answers = self._crosshair.answers(
            trainer,
            (scene.identity, x, y),
            lambda: plane.raw_points(np.array([x]), np.array([y])),
        )
        if answers is None:
            return None
        with np.errstate(all="ignore"):
            outputs = class_or_value_outputs(answers, trainer.coding, trainer.prepared.preparation)
        numbers: list[float] = outputs[0].tolist()
        return Reading(x, y, tuple(numbers), trainer.coding.are_probabilities)

    def mistakes(self, wanted: Plane) -> NDArray[np.bool_] | None:
        """Tell which of a scene's points are given a wrong class; None for a regression."""
        trainer = self.trainer
        if trainer.coding.classes == 0:
            return None
        _, scene = self._see(wanted)
        answers = self._scene_points.answers(
            trainer, trainer.prepared, lambda: scene_raw_points(trainer.prepared)
        )
        if answers is None:
            return np.ones(len(scene.x), np.bool_)
        return trainer.coding.decide(answers) != scene.targets

    def layers(self) -> tuple[LayerStatistics, ...]:
        """Compute the statistics of every layer over some of the training points."""
        network, train = self.trainer.network, self.trainer.prepared.train
        if self._layers is None or self._layers[0] is not network:
            some = train.inputs[evenly_chosen(len(train), MOST_POINTS)]
            inputs = self.trainer.prepared.preparation.inputs(some)
            self._layers = network, LayerObserver(network, inputs)
        with np.errstate(all="ignore"):
            return self._layers[1].observe()

    def anatomy(self, wanted: Plane, request: AnatomyRequest, spreads: Spreads) -> Anatomy:
        """Describe the inside of the network.

        Args:
            wanted: The plane that tiles show, or the nearest one to it.
            request: What is asked.
            spreads: How the numbers of each layer have been spread over the run.
        """
        plane, scene = self._see(wanted)
        return self._inspector.anatomy(Subject(self.trainer, plane, scene), request, spreads)

    def page(self, wanted: Plane, request: WalkRequest) -> tuple[Page | None, str]:
        """Tell a page of the next update; where there is none, say why not."""
        plane, _ = self._see(wanted)
        return self._rehearsal.page(self.trainer, request, plane)
