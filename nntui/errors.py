"""What can go wrong in nntui, said so that the user can put it right.

Every message names the place (a file and line, or a key of the experiment), what was found
there and what was expected. The command line prints the message alone, never a traceback, and
ends with exit code 2.
"""

import difflib
from collections.abc import Iterable


class NntuiError(Exception):
    """The base of every error that a user can cause and mend."""


class DataError(NntuiError):
    """Points that cannot be read, made or used: a file's contents or a data set's settings."""


class ExperimentError(NntuiError):
    """An experiment that cannot be read or does not make sense."""


class ModelFileError(NntuiError):
    """A saved model that cannot be read, written, or used for what was asked."""


class RunError(NntuiError):
    """A saved run that cannot be read, or cannot go on."""


class OutputError(NntuiError):
    """A file that cannot be written."""


def did_you_mean(found: str, choices: Iterable[str]) -> str:
    """Suggest the nearest of the known names, as the end of an error message.

    Args:
        found: The name that was given.
        choices: The names that would have been right.

    Returns:
        A sentence with a leading space, or an empty string when nothing is near.

    Example:
        >>> did_you_mean("spirral", ["spiral", "moons"])
        ' Did you mean "spiral"?'
    """
    nearest = difflib.get_close_matches(found, list(choices), n=1, cutoff=0.6)
    return f' Did you mean "{nearest[0]}"?' if nearest else ""
