"""What is shown while a run goes on, with a clock that the test moves."""

import io
import re
import sys
import threading

import pytest
from rich.console import Console

from nntui.cli.number_text import clock_time, counted, percent, short, speed
from nntui.cli.progress import (
    BarDisplay,
    LineDisplay,
    NoDisplay,
    UntilItFails,
    choose_display,
)
from nntui.training.evaluation import Evaluation
from nntui.training.limits import Limits
from nntui.training.run import Progress

CLASSES = Evaluation(0.08312, 1.25, 0.0, 0.975, 0.95, None, None)
VALUES = Evaluation(0.5, None, 0.0, None, None, 0.875, None)


class Clock:
    """A clock that stands still until it is moved."""

    def __init__(self):
        self.now = 100.0

    def __call__(self):
        return self.now


def progress(share, evaluation=CLASSES, epochs=12_345):
    return Progress(epochs, 400_000, 10.0, 0.01, evaluation, share)


def test_lines_come_at_growing_intervals():
    clock, stream = Clock(), io.StringIO()
    display = LineDisplay(stream, Limits(epochs=50_000), clock)
    display.show(progress(0.0))
    assert stream.getvalue() == ""
    for second in range(1, 36_001):
        clock.now = 100.0 + second / 10
        display.show(progress(second / 36_000))
    lines = stream.getvalue().splitlines()
    assert 10 <= len(lines) <= 32
    assert all("\x1b" not in line for line in lines)


def test_a_line_tells_the_figures_and_the_time_left():
    clock, stream = Clock(), io.StringIO()
    display = LineDisplay(stream, Limits(epochs=50_000), clock)
    clock.now += 10
    display.show(progress(0.25))
    assert stream.getvalue() == (
        "epoch 12,345/50,000, loss 0.0831, test 1.2500, 95.0 %, 40k steps/s, 0:30 left\n"
    )


def test_a_line_of_a_regression_without_test_points_or_limit():
    clock, stream = Clock(), io.StringIO()
    display = LineDisplay(stream, Limits(), clock)
    clock.now += 2
    display.show(progress(None, VALUES))
    assert stream.getvalue() == "epoch 12,345, loss 0.5000, R² 0.8750, 40k steps/s\n"


@pytest.mark.parametrize("width", [20, 40, 60, 80, 120])
def test_the_bar_is_one_line_of_the_terminal(width):
    clock, stream = Clock(), io.StringIO()
    console = Console(file=stream, width=width, force_terminal=True, no_color=True)
    display = BarDisplay(console, Limits(epochs=50_000), clock)
    clock.now += 10
    display.show(progress(0.5))
    shown = stream.getvalue()
    display.close()
    text = re.sub(r"\x1b\[[0-9;?]*[a-zA-Z]", "", shown)
    last = re.split(r"[\r\n]", text)[-1]
    assert len(last) <= width
    if width >= 80:
        for part in ("epoch 12,345/50,000", "0.0831", "1.2500", "95.0 %", "40k steps/s", "0:10"):
            assert part in last
        assert "━" in last


def test_the_bar_leaves_nothing_behind():
    stream = io.StringIO()
    console = Console(file=stream, width=80, force_terminal=True, no_color=True)
    display = BarDisplay(console, Limits(epochs=9), Clock())
    display.show(progress(0.5))
    display.close()
    # The cursor is shown again and the line erased.
    assert "\x1b[?25h" in stream.getvalue()
    assert stream.getvalue().endswith("\x1b[2K")


def test_the_bar_has_no_thread_that_would_slow_training_down():
    before = threading.active_count()
    console = Console(file=io.StringIO(), width=80, force_terminal=True)
    display = BarDisplay(console, Limits(epochs=9), Clock())
    assert threading.active_count() == before
    display.close()


class Terminal(io.StringIO):
    """A stream that says that it is a terminal."""

    def isatty(self):
        return True


@pytest.mark.parametrize(
    ("stream", "terminal", "quiet", "kind"),
    [
        (Terminal(), "xterm-256color", False, BarDisplay),
        (Terminal(), "dumb", False, LineDisplay),
        (io.StringIO(), "xterm-256color", False, LineDisplay),
        (Terminal(), "xterm-256color", True, NoDisplay),
        (None, "xterm-256color", False, NoDisplay),
    ],
)
def test_the_display_suits_what_it_is_shown_on(monkeypatch, stream, terminal, quiet, kind):
    monkeypatch.setattr(sys, "stderr", stream)
    monkeypatch.setenv("TERM", terminal)
    display = choose_display(Limits(), Clock(), quiet=quiet)
    display.close()
    assert isinstance(display, kind)


@pytest.mark.parametrize(
    ("shown", "expected"),
    [
        (short(0.0), "0.0000"),
        (short(1.23456), "1.2346"),
        (short(12.3456), "12.346"),
        (short(-123.456), "-123.46"),
        (short(12345.6), "1.23e+04"),
        (short(0.0000123), "1.23e-05"),
        (short(float("nan")), "nan"),
        (short(None), "-"),
        (percent(0.5), "50.0 %"),
        (percent(None), "-"),
        (speed(812.4), "812 steps/s"),
        (speed(41_234), "41k steps/s"),
        (counted(1, "epoch"), "1 epoch"),
        (counted(1200, "class"), "1,200 classes"),
        (clock_time(0), "0:00"),
        (clock_time(61.2), "1:02"),
        (clock_time(3725), "1:02:05"),
    ],
)
def test_numbers_are_short(shown, expected):
    assert shown == expected


def test_a_display_that_fails_is_silent_from_then_on():
    class Full(io.StringIO):
        tried = 0

        def write(self, text):
            self.tried += 1
            raise OSError(28, "No space left on device")

    clock, stream = Clock(), Full()
    display = UntilItFails(LineDisplay(stream, Limits(), clock))
    for _ in range(3):
        clock.now += 100.0
        display.show(progress(0.5))
    display.close()
    assert stream.tried == 1
