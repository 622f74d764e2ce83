"""PyTorch, JAX and scikit-learn on the same work, each in its fastest ordinary form, float32.

The libraries are imported when a contestant is made, and need not be installed. All of them use
one thread; ``measure.py`` sets what has to be set before they are imported.
"""

import warnings
from collections.abc import Callable, Iterator
from importlib import import_module
from itertools import islice
from typing import Any

import numpy as np
from workloads import BETA_1, BETA_2, EPSILON, Contestant, Data, Weights, Workload

EPOCHS_AT_ONCE_STEPS = 64  # JAX compiles at least so many steps into one call


def prepare_pytorch(workload: Workload, data: Data, weights: Weights) -> list[Contestant]:
    """Make PyTorch eager with each form of its optimizer, and plain SGD without an optimizer.

    The loop is the leanest that is still ordinary eager PyTorch: parameters without modules,
    layers as one fused product and sum, in-place activations, tensors made before the first
    step, one shuffled copy an epoch cut into batches, and the loss never read.
    """
    torch = import_module("torch")
    torch.set_num_threads(1)
    forms: list[dict[str, bool]] = [{"fused": True}, {"foreach": True}, {"foreach": False}]
    contestants = [
        pytorch_contestant(torch, workload, data, weights, form) for form in (*forms, None)
    ]
    return [contestant for contestant in contestants if contestant]


def pytorch_contestant(
    torch: Any, workload: Workload, data: Data, weights: Weights, form: dict[str, bool] | None
) -> Contestant | None:
    by_hand = form is None
    layers = [
        tuple(
            torch.tensor(array if by_hand else array.T, dtype=torch.float32)
            .contiguous()
            .requires_grad_()
            for array in layer
        )
        for layer in weights
    ]
    parameters = [parameter for layer in layers for parameter in layer]
    if form is None:
        if workload.optimizer != "sgd" or workload.momentum:
            return None
        name, update = "by-hand PyTorch", pytorch_descent_by_hand(torch, parameters, workload)
    else:
        name = "fused" if "fused" in form else "foreach" if form["foreach"] else "plain"
        name, update = f"PyTorch {name}", pytorch_update(torch, parameters, workload, form)
    loss_function = pytorch_loss(torch, workload, layers, by_hand)
    endless_batches = pytorch_batches(torch, workload, data)

    def run(steps: int) -> int:
        for points, targets in islice(endless_batches, steps):
            update(loss_function(points, targets))
        return steps

    def current_weights() -> Weights:
        numbers = [tuple(array.detach().numpy() for array in layer) for layer in layers]
        return [(matrix if by_hand else matrix.T, biases) for matrix, biases in numbers]

    return Contestant(name, run, current_weights)


def pytorch_loss(
    torch: Any, workload: Workload, layers: list, by_hand: bool
) -> Callable[[Any, Any], Any]:
    """Make the forward pass; weights (inputs, units), by hand, spare tiny networks a transpose."""
    functional = torch.nn.functional
    linear = (lambda x, w, b: torch.addmm(b, x, w)) if by_hand else functional.linear
    mean_squared_error = workload.loss == "mean_squared_error"
    loss = functional.mse_loss if mean_squared_error else functional.cross_entropy
    activate = torch.tanh_ if workload.activation == "tanh" else torch.relu_
    *hidden, (last_weights, last_biases) = layers

    def loss_function(outputs: Any, targets: Any) -> Any:
        for matrix, biases in hidden:
            outputs = activate(linear(outputs, matrix, biases))
        return loss(linear(outputs, last_weights, last_biases), targets)

    return loss_function


def pytorch_update(
    torch: Any, parameters: list, workload: Workload, form: dict[str, bool]
) -> Callable[[Any], None]:
    if workload.optimizer == "adam":
        optimizer = torch.optim.Adam(
            parameters, workload.learning_rate, (BETA_1, BETA_2), EPSILON, **form
        )
    else:
        optimizer = torch.optim.SGD(
            parameters, workload.learning_rate, momentum=workload.momentum, **form
        )

    def update(loss: Any) -> None:
        for parameter in parameters:  # optimizer.zero_grad() does the same, slower
            parameter.grad = None
        loss.backward()
        optimizer.step()

    return update


def pytorch_descent_by_hand(
    torch: Any, parameters: list, workload: Workload
) -> Callable[[Any], None]:
    """Make the shortest update of plain SGD: what is left when no optimizer is in the way."""

    def update(loss: Any) -> None:
        gradients = torch.autograd.grad(loss, parameters)
        with torch.no_grad():
            torch._foreach_add_(parameters, gradients, alpha=-workload.learning_rate)

    return update


def pytorch_batches(torch: Any, workload: Workload, data: Data) -> Iterator[tuple[Any, Any]]:
    points = torch.tensor(data.points, dtype=torch.float32)
    targets = torch.tensor(data.targets)
    targets = targets.float() if workload.loss == "mean_squared_error" else targets
    while workload.steps_per_epoch == 1:
        yield points, targets
    for order in data.orders():
        rows = torch.from_numpy(order)
        yield from zip(
            points[rows].split(workload.batch_size),
            targets[rows].split(workload.batch_size),
            strict=True,
        )


