"""The principal components of a data set's points."""

from nntui.anatomy.components import Components
from nntui.anatomy.components import principal_components as components_of_all
from nntui.data.dataset import FloatArray
from nntui.training.thinning import evenly_chosen

_MOST_POINTS = 2000


def principal_components(values: FloatArray, count: int) -> Components:
    """Find the first principal components of points whose columns have the mean 0.

    Of very many points some, evenly chosen, stand for all.

    Args:
        values: (points, columns), at least ``count`` columns.
        count: How many components.
    """
    return components_of_all(values[evenly_chosen(len(values), _MOST_POINTS)], count)
