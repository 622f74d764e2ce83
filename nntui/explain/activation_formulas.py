"""The formula of each activation and of its derivative, with the numbers of one neuron.

The result in each formula is the number that the tape has computed.
"""

import math
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from nntui.engine.activations import Linear, Sigmoid, Sine, Softmax, Softplus, Step, Tanh
from nntui.engine.rectifiers import ELU, GELU, LeakyReLU, ReLU, SiLU
from nntui.engine.tape import Array
from nntui.explain.numerals import (
    difference,
    exponent,
    factor,
    near,
    numeral,
    setting,
    sum_of,
    sum_of_products,
)
from nntui.explain.page import Formula

_Write = Callable[[Any, float, float], str]
"""Writes the right-hand side with numbers: (activation, z, a)."""


def _e(z: float) -> str:
    return f"e^{exponent(z)}"


def _bracketed(z: float) -> str:
    """Write a number where rounding would be multiplied, in brackets."""
    text = exponent(z)
    return text if text.startswith("(") else f"({text})"


def _share(a: float) -> str:
    """Write a number between 0 and 1 so that what is missing to 1 can be seen."""
    return near(a, 1.0)


def _gelu_inner(z: float) -> float:
    return math.sqrt(2 / math.pi) * (z + 0.044715 * z * z * z)


def _sigma(z: float) -> float:
    with np.errstate(all="ignore"):
        return float(1.0 / (1.0 + np.exp(-np.float64(z))))


def _gelu_slope(z: float) -> str:
    value = math.tanh(_gelu_inner(z))
    tanh = near(value, math.copysign(1.0, value))
    half = f"(1 + {factor_of(tanh)}) / 2"
    rest = f"{factor(z)} · (1 − {factor_of(tanh)}²) / 2 · √(2/π)"
    return f"{half} + {rest} · (1 + 3 · 0.044715 · {factor(z)}²)"


def factor_of(text: str) -> str:
    """Put a written number in brackets if it begins with a minus sign."""
    return f"({text})" if text.startswith("−") else text


_VALUES: Mapping[type, tuple[str, _Write]] = {
    Linear: ("a = z", lambda _, z, a: numeral(z)),
    ReLU: ("a = max(0, z)", lambda _, z, a: f"max(0, {numeral(z)})"),
    LeakyReLU: (
        "a = max(z, negative_slope · z)",
        lambda f, z, a: f"max({numeral(z)}, {setting(f.negative_slope)} · {factor(z)})",
    ),
    ELU: (
        "a = max(z, 0) + alpha · (e^min(z, 0) − 1)",
        lambda f, z, a: f"{numeral(max(z, 0.0))} + {setting(f.alpha)} · ({_e(min(z, 0.0))} − 1)",
    ),
    GELU: (
        "a = z · (1 + tanh u) / 2 with u = √(2/π) · (z + 0.044715 · z³)",
        lambda _, z, a: f"{numeral(z)} · (1 + tanh{_bracketed(_gelu_inner(z))}) / 2",
    ),
    SiLU: ("a = z · σ(z) = z / (1 + e⁻ᶻ)", lambda _, z, a: f"{numeral(z)} / (1 + {_e(-z)})"),
    Softplus: ("a = log(1 + eᶻ)", lambda _, z, a: f"log(1 + {_e(z)})"),
    Sigmoid: ("a = σ(z) = 1 / (1 + e⁻ᶻ)", lambda _, z, a: f"1 / (1 + {_e(-z)})"),
    Tanh: ("a = tanh(z)", lambda _, z, a: f"tanh({numeral(z)})"),
    Sine: ("a = sin(z)", lambda _, z, a: f"sin{_bracketed(z)}"),
    Step: ("a = 1 where z > 0, else 0", lambda _, z, a: f"step({numeral(z)})"),
}

