"""``--log``: one line of JSON an epoch."""

import contextlib
from pathlib import Path
from typing import BinaryIO

from nntui.cli.figures import epoch_figures, to_json
from nntui.errors import OutputError
from nntui.files import reason_of, shown_path
from nntui.training.run import Progress


class EpochLog:
    """Writes each epoch as soon as it has ended, so that the file can be followed.

    The file is begun with the first epoch: what an earlier run has written stays where this one
    cannot start. A disk that fills up does not cost the run its result: the log ends with the last
    whole line.

    Attributes:
        failure: Why the log is not complete; None as long as it is.
    """

    def __init__(self, path: str) -> None:
        self._path = path
        self._file: BinaryIO | None = None
        self._whole = 0
        self.failure: OutputError | None = None

    def write(self, progress: Progress) -> None:
        """Add the line of an epoch."""
        self._print(to_json(epoch_figures(progress)) + "\n")

    def close(self) -> None:
        """End the file; it is empty if no epoch has ended."""
        self._print("")
        if self._file is not None:
            with contextlib.suppress(OSError):
                self._file.close()

    def _print(self, text: str) -> None:
        if self.failure is not None:
            return
        try:
            if self._file is None:
                # It stays open from the first epoch to the last.
                self._file = Path(self._path).open("wb", buffering=0)  # noqa: SIM115
            self._whole += self._file.write(text.encode())
        except OSError as error:
            self.failure = OutputError(
                f"--log: {shown_path(self._path)}: cannot be written: {reason_of(error)}"
            )
            self._drop_half_a_line()

    def _drop_half_a_line(self) -> None:
        # A pipe or a device cannot take anything back.
        if self._file is not None:
            with contextlib.suppress(OSError):
                self._file.truncate(self._whole)
