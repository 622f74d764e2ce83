"""The flags that set keys of an experiment, made from the list of common flags.

Their values stay texts: the experiment's own strict reader judges them, so that a flag, a file and
``--set`` take the same values and give the same messages.
"""

import contextlib
import dataclasses
import re
from collections.abc import Generator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, cast

from cyclopts import Group, Parameter

from nntui.errors import ExperimentError, NntuiError
from nntui.experiment.experiment import Experiment
from nntui.experiment.flags import COMMON_FLAGS, Flag
from nntui.experiment.overrides import Override, TypedText, experiment_with, parse_setting
from nntui.experiment.toml_file import read_table
from nntui.files import shown_path
from nntui.quoting import printable

PRESET = "spiral"
"""The experiment that is trained where no file is named: every key has its default."""

DATA = Group("Data", sort_key=1)
NETWORK = Group("Network", sort_key=2)
TRAINING = Group("Training", sort_key=3)
STOPPING = Group("Stopping, whatever comes first", sort_key=4)
OUTPUT = Group("Output", sort_key=5)
WHOLE_RUN = Group("The whole run", sort_key=6)

_GROUPS = {"data": DATA, "layers": NETWORK, "output": NETWORK, "epochs": STOPPING}
_GROUPS["patience"] = STOPPING
_PLACEHOLDERS = {
    "whole number": "N",
    "number": "X",
    "text": "TEXT",
    "choice": "NAME",
    "list of texts": "A,B",
    "list of tables": "N,N",
}


@dataclass(frozen=True, kw_only=True)
class GivenKeys:
    """The flags for keys that were given; ``KeyFlags`` adds a field for each."""

    @property
    def texts(self) -> dict[str, str]:
        """The text given for each key."""
        values = {flag.key: getattr(self, _field_name(flag), None) for flag in COMMON_FLAGS}
        return {key: text for key, text in values.items() if isinstance(text, str)}


def _field_name(flag: Flag) -> str:
    return flag.flag.removeprefix("--").replace("-", "_")


def _parameter(flag: Flag) -> Parameter:
    parts = flag.key.split(".")
    return Parameter(
        name=flag.flag,
        help=f"{flag.help}{_shown_default(flag)}",
        metavar=_PLACEHOLDERS[flag.field.type_text],
        group=_GROUPS.get(parts[0]) or _GROUPS.get(parts[-1], TRAINING),
    )


def _shown_default(flag: Flag) -> str:
    """Return the preset's own value in brackets, if it has one."""
    preset, parts = Experiment(), flag.key.split(".")
    default = flag.field.default
    if flag.key == "layers":
        default = ",".join(str(layer.units) for layer in preset.layers)
    elif parts[0] == "optimizer":
        # Each optimizer has its own learning rate, and only some have a momentum.
        default = cast("object", getattr(preset.optimizer, parts[-1], None))
    default = cast("object", getattr(default, "name", default))
    if default is None or default == ():
        return ""
    return f" [{default:g}]" if isinstance(default, float) else f" [{default}]"


if TYPE_CHECKING:
    KeyFlags = GivenKeys
else:
    KeyFlags = Parameter(name="*")(
        dataclasses.make_dataclass(
            "KeyFlags",
            [
                (_field_name(flag), Annotated[str | None, _parameter(flag)], None)
                for flag in COMMON_FLAGS
            ],
            bases=(GivenKeys,),
            # Without a module of its own the class would pass for one of Python's.
            namespace={"__module__": __name__},
            frozen=True,
            kw_only=True,
        )
    )

Settings = Annotated[
    list[str] | None,
    Parameter(
        name="--set",
        metavar="KEY=VALUE",
        group=TRAINING,
        help="set any key of the experiment, such as optimizer.schedule=cosine; may be repeated",
    ),
]

ExperimentName = Annotated[
    str,
    Parameter(
        help=f'an experiment file (TOML), or the preset "{PRESET}", which is also what is taken '
        "where nothing is named"
    ),
]


def chosen_overrides(keys: GivenKeys, settings: Sequence[str] | None) -> list[Override]:
    """Return what flags and ``--set`` ask for.

    Raises:
        ExperimentError: A setting is not ``key=value``.
    """
    flags: list[Override] = [(key, TypedText(text)) for key, text in keys.texts.items()]
    try:
        overrides = flags + [parse_setting(setting) for setting in settings or ()]
    except ExperimentError as error:
        raise ExperimentError(f"--set {error}") from None
    named = [key.removesuffix(".name") for key, _ in overrides]
    for key in named:
        if named.count(key) > 1:
            raise ExperimentError(f"{printable(key)}: found it set twice, expected it once")
    return overrides


def chosen_experiment(name: str, keys: GivenKeys, overrides: Sequence[Override]) -> Experiment:
    """Read the experiment that is named and set what flags and ``--set`` ask for.

    Raises:
        ExperimentError: Naming the file or the flag, the key, what was found and was expected.
    """
    with naming_the_flag(keys):
        if name == PRESET:
            return experiment_with(Experiment(), overrides)
        if not name:
            raise ExperimentError("EXPERIMENT: found an empty name, expected an experiment file")
        try:
            table = read_table(name)
        except ExperimentError as error:
            raise ExperimentError(f"{error}{_hint(name)}") from None
        return experiment_with(table, overrides, origin=shown_path(name))


@contextlib.contextmanager
def naming_the_flag(keys: GivenKeys) -> Generator[None]:
    """Put the flag's name before a message about a key that a flag has set."""
    try:
        yield
    except NntuiError as error:
        found = [
            flag
            for flag in COMMON_FLAGS
            if flag.key in keys.texts and _is_about(str(error), flag.key)
        ]
        if not found:
            raise
        nearest = max(found, key=lambda flag: len(flag.key))
        raise type(error)(f"{nearest.flag}: {error}") from None


def _is_about(message: str, key: str) -> bool:
    pattern = re.escape(key).replace(r"\*", r"\d+")
    return re.match(rf"{pattern}(?![\w*-])", message) is not None


def _hint(name: str) -> str:
    """Say what was probably meant by a name that is no file."""
    if re.search(r"[./\\]", name):
        return ""
    return (
        f'. An experiment is a TOML file or the preset "{PRESET}"; the data are chosen by '
        f"--data {printable(name[:40])}"
    )
