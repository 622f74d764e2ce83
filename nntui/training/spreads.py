"""How the numbers of each layer have been spread over a run: a bounded record."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nntui.anatomy.values import Spread
from nntui.engine.network import Network
from nntui.training.thinning import evenly_chosen

MOST_MOMENTS = 128
"""How many moments are kept before they are thinned to about half of them."""

SHARES = 17
"""How many quantiles of a layer's numbers are kept: the smallest, 1/16, 2/16, ... the largest."""

_MOST_NUMBERS = 1000
"""How many numbers of a layer, evenly chosen, stand for all of them."""

_WEIGHTS, _GRADIENTS = 0, 1


@dataclass(frozen=True, eq=False)
class SpreadsState:
    """All moments of a record.

    Attributes:
        steps: How many updates had been made, (moments,).
        quantiles: Of parameters and of gradients, (moments, layers, 2, shares).
        has_gradients: Whether the gradients are those of the step before, (moments,).
        stride: How many steps there are at least between two moments from now on.
    """

    steps: NDArray[np.int64]
    quantiles: NDArray[np.float32]
    has_gradients: NDArray[np.bool_]
    stride: int


@dataclass(frozen=True, eq=False)
class _Moment:
    """The spread of every layer's numbers at one moment.

    Attributes:
        steps: How many updates had been made.
        quantiles: Of parameters and of gradients, (layers, 2, shares).
        has_gradients: Whether the gradients are those of the step before.
    """

    steps: int
    quantiles: NDArray[np.float32]
    has_gradients: bool


