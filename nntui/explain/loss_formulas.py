"""The formula of each loss and of its gradient, with the numbers of one output.

Logarithms are natural ones. The result in each formula is the engine's own number.
"""

import numpy as np

from nntui.engine.losses import (
    BinaryCrossentropy,
    CategoricalCrossentropy,
    Huber,
    Loss,
    MeanAbsoluteError,
    MeanSquaredError,
    PerceptronCriterion,
)
from nntui.engine.tape import Array
from nntui.explain.numerals import (
    difference,
    exponent,
    factor,
    near,
    numeral,
    product,
    setting,
    sum_of,
    sum_of_numbers,
)
from nntui.explain.page import Formula

_ROUNDING = 1e-3
"""A result that is further, relatively, from what is written before it is not called equal."""

_MOST_OUTPUTS = 64
"""Of how many outputs the losses are computed one by one."""


def loss_formulas(
    loss: Loss, sums: Array, outputs: Array, targets: Array, unit: int
) -> tuple[Formula, ...]:
    """Write the loss of one point; of one of its outputs where the loss is a mean over them.

    Args:
        loss: The loss.
        sums: The output layer's weighted sums for the point, (units,).
        outputs: The outputs, (units,).
        targets: What they should be, (units,).
        unit: The output.
    """
    if isinstance(loss, CategoricalCrossentropy):
        return _crossentropy_formulas(loss, sums, outputs, targets)
    one = slice(unit, unit + 1), np.newaxis
    value = loss.value(sums[one], outputs[one], targets[one])
    z, a, t = float(sums[unit]), float(outputs[unit]), float(targets[unit])
    mean = _mean_of_outputs(loss, sums, outputs, targets)
    if isinstance(loss, BinaryCrossentropy):
        from_sums = Formula(
            "computed from z, which never takes log 0: L = log(1 + eᶻ) − t · z",
            f"log(1 + e^{exponent(z)}) − {factor(t)} · {exponent(z)} = {numeral(value)}",
        )
        with_outputs = Formula(
            "L = −(t · log a + (1 − t) · log(1 − a))",
            _result(_binary(a, t), _surprise(a, t), value),
        )
        return with_outputs, from_sums, *mean
    symbols, numbers = _of_output(loss, z, a, t)
    return Formula(symbols, f"{numbers} = {numeral(value)}"), *mean


def _mean_of_outputs(
    loss: Loss, sums: Array, outputs: Array, targets: Array
) -> tuple[Formula, ...]:
    """Write the loss of a point as the mean over its outputs, if there are several."""
    units = len(sums)
    if units == 1:
        return ()
    columns = [array[:, np.newaxis] for array in (sums, outputs, targets)]
    each = [
        loss.value(*(column[at : at + 1] for column in columns))
        for at in range(min(units, _MOST_OUTPUTS))
    ]
    whole = loss.value(*columns)
    if units > len(each):
        each.append(whole * units - sum(each))
    numbers = f"({sum_of_numbers(each)}) / {units} = {numeral(whole)}"
    return (Formula("loss of the point = Σ L of its outputs / units", numbers),)


def _of_output(loss: Loss, z: float, a: float, t: float) -> tuple[str, str]:
    error = difference(a, t)
    if isinstance(loss, PerceptronCriterion):
        return "L = (a − t) · z", f"({error}) · {factor(z)}"
    if isinstance(loss, MeanSquaredError):
        return "L = (a − t)²", f"({error})²"
    if isinstance(loss, MeanAbsoluteError):
        return "L = |a − t|", f"|{error}|"
    if not isinstance(loss, Huber):
        raise TypeError(f"No formula for {type(loss).__name__}.")
    delta = setting(loss.delta)
    symbols = "L = (a − t)² / 2 where |a − t| ≤ delta, else delta · (|a − t| − delta / 2)"
    if abs(a - t) <= loss.delta:
        return symbols, f"({error})² / 2"
    return symbols, f"{delta} · (|{error}| − {delta} / 2)"


def _binary(a: float, t: float) -> str:
    if t == 1.0:
        return f"−log({near(a, 1.0)})"
    if t == 0.0:
        return f"−log(1 − {near(a, 1.0)})"
    first = f"{numeral(t)} · log({near(a, 1.0)})"
    return f"−({first} + (1 − {near(t, 1.0)}) · log(1 − {near(a, 1.0)}))"


