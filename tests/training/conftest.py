"""What the tests of training share: a small experiment, and ways to watch a trainer at work."""

from dataclasses import dataclass, field

import numpy as np
import pytest

from nntui.engine.training_step import TrainingStep
from nntui.experiment.convert import from_plain
from nntui.experiment.overrides import experiment_with
from nntui.training.trainer import Trainer


@pytest.fixture(autouse=True)
def state_folder(tmp_path, monkeypatch):
    """Let interrupted runs be kept where they do not outlive the test."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))


@pytest.fixture(scope="session")
def small():
    """Return a function that makes a small experiment: 30 training points in batches of 8.

    It takes a dict of the keys that should be otherwise.
    """
    base = from_plain(
        {
            "data": {"source": "moons", "samples": 40, "test_fraction": 0.25},
            "layers": [{"units": 5, "activation": "tanh"}, {"units": 4}],
            "training": {"batch_size": 8},
        }
    )

    def make(changes=None):
        return experiment_with(base, list((changes or {}).items()))

    return make


@pytest.fixture(scope="session")
def random_keys():
    """Return the keys that switch on everything that draws random numbers."""
    return {
        "layers.*.dropout": 0.3,
        "augmentation.jitter": 0.1,
        "augmentation.rotation_degrees": 20.0,
        "augmentation.mixup": 0.4,
    }


@pytest.fixture(scope="session")
def fingerprint():
    """Return a function that gives all that a trainer has learnt and drawn, for comparing."""

    def of(trainer):
        state = trainer.state()
        counters = (state.steps, state.optimizer_steps, state.epochs, state.points)
        randomness = (repr(state.shuffling), repr(state.augmenting), repr(state.dropping))
        arrays = (state.parameters.tobytes(), state.optimizer.tobytes())
        return (*arrays, *counters, *randomness)

    return of


@pytest.fixture
def batches_seen(monkeypatch):
    """Return a list that gets a copy of the batch of every step, (inputs + 1 + units, batch)."""
    seen = []

    class WatchedStep(TrainingStep):
        def __init__(self, *arguments):
            super().__init__(*arguments)
            update = self.run

            def run():
                seen.append(self.batch.copy())
                update()

            self.run = run

    monkeypatch.setattr("nntui.training.step_sizes.TrainingStep", WatchedStep)
    return seen


@dataclass
class Clock:
    """A clock that only goes when it is told to."""

    now: float = 0.0

    def __call__(self):
        return self.now


@dataclass
class Costs:
    """How long, in seconds, things take on a ``TimedTrainer``; steps change as they go."""

    step: float = 0.0
    evaluation: float = 0.0
    clock: Clock = field(default_factory=Clock)


class TimedTrainer(Trainer):
    """A trainer that moves a clock by what its work is said to cost."""

    def __init__(self, experiment, costs):
        self.costs = costs
        super().__init__(experiment)

    def train(self, steps):
        super().train(steps)
        self.costs.clock.now += max(steps, 0) * self.costs.step

    def evaluate(self):
        self.costs.clock.now += self.costs.evaluation
        return super().evaluate()


@pytest.fixture(scope="session")
def timed():
    """Return a function that makes a trainer with made-up speeds; its clock is in ``costs``."""

    def make(experiment, step=0.0, evaluation=0.0):
        return TimedTrainer(experiment, Costs(step, evaluation))

    return make


@pytest.fixture(scope="session")
def numpy_forward():
    """Return a function that computes a network's output sums from its weights alone.

    It takes the network, the hidden activations and the inputs (points, inputs).
    """

    def forward(network, activations, inputs):
        values = np.asarray(inputs, np.float64)
        for layer, activation in zip(
            network.dense_layers, [*activations, lambda z: z], strict=True
        ):
            values = activation(values @ layer.weights.astype(np.float64) + layer.biases)
        return values

    return forward
