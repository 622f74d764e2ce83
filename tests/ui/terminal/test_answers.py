import pytest

from nntui.ui.terminal.abilities import Abilities
from nntui.ui.terminal.answers import StyleAnswers, question
from nntui.ui.terminal.reading import AnswersParser

ANSWERS = [
    "\x1bP1$r48:2::1:2:3m\x1b\\",  # xterm, VTE
    "\x1bP1$r0;48:2:1:2:3m\x1b\\",  # kitty
    "\x1bP1$r0;48;2;1;2;3m\x1b\\",  # Windows Terminal
    "\x1bP1$r0;48:2:1:1:2:3m\x07",
]
OTHERS = [
    "\x1bP0$r\x1b\\",  # tmux: not known
    "\x1bP1$r0;48:5:16m\x1b\\",
    "\x1bP1$r0m\x1b\\",
    "\x1bP1$r48:2::1:2:30m\x1b\\",
]
WHERE = "\x1b[3;2R"


def expecting():
    answers = StyleAnswers()
    answers.expect()
    return answers


def keys(parser, data):
    return [message.key for message in parser.feed(data) if hasattr(message, "key")]


@pytest.mark.parametrize("text", ANSWERS + OTHERS)
def test_an_answer_is_taken_out_and_understood_in_one_piece_or_in_many(text):
    for size in (1, 2, 5, len(text)):
        answers = expecting()
        parts = [text[start : start + size] for start in range(0, len(text), size)]
        assert "".join(answers.taken_out(part) for part in ["a", *parts, "b"]) == "ab"
        assert answers.has_true_colour is (text in ANSWERS)


def test_keys_that_begin_like_an_answer_come_through_when_nothing_follows():
    answers = expecting()
    parser = AnswersParser(answers)
    assert keys(parser, "\x1b") == []
    list(parser.tick())  # the one after the reading
    assert answers.released() == "\x1b"
    assert answers.released() == ""
    assert answers.taken_out("\x1bPq") == "\x1bPq"


def test_no_answer_becomes_a_key():
    parser = AnswersParser(expecting())
    assert keys(parser, f"r{ANSWERS[0]}s{WHERE}q") == ["r", "s", "q"]


def test_the_place_of_the_cursor_ends_it():
    answers = expecting()
    assert answers.answered(2, 2) is None
    assert answers.is_awaited
    told = answers.answered(3, 2)
    assert told.is_utf8
    assert not told.has_true_colour
    assert not answers.is_awaited
    assert answers.answered(3, 2) is None
    # From now on everything is a key.
    assert answers.taken_out(ANSWERS[0]) == ANSWERS[0]


def test_a_terminal_that_counts_bytes_has_no_utf8():
    assert not expecting().answered(3, 3).is_utf8


def test_only_what_is_not_known_is_asked():
    assert question(Abilities("256")) == ""
    assert "$q" not in question(Abilities("256", asks_encoding=True))
    only_colours = question(Abilities("256", asks_depth=True))
    assert only_colours.isascii()
    assert "48;2;1;2;3" in only_colours
    assert only_colours.endswith("\x1b[6n")
