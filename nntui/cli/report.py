"""What ``nntui train`` prints at its end for a reader: plain text, 80 columns."""

from nntui.cli.confusion import confusion_lines
from nntui.cli.figures import network_sizes, parameters
from nntui.cli.number_text import counted, percent, short
from nntui.experiment.checks import resolved_output
from nntui.files import shown_path
from nntui.quoting import listed, printable
from nntui.training.evaluation import Evaluation
from nntui.training.run import RunResult
from nntui.training.trainer import Trainer

_COLUMN = 14
_MOST_CLASSES = 12


def report(
    trainer: Trainer, result: RunResult, saved: str | None, run_folder: str | None = None
) -> str:
    """Describe a run that has ended.

    Args:
        trainer: The run.
        result: How it ended.
        saved: Where the network was saved, if it was.
        run_folder: Where the whole run was saved, if it was.
    """
    confusion = trainer.confusion()
    classes = trainer.prepared.dataset.class_names
    lines = [
        "",
        *_data(trainer),
        *_network(trainer),
        *_training(result),
        "",
        *_scores(result.end.evaluation),
    ]
    if trainer.coding.classes == 0 and trainer.experiment.data.standardize:
        lines += ["", "  losses are those of the standardized values: mean 0, deviation 1"]
    if confusion is not None and len(classes) <= _MOST_CLASSES:
        part = "test" if len(trainer.prepared.test) else "training"
        lines += ["", *confusion_lines(confusion, classes, part)]
    if saved is not None:
        lines += ["", _row("saved", shown_path(saved))]
    if run_folder is not None:
        lines += ["", _row("run", f"{shown_path(run_folder)} (--resume goes on with it)")]
    return "\n".join([*lines, ""])


def _row(name: str, text: str) -> str:
    return f"  {name:<{_COLUMN - 2}}{text}".rstrip()


def _data(trainer: Trainer) -> list[str]:
    prepared = trainer.prepared
    dataset = prepared.dataset
    points = f"{len(prepared.train):,} to train, {len(prepared.test):,} to test"
    if dataset.class_names:
        kind = counted(len(dataset.class_names), "class")
        if dataset.target_name != "class":
            kind += f" of {listed((dataset.target_name,))}"
    else:
        kind = f"values of {listed((dataset.target_name,))}"
    rows = [
        _row("data", f"{printable(dataset.name)}: {kind}"),
        _row("points", f"{len(prepared.train) + len(prepared.test):,}: {points}"),
    ]
    if dataset.dropped_rows:
        dropped = counted(dataset.dropped_rows, "row")
        rows.append(_row("", f"{dropped} left out because a value is missing"))
    return rows


def _network(trainer: Trainer) -> list[str]:
    output = resolved_output(trainer.experiment, trainer.coding.task)
    sizes = "-".join(map(str, network_sizes(trainer)))
    names = [layer.activation.name for layer in trainer.experiment.layers]
    hidden = names[:1] if len(set(names)) == 1 else names
    activations = ", ".join([*hidden, output.activation.name])
    return [
        _row("network", f"{sizes}: {counted(parameters(trainer), 'parameter')}"),
        _row("", f"{activations}; {output.loss.name}; {trainer.experiment.optimizer.name}"),
    ]


def _training(result: RunResult) -> list[str]:
    end = result.end
    seconds = f"{end.seconds:.2f} s" if end.seconds < 100 else f"{end.seconds:,.0f} s"  # noqa: PLR2004
    done = f"{counted(end.epochs, 'epoch')}, {counted(end.steps, 'step')} in {seconds}"
    return [
        _row("trained", f"{done} ({end.steps_per_second:,.0f} steps/s)"),
        _row("stopped by", _stopped_by(result)),
    ]


def _stopped_by(result: RunResult) -> str:
    if result.divergence is not None:
        step = f"step {result.divergence.step:,}"
        return f"divergence at {step}; the figures are those of the step before"
    if result.stopped_by == "patience":
        return f"patience; the figures and weights are those of epoch {result.best_epoch:,}"
    return {
        "epochs": "the number of epochs",
        "steps": "the number of steps",
        "seconds": "the time",
        "interrupted": "interruption",
    }.get(result.stopped_by, result.stopped_by.removeprefix("until "))


def _scores(evaluation: Evaluation) -> list[str]:
    """Lay out the figures as a table: a row each, the training and the test points as columns."""
    now = evaluation
    has_test = now.test_loss is not None
    rows: list[tuple[str, str, str | None]] = [
        ("", "training", "test"),
        ("loss", short(now.train_loss), short(now.test_loss)),
    ]
    if now.penalty:
        rows.append(("+ penalty", short(now.train_loss_with_penalty), None))
    if now.train_accuracy is not None:
        rows.append(("accuracy", percent(now.train_accuracy), percent(now.test_accuracy)))
    else:
        rows.append(("R²", short(now.train_r2), short(now.test_r2)))
    return [
        _row(name, f"{train:>10}{test or '' if has_test else '':>12}") for name, train, test in rows
    ]