def _surprise(a: float, t: float) -> float:
    """Compute −(t · log a + (1 − t) · log(1 − a)) from an output as it was rounded."""
    with np.errstate(all="ignore"):
        logs = np.log(np.array([a, 1.0 - a]))
    parts = [part * log for part, log in zip((t, 1.0 - t), logs.tolist(), strict=True) if part]
    return -sum(parts)


def _result(written: str, from_outputs: float, value: float) -> str:
    """Write the loss behind its formula; the outputs may be too rounded to give it.

    Args:
        written: The formula with numbers.
        from_outputs: What comes of it.
        value: The loss, which has been computed from the sums.
    """
    if np.isinf(from_outputs) and np.isfinite(value):
        return f"{written} = ∞, because the output is rounded; from z it is {numeral(value)}"
    is_close = abs(from_outputs - value) <= _ROUNDING * abs(value)
    sign = "=" if is_close or not np.isfinite(value) else "≈"
    return f"{written} {sign} {numeral(value)}"


def _crossentropy_formulas(
    loss: Loss, sums: Array, outputs: Array, targets: Array
) -> tuple[Formula, ...]:
    value = loss.value(sums[:, np.newaxis], outputs[:, np.newaxis], targets[:, np.newaxis])
    classes = np.flatnonzero(targets > 0).tolist()
    with np.errstate(all="ignore"):
        parts = [float(targets[k] * np.log(np.float64(outputs[k]))) for k in classes]
    logs = [f"log({near(outputs[k], 1.0)})" for k in classes]
    if len(classes) == 1 and targets[classes[0]] == 1.0:
        numbers = f"−{logs[0]}"
    else:
        written = [f"{numeral(targets[k])} · {log}" for k, log in zip(classes, logs, strict=True)]
        numbers = f"−({sum_of(written, parts)})"
    right = int(targets.argmax())
    z, largest = sums.astype(np.float64), float(sums.max())
    with np.errstate(all="ignore"):
        total = float(np.exp(z - largest).sum())
        log_probability = float(z[right] - largest - np.log(total))
    from_sums = f"{difference(z[right], largest)} − log({near(total, 1.0)})"
    return (
        Formula("L = −Σᵢ tᵢ · log aᵢ", _result(numbers, -sum(parts), value)),
        Formula(
            "computed from z, which never takes log 0: log aᵢ = zᵢ − max z − log Σₖ e^(zₖ − max z)",
            f"{from_sums} = {numeral(log_probability)}",
        ),
    )


def gradient_formula(
    loss: Loss, a: float, t: float, shape: tuple[int, int], result: float
) -> Formula:
    """Write the gradient that begins the way back.

    Args:
        loss: The loss.
        a: An output.
        t: What it should be.
        shape: Units and points of the batch.
        result: The gradient.
    """
    units, batch = shape
    error, end = difference(a, t), f" = {numeral(result)}"
    with_respect_to = "∂L/∂a" if loss.fused_with is None else "∂L/∂z"
    if isinstance(loss, CategoricalCrossentropy):
        return Formula(f"{with_respect_to} = (a − t) / batch", f"({error}) / {batch}{end}")
    share = f"({product(batch, units)})"
    if isinstance(loss, MeanSquaredError):
        symbols, numbers = "2 · (a − t)", f"2 · ({error})"
    elif isinstance(loss, MeanAbsoluteError):
        symbols, numbers = "sign(a − t)", f"sign({error})"
    elif isinstance(loss, Huber):
        symbols = "min(max(a − t, −delta), delta)"
        delta = setting(loss.delta)
        numbers = f"min(max({error}, −{delta}), {delta})"
    else:
        symbols, numbers = "(a − t)", f"({error})"
    return Formula(f"{with_respect_to} = {symbols} / (batch · units)", f"{numbers} / {share}{end}")


FUSED_REASON = (
    "Loss and output function are differentiated together: what is left is simply output − target, "
    "as part of a mean, while each derivative alone would divide by a probability that may be 0."
)
"""Why there is no ∂L/∂a at an output whose loss belongs to its activation."""

PERCEPTRON_REASON = (
    "A step has no slope to follow. The perceptron rule takes the error itself, output − target, "
    "as ∂L/∂z: only wrongly answered points change the weights."
)
"""The same for the perceptron."""
