"""What the driver tells the app about its frames."""

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
