"""The program as a process: exit codes, signals, a terminal, a pipe that closes."""

import json
import os
import pty
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest

NNTUI = [sys.executable, "-m", "nntui"]


def start(*arguments, **options):
    return subprocess.Popen([*NNTUI, *arguments], text=True, **options)


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["train", "--epochs", "1"], 0),
        (["train", "--epochs", "0"], 2),
        (["train", "--learning-rate", "1e30"], 3),
        (["nonsense"], 2),
        ([], 2),
    ],
)
def test_exit_codes(arguments, code):
    done = subprocess.run([*NNTUI, *arguments], capture_output=True, text=True, check=False)
    assert done.returncode == code
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)], ids=["ctrl-c", "terminate"]
)
def test_a_signal_stops_after_the_step_and_still_prints_and_saves(tmp_path, number, code):
    log = tmp_path / "log"
    os.mkfifo(log)
    model = tmp_path / "m"
    running = start(
        "train", "--epochs", "1000000000", "--log", str(log), "--save", str(model), "--json",
        stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    with log.open() as epochs:
        # Opening waits for the run to open the other end, and this line for its first epoch.
        assert json.loads(epochs.readline())["epoch"] == 1
        running.send_signal(number)
        logged = 1 + sum(1 for _ in epochs)
    out, err = running.communicate()
    assert running.returncode == code
    found = json.loads(out)
    assert found["stopped_by"] == "interrupted"
    assert found["epochs"] == logged
    assert model.exists()
    assert "Traceback" not in err


def test_the_bar_is_on_the_terminal_and_the_result_alone_on_stdout():
    master, terminal = pty.openpty()
    running = start(
        "train", "--seconds", "0.4", "--json",
        stdout=subprocess.PIPE, stderr=terminal, env={**os.environ, "TERM": "xterm-256color"},
    )  # fmt: skip
    os.close(terminal)
    shown = read_all(master)
    out, _ = running.communicate()
    assert running.returncode == 0
    assert json.loads(out)["stopped_by"] == "seconds"
    assert re.search(r"epoch \d+", shown)
    assert "━" in shown
    assert "steps/s" in shown
    assert "\x1b[?25h" in shown


def test_no_color_is_respected():
    master, terminal = pty.openpty()
    running = start(
        "train", "--seconds", "0.3", "--json",
        stdout=subprocess.PIPE, stderr=terminal,
        env={**os.environ, "TERM": "xterm-256color", "NO_COLOR": "1"},
    )  # fmt: skip
    os.close(terminal)
    shown = read_all(master)
    running.communicate()
    assert "epoch" in shown
    styles = ";".join(re.findall(r"\x1b\[([0-9;]*)m", shown)).split(";")
    assert not [code for code in styles if re.fullmatch(r"[349]\d|10\d", code)]


def test_a_dumb_terminal_gets_no_escape_sequences():
    master, terminal = pty.openpty()
    running = start(
        "train", "--learning-rate", "1e30",
        stdout=subprocess.PIPE, stderr=terminal, env={**os.environ, "TERM": "dumb"},
    )  # fmt: skip
    os.close(terminal)
    shown = read_all(master)
    running.communicate()
    assert "diverged" in shown
    assert "\x1b" not in shown


def test_a_reader_that_goes_away_is_no_error():
    running = start("new", "-", stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert running.stdout is not None
    running.stdout.close()
    _, err = running.communicate()
    assert err == ""
    assert running.returncode == 141


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_a_full_disk_is_told():
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [*NNTUI, "data"], stdout=full, stderr=subprocess.PIPE, text=True, check=False
        )
    assert done.returncode == 2
    assert "space" in done.stderr
    assert "Traceback" not in done.stderr


def test_an_output_that_knows_ascii_only_is_no_error():
    done = subprocess.run(
        [*NNTUI, "train", "--data", "plane", "--epochs", "1"],
        capture_output=True, check=False,
        env={**os.environ, "PYTHONIOENCODING": "ascii"},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert b"stopped by" in done.stdout


def test_standard_error_may_be_closed():
    done = subprocess.run(
        [*NNTUI, "train", "--epochs", "1", "--json"],
        stdout=subprocess.PIPE, check=False, text=True, preexec_fn=lambda: os.close(2),
    )  # fmt: skip
    assert done.returncode == 0
    assert json.loads(done.stdout)["epochs"] == 1


def read_all(master):
    """Read what a terminal was sent until nobody holds its other end."""
    parts = []
    while True:
        try:
            part = os.read(master, 65_536)
        except OSError:
            break
        if not part:
            break
        parts.append(part)
    os.close(master)
    return b"".join(parts).decode()
