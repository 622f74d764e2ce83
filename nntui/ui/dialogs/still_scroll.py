"""A text that scrolls at once: an animation would take a slow link a second."""

from textual.containers import VerticalScroll


class StillScroll(VerticalScroll):
    """Scrolls without an animation."""

    DEFAULT_CSS = """
    StillScroll { scrollbar-size-vertical: 1; scrollbar-gutter: stable; }
    StillScroll Static { height: auto; }
    """

    def action_scroll_up(self) -> None:
        """One line up."""
        self.scroll_up(animate=False)

    def action_scroll_down(self) -> None:
        """One line down."""
        self.scroll_down(animate=False)

    def action_page_up(self) -> None:
        """One page up."""
        self.scroll_page_up(animate=False)

    def action_page_down(self) -> None:
        """One page down."""
        self.scroll_page_down(animate=False)

    def action_scroll_home(self) -> None:
        """To the beginning."""
        self.scroll_home(animate=False)

    def action_scroll_end(self) -> None:
        """To the end."""
        self.scroll_end(animate=False)
