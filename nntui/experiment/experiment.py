"""What to train: the frozen record from which a whole run follows.

This is the one place of every default, range and description; the comments of an experiment
file, the command line's help and its messages are all made from it. The records themselves do
not check what is put into them: ``convert.from_plain`` and ``convert.checked`` do.
"""

from typing import Annotated, Literal

from msgspec import Meta, Struct

from nntui.data.facts import MOST_SAMPLES, Task
from nntui.experiment.optimizers import AdamSettings, OptimizerSettings
from nntui.experiment.parts import (
    ActivationSettings,
    GlorotUniformSettings,
    HeNormalSettings,
    HiddenActivationSettings,
    InitializerSettings,
    LossSettings,
    ReLUSettings,
)

# Upper ends keep a slip of the finger from asking for more memory than any machine has.
MOST_UNITS = 65_536
MOST_LAYERS = 100
MOST_CLASSES = 1000
MOST_EPOCHS = 1_000_000_000
LARGEST_SEED = 2**32 - 1

DType = Literal["float32", "float64"]
Penalty = Annotated[float, Meta(ge=0)]
Unit = Annotated[int, Meta(ge=1, le=MOST_UNITS)]


class DataSettings(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Where the points come from and how they are prepared."""

    source: Annotated[str, Meta(min_length=1, description="a data set's name, or a CSV file")] = (
        "spiral"
    )
    samples: Annotated[
        int, Meta(ge=2, le=MOST_SAMPLES, description="points to make, all classes together")
    ] = 300
    classes: Annotated[
        Annotated[int, Meta(ge=2, le=MOST_CLASSES)] | None,
        Meta(description="number of classes; left out: the data set's own"),
    ] = None
    noise: Annotated[
        Annotated[float, Meta(ge=0)] | None,
        Meta(description="size of the noise; left out: the data set's own"),
    ] = None
    seed: Annotated[
        int, Meta(ge=0, le=LARGEST_SEED, description="seed of the points and of the split")
    ] = 0
    features: Annotated[
        tuple[str, ...],
        Meta(description="inputs of the network, such as x1, x2, x1*x2; empty: every column"),
    ] = ()
    test_fraction: Annotated[
        float, Meta(ge=0, lt=1, description="share of the points kept aside for testing")
    ] = 0.2
    standardize: Annotated[
        bool, Meta(description="give inputs, and values to predict, mean 0 and deviation 1")
    ] = True
    label: Annotated[
        Annotated[str, Meta(min_length=1)] | None,
        Meta(description="CSV: column to predict; left out: guessed"),
    ] = None
    header: Annotated[
        bool | None, Meta(description="CSV: whether row 1 holds names; left out: found out")
    ] = None
    task: Annotated[
        Task | None, Meta(description="CSV: what the label column is for; left out: found out")
    ] = None
    columns: Annotated[
        tuple[str, ...], Meta(description="CSV: input columns; empty: every column but the label")
    ] = ()


class LayerSettings(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A hidden layer: dense, with its activation, then dropout."""

    units: Annotated[int, Meta(ge=1, le=MOST_UNITS, description="neurons in this layer")] = 32
    activation: Annotated[
        HiddenActivationSettings, Meta(description="function each neuron applies to its sum")
    ] = ReLUSettings()
    initializer: Annotated[
        InitializerSettings, Meta(description="how the initial weights are drawn")
    ] = HeNormalSettings()
    dropout: Annotated[
        float, Meta(ge=0, lt=1, description="share of outputs silenced at random in training")
    ] = 0.0
    trainable: Annotated[bool, Meta(description="false keeps the initial weights")] = True
    frozen_units: Annotated[
        tuple[Unit, ...], Meta(description="neurons that are not trained, counted from 1")
    ] = ()
    silenced_units: Annotated[
        tuple[Unit, ...], Meta(description="neurons that pass on nothing, counted from 1")
    ] = ()


class OutputSettings(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The last layer and the loss; its number of units follows from the data."""

    activation: Annotated[
        ActivationSettings | None,
        Meta(description="output function; left out: softmax for classes, linear for values"),
    ] = None
    loss: Annotated[
        LossSettings | None,
        Meta(description="what training makes small; left out: the one that fits the activation"),
    ] = None
    initializer: Annotated[
        InitializerSettings, Meta(description="how the initial weights are drawn")
    ] = GlorotUniformSettings()
    trainable: Annotated[bool, Meta(description="false keeps the initial weights")] = True
    frozen_units: Annotated[
        tuple[Unit, ...], Meta(description="neurons that are not trained, counted from 1")
    ] = ()


class RegularizationSettings(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The penalty l1 · sum |w| + l2 · sum w² of trainable layers, added to what is made small."""

    l1: Annotated[Penalty, Meta(description="penalty for each weight's size |w|")] = 0.0
    l2: Annotated[Penalty, Meta(description="penalty for each weight's square w^2")] = 0.0
    bias_l1: Annotated[Penalty, Meta(description="penalty for each bias's size |b|")] = 0.0
    bias_l2: Annotated[Penalty, Meta(description="penalty for each bias's square b^2")] = 0.0


class AugmentationSettings(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Changes to the training points, drawn afresh each epoch."""

    jitter: Annotated[
        float, Meta(ge=0, description="deviation of the noise added to each coordinate; 0: off")
    ] = 0.0
    rotation_degrees: Annotated[
        float, Meta(ge=0, le=180, description="largest turn about the origin, in degrees; 0: off")
    ] = 0.0
    mixup: Annotated[
        float, Meta(ge=0, description="strength alpha of blending pairs of points; 0: off")
    ] = 0.0


class TrainingSettings(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How long to train and in what portions."""

    batch_size: Annotated[
        int, Meta(ge=1, le=MOST_SAMPLES, description="training points a step")
    ] = 32
    epochs: Annotated[
        int, Meta(ge=1, le=MOST_EPOCHS, description="passes over the training points")
    ] = 500
    patience: Annotated[
        int,
        Meta(
            ge=0,
            le=MOST_EPOCHS,
            description="epochs without a better test loss before stopping; 0: never",
        ),
    ] = 0


class Experiment(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What to train: the same experiment gives the same numbers, bit for bit."""

    seed: Annotated[
        int,
        Meta(
            ge=0,
            le=LARGEST_SEED,
            description="seed of initial weights, shuffling, dropout and augmentation",
        ),
    ] = 7
    dtype: Annotated[DType, Meta(description="precision of the network's numbers")] = "float32"
    data: Annotated[DataSettings, Meta(description="where the points come from")] = DataSettings()
    layers: Annotated[
        tuple[LayerSettings, ...],
        Meta(max_length=MOST_LAYERS, description="hidden layers, from input to output"),
    ] = (LayerSettings(), LayerSettings())
    output: Annotated[OutputSettings, Meta(description="the last layer and the loss")] = (
        OutputSettings()
    )
    optimizer: Annotated[
        OptimizerSettings, Meta(description="how the gradient changes the weights")
    ] = AdamSettings()
    regularization: Annotated[
        RegularizationSettings, Meta(description="penalties that keep weights small")
    ] = RegularizationSettings()
    augmentation: Annotated[
        AugmentationSettings, Meta(description="changes to training points, fresh each epoch")
    ] = AugmentationSettings()
    training: Annotated[
        TrainingSettings, Meta(description="how long to train and in what portions")
    ] = TrainingSettings()
