"""What a form has to know of the data that an experiment names."""

from collections.abc import Sequence
from dataclasses import replace

from nntui.data.facts import Task, plain_name
from nntui.data.sources import SAMPLES
from nntui.data.toy import TOYS, ToyClassification, ToyRegression
from nntui.experiment.data_facts import DataFacts, KnownSource


def facts_of(
    source: str,
    *,
    input_names: tuple[str, ...] = (),
    task: Task | None = None,
    files: Sequence[str] = (),
) -> DataFacts:
    """Tell what is known of a data set before it is made or read, or after that.

    Args:
        source: What stands in ``data.source``.
        input_names: The names of its raw columns, once they are known.
        task: What is predicted, once it is known.
        files: Files that were used before and may be chosen again.
    """
    name = plain_name(source)
    own = (source,) if name not in TOYS and name not in SAMPLES else ()
    facts = _facts_by_name(name)
    return replace(
        facts,
        input_names=input_names or facts.input_names,
        columns=len(input_names) or facts.columns,
        task=task or facts.task,
        sources=known_sources((*files, *own)),
    )


def known_sources(files: Sequence[str] = ()) -> tuple[KnownSource, ...]:
    """List the data sets to choose from: the toys, the samples, and these files."""
    toys = (KnownSource(toy.name, toy.task, len(_toy_inputs(toy))) for toy in TOYS.values())
    samples = (KnownSource(one.name, "classification", one.columns) for one in SAMPLES.values())
    own = (KnownSource(file) for file in dict.fromkeys(files))
    return (*toys, *samples, *own)


def _facts_by_name(name: str) -> DataFacts:
    if name in SAMPLES:
        return DataFacts(columns=SAMPLES[name].columns, task="classification")
    if name not in TOYS:
        return DataFacts(is_file=True)
    toy = TOYS[name]
    inputs = _toy_inputs(toy)
    is_classes = isinstance(toy, ToyClassification)
    return DataFacts(
        is_toy=True,
        default_classes=toy.default_classes if is_classes else None,
        default_noise=toy.default_noise,
        any_classes=toy.any_classes if is_classes else False,
        columns=len(inputs),
        input_names=inputs,
        task=toy.task,
    )


def _toy_inputs(toy: ToyClassification | ToyRegression) -> tuple[str, ...]:
    columns = toy.columns if isinstance(toy, ToyRegression) else 2
    return tuple(f"x{number}" for number in range(1, columns + 1))
