r"""What the terminal is asked once, before the first frame, and what it answers.

Over SSH the variable COLORTERM seldom arrives. A terminal that is told to draw in a 24-bit colour
and then asked for its present style (DECRQSS for SGR) answers with that very colour if it has it:
``ESC P 1 $ r 48:2::1:2:3 m ESC \``. Neovim finds it out in the same way. Then a letter is written
that takes two bytes in UTF-8, and the terminal is asked where its cursor is: one column further,
or two where each byte was taken for a character. Every terminal answers this question, and answers
in order, so that no answer to the first one is waited for any more when this one comes.

What is written is painted over by the first frame.

VT510 Video Terminal Programmer Information, 1993 (DECRQSS); ECMA-48, section 8.3.14 (CPR).
"""

import re
import threading
from dataclasses import replace

from nntui.ui.terminal.abilities import Abilities
from nntui.ui.terminal.messages import TerminalAnswered

_ROW = 3
"""Not the row in which other questions put the cursor (see ``asking``)."""

_IN_COLOUR = "\x1b[48;2;1;2;3m\x1bP$qm\x1b\\\x1b[m"
_TWO_BYTES = "\xe9"
_WHERE = "\x1b[6n"

_ANSWER = re.compile("\x1bP[01]\\$r([^\x1b\x07]{0,100})(?:\x1b\\\\|\x07)")
_UNFINISHED = re.compile("\x1b(?:P(?:[01](?:\\$(?:r[^\x1b\x07]{0,100}\x1b?)?)?)?)?\\Z")
_HAS_COLOUR = re.compile(r"48[:;]2[:;](?:\d*:)?1[:;]2[:;]3(?!\d)")


def question(abilities: Abilities) -> str:
    """Return what asks the terminal; empty where there is nothing to ask."""
    if not (abilities.asks_depth or abilities.asks_encoding):
        return ""
    colour = _IN_COLOUR if abilities.asks_depth else ""
    letter = _TWO_BYTES if abilities.asks_encoding else ""
    return f"\x1b[{_ROW};1H{colour}{letter}{_WHERE}"


class StyleAnswers:
    """Takes the answer about the style out of what the terminal sends: it is no key.

    Attributes:
        has_true_colour: Whether an answer has come that names the colour.
    """

    def __init__(self) -> None:
        self.has_true_colour = False
        self._over = threading.Event()
        self._over.set()
        self._held, self._is_fresh = "", False

    @property
    def is_awaited(self) -> bool:
        """Whether an answer may still come."""
        return not self._over.is_set()

    def expect(self) -> None:
        """Begin to wait."""
        self._over.clear()

    def wait(self, most_seconds: float) -> None:
        """Wait until all is answered."""
        self._over.wait(most_seconds)

    def taken_out(self, data: str) -> str:
        """Return what was sent without an answer; the beginning of one is held back."""
        if not self.is_awaited and not self._held:
            return data
        data, self._held = self._held + data, ""
        for answer in _ANSWER.finditer(data):
            self.has_true_colour |= _HAS_COLOUR.search(answer[1]) is not None
        data = _ANSWER.sub("", data)
        if unfinished := _UNFINISHED.search(data):
            self._held, self._is_fresh = unfinished[0], True
            data = data[: unfinished.start()]
        return data

    def released(self) -> str:
        """Return what is held back, when it is asked for twice and nothing has come between."""
        if self._is_fresh:
            self._is_fresh = False
            return ""
        held, self._held = self._held, ""
        return held

    def answered(self, row: int, column: int) -> TerminalAnswered | None:
        """Take in where the cursor is, if that is the end of the answers.

        Args:
            row: The row that the terminal has told, from 1.
            column: The column, from 1.
        """
        if not self.is_awaited or row != _ROW:
            return None
        self._over.set()
        is_utf8 = column <= _COLUMN_OF_UTF8
        return TerminalAnswered(has_true_colour=self.has_true_colour, is_utf8=is_utf8)


_COLUMN_OF_UTF8 = 2


def told(abilities: Abilities, answer: TerminalAnswered) -> Abilities:
    """Return what a terminal can show, now that it has said so."""
    depth, is_ascii = abilities.depth, abilities.is_ascii
    if abilities.asks_depth and answer.has_true_colour:
        depth = "truecolor"
    if abilities.asks_encoding:
        is_ascii = is_ascii or not answer.is_utf8
    return replace(abilities, depth=depth, is_ascii=is_ascii, asks_depth=False, asks_encoding=False)
