"""Somebody else's run, watched from another terminal: the writer and the reader as they are."""

import re
import signal
import subprocess
import sys

import pytest

from nntui.runs.places import kept_runs

NNTUI = (sys.executable, "-m", "nntui")


def epochs(screen):
    found = re.search(r"epoch ([\d,]+)", screen.lines[0])
    return int(found[1].replace(",", "")) if found else 0


@pytest.fixture
def writer(tmp_path):
    """Train a run in the background that saves itself; it is ended afterwards."""
    command = [*NNTUI, "train", "--save-run", "run", "--seconds", "600", "--quiet"]
    with subprocess.Popen(
        command, cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    ) as process:
        until_saved(tmp_path / "run" / "nntui-run.safetensors", process)
        yield process
        process.kill()


def until_saved(file, process):
    while not file.exists():
        assert process.poll() is None, process.stdout.read()


def test_a_run_is_watched_live_to_its_end_and_then_made_ones_own(open_app, writer, tmp_path):
    terminal = open_app("follow", "run")
    terminal.wait_for(lambda screen: "▶ following · live" in screen.lines[0])
    for _ in range(2):
        seen = epochs(terminal.emulator.screen)
        terminal.wait_for(lambda screen, seen=seen: epochs(screen) > seen)
    terminal.send(" ")
    terminal.wait_for_text("Y makes it yours")

    writer.send_signal(signal.SIGINT)
    assert writer.wait() == 130
    terminal.wait_for(lambda screen: "‖ following · ended" in screen.lines[0])
    terminal.wait_for_text("interrupted")
    before = (tmp_path / "run" / "nntui-run.safetensors").read_bytes()

    seen = epochs(terminal.emulator.screen)
    terminal.send("Y")
    terminal.wait_for_text("yours now")
    terminal.send(" ")
    terminal.wait_for(lambda screen: epochs(screen) > seen and "steps/s" in screen.lines[0])
    terminal.send("q")
    assert terminal.wait_for_exit() == 0
    assert terminal.left_behind() == []
    assert terminal.survivors() == []
    assert (tmp_path / "run" / "nntui-run.safetensors").read_bytes() == before


def test_where_there_is_no_run_it_says_so_in_one_line(open_terminal):
    terminal = open_terminal([*NNTUI, "follow", "nowhere"], columns=120)
    assert terminal.wait_for_exit() == 2
    assert "nowhere: found nothing, expected the folder of a run" in terminal.text
    assert terminal.left_behind() == []
    assert terminal.survivors() == []


def test_nothing_survives_a_follower_that_is_killed(open_app, writer):
    terminal = open_app("follow", "run")
    assert terminal.children()
    terminal.process.kill()
    assert terminal.wait_for_exit() == -signal.SIGKILL
    assert terminal.survivors() == []
    assert writer.poll() is None


def test_a_run_that_was_made_ones_own_is_kept_when_the_window_closes(open_app, writer, tmp_path):
    terminal = open_app("follow", "run")
    terminal.wait_for(epochs)
    terminal.send("Y")
    terminal.wait_for_text("yours now")
    terminal.hang_up()
    terminal.wait_for_exit()
    assert terminal.survivors() == []
    kept = [run.summary for run in kept_runs(tmp_path / ".local" / "state" / "nntui" / "runs")]
    assert [(run.label.name, run.stopped_by) for run in kept] == [("spiral", "")]
    assert writer.poll() is None
