"""The parts of a network by the names that experiments call them."""

from collections.abc import Callable, Mapping

from nntui.engine.activations import (
    Activation,
    Linear,
    Sigmoid,
    Sine,
    Softmax,
    Softplus,
    Step,
    Tanh,
)
from nntui.engine.adam import Adam, AdamW
from nntui.engine.initializers import (
    Constant,
    GlorotNormal,
    GlorotUniform,
    HeNormal,
    HeUniform,
    Initializer,
    Normal,
    Uniform,
    Zeros,
)
from nntui.engine.losses import (
    BinaryCrossentropy,
    CategoricalCrossentropy,
    Huber,
    Loss,
    MeanAbsoluteError,
    MeanSquaredError,
    PerceptronCriterion,
)
from nntui.engine.optimizers import SGD, Adagrad, Optimizer, RMSprop
from nntui.engine.rectifiers import ELU, GELU, LeakyReLU, ReLU, SiLU
from nntui.engine.schedules import (
    ConstantRate,
    CosineDecay,
    ExponentialDecay,
    InverseTimeDecay,
    Schedule,
    StepDecay,
)

ACTIVATIONS: Mapping[str, Callable[..., Activation]] = {
    "linear": Linear,
    "relu": ReLU,
    "leaky_relu": LeakyReLU,
    "elu": ELU,
    "gelu": GELU,
    "silu": SiLU,
    "softplus": Softplus,
    "sigmoid": Sigmoid,
    "tanh": Tanh,
    "sine": Sine,
    "step": Step,
    "softmax": Softmax,
}

LOSSES: Mapping[str, Callable[..., Loss]] = {
    "categorical_crossentropy": CategoricalCrossentropy,
    "binary_crossentropy": BinaryCrossentropy,
    "mean_squared_error": MeanSquaredError,
    "mean_absolute_error": MeanAbsoluteError,
    "huber": Huber,
    "perceptron": PerceptronCriterion,
}


def perceptron_rule() -> Optimizer:
    """Return what turns the perceptron criterion's gradient into the perceptron rule."""
    return SGD(0.0, nesterov=False)


OPTIMIZERS: Mapping[str, Callable[..., Optimizer]] = {
    "sgd": SGD,
    "adagrad": Adagrad,
    "rmsprop": RMSprop,
    "adam": Adam,
    "adamw": AdamW,
    "perceptron": perceptron_rule,
}

SCHEDULES: Mapping[str, Callable[..., Schedule]] = {
    "constant": ConstantRate,
    "inverse_time": InverseTimeDecay,
    "step": StepDecay,
    "exponential": ExponentialDecay,
    "cosine": CosineDecay,
}

INITIALIZERS: Mapping[str, Callable[..., Initializer]] = {
    "glorot_uniform": GlorotUniform,
    "glorot_normal": GlorotNormal,
    "he_uniform": HeUniform,
    "he_normal": HeNormal,
    "normal": Normal,
    "uniform": Uniform,
    "zeros": Zeros,
    "constant": Constant,
}
