"""``nntui new``: write an experiment file."""

from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from nntui.cli.flags import PRESET, KeyFlags, Settings, chosen_experiment, chosen_overrides
from nntui.errors import OutputError
from nntui.experiment.toml_file import write_experiment
from nntui.experiment.toml_text import to_toml
from nntui.files import shown_path

_DEFAULT_KEYS = KeyFlags()


def new(
    file: Annotated[
        str, Parameter(allow_leading_hyphen=True, help='where to write; "-": standard output')
    ],
    /,
    *,
    keys: KeyFlags = _DEFAULT_KEYS,
    settings: Settings = None,
    force: Annotated[bool, Parameter(help="write over a file that is there already")] = False,
) -> int:
    """Write an experiment file with a comment for each key."""
    experiment = chosen_experiment(PRESET, keys, chosen_overrides(keys, settings))
    if file == "-":
        print(to_toml(experiment, comments=True), end="")
        return 0
    if not force and Path(file).is_file():
        raise OutputError(f"{shown_path(file)}: there is such a file already; --force replaces it")
    write_experiment(experiment, file)
    print(f"wrote {shown_path(file)}; to train it: nntui train {shown_path(file)}")
    return 0
