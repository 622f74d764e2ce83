"""Parameters after every step: of optimizers on given gradients, and of whole training runs."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

import torch
from torch import Tensor
from torch.nn import functional

Parameters = list[Tensor]
MakeOptimizer = Callable[[Parameters], torch.optim.Optimizer]


def make_optimizer(settings: dict, parameters: Iterable[Tensor]) -> torch.optim.Optimizer:
    """Translate a configuration in Keras's words into PyTorch's."""
    words = {"learning_rate": "lr", "rho": "alpha", "epsilon": "eps"}
    classes = {
        "sgd": torch.optim.SGD,
        "adagrad": torch.optim.Adagrad,
        "rmsprop": torch.optim.RMSprop,
        "adam": torch.optim.Adam,
        "adamw": torch.optim.AdamW,
    }
    arguments = {words.get(key, key): value for key, value in settings.items()}
    name = arguments.pop("name")
    arguments.pop("clip_norm", None)
    if "initial_accumulator_value" in arguments:
        arguments["initial_accumulator_value"] = float(arguments["initial_accumulator_value"])
    if "beta_1" in arguments:
        arguments["betas"] = (arguments.pop("beta_1"), arguments.pop("beta_2"))
    return classes[name](list(parameters), foreach=False, **arguments)


ADAM = {"beta_1": 0.9, "beta_2": 0.999, "epsilon": 1e-8}
SGD = {"name": "sgd", "learning_rate": 0.1}
ADAGRAD = {"name": "adagrad", "learning_rate": 0.1, "epsilon": 1e-10}
RMSPROP = {"name": "rmsprop", "learning_rate": 0.01, "rho": 0.9, "epsilon": 1e-8}

OPTIMIZERS: dict[str, dict] = {
    "sgd": {**SGD, "momentum": 0.0, "nesterov": False},
    "sgd_momentum": {**SGD, "momentum": 0.9, "nesterov": False},
    "sgd_nesterov": {**SGD, "momentum": 0.9, "nesterov": True},
    "sgd_clip_norm": {**SGD, "momentum": 0.0, "nesterov": False, "clip_norm": 1.0},
    "adagrad": {**ADAGRAD, "initial_accumulator_value": 0.0},
    "adagrad_accumulator": {**ADAGRAD, "initial_accumulator_value": 0.1},
    "rmsprop": {**RMSPROP, "momentum": 0.0},
    "rmsprop_momentum": {**RMSPROP, "momentum": 0.9},
    "adam": {"name": "adam", "learning_rate": 0.01, **ADAM},
    "adam_betas": {
        "name": "adam",
        "learning_rate": 0.01,
        "beta_1": 0.8,
        "beta_2": 0.99,
        "epsilon": 1e-3,
    },
    "adamw": {"name": "adamw", "learning_rate": 0.01, **ADAM, "weight_decay": 0.01},
    "adamw_strong": {"name": "adamw", "learning_rate": 0.01, **ADAM, "weight_decay": 0.1},
}


def gradients_and_start(steps: int = 25, size: int = 12) -> tuple[Tensor, Tensor]:
    """Gradients over five orders of magnitude, a tenth of them 0; row 7 is 0 altogether."""
    generator = torch.Generator().manual_seed(1)
    scale = 10.0 ** (torch.rand(steps, 1, generator=generator) * 4.0 - 3.0)
    gradients = torch.randn(steps, size, generator=generator) * scale
    gradients *= torch.rand(steps, size, generator=generator) > 0.1
    gradients[7] = 0.0
    gradients[:5, -1] = 0.0  # a parameter whose optimizer state is still 0 when it first moves
    return gradients, torch.randn(size, generator=generator)


def trajectory(settings: dict, gradients: Tensor, start: Tensor) -> list[list[float]]:
    parameters = start.clone().requires_grad_()
    optimizer = make_optimizer(settings, [parameters])
    after_each_step = []
    for gradient in gradients:
        parameters.grad = gradient.clone()
        if "clip_norm" in settings:
            torch.nn.utils.clip_grad_norm_([parameters], settings["clip_norm"])
        optimizer.step()
        after_each_step.append(parameters.tolist())
    return after_each_step


def optimizers() -> dict:
    """Each optimizer's parameters after each of 25 steps on the same gradients."""
    gradients, start = gradients_and_start()
    return {
        "about": "`parameters_after_each_step` of each configuration, from `initial_parameters` by "
        "`gradients` (one row a step). PyTorch's rules: adagrad and rmsprop divide by sqrt(v) + "
        "epsilon; adam by sqrt(v / (1 - beta_2^t)) + epsilon; momentum is v <- momentum v + g, "
        "w <- w - learning_rate v, nesterov uses g + momentum v; adamw first multiplies w by "
        "1 - learning_rate weight_decay; clip_norm multiplies the whole gradient by "
        "min(1, clip_norm / (norm + 1e-6))",
        "initial_parameters": start.tolist(),
        "gradients": gradients.tolist(),
        "optimizers": {
            name: {
                "settings": settings,
                "parameters_after_each_step": trajectory(settings, gradients, start),
            }
            for name, settings in OPTIMIZERS.items()
        },
    }


@dataclass(frozen=True)
class Run:
    """A small network and how to train it."""

    units: tuple[int, ...]
    activation: str
    loss: str
    optimizer: dict
    penalty: dict = field(default_factory=dict)


