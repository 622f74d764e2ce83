"""Model files: a trained network, and all that is needed to use it, as one safetensors file.

The tensors are called as PyTorch calls those of linear layers: ``layers.0.weight`` of shape
(units, inputs) and ``layers.0.bias`` of shape (units,), from input to output. Everything else is
JSON under the one metadata key ``nntui``; several keys would be written in any order, and the
same run would not give the same bytes.
"""

from collections.abc import Mapping
from typing import TypeAlias

import msgspec
import numpy as np

from nntui.data.preparation import Preparation
from nntui.engine.layers import Dense
from nntui.engine.network import Network
from nntui.engine.tape import Array
from nntui.errors import ExperimentError, ModelFileError
from nntui.experiment.convert import from_plain, to_plain
from nntui.experiment.experiment import Experiment
from nntui.files import AnyPath, reason_of, shown_path, why_unreadable, write_file
from nntui.quoting import CONTROL, listed, printable, quoted
from nntui.training.assembly import target_coding, untrained_network
from nntui.training.model import Model
from nntui.training.targets import TargetCoding
from nntui.training.tensor_file import TensorFile, TensorFileError, open_tensors, pack_tensors
from nntui.training.trainer import Trainer

FORMAT = 1
"""The version of the metadata; a reader refuses newer ones."""

_KEY = "nntui"
_LARGEST_METADATA = 10_000_000
_DTYPES = {"F32": "float32", "F64": "float64"}

Shape: TypeAlias = tuple[int, ...]


class _Format(msgspec.Struct):
    """The part of the metadata that every version has."""

    format: int


class _Metadata(_Format, forbid_unknown_fields=True):
    """Everything but the weights."""

    experiment: dict[str, object]
    preparation: dict[str, object]
    classes: tuple[str, ...]
    target: str
    data: str
    epochs: int
    steps: int


def save_model(path: AnyPath, trainer: Trainer) -> None:
    """Write the network of a run as it is now, whole or not at all.

    The same run gives the same bytes.

    Raises:
        OutputError: The file cannot be written; what was there before is unharmed.
    """
    model = Model.of(trainer)
    metadata = _Metadata(
        format=FORMAT,
        experiment=to_plain(model.experiment),
        preparation=dict(model.preparation.to_dict()),
        classes=model.class_names,
        target=model.target_name,
        data=model.data_name,
        epochs=model.epochs,
        steps=model.steps,
    )
    text = msgspec.json.encode(metadata).decode()
    write_file(path, pack_tensors(_tensors(model.network), {_KEY: text}))


def _tensors(network: Network) -> dict[str, Array]:
    tensors: dict[str, Array] = {}
    for index, layer in enumerate(network.dense_layers):
        tensors[f"layers.{index}.weight"] = layer.weights.T
        tensors[f"layers.{index}.bias"] = layer.biases
    return tensors


def load_model(path: AnyPath) -> Model:
    """Read a model file, trusting nothing in it.

    Raises:
        ModelFileError: It cannot be read, was not written by nntui, or does not fit together;
            the message names the file.
    """
    shown = shown_path(path)
    if why := why_unreadable(path, "a model file"):
        raise ModelFileError(f"{shown}: {why}.")
    try:
        with open_tensors(path) as file:
            return _model_of(file)
    except TensorFileError as error:
        raise ModelFileError(
            f"{shown}: expected a model file (safetensors), found a file that is damaged, cut "
            f"short or something else ({printable(str(error))[:120]})."
        ) from None
    except OSError as error:
        raise ModelFileError(f"{shown}: cannot be read: {reason_of(error)}.") from None
    except (ModelFileError, ExperimentError) as error:
        raise ModelFileError(f"{shown}: {error}") from None


def _model_of(file: TensorFile) -> Model:
    """Put a model together; messages do not name the file."""
    metadata = _metadata(file.metadata())
    experiment = from_plain(metadata.experiment, origin="its experiment")
    preparation = Preparation.from_dict(metadata.preparation)
    _check_texts(metadata, preparation)
    coding = target_coding(experiment, len(metadata.classes))
    if (preparation.target_standardizer is None) != bool(metadata.classes):
        raise ModelFileError("preparation.target_standardizer: expected for a regression only.")
    return Model(
        experiment=experiment,
        network=_network(file, experiment, len(preparation.feature_names), coding),
        preparation=preparation,
        coding=coding,
        class_names=metadata.classes,
        target_name=metadata.target,
        data_name=metadata.data,
        epochs=metadata.epochs,
        steps=metadata.steps,
    )


