"""What is looked at: a trainer, and the plane that its points are seen on."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from nntui.engine.network import Network
from nntui.training.plane import PlaneMap
from nntui.training.snapshot import Scene
from nntui.training.trainer import Trainer

Kept = TypeVar("Kept")


@dataclass(frozen=True, eq=False)
class Subject:
    """A trainer, seen on a plane.

    Attributes:
        trainer: The trainer.
        plane: The plane through its inputs.
        scene: Its points on that plane.
    """

    trainer: Trainer
    plane: PlaneMap
    scene: Scene

    @property
    def network(self) -> Network:
        """The network that it trains."""
        return self.trainer.network


class Memory(Generic[Kept]):
    """Keeps what was made last, as long as it is asked for with the same key."""

    def __init__(self) -> None:
        self._kept: tuple[object, Kept] | None = None

    def recall(self, key: object, make: Callable[[], Kept]) -> Kept:
        """Return what was made with this key, or make it."""
        if self._kept is None or self._kept[0] != key:
            self._kept = key, make()
        return self._kept[1]
