"""The terminal that programs are tested in does what a terminal and its user do."""

import signal
import sys

import pytest
from link import LinkQuality
from terminal import NotSeenError, Terminal

ECHO = """
import os, signal, sys, tty
tty.setraw(0)
def say(text):
    os.write(1, text.encode())
def tell_size(*_):
    size = os.get_terminal_size()
    say(f"\\x1b[2J\\x1b[H{size.columns} by {size.lines}")
signal.signal(signal.SIGWINCH, tell_size)
tell_size()
while True:
    key = os.read(0, 1024).decode()
    if key == "q":
        sys.exit(7)
    say(f"\\x1b[3;1H{key!r}\\x1b[K")
"""


def python(code):
    return [sys.executable, "-c", code]


def test_keys_go_in_and_the_screen_comes_out(open_terminal):
    terminal = open_terminal(python(ECHO), columns=50, rows=10)
    terminal.wait_for_text("50 by 10")
    sent = terminal.send("\x1b[A")
    assert terminal.wait_for_text("'\\x1b[A'") > sent
    assert terminal.bytes_seen > 20
    assert terminal.emulator.screen.find("50") == (0, 0)


def test_a_resized_window_is_told_to_the_program(open_terminal):
    terminal = open_terminal(python(ECHO))
    terminal.wait_for_text("80 by 24")
    terminal.resize(200, 60)
    terminal.wait_for_text("200 by 60")


def test_the_end_of_the_program_and_what_it_left(open_terminal):
    terminal = open_terminal(python(ECHO))
    terminal.wait_for_text("by")
    terminal.send("q")
    assert terminal.wait_for_exit() == 7
    assert terminal.left_behind() == ["other line settings"]
    assert terminal.survivors() == []


def test_modes_that_are_still_set_at_the_end_are_noticed(open_terminal):
    sequences = ["?1049h", "?25l", "?1003h", "?2004h", "?1004h", ">1u", "6n"]
    code = f"for s in {sequences}: print(end='\\x1b[' + s)"
    terminal = open_terminal(python(code))
    assert terminal.wait_for_exit() == 0
    assert terminal.left_behind() == [
        "the alternate screen", "a hidden cursor", "mouse tracking", "bracketed paste",
        "focus events", "the kitty keyboard protocol", "input for the shell",
    ]  # fmt: skip


def test_all_that_a_program_has_written_before_its_end_is_shown(open_terminal):
    code = "print('x' * 100_000); print('last')"
    terminal = open_terminal(python(code), link=LinkQuality(0.01, 1_000_000, 8192))
    assert terminal.wait_for_exit() == 0
    assert "last" in terminal.text


def test_a_closed_window_ends_the_program(open_terminal):
    terminal = open_terminal(python(ECHO))
    terminal.wait_for_text("by")
    terminal.hang_up()
    assert terminal.wait_for_exit() == -signal.SIGHUP


def test_a_process_that_outlives_the_program_is_found(open_terminal):
    code = """
import subprocess, sys
child = "import sys; print('child runs', flush=True); sys.stdin.read()"
subprocess.Popen([sys.executable, "-c", child], start_new_session=True, stdin=subprocess.PIPE)
input()
import os; os._exit(0)
"""
    holds_a_pipe = code.replace("subprocess.PIPE", "sys.stdin")
    terminal = open_terminal(python(holds_a_pipe))
    terminal.wait_for_text("child runs")
    (child,) = terminal.children()
    assert "child runs" in child.command
    terminal.process.kill()
    assert terminal.wait_for_exit() == -signal.SIGKILL
    assert [one.number for one in terminal.survivors(most_seconds=0.0)] == [child.number]


def test_nobody_waits_for_ever(open_terminal):
    terminal = open_terminal(python(ECHO))
    terminal.wait_for_text("80 by 24")
    with pytest.raises(NotSeenError, match="still runs; the screen:\n80 by 24"):
        terminal.wait_for_text("something else", most_seconds=0.0)


def test_nothing_is_waited_for_after_the_end_of_the_program(open_terminal):
    terminal = open_terminal(python("print('only this'); exit(3)"))
    for _ in range(2):
        with pytest.raises(NotSeenError, match="has ended with 3; the screen:\nonly this"):
            terminal.wait_for_text("something else")
    terminal.wait_for_text("only this")


def test_a_condition_that_fails_is_told_to_whoever_waits(open_terminal):
    terminal = open_terminal(python(ECHO))
    with pytest.raises(ZeroDivisionError):
        terminal.wait_for(lambda _: 1 / 0)


def test_a_terminal_may_answer_or_not(open_terminal):
    code = "import os, select, tty; tty.setraw(0); os.write(1, b'\\x1b[6n')\n"
    code += "print(select.select([0], [], [], {})[0] and os.read(0, 99))"
    terminal = open_terminal(python(code.format(60)))
    terminal.wait_for_text("b'\\x1b[1;1R'")
    terminal = open_terminal(python(code.format(0.1)), answers=False)
    terminal.wait_for_text("[]")


def test_a_slow_link_delays_keys_and_screen(open_terminal):
    terminal = open_terminal(python(ECHO), link=LinkQuality(0.2, 20_000))
    terminal.wait_for_text("by")
    sent = terminal.send("a")
    assert terminal.wait_for_text("'a'") - sent >= 0.2


def test_each_whole_frame_is_looked_at(open_terminal):
    code = """
import os
os.write(1, b"\\x1b[?2026h\\x1b[Hone\\x1b[?2026l\\x1b[?2026h\\x1b[Htwo")
os.write(1, b"\\x1b[H3\\x1b[?2026l")
input()
"""
    terminal = open_terminal(["/bin/sh", "-c", 'read x; exec "$@"', "sh", *python(code)])
    seen = []
    watch = terminal.watch(lambda screen: seen.append(screen.text.strip().split()[-1:]))
    terminal.send("\n")
    terminal.wait_for(lambda screen: "3wo" in screen.text)
    assert ["one"] in seen
    assert ["two"] not in seen
    assert watch.seen_at is None


def test_colours_and_home_are_those_that_were_asked_for(tmp_path):
    names = ("TERM", "COLORTERM", "NO_COLOR", "HOME")
    code = f"import os; print(*map(os.environ.get, {names}))"
    with Terminal(
        python(code), columns=200, home=tmp_path, term="xterm", colour=None,
        environment={"NO_COLOR": "1"},
    ) as terminal:  # fmt: skip
        terminal.wait_for_text(f"xterm None 1 {tmp_path}")
