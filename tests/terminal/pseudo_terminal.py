"""A pseudo-terminal and the link to it: bytes go both ways in a thread of its own."""

import contextlib
import fcntl
import os
import pty
import select
import struct
import termios
import threading
import time
from collections.abc import Callable

from link import Direction, LinkQuality

_PORTION = 65_536


class PseudoTerminal:
    """The system's end of a terminal.

    Args:
        columns: The width.
        rows: The height.
        quality: The link between the program and whoever looks.
        on_output: Called with each piece of output when it has arrived.
        on_end: Called when the program has ended and all its output has arrived.

    Attributes:
        name: The terminal's place in the file system.
        lock: Held while bytes are handed over.
    """

    def __init__(
        self,
        columns: int,
        rows: int,
        quality: LinkQuality,
        on_output: Callable[[bytes], object],
        on_end: Callable[[], object],
    ) -> None:
        delay = quality.round_trip / 2
        self._to_screen = Direction(delay, quality.bytes_per_second, quality.buffer)
        self._to_program = Direction(delay, None, _PORTION)
        self._on_output, self._on_end = on_output, on_end
        self._unwritten = bytearray()
        self._program: int | None = None
        self._is_over = False
        self.lock = threading.RLock()
        self._wake_read, self._wake_write = os.pipe()
        self._master, self._slave = pty.openpty()
        os.set_blocking(self._master, False)
        self.name = os.ttyname(self._slave)
        self.resize(columns, rows)
        self._settings_before = termios.tcgetattr(self._slave)
        self._thread = threading.Thread(target=self._serve, name="terminal", daemon=True)

    def serve(self, program: int) -> None:
        """Begin to carry bytes, until the end of a process and beyond."""
        self._program = os.pidfd_open(program)
        self._thread.start()

    def type(self, data: bytes) -> None:
        """Let bytes go to the program."""
        with self.lock:
            self._to_program.push(data, time.perf_counter())
        with contextlib.suppress(OSError):
            os.write(self._wake_write, b"w")

    def resize(self, columns: int, rows: int) -> None:
        """Change the size, which the system tells the program."""
        fcntl.ioctl(self._slave, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def has_settings_of_before(self) -> bool:
        """Tell whether the line's settings are what they were before the program."""
        return termios.tcgetattr(self._slave) == self._settings_before

    def unread(self) -> int:
        """Count the bytes that nobody has read: the next program gets them."""
        before = termios.tcgetattr(self._slave)
        without_lines = list(before)
        without_lines[3] = before[3] & ~termios.ICANON  # else only whole lines count
        termios.tcsetattr(self._slave, termios.TCSANOW, without_lines)
        count = fcntl.ioctl(self._slave, termios.FIONREAD, b"\0" * 4)
        termios.tcsetattr(self._slave, termios.TCSANOW, before)
        return int(struct.unpack("i", count)[0])

    def close(self) -> None:
        """Hang up. Again does nothing."""
        if self._wake_write < 0:
            return
        write, self._wake_write = self._wake_write, -1
        os.close(write)
        if self._thread.is_alive():
            self._thread.join()
        for number in (self._wake_read, self._slave, self._master, self._program):
            if number is not None:
                os.close(number)

    def _serve(self) -> None:
        while True:
            with self.lock:
                room = self._to_screen.room()
                changes = [self._to_screen.next_change(), self._to_program.next_change()]
                writes = [self._master] if self._unwritten else []
            due = min((change for change in changes if change is not None), default=None)
            wait = None if due is None else max(due - time.perf_counter(), 0.0)
            reads = [self._wake_read, *([self._master] if room else [])]
            if self._program is not None:
                reads.append(self._program)
            elif not self._is_over:
                wait = 0.0
            ready, _, _ = select.select(reads, writes, [], wait)
            if self._wake_read in ready and not os.read(self._wake_read, _PORTION):
                return
            self._carry(min(room, _PORTION) if self._master in ready else 0)
            if self._program in ready and self._program is not None:
                os.close(self._program)
                self._program = None

    def _carry(self, readable: int) -> None:
        data = b""
        if readable:
            with contextlib.suppress(BlockingIOError):
                data = os.read(self._master, readable)
        now = time.perf_counter()
        with self.lock:
            if data:
                self._to_screen.push(data, now)
            if shown := self._to_screen.arrived(now):
                self._on_output(shown)
            self._unwritten += self._to_program.arrived(time.perf_counter())
            if self._unwritten:
                with contextlib.suppress(BlockingIOError):
                    del self._unwritten[: os.write(self._master, self._unwritten)]
            if self._program is None and not data and self._to_screen.is_empty():
                self._is_over = True
                self._on_end()
