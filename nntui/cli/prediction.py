"""What a model answers, as CSV."""

import contextlib
import csv
import io
import sys
from collections.abc import Iterator
from typing import cast

import numpy as np

from nntui.cli.messages import say_warning
from nntui.cli.number_text import counted
from nntui.data.table import read_points
from nntui.errors import DataError, OutputError
from nntui.files import shown_path
from nntui.training.model import Model, Predictions
from nntui.training.model_file import load_model


def print_predictions(model_path: str, points_path: str) -> None:
    """Print a row for each point, in their order; an empty one where a value is missing.

    Raises:
        ModelFileError: The model cannot be read, or is for other columns.
        DataError: The points cannot be read.
    """
    if sys.stdout is None:  # pyright: ignore[reportUnnecessaryComparison] - None if closed
        raise OutputError("standard output: found it closed, expected somewhere to write")
    # Text of any language, as in the CSV files that are read.
    with contextlib.suppress(AttributeError):
        cast("io.TextIOWrapper", sys.stdout).reconfigure(encoding="utf-8")
    model = load_model(model_path)
    names = model.preparation.input_names
    points = read_points(points_path, names, header=model.experiment.data.header)
    try:
        predictions = model.predict(points)
    except DataError as error:
        raise DataError(f"{shown_path(points_path)}: {error}") from None
    complete: list[bool] = np.logical_not(np.isnan(points).any(axis=1)).tolist()
    if left_out := complete.count(False):
        rows = counted(left_out, "row")
        say_warning(f"{shown_path(points_path)}: {rows} without an answer: a value is missing")
    heading = _heading(model)
    nothing = [""] * len(heading)
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(heading)
    for row, is_complete in zip(_rows(model, predictions), complete, strict=True):
        writer.writerow(row if is_complete else nothing)


def _heading(model: Model) -> list[str]:
    if not model.class_names:
        return [model.target_name]
    kind = "probability" if model.coding.are_probabilities else "output"
    return ["class", *(f"{kind}_{name}" for name in model.class_names)]


def _rows(model: Model, predictions: Predictions) -> Iterator[list[str]]:
    # Nine digits tell any two float32 numbers apart.
    write = "{:.9g}".format if model.experiment.dtype == "float32" else repr
    outputs: list[list[float]] = predictions.outputs.tolist()
    if predictions.classes is None:
        return ([write(value) for value in row] for row in outputs)
    classes: list[int] = predictions.classes.tolist()
    return (
        [model.class_names[number], *(write(value) for value in row)]
        for number, row in zip(classes, outputs, strict=True)
    )
