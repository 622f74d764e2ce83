"""What the system tells of processes: who is alive, and how much processor time each has used."""

import os
import select
import signal
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

PROC = Path("/proc")
TICKS_PER_SECOND = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Process:
    """A process at one moment.

    Attributes:
        number: Its process id.
        parent: That of its parent.
        state: R, S, Z (ended, and not waited for)...
        seconds: The processor time that it has used, of all its threads.
        command: How it was started.
    """

    number: int
    parent: int
    state: str
    seconds: float
    command: str


def process(number: int) -> Process | None:
    """Read about one process; None if there is none."""
    try:
        status = (PROC / str(number) / "stat").read_text()
        command = (PROC / str(number) / "cmdline").read_bytes()
    except OSError:
        return None
    fields = status.rpartition(")")[2].split()
    ticks = int(fields[11]) + int(fields[12])
    words = command.replace(b"\0", b" ").decode(errors="replace").strip()
    return Process(number, int(fields[1]), fields[0], ticks / TICKS_PER_SECOND, words)


def marked(mark: str) -> list[Process]:
    """Find all living processes that were started with a mark in their environment.

    A child inherits the mark, whatever session or parent it has by now.
    """
    found = []
    for place in PROC.iterdir():
        if not place.name.isdigit():
            continue
        try:
            environment = (place / "environ").read_bytes()
        except OSError:
            continue
        if mark.encode() in environment and (one := process(int(place.name))) is not None:
            found.append(one)
    return [one for one in found if one.state not in "ZX"]


def wait_until_ended(numbers: Iterable[int], most_seconds: float) -> list[int]:
    """Wait for the end of processes, which need not be children.

    Returns:
        Those that have not ended in time.
    """
    alive = []
    for number in numbers:
        try:
            handle = os.pidfd_open(number)
        except ProcessLookupError:
            continue
        try:
            ready, _, _ = select.select([handle], [], [], most_seconds)
        finally:
            os.close(handle)
        if not ready:
            alive.append(number)
    return alive


def kill(numbers: Iterable[int]) -> None:
    """End processes at once."""
    for number in numbers:
        try:
            os.kill(number, signal.SIGKILL)
        except ProcessLookupError:
            continue