def prepare_jax(workload: Workload, data: Data, weights: Weights) -> list[Contestant]:
    """Make JAX: whole epochs as one compiled call that scans over the batches.

    Where an epoch is short, several go into one call. The first call, which compiles, is made
    here.
    """
    jax = import_module("jax")
    jnp = jax.numpy
    points = jnp.asarray(data.points, jnp.float32)
    classes = workload.loss == "cross_entropy"
    targets = jnp.asarray(data.targets, jnp.int32 if classes else jnp.float32)
    epochs = -(-EPOCHS_AT_ONCE_STEPS // workload.steps_per_epoch)
    step = jax_step(workload, jax)
    whole = workload.samples // workload.batch_size * workload.batch_size

    def epoch(state: Any, order: Any) -> tuple[Any, None]:
        if workload.steps_per_epoch == 1:
            return step(state, points, targets), None
        shuffled = points[order], targets[order]
        cut = [a[:whole].reshape(-1, workload.batch_size, *a.shape[1:]) for a in shuffled]
        state, _ = jax.lax.scan(lambda s, batch: (step(s, *batch), None), state, tuple(cut))
        if whole < workload.samples:
            state = step(state, *(a[whole:] for a in shuffled))
        return state, None

    train = jax.jit(lambda state, orders: jax.lax.scan(epoch, state, orders)[0])
    parameters = jax.tree.map(lambda a: jnp.asarray(a, jnp.float32), weights)
    zeros = jax.tree.map(jnp.zeros_like, parameters)
    state = [(parameters, zeros, zeros, jnp.zeros((), jnp.float32))]
    orders = data.orders()
    jax.block_until_ready(train(state[0], np.stack(list(islice(data.orders(), epochs)))))

    def run(steps: int) -> int:
        done = 0
        while done < steps:
            state[0] = train(state[0], np.stack(list(islice(orders, epochs))))
            done += epochs * workload.steps_per_epoch
        jax.block_until_ready(state[0])
        return done

    def current_weights() -> Weights:
        return jax.tree.map(np.asarray, state[0][0])

    return [Contestant("JAX", run, current_weights)]


def jax_step(workload: Workload, jax: Any) -> Callable[..., Any]:
    jnp = jax.numpy
    activate = jnp.tanh if workload.activation == "tanh" else jax.nn.relu
    rate = workload.learning_rate

    def loss(parameters: Any, points: Any, targets: Any) -> Any:
        outputs = points
        for matrix, biases in parameters[:-1]:
            outputs = activate(outputs @ matrix + biases)
        outputs = outputs @ parameters[-1][0] + parameters[-1][1]
        if workload.loss == "mean_squared_error":
            return jnp.mean((outputs - targets) ** 2)
        chosen = jnp.take_along_axis(jax.nn.log_softmax(outputs), targets[:, None], axis=1)
        return -jnp.mean(chosen)

    def step(state: Any, points: Any, targets: Any) -> Any:
        parameters, mean, square, count = state
        gradient = jax.grad(loss)(parameters, points, targets)
        count += 1
        if workload.optimizer == "sgd":
            mean = jax.tree.map(lambda m, g: workload.momentum * m + g, mean, gradient)
            parameters = jax.tree.map(lambda w, m: w - rate * m, parameters, mean)
            return parameters, mean, square, count
        mean = jax.tree.map(lambda m, g: BETA_1 * m + (1 - BETA_1) * g, mean, gradient)
        square = jax.tree.map(lambda v, g: BETA_2 * v + (1 - BETA_2) * g * g, square, gradient)
        mean_scale, square_scale = 1 / (1 - BETA_1**count), 1 / (1 - BETA_2**count)
        parameters = jax.tree.map(
            lambda w, m, v: w - rate * m * mean_scale / (jnp.sqrt(v * square_scale) + EPSILON),
            parameters,
            mean,
            square,
        )
        return parameters, mean, square, count

    return step


def prepare_sklearn(workload: Workload, data: Data, weights: Weights) -> list[Contestant]:
    """Make scikit-learn's perceptron: as many whole epochs of ``fit`` as the steps ask for.

    Its squared error is half of the mean squared error, so its learning rate is doubled there.
    It shuffles by itself, and each call of ``fit`` starts the optimizer's state again.
    """
    sklearn = import_module("sklearn.neural_network")
    regression = workload.loss == "mean_squared_error"
    model = (sklearn.MLPRegressor if regression else sklearn.MLPClassifier)(
        hidden_layer_sizes=workload.units[1:-1],
        activation=workload.activation,
        solver=workload.optimizer,
        alpha=0.0,
        batch_size=workload.batch_size,
        learning_rate_init=workload.learning_rate * (2 if regression else 1),
        momentum=workload.momentum,
        nesterovs_momentum=False,
        shuffle=workload.steps_per_epoch > 1,
        tol=0.0,
        warm_start=True,
        random_state=0,
    )
    points = data.points.astype(np.float32)
    targets = data.targets.astype(np.float32).ravel() if regression else data.targets
    model.partial_fit(points, targets, **({} if regression else {"classes": np.unique(targets)}))
    for (matrix, biases), coefficients, intercepts in zip(
        weights, model.coefs_, model.intercepts_, strict=True
    ):
        coefficients[...] = matrix
        intercepts[...] = biases

    def run(steps: int) -> int:
        epochs = -(-steps // workload.steps_per_epoch)
        model.set_params(max_iter=epochs, n_iter_no_change=epochs + 1)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # it warns that it could learn on
            model.fit(points, targets)
        return epochs * workload.steps_per_epoch

    def current_weights() -> Weights:
        return list(zip(model.coefs_, model.intercepts_, strict=True))

    return [Contestant("scikit-learn", run, current_weights, workload.steps_per_epoch == 1)]
