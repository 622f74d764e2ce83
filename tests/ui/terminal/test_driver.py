"""A real app in a pseudo-terminal: the question after each frame, and its answer."""

import signal
import termios

import pytest

APP = """
import time
from textual.app import App
from textual.widgets import Static
from textual import events
from nntui.ui.terminal.choice import driver_class
from nntui.ui.terminal.messages import FrameShown
from nntui.ui.terminal.pacing import FramePacer

class Counter(App):
    CSS = "Screen { background: #102030; } #keys { color: red; }"
    ENABLE_COMMAND_PALETTE = False

    def __init__(self):
        super().__init__(driver_class=driver_class())
        self.pacer = FramePacer()
        self.count = self.shown = 0
        self.keys = []

    def compose(self):
        yield Static("", id="count")
        yield Static("keys", id="keys")

    def on_mount(self):
        self._driver.on_asked = self.sent
        self._driver.ask()
        self.app_resume_signal.subscribe(self, lambda _: self.pacer.restart())
        self.set_interval(0.005, self.draw)

    def sent(self, question):
        self.pacer.frame_sent(time.monotonic(), question)

    def draw(self):
        if self.pacer.wait(time.monotonic()) > 0:
            return
        self.pacer.requested(time.monotonic())
        self.count += 1
        self.query_one("#count").update(f"frame {self.count} shown {self.shown}" + " " * self.shown)
        self._driver.ask_after_frame()

    def on_frame_shown(self, message: FrameShown):
        self.shown += 1
        self.pacer.answered(message.answered_at, message.question.number)

    def on_key(self, event: events.Key):
        if event.key == "q":
            self.exit()
        elif event.key == "z":
            self.action_suspend_process()
        else:
            self.keys.append(event.key)
            self.query_one("#keys").update("keys " + " ".join(self.keys))

app = Counter()
app.run()
print("left", app.keys)
"""


@pytest.fixture
def start(open_terminal):
    return lambda **options: open_terminal(APP, **options)


def shown(terminal):
    line = terminal.line(0).split()
    return int(line[3]) if line[:1] == ["frame"] else 0


def drawn(terminal):
    line = terminal.line(0).split()
    return int(line[1]) if line[:1] == ["frame"] else 0


def test_frames_go_on_as_they_are_answered_and_no_answer_becomes_a_key(start):
    terminal = start()
    terminal.read_until(lambda: shown(terminal) > 12)
    terminal.press("x")
    terminal.read_until(lambda: terminal.sees("keys x"))
    assert drawn(terminal) <= shown(terminal) + 4
    terminal.press("q")
    assert terminal.read_to_the_end() == 0
    assert terminal.sees("left ['x']")


def test_no_answer_is_left_for_the_shell(start):
    terminal = start()
    terminal.read_until(lambda: shown(terminal) > 5)
    terminal.holds = True
    terminal.read_until(lambda: terminal.held)
    terminal.press("q")
    terminal.read_for(0.5)  # Textual itself would have gone after 0.2
    assert b"\x1b[?1049l" not in terminal.output
    terminal.release()
    terminal.read_to_the_end()
    assert terminal.output.count(b"\x1b[6n") == terminal.answered
    assert termios.tcgetattr(terminal.slave) == terminal.before
    assert terminal.unread_input() == 0
    assert b"\x1b[6n" not in terminal.output[terminal.output.rindex(b"\x1b[?1049l") :]


def test_a_terminal_that_never_answers_still_sees_frames(start):
    terminal = start(answers=False)
    terminal.read_until(lambda: drawn(terminal) > 5)
    terminal.press("y")
    terminal.read_until(lambda: terminal.sees("keys y"))
    terminal.press("q")
    assert terminal.read_to_the_end() == 0
    assert terminal.sees("left ['y']")


def test_answers_that_come_late_set_the_pace_again(start):
    terminal = start(answers=False)
    terminal.read_until(lambda: drawn(terminal) > 1)
    assert shown(terminal) == 0
    terminal.answers = True
    terminal.read_until(lambda: shown(terminal) > 12)


def test_frames_go_on_after_the_app_was_stopped_and_continued(start):
    terminal = start()
    terminal.read_until(lambda: shown(terminal) > 5)
    seen = shown(terminal)
    terminal.press("z")
    terminal.read_until(terminal.stopped)
    while_away = len(terminal.output)
    terminal.process.send_signal(signal.SIGCONT)
    terminal.read_until(lambda: b"\x1b[?1049h" in terminal.output[while_away:])
    taken_again = terminal.output.rindex(b"\x1b[?1049h")
    assert b"\x1b[6n" not in terminal.output[while_away:taken_again]
    terminal.read_until(lambda: shown(terminal) > seen + 12)
    terminal.press("q")
    assert terminal.read_to_the_end() == 0
    assert terminal.sees("left []")
