"""A run is a pure function of its experiment: the same numbers, bit for bit, in any process."""

import hashlib
import json
import os
import subprocess
import sys

import pytest

from nntui.experiment.convert import from_plain
from nntui.training.trainer import Trainer

STEPS = 23

# All draw random numbers in some way, and none has a whole number of batches in an epoch.
EXPERIMENTS = {
    "the default": {},
    "dropout": {"layers": [{"dropout": 0.4}, {"dropout": 0.2}]},
    "dropout in float64": {"dtype": "float64", "layers": [{"dropout": 0.4}]},
    "jitter": {"augmentation": {"jitter": 0.1}},
    "rotation": {"augmentation": {"rotation_degrees": 25.0}},
    "mixup": {"augmentation": {"mixup": 0.3}},
    "a regression": {"data": {"source": "six_gaussians"}, "training": {"batch_size": 17}},
    "momentum, a schedule and clipping": {
        "optimizer": {
            "name": "sgd",
            "momentum": 0.9,
            "nesterov": True,
            "clip_norm": 0.5,
            "schedule": {"name": "cosine", "decay_steps": 20, "warmup_steps": 5},
        }
    },
    "a sample of real data": {"data": {"source": "iris"}, "training": {"batch_size": 7}},
    "full batches": {
        "layers": [{"dropout": 0.1}],
        "augmentation": {"jitter": 0.1},
        "training": {"batch_size": 1000},
    },
    "everything at once, float32": {
        "layers": [{"units": 9, "activation": "gelu", "dropout": 0.3}, {"units": 5}],
        "augmentation": {"jitter": 0.1, "rotation_degrees": 25.0, "mixup": 0.3},
        "regularization": {"l1": 0.001, "l2": 0.01},
        "optimizer": {"name": "rmsprop", "momentum": 0.5, "clip_norm": 1.0},
        "training": {"batch_size": 19},
    },
    "everything at once, float64": {
        "dtype": "float64",
        "layers": [{"units": 9, "activation": "tanh", "dropout": 0.3}, {"units": 5}],
        "augmentation": {"jitter": 0.1, "rotation_degrees": 25.0, "mixup": 0.3},
        "optimizer": {"name": "adamw", "schedule": {"name": "step", "decay_steps": 6}},
        "training": {"batch_size": 19},
    },
}

CHILD = """
import hashlib, json, sys
from nntui.experiment.convert import from_plain
from nntui.training.trainer import Trainer
for name, table in json.load(sys.stdin).items():
    trainer = Trainer(from_plain(table))
    trainer.train(int(sys.argv[1]))
    state = trainer.state()
    print(hashlib.sha256(state.parameters.tobytes() + state.optimizer.tobytes()).hexdigest(), name)
"""


def digest(trainer):
    state = trainer.state()
    return hashlib.sha256(state.parameters.tobytes() + state.optimizer.tobytes()).hexdigest()


@pytest.mark.parametrize("name", EXPERIMENTS)
def test_two_runs_are_equal_bit_for_bit(name):
    one, other = (Trainer(from_plain(EXPERIMENTS[name])) for _ in range(2))
    # Taking turns would show any generator or memory that the two shared.
    for _ in range(STEPS):
        one.step()
        other.step()
    assert digest(one) == digest(other)
    assert one.evaluate() == other.evaluate()


@pytest.mark.parametrize("hash_seed", ["0", "4711"])
def test_so_are_runs_in_other_processes(hash_seed):
    child = subprocess.run(
        [sys.executable, "-c", CHILD, str(STEPS)],
        input=json.dumps(EXPERIMENTS),
        env={**os.environ, "PYTHONHASHSEED": hash_seed},
        capture_output=True,
        text=True,
        check=True,
    )
    lines = (line.split(" ", 1) for line in child.stdout.splitlines())
    there = {name: found for found, name in lines}
    here = {}
    for name, table in EXPERIMENTS.items():
        trainer = Trainer(from_plain(table))
        trainer.train(STEPS)
        here[name] = digest(trainer)
    assert there == here
    assert len(set(here.values())) == len(EXPERIMENTS)


def test_the_seed_decides():
    one, other = (Trainer(from_plain({"seed": seed})) for seed in (1, 2))
    one.train(STEPS)
    other.train(STEPS)
    assert digest(one) != digest(other)
