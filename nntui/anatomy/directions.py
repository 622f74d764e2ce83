"""Along which two directions a layer's space is looked at, and what they are called."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import permutations

import numpy as np
from numpy.typing import NDArray

from nntui.anatomy.components import orthonormal, principal_components
from nntui.anatomy.values import SpaceAxes
from nntui.engine.tape import Array

_TWO = 2
_THREE = 3


@dataclass(frozen=True, eq=False)
class Directions:
    """Two directions in the space of a layer: place = basis @ (activations − origin).

    Attributes:
        axes: Which they are.
        basis: Each of length 1, at right angles to the other; the second is 0 in the space of a
            single unit. (2, units).
        origin: What stands at (0, 0), (units,).
        labels: What they show.
        note: What else has to be known about them; empty for nothing.
        is_whole: Whether the place on this plane alone decides between the classes (last hidden
            layer).
    """

    axes: SpaceAxes
    basis: NDArray[np.float64]
    origin: NDArray[np.float64]
    labels: tuple[str, str]
    note: str
    is_whole: bool

    def places(self, activations: Array) -> NDArray[np.float64]:
        """Find where points are: (units, points) to (points, 2)."""
        return (self.basis @ (activations.astype(np.float64) - self.origin[:, np.newaxis])).T

    def lines(self, activations: Array, count: int) -> NDArray[np.float64]:
        """Find where the points of so many lines are: (units, points) to (lines, points, 2)."""
        if not count:
            return np.zeros((0, 0, _TWO))
        return self.places(activations).reshape(count, -1, _TWO)


def along_units(axes: SpaceAxes, names: Sequence[str]) -> Directions:
    """Look along two units.

    Args:
        axes: Which two; replaced by others where the layer does not have them.
        names: Of all units of the layer.
    """
    units = len(names)
    first = min(max(axes.first, 0), units - 1)
    second = min(max(axes.second, 0), units - 1)
    if first == second and units > 1:
        second = 0 if first else 1
    basis = np.zeros((_TWO, units))
    basis[0, first] = 1.0
    if units > 1:
        basis[1, second] = 1.0
    return Directions(
        axes=SpaceAxes("units", first, second),
        basis=basis,
        origin=np.zeros(units),
        labels=(names[first], names[second] if units > 1 else ""),
        note="" if units > 1 else "one unit only: there is no second direction",
        is_whole=units <= _TWO,
    )


def along_components(
    activations: NDArray[np.float64], before: NDArray[np.float64] | None
) -> Directions:
    """Look along the first two principal components.

    Args:
        activations: Of the training points, (units, points), at least two units.
        before: The basis of the picture before this one, which decides order and signs: without it
            a picture of a learning network would now and then flip over.
    """
    mean = activations.mean(axis=1)
    found = principal_components((activations - mean[:, np.newaxis]).T, _TWO)
    basis, order = aligned(found.directions, before)
    first, second = (f"component {i + 1} · {percent(float(found.shares[i]))}" for i in order)
    return Directions(
        axes=SpaceAxes("components"),
        basis=basis,
        origin=mean,
        labels=(first, second),
        note=f"{percent(float(found.shares.sum()))} of the variance is seen",
        is_whole=len(activations) <= _TWO,
    )


def along_outputs(
    weights: NDArray[np.float64],
    class_names: Sequence[str],
    activations: NDArray[np.float64],
    before: NDArray[np.float64] | None,
) -> Directions:
    """Look along the directions that the output layer tells classes apart in.

    Only differences between the classes' weighted sums decide, so only what lies along the
    differences of their weights counts. For three classes these span a plane, and nothing that
    decides is hidden from one who looks at it.

    Args:
        weights: Of the output layer; 0 in the rows of silenced units, (units, outputs).
        class_names: Of all classes.
        activations: Of the training points, (units, points), at least two units.
        before: The basis of the picture before this one; for more than three classes it decides
            order and signs.
    """
    outputs = weights.shape[1]
    if outputs > _THREE:
        return _along_strongest_outputs(weights, before)
    named = [_class_label(name) for name in class_names]
    if outputs == _THREE:
        of_first = weights[:, 0] - weights[:, 1:].mean(axis=1)
        basis = orthonormal(np.stack([of_first, weights[:, 1] - weights[:, 2]]), _TWO)
        labels = f"towards {named[0]}", f"{named[2]} ↔ {named[1]}"
        note = "the plane on which the output layer draws its straight borders"
    else:
        of_second = weights[:, -1] - (weights[:, 0] if outputs == _TWO else 0.0)
        basis, share = _with_component_across(of_second, activations, before)
        labels = f"{named[0]} ↔ {named[1]}", f"component across it · {percent(share)}"
        note = "the output layer decides along the horizontal axis alone"
    return _of_outputs(basis, labels, note, is_whole=True)


def _along_strongest_outputs(
    weights: NDArray[np.float64], before: NDArray[np.float64] | None
) -> Directions:
    """Look along the two directions that the classes' weights differ most in."""
    differences = weights - weights.mean(axis=1, keepdims=True)
    found = principal_components(differences.T, _TWO)
    basis, order = aligned(found.directions, before)
    first, second = (f"output direction {i + 1} · {percent(float(found.shares[i]))}" for i in order)
    others = min(weights.shape[1] - 1, len(weights)) - _TWO
    note = f"the two strongest of {others + _TWO} directions" if others > 0 else ""
    return _of_outputs(basis, (first, second), note, is_whole=others <= 0)


