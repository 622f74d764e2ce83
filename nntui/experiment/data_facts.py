"""What a form has to know of the data: plain facts, found without numpy and without the points."""

from dataclasses import dataclass

from nntui.data.facts import Task


@dataclass(frozen=True)
class KnownSource:
    """A data set that may be chosen by name.

    Attributes:
        name: What stands in ``data.source``: a name, or the path of a file.
        task: Whether a class or a number is predicted; None where that is found out on reading.
        columns: How many raw columns it has; None where that is found out on reading.
    """

    name: str
    task: Task | None = None
    columns: int | None = None


@dataclass(frozen=True)
class DataFacts:
    """What is known of the data of an experiment.

    Attributes:
        is_toy: Whether the points are made to order.
        is_file: Whether they come from a file of the user's own.
        default_classes: The number of classes of a toy; None where it predicts a number.
        default_noise: The noise of a toy; None for real data.
        any_classes: Whether another number of classes may be asked for.
        columns: How many raw columns there are; None where that is not known yet.
        input_names: The names of the raw columns; empty where they are not known yet.
        task: Whether a class or a number is predicted; None where that is not known yet.
        sources: The data sets to choose from.
    """

    is_toy: bool = False
    is_file: bool = False
    default_classes: int | None = None
    default_noise: float | None = None
    any_classes: bool = False
    columns: int | None = None
    input_names: tuple[str, ...] = ()
    task: Task | None = None
    sources: tuple[KnownSource, ...] = ()
