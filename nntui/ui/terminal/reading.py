"""Reads what the terminal sends: keys, the mouse, and answers."""

import codecs
import os
import selectors
from collections.abc import Callable, Iterable

from textual._xterm_parser import XTermParser
from textual.message import Message

from nntui.ui.terminal.answers import StyleAnswers

_SECONDS_BETWEEN_LOOKS = 0.1
_MOST_BYTES = 4096


class AnswersParser(XTermParser):
    """Textual's reader of keys, which never sees the answers that it would take for keys.

    Args:
        answers: What takes them out.
        debug: As Textual's.
    """

    def __init__(self, answers: StyleAnswers, *, debug: bool = False) -> None:
        super().__init__(debug)
        self._answers = answers

    def feed(self, data: str) -> Iterable[Message]:
        """Take in what was sent; an empty text is the end."""
        kept = self._answers.taken_out(data) if data else ""
        return super().feed(kept) if kept or not data else ()

    def tick(self) -> Iterable[Message]:
        """Look what has waited long enough to be no more than it is."""
        if released := self._answers.released():
            yield from super().feed(released)
        yield from super().tick()


def read_terminal(
    number: int,
    parser: XTermParser,
    is_over: Callable[[], bool],
    process: Callable[[Message], object],
) -> None:
    """Read until there is somebody who says that it is over.

    Args:
        number: The file number of the terminal.
        parser: What understands it.
        is_over: Asked ten times a second.
        process: Given each message.
    """
    decode = codecs.getincrementaldecoder("utf-8")("replace").decode
    with selectors.SelectSelector() as selector:
        selector.register(number, selectors.EVENT_READ)
        while not is_over():
            if selector.select(_SECONDS_BETWEEN_LOOKS):
                data = decode(os.read(number, _MOST_BYTES))
                # Nothing is the end for the parser; here it may be half a character.
                for message in parser.feed(data) if data else ():
                    process(message)
            for message in parser.tick():
                process(message)
