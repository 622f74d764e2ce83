"""The app as a user has it: in a terminal, with keys, sizes, signals, and its end."""

import os
import re
import signal
import subprocess
import sys

import pytest

NNTUI = (sys.executable, "-m", "nntui")
CTRL_C, CTRL_Z, TAB = "\x03", "\x1a", "\t"


def train_loss(screen):
    """Read the training loss on the frame of the loss pane; None where it is not shown."""
    found = re.search(r" train ([\d.,]+)", screen.text)
    return float(found[1].replace(",", "")) if found else None


def epochs(screen):
    found = re.search(r"epoch ([\d,]+)", screen.lines[0])
    return int(found[1].replace(",", "")) if found else None


def units(screen):
    """Read the numbers of units in the header."""
    found = re.search(r"\d+(-\d+)+", screen.lines[0])
    return [int(n) for n in found[0].split("-")] if found else []


def is_playing(screen):
    return "▶" in screen.lines[0]


def play(terminal):
    """Press play and wait until some epochs have gone by."""
    before = epochs(terminal.emulator.screen)
    terminal.send(" ")
    terminal.wait_for(lambda screen: is_playing(screen) and (epochs(screen) or 0) > before)


def quit_app(terminal):
    terminal.send("q")
    assert terminal.wait_for_exit() == 0
    assert terminal.left_behind() == []
    assert terminal.survivors() == []


def test_a_user_opens_it_trains_edits_a_layer_and_leaves(open_app):
    terminal = open_app()
    terminal.wait_for(train_loss)
    screen = terminal.emulator.screen
    loss, before = train_loss(screen), units(screen)

    terminal.send(" ")
    terminal.wait_for(lambda screen: is_playing(screen) and (train_loss(screen) or loss) < loss / 2)
    terminal.send("1+")
    terminal.wait_for(lambda screen: sum(units(screen)) > sum(before))
    # Another network begins anew, and goes on training by itself.
    terminal.wait_for(lambda screen: is_playing(screen) and (train_loss(screen) or loss) < loss / 2)

    quit_app(terminal)
    assert terminal.text.strip() == ""
    assert terminal.emulator.unknown == []


def test_ctrl_c_neither_ends_it_nor_stops_the_trainer(open_app):
    terminal = open_app()
    play(terminal)
    terminal.send(CTRL_C)
    seen = epochs(terminal.emulator.screen)
    terminal.wait_for(lambda screen: (epochs(screen) or 0) > seen)
    quit_app(terminal)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT], ids=["terminate", "interrupt"])
def test_a_signal_ends_everything_and_the_terminal_is_as_it_was(open_app, number):
    terminal = open_app()
    play(terminal)
    assert terminal.children()
    terminal.process.send_signal(number)
    assert terminal.wait_for_exit() == 128 + number
    assert terminal.left_behind() == []
    assert terminal.survivors() == []
    assert "Traceback" not in terminal.text


@pytest.mark.parametrize("playing", [True, False], ids=["playing", "paused"])
def test_nothing_survives_a_closed_window(open_app, playing):
    terminal = open_app()
    if playing:
        play(terminal)
    assert terminal.children()
    terminal.hang_up()
    terminal.wait_for_exit()
    assert terminal.survivors() == []


@pytest.mark.parametrize("playing", [True, False], ids=["playing", "paused"])
def test_nothing_survives_the_app_when_it_is_killed(open_app, playing):
    terminal = open_app()
    if playing:
        play(terminal)
    assert terminal.children()
    terminal.process.kill()
    assert terminal.wait_for_exit() == -signal.SIGKILL
    assert terminal.survivors() == []


def test_the_end_of_the_trainer_is_told_and_the_terminal_is_as_it_was(open_app):
    terminal = open_app()
    play(terminal)
    for child in terminal.children():
        os.kill(child.number, signal.SIGKILL)
    assert terminal.wait_for_exit() == 1
    assert terminal.left_behind() == []
    assert "the trainer has ended unexpectedly" in terminal.text
    assert "Traceback" not in terminal.text


