"""What is kept of a run: all that it takes to go on with it, bit for bit."""

from dataclasses import dataclass

from nntui.experiment.experiment import Experiment
from nntui.training.begun import BestEpoch
from nntui.training.divergence import Divergence
from nntui.training.history import HistoryView
from nntui.training.limit_watch import LimitState
from nntui.training.spreads import SpreadsState
from nntui.training.state import TrainerState

NO_LIMITS = LimitState()


@dataclass(frozen=True)
class DataIdentity:
    """What tells whether data are still the ones that a run was trained on.

    Attributes:
        fingerprint: A hash of every number and name that training sees, in hexadecimal digits.
        file: The absolute path of the data's file; empty for a data set that nntui has or makes.
        inputs: How many numbers the network is given.
        units: How many units the output layer has.
        train_points: How many points there are to learn from.
        test_points: How many points there are to test on.
    """

    fingerprint: str
    file: str
    inputs: int
    units: int
    train_points: int
    test_points: int


@dataclass(frozen=True)
class RunLabel:
    """What a run is called, and who wrote it down when.

    Attributes:
        name: What the user sees; printable.
        number: The run's number within its session.
        saved_at: When it was saved, in seconds since 1970 (UTC).
        version: The version of nntui that saved it.
    """

    name: str = ""
    number: int = 1
    saved_at: float = 0.0
    version: str = ""


@dataclass(frozen=True, eq=False)
class SavedRun:
    """A run as it was at one moment.

    Attributes:
        label: What it is called.
        experiment: What it trains, as last edited.
        data: What its data were.
        state: Where it was.
        history: How its figures came about.
        spreads: How the numbers of its layers have been spread.
        limits: Which limits it has reached; its seconds are how long the steps took.
        best: The best epoch so far, if patience watches the test loss.
        stopped_by: Why it was not training any more, in words; empty where it was.
        divergence: Why it had stopped, if it left the finite numbers.
    """

    label: RunLabel
    experiment: Experiment
    data: DataIdentity
    state: TrainerState
    history: HistoryView
    spreads: SpreadsState
    limits: LimitState = NO_LIMITS
    best: BestEpoch | None = None
    stopped_by: str = ""
    divergence: Divergence | None = None
