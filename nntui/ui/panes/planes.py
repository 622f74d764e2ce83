"""Which planes through the inputs there are to choose from."""

from itertools import combinations

from nntui.training.snapshot import Plane

COMPONENTS = Plane("components")

_MOST_AXES = 4
"""With more inputs than these, two of them seldom tell much: components are the better start."""

_MOST_PAIRS = 500


def first_plane(inputs: int) -> Plane:
    """Choose the plane to begin with."""
    return COMPONENTS if inputs > _MOST_AXES else Plane()


def planes_of(input_names: tuple[str, ...]) -> list[tuple[Plane, str, str]]:
    """List the planes of a data set: each with its name and a sentence about it.

    Args:
        input_names: The raw columns, three or more.
    """
    listed = [
        (
            COMPONENTS,
            "principal components",
            "The two directions along which the training points differ most.",
        )
    ]
    for first, second in combinations(range(len(input_names)), 2):
        if len(listed) > _MOST_PAIRS:
            break
        name = f"{input_names[first]} × {input_names[second]}"
        listed.append((Plane("axes", first, second), name, "The other inputs at their mean."))
    return listed
