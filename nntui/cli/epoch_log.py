"""``--log``: one line of JSON an epoch."""

from pathlib import Path
from typing import TextIO

from nntui.cli.figures import epoch_figures, to_json
from nntui.errors import OutputError
from nntui.files import reason_of, shown_path
from nntui.training.run import Progress


class EpochLog:
    """Writes each epoch as soon as it has ended, so that the file can be followed.

    The file is begun with the first epoch: what an earlier run has written stays where this one
    cannot start.
    """

    def __init__(self, path: str) -> None:
        self._path = path
        self._file: TextIO | None = None

    def write(self, progress: Progress) -> None:
        """Add the line of an epoch.

        Raises:
            OutputError: The file cannot be written.
        """
        self._print(to_json(epoch_figures(progress)) + "\n")

    def close(self) -> None:
        """End the file; it is empty if no epoch has ended.

        Raises:
            OutputError: The file cannot be written.
        """
        self._print("")
        if self._file is not None:
            self._file.close()

    def _print(self, text: str) -> None:
        try:
            if self._file is None:
                path = Path(self._path)
                self._file = path.open("w", encoding="utf-8", newline="\n")
            self._file.write(text)
            self._file.flush()
        except BrokenPipeError:
            raise
        except OSError as error:
            raise OutputError(
                f"{shown_path(self._path)}: cannot be written: {reason_of(error)}"
            ) from None
