"""The settings of optimizers and of the schedules that move their learning rate.

``t`` below counts training steps from 0 and, where there is a warm-up, from its end. Names and
defaults are Keras's, except that each learning rate suits the small problems of a playground;
where the optimizers' formulas differ from Keras's, ``nntui.engine`` says so.
"""

from typing import Annotated

from msgspec import Meta

from nntui.experiment.parts import PartSettings

# One billion steps: more than anyone trains, and small enough for every counter.
_MOST_STEPS = 1_000_000_000

WarmupSteps = Annotated[
    int,
    Meta(
        ge=0,
        le=_MOST_STEPS,
        description="steps in which the learning rate first climbs in a straight line",
    ),
]
DecaySteps = Annotated[int, Meta(ge=1, le=_MOST_STEPS)]
LearningRate = Annotated[float, Meta(gt=0, description="how far a step goes down the gradient")]
Momentum = Annotated[
    float, Meta(ge=0, lt=1, description="share of the last step that is taken again")
]
Epsilon = Annotated[
    float, Meta(ge=1e-30, description="small number that keeps a division from being by zero")
]


class ConstantScheduleSettings(PartSettings, frozen=True, kw_only=True, tag="constant"):
    """The learning rate stays as it is."""

    warmup_steps: WarmupSteps = 0


class InverseTimeScheduleSettings(PartSettings, frozen=True, kw_only=True, tag="inverse_time"):
    """learning_rate / (1 + decay_rate · t)."""

    decay_rate: Annotated[
        float, Meta(ge=0, description="k in learning_rate / (1 + k t), with t in steps")
    ] = 0.001
    warmup_steps: WarmupSteps = 0


class StepScheduleSettings(PartSettings, frozen=True, kw_only=True, tag="step"):
    """learning_rate · decay_rate^floor(t / decay_steps)."""

    decay_steps: Annotated[
        DecaySteps, Meta(description="steps between one drop of the learning rate and the next")
    ] = 1000
    decay_rate: Annotated[
        float, Meta(gt=0, le=1, description="factor of the learning rate at each drop")
    ] = 0.5
    warmup_steps: WarmupSteps = 0


class ExponentialScheduleSettings(PartSettings, frozen=True, kw_only=True, tag="exponential"):
    """learning_rate · decay_rate^(t / decay_steps)."""

    decay_steps: Annotated[
        DecaySteps, Meta(description="steps in which the learning rate falls by decay_rate")
    ] = 1000
    decay_rate: Annotated[
        float, Meta(gt=0, le=1, description="factor of the learning rate after decay_steps")
    ] = 0.5
    warmup_steps: WarmupSteps = 0


class CosineScheduleSettings(PartSettings, frozen=True, kw_only=True, tag="cosine"):
    """learning_rate · (alpha + (1 − alpha) · (1 + cos(π · min(t / decay_steps, 1))) / 2)."""

    decay_steps: Annotated[
        DecaySteps, Meta(description="steps until the learning rate is at its lowest")
    ] = 2000
    alpha: Annotated[
        float, Meta(ge=0, le=1, description="share of the learning rate that is left at the end")
    ] = 0.0
    warmup_steps: WarmupSteps = 0


ScheduleSettings = (
    ConstantScheduleSettings
    | InverseTimeScheduleSettings
    | StepScheduleSettings
    | ExponentialScheduleSettings
    | CosineScheduleSettings
)
Schedule = Annotated[
    ScheduleSettings, Meta(description="how the learning rate changes during training")
]
ClipNorm = Annotated[
    float,
    Meta(ge=0, description="longest gradient allowed; a longer one is shortened to it; 0: any"),
]


class SGDSettings(PartSettings, frozen=True, kw_only=True, tag="sgd"):
    """Stochastic gradient descent."""

    learning_rate: LearningRate = 0.1
    momentum: Momentum = 0.0
    nesterov: Annotated[
        bool, Meta(description="look ahead along the momentum (Nesterov); needs momentum above 0")
    ] = False
    schedule: Schedule = ConstantScheduleSettings()
    clip_norm: ClipNorm = 0.0


class AdagradSettings(PartSettings, frozen=True, kw_only=True, tag="adagrad"):
    """Steps that shrink where gradients have been large (Duchi, Hazan and Singer, 2011)."""

    learning_rate: LearningRate = 0.1
    initial_accumulator_value: Annotated[
        float, Meta(ge=0, description="starting value of each sum of squared gradients")
    ] = 0.1
    epsilon: Epsilon = 1e-7
    schedule: Schedule = ConstantScheduleSettings()
    clip_norm: ClipNorm = 0.0


class RMSpropSettings(PartSettings, frozen=True, kw_only=True, tag="rmsprop"):
    """Steps divided by a running mean of the gradient's size (Hinton, 2012)."""

    learning_rate: LearningRate = 0.01
    rho: Annotated[
        float, Meta(ge=0, lt=1, description="memory of the mean of squared gradients")
    ] = 0.9
    momentum: Momentum = 0.0
    epsilon: Epsilon = 1e-7
    schedule: Schedule = ConstantScheduleSettings()
    clip_norm: ClipNorm = 0.0


Beta1 = Annotated[float, Meta(ge=0, lt=1, description="memory of the mean of gradients")]
Beta2 = Annotated[float, Meta(ge=0, lt=1, description="memory of the mean of squared gradients")]


class AdamSettings(PartSettings, frozen=True, kw_only=True, tag="adam"):
    """Adam (Kingma and Ba, 2015)."""

    learning_rate: LearningRate = 0.01
    beta_1: Beta1 = 0.9
    beta_2: Beta2 = 0.999
    epsilon: Epsilon = 1e-7
    schedule: Schedule = ConstantScheduleSettings()
    clip_norm: ClipNorm = 0.0


class AdamWSettings(PartSettings, frozen=True, kw_only=True, tag="adamw"):
    """Adam with weight decay apart from the gradient (Loshchilov and Hutter, 2019)."""

    learning_rate: LearningRate = 0.01
    weight_decay: Annotated[
        float, Meta(ge=0, description="share of each weight taken off a step, times learning_rate")
    ] = 0.004
    beta_1: Beta1 = 0.9
    beta_2: Beta2 = 0.999
    epsilon: Epsilon = 1e-7
    schedule: Schedule = ConstantScheduleSettings()
    clip_norm: ClipNorm = 0.0


class PerceptronOptimizerSettings(PartSettings, frozen=True, kw_only=True, tag="perceptron"):
    """The perceptron rule: each wrong answer pulls the weights to its side (Rosenblatt, 1958)."""

    learning_rate: LearningRate = 1.0
    schedule: Schedule = ConstantScheduleSettings()
    clip_norm: ClipNorm = 0.0


OptimizerSettings = (
    SGDSettings
    | AdagradSettings
    | RMSpropSettings
    | AdamSettings
    | AdamWSettings
    | PerceptronOptimizerSettings
)
