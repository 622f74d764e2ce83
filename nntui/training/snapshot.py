"""What a run looks like at one moment: the values that cross from the trainer to the screen.

Everything here is frozen and holds copies: no live array of the trainer ever leaves it.
"""

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from nntui.anatomy.values import Anatomy
from nntui.data.facts import Task
from nntui.explain.page import Page
from nntui.training.divergence import Divergence
from nntui.training.evaluation import Evaluation
from nntui.training.history import HistoryView

CONFIDENCE_LEVELS = 8
"""How many shades a class has; more could not be told apart and would cost a slow link bytes."""


@dataclass(frozen=True)
class Plane:
    """The plane through the inputs that the regions are drawn on.

    With one input there is no plane: the picture is then the curve over that input.

    Attributes:
        kind: ``axes`` for two raw columns, the others at their mean over the training points;
            ``components`` for the first two principal components of the training points.
        first: The column along the horizontal axis (``axes`` only).
        second: The column along the vertical axis (``axes`` only).
    """

    kind: str = "axes"
    first: int = 0
    second: int = 1


@dataclass(frozen=True, eq=False)
class Scene:
    """What stands still while a network learns: the points, seen on one plane.

    Attributes:
        identity: Differs whenever the data or the plane do.
        plane: The plane.
        task: Whether a class or a number is predicted.
        title: What the data set is called.
        input_names: The raw columns.
        class_names: The classes; empty for a regression.
        target_name: What is predicted.
        x_label: What the horizontal axis shows.
        y_label: What the vertical axis shows; the target where there is only one input.
        note: Which plane it is where there are more than two inputs, such as "others at their
            mean"; empty otherwise.
        is_curve: Whether there is one input only.
        x: The points' horizontal places, in the data's own units, (points,).
        y: Their vertical places, (points,). Where ``is_curve``, their targets for a regression and
            0 for classes.
        targets: Class numbers, or values in the data's own units, (points,).
        is_test: Which of them are test points, (points,).
        hidden_points: How many points are not among them, because there are too many to draw.
        target_low: The smallest target of the training points (regression; otherwise 0).
        target_high: The largest.
    """

    identity: int
    plane: Plane
    task: Task
    title: str
    input_names: tuple[str, ...]
    class_names: tuple[str, ...]
    target_name: str
    x_label: str
    y_label: str
    note: str
    is_curve: bool
    x: NDArray[np.float64]
    y: NDArray[np.float64]
    targets: NDArray[np.float64]
    is_test: NDArray[np.bool_]
    hidden_points: int
    target_low: float
    target_high: float


@dataclass(frozen=True)
class FieldRequest:
    """Which part of the plane to ask the network about, and how finely.

    Attributes:
        columns: Pixels across.
        rows: Pixels down; not used for a curve.
        x_low: The left edge of the leftmost pixel, in the data's own units.
        x_high: The right edge of the rightmost pixel.
        y_low: The lower edge of the lowest pixel.
        y_high: The upper edge of the highest pixel.
    """

    columns: int
    rows: int
    x_low: float
    x_high: float
    y_low: float
    y_high: float


@dataclass(frozen=True, eq=False)
class ClassField:
    """Which class the network gives to each pixel's centre, and how sure it is.

    Attributes:
        request: What was asked.
        winners: Class numbers, (rows, columns), the highest row first.
        confidence: 0 (as good as undecided) to CONFIDENCE_LEVELS − 1 (certain), (rows, columns).
    """

    request: FieldRequest
    winners: NDArray[np.uint16]
    confidence: NDArray[np.uint8]


@dataclass(frozen=True, eq=False)
class ValueField:
    """Which value the network predicts at each pixel's centre.

    Attributes:
        request: What was asked.
        values: In the data's own units, (rows, columns), the highest row first; NaN where the
            network gives no number.
    """

    request: FieldRequest
    values: NDArray[np.float32]


@dataclass(frozen=True, eq=False)
class CurveField:
    """What the network answers over its only input, at each pixel column's centre.

    Attributes:
        request: What was asked.
        curves: The predicted value in the data's own units, (1, columns); or each class's
            probability, (classes, columns).
    """

    request: FieldRequest
    curves: NDArray[np.float32]


Field: TypeAlias = ClassField | ValueField | CurveField


@dataclass(frozen=True)
class Reading:
    """What the network answers at one place of the plane, exactly.

    Attributes:
        x: The place.
        y: The place.
        outputs: Each class's probability (or output, where the network gives none), or the one
            predicted value in the data's own units.
        are_probabilities: Whether the outputs are probabilities.
    """

    x: float
    y: float
    outputs: tuple[float, ...]
    are_probabilities: bool


@dataclass(frozen=True)
class LayerStatistics:
    """What one Dense layer does with the training points.

    Attributes:
        parameters: How many it has.
        mean: The mean of its activations over units and points.
        spread: Their standard deviation.
        dead: The share of units that are 0 for every point (activations with a flat side at 0),
            0 to 1; None where the activation has no such side.
        saturated: The share of activations on a flat part of a bounded activation, 0 to 1; None
            where it has none.
        gradient_norm: The length of the last step's gradient of its parameters; 0 before any.
    """

    parameters: int
    mean: float
    spread: float
    dead: float | None
    saturated: float | None
    gradient_norm: float


@dataclass(frozen=True, eq=False)
class Snapshot:
    """A run at one moment.

    Attributes:
        run: The run; every rebuilding begins another one.
        revision: The number of the last edit that the trainer has taken in.
        steps: How many updates have been made.
        epochs: How many epochs have been completed.
        steps_per_epoch: The number of updates in a whole epoch.
        units: The network's shape: its inputs, and the units of each Dense layer up to the output.
        is_playing: Whether training goes on.
        steps_per_second: The speed of the last second of training, the pauses of a held-back
            speed included; 0 when paused.
        learning_rate: Of the next step, with its schedule.
        evaluation: The figures.
        evaluated_at: The step they were computed at; that of large data may lag behind ``steps``.
        train_points: How many points there are to learn from.
        test_points: How many points there are to test on.
        history: How the figures came about; None where it was not asked for.
        layers: Of each hidden layer and the output layer; None where it was not asked for.
        scene: The points; None where the receiver has them already.
        scene_identity: Of the points that ``field``, ``reading`` and ``mistakes`` belong to.
        field: What the network answers over the plane; None where it was not asked for, or where
            the inputs there are too large for a feature.
        reading: What it answers at the crosshair; None where there is none, or as for ``field``.
        mistakes: Which of the scene's points are given a wrong class, (points,); None where it was
            not asked for, or for a regression.
        divergence: Why training stopped by itself, if it left the finite numbers.
        stopped_by: The limit that paused training, in words; empty where none did.
        anatomy: The inside of the network; None where it was not asked for.
        page: A page of the next update; None where it was not asked for, or ``page_refused``.
        page_refused: Why there is no such page, for the user; empty otherwise.
    """

    run: int
    revision: int
    steps: int
    epochs: int
    steps_per_epoch: int
    units: tuple[int, ...]
    is_playing: bool
    steps_per_second: float
    learning_rate: float
    evaluation: Evaluation
    evaluated_at: int
    train_points: int
    test_points: int
    history: HistoryView | None
    layers: tuple[LayerStatistics, ...] | None
    scene: Scene | None
    scene_identity: int
    field: Field | None
    reading: Reading | None
    mistakes: NDArray[np.bool_] | None
    divergence: Divergence | None
    stopped_by: str
    anatomy: Anatomy | None = None
    page: Page | None = None
    page_refused: str = ""
