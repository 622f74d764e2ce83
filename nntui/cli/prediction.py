"""What a model answers, as CSV."""

import csv
import sys
from collections.abc import Iterator

from nntui.data.table import read_points
from nntui.errors import DataError
from nntui.files import shown_path
from nntui.training.model import Model, Predictions
from nntui.training.model_file import load_model


def print_predictions(model_path: str, points_path: str) -> None:
    """Print a row for each point, in their order.

    Raises:
        ModelFileError: The model cannot be read, or is for other columns.
        DataError: The points cannot be read.
    """
    model = load_model(model_path)
    names = model.preparation.input_names
    points = read_points(points_path, names, header=model.experiment.data.header)
    try:
        predictions = model.predict(points)
    except DataError as error:
        raise DataError(f"{shown_path(points_path)}: {error}") from None
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(_heading(model))
    writer.writerows(_rows(model, predictions))


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
