"""What is said about a run that somebody else trains, and that is only watched here."""

from dataclasses import dataclass
from typing import Literal, TypeAlias

from nntui.experiment.experiment import Experiment

WriterState: TypeAlias = Literal["live", "silent", "ended", "lost"]
"""How it is with whoever writes a run: it saves now and then; it has not for too long, without a
word; it has ended and said why; or what it has written cannot be read."""


@dataclass(frozen=True)
class FollowStart:
    """What a follower is started with.

    Attributes:
        folder: The folder of the run.
    """

    folder: str


@dataclass(frozen=True)
class Fork:
    """Make a run of one's own of what was last seen of the followed one, which is left alone."""


@dataclass(frozen=True)
class Following:
    """News of a followed run; a snapshot that is asked for next shows it.

    Attributes:
        run: The run; another experiment, or other data, are another one.
        experiment: What it trains.
        name: What its writer calls it.
        saves: How many saves have been taken in.
        state: How it is with its writer.
        seconds: How old the last save is, rounded down to what people would say.
        why: Why it has ended, or why it cannot be read; empty otherwise.
        is_held: Whether there is a newer save, which is not taken in yet because the user walks
            through an update of this one.
    """

    run: int
    experiment: Experiment
    name: str
    saves: int
    state: WriterState
    seconds: int
    why: str = ""
    is_held: bool = False
