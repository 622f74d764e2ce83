"""What the driver tells the app about its frames, and about the terminal."""

from textual.message import Message

from nntui.ui.terminal.pacing import Question


class FrameShown(Message, bubble=False):
    """The terminal has shown a frame: it has answered the question that was asked after it.

    Posted to the app, whose handler is `on_frame_shown`.

    Attributes:
        question: The question that was answered, and with it all before it.
        answered_at: When the answer was read, by `time.monotonic()`.
    """

    def __init__(self, question: Question, answered_at: float) -> None:
        self.question = question
        self.answered_at = answered_at
        super().__init__()


class TerminalAnswered(Message, bubble=False):
    """The terminal has said what it can show, as far as it was asked.

    Posted to the app, whose handler is `on_terminal_answered`.

    Attributes:
        has_true_colour: Whether it has 24-bit colours.
        is_utf8: Whether it takes two bytes of UTF-8 for one character.
    """

    def __init__(self, *, has_true_colour: bool, is_utf8: bool) -> None:
        self.has_true_colour = has_true_colour
        self.is_utf8 = is_utf8
        super().__init__()