_SLOPES: Mapping[type, tuple[str, _Write]] = {
    Linear: ("da/dz = 1", lambda _, z, a: "1"),
    ReLU: ("da/dz = 1 where z > 0, else 0", lambda _, z, a: f"slope at {numeral(z)}"),
    LeakyReLU: (
        "da/dz = 1 where z > 0, else negative_slope",
        lambda f, z, a: f"slope at {numeral(z)}",
    ),
    ELU: (
        "da/dz = 1 where z > 0, else alpha · eᶻ",
        lambda f, z, a: f"slope at {numeral(z)}" if z > 0 else f"{setting(f.alpha)} · {_e(z)}",
    ),
    GELU: (
        "da/dz = (1 + tanh u) / 2 + z · (1 − tanh² u) / 2 · √(2/π) · (1 + 3 · 0.044715 · z²)",
        lambda _, z, a: _gelu_slope(z),
    ),
    SiLU: (
        "da/dz = σ(z) + a · (1 − σ(z))",
        lambda _, z, a: f"{_share(_sigma(z))} + {factor(a)} · (1 − {_share(_sigma(z))})",
    ),
    Softplus: ("da/dz = σ(z) = 1 − e⁻ᵃ", lambda _, z, a: f"1 − {_e(-a)}"),
    Sigmoid: ("da/dz = a · (1 − a)", lambda _, z, a: f"{_share(a)} · (1 − {_share(a)})"),
    Tanh: ("da/dz = 1 − a²", lambda _, z, a: f"1 − {factor_of(near(a, math.copysign(1.0, a)))}²"),
    Sine: ("da/dz = cos(z)", lambda _, z, a: f"cos{_bracketed(z)}"),
    Step: ("da/dz = 0", lambda _, z, a: "0"),
}


def activation_formula(activation: object, sums: Array, answers: Array, unit: int) -> Formula:
    """Write a = activation(z).

    Args:
        activation: The activation.
        sums: The weighted sums of the layer for one point, (units,).
        answers: Its activations, (units,).
        unit: The neuron.
    """
    if isinstance(activation, Softmax):
        return _softmax_formula(sums, answers, unit)
    symbols, write = _VALUES[type(activation)]
    z, a = float(sums[unit]), float(answers[unit])
    return Formula(symbols, f"{write(activation, z, a)} = {numeral(a)}")


def slope_formula(activation: object, z: float, a: float, slope: float) -> Formula:
    """Write the derivative of an activation, other than softmax, where z is.

    Args:
        activation: The activation.
        z: The weighted sum.
        a: The activation.
        slope: The derivative.
    """
    symbols, write = _SLOPES[type(activation)]
    if isinstance(activation, ReLU | LeakyReLU) or (isinstance(activation, ELU) and z > 0):
        reason = f"{numeral(z)} > 0" if z > 0 else f"{numeral(z)} ≤ 0"
        return Formula(symbols, f"{numeral(slope)}, because {reason}")
    written = write(activation, z, a)
    same = written == numeral(slope)
    return Formula(symbols, written if same else f"{written} = {numeral(slope)}")


def softmax_delta_formula(delta: Array, answers: Array, unit: int, result: float) -> Formula:
    """Write the way back through softmax where no loss is differentiated together with it.

    Args:
        delta: The gradient with respect to the activations, for one point, (units,).
        answers: The activations, (units,).
        unit: The neuron.
        result: The gradient with respect to its weighted sum.
    """
    total = sum_of_products(delta.tolist(), answers.tolist())
    inner = f"{numeral(delta[unit])} − ({total})"
    return Formula(
        "∂L/∂zᵢ = aᵢ · (∂L/∂aᵢ − Σₖ ∂L/∂aₖ · aₖ)",
        f"{numeral(answers[unit])} · ({inner}) = {numeral(result)}",
    )


def _softmax_formula(sums: Array, answers: Array, unit: int) -> Formula:
    largest = float(sums.max())
    powers = [f"e^({difference(z, largest)})" for z in sums.tolist()]
    with np.errstate(all="ignore"):
        total = sum_of(powers, np.exp(sums.astype(np.float64) - largest).tolist())
    return Formula(
        "aᵢ = e^(zᵢ − max z) / Σₖ e^(zₖ − max z)",
        f"{powers[unit]} / ({total}) = {numeral(answers[unit])}",
    )
