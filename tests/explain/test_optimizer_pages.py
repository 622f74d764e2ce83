"""Update pages against PyTorch's trajectories."""

import json
from pathlib import Path

import numpy as np
import pytest

from nntui.engine.activations import Linear
from nntui.engine.parts import OPTIMIZERS
from nntui.engine.regularizers import Penalty

REFERENCE = Path(__file__).parent.parent / "engine" / "reference" / "optimizers.json"


def configurations():
    """Read the trajectories. The first parameter becomes the last, which is the bias."""
    numbers = json.loads(REFERENCE.read_text(encoding="utf-8"))
    vectors = [numbers["initial_parameters"], *numbers["gradients"]]
    for trajectory in numbers["optimizers"].values():
        vectors.extend(trajectory["parameters_after_each_step"])
    for vector in vectors:
        vector.append(vector.pop(0))
    return numbers


NAMES = tuple(configurations()["optimizers"])


class GivenGradient:
    """A loss Σ targets · outputs, whose gradient with respect to the outputs is the targets."""

    fused_with = None

    def value(self, sums, outputs, targets):
        return float((outputs * targets).sum())

    def record(self, tape, outputs, targets):
        tape.call("given", np.positive, targets, out=outputs.delta)


def follow(make_update, settings, start, dtype="float64"):
    """Return an update of a neuron with as many parameters as ``start`` has, from there.

    Each weight has a point of its own, so that any gradients can be had.
    """
    options = dict(settings)
    kind, rate = OPTIMIZERS[options.pop("name")], options.pop("learning_rate")
    clip_norm = options.pop("clip_norm", 0.0)
    update = make_update(
        (len(start) - 1, 1),
        output=Linear(),
        loss=GivenGradient(),
        optimizer=kind(**options),
        learning_rate=rate,
        clip_norm=clip_norm,
        batch=len(start),
        dtype=dtype,
    )
    update.network.parameters[:] = start
    return update


def fill(update, gradients):
    """Choose points and targets that give the gradients."""
    weights, bias = np.array(gradients[:-1]), gradients[-1]
    points = np.eye(len(gradients))[:, :-1]
    update.fill(points, np.append(weights, bias - weights.sum())[:, np.newaxis])


@pytest.mark.parametrize("name", NAMES)
def test_new_weights_on_the_pages_are_pytorchs(make_update, page_of, column, name):
    numbers = configurations()
    chosen = numbers["optimizers"][name]
    update = follow(make_update, chosen["settings"], numbers["initial_parameters"])
    before = np.array(numbers["initial_parameters"])
    for gradients, after in zip(
        numbers["gradients"], chosen["parameters_after_each_step"], strict=True
    ):
        fill(update, gradients)
        terms = page_of(update.record(), "update").terms
        # PyTorch's clipping adds 1e-6 to the length, ours does not.
        close = {"rtol": 1e-5 if "clip" in name else 1e-9, "atol": 1e-12}
        np.testing.assert_allclose(column(terms, "new w"), after, **close)
        np.testing.assert_allclose(column(terms, "w"), before, **close)
        used = "of the loss" if "clip" in name else "gradient g"
        np.testing.assert_allclose(column(terms, used), gradients, 1e-9, 1e-13)
        before = after


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_every_formula_of_the_update_holds(make_update, page_of, holds, name, dtype):
    numbers = configurations()
    chosen = numbers["optimizers"][name]
    update = follow(make_update, chosen["settings"], numbers["initial_parameters"], dtype)
    for gradients in numbers["gradients"][:12]:
        fill(update, gradients)
        recording = update.record()
        for row in (0, 5, 11):
            for formula in page_of(recording, "update", row=row).formulas:
                if dtype == "float32" and "NaN" in formula.numbers:
                    continue
                assert holds(formula.numbers), (formula.symbols, formula.numbers)


def test_adam_is_told_in_the_form_of_the_books_and_as_it_is_computed(make_update, page_of):
    update = follow(make_update, {"name": "adam", "learning_rate": 0.01, **ADAM}, [1.0, 2.0])
    fill(update, [0.5, -0.25])
    formulas = page_of(update.record(), "update").formulas
    # The first step of Adam is the learning rate, towards where the loss falls.
    assert formulas[0].numbers == "1 − 0.01 · 0.5 / (√0.25 + 1e−8) = 0.99"
    assert [formula.symbols[0] for formula in formulas[1:3]] == ["M", "V"]
    assert formulas[3].numbers == "0.5 · (1 − 0.9) / (1 − 0.9^1) = 0.5"
    assert formulas[4].numbers == "0.25 · (1 − 0.999) / (1 − 0.999^1) = 0.25"
    assert "as it is computed" in formulas[5].symbols


