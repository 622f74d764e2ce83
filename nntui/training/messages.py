"""What the screen may say to a run in the background, and what the run answers."""

from dataclasses import dataclass
from typing import TypeAlias

from nntui.anatomy.values import Neuron, SpaceAxes, Window
from nntui.experiment.experiment import Experiment
from nntui.explain.page import WalkRequest
from nntui.training.changes import Change
from nntui.training.followed import Following, Fork
from nntui.training.limits import Limits
from nntui.training.parameters import ParameterPlace as ParameterPlace  # noqa: PLC0414 - passed on
from nntui.training.parameters import ParameterValue
from nntui.training.snapshot import FieldRequest, Plane, Snapshot


@dataclass(frozen=True)
class Play:
    """Train on until told otherwise."""


@dataclass(frozen=True)
class Pause:
    """Stop after the present step."""


@dataclass(frozen=True)
class Advance:
    """Make some updates, then pause.

    While one is under way, another one adds to it. While playing, it counts from the present step.

    Attributes:
        steps: How many.
        epochs: How many ends of an epoch to go to instead; 0 for ``steps``.
    """

    steps: int = 1
    epochs: int = 0


@dataclass(frozen=True)
class SetSpeed:
    """Hold training back.

    Attributes:
        steps_per_second: The most, above 0; None for the machine's own speed.
    """

    steps_per_second: float | None


@dataclass(frozen=True)
class Apply:
    """Change the experiment, or single parameters of the network, or both.

    Attributes:
        revision: The number of this edit, one more than the last one's.
        experiment: What to train from now on.
        label: What was edited, in a few words, for the mark in the history.
        run: An earlier run to bring back with its weights and its history, as an undo does; what
            has since been changed of its experiment is changed in it if that can be done live. A
            new run begins where it is no longer kept, or is of quite another experiment. None, or
            the present run's number, for the present run (which a rebuilding change ends).
        parameters: What some weights and biases are to be afterwards, each named once.
    """

    revision: int
    experiment: Experiment
    label: str
    run: int | None = None
    parameters: tuple[ParameterValue, ...] = ()


@dataclass(frozen=True)
class Reset:
    """Begin anew with the same initial weights: it is another run, and the old one is kept."""


@dataclass(frozen=True)
class BackToFinite:
    """After a divergence: be at the last finite step (where the run already is), still paused."""


@dataclass(frozen=True)
class StepOn:
    """Make one update from one training point alone, and pause; the epoch stays where it is.

    Attributes:
        point: The training point, counted from 0.
    """

    point: int


@dataclass(frozen=True)
class LayerRequest:
    """Ask for the numbers of one layer.

    Attributes:
        column: Its column in the graph, at least 1.
        rows: How many rows of numbers there is room for.
        columns: How many columns.
        moments: How finely its history is to be sent; 0 for not at all.
    """

    column: int
    rows: int
    columns: int
    moments: int


@dataclass(frozen=True)
class SpaceRequest:
    """Ask where a layer has moved the points.

    Attributes:
        column: Its column in the graph, at least 1.
        axes: Along which directions to look.
        rows: Pixels down.
        columns: Pixels across.
    """

    column: int
    axes: SpaceAxes
    rows: int
    columns: int


@dataclass(frozen=True)
class AnatomyRequest:
    """Ask about the inside of the network; what does not exist is replaced by the nearest.

    Attributes:
        tiles: The pixels of a tile; None for columns without tiles.
        windows: Which units of each column the graph shows, the inputs first; None for no graph.
            A column beyond the last window, or a window beyond its column, gets what there is.
        neuron: The neuron to describe; None for none.
        enlarged: The pixels of its picture; None for no picture.
        layer: The layer whose numbers to send; None for none.
        space: The space to send; None for none.
    """

    tiles: FieldRequest | None = None
    windows: tuple[Window, ...] | None = None
    neuron: Neuron | None = None
    enlarged: FieldRequest | None = None
    layer: LayerRequest | None = None
    space: SpaceRequest | None = None


@dataclass(frozen=True)
class SnapshotRequest:
    """Ask for a snapshot.

    Attributes:
        plane: The plane of the regions.
        scene_identity: The scene that the asker has; another one is sent along. −1 for none.
        field: Which picture of the regions; None for none.
        crosshair: Where to read the outputs exactly; None for nowhere.
        mistakes: Whether to tell the misclassified points.
        history_columns: How finely the history is to be sent; 0 for not at all.
        layers: Whether to send the layers' statistics.
        anatomy: What to tell about the inside of the network; None for nothing.
        walk: Which page of the next update to tell; None for none.
    """

    plane: Plane
    scene_identity: int = -1
    field: FieldRequest | None = None
    crosshair: tuple[float, float] | None = None
    mistakes: bool = False
    history_columns: int = 0
    layers: bool = False
    anatomy: AnatomyRequest | None = None
    walk: WalkRequest | None = None


@dataclass(frozen=True)
class Stop:
    """End the worker.

    Attributes:
        keep: Whether the run is interrupted, and to be kept; otherwise the user leaves it.
    """

    keep: bool = False


Command: TypeAlias = (
    Play
    | Pause
    | Advance
    | StepOn
    | SetSpeed
    | Apply
    | Reset
    | BackToFinite
    | Fork
    | SnapshotRequest
    | Stop
)


@dataclass(frozen=True)
class Started:
    """The first answer: the experiment could be built.

    Attributes:
        run: The first run.
        warnings: What the user should know, such as rows that were left out.
        experiment: What is trained, where a run goes on that was interrupted; None for what the
            worker was started with.
    """

    run: int
    warnings: tuple[str, ...] = ()
    experiment: Experiment | None = None


@dataclass(frozen=True)
class Applied:
    """An edit was taken in.

    Attributes:
        revision: Which edit.
        run: The run that it belongs to now.
        change: What it did.
        restored: Whether an earlier run was brought back.
    """

    revision: int
    run: int
    change: Change
    restored: bool = False


@dataclass(frozen=True)
class Refused:
    """An edit could not be taken in; the run goes on as it was.

    Attributes:
        revision: Which edit.
        reason: Why, for the user.
    """

    revision: int
    reason: str


@dataclass(frozen=True)
class Failed:
    """The worker has ended, because the experiment cannot be built or something broke.

    Attributes:
        reason: Why, for the user.
    """

    reason: str


@dataclass(frozen=True)
class Kept:
    """The last answer of a worker that was interrupted.

    Attributes:
        folder: Where the run is kept; empty where it could not be.
        problem: Why it could not be kept, for the user; empty where it could.
    """

    folder: str
    problem: str = ""


Reply: TypeAlias = Started | Snapshot | Applied | Refused | Failed | Following


@dataclass(frozen=True)
class WorkerStart:
    """What a worker is started with.

    Attributes:
        experiment: What to train.
        limits: What pauses it by itself.
        name: What the run is called where it is kept; empty for the name of its data.
        resume_from: The folder of an interrupted run to go on with, which has an experiment and
            limits of its own; empty for none.
    """

    experiment: Experiment
    limits: Limits
    name: str = ""
    resume_from: str = ""
