r"""The question that a terminal is asked after a frame, and which question an answer belongs to.

The question is "where is the cursor?" (``ESC [ 6 n``, the cursor position report of ECMA-48):
every terminal and multiplexer answers it, and the parser of Textual knows the answer, so that it
never becomes a key press. Before it the cursor is put on a cell that numbers the question: the
answer names that cell, and with it the question. A lost answer is therefore never counted for the
next question. The cell is never on the first row, because ``ESC [ 1 ; 2 R`` is also how some
terminals send Shift+F3.

ECMA-48, Control Functions for Coded Character Sets, 5th edition 1991, section 8.3.14 (CPR).
"""

import threading
from collections import deque

from nntui.ui.terminal.pacing import Question

_ROW = 2
_NUMBERS = 16
"""The question's number modulo this is its column: a narrower terminal answers fewer of them."""


class Questions:
    """The questions that wait for an answer. Safe to use from several threads.

    The lock is one that its owner may take again: the app may be suspended by a signal in the
    middle of any call, and the handler closes the questions in the same thread.
    """

    def __init__(self) -> None:
        self._changed = threading.Condition(threading.RLock())
        self._open = False
        self._answered_ever = False
        self._next_number = 0
        self._unanswered: deque[Question] = deque(maxlen=_NUMBERS - 1)

    @property
    def is_open(self) -> bool:
        """Whether questions may be asked now."""
        return self._open

    @property
    def answered_ever(self) -> bool:
        """Whether this terminal has answered at least once."""
        return self._answered_ever

    def open(self) -> None:
        """Allow questions: the terminal is ours."""
        with self._changed:
            self._unanswered.clear()
            self._open = True

    def close(self, most_seconds: float) -> bool:
        """Ask nothing more, and wait for what was asked.

        An answer that comes when nobody reads any more would be typed into the user's shell.

        Args:
            most_seconds: How long to wait at most.

        Returns:
            Whether every question was answered.
        """
        with self._changed:
            self._open = False
            answered = self._changed.wait_for(lambda: not self._unanswered, most_seconds)
            self._unanswered.clear()
            return answered

    def ask(self, bytes_written: int) -> tuple[Question, str] | None:
        """Make the next question.

        Args:
            bytes_written: What was written to the terminal since the question before.

        Returns:
            The question and what to write for it, which leaves the cursor elsewhere; None when
            nothing may be asked.
        """
        with self._changed:
            if not self._open:
                return None
            question = Question(self._next_number, bytes_written)
            self._next_number += 1
            self._unanswered.append(question)
            return question, f"\x1b[{_ROW};{_column(question.number)}H\x1b[6n"

    def answered(self, row: int, column: int) -> Question | None:
        """Find the question that a cursor position answers, and count it and those before it.

        Args:
            row: The row in the answer, from 1.
            column: The column in the answer, from 1.

        Returns:
            The question; None when the position answers none.
        """
        if row != _ROW:
            return None
        with self._changed:
            matching = [q for q in self._unanswered if _column(q.number) == column]
            if not matching:
                return None
            while self._unanswered[0] is not matching[0]:
                self._unanswered.popleft()
            self._unanswered.popleft()
            self._answered_ever = True
            self._changed.notify_all()
            return matching[0]


def _column(number: int) -> int:
    return 1 + number % _NUMBERS
