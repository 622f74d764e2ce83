"""A run's figures by name, as ``--json`` prints them and ``--log`` writes them: strict JSON."""

import json
import math
from typing import TypeAlias

import numpy as np

from nntui.training.evaluation import METRICS, Evaluation
from nntui.training.run import Progress, RunResult
from nntui.training.trainer import Trainer

Figures: TypeAlias = "dict[str, str | int | float | list[int] | list[str] | list[list[int]] | None]"


def epoch_figures(progress: Progress) -> Figures:
    """Describe the end of an epoch."""
    return {
        "epoch": progress.epochs,
        "step": progress.steps,
        "seconds": progress.seconds,
        "learning_rate": progress.learning_rate,
        **_metrics(progress.evaluation),
    }


def result_figures(trainer: Trainer, result: RunResult) -> Figures:
    """Describe how a run ended."""
    prepared, end = trainer.prepared, result.end
    confusion = trainer.confusion()
    return {
        "data": trainer.experiment.data.source,
        "epochs": end.epochs,
        "steps": end.steps,
        **_metrics(end.evaluation),
        "parameters": parameters(trainer),
        "seconds": end.seconds,
        "steps_per_second": _finite(end.steps_per_second),
        "stopped_by": result.stopped_by,
        "best_epoch": result.best_epoch,
        "diverged_at_step": result.divergence.step if result.divergence else None,
        "train_points": len(prepared.train),
        "test_points": len(prepared.test),
        "dropped_rows": prepared.dataset.dropped_rows,
        "network": network_sizes(trainer),
        "classes": list(prepared.dataset.class_names),
        "confusion_matrix": None if confusion is None else confusion.astype(np.int64).tolist(),
    }


def to_json(figures: Figures) -> str:
    """Write figures on one line, in ASCII so that no name can act on a terminal."""
    return json.dumps(figures, allow_nan=False)


def parameters(trainer: Trainer) -> int:
    """Count the network's weights and biases."""
    return len(trainer.network.parameters)


def network_sizes(trainer: Trainer) -> list[int]:
    """Return the number of inputs, then the units of each layer."""
    network = trainer.network
    return [network.inputs, *(layer.units for layer in network.dense_layers)]


def _metrics(evaluation: Evaluation) -> Figures:
    return {name: _finite(getattr(evaluation, name)) for name in METRICS}


def _finite(value: float | None) -> float | None:
    """Return None for what JSON has no number for."""
    return value if value is not None and math.isfinite(value) else None
