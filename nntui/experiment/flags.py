"""The short command-line flags and the keys of the experiment that they set."""

from dataclasses import dataclass

from nntui.experiment.fields import Field, field_at


@dataclass(frozen=True)
class Flag:
    """A short flag for a common key.

    Attributes:
        flag: The flag with its hyphens, such as ``--learning-rate``.
        key: The path of the key it sets, as ``experiment_with`` takes it.
        note: What to say instead of, or after, the key's own description.
    """

    flag: str
    key: str
    note: str = ""

    @property
    def field(self) -> Field:
        """The key's description, type, range and default."""
        found = field_at(self.key)
        if found is None:
            raise KeyError(self.key)
        return found

    @property
    def help(self) -> str:
        """One line for the command line's help, made from the key's description."""
        described = self.field
        choices = f": {', '.join(described.choices)}" if described.choices else ""
        ranged = f" ({described.range_text})" if described.range_text and not self.note else ""
        return (self.note or described.description) + choices + ranged


COMMON_FLAGS: tuple[Flag, ...] = (
    Flag("--data", "data.source"),
    Flag("--label", "data.label"),
    Flag("--classes", "data.classes"),
    Flag("--samples", "data.samples"),
    Flag("--noise", "data.noise"),
    Flag("--features", "data.features"),
    Flag("--test-fraction", "data.test_fraction"),
    Flag("--layers", "layers", "units of each hidden layer, such as 16,16; none: no hidden layer"),
    Flag("--activation", "layers.*.activation", "function of the hidden layers"),
    Flag("--dropout", "layers.*.dropout"),
    Flag("--loss", "output.loss", "what training makes small"),
    Flag("--optimizer", "optimizer.name", "how the gradient changes the weights"),
    Flag("--learning-rate", "optimizer.learning_rate"),
    Flag("--momentum", "optimizer.momentum", "share of the last step taken again; sgd, rmsprop"),
    Flag("--batch-size", "training.batch_size"),
    Flag("--epochs", "training.epochs"),
    Flag("--patience", "training.patience"),
    Flag("--l1", "regularization.l1"),
    Flag("--l2", "regularization.l2"),
    Flag("--seed", "seed"),
    Flag("--dtype", "dtype"),
)
"""The flags of ``nntui train`` that stand for a key; every other key is set by ``--set``."""
