"""What the parts of the app tell each other."""

from textual.message import Message

from nntui.training.messages import Reply


class TrainerSaid(Message, bubble=False):
    """The trainer in the background has answered.

    Attributes:
        reply: What it says.
    """

    def __init__(self, reply: Reply) -> None:
        super().__init__()
        self.reply = reply


class SnapshotWanted(Message):
    """In a pane the user has changed the experiment, or what is to be seen of its run."""