RUNS: dict[str, Run] = {
    "tanh_cross_entropy_adam": Run((2, 4, 3), "tanh", "cross_entropy", OPTIMIZERS["adam"]),
    "relu_binary_cross_entropy_nesterov": Run(
        (2, 5, 1), "relu", "binary_cross_entropy", OPTIMIZERS["sgd_nesterov"]
    ),
    "gelu_tanh_mean_squared_error_rmsprop": Run(
        (3, 4, 2), "gelu_tanh", "mean_squared_error", OPTIMIZERS["rmsprop"]
    ),
    "elu_huber_adamw": Run((2, 4, 2), "elu", "huber", OPTIMIZERS["adamw_strong"]),
    "silu_cross_entropy_penalty": Run(
        (2, 4, 3),
        "silu",
        "cross_entropy",
        OPTIMIZERS["sgd"],
        {"l1": 0.02, "l2": 0.03, "bias_l1": 0.01, "bias_l2": 0.04},
    ),
}
HIDDEN: dict[str, Callable[[Tensor], Tensor]] = {
    "tanh": torch.tanh,
    "relu": functional.relu,
    "gelu_tanh": lambda x: functional.gelu(x, approximate="tanh"),
    "elu": functional.elu,
    "silu": functional.silu,
}
LOSSES: dict[str, Callable[[Tensor, Tensor], Tensor]] = {
    "cross_entropy": functional.cross_entropy,
    "binary_cross_entropy": functional.binary_cross_entropy_with_logits,
    "mean_squared_error": functional.mse_loss,
    "huber": functional.huber_loss,
}


def batches(generator: torch.Generator) -> list[list[int]]:
    """Ten batches of 4, 4 and 2 of ten points: three epochs and a step, each shuffled."""
    epochs = [torch.randperm(10, generator=generator).split(4) for _ in range(4)]
    return [batch.tolist() for epoch in epochs for batch in epoch][:10]


def make_targets(run: Run, generator: torch.Generator) -> Tensor:
    outputs = run.units[-1]
    if run.loss == "cross_entropy":
        return torch.randint(0, outputs, (10,), generator=generator)
    if run.loss == "binary_cross_entropy":
        return torch.randint(0, 2, (10, outputs), generator=generator).double()
    return torch.randn(10, outputs, generator=generator) * 2.0


def make_parameters(run: Run, generator: torch.Generator) -> dict[str, Tensor]:
    parameters = {}
    for index, (inputs, units) in enumerate(zip(run.units, run.units[1:], strict=False)):
        weight = torch.randn(units, inputs, generator=generator) * inputs**-0.5
        parameters[f"layers.{index}.weight"] = weight.requires_grad_()
        bias = torch.randn(units, generator=generator) * 0.1
        parameters[f"layers.{index}.bias"] = bias.requires_grad_()
    return parameters


def forward(run: Run, parameters: dict[str, Tensor], points: Tensor) -> Tensor:
    last = len(run.units) - 2
    for index in range(last + 1):
        weight, bias = parameters[f"layers.{index}.weight"], parameters[f"layers.{index}.bias"]
        points = functional.linear(points, weight, bias)
        points = HIDDEN[run.activation](points) if index < last else points
    return points


def penalty(run: Run, parameters: dict[str, Tensor]) -> Tensor:
    """Sum l1 * sum|w| + l2 * sum(w^2) over the weights, and likewise over the biases."""
    total = torch.zeros(())
    for name, values in parameters.items():
        prefix = "bias_" if name.endswith("bias") else ""
        total = total + run.penalty.get(f"{prefix}l1", 0.0) * values.abs().sum()
        total = total + run.penalty.get(f"{prefix}l2", 0.0) * values.square().sum()
    return total


def train(run: Run, seed: int) -> dict:
    generator = torch.Generator().manual_seed(seed)
    points = torch.randn(10, run.units[0], generator=generator)
    targets = make_targets(run, generator)
    parameters = make_parameters(run, generator)
    initial = {name: values.tolist() for name, values in parameters.items()}
    optimizer = make_optimizer(run.optimizer, parameters.values())
    order, steps = batches(generator), []
    for batch in order:
        loss = LOSSES[run.loss](forward(run, parameters, points[batch]), targets[batch])
        regularization_loss = penalty(run, parameters)
        optimizer.zero_grad()
        (loss + regularization_loss).backward()
        optimizer.step()
        steps.append(
            {
                "loss": loss.item(),
                "regularization_loss": regularization_loss.item(),
                "parameters": {name: values.tolist() for name, values in parameters.items()},
            }
        )
    return {
        "units": run.units,
        "activation": run.activation,
        "loss": run.loss,
        "optimizer": run.optimizer,
        "regularization": run.penalty,
        "points": points.tolist(),
        "targets": targets.tolist(),
        "batches": order,
        "initial_parameters": initial,
        "steps": steps,
    }


def training() -> dict:
    """Whole training runs: the loss of each step's batch and the parameters after the step."""
    return {
        "about": "`steps[t]` has the loss of batch t before the update (without and of the penalty "
        "alone) and the parameters after it; weights are (units, inputs); the output layer is "
        "linear, its outputs are logits for both cross-entropies; losses as in losses.json (huber "
        "with delta 1), optimizers as in optimizers.json; the penalty is l1 sum|w| + l2 sum w^2 "
        "over all weights and bias_l1, bias_l2 likewise over all biases",
        "runs": {name: train(run, seed=10 + i) for i, (name, run) in enumerate(RUNS.items())},
    }
