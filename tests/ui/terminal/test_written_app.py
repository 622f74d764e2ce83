"""A real app's frames, as it writes them and as they reach the terminal, cell by cell."""

import json

import pyte
import pytest

APP = '''
import json, os, sys
from rich.segment import Segment
from rich.style import Style
from textual.app import App
from textual.binding import Binding
from textual.screen import ModalScreen
from textual.strip import Strip
from textual.widget import Widget
from textual.widgets import DataTable, Footer, Header, Input, Label
from textual.geometry import Region
from nntui.ui.terminal.driver import AskingDriver

log = open(os.environ["WRITES"], "w")

class Logged(AskingDriver):
    def write(self, data):
        self.sent = ""
        super().write(data)
        size = self._app.size
        print(json.dumps([data, self.sent, size.width, size.height]), file=log, flush=True)

    def _send(self, output):
        self.sent = output
        super()._send(output)

class Field(Widget):
    """Half blocks whose border moves, as decision regions do."""
    turn = 0

    def render_line(self, y):
        def style(row, column):
            shade = (column * 3 + row * row // 4 + self.turn * 2) // 9 % 8
            return f"#{20 + shade * 25:02x}40{200 - shade * 20:02x}"
        return Strip([
            Segment("▀", Style(color=style(2 * y, x), bgcolor=style(2 * y + 1, x)))
            for x in range(self.size.width)
        ]).simplify()

    def advance(self):
        self.turn += 1
        self.refresh(*(Region(0, y, self.size.width, 1) for y in range(self.size.height)))

class Popup(ModalScreen):
    CSS = "Popup { align: center middle; } Label { border: double red; padding: 1 3; }"
    def compose(self):
        yield Label("[b]bold[/] [dim]dim[/] [u]under[/] [link='https://a.b/c']link[/] 漢字 é 🙂")
    def on_key(self, event):
        self.dismiss()

class Demo(App):
    CSS = "Field { height: 1fr; border: round green; } DataTable { height: 6; }"
    BINDINGS = [
        ("f1", "popup", "popup"), ("f2", "turn", "turn"), ("f3", "anew", "anew"),
        ("f4", "dark", "theme"),
    ]

    def __init__(self):
        super().__init__(driver_class=Logged)

    def compose(self):
        yield Header()
        yield DataTable()
        yield Field()
        yield Input(placeholder="type")
        yield Footer()

    def on_mount(self):
        table = self.query_one(DataTable)
        table.add_columns("layer", "units", "activation", "日本")
        for i in range(9):
            table.add_row(f"dense {i}", i * 8, "relu ▁▂▃▅▇", "語" * (i % 3))
        self.query_one(Input).focus()

    def action_popup(self):
        self.push_screen(Popup())

    def action_turn(self):
        self.query_one(Field).advance()

    def action_anew(self):
        self._driver.forget_screen()
        print(json.dumps(["forget", "", *self.size]), file=log, flush=True)
        self.screen.refresh()

    def action_dark(self):
        self.theme = "textual-light" if self.theme == "textual-dark" else "textual-dark"

    def on_input_submitted(self):
        self.exit()

Demo().run()
'''

FORGET = "forget"
F1, F2, F3, F4, DOWN = "\x1bOP", "\x1bOQ", "\x1bOR", "\x1bOS", "\x1b[B"


def writes(path):
    return [json.loads(line) for line in path.read_text().splitlines(keepends=True) if "\n" in line]


@pytest.fixture(scope="module")
def played(open_shared_terminal, tmp_path_factory):
    """Everything that the app wrote while somebody played with it, and the terminal."""
    path = tmp_path_factory.mktemp("app") / "writes"
    path.touch()
    terminal = open_shared_terminal(APP, columns=70, lines=24, environment={"WRITES": str(path)})
    terminal.read_until(lambda: terminal.sees("type") and terminal.sees("popup"))

    def until_drawn(keys):
        before = len(writes(path))
        terminal.press(keys)
        terminal.read_until(lambda: len(writes(path)) > before)

    for _ in range(3):
        until_drawn(F2)
    until_drawn("héllo 漢🙂")
    until_drawn(F1)
    terminal.read_until(lambda: terminal.sees("bold"))
    until_drawn("x")
    terminal.read_until(lambda: not terminal.sees("bold"))
    until_drawn(F3)
    until_drawn(F4)
    for size in ((50, 20), (90, 30), (60, 12), (90, 30)):
        before = len(writes(path))
        terminal.resize(*size)
        terminal.read_until(lambda before=before: len(writes(path)) > before)
        until_drawn(F2)
    until_drawn("\x1b[Z")
    for _ in range(4):
        until_drawn(DOWN)
    until_drawn("\t")
    terminal.press("\r")
    assert terminal.read_to_the_end() == 0
    return writes(path), terminal


def assert_same(made, meant):
    for row in range(meant.lines):
        for column in range(meant.columns):
            expected, found = meant.buffer[row][column], made.buffer[row][column]
            if expected.data == " " and not expected.reverse:
                expected = expected._replace(fg="", bold=False, italics=False)
                found = found._replace(fg="", bold=False, italics=False)
            assert found == expected, (row, column)
    assert (made.cursor.y, made.cursor.x) == (meant.cursor.y, meant.cursor.x)


def test_every_write_makes_the_screen_that_the_app_meant(played):
    written, _ = played
    meant, made = pyte.Screen(70, 24), pyte.Screen(70, 24)
    meant_stream, made_stream = pyte.Stream(meant), pyte.Stream(made)
    for data, sent, width, height in written:
        if (meant.columns, meant.lines) != (width, height):
            meant.resize(height, width)
            made.resize(height, width)
        meant_stream.feed(data.removeprefix(FORGET))
        made_stream.feed(sent)
        assert_same(made, meant)


def test_a_screen_that_is_to_be_forgotten_is_written_anew(played):
    written, _ = played
    forgotten = [data for data, *_ in written].index(FORGET)
    for data, sent, width, height in written[forgotten + 1 :]:
        meant, made = pyte.Screen(width, height), pyte.Screen(width, height)
        pyte.Stream(meant).feed(data)
        pyte.Stream(made).feed(sent)
        assert_same(made, meant)
        if all(meant.buffer[row][0] != meant.default_char for row in range(height)):
            return
    raise AssertionError("the whole screen was never written anew")


def test_much_less_is_sent_than_the_app_writes(played):
    written, terminal = played
    meant = sum(len(data.encode()) for data, *_ in written)
    sent = "".join(sent for _, sent, *_ in written)
    assert len(sent.encode()) < 0.4 * meant
    assert sent.encode() in bytes(terminal.output).replace(b"\r\n", b"\n")
