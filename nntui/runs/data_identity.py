"""Are these still the data that a run was trained on?"""

import hashlib
from pathlib import Path

import msgspec
import numpy as np

from nntui.data.facts import plain_name
from nntui.data.preparation import Prepared
from nntui.data.sources import SAMPLES
from nntui.data.toy import TOYS
from nntui.experiment.experiment import DataSettings
from nntui.runs.saved_run import DataIdentity
from nntui.training.trainer import Trainer


def identity_of(trainer: Trainer) -> DataIdentity:
    """Describe the data of a run; it takes a moment where they are many."""
    prepared, network = trainer.prepared, trainer.network
    return DataIdentity(
        fingerprint=fingerprint(prepared),
        file=data_file(trainer.experiment.data),
        inputs=network.inputs,
        units=network.units,
        train_points=len(prepared.train),
        test_points=len(prepared.test),
    )


def fingerprint(prepared: Prepared) -> str:
    """Hash what training sees: the points of both parts, their scale, and every name."""
    digest = hashlib.sha256()
    dataset = prepared.dataset
    names = [dataset.input_names, dataset.class_names, dataset.target_name]
    digest.update(msgspec.json.encode([names, prepared.preparation.to_dict()]))
    for part in (prepared.train, prepared.test):
        for numbers in (part.inputs, part.targets):
            digest.update(f"{numbers.dtype.str}{numbers.shape}".encode())
            digest.update(np.ascontiguousarray(numbers).data)
    return digest.hexdigest()


def data_file(settings: DataSettings) -> str:
    """Return the absolute path of the file that data come from; empty where there is none."""
    if is_built_in(settings):
        return ""
    try:
        return str(Path(settings.source).expanduser().resolve())
    except (OSError, RuntimeError, ValueError):
        return ""


def is_built_in(settings: DataSettings) -> bool:
    """Tell whether data are made by nntui or come with it."""
    name = plain_name(settings.source)
    return name in TOYS or name in SAMPLES


def difference(saved: DataIdentity, present: DataIdentity) -> str:
    """Say in what the present data differ from the saved ones; empty where they do not."""
    if saved.fingerprint == present.fingerprint:
        return ""
    for what, before, now in (
        ("training points", saved.train_points, present.train_points),
        ("test points", saved.test_points, present.test_points),
        ("inputs", saved.inputs, present.inputs),
        ("outputs", saved.units, present.units),
    ):
        if before != now:
            return f"there were {before:,} {what}, now there are {now:,}"
    return "as many points as before, but other numbers or names"
