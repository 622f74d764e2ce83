"""Terminals of every kind: how many colours they have, which characters, and what they answer."""

import sys

import pytest

ESCAPE = "\x1b"
NNTUI = (sys.executable, "-m", "nntui")


def colours(terminal):
    """Return all colours on the screen: numbers of the palette, or red, green and blue."""
    with terminal.lock:
        looks = {cell.look for cell in terminal.emulator.screen.cells()}
    return {colour for look in looks for colour in look[:2]} - {None}


def has_true_colour_alone(screen):
    used = {colour for cell in screen.cells() for colour in cell.look[:2]} - {None}
    return bool(used) and all(isinstance(colour, tuple) for colour in used)


def quit_app(terminal):
    terminal.send("q")
    assert terminal.wait_for_exit() == 0
    assert terminal.left_behind() == []
    assert terminal.emulator.unknown == []


def test_a_terminal_that_has_true_colour_says_so_and_gets_it(open_app):
    terminal = open_app(colour=None, tells_style=True)
    # What was drawn before the answer came is drawn anew, which may take more than one write.
    terminal.wait_for(has_true_colour_alone)
    # Nothing of the question is left, and nothing of the answer became a key.
    assert "é" not in terminal.text
    assert "epoch 0" in terminal.text
    quit_app(terminal)


@pytest.mark.parametrize("answers", [True, False], ids=["says nothing of it", "never answers"])
def test_any_other_gets_the_256_that_it_has_for_certain(open_app, answers):
    terminal = open_app(colour=None, answers=answers)
    terminal.wait_for_text("Decision regions", "points")
    terminal.send(" ")
    terminal.wait_for(lambda screen: "▶" in screen.lines[0])
    used = colours(terminal)
    assert len(used) > 10
    # The first 16 look different on every terminal.
    assert used <= set(range(16, 256))
    quit_app(terminal)


def test_sixteen_colours_are_those_of_the_terminal(open_app):
    terminal = open_app(term="linux", colour=None)
    terminal.send(" ")
    terminal.wait_for(lambda screen: "▶" in screen.lines[0])
    # The classes are told apart by what their areas are made of.
    terminal.wait_for(lambda screen: {"·", "░", "╱"} <= set(screen.text))
    used = colours(terminal)
    assert len(used) > 3
    assert used <= set(range(16))
    terminal.send("?")
    terminal.wait_for_text("esc close")
    assert colours(terminal) <= set(range(16))
    terminal.send(ESCAPE)
    terminal.wait_for(lambda screen: "esc close" not in screen.text)
    quit_app(terminal)


@pytest.mark.parametrize(
    ("arguments", "environment"),
    [((), {"NO_COLOR": "1"}), (("--color", "none"), {})],
    ids=["NO_COLOR", "--color none"],
)
def test_no_colour_is_shown_where_none_is_wanted(open_app, arguments, environment):
    terminal = open_app(*arguments, environment=environment)
    terminal.send(" ")
    terminal.wait_for(lambda screen: "▶" in screen.lines[0])
    assert colours(terminal) == set()
    terminal.send("2\r")
    terminal.wait_for_text("esc cancel")
    assert colours(terminal) == set()
    # The option under the cursor is seen all the same.
    with terminal.lock:
        reversed_cells = [c for c in terminal.emulator.screen.cells() if c.look.reverse]
    assert "".join(cell.character for cell in reversed_cells).strip()
    terminal.send(ESCAPE)
    terminal.wait_for(lambda screen: "esc cancel" not in screen.text)
    quit_app(terminal)


@pytest.mark.parametrize(
    ("wanted", "possible"), [("256", range(16, 256)), ("16", range(16))], ids=["256", "16"]
)
def test_a_flag_counts_more_than_the_environment(open_app, wanted, possible):
    terminal = open_app("--color", wanted, environment={"NO_COLOR": "1"})
    used = colours(terminal)
    assert used
    assert used <= set(possible)
    quit_app(terminal)


VIEWS = {"1": "Layers", "5": "Network graph", "7": "Weights", "8": "Space", "9": "Explain"}
DIALOGS = {
    "?": "esc close",
    "i": "esc close",
    "2\r": "esc cancel",
    "o": "esc cancel",
    "\x10": "Search",
}


@pytest.mark.parametrize(
    ("arguments", "options"),
    [((), {"language": "C"}), (("--ascii", "--color", "none"), {})],
    ids=["LANG=C", "--ascii without colours"],
)
def test_nothing_but_ascii_reaches_a_terminal_without_utf8(open_terminal, arguments, options):
    terminal = open_terminal(
        [*NNTUI, *arguments], columns=120, rows=40, colour=None, encoding="latin-1", **options
    )
    terminal.wait_for(lambda screen: "epoch 0" in screen.lines[0])
    for key, name in VIEWS.items():
        terminal.send(key)
        terminal.wait_for_text(name)
    for key, name in DIALOGS.items():
        terminal.send(key)
        terminal.wait_for_text(name)
        terminal.send(ESCAPE)
        terminal.wait_for(lambda screen, name=name: name not in screen.text)
    terminal.send("1 ")
    terminal.wait_for(lambda screen: ">" in screen.lines[0] and "epoch" in screen.lines[0])
    quit_app(terminal)
    assert terminal.was_ascii


def test_a_terminal_that_reads_byte_by_byte_is_found_out(open_terminal):
    terminal = open_terminal([*NNTUI], columns=80, rows=24, language=None, encoding="latin-1")
    terminal.wait_for(lambda screen: "epoch 0" in screen.lines[0] and screen.text.isascii())
    assert "+- " in terminal.text
    quit_app(terminal)
