"""Let these tests import the terminal beside them, and start programs in it."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

if not sys.platform.startswith("linux"):
    # They look into /proc, and wait for processes that are not their children.
    collect_ignore_glob = ["test_*.py"]

from terminal import Terminal

NNTUI = (sys.executable, "-m", "nntui")


@pytest.fixture
def open_terminal(tmp_path):
    """Return a function that starts a program in a terminal; all are closed at the end."""
    opened = []

    def start(command, **options):
        opened.append(Terminal(command, **{"home": tmp_path} | options))
        return opened[-1]

    yield start
    for terminal in opened:
        terminal.close()


@pytest.fixture
def open_app(open_terminal):
    """Return a function that opens nntui in a terminal and waits until there is something to see.

    It takes arguments of nntui's, and the options of ``Terminal``.
    """

    def start(*arguments, **options):
        options = {"columns": 120, "rows": 40} | options
        terminal = open_terminal([*NNTUI, *arguments], **options)
        terminal.wait_for(is_open)
        return terminal

    return start


def is_open(screen):
    """Tell whether the header shows the run, and a pane is drawn."""
    return "epoch" in screen.lines[0] and "─╮" in screen.text