@pytest.mark.parametrize("stream", ["stdin", "stdout"])
def test_without_a_terminal_it_says_so_and_names_what_works(stream):
    master, terminal = os.openpty()
    streams = {"stdin": terminal, "stdout": terminal} | {stream: subprocess.PIPE}
    done = subprocess.Popen(NNTUI, text=True, stderr=subprocess.PIPE, **streams)
    _, error = done.communicate()
    os.write(terminal, b"(end)")
    shown = os.read(master, 10_000)
    os.close(terminal)
    os.close(master)
    assert done.returncode == 2
    assert error.count("\n") == 1
    assert "nntui train" in error
    assert "\x1b" not in error
    assert b"\x1b" not in shown
    assert shown.count(b"\n") <= 1


def test_a_terminal_that_cannot_place_text_is_told_of_in_one_line(open_terminal):
    terminal = open_terminal(NNTUI, columns=200, term="dumb")
    assert terminal.wait_for_exit() == 2
    assert "nntui train" in terminal.text
    assert len(terminal.text.strip().splitlines()) == 1
    assert terminal.left_behind() == []
    assert terminal.survivors() == []


def test_in_a_small_window_every_pane_can_be_reached(open_app):
    terminal = open_app(columns=40, rows=12)
    names = ("Layers", "Hyperparameters", "Loss", "Decision")
    for number, name in enumerate(names, start=1):
        terminal.send(str(number))
        terminal.wait_for_text(f"{number} {name}")
    for _ in names:
        shown = {name for name in names if name in terminal.text}
        assert len(shown) == 1
        terminal.send(TAB)
        terminal.wait_for(
            lambda screen, shown=shown: {n for n in names if n in screen.text} not in (set(), shown)
        )
    play(terminal)
    quit_app(terminal)


def test_the_window_changes_its_size_again_and_again_while_it_trains(open_app):
    sizes = [(200, 60), (120, 40), (80, 24), (60, 20), (40, 12), (20, 5), (3, 1), (120, 40)]
    terminal = open_app()
    play(terminal)
    for columns, rows in sizes:
        terminal.resize(columns, rows)
        if rows >= 12:
            # The last row is the footer's, whose end is always there.
            terminal.wait_for(lambda screen: is_playing(screen) and fills(screen))
    for columns, rows in 10 * sizes:
        terminal.resize(columns, rows)
    terminal.wait_for(lambda screen: is_playing(screen) and fills(screen))
    seen = epochs(terminal.emulator.screen)
    terminal.wait_for(lambda screen: (epochs(screen) or 0) > seen)
    quit_app(terminal)


def fills(screen):
    """Tell whether the view takes the whole screen: header, panes to the right edge, footer."""
    right_edge = "".join(line[-1] for line in screen.lines[1:-1])
    return re.fullmatch(r"(╮│*╯)+ *", right_edge) and "quit" in screen.lines[-1]


@pytest.mark.parametrize("by_key", [True, False], ids=["key", "signal"])
def test_it_can_be_stopped_and_continued_by_the_shell(open_app, by_key):
    terminal = open_app()
    play(terminal)
    if by_key:
        terminal.send(CTRL_Z)
    else:
        terminal.process.send_signal(signal.SIGTSTP)
    terminal.wait_for(lambda screen: not screen.text.strip())
    os.waitid(os.P_PID, terminal.process.pid, os.WSTOPPED)
    terminal.wait_for(lambda _: not terminal.left_behind())
    terminal.process.send_signal(signal.SIGCONT)
    terminal.wait_for(fills)
    quit_app(terminal)


def test_a_terminal_that_answers_nothing_is_served_too(open_app):
    terminal = open_app(answers=False)
    play(terminal)
    seen = epochs(terminal.emulator.screen)
    terminal.wait_for(lambda screen: (epochs(screen) or 0) > seen)
    quit_app(terminal)
