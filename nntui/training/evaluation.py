"""How good a network is on its training and on its test points."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Evaluation:
    """The figures of one moment of a run.

    Losses are means over the points without the penalty. What cannot be computed is None: test
    figures without test points, accuracies of a regression, R² of a classification.

    Attributes:
        train_loss: On the training points, as they are (not augmented, no dropout).
        test_loss: On the test points.
        penalty: The price of the trainable weights, l1 · Σ|w| + l2 · Σw².
        train_accuracy: The share of training points whose class is found, 0 to 1.
        test_accuracy: The same for the test points.
        train_r2: The share of the variance explained on the training points, at most 1.
        test_r2: The same for the test points.
    """

    train_loss: float
    test_loss: float | None
    penalty: float
    train_accuracy: float | None
    test_accuracy: float | None
    train_r2: float | None
    test_r2: float | None

    @property
    def train_loss_with_penalty(self) -> float:
        """What training makes small: the training loss and the price of the weights."""
        return self.train_loss + self.penalty


METRICS = (
    "train_loss",
    "test_loss",
    "train_loss_with_penalty",
    "penalty",
    "train_accuracy",
    "test_accuracy",
    "train_r2",
    "test_r2",
)
"""The figures of an ``Evaluation`` by name."""
