"""One update worked out by hand, all numbers on paper.

A point x = (1, 2) with target 0.25; two ReLU neurons, one linear output, squared error, gradient
descent.

    hidden weights  neuron 1 (1, 0.5), bias 0;  neuron 2 (−1, 1), bias −0.5
    output weights  (0.5, −1), bias 0.25

    z = (1·1 + 2·0.5, −1·1 + 2·1 − 0.5) = (2, 0.5) = a
    output = 2·0.5 − 0.5·1 + 0.25 = 0.75, loss = 0.5² = 0.25
    ∂L/∂output = 2 · 0.5 = 1; output gradients (2, 0.5), bias 1
    ∂L/∂a = (0.5, −1) = ∂L/∂z; hidden gradients (0.5, 1), 0.5 and (−1, −2), −1
"""

import numpy as np
import pytest

from nntui.engine.rectifiers import ReLU


@pytest.fixture
def recorded(make_update):
    """Return a function that records the update for a learning rate."""

    def make(learning_rate):
        update = make_update(
            (2, 2, 1), hidden=ReLU(), batch=1, learning_rate=learning_rate, dtype="float64"
        )
        hidden, output = update.network.dense_layers
        hidden.parameters[:] = [[1.0, -1.0], [0.5, 1.0], [0.0, -0.5]]
        output.parameters[:] = [[0.5], [-1.0], [0.25]]
        update.fill([[1.0, 2.0]], [[0.25]])
        return update.record()

    return make


def numbers(page):
    return [formula.numbers for formula in page.formulas]


def test_forward(recorded, page_of, column):
    recording = recorded(0.01)
    page = page_of(recording, "forward", unit=1)
    assert numbers(page) == ["1 · (−1) + 2 · 1 + (−0.5) = 0.5", "max(0, 0.5) = 0.5"]
    assert page.shapes[0] == "inputs (1, 2) @ weights (2, 2) + biases (2,) → (1, 2)"
    assert column(page.rows, "weighted sum z").tolist() == [2.0, 0.5]
    assert page.terms.labels == ("x1", "x2", "bias")
    assert page.terms.numbers.tolist() == [[1, -1, -1], [2, 1, 2], [1, -0.5, -0.5]]
    output = page_of(recording, "forward", 1)
    assert numbers(output)[0] == "2 · 0.5 + 0.5 · (−1) + 0.25 = 0.75"


def test_loss(recorded, page_of):
    page = page_of(recorded(0.01), "loss")
    assert numbers(page) == ["(0.75 − 0.25)² = 0.25"]
    assert page.terms.numbers.tolist() == [[0.25]]


def test_backward_through_the_output(recorded, page_of, column):
    page = page_of(recorded(0.01), "backward", 1, row=1, checks=3)
    assert numbers(page) == [
        "2 · (0.75 − 0.25) / (1 · 1) = 1",
        "1",
        "1 · 1 = 1",
        "0.5 · 1 = 0.5",
        "1 = 1",
        "−1 · 1 = −1",
    ]
    assert column(page.terms, "gradient").tolist() == [2.0, 0.5, 1.0]
    assert [check.gradient for check in page.checks] == [2.0, 0.5, 1.0]
    np.testing.assert_allclose([c.difference for c in page.checks], [2.0, 0.5, 1.0], rtol=1e-7)
    assert all(check.agrees for check in page.checks)


def test_backward_through_the_hidden_layer(recorded, page_of, column):
    recording = recorded(0.01)
    page = page_of(recording, "backward", unit=1, row=1)
    assert numbers(page) == [
        "−1 · 1 = −1",
        "1, because 0.5 > 0",
        "−1 · 1 = −1",
        "2 · (−1) = −2",
        "−1 = −1",
    ]
    assert column(page.terms, "gradient").tolist() == [-1.0, -2.0, -1.0]
    first = page_of(recording, "backward", unit=0)
    assert column(first.terms, "gradient").tolist() == [0.5, 1.0, 0.5]
    assert column(first.rows, "∂L/∂z").tolist() == [0.5, -1.0]


def test_update(recorded, page_of, column):
    recording = recorded(0.01)
    page = page_of(recording, "update", unit=1, row=1)
    assert numbers(page) == ["1 − 0.01 · (−2) = 1.02"]
    np.testing.assert_allclose(column(page.terms, "new w"), [-0.99, 1.02, -0.49])
    output = page_of(recording, "update", 1)
    np.testing.assert_allclose(column(output.terms, "new w"), [0.48, -1.005, 0.24])
    assert page.pages[page.number].title == "5 Update · layer 1 of 2 · sgd"


def test_again_with_a_small_learning_rate_the_loss_falls(recorded, page_of, column):
    # a = (1.97, 0.56); output = 1.97·0.48 − 0.56·1.005 + 0.24 = 0.6228; loss = 0.3728².
    page = page_of(recorded(0.01), "again")
    np.testing.assert_allclose(page.rows.numbers, [[0.75, 0.6228, 0.25]])
    np.testing.assert_allclose(column(page.terms, "loss after"), [0.13897984])
    assert page.verdict == "The loss fell from 0.25 to 0.139."


def test_again_with_a_large_one_it_rises_and_the_page_says_why(recorded, page_of, column):
    # a = (1.7, 1.1); output = 1.7·0.3 − 1.1·1.05 + 0.15 = −0.495; loss = 0.745².
    page = page_of(recorded(0.1), "again")
    np.testing.assert_allclose(column(page.terms, "loss after"), [0.555025])
    assert page.verdict.startswith("The loss rose from 0.25 to 0.555. ")
    assert "learning rate of 0.1" in page.verdict
    assert "too far" in page.verdict
