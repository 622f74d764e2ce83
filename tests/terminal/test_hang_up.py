"""The line breaks: the run is kept, nothing survives, and ``nntui resume`` goes on with it."""

import os
import re
import signal
import sys

import pytest

from nntui.runs.places import kept_runs, next_to_resume
from nntui.runs.resume import resume
from nntui.runs.run_file import load_run
from nntui.training.trainer import Trainer

NNTUI = (sys.executable, "-m", "nntui")
DEAF = ("/bin/sh", "-c", 'trap "" HUP; exec "$@"', "sh")
"""Starts a program that no hang-up is told to."""


def steps(screen):
    found = re.search(r"step ([\d,]+)", screen.lines[0])
    return int(found[1].replace(",", "")) if found else 0


def epochs(screen):
    found = re.search(r"epoch ([\d,]+)", screen.lines[0])
    return int(found[1].replace(",", "")) if found else 0


def play(terminal):
    terminal.send(" ")
    terminal.wait_for(lambda screen: "▶" in screen.lines[0] and epochs(screen) > 5)


@pytest.fixture
def runs(tmp_path):
    """Return a function that lists the runs which are kept."""
    return lambda: kept_runs(tmp_path / ".local" / "state" / "nntui" / "runs")


def check_kept(run):
    """See that a run is, bit for bit, one that was never interrupted."""
    saved = load_run(run.folder)
    trainer = resume(saved).trainer
    whole = Trainer(saved.experiment)
    whole.train(saved.state.steps + 50)
    trainer.train(50)
    assert trainer.state().parameters.tobytes() == whole.state().parameters.tobytes()
    assert trainer.state().optimizer.tobytes() == whole.state().optimizer.tobytes()
    assert run.folder.stat().st_mode & 0o077 == 0


def quit_app(terminal):
    terminal.send("q")
    assert terminal.wait_for_exit() == 0
    assert terminal.survivors() == []


def test_a_closed_terminal_and_the_way_back(open_app, runs):
    terminal = open_app()
    play(terminal)
    shown = epochs(terminal.emulator.screen)
    terminal.hang_up()
    assert terminal.survivors() == []
    (run,) = runs()
    assert run.summary.epochs >= shown
    check_kept(run)

    offered = open_app()
    offered.wait_for_text("nntui resume", f"step {run.summary.steps:,}")
    quit_app(offered)

    resumed = open_app("resume")
    resumed.wait_for(lambda screen: steps(screen) == run.summary.steps)
    resumed.send("s")
    resumed.wait_for(lambda screen: steps(screen) == run.summary.steps + 1)
    resumed.hang_up()
    assert resumed.survivors() == []
    (again,) = runs()
    assert again.folder == run.folder
    assert again.summary.steps == run.summary.steps + 1
    check_kept(again)

    left = open_app("resume", run.folder.name)
    left.wait_for(lambda screen: steps(screen) == again.summary.steps)
    quit_app(left)
    (stays,) = runs()
    assert stays.is_left

    asked_no_more = open_app()
    play(asked_no_more)
    assert "nntui resume" not in asked_no_more.text
    quit_app(asked_no_more)
    assert len(runs()) == 1


@pytest.mark.parametrize(
    "end",
    [
        lambda terminal: terminal.process.send_signal(signal.SIGTERM),
        lambda terminal: terminal.process.send_signal(signal.SIGHUP),
        lambda terminal: os.kill(terminal.children()[0].number, signal.SIGTERM),
    ],
    ids=["terminated", "hung-up", "trainer-terminated"],
)
def test_where_the_terminal_is_still_there_the_user_is_told(open_app, runs, end):
    terminal = open_app()
    play(terminal)
    end(terminal)
    terminal.wait_for_exit()
    assert terminal.left_behind() == []
    assert 'is saved; "nntui resume"' in terminal.text
    assert terminal.survivors() == []
    (run,) = runs()
    check_kept(run)


@pytest.mark.parametrize("is_stopped", [False, True], ids=["running", "stopped"])
def test_the_run_of_an_app_that_is_killed(open_app, runs, is_stopped):
    terminal = open_app()
    play(terminal)
    if is_stopped:
        terminal.process.send_signal(signal.SIGSTOP)
        os.waitid(os.P_PID, terminal.process.pid, os.WSTOPPED)
    terminal.process.kill()
    assert terminal.survivors() == []
    (run,) = runs()
    check_kept(run)


def test_an_app_that_is_told_nothing_notices_that_its_terminal_is_gone(open_terminal, runs):
    terminal = open_terminal([*DEAF, *NNTUI], columns=120, rows=40)
    terminal.wait_for(lambda screen: "epoch" in screen.lines[0] and "─╮" in screen.text)
    play(terminal)
    terminal.hang_up()
    assert terminal.wait_for_exit() == 128 + signal.SIGHUP
    assert terminal.survivors() == []
    check_kept(runs()[0])


def test_a_run_that_cannot_be_saved_is_told_of(open_app, tmp_path):
    (tmp_path / ".local").write_text("a file in the way")
    terminal = open_app()
    play(terminal)
    terminal.process.send_signal(signal.SIGTERM)
    assert terminal.wait_for_exit() == 128 + signal.SIGTERM
    assert "could not be saved" in terminal.text
    assert "cannot be written" in terminal.text
    assert terminal.left_behind() == []
    assert terminal.survivors() == []


def test_a_damaged_run_is_told_of_and_the_one_before_it_is_taken(open_app, open_terminal, runs):
    for _ in range(2):
        terminal = open_app()
        terminal.send("s")
        terminal.wait_for(lambda screen: steps(screen) == 1)
        terminal.process.kill()
        assert terminal.survivors() == []
    newest, before = runs()
    (file,) = newest.folder.glob("*.safetensors")
    file.write_bytes(b"something else")
    listed = open_terminal([*NNTUI, "resume", "--list"], columns=120)
    assert listed.wait_for_exit() == 0
    assert re.search(rf"damaged +{newest.folder.name}", listed.text)
    assert re.search(rf"interrupted +{before.folder.name}", listed.text)
    refused = open_terminal([*NNTUI, "resume", newest.folder.name], columns=200)
    assert refused.wait_for_exit() == 2
    assert "cut short or something else" in refused.text
    assert str(next_to_resume(runs()).folder) == str(before.folder)
    taken = open_app("resume")
    taken.wait_for(lambda screen: steps(screen) == 1)
    quit_app(taken)


def test_without_an_interrupted_run_there_is_nothing_to_resume(open_terminal):
    terminal = open_terminal([*NNTUI, "resume"], columns=200)
    assert terminal.wait_for_exit() == 2
    assert "there is no interrupted run" in terminal.text
    listed = open_terminal([*NNTUI, "resume", "--list"])
    assert listed.wait_for_exit() == 0
    assert "no interrupted runs" in listed.text
