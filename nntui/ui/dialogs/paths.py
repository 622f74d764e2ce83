"""Completing the name of a file that is being typed."""

import os
from dataclasses import dataclass
from itertools import takewhile
from pathlib import Path

_MOST_FOUND = 500


@dataclass(frozen=True)
class FoundPath:
    """A file or a directory that begins as what was typed.

    Attributes:
        text: What would be typed for it; a directory ends with a slash.
        name: The last part of it.
    """

    text: str
    name: str


def completions(typed: str, suffixes: tuple[str, ...]) -> tuple[FoundPath, ...]:
    """List the directories, and the files of some kinds, that begin as what was typed.

    Hidden ones, and those whose names do not print, are left out unless they are asked for. A
    directory that cannot be read has nothing in it.

    Args:
        typed: The beginning of a path; ``~`` is the home directory.
        suffixes: How the names of files end, such as ``.toml``; empty for all files.
    """
    folder, name = os.path.split(typed)
    found: list[FoundPath] = []
    try:
        with os.scandir(Path(folder or ".").expanduser()) as entries:
            for entry in entries:
                if not _begins(entry.name, name):
                    continue
                is_folder = entry.is_dir()
                if is_folder or not suffixes or entry.name.lower().endswith(suffixes):
                    shown = f"{entry.name}/" if is_folder else entry.name
                    found.append(FoundPath(_joined(typed, name) + shown, shown))
                if len(found) == _MOST_FOUND:
                    break
    except (OSError, ValueError, RuntimeError):
        return ()
    # Files first: they are what is looked for.
    return tuple(sorted(found, key=lambda one: (one.name.endswith("/"), one.name.lower())))


def common_beginning(found: tuple[FoundPath, ...], typed: str) -> str:
    """Return the longest text that all of them begin with; what was typed where it is longer."""
    texts = [one.text for one in found]
    # Letter by letter: the last part of a path may be common only in its beginning.
    alike = takewhile(lambda letters: len(set(letters)) == 1, zip(*texts, strict=False))
    common = "".join(letters[0] for letters in alike)
    return common if len(common) > len(typed) else typed


def _begins(entry: str, name: str) -> bool:
    is_hidden = entry.startswith(".") and not name.startswith(".")
    return entry.isprintable() and not is_hidden and entry.startswith(name)


def _joined(typed: str, name: str) -> str:
    return typed[: len(typed) - len(name)]