ADAM = {"beta_1": 0.9, "beta_2": 0.999, "epsilon": 1e-8}


def test_memories_stand_before_and_after(make_update, page_of, column):
    settings = {"name": "sgd", "learning_rate": 0.1, "momentum": 0.5, "nesterov": False}
    update = follow(make_update, settings, [1.0, 2.0])
    for velocity, new_velocity in ((0.0, 4.0), (4.0, 6.0), (6.0, 7.0)):
        fill(update, [4.0, 0.0])
        terms = page_of(update.record(), "update").terms
        assert column(terms, "v")[0] == velocity
        assert column(terms, "new v")[0] == new_velocity


@pytest.mark.parametrize(
    ("settings", "letters"),
    [
        ({"name": "sgd", "momentum": 0.0, "nesterov": False}, []),
        ({"name": "sgd", "momentum": 0.5, "nesterov": True}, ["v"]),
        ({"name": "rmsprop", "rho": 0.9, "momentum": 0.0, "epsilon": 1e-7}, ["s"]),
        ({"name": "rmsprop", "rho": 0.9, "momentum": 0.5, "epsilon": 1e-7}, ["s", "v"]),
    ],
)
def test_only_memories_that_are_used_are_shown(make_update, page_of, settings, letters):
    update = follow(make_update, {"learning_rate": 0.1, **settings}, [1.0, 2.0])
    fill(update, [4.0, 1.0])
    page = page_of(update.record(), "update")
    columns = [column for letter in letters for column in (letter, f"new {letter}")]
    assert page.terms.headings == ("w", "gradient g", *columns, "new w")
    assert ("remembers" in page.about) == bool(letters)


def test_the_table_of_neurons_says_which_parameter_it_compares(make_update, page_of):
    recording = make_update((2, 3, 1)).record()
    titles = [page_of(recording, "update", layer, row=0).rows.title for layer in (0, 1)]
    assert titles == ["the weight of x1 in each neuron", "the weight of neuron 1 in each neuron"]
    assert page_of(recording, "update", 0, row=2).rows.title == "the bias of each neuron"


def test_the_penalty_and_clipping_stand_between_the_gradient_and_the_update(
    make_update, page_of, column, holds
):
    penalty = Penalty(l1=0.25, l2=0.5, bias_l1=0.125)
    update = make_update(
        (1, 1),
        output=Linear(),
        loss=GivenGradient(),
        penalty=penalty,
        clip_norm=1.0,
        batch=2,
        learning_rate=0.5,
    )
    update.network.parameters[:] = [-2.0, 3.0]
    fill(update, [5.25, 3.875])
    recording = update.record()
    page = page_of(recording, "update")
    # 5.25 + 2 · 0.5 · (−2) − 0.25 = 3, and for the bias 3.875 + 0.125 = 4: together a length of 5.
    terms = page.terms
    np.testing.assert_allclose(column(terms, "of the loss"), [5.25, 3.875])
    np.testing.assert_allclose(column(terms, "gradient g"), [0.6, 0.8])
    np.testing.assert_allclose(column(terms, "new w"), [-2.3, 2.6])
    of_weight = [formula.numbers for formula in page.formulas]
    assert "5.25 + 2 · 0.5 · (−2) + 0.25 · (−1) = 3" in of_weight
    assert "3 · 1 / 5 = 0.6" in of_weight
    of_bias = [formula.numbers for formula in page_of(recording, "update", row=1).formulas]
    assert "3.875 + 0.125 · 1 = 4" in of_bias
    assert "4 · 1 / 5 = 0.8" in of_bias


def test_calls_have_the_numbers_of_the_parameter_under_the_cursor(make_update, page_of):
    settings = {"name": "sgd", "learning_rate": 0.1, "momentum": 0.5, "nesterov": False}
    update = follow(make_update, settings, [1.0, 2.0, 7.0])
    fill(update, [4.0, 8.0, 16.0])
    recording = update.record()
    for row, (w, g, new) in enumerate(((1, 4, 0.6), (2, 8, 1.2), (7, 16, 5.4))):
        lines = [line.numbers for line in page_of(recording, "update", row=row).calls]
        assert lines[1:] == [
            "0 · 0.5 → 0",
            f"0 + {g} → {g}",
            f"{g} · 0.1 → {g / 10:g}",
            f"{w} − {g / 10:g} → {new}",
        ]
