"""The formulas of each optimizer, with the numbers of one parameter.

New parameters and new memories are the numbers that the tape has computed.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from nntui.engine.adam import Adam, AdamW
from nntui.engine.optimizers import SGD, Adagrad, Optimizer, RMSprop
from nntui.explain.numerals import MANY_DIGITS, factor, numeral, setting
from nntui.explain.page import Formula


@dataclass(frozen=True)
class Moved:
    """A parameter in an update.

    Attributes:
        before: The parameter.
        after: What it became.
        gradient: What the optimizer followed.
        memory: What it remembered of the parameter before, by slot.
        new_memory: And after.
        learning_rate: Of this update.
        updates: How many the optimizer had made before.
    """

    before: float
    after: float
    gradient: float
    memory: Mapping[str, float]
    new_memory: Mapping[str, float]
    learning_rate: float
    updates: int


def optimizer_formulas(optimizer: Optimizer, moved: Moved) -> tuple[Formula, ...]:
    """Write how an optimizer makes a new parameter."""
    if isinstance(optimizer, SGD):
        return _sgd(optimizer, moved)
    if isinstance(optimizer, Adagrad):
        return _adagrad(optimizer, moved)
    if isinstance(optimizer, RMSprop):
        return _rmsprop(optimizer, moved)
    if isinstance(optimizer, Adam):
        return _adam(optimizer, moved)
    raise TypeError(f"No formula for {type(optimizer).__name__}.")


def slot_symbol(slot: str) -> str:
    """Return the letter that stands for a memory in the formulas."""
    letters = {
        "velocity": "v",
        "accumulator": "s",
        "mean_square": "s",
        "gradient_sum": "M",
        "square_sum": "V",
    }
    return letters[slot]


def _step(moved: Moved, symbols: str, numbers: str) -> Formula:
    """Write that w goes learning_rate times something against that something."""
    start = f"{_exactly(moved.before)} − {numeral(moved.learning_rate)}"
    return Formula(
        f"w ← w − learning_rate · {symbols}", f"{start} · {numbers} = {_exactly(moved.after)}"
    )


def _exactly(parameter: float) -> str:
    """Write a parameter so that its small change shows."""
    return numeral(parameter, MANY_DIGITS)


def _fade(
    letter: str, share: tuple[str, float], before: float, added: tuple[str, str], after: float
) -> Formula:
    """Write that a memory fades to a share and something is added."""
    return Formula(
        f"{letter} ← {share[0]} · {letter} + {added[0]}",
        f"{setting(share[1])} · {factor(before)} + {added[1]} = {numeral(after)}",
    )


def _sgd(optimizer: SGD, moved: Moved) -> tuple[Formula, ...]:
    g = factor(moved.gradient)
    if not optimizer.momentum:
        return (_step(moved, "g", g),)
    old, new = moved.memory["velocity"], moved.new_memory["velocity"]
    faded = _fade("v", ("momentum", optimizer.momentum), old, ("g", g), new)
    if not optimizer.nesterov:
        return _step(moved, "v", factor(new)), faded
    ahead = f"({numeral(moved.gradient)} + {setting(optimizer.momentum)} · {factor(new)})"
    return _step(moved, "(g + momentum · v)", ahead), faded


def _adagrad(optimizer: Adagrad, moved: Moved) -> tuple[Formula, ...]:
    old, new = moved.memory["accumulator"], moved.new_memory["accumulator"]
    return (
        _step(moved, "g / (√s + epsilon)", _scaled(moved.gradient, new, optimizer.epsilon)),
        Formula("s ← s + g²", f"{numeral(old)} + {_squared(moved.gradient)} = {numeral(new)}"),
    )


def _rmsprop(optimizer: RMSprop, moved: Moved) -> tuple[Formula, ...]:
    old, new = moved.memory["mean_square"], moved.new_memory["mean_square"]
    added = f"(1 − {setting(optimizer.rho)}) · {_squared(moved.gradient)}"
    faded = _fade("s", ("rho", optimizer.rho), old, ("(1 − rho) · g²", added), new)
    scaled = _scaled(moved.gradient, new, optimizer.epsilon)
    if not optimizer.momentum:
        return _step(moved, "g / (√s + epsilon)", scaled), faded
    speed, new_speed = moved.memory["velocity"], moved.new_memory["velocity"]
    share = ("momentum", optimizer.momentum)
    return (
        _step(moved, "v", factor(new_speed)),
        _fade("v", share, speed, ("g / (√s + epsilon)", scaled), new_speed),
        faded,
    )


def _adam(optimizer: Adam, moved: Moved) -> tuple[Formula, ...]:
    t = moved.updates + 1
    beta_1, beta_2 = optimizer.beta_1, optimizer.beta_2
    gradient_sum, square_sum = moved.new_memory["gradient_sum"], moved.new_memory["square_sum"]
    mean = gradient_sum * (1.0 - beta_1) / (1.0 - beta_1**t)
    square = square_sum * (1.0 - beta_2) / (1.0 - beta_2**t)
    start, start_symbols = _exactly(moved.before), "w"
    if isinstance(optimizer, AdamW):
        decay = f"{numeral(moved.learning_rate)} · {setting(optimizer.weight_decay)}"
        start = f"{start} · (1 − {decay})"
        start_symbols = "w · (1 − learning_rate · weight_decay)"
    step = f"{numeral(moved.learning_rate)} · {_scaled(mean, square, optimizer.epsilon)}"
    return (
        Formula(
            f"w ← {start_symbols} − learning_rate · m_hat / (√v_hat + epsilon)",
            f"{start} − {step} = {_exactly(moved.after)}",
        ),
        *_moments(optimizer, moved, mean, square),
        Formula(
            "as it is computed, the factors put together: w ← w − size · M / (√V + epsilon · c)",
            _as_computed(optimizer, moved),
        ),
    )


def _moments(optimizer: Adam, moved: Moved, mean: float, square: float) -> tuple[Formula, ...]:
    t, g = moved.updates + 1, moved.gradient
    beta_1, beta_2 = optimizer.beta_1, optimizer.beta_2
    old_sum, old_squares = moved.memory["gradient_sum"], moved.memory["square_sum"]
    gradient_sum, square_sum = moved.new_memory["gradient_sum"], moved.new_memory["square_sum"]
    return (
        _fade("M", ("beta_1", beta_1), old_sum, ("g", factor(g)), gradient_sum),
        _fade("V", ("beta_2", beta_2), old_squares, ("g²", _squared(g)), square_sum),
        Formula(
            "m_hat = M · (1 − beta_1) / (1 − beta_1ᵗ), the mean of the gradients",
            f"{_corrected(gradient_sum, beta_1, t)} = {numeral(mean)}",
        ),
        Formula(
            "v_hat = V · (1 − beta_2) / (1 − beta_2ᵗ), the mean of their squares",
            f"{_corrected(square_sum, beta_2, t)} = {numeral(square)}",
        ),
    )


def _corrected(total: float, beta: float, t: int) -> str:
    return f"{numeral(total)} · (1 − {setting(beta)}) / (1 − {setting(beta)}^{t})"


def _as_computed(optimizer: Adam, moved: Moved) -> str:
    start = moved.before
    if isinstance(optimizer, AdamW):
        start *= float(optimizer.remaining)
    total, squares = moved.new_memory["gradient_sum"], moved.new_memory["square_sum"]
    quotient = f"{factor(total)} / (√{factor(squares)} + {numeral(optimizer.scaled_epsilon)})"
    step = f"{numeral(optimizer.step_size)} · {quotient}"
    return f"{_exactly(start)} − {step} = {_exactly(moved.after)}"


def _scaled(gradient: float, square: float, epsilon: float) -> str:
    return f"{factor(gradient)} / (√{factor(square)} + {setting(epsilon)})"


def _squared(number: float) -> str:
    return f"{factor(number)}²"
