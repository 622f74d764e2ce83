"""Load the data that an experiment names: a toy data set, a sample, or the user's own file."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from importlib import resources
from pathlib import Path
from typing import Literal, TypeAlias

import numpy as np

from nntui.data.dataset import Dataset
from nntui.data.facts import Task, plain_name
from nntui.data.table import read_table
from nntui.data.toy import TOYS, Toy, ToyRegression, make_toy
from nntui.errors import DataError, did_you_mean
from nntui.quoting import printable, quoted

Kind: TypeAlias = Literal["toy", "sample"]

_FILE_SUFFIXES = (".csv", ".tsv", ".txt")


@dataclass(frozen=True)
class Sample:
    """A real data set that comes with nntui, one row of the table.

    Attributes:
        name: Its name in ``data.source``.
        description: One line about it.
        columns: The number of its input columns.
        classes: The number of its classes.
        points: The number of its rows without missing values.
    """

    name: str
    description: str
    columns: int
    classes: int
    points: int


SAMPLES: dict[str, Sample] = {
    sample.name: sample
    for sample in (
        Sample("iris", "flowers of three species of iris (Fisher 1936)", 4, 3, 150),
        Sample("penguins", "penguins of three species (Gorman et al. 2014)", 4, 3, 342),
        Sample("digits", "handwritten digits, 8 x 8 pixels (UCI)", 64, 10, 1797),
    )
}
"""Every sample, by its name in ``data.source``."""


@dataclass(frozen=True)
class CatalogueEntry:
    """What a list of the data sets says of one of them.

    Attributes:
        name: Its name in ``data.source``.
        kind: ``toy`` for made-up points, ``sample`` for a real data set.
        task: Whether a class or a number is to be predicted.
        columns: The number of its raw columns.
        classes: The number of its classes, ``3 (any)`` where it can be chosen, empty for
            regression.
        points: How many it has, ``any`` where they are made to order.
        default_noise: The noise where none is asked for; None for real data.
        description: One line about it.
    """

    name: str
    kind: Kind
    task: Task
    columns: int
    classes: str
    points: str
    default_noise: float | None
    description: str


def catalogue() -> tuple[CatalogueEntry, ...]:
    """List every data set that has a name, without making or reading one."""
    toys = tuple(_toy_entry(toy) for toy in TOYS.values())
    samples = tuple(
        CatalogueEntry(
            name=sample.name,
            kind="sample",
            task="classification",
            columns=sample.columns,
            classes=str(sample.classes),
            points=str(sample.points),
            default_noise=None,
            description=sample.description,
        )
        for sample in SAMPLES.values()
    )
    return toys + samples


def _toy_entry(toy: Toy) -> CatalogueEntry:
    if isinstance(toy, ToyRegression):
        columns, classes = toy.columns, ""
    else:
        columns, classes = 2, f"{toy.default_classes}{' (any)' if toy.any_classes else ''}"
    return CatalogueEntry(
        toy.name, "toy", toy.task, columns, classes, "any", toy.default_noise, toy.description
    )


def load(  # noqa: PLR0913 - one for each key under [data] in an experiment
    source: str,
    *,
    samples: int = 300,
    classes: int | None = None,
    noise: float | None = None,
    seed: int = 0,
    label: str | None = None,
    header: bool | None = None,
    task: Task | None = None,
    columns: Sequence[str] = (),
) -> Dataset:
    """Load the data set that an experiment names.

    Args:
        source: The name of a toy data set or a sample (hyphens count as underscores), or a CSV
            file: a path with a separator, a name ending in .csv, .tsv or .txt, or any file there
            is. A file called like a data set is reached as ``./spiral``.
        samples: How many points to make, all classes together; only toys make points.
        classes: How many classes to make; None for the toy's own number.
        noise: How much noise to make them with; None for the toy's own.
        seed: The same seed makes the same points.
        label: See ``read_table``, as for the rest; only for files and samples.
        header: Whether the file's first row holds names.
        task: Whether the label is a class or a number.
        columns: The input columns.

    Raises:
        DataError: There is no such data set, it cannot be read or made, or a setting does not
            apply to it.
    """
    name = plain_name(source)
    if name in TOYS:
        _refuse(
            name,
            "is for files only; a made-up data set has no such setting",
            label=label,
            header=header,
            task=task,
            columns=tuple(columns) or None,
        )
        if seed < 0:
            raise DataError(f"data.seed: found {seed}, expected 0 or more.")
        generator = np.random.default_rng(seed)
        return make_toy(
            TOYS[name], samples=samples, classes=classes, noise=noise, generator=generator
        )
    if name not in SAMPLES and not _is_file(source):
        names = (*TOYS, *SAMPLES)
        raise DataError(
            f"data.source: there is no data set {quoted(source)}.{did_you_mean(name, names)} "
            f'"nntui data" lists them; a CSV file is given by its path.'
        )
    _refuse(source, "is for made-up data sets only", classes=classes, noise=noise)
    if name not in SAMPLES:
        return read_table(_file(source), label=label, header=header, task=task, columns=columns)
    packaged = resources.files("nntui.data").joinpath("samples", f"{name}.csv")
    with resources.as_file(packaged) as path:
        dataset = read_table(path, label=label, header=header, task=task, columns=columns)
    return replace(dataset, name=name)


def _refuse(source: str, reason: str, **settings: object) -> None:
    """Say that a setting does not apply to this source, if one is given."""
    for key, value in settings.items():
        if value is not None:
            raise DataError(
                f"data.{key}: {reason}, and data.source is {quoted(source)}. Leave data.{key} out."
            )


def _is_file(source: str) -> bool:
    if "/" in source or "\\" in source or source.lower().endswith(_FILE_SUFFIXES):
        return True
    try:
        # A directory is told to be one; an empty name would be the present one.
        return source != "" and _file(source).exists()
    except (OSError, ValueError):
        return False


def _file(source: str) -> Path:
    try:
        return Path(source).expanduser()
    except RuntimeError:
        raise DataError(
            f"data.source: the home directory in {printable(source)} is not known."
        ) from None
