"""Along which directions a layer's space can be looked at, and how the keys turn them."""

from nntui.anatomy.values import SpaceAxes
from nntui.ui.dialogs.choice import Choice

OUTPUT, COMPONENTS, UNITS = "output", "components", "units"

WORDS = {
    OUTPUT: "the output's own directions",
    COMPONENTS: "principal components",
    UNITS: "two neurons",
}
"""What the kinds of axes are called."""

_ABOUT = {
    OUTPUT: "How the output layer looks at the last hidden layer of a classification: there it "
    "draws its straight borders. Elsewhere principal components are shown.",
    COMPONENTS: "The directions along which the layer spreads the training points most.",
    UNITS: "One neuron along each axis; the arrow keys go through them.",
}


def choices() -> list[Choice]:
    """Return what there is to choose."""
    return [(kind, words, _ABOUT[kind]) for kind, words in WORDS.items()]


def turned(axes: SpaceAxes, steps: tuple[int, int], units: int) -> SpaceAxes:
    """Go to other neurons along the axes; from other directions, to the first two neurons.

    Args:
        axes: The directions that are shown.
        steps: How far to go along the horizontal and along the vertical axis.
        units: How many neurons the layer has. After the last one comes the first.
    """
    if units < 2:  # noqa: PLR2004 - nothing to choose
        return SpaceAxes(UNITS, 0, 0)
    if axes.kind != UNITS:
        return SpaceAxes(UNITS, 0, 1)
    first, second = (
        _stepped(axes.first, steps[0], axes.second, units),
        _stepped(axes.second, steps[1], axes.first, units),
    )
    return SpaceAxes(UNITS, first, second)


def _stepped(unit: int, steps: int, taken: int, units: int) -> int:
    """Go on from a neuron, past the one that the other axis shows."""
    if not steps:
        return unit
    found = (unit + steps) % units
    return (found + steps) % units if found == taken % units else found
