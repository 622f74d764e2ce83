import dataclasses

import numpy as np
import pytest

from nntui.engine import self_check
from nntui.engine.activations import Tanh
from nntui.engine.gradient_check import TOLERANCE
from nntui.engine.losses import MeanAbsoluteError
from nntui.engine.parts import ACTIVATIONS, LOSSES
from nntui.engine.regularizers import Penalty
from nntui.engine.self_check import checks


@pytest.fixture(scope="module")
def results():
    return list(checks(0))


def test_every_part_passes(results):
    assert [check for check in results if not check.passed] == []
    assert max(check.error for check in results) < TOLERANCE


@pytest.mark.parametrize("seed", [1, 2])
def test_every_part_passes_whatever_the_seed(seed):
    assert [check for check in checks(seed) if not check.passed] == []


def test_every_part_of_the_tables_is_checked(results):
    names = {
        kind: [check.name for check in results if check.kind == kind]
        for kind in ("layer", "activation", "loss", "penalty", "network")
    }
    assert names["activation"] == list(ACTIVATIONS)
    assert names["penalty"] == [field.name for field in dataclasses.fields(Penalty)]
    assert {name.split(" with ")[0] for name in names["loss"]} == set(LOSSES)
    for name in ("categorical_crossentropy with softmax", "mean_squared_error with softmax"):
        assert name in names["loss"]
    assert len(names["network"]) == 3
    for name in ("dense", "silence", "dropout"):
        assert name in names["layer"]
    for words in ("every other one frozen", "some neurons frozen"):
        assert any(words in name for name in names["layer"])


def test_no_two_checks_have_the_same_name(results):
    names = [(check.kind, check.name) for check in results if check.kind != "network"]
    assert len(set(names)) == len(names)


def test_the_seed_decides_everything(results):
    assert list(checks(0)) == results
    assert [check.error for check in checks(3)] != [check.error for check in results]


class WrongTanh(Tanh):
    def record(self, tape, sums, outputs):
        super().record(tape, sums, outputs)
        return lambda: None


class WrongAbsoluteError(MeanAbsoluteError):
    def record(self, tape, outputs, targets):
        super().record(tape, outputs, targets)
        tape.call("wrong", np.negative, outputs.delta, out=outputs.delta)


@pytest.mark.parametrize(
    ("table", "name", "wrong"),
    [
        ("ACTIVATIONS", "tanh", WrongTanh),
        ("ACTIVATIONS", "new", WrongTanh),
        ("LOSSES", "mean_absolute_error", WrongAbsoluteError),
        ("LOSSES", "new", WrongAbsoluteError),
    ],
)
def test_a_wrong_part_does_not_pass_be_it_old_or_new(monkeypatch, table, name, wrong):
    monkeypatch.setattr(self_check, table, {**getattr(self_check, table), name: wrong})
    failed = [check for check in checks(0) if not check.passed]
    kind = "activation" if table == "ACTIVATIONS" else "loss"
    assert any(check.kind == kind and check.name.startswith(name) for check in failed)