class Spreads:
    """Records quantiles of every layer's parameters, and of the gradients of its last step.

    When it is full, moments are left out so that the rest are about evenly spaced, and from then
    on only moments at such a distance are recorded.

    Args:
        most_moments: How many moments it may hold, 4 or more.
    """

    def __init__(self, most_moments: int = MOST_MOMENTS) -> None:
        self._most_moments = most_moments
        self._stride = 1
        self._moments: list[_Moment] = []
        self._sorters: list[_Quantiles] = []
        self._went_back_to = -1

    def __len__(self) -> int:
        """Return how many moments are kept."""
        return len(self._moments)

    @property
    def nbytes(self) -> int:
        """How much memory the moments take."""
        return sum(moment.quantiles.nbytes for moment in self._moments)

    def record(self, steps: int, network: Network) -> None:
        """Add a moment, unless it is too close to the last one.

        Args:
            steps: How many updates have been made.
            network: The network, right after the last of them.
        """
        if self._moments and steps < self._moments[-1].steps + self._stride:
            return
        if len(self._moments) >= self._most_moments:
            self._thin()
        self._moments.append(self._moment(steps, network))

    def truncate(self, steps: int) -> None:
        """Forget what came after a step, because the run went back to it.

        The network's gradients are then those of a later step, up to the next one it makes.
        """
        self._moments = [moment for moment in self._moments if moment.steps <= steps]
        self._went_back_to = steps

    def state(self) -> SpreadsState:
        """Return a copy of all that is kept."""
        moments = self._moments
        quantiles = np.array([moment.quantiles for moment in moments], np.float32)
        return SpreadsState(
            steps=np.array([moment.steps for moment in moments], np.int64),
            quantiles=quantiles if moments else np.zeros((0, 0, 2, SHARES), np.float32),
            has_gradients=np.array([moment.has_gradients for moment in moments], np.bool_),
            stride=self._stride,
        )

    @classmethod
    def of(cls, state: SpreadsState, most_moments: int = MOST_MOMENTS) -> "Spreads":
        """Bring back a record from what ``state`` returned.

        Args:
            state: What was kept, at most so many moments.
            most_moments: How many moments it may hold.

        Raises:
            ValueError: There are more moments than it may hold.
        """
        if len(state.steps) > most_moments:
            raise ValueError(f"Found {len(state.steps)} moments, expected at most {most_moments}.")
        spreads = cls(most_moments)
        spreads._stride = state.stride
        spreads._moments = [
            _Moment(int(steps), quantiles.copy(), bool(known))
            for steps, quantiles, known in zip(
                state.steps, state.quantiles, state.has_gradients, strict=True
            )
        ]
        # The network's gradients are not those of the last moment before it has made a step.
        spreads._went_back_to = int(state.steps[-1]) if len(state.steps) else -1
        return spreads

    def view(self, layer: int, moments: int, steps: int, network: Network) -> tuple[Spread, Spread]:
        """Return how the numbers of one layer have been spread, up to the present moment.

        Args:
            layer: Which Dense layer, counted from 0.
            moments: How many moments are enough.
            steps: How many updates have been made.
            network: The network as it is.

        Returns:
            The spread of weights and biases, and of gradients. Gradients are unknown before the
            first step, and where the run went back; those moments are left out.
        """
        shown = [moment for moment in self._moments if moment.steps < steps]
        present = self._moment(steps, network)
        if np.isfinite(present.quantiles[:, _WEIGHTS]).all():
            shown.append(present)
        return (
            _spread(shown, layer, _WEIGHTS, moments),
            _spread([m for m in shown if m.has_gradients], layer, _GRADIENTS, moments),
        )

    def _moment(self, steps: int, network: Network) -> _Moment:
        layers = network.dense_layers
        sizes = [layer.parameters.size for layer in layers]
        if [sorter.size for sorter in self._sorters] != sizes:
            self._sorters = [_Quantiles(size) for size in sizes]
        quantiles = np.empty((len(layers), 2, SHARES), np.float32)
        for number, (layer, sorter) in enumerate(zip(layers, self._sorters, strict=True)):
            quantiles[number, _WEIGHTS] = sorter.of(layer.parameters)
            quantiles[number, _GRADIENTS] = sorter.of(layer.gradients)
        gradients = quantiles[:, _GRADIENTS]
        known = steps != self._went_back_to and gradients.any() and np.isfinite(gradients).all()
        return _Moment(steps, quantiles, bool(known))

    def _thin(self) -> None:
        """Leave out moments until at most about half as many as may be held remain."""
        span = self._moments[-1].steps - self._moments[0].steps
        self._stride = max(-(-span // (self._most_moments // 2 - 1)), 1)
        kept = self._moments[:1]
        for moment in self._moments[1:]:
            if moment.steps >= kept[-1].steps + self._stride:
                kept.append(moment)
        self._moments = kept


class _Quantiles:
    """Finds the quantiles of so many numbers, as ``np.quantile`` does but ten times faster.

    Args:
        size: How many numbers there are.
    """

    def __init__(self, size: int) -> None:
        self.size = size
        self._chosen = None if size <= _MOST_NUMBERS else evenly_chosen(size, _MOST_NUMBERS)
        places = np.linspace(0.0, min(size, _MOST_NUMBERS) - 1.0, SHARES)
        self._below = np.floor(places).astype(np.int64)
        self._above = np.ceil(places).astype(np.int64)
        self._rest = places - self._below

    def of(self, numbers: NDArray[np.floating[Any]]) -> NDArray[np.float64]:
        """Return the quantiles, (shares,)."""
        flat = numbers.ravel() if self._chosen is None else numbers.ravel().take(self._chosen)
        ordered = np.sort(flat)
        below = ordered.take(self._below).astype(np.float64)
        return below + (ordered.take(self._above) - below) * self._rest


def _spread(moments: list[_Moment], layer: int, kind: int, most: int) -> Spread:
    """Make a spread of at most so many moments, the last one among them."""
    # Counted from the end, so that the present moment is always shown.
    chosen = len(moments) - 1 - evenly_chosen(len(moments), most)[::-1]
    shown = [moments[int(number)] for number in chosen]
    quantiles = [moment.quantiles[layer, kind].astype(np.float64) for moment in shown]
    return Spread(
        steps=np.array([moment.steps for moment in shown], np.int64),
        quantiles=np.array(quantiles).reshape(-1, SHARES),
    )
