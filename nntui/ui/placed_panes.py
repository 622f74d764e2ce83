"""A container that puts each pane where a pure function wants it."""

from collections.abc import Callable, Mapping

from textual.geometry import NULL_OFFSET, NULL_SPACING, Region, Size
from textual.layout import ArrangeResult, Layout, WidgetPlacement
from textual.widget import Widget

from nntui.ui.layout import Place

Arrange = Callable[[Size], Mapping[str, Place]]
"""Gives each pane's name its place; those without one are not shown."""


class _PaneLayout(Layout):
    """Textual's way to ask for the places."""

    name = "panes"

    def __init__(self, places: Arrange) -> None:
        super().__init__()
        self._places = places

    def arrange(
        self, parent: Widget, children: list[Widget], size: Size, greedy: bool = True
    ) -> ArrangeResult:
        """Give each pane that is shown its region."""
        parent.pre_layout(self)
        places = self._places(size)
        return [
            WidgetPlacement(
                Region(place.column, place.row, place.columns, place.rows),
                NULL_OFFSET,
                NULL_SPACING,
                child,
            )
            for child in children
            if (place := places.get(child.id or ""))
        ]


class PlacedPanes(Widget):
    """The panes of a view.

    Args:
        places: Where they go.
        panes: All of them.
    """

    DEFAULT_CSS = "PlacedPanes { width: 1fr; height: 1fr; overflow: hidden; }"

    def __init__(self, places: Arrange, *panes: Widget) -> None:
        super().__init__(*panes)
        self._layout = _PaneLayout(places)

    @property
    def layout(self) -> Layout:
        """How the panes are placed."""
        return self._layout
