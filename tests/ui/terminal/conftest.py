"""A program in a pseudo-terminal; pyte is the terminal that it draws on and that answers it."""

import fcntl
import os
import pty
import re
import select
import struct
import subprocess
import sys
import termios
import time
import tty
from contextlib import contextmanager

import pyte
import pytest

KITTY_KEYBOARD = re.compile(rb"\x1b\[[<>]\d*u")
"""Sequences whose last letter pyte, which does not know them, shows."""


# pytest-xdist sets the last two, which Textual would believe more than the terminal itself.
_ENVIRONMENT = {
    name: value for name, value in os.environ.items() if name not in ("LINES", "COLUMNS")
} | {"TERM": "xterm-256color", "COLORTERM": "truecolor"}


class PseudoTerminal:
    """Runs Python code in a pseudo-terminal and plays the user who sits before it."""

    def __init__(self, code, *, columns=80, lines=24, answers=True, environment=None):
        self.screen = pyte.Screen(columns, lines)
        self.stream = pyte.ByteStream(self.screen)
        self.output = bytearray()
        self.answered = 0
        self.holds = False
        self.held = []
        self.answers = answers
        self.screen.write_process_input = self._answer
        self.master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))
        self.before = termios.tcgetattr(slave)
        self.slave = slave
        self.process = subprocess.Popen(
            [sys.executable, "-c", code],
            stdin=slave,
            stdout=slave,
            stderr=slave,
            start_new_session=True,
            env=_ENVIRONMENT | (environment or {}),
        )

    def _answer(self, text):
        if self.answers:
            self.answered += 1
            self.held.append(text)
            if not self.holds:
                self.release()

    def release(self):
        """Let the answers that were held back arrive."""
        self.holds = False
        self.press("".join(self.held))
        self.held.clear()

    def press(self, text):
        os.write(self.master, text.encode())

    def resize(self, columns, lines):
        self.screen.resize(lines, columns)
        fcntl.ioctl(self.slave, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))

    def read_until(self, condition, safety=120.0):
        """Show what the program writes until something is seen; fail long after it should be."""
        deadline = time.monotonic() + safety
        while not condition():
            assert time.monotonic() < deadline, [self.line(row) for row in range(self.screen.lines)]
            self._read(0.05)

    def read_for(self, seconds):
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            self._read(0.02)

    def read_to_the_end(self):
        self.read_until(lambda: self.process.poll() is not None)
        while self._read(0.0):
            pass
        return self.process.returncode

    def _read(self, wait):
        ready, _, _ = select.select([self.master], [], [], wait)
        if not ready:
            return False
        data = os.read(self.master, 65536)
        self.output += data
        self.stream.feed(KITTY_KEYBOARD.sub(b"", data))
        return True

    def stopped(self):
        """Whether the program was stopped, as by Ctrl+Z; true once for each time."""
        how = os.WSTOPPED | os.WNOHANG
        return os.waitid(os.P_PID, self.process.pid, how) is not None

    def sees(self, text):
        return any(text in self.line(row) for row in range(self.screen.lines))

    def line(self, row):
        # pyte's own `display` fails where half of a wide character was overwritten.
        return "".join(self.screen.buffer[row][x].data for x in range(self.screen.columns))

    def unread_input(self):
        """What the program left in the terminal for the shell."""
        tty.setcbreak(self.slave, termios.TCSANOW)  # else only whole lines count
        return struct.unpack("i", fcntl.ioctl(self.slave, termios.FIONREAD, b"\0" * 4))[0]

    def close(self):
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
        os.close(self.slave)
        os.close(self.master)


@contextmanager
def opening():
    """Open pseudo-terminals that run some code; all are closed at the end."""
    opened = []

    def open_one(code, **options):
        opened.append(PseudoTerminal(code, **options))
        return opened[-1]

    yield open_one
    for terminal in opened:
        terminal.close()


@pytest.fixture
def open_terminal():
    """Open pseudo-terminals for a test."""
    with opening() as open_one:
        yield open_one


@pytest.fixture(scope="module")
def open_shared_terminal():
    """Open pseudo-terminals for all the tests of a module."""
    with opening() as open_one:
        yield open_one
