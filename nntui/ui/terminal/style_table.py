"""Styles by number, and what is written between any two of them, each worked out once."""

from nntui.ui.terminal.styles import PLAIN, CellStyle, change, change_for_blanks

UNKNOWN = 0
"""The number of a style that is not known; it equals that of no cell that is to be drawn."""

_MOST_KEPT = 50_000


class StyleTable:
    """Numbers styles, so that comparing two is comparing numbers.

    The numbers serve as characters too: the styles of a row are a string, as its text is.
    """

    def __init__(self) -> None:
        self._styles: list[CellStyle | None] = [None]
        self._orders: list[tuple[list[int], str, str]] = [([], "", "")]
        self._numbers: dict[CellStyle, int] = {}
        self._changes: dict[tuple[int, int, bool], tuple[str, int]] = {}
        self.plain = self.number(PLAIN)

    def __len__(self) -> int:
        return len(self._styles)

    def number(self, style: CellStyle, *, blank: bool = False) -> int:
        """Give the number of a style, or of what is seen of it on spaces."""
        if blank:
            style = style.on_blanks()
        number = self._numbers.get(style)
        if number is None:
            number = self._numbers[style] = len(self._styles)
            self._styles.append(style)
            self._orders.append((sorted(style.attributes), style.background, style.foreground))
        return number

    def change(self, old: int, new: int, *, blank: bool) -> tuple[str, int]:
        """Give what to write before text of another style.

        Args:
            old: The style that text would have now.
            new: The style that it is to have.
            blank: Whether the text is spaces only: then any style will do that shows the same.

        Returns:
            The SGR sequence, and the style that text has after it.
        """
        key = old, new, blank
        known = self._changes.get(key)
        if known is None:
            before, after = self._styles[old], self._styles[new] or PLAIN
            if blank:
                after = change_for_blanks(before, after)
            if len(self._changes) > _MOST_KEPT:
                self._changes.clear()
            known = self._changes[key] = change(before, after), self.number(after)
        return known

    def order(self, style: int) -> tuple[list[int], str, str]:
        """Give what to sort by, for neighbours to have much of their styles in common."""
        return self._orders[style]
