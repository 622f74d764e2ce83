"""The parts of a network that are chosen by name: activations, initializers and losses.

Each is a frozen record of its settings only; the formulas are in ``nntui.engine``. In an
experiment file a part is its bare name (``"relu"``) or a table (``{name = "elu", alpha = 0.5}``).
Names and defaults are Keras's where Keras has them.
"""

from typing import Annotated, cast

from msgspec import Meta, Struct


class PartSettings(Struct, frozen=True, forbid_unknown_fields=True, tag_field="name"):
    """The base of everything that is chosen by name."""

    @property
    def name(self) -> str:
        """The name by which an experiment file chooses this part."""
        return cast("str", type(self).__struct_config__.tag)


class LinearSettings(PartSettings, frozen=True, tag="linear"):
    """The sum itself, unchanged."""


class ReLUSettings(PartSettings, frozen=True, tag="relu"):
    """max(0, z)."""


class LeakyReLUSettings(PartSettings, frozen=True, kw_only=True, tag="leaky_relu"):
    """z above zero, negative_slope · z below."""

    negative_slope: Annotated[
        float, Meta(ge=0, le=1, description="slope for inputs below zero")
    ] = 0.01


class ELUSettings(PartSettings, frozen=True, kw_only=True, tag="elu"):
    """z above zero, alpha · (exp(z) − 1) below."""

    alpha: Annotated[
        float, Meta(gt=0, description="how far below zero the output can go: down to -alpha")
    ] = 1.0


class GELUSettings(PartSettings, frozen=True, tag="gelu"):
    """z · Φ(z), with Φ the normal distribution function, in its tanh form."""


class SiLUSettings(PartSettings, frozen=True, tag="silu"):
    """z · sigmoid(z), also called swish."""


class SoftplusSettings(PartSettings, frozen=True, tag="softplus"):
    """log(1 + exp(z))."""


class SigmoidSettings(PartSettings, frozen=True, tag="sigmoid"):
    """1 / (1 + exp(−z))."""


class TanhSettings(PartSettings, frozen=True, tag="tanh"):
    """The hyperbolic tangent."""


class SineSettings(PartSettings, frozen=True, tag="sine"):
    """sin(z)."""


class StepSettings(PartSettings, frozen=True, tag="step"):
    """1 above zero, 0 at or below: the perceptron's output."""


class SoftmaxSettings(PartSettings, frozen=True, tag="softmax"):
    """exp(z) over its sum: one probability a class."""


# A step has no slope to learn from, and softmax makes neurons compete: neither hides well.
HiddenActivationSettings = (
    LinearSettings
    | ReLUSettings
    | LeakyReLUSettings
    | ELUSettings
    | GELUSettings
    | SiLUSettings
    | SoftplusSettings
    | SigmoidSettings
    | TanhSettings
    | SineSettings
)
ActivationSettings = HiddenActivationSettings | StepSettings | SoftmaxSettings


class GlorotUniformSettings(PartSettings, frozen=True, tag="glorot_uniform"):
    """Uniform within ±sqrt(6 / (inputs + units))."""


class GlorotNormalSettings(PartSettings, frozen=True, tag="glorot_normal"):
    """Normal with standard deviation sqrt(2 / (inputs + units))."""


class HeUniformSettings(PartSettings, frozen=True, tag="he_uniform"):
    """Uniform within ±sqrt(6 / inputs)."""


class HeNormalSettings(PartSettings, frozen=True, tag="he_normal"):
    """Normal with standard deviation sqrt(2 / inputs)."""


class NormalSettings(PartSettings, frozen=True, kw_only=True, tag="normal"):
    """Normal about zero with a given standard deviation."""

    scale: Annotated[float, Meta(gt=0, description="standard deviation of the initial weights")] = (
        0.05
    )


class UniformSettings(PartSettings, frozen=True, kw_only=True, tag="uniform"):
    """Uniform between two bounds."""

    low: Annotated[float, Meta(description="smallest initial weight")] = -0.05
    high: Annotated[float, Meta(description="largest initial weight, above low")] = 0.05


class ZerosSettings(PartSettings, frozen=True, tag="zeros"):
    """Every weight starts at zero."""


class ConstantSettings(PartSettings, frozen=True, kw_only=True, tag="constant"):
    """Every weight starts at one value."""

    value: Annotated[float, Meta(description="every initial weight")] = 0.0


InitializerSettings = (
    GlorotUniformSettings
    | GlorotNormalSettings
    | HeUniformSettings
    | HeNormalSettings
    | NormalSettings
    | UniformSettings
    | ZerosSettings
    | ConstantSettings
)


class CategoricalCrossentropySettings(PartSettings, frozen=True, tag="categorical_crossentropy"):
    """−log of the probability given to the true class; for a softmax output."""


class BinaryCrossentropySettings(PartSettings, frozen=True, tag="binary_crossentropy"):
    """The cross-entropy of each output as a yes or no; for a sigmoid output."""


class MeanSquaredErrorSettings(PartSettings, frozen=True, tag="mean_squared_error"):
    """The mean of (prediction − target)²."""


class MeanAbsoluteErrorSettings(PartSettings, frozen=True, tag="mean_absolute_error"):
    """The mean of |prediction − target|."""


class HuberSettings(PartSettings, frozen=True, kw_only=True, tag="huber"):
    """Squared for errors up to delta, straight beyond."""

    delta: Annotated[
        float,
        Meta(gt=0, description="error at which the loss turns from a parabola into a line"),
    ] = 1.0


class PerceptronLossSettings(PartSettings, frozen=True, tag="perceptron"):
    """How far wrong answers lie on the wrong side; for a step output."""


LossSettings = (
    CategoricalCrossentropySettings
    | BinaryCrossentropySettings
    | MeanSquaredErrorSettings
    | MeanAbsoluteErrorSettings
    | HuberSettings
    | PerceptronLossSettings
)
