import pytest

from nntui.ui.terminal.abilities import Abilities, abilities_of, environment_at_start
from nntui.ui.terminal.answers import told
from nntui.ui.terminal.messages import TerminalAnswered

UTF8 = {"LANG": "en_GB.UTF-8"}


@pytest.mark.parametrize(
    ("environment", "depth", "asks"),
    [
        ({"TERM": "xterm-256color", "COLORTERM": "truecolor"}, "truecolor", False),
        ({"TERM": "xterm-256color", "COLORTERM": "24bit"}, "truecolor", False),
        ({"TERM": "xterm-direct"}, "truecolor", False),
        ({"TERM": "xterm-256color"}, "256", True),
        ({"TERM": "xterm"}, "256", True),
        ({"TERM": "tmux-256color", "COLORTERM": ""}, "256", True),
        ({"TERM": "xterm-kitty"}, "256", True),
        ({}, "256", True),
        ({"TERM": "linux"}, "16", False),
        ({"TERM": "xterm-16color"}, "16", False),
        ({"TERM": "vt220"}, "16", False),
        ({"TERM": "xterm-256color", "COLORTERM": "truecolor", "NO_COLOR": "1"}, "none", False),
        ({"TERM": "xterm-256color", "COLORTERM": "truecolor", "NO_COLOR": ""}, "truecolor", False),
    ],
)
def test_the_environment_tells_how_many_colours_there_are(environment, depth, asks):
    assert abilities_of(UTF8 | environment) == Abilities(depth, asks_depth=asks)


@pytest.mark.parametrize("color", ["truecolor", "256", "16", "none"])
@pytest.mark.parametrize(
    "environment", [{"NO_COLOR": "1"}, {"TERM": "linux"}, {"COLORTERM": "truecolor"}, {}]
)
def test_what_the_user_asks_for_counts_more(color, environment):
    assert abilities_of(UTF8 | environment, color) == Abilities(color)


@pytest.mark.parametrize(
    ("environment", "is_ascii", "asks"),
    [
        ({"LANG": "C.UTF-8"}, False, False),
        ({"LANG": "de_DE.utf8"}, False, False),
        ({"LANG": "de_DE.UTF-8@euro"}, False, False),
        ({"LC_CTYPE": "UTF-8", "LANG": "C"}, False, False),
        ({"LANG": "C"}, True, False),
        ({"LANG": "POSIX"}, True, False),
        ({"LANG": "de_DE.ISO-8859-1"}, True, False),
        ({"LC_ALL": "C", "LANG": "en_GB.UTF-8"}, True, False),
        ({"LC_ALL": "", "LC_CTYPE": "C", "LANG": "en_GB.UTF-8"}, True, False),
        ({}, False, True),
        ({"LANG": ""}, False, True),
    ],
)
def test_the_locale_tells_which_characters_there_are(environment, is_ascii, asks):
    found = abilities_of(environment, "256")
    assert (found.is_ascii, found.asks_encoding) == (is_ascii, asks)


def test_ascii_can_be_asked_for():
    assert abilities_of(UTF8, "256", ascii_only=True) == Abilities("256", is_ascii=True)
    assert abilities_of({}, "256", ascii_only=True) == Abilities("256", is_ascii=True)


def test_the_environment_is_that_of_the_programs_start(monkeypatch):
    # Python sets this one itself where the locale is C.
    monkeypatch.setenv("LC_CTYPE", "set since")
    monkeypatch.setenv("COLORTERM", "set since")
    found = environment_at_start()
    assert found["LC_CTYPE"] != "set since"
    assert found["COLORTERM"] == "set since"


def answer(*, has_true_colour=False, is_utf8=True):
    return TerminalAnswered(has_true_colour=has_true_colour, is_utf8=is_utf8)


def test_an_answer_counts_for_what_was_asked():
    asked = Abilities("256", asks_depth=True, asks_encoding=True)
    assert told(asked, answer(has_true_colour=True)) == Abilities("truecolor")
    assert told(asked, answer()) == Abilities("256")
    assert told(asked, answer(is_utf8=False)) == Abilities("256", is_ascii=True)


def test_an_answer_does_not_count_for_what_was_not_asked():
    certain = Abilities("16", is_ascii=True)
    assert told(certain, answer(has_true_colour=True)) == certain
    assert told(Abilities("256"), answer(is_utf8=False)) == Abilities("256")
