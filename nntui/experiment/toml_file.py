"""Experiment files: reading and writing TOML."""

import os
import re
import tomllib
from pathlib import Path

from nntui.errors import ExperimentError
from nntui.experiment.convert import from_plain
from nntui.experiment.experiment import Experiment
from nntui.experiment.toml_text import to_toml
from nntui.files import reason_of, shown_path, write_file
from nntui.quoting import printable

# Far more than any experiment needs, and little enough to read in an instant.
LARGEST_FILE = 1_000_000
# Deeper than any key, and little enough for tomllib, whose time grows with the square of it.
_DEEPEST_KEY = 50
_PLACE = re.compile(r"(.*) \(at (?:line (\d+), column (\d+)|end of document)\)", re.DOTALL)


def read_experiment(path: str | os.PathLike[str]) -> Experiment:
    """Read an experiment file; what it leaves out has its default.

    Raises:
        ExperimentError: Naming the file, the line or the key, what was found and what was
            expected.
    """
    return from_plain(read_table(path), origin=shown_path(path))


def read_table(path: str | os.PathLike[str]) -> dict[str, object]:
    """Read a TOML file as plain tables, without looking at what its keys mean.

    Raises:
        ExperimentError: Naming the file and, for a slip in the TOML, the line.
    """
    origin = shown_path(path)
    text = _decoded(_bytes_of(path, origin), origin)
    _refuse_deep_keys(text, origin)
    try:
        return tomllib.loads(text)
    except RecursionError:
        raise ExperimentError(f"{origin}: expected TOML, found lists too deep to read") from None
    except ValueError as error:
        # tomllib's own error is a ValueError, as are those for numbers it cannot hold.
        raise ExperimentError(_syntax_message(str(error), text, origin)) from None


def write_experiment(experiment: Experiment, path: str | os.PathLike[str]) -> None:
    """Write a commented experiment file, whole or not at all.

    Raises:
        OutputError: Where the file cannot be written; what was there before is unharmed.
    """
    write_file(path, to_toml(experiment, comments=True).encode())


def _bytes_of(path: str | os.PathLike[str], origin: str) -> bytes:
    try:
        with Path(path).open("rb") as file:
            content = file.read(LARGEST_FILE + 1)
    except FileNotFoundError:
        raise ExperimentError(f"{origin}: there is no such file") from None
    except IsADirectoryError:
        raise ExperimentError(f"{origin}: found a directory, expected an experiment file") from None
    except (OSError, ValueError) as error:
        raise ExperimentError(f"{origin}: cannot be read: {reason_of(error)}") from None
    if len(content) > LARGEST_FILE:
        raise ExperimentError(
            f"{origin}: found more than {LARGEST_FILE:,} bytes, expected an experiment file, "
            "which is smaller"
        )
    return content


def _decoded(content: bytes, origin: str) -> str:
    try:
        # Some editors put a byte order mark first, which TOML does not know.
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise ExperimentError(
            f"{origin}:{line}: found bytes that are not UTF-8 text, expected an experiment in TOML"
        ) from None


def _refuse_deep_keys(text: str, origin: str) -> None:
    for number, line in enumerate(text.splitlines(), start=1):
        key = line.partition("=")[0]
        if key.count(".") > _DEEPEST_KEY and not key.lstrip().startswith("#"):
            raise ExperimentError(
                f"{origin}:{number}: found a key of {key.count('.') + 1} parts, expected at most 4"
            )


def _syntax_message(error: str, text: str, origin: str) -> str:
    place = _PLACE.fullmatch(error)
    if place is None:
        return f"{origin}: expected TOML: {printable(error)}"
    what = printable(place[1])
    if place[2] is None:
        return f"{origin}:{text.count(chr(10)) + 1}: expected TOML: {what}, at the end of the file"
    return f"{origin}:{place[2]}: expected TOML: {what}, at column {place[3]}"


def parse_value(text: str) -> object:
    """Read one value as TOML writes it, such as ``0.1``, ``true`` or ``{name = "elu"}``.

    Raises:
        ValueError: Where the text is not exactly one TOML value.
    """
    try:
        table: dict[str, object] = tomllib.loads(f"value = {text}")
    except RecursionError:
        raise ValueError("nested too deep") from None
    if set(table) != {"value"}:
        raise ValueError("more than one value")
    return table["value"]