def _metadata(entries: Mapping[str, str] | None) -> _Metadata:
    text = (entries or {}).get(_KEY)
    if text is None:
        raise ModelFileError("this safetensors file was not written by nntui.")
    if len(text) > _LARGEST_METADATA:
        raise ModelFileError(
            f"metadata: found {len(text):,} characters, expected at most {_LARGEST_METADATA:,}."
        )
    try:
        found = msgspec.json.decode(text, type=_Format).format
        if found > FORMAT:
            raise ModelFileError(
                f"it has format {found}, and this nntui reads formats up to {FORMAT}; a newer "
                "nntui reads it."
            )
        if found < 1:
            raise ModelFileError(f"metadata: found format {found}, expected {FORMAT}.")
        return msgspec.json.decode(text, type=_Metadata)
    except (ValueError, RecursionError) as error:
        reason = printable(str(error))[:200]
        raise ModelFileError(f"metadata: it is damaged: {reason}.") from None


def _check_texts(metadata: _Metadata, preparation: Preparation) -> None:
    """Refuse names that would act on a terminal when they are printed, and odd class names."""
    classes = metadata.classes
    for name in (*classes, metadata.target, metadata.data, *preparation.input_names):
        if CONTROL.search(name):
            raise ModelFileError(f"metadata: found control characters in the name {quoted(name)}.")
    if len(classes) == 1 or len(set(classes)) < len(classes):
        raise ModelFileError(
            f"metadata: found the classes {listed(classes)}; expected two or more different "
            "ones, or none for a regression."
        )


def _network(
    file: TensorFile, experiment: Experiment, inputs: int, coding: TargetCoding
) -> Network:
    """Build the network and give it the file's weights."""
    # The shapes are compared first: an experiment alone could ask for any amount of memory.
    expected = _expected_shapes(experiment, inputs, coding)
    names = set(file.keys())
    missing = tuple(name for name in expected if name not in names)
    unknown = tuple(sorted(names - set(expected)))
    if missing or unknown:
        found = f"no {listed(missing)}" if missing else f"unexpected {listed(unknown)}"
        raise _another_experiment(f"found {found}, expected {len(expected) // 2} layers")
    for name, shape in expected.items():
        entry = file.get_slice(name)
        found_shape = tuple(entry.get_shape())
        if found_shape != shape:
            raise _another_experiment(f"{name}: found shape {found_shape}, expected {shape}")
        dtype = str(entry.get_dtype())
        if _DTYPES.get(dtype) != experiment.dtype:
            raise _another_experiment(f"{name}: found {dtype} numbers, expected {experiment.dtype}")
    network = untrained_network(experiment, inputs, coding)
    for index, layer in enumerate(network.dense_layers):
        _fill(layer, file, f"layers.{index}")
    return network


def _fill(layer: Dense, file: TensorFile, name: str) -> None:
    layer.weights[:] = file.get_tensor(f"{name}.weight").T
    layer.biases[:] = file.get_tensor(f"{name}.bias")
    if not np.isfinite(layer.parameters).all():
        raise ModelFileError(f"{name}: found weights that are not finite numbers.")


def _expected_shapes(experiment: Experiment, inputs: int, coding: TargetCoding) -> dict[str, Shape]:
    """Tell the name and the shape of each tensor that an experiment's network has."""
    shapes: dict[str, Shape] = {}
    for index, units in enumerate([*(layer.units for layer in experiment.layers), coding.units]):
        shapes[f"layers.{index}.weight"] = (units, inputs)
        shapes[f"layers.{index}.bias"] = (units,)
        inputs = units
    return shapes


def _another_experiment(problem: str) -> ModelFileError:
    return ModelFileError(
        f"{problem}: the weights belong to another experiment than the one in the file."
    )