def _of_outputs(
    basis: NDArray[np.float64], labels: tuple[str, str], note: str, *, is_whole: bool
) -> Directions:
    origin = np.zeros(basis.shape[1])
    return Directions(SpaceAxes("output"), basis, origin, labels, note, is_whole)


def _class_label(name: str) -> str:
    """Name a class so that it is not taken for a number on the axis."""
    return f"class {name}" if name.isdigit() else name


def _with_component_across(
    direction: NDArray[np.float64],
    activations: NDArray[np.float64],
    before: NDArray[np.float64] | None,
) -> tuple[NDArray[np.float64], float]:
    """Add to a direction the strongest principal component at right angles to it.

    Returns:
        The basis, and the share of the whole variance along the component.
    """
    centred = (activations - activations.mean(axis=1, keepdims=True)).T
    first = orthonormal(direction[np.newaxis], 1)
    rest = centred - (centred @ first.T) @ first
    # Rounding may leave something along the first direction.
    basis = orthonormal(np.concatenate([first, principal_components(rest, 1).directions]), _TWO)
    if before is not None and before.shape == basis.shape and before[1] @ basis[1] < 0.0:
        basis[1] *= -1.0
    scaled = centred / (np.abs(centred).max(initial=0.0) or 1.0)
    whole = float(np.square(scaled).sum())
    along = float(np.square(scaled @ basis[1]).sum())
    return basis, along / whole if whole > 0.0 else 0.0


def aligned(
    directions: NDArray[np.float64], before: NDArray[np.float64] | None
) -> tuple[NDArray[np.float64], tuple[int, ...]]:
    """Put directions into the order, and turn them the way, that is most like those before.

    Args:
        directions: (2, units).
        before: (2, units); None for none.

    Returns:
        The directions, and which of the given ones each of them is.
    """
    if before is None or before.shape != directions.shape:
        return directions, (0, 1)
    likeness = before @ directions.T
    order = max(
        permutations(range(_TWO)),
        key=lambda order: sum(abs(float(likeness[i, j])) for i, j in enumerate(order)),
    )
    signs = [-1.0 if likeness[i, j] < 0.0 else 1.0 for i, j in enumerate(order)]
    return directions[list(order)] * np.array(signs)[:, np.newaxis], order


def percent(share: float) -> str:
    """Write a share as a whole number of per cent."""
    return f"{share:.0%}".replace("%", " %")
