"""What the tests of explain share: small networks, their recorded updates, and read formulas."""

import math
import re
from dataclasses import dataclass

import numpy as np
import pytest

from nntui.engine.activations import Linear, Tanh
from nntui.engine.initializers import Normal
from nntui.engine.layers import Dense
from nntui.engine.losses import MeanSquaredError
from nntui.engine.network import Network
from nntui.engine.optimizers import SGD
from nntui.engine.regularizers import Penalty
from nntui.engine.training_step import TrainingStep
from nntui.explain.names import Names
from nntui.explain.page import Cursor, WalkRequest
from nntui.explain.pages import Occasion, make_page
from nntui.explain.recording import record


@dataclass
class Update:
    """A network and how it is updated; each ``record`` makes one update."""

    network: Network
    optimizer: object
    step: TrainingStep
    learning_rate: float
    updates: int = 0

    def record(self):
        self.optimizer.begin_step(self.updates, self.learning_rate)
        recording = record(self.step, self.network, self.optimizer, self.updates)
        self.updates += 1
        return recording

    def fill(self, inputs, targets):
        self.step.fill(np.asarray(inputs, float), np.asarray(targets, float))


@pytest.fixture(scope="session")
def make_update():
    """Return a function that builds a network with drawn parameters and a filled batch.

    ``layers`` are the network's own; without them there is a hidden layer of ``hidden`` and an
    output layer of ``output``.
    """

    def make(
        units=(2, 3, 2),
        *,
        hidden=None,
        output=None,
        layers=None,
        loss=None,
        optimizer=None,
        penalty=None,
        learning_rate=0.1,
        clip_norm=0.0,
        batch=4,
        dtype="float64",
        seed=0,
        targets=None,
    ):
        generator = np.random.default_rng(seed)
        if layers is None:
            kinds = [*([hidden or Tanh()] * (len(units) - 2)), output or Linear()]
            layers = [Dense(n, kind, Normal(0.7)) for n, kind in zip(units[1:], kinds, strict=True)]
        network = Network(
            units[0],
            layers,
            loss or MeanSquaredError(),
            penalty=penalty or Penalty(),
            dtype=dtype,
            generator=generator,
        )
        network.parameters[:] = generator.normal(0.0, 0.7, len(network.parameters))
        optimizer = optimizer or SGD(0.0, nesterov=False)
        optimizer.allocate(len(network.parameters), network.dtype)
        step = TrainingStep(network, optimizer, batch, clip_norm)
        update = Update(network, optimizer, step, learning_rate)
        if targets is None:
            targets = generator.random((batch, network.units))
        update.fill(generator.normal(size=(batch, units[0])), targets)
        return update

    return make


@pytest.fixture(scope="session")
def page_of():
    """Return a function that makes a page of a recording: (recording, stage, layer, ...)."""

    def make(recording, stage, layer=0, *, unit=0, row=0, point=0, checks=0, first_check=0):
        names = Names(
            tuple(f"x{n + 1}" for n in range(recording.network.inputs)),
            tuple(f"output {n + 1}" for n in range(recording.network.units)),
        )
        occasion = Occasion(recording.updates, None, "some points", names, make, can_be_taken=True)
        request = WalkRequest(
            Cursor(stage, layer, unit, row, point), first_check=first_check, checks=checks
        )
        return make_page(recording, occasion, request)

    return make


@pytest.fixture(scope="session")
def column():
    """Return a function that reads a column of a table by its heading."""

    def read(table, heading):
        return table.numbers[:, table.headings.index(heading)]

    return read


_LITERAL = re.compile(r"(?<![\w.])\d+(?:\.\d+)?(?:e-?\d+)?(?![\w.])")
_PYTHON = (
    (r"… \d+ more terms ", ""),
    (r"(?<=\d)e−(?=\d)", "e-"),
    ("−", "-"),
    ("·", "*"),
    (r"\|([^|]*)\|", r"abs(\1)"),
    (r"√(\([^()]*\)|[\d.]+(?:e-?\d+)?)", r"sqrt(\1)"),
    ("π", "pi"),
)
_POWERS = (("²", "**TWO"), ("³", "**THREE"), (r"\^", "**"), (r"\be\b(?=\*\*)", "EULER"))
_NAMES = {
    "EULER": math.e, "TWO": 2, "THREE": 3, "pi": math.pi, "log": np.log, "tanh": np.tanh,
    "sin": np.sin, "cos": np.cos, "sqrt": np.sqrt, "abs": abs, "min": min, "max": max,
    "sign": np.sign, "step": lambda z: float(z > 0),
}  # fmt: skip
_ROUNDING = 5e-4
"""Four digits that matter are at most this far, relatively, from the number."""


def _python(text):
    for pattern, replacement in (*_PYTHON, *_POWERS):
        text = re.sub(pattern, replacement, text)
    return text


def _value(expression):
    return float(eval(expression, {"__builtins__": {}}, _NAMES))


def _rounding(literal):
    """Return how far, relatively, the number may be from what is written of it."""
    digits = len(literal.split("e")[0].replace(".", "").lstrip("0"))
    return min(_ROUNDING, 5.0 * 10.0**-digits) if digits > 4 else _ROUNDING


@pytest.fixture(scope="session")
def holds():
    """Return a function that computes a formula's numbers and compares them with its result.

    They may differ by what the rounding of each written number can make of it.
    """

    def check(numbers):
        left, right = (_python(side) for side in numbers.rsplit(" = ", 1))
        value, allowed = _value(left), 1e-12
        for literal in _LITERAL.finditer(left):
            near = f"({literal.group()}*{1 + _rounding(literal.group())})"
            moved = left[: literal.start()] + near + left[literal.end() :]
            allowed += abs(_value(moved) - value)
        return abs(value - _value(right)) <= 1.05 * allowed + _ROUNDING * abs(_value(right))

    return check
