"""Values and gradients of activations and losses, by PyTorch's functions and its autograd."""

from collections.abc import Callable

import torch
from torch import Tensor
from torch.nn import functional

Function = Callable[[Tensor], Tensor]

ACTIVATIONS: dict[str, Function] = {
    "linear": lambda x: x * 1.0,
    "relu": functional.relu,
    "leaky_relu": lambda x: functional.leaky_relu(x, negative_slope=0.01),
    "elu": lambda x: functional.elu(x, alpha=1.0),
    "gelu_exact": lambda x: functional.gelu(x, approximate="none"),
    "gelu_tanh": lambda x: functional.gelu(x, approximate="tanh"),
    "silu": functional.silu,
    "softplus": functional.softplus,
    "sigmoid": torch.sigmoid,
    "tanh": torch.tanh,
    "sine": torch.sin,
}
EXTREME_INPUTS = [-1e4, -700.0, -50.0, 50.0, 700.0, 1e4]
NOT_EXTREME = {"sine"}  # sin(1e4) tests the range reduction of the C library, not an activation


def value_and_derivative(function: Function, points: Tensor) -> dict:
    inputs = points.clone().requires_grad_()
    values = function(inputs)
    (derivatives,) = torch.autograd.grad(values.sum(), inputs)
    return {"values": values.tolist(), "derivatives": derivatives.tolist()}


def softmax_reference(generator: torch.Generator) -> dict:
    inputs = torch.randn(5, 4, generator=generator) * 3.0
    inputs[4] = torch.tensor([1000.0, 999.0, -1000.0, 0.0])
    inputs.requires_grad_()
    upstream = torch.randn(5, 4, generator=generator)
    values = torch.softmax(inputs, dim=1)
    (gradient,) = torch.autograd.grad(values, inputs, grad_outputs=upstream)
    return {
        "inputs": inputs.tolist(),
        "values": values.tolist(),
        "upstream_gradient": upstream.tolist(),
        "input_gradient": gradient.tolist(),
    }


def activations() -> dict:
    """Every activation over 41 points beside zero and, except sine, far outside them."""
    points = torch.linspace(-6.0, 5.9, 41)  # 0 is left out: derivatives are conventions there
    extreme = torch.tensor(EXTREME_INPUTS)
    return {
        "about": "values and derivatives at `inputs`, and at `extreme_inputs`, of each activation; "
        "leaky_relu has negative_slope 0.01, elu has alpha 1; gelu_exact is x*Phi(x), gelu_tanh "
        "its approximation 0.5x(1+tanh(sqrt(2/pi)(x+0.044715x^3))); softmax goes over the last "
        "axis of (batch, classes), input_gradient is the vector-Jacobian product",
        "inputs": points.tolist(),
        "activations": {
            name: value_and_derivative(function, points) for name, function in ACTIVATIONS.items()
        },
        "extreme_inputs": EXTREME_INPUTS,
        "extreme": {
            name: value_and_derivative(function, extreme)
            for name, function in ACTIVATIONS.items()
            if name not in NOT_EXTREME
        },
        "softmax": softmax_reference(torch.Generator().manual_seed(2)),
    }


def loss_entry(loss: Callable[[Tensor, Tensor], Tensor], outputs: Tensor, targets: Tensor) -> dict:
    inputs = outputs.clone().requires_grad_()
    value = loss(inputs, targets)
    (gradient,) = torch.autograd.grad(value, inputs)
    return {
        "outputs": outputs.tolist(),
        "targets": targets.tolist(),
        "loss": value.item(),
        "gradient": gradient.tolist(),
    }


def huber(delta: float) -> Callable[[Tensor, Tensor], Tensor]:
    return lambda outputs, targets: functional.huber_loss(outputs, targets, delta=delta)


def losses() -> dict:
    """Mean losses of one batch and their gradients with respect to the outputs."""
    generator = torch.Generator().manual_seed(3)
    logits = torch.randn(6, 4, generator=generator) * 2.0
    labels = torch.randint(0, 4, (6,), generator=generator)
    one_hot = functional.one_hot(labels, 4).to(logits.dtype)
    soft = torch.softmax(torch.randn(6, 4, generator=generator), dim=1)
    binary = torch.randint(0, 2, (6, 4), generator=generator).to(logits.dtype)
    targets = torch.randn(6, 4, generator=generator)
    extreme = torch.tensor([[1000.0, -1000.0, 0.0, 5.0], [-1000.0, 1000.0, 999.0, -3.0]])
    extreme_labels = torch.tensor([1, 1])
    extreme_binary = torch.tensor([[0.0, 1.0, 1.0, 0.0], [0.0, 1.0, 0.0, 1.0]])
    cross_entropy, bce = functional.cross_entropy, functional.binary_cross_entropy_with_logits
    return {
        "about": "`loss` is the mean over the batch (cross-entropy) or over batch and outputs (all "
        "others), in nats; `gradient` is its gradient with respect to `outputs`, which are logits "
        "for both cross-entropies; huber is e^2/2 for |e| <= delta, else delta(|e| - delta/2)",
        "losses": {
            "cross_entropy_labels": loss_entry(cross_entropy, logits, labels),
            "cross_entropy_one_hot": loss_entry(cross_entropy, logits, one_hot),
            "cross_entropy_soft": loss_entry(cross_entropy, logits, soft),
            "cross_entropy_extreme": loss_entry(cross_entropy, extreme, extreme_labels),
            "binary_cross_entropy": loss_entry(bce, logits, binary),
            "binary_cross_entropy_one_output": loss_entry(bce, logits[:, :1], binary[:, :1]),
            "binary_cross_entropy_extreme": loss_entry(bce, extreme, extreme_binary),
            "mean_squared_error": loss_entry(functional.mse_loss, logits, targets),
            "mean_absolute_error": loss_entry(functional.l1_loss, logits, targets),
            "huber_delta_1": loss_entry(huber(1.0), logits, targets),
            "huber_delta_0.5": loss_entry(huber(0.5), logits, targets),
        },
    }
