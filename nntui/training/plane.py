"""The plane through the inputs that the decision regions are drawn on."""

from dataclasses import dataclass

import numpy as np

from nntui.data.dataset import FloatArray
from nntui.data.preparation import Prepared
from nntui.data.standardize import Standardizer
from nntui.quoting import printable
from nntui.training.components import principal_components
from nntui.training.snapshot import Plane

_TWO = 2


@dataclass(frozen=True, eq=False)
class PlaneMap:
    """Leads from the inputs to a plane, and back.

    ``places = (raw − origin) / scale @ directionsᵀ``, and back
    ``raw = origin + scale · (places @ directions)``: exact for points that lie on the plane.

    Attributes:
        plane: Which plane it is.
        origin: The point at (0, 0), (columns,).
        scale: How long a unit of the plane is along each column, (columns,).
        directions: The plane's two axes; of a single input the second is 0, (2, columns).
        labels: What the axes show.
        note: Which plane it is where there are more than two inputs; empty otherwise.
    """

    plane: Plane
    origin: FloatArray
    scale: FloatArray
    directions: FloatArray
    labels: tuple[str, str]
    note: str

    def places(self, raw: FloatArray) -> FloatArray:
        """Find where points lie on the plane: (points, columns) to (points, 2)."""
        return (raw - self.origin) / self.scale @ self.directions.T

    def raw_points(self, x: FloatArray, y: FloatArray) -> FloatArray:
        """Find the inputs at places of the plane.

        Args:
            x: (points,).
            y: (points,).

        Returns:
            The raw columns, (points, columns).
        """
        places = np.stack([x, y], axis=1)
        return self.origin + self.scale * (places @ self.directions)


def plane_map(prepared: Prepared, wanted: Plane) -> PlaneMap:
    """Lay a plane through a data set's inputs.

    Args:
        prepared: The data.
        wanted: Which plane. With two inputs there is only one, and columns that the data do not
            have are replaced by others.
    """
    names = tuple(printable(name) for name in prepared.dataset.input_names)
    plane = fitting_plane(wanted, len(names))
    if plane.kind == "components":
        return _components_map(prepared, plane)
    of_columns = Standardizer.fit(prepared.train.inputs)
    origin, directions = of_columns.mean.copy(), np.zeros((_TWO, len(names)))
    for axis, column in enumerate((plane.first, plane.second)[: len(names)]):
        origin[column] = 0.0
        directions[axis, column] = 1.0
    return PlaneMap(
        plane=plane,
        origin=origin,
        scale=np.ones(len(names)),
        directions=directions,
        labels=(names[plane.first], names[plane.second] if len(names) > 1 else ""),
        note=f"{_others(len(names) - _TWO)} at the mean" if len(names) > _TWO else "",
    )


def fitting_plane(wanted: Plane, columns: int) -> Plane:
    """Return the plane that is nearest to what is wanted among those the data have."""
    if columns <= _TWO:
        return Plane()
    if wanted.kind == "components":
        return Plane("components")
    first = min(max(wanted.first, 0), columns - 1)
    second = min(max(wanted.second, 0), columns - 1)
    if first == second:
        second = 0 if first else 1
    return Plane("axes", first, second)


def _components_map(prepared: Prepared, plane: Plane) -> PlaneMap:
    of_columns = Standardizer.fit(prepared.train.inputs)
    found = principal_components(of_columns.transform(prepared.train.inputs), _TWO)
    first, second = (
        f"PC {number} ({share:.0%})".replace("%", " %")
        for number, share in enumerate(found.shares, start=1)
    )
    return PlaneMap(
        plane=plane,
        origin=of_columns.mean,
        scale=of_columns.scale,
        directions=found.directions,
        labels=(first, second),
        note="principal components",
    )


def _others(count: int) -> str:
    return "1 other" if count == 1 else f"{count:,} others"
