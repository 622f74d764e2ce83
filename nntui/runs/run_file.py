"""Saving a run to its folder, and reading it again."""

from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass

from nntui.errors import RunError
from nntui.files import AnyPath, reason_of, shown_path
from nntui.quoting import printable
from nntui.runs.folder import RunWriter, open_run_file
from nntui.runs.packing import pack_run
from nntui.runs.saved_run import RunLabel, SavedRun
from nntui.runs.tensor_reader import TensorReader
from nntui.runs.unpacking import read_data, unpack_run


@dataclass(frozen=True)
class RunSummary:
    """What a list of runs says of one.

    Attributes:
        label: What it is called.
        steps: How many updates had been made.
        epochs: How many epochs had been completed.
        stopped_by: Why it was not training any more; empty where it was.
    """

    label: RunLabel
    steps: int
    epochs: int
    stopped_by: str


def save_run(writer: RunWriter, run: SavedRun) -> None:
    """Save a run, whole or not at all.

    Raises:
        OutputError: It cannot be written; what was there before is unharmed.
        RunError: It is too large to be saved.
    """
    writer.write(pack_run(run))


def load_run(folder: AnyPath) -> SavedRun:
    """Read the run in a folder, trusting nothing in it.

    Raises:
        RunError: There is none, or it cannot be read, or is damaged; the message names the folder.
    """
    file, size = open_run_file(folder)
    with file, _naming(folder):
        return unpack_run(file, size)


def read_summary(folder: AnyPath) -> RunSummary:
    """Read what stands before the numbers of the run in a folder.

    Raises:
        RunError: As ``load_run``.
    """
    file, size = open_run_file(folder)
    with file, _naming(folder):
        data = read_data(TensorReader(file, size))
    label = RunLabel(printable(data.name), data.number, data.saved_at, printable(data.version))
    return RunSummary(label, data.state.steps, data.state.epochs, printable(data.stopped_by))


@contextmanager
def _naming(folder: AnyPath) -> Generator[None]:
    """Put the folder before the message of what goes wrong within."""
    shown = shown_path(folder)
    try:
        yield
    except RunError as error:
        raise RunError(f"{shown}: {error}") from None
    except OSError as error:
        raise RunError(f"{shown}: the run cannot be read: {reason_of(error)}.") from None
    except MemoryError:
        raise RunError(f"{shown}: there is not enough memory for this run.") from None
