"""``nntui predict``: let a saved model answer the points of a CSV file."""

from typing import Annotated

from cyclopts import Parameter


def predict(
    model: Annotated[str, Parameter(help='a file written by "nntui train --save"')],
    points: Annotated[
        str,
        Parameter(
            help="a CSV file with the columns the model was trained on, found by their names"
        ),
    ],
    /,
) -> int:
    """Let a saved model answer the points of a CSV file, as CSV on standard output."""
    from nntui.cli.prediction import print_predictions  # noqa: PLC0415 - imports numpy

    print_predictions(model, points)
    return 0
