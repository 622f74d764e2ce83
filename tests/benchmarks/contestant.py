"""nntui itself on the workloads: the trainer that ``nntui train`` uses, in float32."""

import dataclasses

import numpy as np
from workloads import BETA_1, BETA_2, EPSILON, Contestant, Data, Weights, Workload

from nntui.data.dataset import Dataset
from nntui.data.preparation import Preparation, Prepared
from nntui.data.standardize import Standardizer
from nntui.experiment.convert import from_plain
from nntui.experiment.experiment import Experiment
from nntui.training.trainer import Trainer


def make_experiment(workload: Workload) -> Experiment:
    optimizer: dict[str, object] = {
        "name": workload.optimizer,
        "learning_rate": workload.learning_rate,
    }
    if workload.optimizer == "adam":
        optimizer |= {"beta_1": BETA_1, "beta_2": BETA_2, "epsilon": EPSILON}
    else:
        optimizer |= {"momentum": workload.momentum}
    hidden = [{"units": units, "activation": workload.activation} for units in workload.units[1:-1]]
    return from_plain(
        {
            "layers": hidden,
            "optimizer": optimizer,
            "training": {"batch_size": workload.batch_size},
        }
    )


def prepared(workload: Workload, data: Data) -> Prepared:
    """Hand the data over as they are: nothing standardized, no test points."""
    names = tuple(f"x{number}" for number in range(1, workload.units[0] + 1))
    classes: tuple[str, ...] = ()
    target = Standardizer.identity(1)
    targets = data.targets.ravel()
    if workload.loss == "cross_entropy":
        classes = tuple(str(number) for number in range(workload.units[-1]))
    dataset = Dataset(workload.name, data.points, targets, names, classes)
    identity = Standardizer.identity(len(names))
    preparation = Preparation(names, (), identity, None if classes else target)
    nothing = np.arange(0)
    return Prepared(dataset, dataset, dataset.subset(nothing), preparation)


def prepare(workload: Workload, data: Data, weights: Weights) -> list[Contestant]:
    """Make nntui's trainer of a workload, with the given weights and the given orders."""
    trainer = Trainer(make_experiment(workload), prepared(workload, data))
    parts = [part for matrix, biases in weights for part in (matrix.ravel(), biases)]
    start = trainer.state()
    trainer.restore(
        dataclasses.replace(
            start,
            parameters=np.concatenate(parts).astype(start.parameters.dtype),
            shuffling=np.random.default_rng(data.shuffle_seed).bit_generator.state,
        )
    )

    def run(steps: int) -> int:
        trainer.train(steps)
        return steps

    def current_weights() -> Weights:
        return [(layer.weights, layer.biases) for layer in trainer.network.dense_layers]

    return [Contestant("nntui", run, current_weights)]
